"""People and what they may do, on the desk: invited, looked at once a year, ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from werkplaats.core import clock, outbox
from werkplaats.desk import history
from werkplaats.desk.listing import Column, Filter, by_field
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.flows import mail, roles
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people import actions
from werkplaats.people.forms import EndRoleForm, InviteForm
from werkplaats.people.models import Account, Invitation, Role
from werkplaats.people.rules import RoleKind, grants_any, has_role


def scope_names(records: Any) -> dict[str, str]:
    """What the werkplaatsen and organisations are called that these roles or invitations are about."""
    uids = [one.scope_uid for one in records]
    return {"": _t("landelijk"), **Werkplaats.objects.with_uids(uids), **Organisation.objects.with_uids(uids)}


def _scope(one: Any) -> str:
    return scope_names([one]).get(one.scope_uid, one.scope_uid)


def _named(rows: list[Any]) -> None:
    """Each row knows what the werkplaats or organisation it is about is called."""
    names = scope_names(rows)
    for one in rows:
        one.scope_name = names.get(one.scope_uid, one.scope_uid)


def _scope_name(one: Any) -> str:
    return str(one.scope_name)


def _who(one: Any) -> str:
    return str(one.account)


_STATES = (("nu", _("nu")), ("nalopen", _("nalopen")), ("voorbij", _("voorbij")))


def _in_state(found: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "nalopen":
        return found.due()  # type: ignore[no-any-return, attr-defined]
    return found.current() if state == "nu" else found.filter(valid_to__lte=clock.today())  # type: ignore[attr-defined]


class RoleDesk(DeskViewSet):
    """The roles one may give, and so end."""

    model = Role
    name = url_prefix = "mensen"
    icon = "user"
    title = _("Mensen en rollen")
    lead = _("Wie mag wat, en tot wanneer. Wie vertrekt, beëindigt u; eens per jaar loopt u elke rol na.")
    nothing = _("Nog niemand. Nodig de eerste collega uit.")
    columns = (
        Column(_("naam"), _who, "account__person__name"),
        Column(_("e-mailadres"), lambda one: one.account.email, "account__email"),
        Column(_("rol"), lambda one: one.get_kind_display(), "kind"),
        Column(_("waarvoor"), _scope_name),
        Column(_("periode"), lambda one: one.period, "valid_from"),
        Column(_("nalopen vóór"), lambda one: one.review_due if one.holds_on(clock.today()) else ""),
    )
    searched = ("account__person__name", "account__email")
    filters = (
        Filter("stand", _("stand"), lambda request: _STATES, _in_state),
        by_field("rol", _("rol"), "kind", lambda request: RoleKind.choices),
    )

    def get_urlpatterns(self) -> list[Any]:
        """The list, the page of each, and what happened to it; a new one begins with an invitation."""
        return [one for one in super().get_urlpatterns() if one.name != "new"]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Those this account may give; who may give none has no list."""
        if not grants_any(request.user):
            raise Http404
        return roles.roles_given_by(by=request.user)

    def ready(self, rows: list[Any]) -> None:
        """What each role is about."""
        _named(rows)

    def index(self, request: HttpRequest) -> HttpResponse:
        """With the invitations that are open."""
        answer: Any = super().index(request)
        answer.template_name = "desk/people/index.html"
        found = list(roles.invitations_given_by(by=request.user).open())
        _named(found)
        answer.context_data["open"] = [(one, one.scope_name, invitation_desk.address(one)) for one in found]
        return answer

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One role: confirm it for another year, or end it."""
        role = self.record(request, uid)
        what = request.POST.get("wat", "") if request.method == "POST" else ""
        form = EndRoleForm(request.POST if what == "einde" else None, initial={"on": clock.today()})
        if what == "nagelopen":
            roles.confirm(role=role, by=request.user)
            messages.success(request, _t("Nagelopen: deze rol blijft nog een jaar."))
            return redirect(request.path)
        if what == "einde" and form.is_valid() and self._ended(request, role, form):
            return redirect(self.get_url_name("index"))
        context = {
            **self.head(request, str(role.account)),
            "role": role,
            "scope": _scope(role),
            "form": form,
            "holds": role.holds_on(clock.today()),
            "own": role.account_id == request.user.pk,
            "steps": history.steps(Role, role.uid),
        }
        return TemplateResponse(request, "desk/people/role.html", context)

    def _ended(self, request: HttpRequest, role: Role, form: Any) -> bool:
        try:
            roles.end(role=role, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as error:
            form.add_error("on", error.messages)
            return False
        messages.success(request, _t("De rol van %(name)s is beëindigd.") % {"name": role.account})
        return True


class InvitationDesk(DeskViewSet):
    """The invitations to roles one may give."""

    model = Invitation
    name = url_prefix = "uitnodigingen"
    icon = "mail"
    new_title = _("Nodig iemand uit")
    save_label = _("Verstuur de uitnodiging")
    lead = _("Een uitnodiging geldt veertien dagen en werkt één keer.")
    nothing = _("Nog niemand uitgenodigd.")
    columns = (
        Column(_("e-mailadres"), lambda one: one.email or _t("(gewist)"), "email"),
        Column(_("rol"), lambda one: one.get_kind_display(), "kind"),
        Column(_("waarvoor"), _scope_name),
        Column(_("uitgenodigd op"), lambda one: one.invited_at, "invited_at"),
        Column(_("stand"), lambda one: state_of(one)),
    )
    searched = ("email", "name")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """To roles this account may give."""
        if not grants_any(request.user):
            raise Http404
        return roles.invitations_given_by(by=request.user)

    def ready(self, rows: list[Any]) -> None:
        """What each role is about."""
        _named(rows)

    def may_add(self, request: HttpRequest) -> bool:
        """Who may give a role."""
        return grants_any(request.user)

    def _edit(self, request: HttpRequest, record: Any) -> HttpResponse:
        choices = roles.choices_for(by=request.user)
        form = InviteForm(request.POST if request.method == "POST" else None, choices=choices)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    self._mail(request, roles.invite(**form.cleaned_data, by=request.user))
                return redirect("mensen:index")
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self._page(request, record, form)

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One invitation: send it again, or take it back."""
        invitation = self.record(request, uid)
        what = request.POST.get("wat", "") if request.method == "POST" else ""
        try:
            if what == "opnieuw":
                with transaction.atomic():
                    self._mail(request, actions.renew_invitation(invitation=invitation, by=request.user))
            elif what == "intrekken":
                actions.withdraw_invitation(invitation=invitation, by=request.user)
                messages.success(request, _t("De uitnodiging is ingetrokken en het adres gewist."))
        except actions.NotOpen:
            messages.error(request, _t("Deze uitnodiging is al aangenomen of ingetrokken."))
        if what:
            return redirect("mensen:index")
        context = {
            **self.head(request, _t("Uitnodiging")),
            "invitation": invitation,
            "scope": _scope(invitation),
            "state": state_of(invitation),
            "mailed": outbox.state(invitation.uid),
            "steps": history.steps(Invitation, invitation.uid),
        }
        return TemplateResponse(request, "desk/people/invitation.html", context)

    def _mail(self, request: HttpRequest, invited: actions.Invited) -> None:
        address = request.build_absolute_uri(f"{reverse('invitation')}?sleutel={invited.secret}")
        scope = _scope(invited.invitation)
        mail.send_invitation(invitation=invited.invitation, scope=scope, address=address, by=request.user)
        messages.success(request, _t("De mail naar %(email)s is onderweg.") % {"email": invited.invitation.email})


def state_of(invitation: Invitation) -> str:
    """Where an invitation stands, in words."""
    if invitation.accepted_at:
        return _t("aangenomen")
    if invitation.withdrawn_at:
        return _t("ingetrokken")
    return _t("wacht op antwoord") if invitation.is_open() else _t("verlopen")


class AccountDesk(DeskViewSet):
    """All accounts, for a beheerder: who can sign in."""

    model = Account
    name = url_prefix = "accounts"
    icon = "key"
    lead = _("Wie kan inloggen. Blokkeren werkt meteen; de rollen blijven staan tot iemand ze beëindigt.")
    columns = (
        Column(_("naam"), lambda one: one.get_full_name(), "person__name"),
        Column(_("e-mailadres"), lambda one: one.email, "email"),
        Column(_("mag inloggen"), lambda one: one.is_active, "is_active"),
        Column(_("laatst ingelogd"), lambda one: one.last_login, "last_login"),
        Column(_("aangemaakt op"), lambda one: one.created_at, "created_at"),
    )
    searched = ("person__name", "email")

    def get_urlpatterns(self) -> list[Any]:
        """No new ones: they begin with an invitation."""
        return [one for one in super().get_urlpatterns() if one.name != "new"]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All, for a beheerder; for others there is none."""
        if not has_role(request.user, RoleKind.ADMINISTRATOR):
            raise Http404
        return Account.objects.select_related("person")

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One account: its roles; block it or let it in again."""
        account = self.record(request, uid)
        if request.method == "POST":
            act = actions.unblock_account if request.POST.get("wat") == "toelaten" else actions.block_account
            try:
                act(account=account, by=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        held = list(account.roles.all())
        names = scope_names(held)
        context = {
            **self.head(request, str(account)),
            "account": account,
            "roles": [(role, names.get(role.scope_uid, ""), role_desk.address(role)) for role in held],
            "steps": history.steps(Account, account.uid),
            "own": account.pk == request.user.pk,
        }
        return TemplateResponse(request, "desk/people/account.html", context)


role_desk = RoleDesk()
invitation_desk = InvitationDesk()
account_desk = AccountDesk()
