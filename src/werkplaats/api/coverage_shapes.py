"""What the answers about coverage look like. Names and descriptions stand in the published description: in Dutch."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from werkplaats.api.shapes import Adressen, Genoemd, Verwijzing


class DekkingVanGemeente(Verwijzing):
    """Of het netwerk een gemeente dekt, in drie lagen. Een kandidaat telt in geen laag mee."""

    code: str = Field(description="CBS-code.", examples=["GM0118"])
    provincie: str
    inwoners: int | None = Field(description="Geteld op de dag die bij `bron` staat. Leeg: niet bekend.")
    werkgebied: bool = Field(description="Ligt in het werkgebied van een werkplaats.")
    partner: bool = Field(description="Een organisatie die hier zit, heeft getekend of is actief.")
    medetrekker: bool = Field(description="De gemeente zelf is medetrekker van een werkplaats.")
    kandidaat: bool = Field(description="Ligt alleen in het gebied van een werkplaats in opbouw.")


class Laag(Schema):
    """Wat een laag dekt, en wat niet."""

    gemeenten: int = Field(ge=0)
    inwoners: int = Field(ge=0)
    gemeenten_leeg: int = Field(ge=0, description="De lege plekken.")
    inwoners_leeg: int = Field(ge=0)


class Sluit(Schema):
    """Wat één overeenkomst zou sluiten."""

    gemeenten: int = Field(ge=0)
    inwoners: int = Field(ge=0)


class Kandidaat(Sluit):
    """Een werkplaats in opbouw, en de gemeenten die nu in geen ander werkgebied liggen."""

    werkplaats: Genoemd


class Totalen(Schema):
    """De drie lagen bij elkaar opgeteld, en wat kandidaten zouden sluiten."""

    werkgebied: Laag
    partner: Laag
    medetrekker: Laag
    kandidaat: Sluit


class Dekking(Schema):
    """De dekking van het netwerk op een dag."""

    datum: date
    thema: Genoemd | None = Field(description="Leeg: alle thema's.")
    gemeenten: list[DekkingVanGemeente]
    totalen: Totalen
    kandidaten: list[Kandidaat]
    aannames: list[str] = Field(description="Wat bij het tellen is aangenomen, in zinnen.")
    bron: str
    links: Adressen = Field(alias="_links")
