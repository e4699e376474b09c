"""What the answers look like. Names and descriptions stand in the published description: they are Dutch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, NotRequired

from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

Uid = Annotated[str, Field(description="Kenmerk; verandert nooit.", examples=["vraag-01JD2Q7ZK8X4M5N6P7R8S9T0V1"])]
Url = Annotated[str, Field(description="Het adres van de pagina op de site.")]
Zekerheid = Annotated[
    Literal["bekend", "aanname", "demo"],
    Field(description="Hoe zeker dit is. “aanname”: afgeleid, niet bevestigd. “demo”: verzonnen voorbeeld."),
]


Zoekwijze = Literal["index", "tabel"]
GevondenOp = Literal["alles", "naam", "gelijkenis"]
Hulp = Literal["leven", "geweld", "nood", "algemeen"]


class Waarde(Schema):
    """Een waarde met hoe zij heet."""

    waarde: str = Field(examples=["in-behandeling"])
    naam: str = Field(examples=["in behandeling"])


class Telling(Waarde):
    """Een waarde, en hoeveel vermeldingen u vindt als u die kiest."""

    aantal: int = Field(ge=0)


class Genoemd(Schema):
    """Iets met een kenmerk en een naam."""

    uid: Uid
    naam: str


class Verwijzing(Genoemd):
    """Iets dat een eigen pagina heeft."""

    url: Url


class Adres(Schema):
    """Een adres in de API."""

    href: str


class Adressen(TypedDict):
    """Verwante adressen in de API."""

    self: Adres
    vragen: NotRequired[Adres]


class Bladeren(TypedDict):
    """Deze bladzijde en die ernaast."""

    self: Adres
    volgende: NotRequired[Adres]
    vorige: NotRequired[Adres]


class Bladzijde(Schema):
    """Een deel van een lijst."""

    totaal: int = Field(ge=0, description="Hoeveel er zijn op alle bladzijden samen.")
    pagina: int = Field(ge=1)
    paginas: int = Field(ge=1)
    per_pagina: int = Field(ge=1)
    links: Bladeren = Field(alias="_links")


class Gevonden(Schema):
    """Een vermelding met de redenen waarom zij gevonden is, de sprekendste eerst."""

    uid: Uid
    soort: str = Field(examples=["vraag"])
    titel: str
    samenvatting: str
    url: Url
    redenen: list[str] = Field(examples=[["in de titel: schulden"]])


class Treffer(Gevonden):
    """Een gevonden vermelding in de lijst."""

    themas: list[Genoemd]
    bijgewerkt: datetime


class TellingMetSlug(Telling):
    """Een telling van iets dat ook met een slug te vragen is."""

    slug: str | None = Field(description="De korte naam, ook te gebruiken als parameter.", examples=["noord"])


class TellingMetCode(Telling):
    """Een telling van een gemeente."""

    code: str | None = Field(description="CBS-code, ook te gebruiken als parameter.", examples=["GM0118"])


class Facetten(Schema):
    """Waarop verder te kiezen is, met aantallen: wat er ook in dat facet zelf gekozen is."""

    soort: list[Telling]
    thema: list[TellingMetSlug]
    hoofdthema: list[TellingMetSlug]
    werkplaats: list[TellingMetSlug]
    gemeente: list[TellingMetCode]


class Zoekresultaat(Bladzijde):
    """Gevonden vermeldingen."""

    resultaten: list[Treffer]
    facetten: Facetten
    zoekwijze: Zoekwijze = Field(
        description="“tabel”: de zoekindex was er even niet; er is alleen op hele woorden gezocht."
    )
    verruimd: bool = Field(description="Nergens stonden alle woorden; deze vermeldingen hebben er een deel van.")
    melding: str = Field(description="Waarom er op deze woorden niet te zoeken is. Meestal leeg.")


class Verband(Schema):
    """Een band met een andere vermelding."""

    verband: str = Field(examples=["hoort_bij"])
    label: str = Field(examples=["hoort bij"])
    uid: Uid
    soort: str
    titel: str
    url: Url


class Vermelding(Schema):
    """Iets dat op de site openbaar is, van welke soort ook."""

    uid: Uid
    soort: str
    titel: str
    samenvatting: str
    tekst: str
    url: Url
    taal: str = Field(examples=["nl"])
    licentie: str | None = Field(description="Leeg: niet vastgelegd.")
    facetten: dict[str, list[Waarde]] = Field(description="Waar de vermelding onder valt, per facet.")
    verbanden: list[Verband] = Field(description="Banden die van hier uitgaan, naar wat zelf openbaar is.")
    gepubliceerd: datetime | None
    bijgewerkt: datetime


class WerkplaatsKort(Verwijzing):
    """Een werkplaats in de lijst."""

    slug: str = Field(examples=["noord"])
    regio: str
    status: Waarde
    trekkers: list[str]
    actief: str = Field(examples=["sinds september 2009"])


class Werkplaatsen(Schema):
    """Alle werkplaatsen van nu."""

    resultaten: list[WerkplaatsKort]
    totaal: int = Field(ge=0)
    links: Adressen = Field(alias="_links")


class Trekker(Schema):
    """Een organisatie die een werkplaats trekt."""

    organisatie: str
    lectoraten: list[str]


class Deelgebied(Verwijzing):
    """Een gemeente in een werkgebied."""

    code: str = Field(description="CBS-code.", examples=["GM0118"])
    zekerheid: Zekerheid


class Partner(Schema):
    """Een organisatie die meedoet."""

    organisatie: str
    soort: str
    bron: str | None


class Subsidie(Schema):
    """Geld voor een fase."""

    fase: str
    bedrag_euro: float | None = Field(description="Leeg: niet bekend. Dat is iets anders dan nul.")
    bestemd_voor: str | None


class Werkplaats(WerkplaatsKort):
    """Een regionaal samenwerkingsverband van hogeschool, gemeenten, organisaties en inwoners."""

    merknaam: str | None
    vroegere_namen: list[str]
    meeloopjaar: int | None
    opmerking: str | None
    leergroep: str | None = Field(description="Het eigen woord voor een leergroep.")
    themas: list[Genoemd]
    themas_in_eigen_woorden: list[str]
    opleidingen: list[str]
    trekkerschap: list[Trekker]
    werkgebied: list[Deelgebied]
    inwoners: int = Field(ge=0, description="In het hele werkgebied, voor zover bekend.")
    partners: list[Partner]
    subsidies: list[Subsidie]
    bron: str | None
    zekerheid: Zekerheid
    links: Adressen = Field(alias="_links")


class GemeenteKort(Verwijzing):
    """Een gemeente in de lijst."""

    code: str = Field(description="CBS-code.", examples=["GM0118"])
    provincie: str


class Gemeenten(Bladzijde):
    """Gemeenten van nu."""

    resultaten: list[GemeenteKort]
    gevonden_op: GevondenOp = Field(
        description="“alles”: er is niet gezocht. “naam”: zo heten zij, nu of vroeger. “gelijkenis”: het lijkt erop."
    )


class BedieningDoor(Verwijzing):
    """De werkplaats van een gemeente."""

    in_opbouw: bool
    zekerheid: Zekerheid


class Deelnemer(Schema):
    """Een organisatie uit een gemeente die meedoet in een werkplaats."""

    organisatie: str
    werkplaats: Verwijzing


class Gemeente(GemeenteKort):
    """Een gemeente, met de werkplaats die er werkt."""

    inwoners: int | None = Field(description="Geteld op de dag die bij `bron` staat.")
    andere_namen: list[str]
    werkplaatsen: list[BedieningDoor]
    deelnemers: list[Deelnemer]
    bron: str
    links: Adressen = Field(alias="_links")


class VraagKort(Schema):
    """Een vraag in de lijst."""

    uid: Uid
    titel: str
    samenvatting: str
    url: Url
    taal: str
    status: Waarde
    werkplaats: Genoemd | None
    gemeente: Genoemd | None = Field(description="Leeg: onbekend, of alleen de regio is openbaar.")
    themas: list[Genoemd]
    bijgewerkt: datetime


class Vragen(Bladzijde):
    """Openbare vragen, de nieuwste eerst."""

    resultaten: list[VraagKort]


class HierOok(Schema):
    """Een organisatie die zegt dat de vraag ook bij haar speelt."""

    organisatie: str
    namens: Waarde
    toelichting: str | None


class Stap(Schema):
    """Een stap in het leven van een vraag."""

    op: date
    status: Waarde


class Antwoord(Schema):
    """Wat er van een vraag is geworden."""

    uitkomst: Waarde
    tekst: str
    doorverwezen_naar: str | None
    op: date
    vermeldingen: list[Verwijzing] = Field(description="Wat op de site de vraag beantwoordt.")


class Vraag(Schema):
    """Een vraag uit de praktijk, in de woorden van de vrager; wat naar iemand wijst is weggelaten."""

    uid: Uid
    tekst: str
    taal: str
    url: Url
    weggelaten: bool = Field(description="Er is iets weggelaten dat naar iemand wees.")
    status: Waarde
    bericht_uiterlijk: date | None
    te_laat: bool = Field(description="De beloofde datum is voorbij.")
    werkplaats: Verwijzing | None
    gemeente: Verwijzing | None = Field(description="Leeg: onbekend, of alleen de regio is openbaar.")
    gesteld: Waarde | None = Field(description="Als wie: een rol, nooit een persoon.")
    themas: list[Genoemd]
    ontvangen: date | None
    hier_ook: list[HierOok]
    stappen: list[Stap]
    antwoord: Antwoord | None = Field(description="Leeg: nog niet beantwoord, in onderzoek of doorverwezen.")
    bron: str | None
    zekerheid: Zekerheid


class Suggesties(Schema):
    """Wat er al is voor wie dit wil weten."""

    suggesties: list[Gevonden]
    hulp: list[Hulp] = Field(
        description="Niet leeg: de tekst leest als een noodkreet. Noem dan eerst wie nu helpt: 112, 113 (0800-0113), "
        "Veilig Thuis (0800-2000), de gemeente of een onafhankelijke cliëntondersteuner. Bij leven, geweld en nood "
        "zijn er geen suggesties: dan is bellen het enige."
    )


class Fout(Schema):
    """Wat er mis is, en waar."""

    waar: str = Field(description="De parameter of het veld; “inhoud” voor het geheel.", examples=["pagina"])
    wat: str = Field(examples=["Geef een getal van 1 of meer."])


class Probleem(Schema):
    """Een probleem volgens RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Ongeldige aanvraag"])
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="Wat er mis is en wat te doen.")
    instance: str = Field(description="Het pad dat gevraagd werd.", examples=["/api/v1/vermeldingen"])
    fouten: list[Fout] = Field(default=[], description="Alleen bij 400.")


class Verwijderd(Probleem):
    """Een vermelding die er niet meer is."""

    verwijderd_op: date
    reden: str | None
    regio: list[Genoemd]
