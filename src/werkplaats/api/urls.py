"""The addresses below /api/v1. They never end with a slash, and are permanent as long as there is a v1."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import path
from ninja.errors import HttpError, ValidationError

from werkplaats.api import coverage, entries, municipalities, problems, questions, suggestions, trails, werkplaatsen
from werkplaats.api.description import make_api, openapi
from werkplaats.api.problems import Refused
from werkplaats.catalogue.reading import Away
from werkplaats.core.limits import TooMany

api = make_api()
for _module in (entries, questions, werkplaatsen, municipalities, coverage, suggestions, trails):
    api.add_router("", _module.router)


def _refusal(error: Exception) -> Refused:
    """What went wrong below, as an answer."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ValidationError):
        return problems.invalid(problems.from_pydantic(error.errors))
    if isinstance(error, TooMany):
        return problems.too_many(error)
    if isinstance(error, RequestDataTooBig):
        return Refused(413, "Dit is te groot. Stuur alleen het veld tekst, met ten hoogste 5000 tekens.")
    if isinstance(error, Away):
        return Refused(503, headers={"Retry-After": "2"})
    if isinstance(error, Http404):
        return Refused(404)
    return Refused(400, 'De inhoud is geen JSON die wij kunnen lezen. Stuur bijvoorbeeld {"tekst": "..."}.')


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    # Django logs it, and our middleware tells it.
    raise error


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answer(request, _refusal(error))


for _kind in (Refused, ValidationError, TooMany, RequestDataTooBig, Away, Http404, HttpError, UnreadablePostError):
    api.add_exception_handler(_kind, _told)

app_name = "api"
urlpatterns = [path("openapi.json", partial(openapi, api=api), name="openapi"), *api.urls[0]]
