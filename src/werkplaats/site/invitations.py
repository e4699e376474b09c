"""Taking a role that was offered by mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from werkplaats.core import limits
from werkplaats.core.actors import VISITOR
from werkplaats.core.visitors import visitor
from werkplaats.flows import roles
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.actions import NotOpen
from werkplaats.people.forms import AcceptForm
from werkplaats.people.models import Account, Invitation
from werkplaats.people.rules import can_enter_desk
from werkplaats.site.errors import too_many

TRIES = limits.Limit("uitnodiging", most=20, seconds=900)


@never_cache
@sensitive_post_parameters("sleutel")
def accept(request: HttpRequest) -> HttpResponse:
    """The page behind the mailed link: who invites for what, and a button, since mail scanners press nothing."""
    secret = request.POST.get("sleutel") or request.GET.get("sleutel", "")
    try:
        limits.count(TRIES, visitor(request))
    except limits.TooMany as error:
        return too_many(request, error.retry_after)
    invitation = roles.offered(secret=secret, by=VISITOR)
    if invitation is None:
        return render(request, "site/signing/invitation_gone.html", status=410)
    known = Account.objects.filter(email__iexact=invitation.email).select_related("person").first()
    first = {"name": known.get_full_name() if known else invitation.name}
    form = AcceptForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and (known or form.is_valid()):
        return _accepted(request, secret, first["name"] if known else form.cleaned_data["name"])
    context = {"form": form, "known": known, "invitation": invitation, "secret": secret, "scope": _scope(invitation)}
    return render(request, "site/signing/invitation.html", context)


def _accepted(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    try:
        account = roles.accept(secret=secret, name=name, by=VISITOR)
    except NotOpen:
        return render(request, "site/signing/invitation_gone.html", status=410)
    # Who has the link can read the mailbox: as good as a mailed link to sign in.
    sign_in(request, account, backend="sesame.backends.ModelBackend")
    messages.success(request, _t("Welkom! De rol is van u."))
    return redirect("wagtailadmin_home" if can_enter_desk(account) else "mine")


def _scope(invitation: Invitation) -> str:
    uid = [invitation.scope_uid]
    names = {**Werkplaats.objects.with_uids(uid), **Organisation.objects.with_uids(uid)}
    return names.get(invitation.scope_uid, "")
