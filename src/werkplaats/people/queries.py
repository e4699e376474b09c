"""Finding accounts and roles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from werkplaats.core import clock
from werkplaats.core.models import DatedQuerySet
from werkplaats.people.rules import FORGET_DAYS, GIVES, Scope, roles_of

if TYPE_CHECKING:
    from werkplaats.people.models import Account


class AccountManager(BaseUserManager):
    """Accounts by their address, upper or lower case alike."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The account that signs in with this address."""
        return self.get(email__iexact=username)

    def _new(self, email: str, password: str | None, **fields: Any) -> Any:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """An account without rights; without a password it signs in by mailed link only."""
        return self._new(email, password, **fields)


class RoleQuerySet(DatedQuerySet):
    """Roles: whose, which, for what."""

    def for_account(self, account: Account) -> Self:
        """Of one account, that hold today."""
        return self.current().filter(account=account)

    def of_kind(self, *kinds: str) -> Self:
        """Of these kinds."""
        return self.filter(kind__in=kinds)

    def about(self, scope_kind: str, scope_uid: str = "") -> Self:
        """For one werkplaats, organisation, group, or (with no uid) national."""
        return self.filter(scope_kind=scope_kind, scope_uid=scope_uid)

    def due(self) -> Self:
        """That hold today and that nobody looked at for a year."""
        kept = [role.pk for role in self.current() if role.is_due()]
        return self.filter(pk__in=kept)

    def given_by(self, account: Any, organisations: dict[str, list[str]]) -> Self:
        """Those this account may give, and so confirm and end; of blocked accounts too.

        ``organisations``: uids of organisations by the uid of the werkplaats they take part in.
        """
        return self.filter(_given(account, organisations))


def _given(account: Any, organisations: dict[str, list[str]]) -> models.Q:
    """Rules.can_grant as a filter: a test holds them equal."""
    found = models.Q(pk__in=[])
    for role in roles_of(account):
        given = models.Q(kind__in=GIVES.get(role.kind, ()))
        if role.scope_kind == Scope.NATIONAL:
            found |= given
        else:
            found |= given & models.Q(scope_uid__in=[role.scope_uid, *organisations.get(role.scope_uid, [])])
    return found


class InvitationQuerySet(models.QuerySet):
    """Invitations: open, and no longer."""

    def open(self) -> Self:
        """That can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())

    def stale(self) -> Self:
        """Past their time for so long that the address is no longer needed."""
        before = clock.now() - timedelta(days=FORGET_DAYS)
        return self.filter(expires_at__lt=before).exclude(email="", name="", message="")

    def given_by(self, account: Any, organisations: dict[str, list[str]]) -> Self:
        """To roles that this account may give; see ``RoleQuerySet.given_by``."""
        return self.filter(_given(account, organisations))
