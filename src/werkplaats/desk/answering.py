"""Answering a question at the desk: in plain words, and with what on the site answers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from werkplaats.agenda.actions import take_back_answer
from werkplaats.agenda.forms import AnswerForm
from werkplaats.agenda.models import Answer, Question
from werkplaats.catalogue import search
from werkplaats.catalogue.answers import answers
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.words import LONGEST
from werkplaats.core import drafts, registry
from werkplaats.core.actors import ANYONE
from werkplaats.core.versions import Conflict
from werkplaats.desk.drafts import Typed
from werkplaats.desk.viewsets import version_of
from werkplaats.flows.answering import answer_question

CONFLICT = _(
    "Iemand anders heeft deze vraag intussen gewijzigd. Wat u typte, staat er nog. "
    "Kijk wat er veranderde en besluit opnieuw."
)
_OFFERED = 8


def answer(request: HttpRequest, question: Question, back: str) -> HttpResponse:
    """Search, choose, write, keep; or take back what was said. Nothing typed is lost on the way."""
    if not question.is_public:
        messages.error(request, _t("Maak de vraag eerst openbaar. Daarna kunt u haar beantwoorden."))
        return redirect(back)
    place = f"vragen:{question.uid}:antwoord"
    if "terugnemen" in request.POST:
        return _taken_back(request, question, back)
    form = _form(request, question, place)
    if form.is_bound and form.is_valid():
        try:
            given = {name: form.cleaned_data[name] for name in ("status", "text", "referred_to", "entries", "due")}
            answer_question(question=question, version=version_of(request), **given, by=request.user)
        except Conflict:
            form.add_error(None, CONFLICT)
        except ValidationError as error:
            form.add_error("entries" if form.cleaned_data["entries"] else None, error)
        else:
            drafts.drop(place=place, by=request.user)
            messages.success(request, _t("De vrager leest dit met de volgcode, en het staat bij de vraag op de site."))
            return redirect(back)
        # Read again: what the other did is shown beside what was typed here.
        question = Question.objects.select_related("werkplaats", "municipality").get(pk=question.pk)
    return TemplateResponse(request, "desk/questions/answer.html", _context(request, question, form, place, back))


def _form(request: HttpRequest, question: Question, place: str) -> Any:
    """What was sent; what was typed while searching; what was kept of an earlier day; or the answer that counts."""
    if request.method == "POST" and "zoek" not in request.POST:
        return AnswerForm(request.POST, question=question)
    form = AnswerForm(question=question, initial=_current(question))
    if request.method != "POST":
        return Typed(request, place).over(form)
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(request.POST, {}, name)
    return form


def _current(question: Question) -> dict[str, Any]:
    now = question.answers.current().first()
    if now is None:
        return {}
    entries = list(now.entries.values_list("entry", flat=True))
    return {
        "status": now.status,
        "text": now.text,
        "referred_to": now.referred_to,
        "due": question.due,
        "entries": entries,
    }


def _taken_back(request: HttpRequest, question: Question, back: str) -> HttpResponse:
    try:
        take_back_answer(question=question, version=version_of(request), by=request.user)
    except Conflict:
        messages.error(request, CONFLICT)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _t("Teruggenomen. Wat er daarvoor stond, geldt weer."))
    return redirect(back)


def _context(request: HttpRequest, question: Question, form: Any, place: str, back: str) -> dict[str, Any]:
    chosen = [str(uid) for uid in form["entries"].value() or []]
    asked = request.POST.get("gezocht", "").replace("\0", "")[:LONGEST].strip()
    return {
        "page_title": _t("Beantwoord de vraag"),
        "header_title": _t("Beantwoord de vraag"),
        "header_icon": "help",
        "question": question,
        "form": form,
        "place": place,
        "back": back,
        "asked": asked,
        "chosen": _rows(Entry.objects.visible_to(ANYONE).filter(uid__in=chosen)),
        "offered": _offered(question, asked, set(chosen)),
        "version": question.version,
        **said_of(question),
    }


def _offered(question: Question, asked: str, chosen: set[str]) -> list[dict[str, Any]]:
    """What was searched for; until then what resembles the question itself. Each with the reasons why."""
    hits: list[search.Hit] = []
    if asked:
        found = search.find(search.Query(text=asked, viewer=ANYONE))
        hits = [] if found.asked.trouble else list(found[0 : _OFFERED + 1 + len(chosen)])
    else:
        hits = answers(question.public_text, most=_OFFERED + 1).hits
    new = [hit for hit in hits if hit.entry.uid not in {*chosen, question.uid}][:_OFFERED]
    rows = _rows([hit.entry for hit in new])
    return [{**row, "reasons": [str(one) for one in hit.reasons]} for row, hit in zip(rows, new, strict=True)]


def _rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {"uid": one.uid, "title": one.title, "url": one.url, "kind": str(_label(one.kind)), "lang": one.lang}
        for one in entries
    ]


def _label(kind: str) -> Any:
    return registry.sources[kind].label if kind in registry.sources else kind


def said_of(question: Question) -> dict[str, Any]:
    """What was told of a question: what counts now, and what was said before, for those inside."""
    told = list(question.answers.select_related("account__person", "replaces").prefetch_related("entries"))
    uids = {row.entry for one in told for row in one.entries.all()}
    titles = dict(Entry.objects.visible_to(ANYONE).filter(uid__in=uids).values_list("uid", "title"))

    def entries(one: Answer) -> list[str]:
        return [titles.get(row.entry) or _t("niet meer op de site") for row in one.entries.all()]

    now = next((one for one in told if one.ended_at is None), None)
    return {
        "answer_address": reverse("vragen:answer", args=[question.uid]),
        "told": (now, entries(now)) if now else None,
        "earlier": [(one, entries(one)) for one in told if one.ended_at],
    }
