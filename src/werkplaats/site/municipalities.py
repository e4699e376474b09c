"""Find your region, and what there is for each municipality."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t

from werkplaats.catalogue import story
from werkplaats.catalogue.labels import label_of
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE
from werkplaats.core.dates import Precision
from werkplaats.core.dates import show as shown
from werkplaats.network.models import Leadership, Organisation, Partnership, ServiceArea, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality
from werkplaats.places.rules import province_named
from werkplaats.site import maps, taking_part
from werkplaats.site.filtering import Labels, related_to, rows_of
from werkplaats.site.templatetags.pages import localised, spaced

_LONGEST = 80
# What the page tells of elsewhere.
_BESIDE = ("vraag", "organisatie", "werkplaats")
_MOST_ABOUT = 40


def overview(request: HttpRequest) -> HttpResponse:
    """Look up a municipality by any name it has; one exact hit leads straight to its page."""
    text = request.GET.get("q", "").strip()
    context: dict[str, object] = {"text": text[:_LONGEST], "too_long": len(text) > _LONGEST}
    if text and len(text) <= _LONGEST:
        named = list(Municipality.objects.current().named(text).select_related("province"))
        if len(named) == 1:
            return redirect(localised(named[0].get_absolute_url()))
        context["named"] = named
        context["province"] = province = "" if named else province_named(text)
        near = named or province
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
    organisations = Organisation.objects.filter(municipality=municipality)
    lists = _lists(municipality, organisations, serving)
    about = _about(municipality)
    public = Partnership.objects.public().shown_on(clock.today()).filter(organisation__in=organisations)
    partners = list(public.select_related("organisation", "werkplaats"))
    context = {
        "municipality": municipality,
        "serving": [(area, area.werkplaats, area.werkplaats.status == Status.CANDIDATE) for area in serving],
        "facts": _facts(municipality),
        **_rows(lists),
        "related": _related(municipality, lists, serving, {row["uid"] for _kind, rows in about for row in rows}),
        "about": about,
        "partners": partners,
        **_taking_part(municipality, serving, partners),
        "address": request.build_absolute_uri(request.path),
        "today": clock.today(),
    }
    return render(request, "site/municipalities/detail.html", context)


def _serving(municipality: Municipality) -> list[ServiceArea]:
    leads = Leadership.objects.current().select_related("organisation")
    areas = ServiceArea.objects.shown_on(clock.today()).filter(municipality=municipality)
    found = areas.select_related("werkplaats").prefetch_related(Prefetch("werkplaats__leads", leads))
    return list(found.order_by("valid_from", "pk"))


def _rows(lists: list[list[Entry]]) -> dict[str, Any]:
    """The three lists as rows; names of all their values are looked up once."""
    labels = Labels()
    names = ("own", "shared", "regional")
    return {name: rows_of(some, show_kind=False, labels=labels) for name, some in zip(names, lists, strict=True)}


def _taking_part(municipality: Municipality, serving: list[ServiceArea], partners: list[Partnership]) -> dict[str, Any]:
    ways = taking_part.ways(serving, partners, taking_part.co_leads(municipality))
    places = maps.places_today()
    return {
        "leads": taking_part.leads_of(serving),
        "ways": ways,
        "step": taking_part.next_step(municipality, serving, ways),
        "nearby": taking_part.nearby(municipality, places, asked=_asked()),
        "map": maps.place(municipality, [area.werkplaats for area in serving], places),
    }


def _asked() -> EntryQuerySet:
    return Entry.objects.visible_to(ANYONE).of_kind("vraag")


def _lists(municipality: Municipality, organisations: Any, serving: list[ServiceArea]) -> list[list[Entry]]:
    """Its own questions, those its organisations share, and others from the region: newest first."""
    here = _asked()
    own = here.having("gemeente", [municipality.uid])
    shared = here.having("hierook", list(organisations.values_list("uid", flat=True)))
    regional = here.having("werkplaats", [area.werkplaats.uid for area in serving]).exclude(pk__in=own.values("pk"))
    return [list(some.newest_first()[:most]) for some, most in ((own, 20), (shared, 20), (regional, 5))]


def _about(municipality: Municipality) -> list[tuple[str, list[dict[str, Any]]]]:
    """What else is about it or belongs to it, of whatever kind: (kind, rows), in the order of the story."""
    tied = Link.objects.filter(target=municipality.uid, source=OuterRef("uid"))
    found = Entry.objects.visible_to(ANYONE).filter(Exists(tied)).exclude(kind__in=_BESIDE).newest_first()[:_MOST_ABOUT]
    ordered = sorted(found, key=lambda one: (story.place_of(story.stage_of(one.kind)), one.kind))
    kinds = label_of("soort", {one.kind for one in ordered})
    labels = Labels()
    return [
        (kinds[kind].capitalize(), rows_of(list(some), show_kind=False, labels=labels))
        for kind, some in groupby(ordered, key=lambda one: one.kind)
    ]


def _related(
    municipality: Municipality, lists: list[list[Entry]], serving: list[ServiceArea], beside: set[str]
) -> list[dict[str, Any]]:
    """Beside what the page shows: what is about the themes of its own questions and of its werkplaats."""
    shown = beside | {entry.uid for entries in lists for entry in entries} | {area.werkplaats.uid for area in serving}
    themes = {uid for entry in lists[0] for uid in entry.facets.get("thema", [])}
    of_region = Werkplaats.themes.through.objects.filter(werkplaats__areas__in=serving)
    themes |= set(of_region.values_list("theme__uid", flat=True))
    return related_to(municipality.uid, also={"thema": themes}, without=shown, said=_t("gaat over %(names)s"))


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
