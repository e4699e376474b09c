"""What may be asked for: the parameters, their checks, and the records they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Model, Q
from ninja import Path, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from werkplaats.agenda.rules import PUBLIC
from werkplaats.api.problems import OWN, Wrong, invalid
from werkplaats.catalogue.words import LONGEST, LONGEST_STORY
from werkplaats.core import registry
from werkplaats.core.uid import PATTERN, UidConverter
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import FIRST_DAY, LAST_DAY
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme

LONGEST_NAME = 80
_MOST_VALUES = 40
_MOST_PAGES = 1_000_000
_NO_ZERO = "^[^\\x00]*$"
_KEY = "^[A-Za-z0-9-]{1,60}$"
_uid = re.compile(PATTERN)
# Facet -> its records, the short name that will do beside the uid, and how to say that there is none.
_NAMED: dict[str, tuple[type[Model], str, str]] = {
    "thema": (Theme, "slug", "Er is geen thema met dit kenmerk of deze slug."),
    "hoofdthema": (Theme, "slug", "Er is geen hoofdthema met dit kenmerk of deze slug."),
    "werkplaats": (Werkplaats, "slug", "Er is geen werkplaats met dit kenmerk of deze slug."),
    "gemeente": (Municipality, "code", "Er is geen gemeente met dit kenmerk of deze CBS-code."),
}


def _sound(text: str) -> str:
    """Text that any database takes: without a zero character or half of a pair of surrogates."""
    if "\0" in text:
        raise PydanticCustomError(OWN, "Er staat een nulteken in. Haal het weg.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise PydanticCustomError(OWN, "Er staat een half teken in (een losse surrogaat). Haal het weg.")
    return text


def _whole(value: Any) -> Any:
    """Only plain digits: what Python takes for a number is wider than what an address should hold."""
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,7}", value):
        raise PydanticCustomError(OWN, f"Geef een geheel getal van 1 tot en met {_MOST_PAGES}.")
    return value


def _kind(value: str) -> str:
    if value not in registry.sources:
        raise PydanticCustomError(OWN, f"Deze soort bestaat niet. Kies uit: {', '.join(registry.sources)}.")
    return value


def _status(value: str) -> str:
    if value not in PUBLIC:
        raise PydanticCustomError(OWN, f"Deze status bestaat niet. Kies uit: {', '.join(sorted(PUBLIC))}.")
    return value


# The centuries of FIRST_DAY and LAST_DAY, for who reads only the description.
_NEAR_US = "^(20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$"


def _day(value: str) -> str:
    """A day as an address writes it: Python reads more than that."""
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        pass
    else:
        if not FIRST_DAY <= day <= LAST_DAY:
            raise PydanticCustomError(OWN, f"Geef een dag van {FIRST_DAY} tot en met {LAST_DAY}.")
        return value
    raise PydanticCustomError(OWN, "Dit is geen datum op de kalender. Schrijf jaar, maand en dag: 2013-12-31.")


def _key(value: str) -> str:
    if not re.fullmatch(_KEY, value):
        raise PydanticCustomError(OWN, "Geef een kenmerk zoals het in de antwoorden staat, of de korte naam.")
    return value


def _offer(schema: dict[str, Any]) -> None:
    schema["enum"] = list(registry.sources)


def _several(said: str, example: str) -> Any:
    extra: Any = {"example": [example]}
    return Field(
        default=[], max_length=_MOST_VALUES, description=f"{said}; vaker: een van deze.", json_schema_extra=extra
    )


def _words(said: str, most: int, example: str) -> Any:
    extra: Any = {"example": example, "pattern": _NO_ZERO}
    return Field(default="", max_length=most, description=said, json_schema_extra=extra)


_THEME = _several("Kenmerk of slug van een thema", "eenzaamheid")
_MAIN_THEME = _several("Kenmerk of slug van een hoofdthema: ook wat onder de thema's ervan valt", "meedoen")
_WERKPLAATS = _several("Kenmerk of slug van een werkplaats", "noord")
_MUNICIPALITY = _several("Kenmerk of CBS-code van een gemeente", "GM0118")

Pagina = Annotated[
    int,
    Field(ge=1, le=_MOST_PAGES, description="Welke bladzijde; voorbij de laatste is 404."),
    BeforeValidator(_whole),
]
Tekst = Annotated[str, AfterValidator(_sound)]
Sleutel = Annotated[str, AfterValidator(_key), Field(json_schema_extra={"pattern": _KEY})]
Kenmerk = Annotated[str, Path(description="Kenmerk.", example="vraag-01JD2Q7ZK8X4M5N6P7R8S9T0V1")]
Slug = Annotated[str, Path(description="Kenmerk of slug.", example="noord")]
Code = Annotated[str, Path(description="Kenmerk of CBS-code.", example="GM0118")]
Soort = Annotated[str, AfterValidator(_kind), Field(json_schema_extra=_offer)]
Status = Annotated[str, AfterValidator(_status), Field(json_schema_extra={"enum": sorted(str(one) for one in PUBLIC)})]


class Zoekvraag(Schema):
    """What is looked for among all entries."""

    q: Tekst = _words("Woorden; tussen aanhalingstekens: precies zo na elkaar.", LONGEST, "schulden jongeren")
    soort: list[Soort] = _several("Soort vermelding", "vraag")
    thema: list[Sleutel] = _THEME
    hoofdthema: list[Sleutel] = _MAIN_THEME
    werkplaats: list[Sleutel] = _WERKPLAATS
    gemeente: list[Sleutel] = _MUNICIPALITY
    sorteer: Literal["best", "nieuwste", "naam"] = Field(
        default="best",
        description="De volgorde. “best”: wat het best bij de woorden past eerst; zonder woorden de nieuwste.",
    )
    pagina: Pagina = 1


class Plaatsvraag(Schema):
    """Which municipalities."""

    q: Tekst = _words("Naam van een gemeente, ook een vroegere.", LONGEST_NAME, "Den Haag")
    pagina: Pagina = 1


class Vraagkeuze(Schema):
    """Which questions."""

    thema: list[Sleutel] = _THEME
    hoofdthema: list[Sleutel] = _MAIN_THEME
    werkplaats: list[Sleutel] = _WERKPLAATS
    gemeente: list[Sleutel] = _MUNICIPALITY
    status: list[Status] = _several("Wat er met de vraag gebeurt", "in-behandeling")
    pagina: Pagina = 1


class Dekkingsvraag(Schema):
    """Coverage when, and of what."""

    datum: Annotated[str, AfterValidator(_day)] = Field(
        default_factory=str,
        description="De dag waarop geteld wordt; zonder: vandaag.",
        json_schema_extra={"format": "date", "pattern": _NEAR_US, "example": "2013-12-31"},
    )
    thema: Sleutel = Field(
        default_factory=str,
        description="Kenmerk of slug van een thema; thema's daaronder tellen mee. Zonder: alle.",
        json_schema_extra={"example": "eenzaamheid", "pattern": _KEY},
    )


class Verhaal(Schema):
    """Wat iemand wil weten, in eigen woorden."""

    model_config = ConfigDict(extra="forbid")

    tekst: Tekst = Field(
        min_length=1,
        max_length=LONGEST_STORY,
        description="Wordt nergens bewaard of opgeschreven.",
        examples=["Mijn moeder is alleen sinds de winkel dicht is. Wat helpt haar weer onder de mensen?"],
        json_schema_extra={"pattern": _NO_ZERO},
    )


def chosen(**given: Sequence[str]) -> dict[str, frozenset[str]]:
    """Facet -> uids of what was named. Raises Refused (400) when something does not exist."""
    found: dict[str, frozenset[str]] = {}
    wrong: list[Wrong] = []
    for name, keys in given.items():
        known = _uids(name, keys) if keys else {}
        found[name] = frozenset(known.values())
        if len(known) < len({same(key) for key in keys}):
            wrong.append(Wrong(name, f"{_NAMED[name][2]} Welke er zijn, staat in /api/v1/vermeldingen onder facetten."))
    if wrong:
        raise invalid(wrong)
    return found


def by_key(key: str, short: str) -> Q:
    """The record with this uid, or with this short name."""
    return Q(uid=same(key)) | Q(**{short: _short(key, short)})


def same(key: str) -> str:
    """A uid as we write it, whatever its capitals; anything else as it came."""
    return UidConverter().to_python(key) if _uid.fullmatch(key) else key


def shorts_of(wanted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, dict[str, str]]]:
    """Facet -> how the short name of its values is called, and those of these uids; without those that have none.

    One question to the database for each kind of record.
    """
    together: dict[tuple[Any, str], set[str]] = {}
    for name, uids in wanted.items():
        if name in _NAMED:
            together.setdefault(_NAMED[name][:2], set()).update(uids)
    known = {
        (model, short): dict(model._default_manager.filter(uid__in=uids).values_list("uid", short))
        for (model, short), uids in together.items()
    }
    return {name: (_NAMED[name][1], known[_NAMED[name][:2]]) for name in wanted if name in _NAMED}


def _short(key: str, short: str) -> str:
    return key.upper() if short == "code" else key.lower()


def _uids(name: str, keys: Sequence[str]) -> Mapping[str, str]:
    """Key as it came -> uid, for those that exist."""
    model, short, _none = _NAMED[name]
    shorts = {_short(key, short) for key in keys}
    rows = model._default_manager.filter(Q(uid__in={same(key) for key in keys}) | Q(**{f"{short}__in": shorts}))
    if name == "hoofdthema":
        rows = rows.filter(parent=None)
    known = {text: uid for uid, text_ in rows.values_list("uid", short) for text in (uid, text_)}
    found = {same(key): known.get(same(key)) or known.get(_short(key, short)) for key in keys}
    return {key: uid for key, uid in found.items() if uid}
