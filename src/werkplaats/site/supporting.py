""" "Hier ook": an organisation says it has the same question."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from werkplaats.agenda.actions import end_support, support_question
from werkplaats.agenda.forms import SupportForm
from werkplaats.agenda.models import Question, Support
from werkplaats.agenda.rules import can_support
from werkplaats.core import limits
from werkplaats.network.models import Organisation
from werkplaats.people.rules import RoleKind, scopes_of

SUPPORTING = limits.Limit("hier ook", most=60, seconds=3600)


@never_cache
@login_required
def support(request: HttpRequest, uid: str) -> HttpResponse:
    """Say, change or take back "hier ook" for the own organisation."""
    question = get_object_or_404(Question.objects.public(), uid=uid)
    own = Organisation.objects.filter(uid__in=scopes_of(request.user, RoleKind.PARTNER_EDITOR))
    if not own.exists():
        return render(request, "site/questions/no_organisation.html", {"question": question}, status=403)
    if request.method == "POST":
        limits.count(SUPPORTING, request.user.uid)
    given = question.supports.current().filter(organisation__in=own).select_related("organisation")
    if request.method == "POST" and request.POST.get("stap") == "terug":
        return _taken_back(
            request, question, get_object_or_404(given, uid=request.POST.get("steun", "").replace("\0", "")[:44])
        )
    form = SupportForm(request.POST or None, organisations=own, initial=_initial(own, list(given)))
    if request.method == "POST" and form.is_valid():
        support_question(question=question, by=request.user, **form.cleaned_data)
        messages.success(request, _t("Uw organisatie staat nu bij deze vraag."))
        return redirect("question", uid=uid)
    context = {"question": question, "form": form, "given": given}
    return render(request, "site/questions/support.html", context)


def _initial(own: Any, given: list[Support]) -> dict[str, str]:
    """What the organisation said before, to change it; else its name."""
    if not given:
        return {"organisation": own[0].uid}
    return {"organisation": given[0].organisation.uid, "mandate": given[0].mandate, "reason": given[0].reason}


def _taken_back(request: HttpRequest, question: Question, given: Support) -> HttpResponse:
    if can_support(request.user, given.organisation):
        end_support(support=given, by=request.user)
        messages.success(request, _t("Uw organisatie staat niet meer bij deze vraag."))
    return redirect("question", uid=question.uid)
