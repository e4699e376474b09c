"""The werkplaatsen, as their pages show them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Router

from werkplaats.api.naming import choice, here, pointer
from werkplaats.api.parameters import Slug, by_key
from werkplaats.api.problems import Refused
from werkplaats.api.shapes import (
    Adres,
    Adressen,
    Deelgebied,
    Genoemd,
    Partner,
    Subsidie,
    Trekker,
    Werkplaatsen,
    WerkplaatsKort,
)
from werkplaats.api.shapes import Werkplaats as WerkplaatsVorm
from werkplaats.core import clock
from werkplaats.network.models import Grant, Leadership, ServiceArea, Werkplaats
from werkplaats.network.rules import Status

router = Router(tags=["Werkplaatsen"])


@router.get(
    "/werkplaatsen",
    response=Werkplaatsen,
    by_alias=True,
    operation_id="leesWerkplaatsen",
    summary="Alle werkplaatsen van nu",
)
def werkplaatsen(request: HttpRequest) -> Werkplaatsen:
    """All that exist today, by name."""
    rows = Werkplaats.objects.current().exclude(status=Status.ENDED).prefetch_related(_current_leads())
    found = [WerkplaatsKort(**_short(request, row)) for row in rows]
    return Werkplaatsen(resultaten=found, totaal=len(found), _links={"self": here(request)})


@router.get(
    "/werkplaatsen/{sleutel}",
    response=WerkplaatsVorm,
    by_alias=True,
    operation_id="leesWerkplaats",
    summary="Lees één werkplaats, op kenmerk of slug",
)
def werkplaats(request: HttpRequest, sleutel: Slug) -> WerkplaatsVorm:
    """One werkplaats: who leads it, whom it serves, who takes part."""
    rows = Werkplaats.objects.exclude(status=Status.ENDED)
    rows = rows.prefetch_related(_current_leads(), "themes", "former_names")
    found = rows.filter(by_key(sleutel[:60], "slug")).first()
    if found is None:
        raise Refused(404, "Er is geen werkplaats met dit kenmerk of deze slug. Alle staan in /api/v1/werkplaatsen.")
    areas = list(ServiceArea.objects.shown_on(clock.today()).filter(werkplaats=found).select_related("municipality"))
    areas.sort(key=lambda area: area.municipality.name)
    return WerkplaatsVorm(
        **_short(request, found),
        **_facts(found),
        **_people(found),
        werkgebied=[
            Deelgebied(**pointer(request, area.municipality), code=area.municipality.code, zekerheid=area.basis)
            for area in areas
        ],
        inwoners=sum(area.municipality.population or 0 for area in areas),
        _links=_links(request, found, areas),
    )


def _current_leads() -> Prefetch[Any]:
    return Prefetch("leads", Leadership.objects.current().select_related("organisation"))


def _short(request: HttpRequest, row: Werkplaats) -> dict[str, Any]:
    return {
        **pointer(request, row),
        "slug": row.slug,
        "regio": row.region,
        "status": choice(row.status, row.get_status_display()),
        "trekkers": list(dict.fromkeys(lead.organisation.name for lead in row.leads.all())),
        "actief": row.period,
    }


def _facts(row: Werkplaats) -> dict[str, Any]:
    grants = Grant.objects.filter(werkplaats=row).select_related("phase")
    return {
        "merknaam": row.brand or None,
        "vroegere_namen": [name.name for name in row.former_names.all()],
        "meeloopjaar": row.guest_year,
        "opmerking": row.note or None,
        "leergroep": row.group_word or None,
        "themas": [Genoemd(uid=theme.uid, naam=theme.name) for theme in row.themes.all()],
        "themas_in_eigen_woorden": row.own_themes,
        "opleidingen": row.studies,
        "subsidies": [
            Subsidie(
                fase=grant.phase.name,
                bedrag_euro=None if grant.amount_eur is None else float(grant.amount_eur),
                bestemd_voor=grant.earmark or None,
            )
            for grant in grants
        ],
        "bron": row.source or None,
        "zekerheid": row.basis,
    }


def _people(row: Werkplaats) -> dict[str, Any]:
    """Organisations that lead or take part; never a person."""
    leads: dict[str, list[str]] = {}
    for lead in row.leads.all():
        leads.setdefault(lead.organisation.name, []).extend([lead.lectorate] if lead.lectorate else [])
    partners = row.partnerships.public().select_related("organisation")
    return {
        "trekkerschap": [Trekker(organisatie=name, lectoraten=some) for name, some in leads.items()],
        "partners": [
            Partner(
                organisatie=one.organisation.name,
                soort=str(one.organisation.get_kind_display()),
                bron=one.source or None,
            )
            for one in partners
        ],
    }


def _links(request: HttpRequest, row: Werkplaats, areas: list[ServiceArea]) -> Adressen:
    """The address of its questions too; of one that is being formed those from its future area."""
    links: Adressen = {"self": here(request)}
    asked = [("werkplaats", row.uid)]
    if row.status == Status.CANDIDATE:
        asked = [("gemeente", area.municipality.code) for area in areas]
    if asked:
        links["vragen"] = Adres(href=request.build_absolute_uri(f"/api/v1/vragen?{urlencode(asked)}"))
    return links
