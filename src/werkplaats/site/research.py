"""What is being found out: the home of research, and its lists."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry
from werkplaats.people.rules import viewer_for
from werkplaats.research.rules import State, Strand
from werkplaats.site.filtering import listing, rows_of

_SHOWN = 6
_OF_STRAND = 3
_RUNNING = ("project", "kenniskring", "pilot")


class Kind(NamedTuple):
    """A list: its address, its name, what stands in it, what would fill it, and its facets."""

    name: str
    title: Any
    lead: Any
    nothing: Any
    facets: tuple[str, ...]


KINDS: dict[str, Kind] = {
    "project": Kind(
        "projects",
        _("Projecten"),
        _("Onderzoek in de praktijk: uit een vraag, met partners, voor een bepaalde tijd."),
        _("Zodra een werkplaats een project openbaar maakt, staat het hier. Het begint vaak bij een vraag."),
        ("thema", "werkplaats", "gemeente", "stand"),
    ),
    "kenniskring": Kind(
        "circles",
        _("Leren in een groep"),
        _("Groepen uit praktijk, onderzoek, onderwijs en beleid die rond één thema samen leren. Elke regio heeft er "
          "een eigen woord voor."),
        _("Zodra een werkplaats een groep openbaar maakt, staat zij hier."),
        ("thema", "werkplaats", "stand"),
    ),
    "pilot": Kind(
        "pilots",
        _("Pilots"),
        _("Wat er in de praktijk geprobeerd wordt, waar, en wat eruit kwam. Ook wat niet werkte, blijft staan."),
        _("Zodra een werkplaats iets nieuws probeert en dat openbaar maakt, staat het hier."),
        ("thema", "werkplaats", "gemeente", "stand"),
    ),
    "opbrengst": Kind(
        "yields",
        _("Opbrengsten"),
        _("Wat het samenwerken opleverde: van een training tot een nieuw inzicht, op vorm, inhoud of relaties."),
        _("Zodra een werkplaats een opbrengst noteert en openbaar maakt, staat zij hier."),
        ("krachtlijn", "opbrengstsoort", "thema", "werkplaats", "gemeente"),
    ),
    "landelijkthema": Kind(
        "national-themes",
        _("Landelijke thema's"),
        _("Onderwerpen waaraan meer werkplaatsen samen werken: zij ontwikkelen een aanpak, volgen en onderzoeken die."),
        _("Zodra werkplaatsen samen een thema oppakken, staat het hier."),
        ("thema", "werkplaats"),
    ),
    "aanpak": Kind(
        "approaches",
        _("Aanpakken"),
        _("Manieren van werken die een naam hebben, zoals presentie en kwartiermaken. Per aanpak: wat ermee gebeurt."),
        _("Zodra er een aanpak beschreven is, staat hij hier."),
        ("thema",),
    ),
}  # fmt: skip
_LEGENDS: dict[str, Any] = {
    "thema": _("Thema"),
    "werkplaats": _("Werkplaats"),
    "gemeente": _("Gemeente"),
    "stand": _("Stand"),
    "krachtlijn": _("Krachtlijn"),
    "opbrengstsoort": _("Soort opbrengst"),
}
_STRANDS: dict[str, tuple[Any, Any]] = {
    Strand.FORM: (_("Vorm"), _("Hoe we samenwerken: een nieuwe manier van werken, overleggen of leren.")),
    Strand.CONTENT: (_("Inhoud"), _("Waar het over gaat: wat we nu weten, kunnen of gemaakt hebben.")),
    Strand.RELATIONS: (_("Relaties"), _("Wie elkaar vinden: partners die eerst langs elkaar heen werkten.")),
}


def overview(request: HttpRequest) -> HttpResponse:
    """What runs now, the three strands, and the way to each list."""
    seen = Entry.objects.visible_to(viewer_for(request.user))
    counts = dict(seen.of_kind(*KINDS).values_list("kind").annotate(n=Count("pk")).order_by())
    running = list(seen.of_kind(*_RUNNING).having("stand", [State.RUNNING]).newest_first()[:_SHOWN])
    sides = {value: seen.of_kind("opbrengst").having("krachtlijn", [value]) for value in Strand.values}
    newest = {value: list(some.newest_first()[:_OF_STRAND]) for value, some in sides.items()}
    labels = Labels()
    labels.expect([*running, *(one for some in newest.values() for one in some)])
    rows = rows_of(running, show_kind=True, labels=labels)
    context = {
        "running": [{**row, "tags": [row["kind_label"], *row["themes"]]} for row in rows],
        "strands": [_strand(value, newest[value], sides[value].count(), labels) for value in Strand.values],
        "lists": [
            (kind.title, reverse(kind.name), [_in_list(counts.get(key, 0))], kind.lead) for key, kind in KINDS.items()
        ],
    }
    return render(request, "site/research/overview.html", context)


def _in_list(number: int) -> str:
    return _t("%(n)d in de lijst") % {"n": number} if number else _t("nog leeg")


def _strand(value: str, newest: list[Entry], count: int, labels: Labels) -> dict[str, Any]:
    """One side of the network: what it is, and its newest yields."""
    title, text = _STRANDS[value]
    return {
        "title": title,
        "text": text,
        "rows": rows_of(newest, show_kind=False, labels=labels),
        "url": f"{reverse('yields')}?krachtlijn={value}",
        "count": count,
    }


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    about = KINDS[kind]
    facets = [(name, _LEGENDS[name]) for name in about.facets]
    found = listing(request, kinds=frozenset({kind}), facets=facets, unseen=["hoofdthema", "aanpak"])
    context = {"listing": found, "about": about, "action": reverse(about.name), "label": _t("Zoek in deze lijst")}
    return render(request, "site/research/list.html", context)


def projects(request: HttpRequest) -> HttpResponse:
    """All projects."""
    return _list(request, "project")


def circles(request: HttpRequest) -> HttpResponse:
    """All learning groups."""
    return _list(request, "kenniskring")


def pilots(request: HttpRequest) -> HttpResponse:
    """All pilots."""
    return _list(request, "pilot")


def yields(request: HttpRequest) -> HttpResponse:
    """All yields."""
    return _list(request, "opbrengst")


def national_themes(request: HttpRequest) -> HttpResponse:
    """All national themes."""
    return _list(request, "landelijkthema")


def approaches(request: HttpRequest) -> HttpResponse:
    """All ways of working."""
    return _list(request, "aanpak")
