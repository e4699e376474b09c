"""Asking a question without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from werkplaats.agenda.actions import AlreadyReceived, receive_question
from werkplaats.agenda.forms import AskForm
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import codes, help, privacy
from werkplaats.core import clock, limits
from werkplaats.core.actors import VISITOR
from werkplaats.core.visitors import visitor
from werkplaats.places.models import Municipality
from werkplaats.site import answering
from werkplaats.site.helplines import help_for
from werkplaats.terms.models import Theme

TRYING = limits.Limit("vraag proberen", most=300, seconds=3600)
SENDING = limits.Limit("vraag", most=60, seconds=3600)
# Keeps the form's secret, and with it the code, for the page after sending: going back or reloading loses nothing.
SENT = "verstuurd"
# How long sending the same form again still shows its code, for who pressed twice.
_STILL_SHOWN = timedelta(minutes=30)


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """The form; what came is looked at, pointed out once, and taken in."""
    if request.method != "POST":
        return _page(request, AskForm(initial=_initial(request)))
    limits.often.count(TRYING, visitor(request))
    if "terug" in request.POST:
        return _page(request, AskForm(initial=_came_back(request)), seen=request.POST.get("confirmed", "")[:16])
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    text = form.cleaned_data["text"]
    pointed_out = _pointed_out(request, form)
    if pointed_out:
        only_answers = not pointed_out["findings"] and not pointed_out["needs"]
        return _page(request, form, confirm=form.words_hash(), only_answers=only_answers, **pointed_out)
    limits.count(SENDING, visitor(request))
    try:
        receive_question(by=VISITOR, lang=get_language() or "nl", **form.cleaned_data)
    except AlreadyReceived as earlier:
        if earlier.question.text != text:
            return _anew(request, form)
        return _to_sent(form, "?opnieuw=1")
    return _to_sent(form, "")


def _pointed_out(request: HttpRequest, form: AskForm) -> dict[str, Any]:
    """What to look at before these words are sent: persons, a cry for help, answers that are there already.

    Once for the same words; answers not again for who saw them while typing.
    """
    if request.POST.get("confirmed") == form.words_hash():
        return {}
    text = form.cleaned_data["text"]
    found = {
        "findings": privacy.find(text),
        "needs": help.needs(text),
        "answers": [] if request.POST.get("gezien") else answering.rows_for(text),
    }
    return found if any(found.values()) else {}


def _came_back(request: HttpRequest) -> dict[str, Any]:
    """What was typed before, for who returns from an answer that was none."""
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in answering.KEPT}
    given["themes"] = request.POST.getlist("themes")
    if not codes.is_submission(given["submission"]):
        given["submission"] = codes.new_submission()
    return given


def _to_sent(form: AskForm, query: str) -> HttpResponse:
    response = redirect(reverse("sent") + query)
    seconds = int(_STILL_SHOWN.total_seconds())
    secret = form.cleaned_data["submission"]
    response.set_cookie(
        SENT, secret, max_age=seconds, path=reverse("sent"), httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    # What was typed may go along from "dit is mijn antwoord"; it is sent now.
    response.delete_cookie(answering.DONE, path=reverse("my-answer"), samesite="Lax")
    return response


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """The page after sending, with the code: for half an hour, in the browser that sent it."""
    secret = request.COOKIES.get(SENT, "")
    known = Question.objects.select_related("werkplaats", "municipality")
    question = known.filter(submission=codes.submission_hash(secret)).first() if codes.is_submission(secret) else None
    fits = question is not None and question.received_at and clock.now() - question.received_at < _STILL_SHOWN
    needs = help.needs(question.text) if question else []
    context = {
        "question": question,
        "code": codes.code_for(secret) if fits else "",
        "again": "opnieuw" in request.GET,
        "help": help_for(needs) if needs else None,
        "follow_address": f"{request.get_host()}{reverse('follow')}",
        "read_by_werkplaats": question is not None and question.has_coordinator(),
    }
    return render(request, "site/questions/sent.html", context)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """A municipality or theme that the page one came from is about."""
    given: dict[str, Any] = {"submission": codes.new_submission()}
    place = Municipality.objects.current().filter(slug=request.GET.get("gemeente", "")[:60]).first()
    theme = Theme.objects.filter(slug=request.GET.get("thema", "")[:60]).select_related("parent").first()
    if place:
        given["municipality"] = place.name
    if theme:
        given["themes"] = [(theme.parent or theme).slug]
    return given


def _page(request: HttpRequest, form: AskForm, **extra: Any) -> HttpResponse:
    needs = extra.pop("needs", [])
    # The address is the site's to know; without JavaScript these say nothing.
    form.fields["text"].widget.attrs.update(
        {
            "hx-post": reverse("suggest"),
            # Also for words that the browser or the draft put back; not on top of answers that the page came with.
            "hx-trigger": "input changed delay:350ms" + ("" if "confirm" in extra else ", load delay:250ms"),
            "hx-target": "#antwoorden",
            "hx-params": "text,csrfmiddlewaretoken",
            "hx-sync": "this:replace",
        }
    )
    context = {
        "form": form,
        "help": help_for(needs) if needs else None,
        "places": Municipality.objects.current().values_list("name", flat=True).order_by("name"),
        "findings": list(dict.fromkeys(one.words for one in extra.pop("findings", []))),
        **extra,
    }
    return render(request, "site/questions/ask.html", context)


def _anew(request: HttpRequest, form: AskForm) -> HttpResponse:
    """Other words in a form that was sent become a question of their own."""
    fresh = form.data.copy()
    fresh["submission"] = codes.new_submission()
    note = _t("Uw eerste vraag hebben we al. Wat u nu schreef, staat hieronder: verstuur het als nieuwe vraag.")
    return _page(request, AskForm(fresh), note=note)
