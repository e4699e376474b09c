"""Bringing organisations in: a campaign, the consultations it used, and what each brought."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.models.werkplaatsen import Werkplaats


class Campaign(Dated, Sourced, Versioned):
    """A project to bring organisations to a werkplaats, or to the network as a whole."""

    uid = UidField(kind="kwartiermaken")
    name = models.CharField(_("naam"), max_length=160, unique=True)
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name=_("werkplaats")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="campaigns", verbose_name=_("organisatie die het leidt")
    )
    lead_role = models.CharField(_("rol van wie het leidt"), max_length=120, blank=True)
    goal = models.TextField(_("doel"), blank=True)
    target = models.PositiveIntegerField(_("doel in aantal partners"), null=True, blank=True)
    story = models.TextField(_("verhaal voor de site"), blank=True)
    on_site = models.BooleanField(_("op de site"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("kwartiermaakproject")
        verbose_name_plural = _("kwartiermaakprojecten")
        ordering = ["-valid_from", "name"]

    def __str__(self) -> str:
        return self.name


class Consultation(Sourced, Versioned):
    """A consultation that was there already, and was used to speak with many at once."""

    uid = UidField(kind="overleg")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="consultations", verbose_name=_("kwartiermaakproject")
    )
    name = models.CharField(_("naam"), max_length=160)
    on = models.DateField(_("op"), null=True, blank=True)
    precision = models.CharField(_("hoe precies"), max_length=10, choices=Precision, default=Precision.DAY)
    brought = models.TextField(_("wat het opbracht"), blank=True)

    class Meta:
        verbose_name = _("gebruikt overleg")
        verbose_name_plural = _("gebruikte overleggen")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def when(self) -> str:
        """The day in words, as precise as it is known."""
        return dates.show(self.on, self.precision) if self.on else ""
