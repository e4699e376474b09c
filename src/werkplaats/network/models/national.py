"""The national body in which the werkplaatsen meet, under the names it had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.rules import BodyForm


class NationalBody(Dated, Sourced, Versioned):
    """The Overleg, later the Associatie: what it was, when, and the role of who presided. No names of people."""

    uid = UidField(kind="verband")
    name = models.CharField(_("naam"), max_length=120, unique=True)
    form = models.CharField(_("vorm"), max_length=12, choices=BodyForm)
    about = models.TextField(_("wat het is"), blank=True)
    chair_role = models.CharField(_("rol van wie voorzit"), max_length=160, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("landelijk verband")
        verbose_name_plural = _("landelijke verbanden")
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.name


class BodyMeeting(Sourced, Versioned):
    """One meeting of the national body."""

    uid = UidField(kind="vergadering")
    body = models.ForeignKey(NationalBody, models.PROTECT, related_name="meetings", verbose_name=_("landelijk verband"))
    on = models.DateField(_("op"))
    precision = models.CharField(_("hoe precies"), max_length=10, choices=Precision, default=Precision.DAY)
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    decided = models.TextField(_("wat er besloten is"), blank=True)
    on_site = models.BooleanField(_("op de site"), default=False)

    class Meta:
        verbose_name = _("vergadering")
        verbose_name_plural = _("vergaderingen")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body}, {self.when}"

    @property
    def when(self) -> str:
        """The day in words, as precise as it is known."""
        return dates.show(self.on, self.precision)
