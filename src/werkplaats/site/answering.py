"""Answers before asking: what is there already, while someone types; and "dit is mijn antwoord" or "ook mijn vraag".

What is typed is posted, never in an address, and kept nowhere but in the visitor's own browser.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from werkplaats.agenda.actions import note_answer, undo_answer
from werkplaats.agenda.models import FoundAnswer
from werkplaats.agenda.queries import answers_to
from werkplaats.agenda.rules import CLOSED, UNDO_DAYS, FoundAs, found_as, help
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
# What was done, and the form that someone came from, for the page after it: reloading does nothing again.
DONE = "gevonden"
_DONE_SECONDS = 1800
# Browsers keep no larger cookies.
_MOST_IN_COOKIE = 3800
# What came from the form of a question and must not be lost on the way back to it.
KEPT = ("text", "asker_role", "municipality", "themes", "submission", "confirmed")


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
    if found is None:
        return []
    rows = rows_of_hits(found.hits, found.reader, found.labels, show_kind=True)
    return [{**row, **_to(hit.entry)} for row, hit in zip(rows, found.hits, strict=True)]


def _to(entry: Entry) -> dict[str, Any]:
    """What an entry is to who wanted to ask, and how the buttons that say so read."""
    statuses = entry.facets.get("status", [])
    found = found_as(entry.kind, statuses)
    yes, no = {
        FoundAs.ANSWER: (_t("Dit is mijn antwoord"), _t("Toch niet mijn antwoord")),
        FoundAs.SAME: (_t("Dit is ook mijn vraag"), _t("Toch niet mijn vraag")),
        FoundAs.PLACE: (_t("Hier kan ik terecht"), _t("Toch niet de goede plek")),
    }[found]
    return {"found_as": found.value, "yes": yes, "no": no, "closed": not CLOSED.isdisjoint(statuses)}


@never_cache
@sensitive_post_parameters()
def mine(request: HttpRequest) -> HttpResponse:
    """Mark an answer, take that back, and see which ones this browser marked."""
    if request.method != "POST":
        return _page(request, _browser(request), _done(request))
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
    response = _after(request, browser, {"marked": marked, "undone": undone, "gone": gone})
    seconds = int(timedelta(days=UNDO_DAYS).total_seconds())
    response.set_cookie(
        _BROWSER, browser, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def _after(request: HttpRequest, browser: str, done: dict[str, Any]) -> HttpResponse:
    """The page after marking or undoing, by a redirect; what it says goes along in a cookie, not in the address."""
    filled = [(name, value) for name in KEPT for value in request.POST.getlist(name) if value.strip()]
    done["kept"] = filled if request.POST.get("text", "").strip() else []
    carried = signing.dumps(done, salt=DONE, compress=True)
    if len(carried) > _MOST_IN_COOKIE:
        return _page(request, browser, done)
    response = redirect(f"{reverse('my-answer')}?gedaan=1")
    response.set_cookie(
        DONE, carried, max_age=_DONE_SECONDS, path=reverse("my-answer"), httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
    return response


def _done(request: HttpRequest) -> dict[str, Any]:
    if "gedaan" not in request.GET:
        return {}
    try:
        done: dict[str, Any] = signing.loads(request.COOKIES.get(DONE, ""), salt=DONE, max_age=_DONE_SECONDS)
    except signing.BadSignature:
        return {}
    return done


def _page(request: HttpRequest, browser: str, done: dict[str, Any]) -> HttpResponse:
    marks = list(FoundAnswer.objects.of_browser(_hash(browser) if browser else "").values_list("entry", flat=True))
    entries = {entry.uid: entry for entry in Entry.objects.visible_to(ANYONE).filter(uid__in=marks)}
    shown = [entries[uid] for uid in marks if uid in entries]
    rows = [{**row, **_to(one)} for row, one in zip(rows_of(shown, show_kind=True), shown, strict=True)]
    now = next((row for row in rows if row["uid"] == done.get("marked")), None)
    return render(request, "site/questions/my_answer.html", {**done, "rows": rows, "now": now})


def _browser(request: HttpRequest) -> str:
    """The random name of this browser, when it has one of ours."""
    given = request.COOKIES.get(_BROWSER, "")
    return given if re.fullmatch(r"[\w-]{32}", given) else ""


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()
