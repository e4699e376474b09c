"""The organisations that lead or take part: the list, and the page of each. No person stands on either."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t

from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import ANYONE
from werkplaats.core.dates import show
from werkplaats.network.models import Merge, Organisation
from werkplaats.network.queries import ROLES_READ, RoleHeld, roles_of
from werkplaats.site.filtering import listing, related_to, rows_of
from werkplaats.site.partners import when
from werkplaats.site.templatetags.pages import localised
from werkplaats.site.tied import as_groups, newest_each

_MOST_QUESTIONS = 10
# What an organisation worked on and made; all of it is found by searching.
_WORK = {kind: "search" for kind in ("project", "kenniskring", "opbrengst", "publicatie", "pilot")}


def overview(request: HttpRequest) -> HttpResponse:
    """All of them by name, with facets."""
    facets = [
        ("deelname", _t("Doet mee")),
        ("organisatiesoort", _t("Soort organisatie")),
        ("werkplaats", _t("Werkplaats")),
        ("provincie", _t("Provincie")),
        ("gemeente", _t("Gemeente")),
    ]
    found = listing(request, kinds=frozenset({"organisatie"}), facets=facets, by_name=True)
    return render(request, "site/organisations/overview.html", {"listing": found})


def with_slug(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    """Words behind the identifier are decoration."""
    return redirect("organisation", uid=uid, permanent=True)


def detail(request: HttpRequest, uid: str) -> HttpResponse:
    """What it is, and where it leads or takes part; one that went up in another leads there."""
    shown = Organisation.objects.on_site()
    organisation = shown.filter(uid=uid).select_related("municipality__province").prefetch_related(*ROLES_READ).first()
    if organisation is None:
        return _absent(request, uid)
    ties = roles_of(organisation)
    context = {
        "organisation": organisation,
        "facts": _facts(organisation, told=bool(ties)),
        "campaigns": list(organisation.campaigns.filter(on_site=True)),
        "now": _roles([tie for tie in ties if tie.holds]),
        "before": _roles([tie for tie in ties if not tie.holds]),
        "sources": sorted({tie.source for tie in ties if tie.source}),
        **_tied(uid, {tie.werkplaats.uid: tie.werkplaats.name for tie in ties}),
    }
    return render(request, "site/organisations/detail.html", context)


def _tied(uid: str, regions: dict[str, str]) -> dict[str, Any]:
    """What it worked on, questions to which it said "hier ook", and what is akin: read at once, named at once."""
    seen, asked = Entry.objects.visible_to(ANYONE), Q(kind="vraag")
    own = Q(seen.under("organisatie", [uid])) & ~asked | Q(seen.under("hierook", [uid])) & asked | Q(uid=uid)
    newest = newest_each(seen.filter(own), [*_WORK, "vraag", "organisatie"], _MOST_QUESTIONS)
    questions = newest["vraag"].entries if "vraag" in newest else []
    shown = [*questions, *(one for kind in _WORK if kind in newest for one in newest[kind].entries)]
    labels = Labels()
    labels.know("werkplaats", regions)
    labels.expect(shown)
    itself = newest["organisatie"].entries[0] if "organisatie" in newest else None
    return {
        "related": related_to(uid, entry=itself, labels=labels, without=[*regions, *(one.uid for one in shown)]),
        "groups": as_groups(newest, "organisatie", uid, kinds=_WORK, labels=labels),
        "questions": rows_of(questions, show_kind=False, labels=labels),
    }


def _absent(request: HttpRequest, uid: str) -> HttpResponse:
    """One that is not on the site: led to what it became, 410 when it was there once, else as if it never was."""
    now = Merge.objects.now_of(uid)
    if now and Organisation.objects.on_site().filter(pk=now.pk).exists():
        # A merge can be taken back: this is for now.
        return redirect(localised(now.get_absolute_url()))
    entry = Entry.objects.filter(uid=uid, kind="organisatie").first()
    if entry is None:
        raise Http404
    return render(request, "site/organisations/gone.html", {"entry": entry}, status=410)


def _roles(ties: list[RoleHeld]) -> list[tuple[str, str, str]]:
    """(werkplaats, what it does there and when, its address), for the list of who is who."""
    places: dict[Any, dict[tuple[str, str], list[str]]] = {}
    for tie in sorted(ties, key=lambda tie: tie.werkplaats.name):
        # Of several lectorates that lead since the same day it is said once.
        said = places.setdefault(tie.werkplaats, {}).setdefault((tie.role, when(tie.spell, tie.basis)), [])
        said += [tie.lectorate] if tie.lectorate and tie.lectorate not in said else []
    return [(place.name, _said(roles), localised(place.get_absolute_url())) for place, roles in places.items()]


def _said(roles: dict[tuple[str, str], list[str]]) -> str:
    return "; ".join(
        f"{role} ({', '.join(lectorates)}), {when}" if lectorates else f"{role}, {when}"
        for (role, when), lectorates in roles.items()
    )


def _facts(organisation: Organisation, *, told: bool) -> list[tuple[str, Any]]:
    """In het kort: what is not known is left out rather than shown empty.

    ``told``: it takes or took part, so that anyone may know that somebody speaks with it.
    """
    facts: list[tuple[str, Any]] = [(_t("Soort"), str(organisation.get_kind_display()))]
    town = organisation.municipality
    if organisation.seat and not (town and town.name == organisation.seat):
        facts.append((_t("Plaats"), organisation.seat))
    if town:
        facts.append((_t("Gemeente"), [(town.name, localised(town.get_absolute_url()))]))
        facts.append((_t("Provincie"), town.province.name))
    if organisation.former:
        facts.append((_t("Vroegere namen"), [(name, "") for name in organisation.former]))
    facts += [(row.get_scheme_display(), row.value) for row in organisation.identifiers.order_by("scheme")]
    if organisation.confirmed_on and told:
        facts.append((_t("Bevestigd op"), show(organisation.confirmed_on, "dag")))
    return facts
