"""What waits for me, and my details."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from werkplaats.agenda.models import Question, Support
from werkplaats.agenda.rules import help
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.actions import update_own_details
from werkplaats.people.forms import OwnDetailsForm
from werkplaats.people.rules import RoleKind, can_enter_desk, has_role, roles_of, scopes_of


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """My roles, the questions that wait for me, what my organisation shares."""
    account = request.user
    roles = roles_of(account)
    names = {
        **Werkplaats.objects.with_uids([role.scope_uid for role in roles]),
        **Organisation.objects.with_uids([role.scope_uid for role in roles]),
    }
    organisations = scopes_of(account, RoleKind.PARTNER_EDITOR)
    supports = Support.objects.current().filter(organisation__uid__in=organisations)
    # What reads like a cry for help stands first.
    told = [(one, bool(help.needs(one.text))) for one in Question.objects.for_desk_of(account).waiting()]
    context = {
        "roles": [(role, names.get(role.scope_uid, "")) for role in roles],
        "desk": can_enter_desk(account),
        "handles": bool(scopes_of(account, RoleKind.COORDINATOR)) or has_role(account, RoleKind.NATIONAL_EDITOR),
        "waiting": sorted(told, key=lambda one: not one[1]),
        "is_partner": bool(organisations),
        "supports": supports.select_related("question", "organisation"),
    }
    return render(request, "site/mine/overview.html", context)


@never_cache
@login_required
def details(request: HttpRequest) -> HttpResponse:
    """My name, number, ORCID and language."""
    form = OwnDetailsForm(request.POST or None, initial=OwnDetailsForm.from_account(request.user))
    if request.method == "POST" and form.is_valid():
        update_own_details(account=request.user, by=request.user, **form.cleaned_data)
        messages.success(request, _t("Uw gegevens zijn bewaard."))
        return redirect("mine")
    return render(request, "site/mine/details.html", {"form": form})
