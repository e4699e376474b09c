"""Answers before asking: what is there already for who tells what they want to know."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router

from werkplaats.agenda.queries import answers_to
from werkplaats.agenda.rules import help
from werkplaats.api.entries import gevonden
from werkplaats.api.parameters import Verhaal
from werkplaats.api.shapes import Gevonden, Hulp, Suggesties
from werkplaats.core import limits
from werkplaats.core.visitors import visitor

router = Router(tags=["Suggesties"])
ASKING = limits.Limit("suggestie", most=300, seconds=900)


@router.post(
    "/suggesties",
    response=Suggesties,
    operation_id="zoekSuggesties",
    summary="Wat is er al voor wie dit wil weten?",
    description="De tekst gaat in de inhoud en niet in het adres, en wordt nergens bewaard. Er komt geen vraag van: "
    f"een vraag stellen kan op de site. Ten hoogste {ASKING.most} keer per {ASKING.seconds // 60} minuten.",
)
def suggestions(request: HttpRequest, sent: Verhaal) -> Suggesties:
    """Existing entries that may answer this text. It is kept nowhere, also not in the log. Raises TooMany."""
    limits.count(ASKING, visitor(request))
    found = answers_to(sent.tekst)
    return Suggesties(
        suggesties=[Gevonden(**gevonden(request, hit)) for hit in (found.hits if found else [])],
        hulp=[cast(Hulp, need) for need in help.needs(sent.tekst)],
    )
