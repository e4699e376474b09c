"""Following a question by its code, and taking it back. The code is posted, never in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from werkplaats.agenda.actions import withdraw_question
from werkplaats.agenda.forms import CodeForm
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status, can_withdraw, codes, help
from werkplaats.core import clock, limits
from werkplaats.core.actors import VISITOR
from werkplaats.core.visitors import visitor
from werkplaats.site.helplines import help_for
from werkplaats.site.questions import answer_of, steps_of

GUESSING = limits.Limit("volgcode", most=10, seconds=900)


@never_cache
@sensitive_post_parameters("code")
def follow(request: HttpRequest) -> HttpResponse:
    """Type the code, read what was done; every step after that brings the code along in the form."""
    if request.method != "POST":
        return render(request, "site/questions/code.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not request.POST.get("code"):
        return render(request, "site/questions/code.html", {"form": form})
    # Also nonsense is a guess, and counted before it is looked at.
    limits.count(GUESSING, visitor(request))
    question = _find(form)
    if question is None:
        return render(request, "site/questions/code.html", {"form": form})
    limits.give_back(GUESSING, visitor(request))
    step = request.POST.get("stap", "")
    if step == "intrekken" and can_withdraw(question):
        context = {"question": question, "code": form.cleaned_data["code"]}
        return render(request, "site/questions/withdraw.html", context)
    if step == "ingetrokken":
        question = withdraw_question(question=question, by=VISITOR)
    return _shown(request, question, form.cleaned_data["code"])


def _find(form: CodeForm) -> Question | None:
    """The question of this code. A code that is nearly right, old or nonsense all get the same answer."""
    if not form.is_valid():
        return None
    known = Question.objects.select_related("werkplaats", "municipality", "owner")
    question = known.filter(code_hash=codes.code_hash(form.cleaned_data["code"])).first()
    if question is None:
        form.add_error(
            "code", _t("Deze code kennen we niet. Kijk of u alle twaalf letters en cijfers heeft overgenomen.")
        )
    return question


def _shown(request: HttpRequest, question: Question, code: str) -> HttpResponse:
    context: dict[str, Any] = {
        "question": question,
        "code": code,
        "can_withdraw": can_withdraw(question),
        "withdrawn": question.status == Status.WITHDRAWN,
        "public": question.is_public,
        "help": help_for(needs) if (needs := help.needs(question.text)) else None,
        "refused": question.status == Status.REFUSED,
        "waiting": question.status == Status.WAITING,
        "overdue": question.due is not None and question.due < clock.today(),
        "steps": steps_of(question, messages=True),
        "answer": answer_of(question),
        "supports": question.supports.current().count(),
        "masked": question.is_public and bool(question.masks),
    }
    return render(request, "site/questions/followed.html", context)
