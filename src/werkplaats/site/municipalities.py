"""Find your region, and what there is for each municipality."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t

from werkplaats.catalogue import story
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE
from werkplaats.core.dates import Precision
from werkplaats.core.dates import show as shown
from werkplaats.network.models import Organisation, Partnership, ServiceArea
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality
from werkplaats.places.rules import province_named
from werkplaats.site import maps, taking_part
from werkplaats.site.filtering import related_to, rows_of
from werkplaats.site.finding import meant_by
from werkplaats.site.templatetags.pages import localised, spaced

_LONGEST = 80
# What the page tells of elsewhere.
_BESIDE = ("vraag", "organisatie", "werkplaats")
# Of each part of the page at most so many.
_MOST = {"own": 20, "shared": 20, "regional": 5, "about": 40}
# What is read with them and is not shown: the municipality and its werkplaatsen as entries.
_ITSELF = "itself"


def overview(request: HttpRequest) -> HttpResponse:
    """Look up a municipality by any name it has; one exact hit leads straight to its page."""
    text = request.GET.get("q", "").strip()
    context: dict[str, object] = {"text": text[:_LONGEST], "too_long": len(text) > _LONGEST}
    if text and len(text) <= _LONGEST:
        named = list(Municipality.objects.current().named(text).select_related("province"))
        province = province_named(text)
        # Utrecht and Groningen are both: nobody can tell which of the two was meant.
        if len(named) == 1 and not province:
            return redirect(localised(named[0].get_absolute_url()))
        regions = meant_by(text)
        context |= {"named": named, "province": province, "regions": regions}
        near = named or province or regions
        context["resembling"] = [] if near else Municipality.objects.select_related("province").resembling(text)
        context["asked"] = True
    rows = Municipality.objects.current().select_related("province").order_by("province__name", "name")
    if context.get("province"):
        rows = rows.filter(province__name=context["province"])
    context["provinces"] = [
        (province, [(one.name, localised(one.get_absolute_url())) for one in ones])
        for province, ones in groupby(rows, key=lambda one: one.province.name)
    ]
    return render(request, "site/municipalities/overview.html", context)


def by_uid(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent identifier leads to the readable address."""
    return redirect("municipality", slug=get_object_or_404(Municipality, uid=uid).slug, permanent=True)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What an alderman wants to know: who serves this municipality, who takes part, what is asked, what to do next."""
    municipality = get_object_or_404(Municipality.objects.current().select_related("province"), slug=slug)
    serving = _serving(municipality)
    public = Partnership.objects.public().shown_on(clock.today()).filter(organisation__municipality=municipality)
    partners = list(public.select_related("organisation", "werkplaats"))
    places = maps.places_today()
    context = {
        "municipality": municipality,
        "serving": [(area, area.werkplaats, area.werkplaats.status == Status.CANDIDATE) for area in serving],
        "facts": _facts(municipality),
        **_told(municipality, serving, maps.names_of(places)),
        "partners": partners,
        **_taking_part(municipality, serving, partners, places),
        "address": request.build_absolute_uri(request.path),
        "today": clock.today(),
    }
    return render(request, "site/municipalities/detail.html", context)


def _serving(municipality: Municipality) -> list[ServiceArea]:
    areas = ServiceArea.objects.shown_on(clock.today()).filter(municipality=municipality)
    return list(areas.select_related("werkplaats").order_by("valid_from", "pk"))


def _taking_part(
    municipality: Municipality, serving: list[ServiceArea], partners: list[Partnership], places: list[maps.Place]
) -> dict[str, Any]:
    leads = taking_part.leads_here(municipality, serving)
    ways = taking_part.ways(serving, partners, [lead for lead in leads if lead.co_leads_here])
    return {
        "leads": taking_part.leads_of(serving, leads),
        "ways": ways,
        "step": taking_part.next_step(municipality, serving, ways, leads),
        "nearby": taking_part.nearby(municipality, places, asked=Entry.objects.visible_to(ANYONE).of_kind("vraag")),
        "map": maps.place(municipality, [area.werkplaats for area in serving], places),
    }


def _told(municipality: Municipality, serving: list[ServiceArea], labels: Labels) -> dict[str, Any]:
    """Questions, what else is about it, and what is akin; names of all their values are looked up once."""
    parts = _parts(municipality, serving)
    shown = [one for name, some in parts.items() if name != _ITSELF for one in some]
    labels.expect(shown)
    itself = {one.uid: one for one in parts[_ITSELF]}
    # What is asked here, and what its werkplaatsen work on.
    filed = [*parts["own"], *(itself[area.werkplaats.uid] for area in serving if area.werkplaats.uid in itself)]
    akin = related_to(
        municipality.uid,
        entry=itself.get(municipality.uid),
        labels=labels,
        also={"thema": {uid for one in filed for uid in one.facets.get("thema", [])}},
        without={*(one.uid for one in shown), *(area.werkplaats.uid for area in serving)},
        said=_t("gaat over %(names)s"),
    )
    lists = ("own", "shared", "regional")
    return {
        **{name: rows_of(parts[name], show_kind=False, labels=labels) for name in lists},
        "about": _about(parts["about"], labels),
        "related": akin,
    }


def _parts(municipality: Municipality, serving: list[ServiceArea]) -> dict[str, list[Entry]]:
    """Its own questions, those its organisations share, others from the region, what else is about it, and itself.

    Each entry once, newest first, in one question to the database; with itself come its werkplaatsen.
    """
    seen, regions = Entry.objects.visible_to(ANYONE), [area.werkplaats.uid for area in serving]
    seated = Organisation.objects.filter(municipality=municipality).order_by().values("uid")
    tied = Exists(Link.objects.filter(target=municipality.uid, source=OuterRef("uid")))
    asked = Q(kind="vraag")
    part = Case(
        When(asked & Q(seen.under("gemeente", [municipality.uid])), then=Value("own")),
        When(asked & Q(seen.under("hierook", seated)), then=Value("shared")),
        When(asked & Q(seen.under("werkplaats", regions)), then=Value("regional")),
        When(uid__in=[municipality.uid, *regions], then=Value(_ITSELF)),
        When(~Q(kind__in=_BESIDE) & Q(tied), then=Value("about")),
        default=Value(""),
    )
    place = Window(RowNumber(), partition_by=F("part"), order_by=list(EntryQuerySet.NEWEST))
    numbered = seen.annotate(part=part).exclude(part="").annotate(place=place)
    found: dict[str, list[Entry]] = {name: [] for name in (*_MOST, _ITSELF)}
    for one in numbered.filter(place__lte=max(_MOST.values())).newest_first():
        found[one.part].append(one)
    return {name: some[: _MOST.get(name)] for name, some in found.items()}


def _about(entries: list[Entry], labels: Labels) -> list[tuple[str, list[dict[str, Any]]]]:
    """(kind, rows), in the order of the story."""
    ordered = sorted(entries, key=lambda one: (story.place_of(story.stage_of(one.kind)), one.kind))
    kinds = labels.of("soort", {one.kind for one in ordered})
    return [
        (kinds[kind].capitalize(), rows_of(list(some), show_kind=False, labels=labels))
        for kind, some in groupby(ordered, key=lambda one: one.kind)
    ]


def _facts(municipality: Municipality) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_t("Provincie"), municipality.province.name)]
    if municipality.population:
        number = spaced(municipality.population)
        day = shown(municipality.population_on, Precision.DAY)
        facts.append((_t("Inwoners"), _t("%(number)s (%(day)s)") % {"number": number, "day": day}))
    facts.append((_t("CBS-code"), municipality.code))
    names = municipality.names.exclude(name=municipality.name).order_by("name").values_list("name", flat=True)
    if names:
        facts.append((_t("Ook te vinden als"), ", ".join(names)))
    listed = shown(municipality.listed_on, Precision.DAY)
    facts.append((_t("Bron"), _t("CBS, gemeenten op %(day)s") % {"day": listed}))
    return facts
