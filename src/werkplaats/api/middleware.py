"""What holds for every answer below /api, and what is refused before any view sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from werkplaats.api import problems
from werkplaats.api.description import VERSION, Address
from werkplaats.api.problems import Refused, Wrong
from werkplaats.api.urls import api
from werkplaats.core import limits
from werkplaats.core.visitors import visitor

Handler = Callable[[HttpRequest], HttpResponse]

# All addresses together, also those that do not exist: uids are not for trying out.
READING = limits.Limit("api lezen", most=300, seconds=60)
_HEADERS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def with_version(handler: Handler) -> Handler:
    """Say on every answer which version this is, and to browsers that nothing here is a page."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        if _is_ours(request):
            for name, value in _HEADERS.items():
                response.headers[name] = value
        return response

    return answered


def in_problems(handler: Handler) -> Handler:
    """Refuse what no address takes, and tell all that goes wrong as a problem, wherever it went wrong."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not _is_ours(request):
            return handler(request)
        try:
            if request.method in {"GET", "HEAD"}:
                limits.often.count(READING, visitor(request))
            address = _address(request)
            if request.method == "OPTIONS":
                return _methods(address)
            _check(request, address)
        except limits.TooMany as error:
            return problems.answer(request, problems.too_many(error))
        except Refused as refused:
            return problems.answer(request, refused)
        return _told(request, _as_get(request, handler))

    return answered


def _methods(address: Address) -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": address.allow})
    del response.headers["Content-Type"]
    return response


def _is_ours(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def _as_get(request: HttpRequest, handler: Handler) -> HttpResponse:
    """HEAD is answered as GET; the web server leaves the content out."""
    if request.method != "HEAD":
        return handler(request)
    request.method = "GET"
    try:
        return handler(request)
    finally:
        request.method = "HEAD"


def _told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code < 400 or response.headers.get("Content-Type") == problems.MEDIA_TYPE:
        return response
    kept = {name: response.headers[name] for name in ("Retry-After",) if name in response.headers}
    return problems.answer(request, Refused(response.status_code, headers=kept))


def _address(request: HttpRequest) -> Address:
    """What stands at this address. Raises Refused (404, 405)."""
    path = request.path_info
    found = _described(path) if "\0" not in path else None
    if found is None:
        if path.endswith("/") and _described(path.rstrip("/")):
            raise Refused(404, f"Dit adres eindigt op een schuine streep. Zonder bestaat het wel: {path.rstrip('/')}")
        raise Refused(404)
    if request.method not in {*found.methods, "OPTIONS"}:
        detail = f"Dit adres kent {request.method} niet. Wel: {found.allow}."
        raise Refused(405, detail, headers={"Allow": found.allow})
    return found


def _described(path: str) -> Address | None:
    try:
        route = resolve(path).route
    except Resolver404:
        return None
    template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.removeprefix("api/v1"))
    return api.addresses().get(template)


def _check(request: HttpRequest, address: Address) -> None:
    """Raise Refused for a format we do not have, and for parameters that do not exist here."""
    if not request.accepts("application/json"):
        raise Refused(406, "Wij antwoorden alleen met JSON. Zet in Accept: application/json, of laat Accept weg.")
    if request.method == "POST" and request.content_type != "application/json":
        raise Refused(415, "Stuur JSON, met in de aanvraag Content-Type: application/json.")
    try:
        wrong = list(_wrong_parameters(request.GET, address))
    except SuspiciousOperation:
        raise Refused(400, "Dit zijn te veel parameters. Geef er minder.") from None
    if wrong:
        raise problems.invalid(wrong)


def _wrong_parameters(given: QueryDict, address: Address) -> Iterator[Wrong]:
    for name, values in given.lists():
        if name not in address.parameters:
            known = f"Wel: {', '.join(address.parameters)}." if address.parameters else "Dit adres kent er geen."
            yield Wrong(name, f"Deze parameter bestaat hier niet. {known}")
        elif len(values) > 1 and not address.parameters[name]:
            yield Wrong(name, "Geef deze parameter één keer.")
        elif any("\0" in value for value in values):
            yield Wrong(name, "Er staat een nulteken (%00) in. Haal het weg.")
