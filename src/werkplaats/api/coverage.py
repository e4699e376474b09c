"""Coverage: which municipalities the network covers on a day, in three layers."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from werkplaats.api.coverage_shapes import Dekking, DekkingVanGemeente, Kandidaat, Laag, Sluit, Totalen
from werkplaats.api.municipalities import source_of
from werkplaats.api.naming import here, pointer
from werkplaats.api.parameters import Dekkingsvraag, chosen
from werkplaats.api.shapes import Genoemd
from werkplaats.core import clock
from werkplaats.network.queries import coverage as counted
from werkplaats.network.rules import Layer
from werkplaats.terms.models import Theme

router = Router(tags=["Dekking"])


@router.get(
    "/dekking",
    response=Dekking,
    by_alias=True,
    operation_id="leesDekking",
    summary="Welke gemeenten dekt het netwerk, op welke dag ook",
)
def coverage(request: HttpRequest, asked: Query[Dekkingsvraag]) -> Dekking:
    """Coverage on a day, of one theme or of all; the municipalities are those of now."""
    themes = chosen(thema=[asked.thema] if asked.thema else [])["thema"]
    theme = Theme.objects.get(uid__in=themes) if themes else None
    found = counted.coverage(date.fromisoformat(asked.datum) if asked.datum else clock.today(), theme)
    return Dekking(
        datum=found.on,
        thema=Genoemd(uid=theme.uid, naam=theme.name) if theme else None,
        gemeenten=[
            DekkingVanGemeente(
                **pointer(request, row.municipality),
                code=row.municipality.code,
                provincie=row.municipality.province.name,
                inwoners=row.municipality.population,
                werkgebied=row.in_area,
                partner=row.has_partner,
                medetrekker=row.is_co_lead,
                kandidaat=row.candidate,
            )
            for row in found.rows
        ],
        totalen=_totals(found),
        kandidaten=[
            Kandidaat(
                werkplaats=Genoemd(uid=one.via.uid, naam=one.via.name), gemeenten=len(one.rows), inwoners=one.people
            )
            for one in found.candidates
        ],
        aannames=found.assumptions,
        bron=source_of(found.rows[0].municipality) if found.rows else "CBS",
        _links={"self": here(request)},
    )


def _totals(found: counted.Coverage) -> Totalen:
    layers = {
        layer: Laag(
            gemeenten=total.covered,
            inwoners=total.people_covered,
            gemeenten_leeg=total.blank,
            inwoners_leeg=total.people_blank,
        )
        for layer, total in found.totals.items()
    }
    forming = [row for row in found.rows if row.candidate]
    return Totalen(
        werkgebied=layers[Layer.AREA],
        partner=layers[Layer.PARTNER],
        medetrekker=layers[Layer.CO_LEAD],
        kandidaat=Sluit(gemeenten=len(forming), inwoners=sum(row.people for row in forming)),
    )
