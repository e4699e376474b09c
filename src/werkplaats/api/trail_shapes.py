"""What a trail looks like in an answer. Names and descriptions are published: they are Dutch."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

from werkplaats.api.shapes import Uid, Url
from werkplaats.catalogue.story import STAGES
from werkplaats.catalogue.trail import STEPS

Fase = Annotated[
    str,
    Field(
        description="Waar in het verhaal van vraag tot antwoord.",
        json_schema_extra={"enum": [one.name for one in STAGES]},
    ),
]


class KetenBand(Schema):
    """Een band: zoals hij is vastgelegd, van het latere naar het eerdere."""

    van: Uid
    naar: Uid
    verband: str = Field(examples=["komt_voort_uit"])
    label: str = Field(description="Gezien vanuit “van”.", examples=["komt voort uit"])
    label_terug: str = Field(description="Gezien vanuit “naar”.", examples=["leidde tot"])


class KetenDeel(Schema):
    """Een openbare vermelding in een keten."""

    uid: Uid
    soort: str = Field(examples=["project"])
    titel: str
    url: Url


class KetenStap(KetenDeel):
    """Een stap in de keten."""

    fase: Fase
    afstand: int = Field(ge=0, le=STEPS, description="Hoeveel stappen vanaf het begin; 0 is het begin zelf.")
    via: str | None = Field(description="Het kenmerk van de stap waarlangs deze het eerst is bereikt.")
    beantwoord: bool = Field(description="Een vraag met een antwoord.")
    meer: int = Field(ge=0, description="Hoeveel stappen hieraan vastzitten die hier niet staan.")
    verdwenen: bool = Field(description="Hieraan hing een stap die niet meer openbaar is.")


class KetenUiteinde(KetenDeel):
    """Waar stappen bij horen of over gaan: daar loopt de keten niet doorheen."""

    verbanden: list[KetenBand]


class KetenLeegte(Schema):
    """Een stap die men zou verwachten, en die er niet is."""

    fase: Fase
    wat: str = Field(examples=["Nog geen antwoord"])


class Keten(Schema):
    """De keten van een vermelding, met wat openbaar is."""

    uid: Uid
    url: Url
    stappen: list[KetenStap] = Field(description="Het begin eerst, dan naar afstand.")
    verbanden: list[KetenBand] = Field(description="Alle banden tussen deze stappen.")
    uiteinden: list[KetenUiteinde]
    meer_uiteinden: int = Field(ge=0, description="Hoeveel uiteinden hier niet staan.")
    ontbreekt: list[KetenLeegte]
