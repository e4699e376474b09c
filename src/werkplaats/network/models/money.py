"""Phases of the national programme, and the money in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.werkplaatsen import Werkplaats


class Phase(Dated, Sourced, Versioned):
    """A national programme phase: what was announced kept apart from what came of it."""

    uid = UidField(kind="fase")
    name = models.CharField(_("naam"), max_length=60, unique=True)
    announced = models.CharField(_("aangekondigd"), max_length=300, blank=True)
    actual = models.CharField(_("werkelijk"), max_length=300, blank=True)
    goals: models.JSONField[Any, Any] = models.JSONField(_("doelen"), default=list, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("fase")
        verbose_name_plural = _("fasen")
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.name


class Grant(Sourced, Versioned):
    """Money for a phase, of one werkplaats or of the network; an unknown amount is no zero."""

    uid = UidField(kind="subsidie")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="grants", verbose_name=_("fase"))
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("werkplaats")
    )
    funder = models.CharField(_("subsidiegever"), max_length=120, blank=True)
    amount_eur = models.DecimalField(_("bedrag in euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    earmark = models.CharField(_("bestemd voor"), max_length=160, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("subsidie")
        verbose_name_plural = _("subsidies")
        ordering = ["phase__valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.phase}: {self.amount_eur if self.amount_eur is not None else _('bedrag onbekend')}"
