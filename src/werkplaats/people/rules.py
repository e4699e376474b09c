"""Who may come where. Rights follow the dated roles; nothing is stored twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core.actors import ANYONE, Viewer


class RoleKind(models.TextChoices):
    """The roles of the network; a visitor without one is a bezoeker."""

    PARTICIPANT = "deelnemer", _("deelnemer")
    PARTNER_EDITOR = "partnerredacteur", _("partnerredacteur")
    COORDINATOR = "coordinator", _("coördinator")
    LECTOR = "lector", _("lector")
    NATIONAL_EDITOR = "landelijkredacteur", _("landelijk redacteur")
    ADMINISTRATOR = "beheerder", _("beheerder")


class Scope(models.TextChoices):
    """What a role is about."""

    NATIONAL = "landelijk", _("landelijk")
    WERKPLAATS = "werkplaats", _("werkplaats")
    ORGANISATION = "organisatie", _("organisatie")
    GROUP = "groep", _("groep")


DESK_ROLES = frozenset({
    RoleKind.PARTNER_EDITOR, RoleKind.COORDINATOR, RoleKind.LECTOR, RoleKind.NATIONAL_EDITOR, RoleKind.ADMINISTRATOR,
})  # fmt: skip

# Which scope a role can have: a coordinator of an organisation does not exist.
SCOPES: dict[str, frozenset[str]] = {
    RoleKind.PARTICIPANT: frozenset({Scope.NATIONAL, Scope.WERKPLAATS}),
    RoleKind.PARTNER_EDITOR: frozenset({Scope.ORGANISATION}),
    RoleKind.COORDINATOR: frozenset({Scope.WERKPLAATS}),
    RoleKind.LECTOR: frozenset({Scope.WERKPLAATS}),
    RoleKind.NATIONAL_EDITOR: frozenset({Scope.NATIONAL}),
    RoleKind.ADMINISTRATOR: frozenset({Scope.NATIONAL}),
}

# Which roles a role gives, in its own scope; a national one in every scope. The lector decides about content, not
# about people. Nobody gives a role beside or above the own national one but the beheerder.
GIVES: dict[str, frozenset[str]] = {
    RoleKind.ADMINISTRATOR: frozenset(RoleKind.values),
    RoleKind.NATIONAL_EDITOR: frozenset({
        RoleKind.COORDINATOR, RoleKind.LECTOR, RoleKind.PARTNER_EDITOR, RoleKind.PARTICIPANT,
    }),
    RoleKind.COORDINATOR: frozenset({RoleKind.COORDINATOR, RoleKind.PARTNER_EDITOR, RoleKind.PARTICIPANT}),
    RoleKind.PARTNER_EDITOR: frozenset({RoleKind.PARTNER_EDITOR}),
}  # fmt: skip
# How long an invitation can be accepted, and what is known of it afterwards.
INVITED_DAYS = 14
FORGET_DAYS = 90


def secret_hash(secret: str) -> str:
    """What is kept of the secret in a mailed link: long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def year_after(day: date) -> date:
    """The same day a year later: when a role is looked at again. Of 29 February it is 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def roles_of(account: Any) -> list[Any]:
    """The roles that hold today; none for someone who is not signed in."""
    return account.current_roles() if account.is_authenticated else []


def has_role(account: Any, kind: str, scope_uid: str = "") -> bool:
    """Whether the account holds this role today, for this werkplaats or organisation (or nationally)."""
    return any(role.kind == kind and role.scope_uid == scope_uid for role in roles_of(account))


def scopes_of(account: Any, kind: str) -> list[str]:
    """The uids for which the account holds this role today."""
    return sorted(role.scope_uid for role in roles_of(account) if role.kind == kind)


def can_enter_desk(account: Any) -> bool:
    """Whether the account works at the desk today."""
    return any(role.kind in DESK_ROLES for role in roles_of(account))


def can_grant(account: Any, kind: str, scope_kind: str, scope_uid: str, partner_of: Collection[str] = ()) -> bool:
    """Whether this account may give, confirm and end such a role.

    ``partner_of``: uids of the werkplaatsen that the organisation takes part in, when the role is for one.
    """
    if scope_kind not in SCOPES[kind] or bool(scope_uid) == (scope_kind == Scope.NATIONAL):
        return False
    for role in roles_of(account):
        wide = role.scope_kind == Scope.NATIONAL
        own = role.scope_uid == scope_uid or role.scope_uid in partner_of
        if kind in GIVES.get(role.kind, ()) and (wide or (own and scope_kind != Scope.NATIONAL)):
            return True
    return False


def grants_any(account: Any) -> bool:
    """Whether this account may give any role at all."""
    return any(GIVES.get(role.kind) for role in roles_of(account))


# Signing in again is asked for after this long, however often it was used.
LONGEST_SESSION = timedelta(days=30)
_UNUSED, _UNUSED_DESK = timedelta(days=14), timedelta(hours=12)


def may_stay(account: Any, *, unused: timedelta, since: timedelta) -> bool:
    """Whether an account may stay signed in where it was not ``unused`` for too long, nor signed in too long ago."""
    if unused >= _UNUSED or since >= LONGEST_SESSION:
        return False
    return unused < _UNUSED_DESK or not can_enter_desk(account)


def viewer_for(account: Any) -> Viewer:
    """What this account may see in the hall: network when it holds any role, own werkplaatsen by scope."""
    roles = roles_of(account)
    if not roles:
        return ANYONE
    own = {role.scope_uid for role in roles if role.scope_kind == Scope.WERKPLAATS}
    return Viewer(network=True, werkplaatsen=frozenset(own))


# What stands where a name stood.
GONE = "[…]"


@dataclass(frozen=True)
class Named:
    """How a person may stand in words that somebody wrote: by name, address or number (``whole``), or by a part.

    A first name alone may be another's, or a word: it says something only in what was said with this person.
    """

    whole: re.Pattern[str]
    parts: re.Pattern[str]

    @classmethod
    def of(cls, person: Any) -> Named:
        """Of someone who is not erased yet."""
        alone = [word for word in person.name.split() if len(word) > 2 and word[0].isupper()]
        return cls(_any_of([person.name, person.email, person.phone], re.IGNORECASE), _any_of(alone))

    def without(self, text: str, *, parts: bool = False) -> str:
        """The same words without who it is."""
        text = self.whole.sub(GONE, text)
        return self.parts.sub(GONE, text) if parts else text


def _any_of(words: list[str], flags: int = 0) -> re.Pattern[str]:
    """Any of these as words of their own; nothing when there is none."""
    some = "|".join(re.escape(word) for word in words if word)
    return re.compile(rf"(?<!\w)(?:{some})(?!\w)" if some else "(?!)", flags)


class LongEnough(MinimumLengthValidator):
    """A password of some length, told in our own words."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return _t("Dit wachtwoord is te kort. Neem er een van minstens %(most)d tekens.") % {"most": self.min_length}


class DeskAccess:
    """Grants entry to the desk by dated role, so that an ended role ends entry at once.

    A plain class: the framework's own base cannot be imported where models are being made.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Signs nobody in."""

    def get_user(self, user_id: Any) -> None:
        """Knows no accounts."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Only entry; what may be done there the rules of each app say."""
        return perm == "wagtailadmin.access_admin" and can_enter_desk(user_obj)
