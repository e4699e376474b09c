"""Who gives whom which role: people knows the roles, the network knows who takes part where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import Organisation, Partnership, Werkplaats
from werkplaats.news.actions import follow_roles
from werkplaats.people import actions as people
from werkplaats.people.models import Account, Invitation, Role
from werkplaats.people.rules import SCOPES, RoleKind, Scope, can_grant, scopes_of, secret_hash


@dataclass(frozen=True)
class Choice:
    """A role that may be given, and for what: ``uid`` is empty for the whole country."""

    kind: str
    scope_kind: str
    uid: str
    name: str


def organisations_of(*, by: Account) -> dict[str, list[str]]:
    """Of the werkplaatsen this account coordinates: the uids of the organisations that these hold today.

    What a region says alone of the partner of another gives it nobody to appoint: see ``PartnershipQuerySet.holding``.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for werkplaats, organisation in (
        Partnership.objects.holding()
        .filter(werkplaats__uid__in=scopes_of(by, RoleKind.COORDINATOR))
        .values_list("werkplaats__uid", "organisation__uid")
    ):
        found[werkplaats].append(organisation)
    return dict(found)


def _partner_of(scope_kind: str, scope_uid: str) -> list[str]:
    if scope_kind != Scope.ORGANISATION:
        return []
    partnerships = Partnership.objects.holding().filter(organisation__uid=scope_uid)
    return list(partnerships.values_list("werkplaats__uid", flat=True))


def may_give(*, kind: str, scope_kind: str, scope_uid: str, by: Account) -> bool:
    """Whether this account may give, confirm and end such a role."""
    return can_grant(by, kind, scope_kind, scope_uid, _partner_of(scope_kind, scope_uid))


def _may_give(one: Role | Invitation, by: Account) -> bool:
    return may_give(kind=one.kind, scope_kind=one.scope_kind, scope_uid=one.scope_uid, by=by)


def may_end(*, role: Role, by: Account) -> bool:
    """Whoever may give it may end it; everyone may lay down a role of their own."""
    return role.account_id == by.pk or _may_give(role, by)


def roles_given_by(*, by: Account) -> Any:
    """The roles this account may give, confirm and end."""
    return Role.objects.given_by(by, organisations_of(by=by)).select_related("account__person")


def invitations_given_by(*, by: Account) -> Any:
    """The invitations this account may send again and take back."""
    return Invitation.objects.given_by(by, organisations_of(by=by)).select_related("invited_by__person")


def choices_for(*, by: Account) -> list[Choice]:
    """All that this account may offer someone, by role."""
    werkplaatsen = list(Werkplaats.objects.current().values_list("uid", "name"))
    organisations = list(Organisation.objects.values_list("uid", "name"))
    inside = {uid for uids in organisations_of(by=by).values() for uid in uids}
    named: dict[str, list[tuple[str, str]]] = {
        Scope.NATIONAL: [("", "")],
        Scope.WERKPLAATS: werkplaatsen,
        Scope.ORGANISATION: organisations,
    }
    found = []
    for kind in RoleKind.values:
        for scope_kind in sorted(SCOPES[kind]):
            for uid, name in named.get(scope_kind, []):
                partner_of = scopes_of(by, RoleKind.COORDINATOR) if uid in inside else []
                if can_grant(by, kind, scope_kind, uid, partner_of):
                    found.append(Choice(kind, scope_kind, uid, name))
    return found


def _must(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


@action
def invite(*, email: str, name: str, choice: Choice, message: str = "", by: Account) -> people.Invited:
    """Offer someone a role this account may give. Raises PermissionDenied or ValidationError."""
    _must(may_give(kind=choice.kind, scope_kind=choice.scope_kind, scope_uid=choice.uid, by=by))
    about = {"kind": choice.kind, "scope_kind": choice.scope_kind, "scope_uid": choice.uid}
    return people.invite(email=email, name=name, message=message, **about, by=by)


@action
def end(*, role: Role, on: date | None = None, by: Account) -> Role:
    """End a role, from today or a later day. Raises PermissionDenied or ValidationError."""
    _must(may_end(role=role, by=by))
    ended = people.end_role(role=role, on=on, by=by)
    follow_roles(account=ended.account, by=by)
    return ended


@action
def confirm(*, role: Role, by: Account) -> Role:
    """This role is still right. Nobody confirms their own. Raises PermissionDenied."""
    _must(role.account_id != by.pk and _may_give(role, by))
    return people.review_role(role=role, by=by)


def offered(*, secret: str, by: Actor) -> Invitation | None:
    """The open invitation with this secret; None when its sender may no longer give the role."""
    open_ones = Invitation.objects.open().select_related("invited_by__person")
    invitation: Invitation | None = open_ones.filter(secret_hash=secret_hash(secret)).first()
    if invitation is None or invitation.invited_by is None or not _may_give(invitation, invitation.invited_by):
        return None
    return invitation


@action
def accept(*, secret: str, name: str, by: Actor) -> Account:
    """Take the role offered with this secret. Raises ``people.actions.NotOpen`` when it is no longer open or stands."""
    invitation = offered(secret=secret, by=by)
    if invitation is None:
        raise people.NotOpen
    account = people.accept_invitation(invitation=invitation, name=name, by=by)
    follow_roles(account=account, by=by)
    return account
