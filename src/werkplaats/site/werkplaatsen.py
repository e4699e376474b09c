"""The werkplaatsen: all of them, and the home of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core.actors import ANYONE
from werkplaats.network.models import Grant, Leadership, Organisation, Phase, Werkplaats
from werkplaats.network.rules import Status, euro
from werkplaats.news.models import AboutPage
from werkplaats.site import maps, regions
from werkplaats.site.filtering import related_to, rows_of
from werkplaats.site.home import caption_of
from werkplaats.site.maps import Place
from werkplaats.site.partners import partners_of
from werkplaats.site.templatetags.pages import localised, spaced
from werkplaats.site.tied import as_groups, newest_each

# Of each kind so many on the home of a werkplaats: its questions, what it published, its news.
_OWN = {"vraag": 5, "publicatie": 3, "nieuws": 3}


def _current_leads() -> Prefetch[Any]:
    return Prefetch("leads", Leadership.objects.current().select_related("organisation"))


def overview(request: HttpRequest) -> HttpResponse:
    """All werkplaatsen, on the map and as cards, and the phases of the programme."""
    werkplaatsen = list(Werkplaats.objects.current().exclude(status=Status.ENDED).prefetch_related(_current_leads()))
    cards = [
        {
            "title": one.name,
            "url": localised(one.get_absolute_url()),
            "text": one.region,
            "tags": [] if one.status == Status.MEMBER else [one.get_status_display()],
            "meta": [*dict.fromkeys(lead.organisation.name for lead in one.leads.all()), one.period],
        }
        for one in werkplaatsen
    ]
    places = maps.places_today()
    context = {
        "cards": cards,
        "map": maps.country(places),
        "lists": maps.lists(places),
        "caption": caption_of(werkplaatsen),
        "phases": Phase.objects.prefetch_related("goals"),
    }
    return render(request, "site/werkplaatsen/overview.html", context)


def by_uid(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent identifier leads to the readable address."""
    return redirect("werkplaats", slug=get_object_or_404(Werkplaats, uid=uid).slug, permanent=True)


@regions.region_page
def detail(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """A region's own home."""
    return render(request, "site/werkplaatsen/detail.html", shown_of(request, werkplaats))


def shown_of(request: HttpRequest, werkplaats: Werkplaats) -> dict[str, Any]:
    """What the home of a region shows."""
    prefetch_related_objects([werkplaats], _current_leads(), "former_names")
    about = AboutPage.objects.of(werkplaats).live().first()
    if about:
        about.werkplaats = werkplaats
    grants = Grant.objects.filter(werkplaats=werkplaats).select_related("phase")
    places = maps.places_today()
    areas = sorted((one for one in places if werkplaats in one.served_by), key=lambda one: one.name)
    return {
        **regions.around(request, werkplaats, about=about is not None),
        "about": about,
        "facts": _facts(werkplaats),
        "areas": areas,
        "map": maps.region(werkplaats, places) if areas else None,
        "assumed": any(werkplaats.pk in one.assumed_by for one in areas),
        "people": _people(areas),
        "joined": partners_of(werkplaats),
        "grants": [(one, euro(one.amount_eur)) for one in grants],
        **_newest(werkplaats, areas, maps.names_of(places)),
    }


def _newest(werkplaats: Werkplaats, areas: list[Place], labels: Labels) -> dict[str, Any]:
    """The newest of all that is its own, read at once, and what is akin to it beside what the page shows."""
    kinds = {**_OWN, **dict.fromkeys(regions.RESEARCH, 0)}
    newest = newest_each(_own(werkplaats, areas), [*kinds, "werkplaats"], max(kinds.values()))
    labels.know("werkplaats", {werkplaats.uid: werkplaats.name})
    shown = [one for kind, some in newest.items() if kind in kinds for one in some.entries]
    labels.expect(shown)
    itself = newest["werkplaats"].entries[0] if "werkplaats" in newest else None
    # What is akin first, so that the names of all are asked for at once.
    akin = related_to(werkplaats.uid, entry=itself, labels=labels, without=[one.uid for one in shown])
    rows = {
        name: rows_of(newest[kind].entries[:most] if kind in newest else [], show_kind=False, labels=labels)
        for (kind, most), name in zip(_OWN.items(), ("questions", "publications", "news"), strict=True)
    }
    return {
        **rows,
        "research": as_groups(newest, "werkplaats", werkplaats.uid, kinds=regions.RESEARCH, labels=labels),
        "question_count": newest["vraag"].count if "vraag" in newest else 0,
        "related": akin,
    }


def _own(werkplaats: Werkplaats, areas: list[Place]) -> EntryQuerySet:
    """What is filed under it; the questions of one that is being formed are those from its future area, for now."""
    seen = Entry.objects.visible_to(ANYONE)
    own = seen.under("werkplaats", [werkplaats.uid])
    if werkplaats.status != Status.CANDIDATE:
        return seen.filter(own)
    there = seen.under("gemeente", [one.uid for one in areas])
    return seen.filter(Q(own) & ~Q(kind="vraag") | Q(there) & Q(kind="vraag"))


def _people(areas: list[Place]) -> str:
    """The municipalities of an area and those who live there, as far as that is known."""
    known = [area.population for area in areas if area.population is not None]
    words = {"n": len(areas), "people": spaced(sum(known)), "unknown": len(areas) - len(known)}
    if not known:
        said = ngettext(
            "Eén gemeente; het aantal inwoners is niet bekend.",
            "%(n)d gemeenten; het aantal inwoners is niet bekend.",
            len(areas),
        )
    else:
        said = ngettext(
            "Eén gemeente met %(people)s inwoners.", "%(n)d gemeenten met samen %(people)s inwoners.", len(areas)
        )
    if not known or len(known) == len(areas):
        return said % words
    left = ngettext(
        "Van %(unknown)d gemeente is het aantal inwoners niet bekend; dat telt hier niet mee.",
        "Van %(unknown)d gemeenten is het aantal inwoners niet bekend; dat telt hier niet mee.",
        words["unknown"],
    )
    return f"{said % words} {left % words}"


def _facts(werkplaats: Werkplaats) -> list[tuple[str, Any]]:
    """In het kort: what is not known is left out rather than shown empty."""
    leads: dict[Organisation, list[str]] = {}
    for lead in werkplaats.leads.all():
        leads.setdefault(lead.organisation, []).extend([lead.lectorate] if lead.lectorate else [])
    former = [name.name for name in werkplaats.former_names.all()]
    own = [
        (f"{one.name} ({', '.join(lectorates)})" if lectorates else one.name, localised(one.get_absolute_url()))
        for one, lectorates in leads.items()
    ]
    facts: list[tuple[str, Any]] = [
        (_t("Status"), werkplaats.get_status_display()),
        (_t("Regio"), werkplaats.region),
        (_t("Trekkers"), own),
        (_t("Actief"), werkplaats.period + (f" ({werkplaats.note})" if werkplaats.note else "")),
    ]
    documents = reverse("werkplaats-documents", args=[werkplaats.slug])
    facts.append((_t("Documenten"), [(_t("Alles van deze werkplaats"), documents)]))
    if werkplaats.guest_year:
        facts.append((_t("Meeloopjaar"), str(werkplaats.guest_year)))
    if werkplaats.studies:
        facts.append((_t("Opleidingen die meedoen"), ", ".join(werkplaats.studies)))
    if werkplaats.group_word:
        facts.append((_t("Eigen woord voor een leergroep"), werkplaats.group_word))
    if former:
        facts.append((_t("Vroegere namen"), [(name, "") for name in former]))
    return facts
