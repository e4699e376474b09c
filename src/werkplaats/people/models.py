"""Accounts, the persons behind some of them, and what they may do for how long."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.models import Dated, Versioned
from werkplaats.core.uid import UidField
from werkplaats.people.queries import AccountManager, InvitationQuerySet, RoleQuerySet, SessionManager
from werkplaats.people.rules import RoleKind, Scope, year_after


class Person(Versioned):
    """Someone we know; most never log in."""

    uid = UidField(kind="persoon")
    name = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    # Who asked to be forgotten: the row stays, without anything of them.
    erased_at = models.DateTimeField(_("gewist op"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or str(_("(gewist)"))

    def has_account(self) -> bool:
        """Whether this person signs in, and so keeps the own details."""
        return Account.objects.filter(person=self).exists()


class Account(AbstractBaseUser, PermissionsMixin):
    """A way to sign in: an e-mail address, a language, at most one person."""

    uid = UidField(kind="account")
    email = models.EmailField(_("e-mailadres"), unique=True)
    language = models.CharField(
        _("taal"), max_length=5, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name=_("persoon")
    )
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    created_at = models.DateTimeField(_("aangemaakt op"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The person's name, else the address: the desk asks an account for this."""
        return self.person.name if self.person else self.email

    def get_short_name(self) -> str:
        """As the full name; we know no first names."""
        return self.get_full_name()

    def current_roles(self) -> list[Role]:
        """The roles that hold today, asked from the database once per account object and day."""
        if not self.is_active:
            return []
        kept: tuple[date, list[Role]] | None = getattr(self, "_current_roles", None)
        if kept is None or kept[0] != clock.today():
            kept = (clock.today(), list(self.roles.current()))
            self._current_roles = kept
        return kept[1]


class Role(Dated):
    """What an account may do, where, and for how long."""

    uid = UidField(kind="rol")
    account = models.ForeignKey(Account, models.PROTECT, related_name="roles", verbose_name=_("account"))
    kind = models.CharField(_("rol"), max_length=20, choices=RoleKind)
    scope_kind = models.CharField(_("bereik"), max_length=12, choices=Scope)
    # As text, so that people knows nothing of the floors above it.
    scope_uid = models.CharField(_("waarvoor"), max_length=44, blank=True)
    reviewed_on = models.DateField(_("nagelopen op"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_scope_kind_display()})"

    @property
    def review_due(self) -> date:
        """When somebody looks again whether this role is still right: a year after it began, or was looked at."""
        return year_after(self.reviewed_on or self.valid_from)

    def is_due(self) -> bool:
        """Whether that day has come."""
        return self.review_due <= clock.today()


class Invitation(models.Model):
    """A role offered by mail; accepted by whoever has the link in it, once and in time."""

    uid = UidField(kind="uitnodiging")
    # Wiped when it was taken back or has been past its time for a while.
    email = models.EmailField(_("e-mailadres"), blank=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    kind = models.CharField(_("rol"), max_length=20, choices=RoleKind)
    scope_kind = models.CharField(_("bereik"), max_length=12, choices=Scope)
    scope_uid = models.CharField(_("waarvoor"), max_length=44, blank=True)
    message = models.CharField(_("persoonlijk woord"), max_length=500, blank=True)
    secret_hash = models.CharField(_("sleutel, onherleidbaar"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="invitations", verbose_name=_("uitgenodigd door")
    )
    invited_at = models.DateTimeField(_("uitgenodigd op"))
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="accepted", verbose_name=_("aangenomen door")
    )
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.email or self.uid}"

    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return not (self.accepted_at or self.withdrawn_at) and self.expires_at > clock.now()


class Session(AbstractBaseSession):
    """One browser that is signed in, or on its way to a new password. It knows no network address."""

    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="sessions", verbose_name=_("account")
    )

    objects = SessionManager()

    class Meta:
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")

    def __str__(self) -> str:
        return f"{self.account_id or '-'}, tot {self.expire_date:%Y-%m-%d %H:%M}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """What reads and writes them, from the floor above."""
        return import_module(settings.SESSION_ENGINE).SessionStore
