"""Someone gets an account with a role somewhere in the network."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.news.actions import follow_roles
from werkplaats.people.actions import create_account, grant_role
from werkplaats.people.models import Account
from werkplaats.people.rules import SCOPES, RoleKind, Scope


@action
def open_account(
    *, email: str, name: str, role: str, scope: str = "", password: str | None = None, by: Actor
) -> Account:
    """Make the account when it is new, and give it the role.

    ``scope``: slug of the werkplaats or name of the organisation, empty for a national role.
    Raises ValidationError for an unknown role or scope.
    """
    if role not in RoleKind.values:
        known = ", ".join(RoleKind.values)
        raise ValidationError(_t("Deze rol bestaat niet. Kies uit: %(known)s.") % {"known": known})
    account = Account.objects.filter(email__iexact=email).first()
    account = account or create_account(email=email, name=name, password=password, by=by)
    kind, uid = _scope(role, scope)
    grant_role(account=account, kind=role, scope_kind=kind, scope_uid=uid, by=by)
    follow_roles(account=account, by=by)
    return account


def _scope(role: str, scope: str) -> tuple[str, str]:
    if not scope:
        return Scope.NATIONAL, ""
    if Scope.ORGANISATION in SCOPES[role]:
        organisation = Organisation.objects.filter(name=scope).first()
        if organisation:
            return Scope.ORGANISATION, organisation.uid
    werkplaats = Werkplaats.objects.filter(slug=scope).first()
    if werkplaats and Scope.WERKPLAATS in SCOPES[role]:
        return Scope.WERKPLAATS, werkplaats.uid
    raise ValidationError(_t("“%(scope)s” is geen werkplaats of organisatie die bij deze rol past.") % {"scope": scope})
