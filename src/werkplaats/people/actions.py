"""Accounts and roles: invited, granted, looked at again, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, outbox, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Precision
from werkplaats.people.models import Account, Invitation, Person, Role, Session
from werkplaats.people.queries import SessionQuerySet
from werkplaats.people.rules import INVITED_DAYS, SCOPES, RoleKind, Scope, secret_hash


class NotOpen(Exception):
    """The invitation was accepted before, taken back, or came too late."""


@dataclass(frozen=True)
class Invited:
    """An invitation, and the secret of its link, which is told only now."""

    invitation: Invitation
    secret: str


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


def _check_scope(kind: str, scope_kind: str, scope_uid: str) -> None:
    if scope_kind not in SCOPES[kind] or bool(scope_uid) == (scope_kind == Scope.NATIONAL):
        raise ValidationError(_t("Deze rol bestaat niet voor dit bereik."))


def _said(role: Role) -> dict[str, Any]:
    """What the logbook keeps of a role."""
    names = ("kind", "scope_kind", "scope_uid", "valid_from", "valid_to", "reviewed_on")
    said = {name: getattr(role, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


@action
def grant_role(*, account: Account, kind: str, scope_kind: str, scope_uid: str = "", by: Actor) -> Role:
    """Give an account a role from today; a role it already holds is returned as it is.

    Raises ValidationError for a role that cannot have this scope.
    """
    _check_scope(kind, scope_kind, scope_uid)
    held = account.roles.current().filter(kind=kind, scope_kind=scope_kind, scope_uid=scope_uid).first()
    if held:
        return held
    role: Role = account.roles.create(kind=kind, scope_kind=scope_kind, scope_uid=scope_uid, valid_from=clock.today())
    detail = {"account": account.uid, "kind": kind, "scope": scope_uid, "after": _said(role)}
    logbook.write("people.role.granted", role.uid, by=by, detail=detail)
    return role


@action
def end_role(*, role: Role, on: date | None = None, by: Actor) -> Role:
    """End a role: from the day ``on`` (today without one) it no longer holds.

    One that began later, or on that day, never held. Raises ValidationError for a day in the past, and for the last
    beheerder: without one nobody can give that role again.
    """
    today = clock.today()
    day = on or today
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.valid_to and role.valid_to <= today:
        # It ended before; when it did is history.
        return role
    if day < today:
        raise ValidationError(_t("Deze dag is voorbij. Kies vandaag of een latere dag."))
    if role.kind == RoleKind.ADMINISTRATOR and not _other_administrators(role, day):
        raise ValidationError(_t("Dit is de laatste beheerder. Nodig eerst een andere uit; beëindig daarna deze rol."))
    before = _said(role)
    role.valid_to, role.valid_to_precision = max(day, role.valid_from), Precision.DAY
    role.save(update_fields=["valid_to", "valid_to_precision"])
    logbook.write(
        "people.role.ended", role.uid, by=by,
        detail={"before": {"valid_to": before["valid_to"]}, "after": {"valid_to": _said(role)["valid_to"]}},
    )  # fmt: skip
    return role


def _other_administrators(role: Role, day: date) -> bool:
    """Whether someone else is beheerder on that day and afterwards."""
    stays = Q(valid_to=None) | Q(valid_to__gt=day)
    others = Role.objects.of_kind(RoleKind.ADMINISTRATOR).filter(stays, valid_from__lte=day, account__is_active=True)
    return others.exclude(account=role.account_id).exists()


@action
def review_role(*, role: Role, by: Actor) -> Role:
    """Somebody looked: this role is still right, for another year."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    before = role.reviewed_on.isoformat() if role.reviewed_on else None
    role.reviewed_on = clock.today()
    role.save(update_fields=["reviewed_on"])
    detail = {"before": {"reviewed_on": before}, "after": {"reviewed_on": role.reviewed_on.isoformat()}}
    logbook.write("people.role.reviewed", role.uid, by=by, detail=detail)
    return role


def _fresh(invitation: Invitation) -> str:
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = secret_hash(secret)
    invitation.expires_at = clock.now() + timedelta(days=INVITED_DAYS)
    return secret


@action
def invite(
    *, email: str, name: str, kind: str, scope_kind: str, scope_uid: str = "", message: str = "", by: Account
) -> Invited:
    """Offer someone a role. An open invitation of this address to this role is taken back by it.

    Raises ValidationError for a role that cannot have this scope, one that is held already, and one for oneself.
    Addresses of invitations long past are forgotten at the same time.
    """
    _check_scope(kind, scope_kind, scope_uid)
    validate_email(email)
    email = email.lower()
    if email == by.email:
        raise ValidationError(_t("Dit is uw eigen adres. Een rol voor uzelf geeft een ander u."))
    same = {"kind": kind, "scope_kind": scope_kind, "scope_uid": scope_uid}
    if Role.objects.current().filter(account__email=email, account__is_active=True, **same).exists():
        raise ValidationError(_t("Wie dit adres heeft, heeft deze rol al."))
    Invitation.objects.stale().update(email="", name="", message="")
    for earlier in Invitation.objects.open().filter(email=email, **same):
        withdraw_invitation(invitation=earlier, by=by)
    invitation = Invitation(email=email, name=name, message=message, invited_by=by, invited_at=clock.now(), **same)
    secret = _fresh(invitation)
    invitation.save()
    logbook.write("people.invitation.sent", invitation.uid, by=by, detail={"after": same})
    return Invited(invitation, secret)


@action
def renew_invitation(*, invitation: Invitation, by: Account) -> Invited:
    """Another link for the same offer; the earlier one no longer works. Raises NotOpen when it was accepted or gone."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.accepted_at or fresh.withdrawn_at or not fresh.email:
        raise NotOpen(fresh.uid)
    secret = _fresh(fresh)
    fresh.save()
    outbox.drop(fresh.uid)
    logbook.write("people.invitation.renewed", fresh.uid, by=by)
    return Invited(fresh, secret)


@action
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> Invitation:
    """Take an offer back; its address is forgotten. Of one that was accepted or gone nothing changes."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.accepted_at or fresh.withdrawn_at:
        return fresh
    fresh.withdrawn_at, fresh.email, fresh.name, fresh.message = clock.now(), "", "", ""
    fresh.save()
    outbox.drop(fresh.uid)
    logbook.write("people.invitation.withdrawn", fresh.uid, by=by)
    return fresh


@action
def accept_invitation(*, invitation: Invitation, name: str, by: Actor) -> Account:
    """Whoever has the mailed link takes the role; makes the account when the address has none.

    Raises NotOpen when it was accepted before, taken back or came too late, or when the account is blocked.
    """
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not fresh.is_open():
        raise NotOpen(fresh.uid)
    account = Account.objects.filter(email__iexact=fresh.email).first()
    if account is None:
        person = Person.objects.create(name=name, email=fresh.email)
        account = Account.objects.create_user(fresh.email, None, person=person)
        logbook.write("people.account.created", account.uid, by=by)
    elif not account.is_active:
        raise NotOpen(fresh.uid)
    role = grant_role(
        account=account, kind=fresh.kind, scope_kind=fresh.scope_kind, scope_uid=fresh.scope_uid, by=account
    )
    fresh.accepted_at, fresh.account, fresh.message = clock.now(), account, ""
    # Known from the account from now on.
    fresh.email, fresh.name = "", ""
    fresh.save()
    logbook.write("people.invitation.accepted", fresh.uid, by=account, detail={"role": role.uid})
    return account


@action
def block_account(*, account: Account, by: Account) -> Account:
    """This account can no longer sign in, from its next click. Raises ValidationError for oneself."""
    if account.pk == by.pk:
        raise ValidationError(_t("U kunt uzelf niet blokkeren."))
    return _set_active(account, False, by)


@action
def unblock_account(*, account: Account, by: Account) -> Account:
    """This account can sign in again; the roles it held hold again."""
    return _set_active(account, True, by)


def _set_active(account: Account, active: bool, by: Actor) -> Account:
    fresh: Account = Account.objects.select_for_update().get(pk=account.pk)
    if fresh.is_active != active:
        fresh.is_active = active
        fresh.save(update_fields=["is_active"])
        verb = "unblocked" if active else "blocked"
        detail = {"before": {"is_active": not active}, "after": {"is_active": active}}
        logbook.write(f"people.account.{verb}", fresh.uid, by=by, detail=detail)
        if not active:
            _ended(fresh, Session.objects.of(fresh), by)
    return fresh


@action
def update_own_details(*, account: Account, name: str, phone: str, orcid: str, language: str, by: Actor) -> Account:
    """What people keep up to date about themselves."""
    person = account.person or Person(email=account.email)
    was = {"name": person.name, "phone": person.phone, "orcid": person.orcid, "language": account.language}
    now = {"name": name, "phone": phone, "orcid": orcid, "language": language}
    person.name, person.phone, person.orcid = name, phone, orcid
    person.version += 0 if person._state.adding else 1
    person.save()
    account.person, account.language = person, language
    account.save(update_fields=["person", "language"])
    # Not what they were: the logbook outlives contact details.
    changed = [field for field in now if was[field] != now[field]]
    logbook.write("people.account.details_changed", account.uid, by=by, detail={"fields": changed})
    return account


@action
def keep_person(*, person: Person, name: str, email: str, phone: str, by: Actor) -> bool:
    """Keep a new person without account, or what was changed of one; whether anything was.

    Raises Conflict when somebody else changed the person since it was read, and ValidationError for who was erased,
    or has an account: they keep their own details.
    """
    now = {"name": name, "email": email, "phone": phone}
    known = None if person._state.adding else Person.objects.select_for_update().get(pk=person.pk)
    if known and known.erased_at:
        raise ValidationError(_t("Deze persoon is intussen gewist. Er is niets bewaard."))
    if known and all(getattr(known, field) == value for field, value in now.items()):
        return False
    if known and known.has_account():
        raise ValidationError(_t("Deze persoon heeft een account en houdt de eigen gegevens zelf bij."))
    # Not what they are: the logbook outlives contact details.
    versions.save(person, now, version=person.version, verb="people.person", by=by, private=tuple(now))
    return True


@action
def erase_person(*, person: Person, by: Actor) -> Person:
    """Forget name and details of a person without account; what is left says nothing of who it was.

    Raises ValidationError for who has an account.
    """
    fresh: Person = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.has_account():
        raise ValidationError(_t("Deze persoon heeft een account. Vraag de beheerder om dat eerst op te heffen."))
    if fresh.erased_at is None:
        fresh.name = fresh.email = fresh.phone = fresh.orcid = ""
        fresh.erased_at = clock.now()
        fresh.version += 1
        fresh.save()
        logbook.write("people.person.erased", fresh.uid, by=by)
    return fresh


@action
def note_sign_in(*, account: Account, how: str, by: Actor) -> None:
    """Someone signed in (``how``: wachtwoord or link). Sessions that ran out, of anyone, are thrown away."""
    Session.objects.expired().delete()
    logbook.write("people.account.signed_in", account.uid, by=by, detail={"how": how})


@action
def note_failed_sign_in(*, account: Account, by: Actor) -> None:
    """Someone typed a wrong password for this account."""
    logbook.write("people.account.sign_in_failed", account.uid, by=by)


@action
def note_sign_out(*, account: Account, by: Actor) -> None:
    """Someone signed out here."""
    logbook.write("people.account.signed_out", account.uid, by=by)


@action
def end_session(*, account: Account, key: str, by: Actor) -> int:
    """Sign the account out in one browser; the answer is how many sessions ended: one, or none."""
    return _ended(account, Session.objects.of(account).filter(session_key=key), by)


@action
def end_other_sessions(*, account: Account, keep: str, by: Actor) -> int:
    """Sign the account out everywhere but in the session ``keep``; the answer is how many ended."""
    return _ended(account, Session.objects.of(account).exclude(session_key=keep), by)


def _ended(account: Account, sessions: SessionQuerySet, by: Actor) -> int:
    number, _kinds = sessions.delete()
    if number:
        logbook.write("people.account.sessions_ended", account.uid, by=by, detail={"number": number})
    return number


@action
def change_password(*, account: Account, password: str, keep: str, by: Actor) -> Account:
    """Another password; whoever was signed in elsewhere with the old one no longer is. ``keep``: a session to keep."""
    account.set_password(password)
    account.save(update_fields=["password"])
    ended, _kinds = Session.objects.of(account).exclude(session_key=keep).delete()
    logbook.write("people.account.password_changed", account.uid, by=by, detail={"sessions_ended": ended})
    return account
