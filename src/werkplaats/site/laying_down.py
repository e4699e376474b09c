"""Laying down a role of one's own, for everyone: also for who does not see the list of people at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from werkplaats.core import clock
from werkplaats.flows import roles
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.forms import EndRoleForm
from werkplaats.people.models import Role


@never_cache
@login_required
def lay_down(request: HttpRequest, uid: str) -> HttpResponse:
    """A role I hold today: what it is, and from which day I no longer want it."""
    mine: Any = Role.objects.current().filter(account=request.user)
    role = get_object_or_404(mine, uid=uid)
    form = EndRoleForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid() and _ended(request, role, form):
        messages.success(request, _t("U heeft uw rol neergelegd. Wat u deed, blijft bewaard."))
        return redirect("mine")
    scope = [role.scope_uid]
    names = {**Werkplaats.objects.with_uids(scope), **Organisation.objects.with_uids(scope)}
    context = {"role": role, "scope": names.get(role.scope_uid, role.get_scope_kind_display()), "form": form}
    return render(request, "site/mine/lay_down.html", context)


def _ended(request: HttpRequest, role: Role, form: EndRoleForm) -> bool:
    try:
        roles.end(role=role, on=form.cleaned_data["on"], by=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        form.add_error("on", error)
        return False
    return True
