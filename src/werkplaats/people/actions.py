"""Accounts and roles: made, granted, ended."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Precision
from werkplaats.people.models import Account, Person, Role
from werkplaats.people.rules import SCOPES, RoleKind, Scope


@action
def create_account(*, email: str, name: str, password: str | None = None, by: Actor) -> Account:
    """An account with its person. Raises ValidationError when the address is taken or no e-mail address."""
    validate_email(email)
    if Account.objects.filter(email__iexact=email).exists():
        raise ValidationError(_t("Er is al een account met dit e-mailadres."))
    person = Person.objects.create(name=name, email=email)
    account: Account = Account.objects.create_user(email, password, person=person)
    logbook.write("people.account.created", account.uid, by=by)
    return account


@action
def grant_role(*, account: Account, kind: str, scope_kind: str, scope_uid: str = "", by: Actor) -> Role:
    """Give an account a role from today; a role it already holds is returned as it is.

    A beheerder has all rights at the desk. Raises ValidationError for a role that cannot have this scope.
    """
    if scope_kind not in SCOPES[kind] or bool(scope_uid) == (scope_kind == Scope.NATIONAL):
        raise ValidationError(_t("Deze rol bestaat niet voor dit bereik."))
    held = account.roles.current().filter(kind=kind, scope_kind=scope_kind, scope_uid=scope_uid).first()
    if held:
        return held
    role: Role = account.roles.create(kind=kind, scope_kind=scope_kind, scope_uid=scope_uid, valid_from=clock.today())
    if kind == RoleKind.ADMINISTRATOR:
        _superuser_by_role(account)
    logbook.write(
        "people.role.granted", role.uid, by=by, detail={"account": account.uid, "kind": kind, "scope": scope_uid}
    )
    return role


@action
def end_role(*, role: Role, by: Actor) -> Role:
    """End a role today: it no longer holds. One that began today, or would begin later, never held."""
    today = clock.today()
    if role.valid_to and role.valid_to <= today:
        # It ended before; when it did is history.
        return role
    role.valid_to, role.valid_to_precision = max(today, role.valid_from), Precision.DAY
    role.save(update_fields=["valid_to", "valid_to_precision"])
    if role.kind == RoleKind.ADMINISTRATOR:
        _superuser_by_role(role.account)
    logbook.write("people.role.ended", role.uid, by=by)
    return role


def _superuser_by_role(account: Account) -> None:
    """The framework's own mark of who may do all follows the role, also when that ends."""
    account.is_superuser = account.roles.current().of_kind(RoleKind.ADMINISTRATOR).exists()
    account.save(update_fields=["is_superuser"])


@action
def update_own_details(*, account: Account, name: str, phone: str, orcid: str, language: str, by: Actor) -> Account:
    """What people keep up to date about themselves."""
    person = account.person or Person(email=account.email)
    person.name, person.phone, person.orcid = name, phone, orcid
    person.save()
    account.person, account.language = person, language
    account.save(update_fields=["person", "language"])
    logbook.write("people.account.details_changed", account.uid, by=by)
    return account
