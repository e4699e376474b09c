"""Municipalities: found by any name, each with its werkplaats."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from werkplaats.api.naming import here, pointer
from werkplaats.api.paging import page_of
from werkplaats.api.parameters import Code, Plaatsvraag, by_key
from werkplaats.api.problems import Refused
from werkplaats.api.shapes import (
    Adres,
    BedieningDoor,
    Deelnemer,
    Gemeente,
    GemeenteKort,
    Gemeenten,
    GevondenOp,
    Verwijzing,
)
from werkplaats.core import clock, dates
from werkplaats.core.dates import Precision
from werkplaats.network.models import Organisation, Partnership, ServiceArea
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality

router = Router(tags=["Gemeenten"])


def source_of(row: Municipality) -> str:
    """Which list it comes from."""
    listed, counted = (dates.show(day, Precision.DAY) for day in (row.listed_on, row.population_on))
    return f"CBS, gemeenten op {listed}, inwoners op {counted}"


@router.get(
    "/gemeenten",
    response=Gemeenten,
    by_alias=True,
    operation_id="zoekGemeenten",
    summary="Zoek een gemeente op naam, of lees ze alle",
)
def municipalities(request: HttpRequest, asked: Query[Plaatsvraag], response: HttpResponse) -> Gemeenten:
    """Those of now: by name, else what resembles it; all of them without a name."""
    rows, how = _found(asked.q.strip())
    some, place = page_of(rows, asked.pagina, request, response)
    return Gemeenten(**place, resultaten=[GemeenteKort(**_short(request, one)) for one in some], gevonden_op=how)


@router.get(
    "/gemeenten/{sleutel}",
    response=Gemeente,
    by_alias=True,
    operation_id="leesGemeente",
    summary="Lees één gemeente, op kenmerk of CBS-code",
)
def municipality(request: HttpRequest, sleutel: Code) -> Gemeente:
    """Which werkplaats serves it, and who takes part from it."""
    current = Municipality.objects.current().select_related("province")
    found = current.filter(by_key(sleutel[:60], "code")).first()
    if found is None:
        raise Refused(404, "Er is nu geen gemeente met dit kenmerk of deze CBS-code. Zoek in /api/v1/gemeenten.")
    names = found.names.exclude(name=found.name).order_by("name").values_list("name", flat=True)
    asked = request.build_absolute_uri(f"/api/v1/vragen?gemeente={found.code}")
    return Gemeente(
        **_short(request, found),
        inwoners=found.population,
        andere_namen=list(names),
        werkplaatsen=_serving(request, found),
        deelnemers=_partners(request, found),
        bron=source_of(found),
        _links={"self": here(request), "vragen": Adres(href=asked)},
    )


class _Few(list[Municipality]):
    """A short list that pages as a queryset does."""

    def count(self, _value: Any = None, /) -> int:
        return len(self)


def _found(text: str) -> tuple[Any, GevondenOp]:
    current = Municipality.objects.current().select_related("province")
    if not text:
        return current.order_by("name", "pk"), "alles"
    named = current.named(text).order_by("name", "pk")
    if named.exists():
        return named, "naam"
    return _Few(Municipality.objects.select_related("province").resembling(text)), "gelijkenis"


def _short(request: HttpRequest, row: Municipality) -> dict[str, Any]:
    return {**pointer(request, row), "code": row.code, "provincie": row.province.name}


def _serving(request: HttpRequest, row: Municipality) -> list[BedieningDoor]:
    areas = ServiceArea.objects.shown_on(clock.today()).filter(municipality=row)
    return [
        BedieningDoor(
            **pointer(request, area.werkplaats),
            in_opbouw=area.werkplaats.status == Status.CANDIDATE,
            zekerheid=area.basis,
        )
        for area in areas.select_related("werkplaats").order_by("pk")
    ]


def _partners(request: HttpRequest, row: Municipality) -> list[Deelnemer]:
    organisations = Organisation.objects.filter(municipality=row)
    partners = Partnership.objects.public().shown_on(clock.today()).filter(organisation__in=organisations)
    return [
        Deelnemer(organisatie=one.organisation.name, werkplaats=Verwijzing(**pointer(request, one.werkplaats)))
        for one in partners.select_related("organisation", "werkplaats")
    ]
