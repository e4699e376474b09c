"""What goes wrong, told to programs and to who writes them: problem details (RFC 9457), in Dutch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from werkplaats.core.limits import TooMany

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Ongeldige aanvraag",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Formaat niet beschikbaar",
    410: "Verwijderd",
    413: "Te groot",
    415: "Inhoudstype niet ondersteund",
    429: "Te veel aanvragen",
    500: "Fout bij ons",
    503: "Even niet beschikbaar",
}
_DETAILS = {
    400: "Deze aanvraag begrijpen we niet. Kijk de naam van de site, het adres en de parameters na.",
    404: "Dit adres bestaat niet. Alle adressen staan in /api/v1/openapi.json.",
    500: "Er ging iets mis bij ons. Probeer het over een paar minuten opnieuw.",
    503: "Zoeken kan even niet. Probeer het over een paar seconden opnieuw.",
}
# A name that came from outside is repeated no further than this.
_REPEATED = 60
# What pydantic calls it -> what to do about it; the words in braces are its own.
_WORDS = {
    "missing": "Dit ontbreekt en is verplicht.",
    "string_type": "Geef hier tekst.",
    "string_unicode": "Er staat een half teken in (een losse surrogaat). Haal het weg.",
    "string_too_long": "Dit is te lang. Geef ten hoogste {max_length} tekens.",
    "string_too_short": "Dit is leeg. Geef ten minste {min_length} teken.",
    "literal_error": "Deze waarde bestaat niet. Kies uit: {expected}.",
    "too_long": "Geef deze parameter ten hoogste {max_length} keer.",
    "greater_than_equal": "Geef een getal van {ge} of meer.",
    "less_than_equal": "Geef een getal van ten hoogste {le}.",
    "extra_forbidden": "Dit veld bestaat hier niet. Haal het weg.",
    "model_type": "Geef een JSON-object.",
    "model_attributes_type": "Geef een JSON-object.",
}
# The type of errors that our own checks raise; their message is for readers already.
OWN = "eigen"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: the name of the parameter or field, and what to do about it."""

    where: str
    what: str


class Refused(Exception):
    """An answer that is a problem. ``more``: members beside those of the standard."""

    def __init__(self, status: int, detail: str = "", *, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail or _DETAILS.get(status, TITLES.get(status, "Deze aanvraag kan niet."))
        self.headers = headers or {}
        self.more = more


def invalid(wrong: Iterable[Wrong]) -> Refused:
    """400, with all that is wrong at once."""
    found = [{"waar": one.where[:_REPEATED], "wat": one.what} for one in wrong]
    told = " ".join(f"{one['waar']}: {one['wat']}" for one in found[:3])
    return Refused(400, f"De aanvraag klopt niet. {told}", fouten=found)


def too_many(error: TooMany) -> Refused:
    """429, with when to come back."""
    detail = f"Dit is te vaak achter elkaar. Probeer het over {error.retry_after} seconden opnieuw."
    return Refused(429, detail, headers={"Retry-After": str(error.retry_after)})


def from_pydantic(errors: Iterable[Mapping[str, Any]]) -> list[Wrong]:
    """What the checks of types found, in our words."""
    return [Wrong(_where(error["loc"]), _what(error)) for error in errors]


def answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The problem as it is sent."""
    said = {
        "type": "about:blank",
        "title": TITLES.get(refused.status, TITLES[400 if refused.status < 500 else 500]),
        "status": refused.status,
        "detail": refused.detail,
        "instance": escape_uri_path(request.path),
        **refused.more,
    }
    # What is repeated from the request may hold half a character, which cannot be sent.
    content = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Length": str(len(content)), **refused.headers}
    return HttpResponse(content, status=refused.status, content_type=MEDIA_TYPE, headers=headers)


def _where(place: tuple[str | int, ...]) -> str:
    """Of ("query", "asked", "thema", 0) the name that was sent: "thema"."""
    names = [part for part in place[1:] if isinstance(part, str)]
    if names and names[0] in {"asked", "sent"}:
        names = names[1:]
    return names[0] if names else "inhoud"


def _what(error: Mapping[str, Any]) -> str:
    if error["type"] == OWN:
        return str(error["msg"])
    said = _WORDS.get(error["type"], "Dit klopt niet. Kijk in /api/v1/openapi.json wat hier mag staan.")
    context = {name: str(value).replace(" or ", " of ") for name, value in error.get("ctx", {}).items()}
    return said.format(**context)
