"""The werkplaatsen: all of them, and the home of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE
from werkplaats.core.models import Basis
from werkplaats.network.models import Grant, Leadership, Organisation, Phase, ServiceArea, Werkplaats
from werkplaats.network.rules import Status, euro
from werkplaats.news.models import AboutPage
from werkplaats.site import maps, regions
from werkplaats.site.filtering import related_to, rows_of
from werkplaats.site.home import caption_of
from werkplaats.site.partners import partners_of
from werkplaats.site.templatetags.pages import localised, spaced
from werkplaats.site.tied import shown_in

_NEWEST = 5


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
    areas = list(werkplaats.areas.shown_on(clock.today()).select_related("municipality"))
    areas.sort(key=lambda area: area.municipality.name)
    home = regions.home_of(request, werkplaats, about)
    return {
        **home,
        "about": about,
        "facts": _facts(werkplaats),
        "areas": areas,
        "map": maps.region(werkplaats) if areas else None,
        "assumed": any(area.basis == Basis.ASSUMED for area in areas),
        "people": _people(areas),
        "joined": partners_of(werkplaats),
        **_asked(werkplaats, areas, shown_in(home["research"])),
        **_beside(werkplaats),
    }


def _people(areas: list[ServiceArea]) -> str:
    """The municipalities of an area and those who live there, as far as that is known."""
    known = [area.municipality.population for area in areas if area.municipality.population is not None]
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


def _asked(werkplaats: Werkplaats, areas: list[ServiceArea], beside: set[str]) -> dict[str, Any]:
    """Its newest questions, how many there are, and what is akin to it beside those and what the page shows."""
    entries = _questions_of(werkplaats, areas)
    newest = list(entries.newest_first()[:_NEWEST])
    return {
        "question_count": entries.count() if len(newest) == _NEWEST else len(newest),
        "questions": rows_of(newest, show_kind=False),
        "related": related_to(werkplaats.uid, without=[*(entry.uid for entry in newest), *beside]),
    }


def _beside(werkplaats: Werkplaats) -> dict[str, Any]:
    """What it published, its latest news, and its grants."""
    news = Entry.objects.visible_to(ANYONE).of_kind("nieuws").having("werkplaats", [werkplaats.uid])
    made = Entry.objects.visible_to(ANYONE).of_kind("publicatie").having("werkplaats", [werkplaats.uid])
    return {
        "publications": rows_of(list(made.newest_first()[:3]), show_kind=False),
        "news": rows_of(list(news.newest_first()[:3]), show_kind=False),
        "grants": [
            (grant, euro(grant.amount_eur))
            for grant in Grant.objects.filter(werkplaats=werkplaats).select_related("phase")
        ],
    }


def _questions_of(werkplaats: Werkplaats, areas: list[ServiceArea]) -> EntryQuerySet:
    """Its questions; for one that is being formed those from its future area, which are handled nationally for now."""
    entries = Entry.objects.visible_to(ANYONE).of_kind("vraag")
    if werkplaats.status == Status.CANDIDATE:
        return entries.having("gemeente", [area.municipality.uid for area in areas])
    return entries.having("werkplaats", [werkplaats.uid])


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
