"""Who takes part in which werkplaats."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Dated, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.models.werkplaatsen import Werkplaats
from werkplaats.network.queries import PartnershipQuerySet
from werkplaats.network.rules import PartnerRole, Stage


class Partnership(Dated, Sourced, Versioned):
    """An organisation that takes part in a werkplaats, from being approached to being active."""

    uid = UidField(kind="samenwerking")
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, related_name="partnerships", verbose_name=_("werkplaats")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisatie")
    )
    stage = models.CharField(_("stadium"), max_length=12, choices=Stage)
    role = models.CharField(_("rol"), max_length=14, choices=PartnerRole, default=PartnerRole.PARTNER)
    seeks = models.TextField(_("komt halen"), blank=True)
    brings = models.TextField(_("komt brengen"), blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("samenwerking")
        verbose_name_plural = _("samenwerkingen")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return f"{self.organisation} - {self.werkplaats} ({self.get_stage_display()})"
