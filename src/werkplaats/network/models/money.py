"""Phases of the national programme, what they were for, and the money in them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.werkplaatsen import Werkplaats
from werkplaats.network.rules import NATIONAL_SHARE, GoalStatus, euro


def _amount(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True, blank=True)


class Phase(Dated, Sourced, Versioned):
    """A national programme phase: what was announced kept apart from what came of it."""

    uid = UidField(kind="fase")
    name = models.CharField(_("naam"), max_length=60, unique=True)
    announced_from = models.DateField(_("aangekondigd vanaf"), null=True, blank=True)
    announced_from_precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    announced_to = models.DateField(_("aangekondigd tot"), null=True, blank=True)
    announced_to_precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    announced = models.CharField(_("aangekondigd"), max_length=300, blank=True)
    actual = models.CharField(_("werkelijk"), max_length=300, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("fase")
        verbose_name_plural = _("fasen")
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.name

    @property
    def announced_period(self) -> str:
        """The period that was announced, in words; nothing when none is known."""
        end, precision = self.announced_to, self.announced_to_precision
        if self.announced_from:
            return dates.show_period(self.announced_from, self.announced_from_precision, end, precision)
        return _("t/m %(end)s") % {"end": dates.show_last(end, precision)} if end else ""


class PhaseGoal(Sourced, Versioned):
    """What a phase was for, and whether that came about."""

    uid = UidField(kind="doel")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="goals", verbose_name=_("fase"))
    text = models.CharField(_("doel"), max_length=300)
    status = models.CharField(_("stand"), max_length=14, choices=GoalStatus, default=GoalStatus.ANNOUNCED)
    sentence = models.CharField(_("hoe het afliep"), max_length=400, blank=True)
    place = models.PositiveSmallIntegerField(_("plaats"), default=0)

    class Meta:
        verbose_name = _("doel van een fase")
        verbose_name_plural = _("doelen van fasen")
        ordering = ["phase__valid_from", "place", "pk"]

    def __str__(self) -> str:
        return self.text


class Grant(Sourced, Versioned):
    """Money for a phase, of one werkplaats or of the network; an unknown amount is no zero."""

    uid = UidField(kind="subsidie")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="grants", verbose_name=_("fase"))
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("werkplaats")
    )
    funder = models.CharField(_("subsidiegever"), max_length=120, blank=True)
    amount_announced = _amount(_("aangekondigd bedrag in euro"))
    amount_eur = _amount(_("toegekend bedrag in euro"))
    share = models.DecimalField(
        _("deel voor landelijke projecten (%)"), max_digits=5, decimal_places=2, null=True, blank=True,
        default=NATIONAL_SHARE, validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    planned_national = _amount(_("gepland voor landelijke projecten, in euro"))
    spent_national = _amount(_("besteed aan landelijke projecten, in euro"))
    earmark = models.CharField(_("bestemd voor"), max_length=160, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("subsidie")
        verbose_name_plural = _("subsidies")
        ordering = ["phase__valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.phase}: {euro(self.amount_eur)}"
