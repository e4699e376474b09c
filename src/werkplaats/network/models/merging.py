"""Two organisations that became one, and how to take that back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.uid import UidField
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.queries import MergeQuerySet
from werkplaats.network.rules import UNDO_DAYS
from werkplaats.people.models import Account


class Merge(models.Model):
    """One organisation that went up in another; its old uid leads there."""

    uid = UidField(kind="samenvoeging")
    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="merges", verbose_name=_("verder als"))
    # As text: there is no such organisation any more.
    gone_uid = models.CharField(_("kenmerk van wat opging"), max_length=44, db_index=True)
    gone_name = models.CharField(_("wat opging"), max_length=160)
    # What was done, step by step, with what stood there before; wiped when undoing is over.
    steps: models.JSONField[Any, Any] = models.JSONField(
        _("stappen"), default=list, encoder=DjangoJSONEncoder, editable=False
    )
    merged_at = models.DateTimeField(_("samengevoegd op"), default=clock.now)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="merges", verbose_name=_("door")
    )
    undone_at = models.DateTimeField(_("ongedaan gemaakt op"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept}"

    @property
    def undo_until(self) -> datetime:
        """Until when it can be taken back."""
        return self.merged_at + timedelta(days=UNDO_DAYS)

    def is_open(self) -> bool:
        """Whether it can still be taken back, as far as time goes."""
        return self.undone_at is None and clock.now() < self.undo_until
