"""Saying by a mailed link whether what we know of an organisation still holds; no account needed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from werkplaats.core import limits
from werkplaats.core.actors import VISITOR
from werkplaats.core.versions import Conflict
from werkplaats.core.visitors import visitor
from werkplaats.flows import confirming
from werkplaats.network.actions import NotOpen
from werkplaats.network.forms import CheckForm
from werkplaats.network.models import Check

TRIES = limits.Limit("bevestigen", most=30, seconds=900)


@never_cache
@sensitive_post_parameters("sleutel")
def confirm(request: HttpRequest) -> HttpResponse:
    """What we know, to be corrected, and a button, since mail scanners press nothing."""
    secret = request.POST.get("sleutel") or request.GET.get("sleutel", "")
    limits.count(TRIES, visitor(request))
    check = confirming.offered(secret=secret, by=VISITOR)
    if check is None:
        return render(request, "site/confirming/gone.html", status=410)
    form = CheckForm(request.POST if request.method == "POST" else None, function=check.function)
    if request.method == "POST" and form.is_valid():
        return _answered(request, secret, form, check)
    version = request.POST.get("versie") or check.function.version
    return _shown(request, secret, form, check, version)


def _shown(request: HttpRequest, secret: str, form: CheckForm, check: Check, version: object) -> HttpResponse:
    context = {"form": form, "check": check, "secret": secret, "version": version}
    return render(request, "site/confirming/confirm.html", context)


def _answered(request: HttpRequest, secret: str, form: CheckForm, check: Check) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in ("what", "note", "left")}
    proposal = {} if said["left"] else form.proposal()
    given = request.POST.get("versie", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    try:
        common = {"proposal": proposal, "version": version, "by": VISITOR}
        kept = confirming.answer(secret=secret, details=form.details(), **said, **common)
    except NotOpen:
        return render(request, "site/confirming/gone.html", status=410)
    except Conflict:
        form.tell_what_is_known()
        return _shown(request, secret, form, check, check.function.version)
    context = {"check": kept, "left": said["left"], "proposed": bool(proposal)}
    return render(request, "site/confirming/thanks.html", context)
