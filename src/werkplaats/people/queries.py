"""Finding accounts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager

from werkplaats.core.models import DatedQuerySet

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

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """An account of the technical beheerder."""
        return self._new(email, password, is_superuser=True, **fields)


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
