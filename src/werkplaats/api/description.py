"""The API as it describes itself: OpenAPI, made from the same types that check what comes in and goes out."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE
from ninja.renderers import JSONRenderer

from werkplaats.api import problems
from werkplaats.api.shapes import Probleem, Verwijderd

VERSION = "1.0.0"
_ABOUT = """Wat op de openbare site staat, voor programma's: zoeken, werkplaatsen, gemeenten en vragen uit de praktijk.

Lezen kan zonder sleutel of account. Wat niet openbaar is, is hier niet te vinden, ook niet voor wie is ingelogd.
Van een vraag staan hier de woorden met de weglatingen van de site, in de taal waarin zij is gesteld.

Een adres eindigt nooit op een schuine streep. Gaat er iets mis, dan is het antwoord een probleem volgens RFC 9457, met
in `detail` en `fouten` wat er mis is en wat te doen. Voor de gegevens is geen licentie vastgelegd, tenzij bij een
vermelding een `licentie` staat."""
_REFUSALS = {
    "400": ("OngeldigeAanvraag", "Een parameter of veld klopt niet; `fouten` zegt welke."),
    "404": ("NietGevonden", "Dit is er niet, of niet openbaar; of de bladzijde ligt voorbij de laatste."),
    "406": ("FormaatNietBeschikbaar", "Er is alleen JSON."),
    "410": ("Verwijderd", "Dit was openbaar en is er niet meer."),
    "413": ("TeGroot", "De inhoud is te groot."),
    "415": ("InhoudstypeNietOndersteund", "De inhoud moet `application/json` zijn."),
    "429": ("TeVeelAanvragen", "De grens is bereikt; `Retry-After` zegt over hoeveel seconden het weer kan."),
}
_ALWAYS, _SENDING = ("400", "406", "429"), ("413", "415")


@dataclass(frozen=True)
class Address:
    """What an address takes. ``parameters``: name -> whether it may come more than once."""

    methods: tuple[str, ...]
    parameters: dict[str, bool]

    @property
    def allow(self) -> str:
        """The methods as the header Allow has them."""
        return ", ".join((*self.methods, "OPTIONS"))


class Readable(JSONRenderer):
    """JSON with the letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Ninja, with our own words for what goes wrong."""

    @cache  # noqa: B019 - there is one, for as long as the program runs
    def described(self) -> dict[str, Any]:
        """The description, but for what depends on where it is asked for."""
        made = dict(self.get_openapi_schema(path_prefix=""))
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                _add_answers(path, method, operation)
        made["components"] |= {"responses": _refusals(), "headers": _headers()}
        for shape in (Probleem, Verwijderd):
            schema = shape.model_json_schema(ref_template=REF_TEMPLATE, mode="serialization")
            made["components"]["schemas"] |= {**schema.pop("$defs", {}), shape.__name__: schema}
        return _tidy(made)

    @cache  # noqa: B019
    def addresses(self) -> dict[str, Address]:
        """Path -> what it takes: what stands in the description, and nothing else."""
        found = {"/openapi.json": Address(("GET", "HEAD"), {})}
        for path, operations in self.described()["paths"].items():
            methods = [("GET", "HEAD") if method == "get" else (method.upper(),) for method in operations]
            parameters = [one for operation in operations.values() for one in operation["parameters"]]
            found[path] = Address(
                tuple(one for some in methods for one in some),
                {one["name"]: one["schema"].get("type") == "array" for one in parameters if one["in"] == "query"},
            )
        return found


def make_api() -> Api:
    """The API without its addresses yet."""
    return Api(
        title=f"{settings.SITE_NAME} API",
        version=VERSION,
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        renderer=Readable(),
        urls_namespace="api",
    )


def openapi(request: HttpRequest, api: Api) -> JsonResponse:
    """The description, with the address at which it was asked for."""
    made = deepcopy(api.described())
    home = request.build_absolute_uri("/")
    made["servers"] = [{"url": f"{home}api/v1"}]
    made["info"]["contact"] = {"name": f"Beheer van {settings.SITE_NAME}", "url": home}
    if settings.CONTACT:
        made["info"]["contact"]["email"] = settings.CONTACT
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _add_answers(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to what goes well all that may go wrong."""
    answers = {str(status): said for status, said in operation["responses"].items()}
    for said in answers.values():
        said["description"] = "Gelukt."
        said["headers"] = _with("API-Version")
    names = {one["name"] for one in operation["parameters"]}
    wrong = {*_ALWAYS, *operation.pop("x-ook", ())}
    wrong |= set(_SENDING) if method == "post" else set()
    wrong |= {"404"} if "{" in path or "pagina" in names else set()
    answers |= {status: {"$ref": f"#/components/responses/{_REFUSALS[status][0]}"} for status in sorted(wrong)}
    if "pagina" in names:
        answers["200"]["headers"] |= _with("Link")
    operation["responses"] = answers


def _tidy(made: dict[str, Any]) -> dict[str, Any]:
    """Without titles that only repeat a name, and without shapes that nothing points at."""

    def without_titles(node: Any) -> Any:
        if isinstance(node, dict):
            kept = {name: value for name, value in node.items() if name != "title" or not isinstance(value, str)}
            return {name: without_titles(value) for name, value in kept.items()}
        return [without_titles(one) for one in node] if isinstance(node, list) else node

    for part in ("paths", "components"):
        made[part] = without_titles(made[part])
    for operation in (one for some in made["paths"].values() for one in some.values()):
        for parameter in operation["parameters"]:
            # Said of the parameter already.
            parameter["schema"] = {k: v for k, v in parameter["schema"].items() if k not in {"description", "example"}}
    text = json.dumps(made)
    schemas = made["components"]["schemas"]
    made["components"]["schemas"] = {
        name: schemas[name] for name in sorted(schemas) if f'"{REF_TEMPLATE.format(model=name)}"' in text
    }
    return made


def _with(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusals() -> dict[str, Any]:
    made = {}
    for status, (name, said) in _REFUSALS.items():
        shape = Verwijderd if status == "410" else Probleem
        made[name] = {
            "description": said,
            "headers": _with("API-Version", *(["Retry-After"] if status == "429" else [])),
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model=shape.__name__)}}},
        }
    return made


def _headers() -> dict[str, Any]:
    version = {"type": "string", "pattern": f"^{re.escape(VERSION)}$"}
    return {
        "API-Version": {"description": "Het volledige versienummer.", "required": True, "schema": version},
        "Link": {
            "description": "De eerste, vorige, volgende en laatste bladzijde (RFC 8288).",
            "schema": {"type": "string"},
        },
        "Retry-After": {
            "description": "Over hoeveel seconden het weer kan.",
            "required": True,
            "schema": {"type": "integer", "minimum": 1},
        },
    }
