"""Answers before asking: what is there already, while someone types; and "dit is mijn antwoord".

What is typed is posted, never in an address, and kept nowhere.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from werkplaats.agenda.actions import note_answer, undo_answer
from werkplaats.agenda.models import FoundAnswer
from werkplaats.agenda.queries import answers_to
from werkplaats.agenda.rules import UNDO_DAYS, help
from werkplaats.catalogue.models import Entry
from werkplaats.core import limits
from werkplaats.core.actors import ANYONE, VISITOR
from werkplaats.core.visitors import visitor
from werkplaats.site.filtering import rows_of, rows_of_hits
from werkplaats.site.helplines import help_for

SHOWN = 3
# Fewer letters say nothing yet.
_LEAST = 8
_MOST = 5000
# One a second on average: who types waits a moment now and then, and a few may share an address.
TYPING = limits.Limit("meetypen", most=900, seconds=900)
MARKING = limits.Limit("antwoord", most=60, seconds=3600)
_BROWSER = "antwoorden"
# What came from the form of a question and must not be lost on the way back to it.
KEPT = ("text", "asker_role", "municipality", "themes", "submission")


@never_cache
@require_POST
@sensitive_post_parameters()
def suggest(request: HttpRequest) -> HttpResponse:
    """The part of the form that changes while someone types. Past the limit: whom to call, and when to come back."""
    text = request.POST.get("text", "")
    needs = help.needs(text[:_MOST])
    context: dict[str, Any] = {"help": help_for(needs) if needs else None, "typing": True}
    try:
        limits.often.count(TYPING, visitor(request))
    except limits.TooMany as error:
        headers = {"Retry-After": str(error.retry_after)}
        return _part(request, {**context, "paused": True}, status=429, headers=headers)
    return _part(request, {**context, "answers": rows_for(text)})


def _part(request: HttpRequest, context: dict[str, Any], **more: Any) -> HttpResponse:
    return HttpResponse(render_to_string("site/questions/answers.html", context, request), **more)


def rows_for(text: str) -> list[dict[str, Any]]:
    """Existing entries that may answer this, as rows with reasons; none for what is too short, too long or urgent."""
    if len(text.strip()) < _LEAST or len(text) > _MOST:
        return []
    found = answers_to(text, most=SHOWN)
    return rows_of_hits(found.hits, found.reader, found.labels, show_kind=True) if found else []


@never_cache
@sensitive_post_parameters()
def mine(request: HttpRequest) -> HttpResponse:
    """Mark an answer, take that back, and see which ones this browser marked."""
    if request.method != "POST":
        return _page(request, _browser(request))
    browser = _browser(request) or secrets.token_urlsafe(24)
    marked, taken_back = (request.POST.get(name, "").replace("\0", "?")[:44] for name in ("antwoord", "ongedaan"))
    undone = gone = False
    limits.count(MARKING, visitor(request))
    try:
        if taken_back:
            undone = undo_answer(entry=taken_back, browser=_hash(browser), by=VISITOR)
        elif marked:
            note_answer(entry=marked, browser=_hash(browser), by=VISITOR)
    except ValidationError:
        gone = True
    response = _page(request, browser, marked=marked, undone=undone, gone=gone)
    seconds = int(timedelta(days=UNDO_DAYS).total_seconds())
    response.set_cookie(
        _BROWSER, browser, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def _page(request: HttpRequest, browser: str, **said: Any) -> HttpResponse:
    marks = list(FoundAnswer.objects.of_browser(_hash(browser) if browser else "").values_list("entry", flat=True))
    entries = {entry.uid: entry for entry in Entry.objects.visible_to(ANYONE).filter(uid__in=marks)}
    rows = rows_of([entries[uid] for uid in marks if uid in entries], show_kind=True)
    kept = [(name, value) for name in KEPT for value in request.POST.getlist(name) if value.strip()]
    typed = request.POST.get("text", "").strip()
    return render(request, "site/questions/my_answer.html", {"rows": rows, "kept": kept if typed else [], **said})


def _browser(request: HttpRequest) -> str:
    """The random name of this browser, when it has one of ours."""
    given = request.COOKIES.get(_BROWSER, "")
    return given if re.fullmatch(r"[\w-]{32}", given) else ""


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()
