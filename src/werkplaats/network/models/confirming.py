"""Asking a contact person by mail whether what we know still holds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.uid import UidField
from werkplaats.network.models.persons import Function
from werkplaats.network.queries import CheckQuerySet
from werkplaats.people.models import Account


class Check(models.Model):
    """A mailed request to look at what we know of an organisation and a person; answered once, by who has the link."""

    uid = UidField(kind="bevestiging")
    function = models.ForeignKey(Function, models.CASCADE, related_name="checks", verbose_name=_("contactpersoon"))
    secret_hash = models.CharField(_("sleutel, onherleidbaar"), max_length=64, unique=True, editable=False)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="checks", verbose_name=_("gevraagd door")
    )
    sent_at = models.DateTimeField(_("gevraagd op"))
    expires_at = models.DateTimeField(_("geldig tot"))
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    # What they would have otherwise of the organisation (name, seat, kvk), and a word with it; wiped once decided.
    proposal: models.JSONField[Any, Any] = models.JSONField(_("voorstel"), default=dict, blank=True)
    note = models.CharField(_("toelichting"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("bevestiging")
        verbose_name_plural = _("bevestigingen")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.function)

    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.answered_at is None and self.expires_at > clock.now()

    def waits(self) -> bool:
        """Whether somebody at the desk has to look at the answer."""
        return bool(self.proposal or self.note) and self.decided_at is None
