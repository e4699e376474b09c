"""Organisations, and the numbers other registers know them by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.models import Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.queries import OrganisationQuerySet
from werkplaats.network.rules import OrganisationKind
from werkplaats.places.models import Municipality


class Organisation(Sourced, Versioned):
    """A hogeschool, municipality, care organisation or other party; most never log in."""

    uid = UidField(kind="organisatie")
    name = models.CharField(_("naam"), max_length=160, unique=True)
    former: models.JSONField[Any, Any] = models.JSONField(_("vroegere namen"), default=list, blank=True)
    kind = models.CharField(_("soort"), max_length=30, choices=OrganisationKind)
    seat = models.CharField(_("plaats"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("gemeente")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number another register knows an organisation by."""

    class Scheme(models.TextChoices):
        """Registers whose numbers we keep."""

        KVK = "kvk", "KvK"
        RSIN = "rsin", "RSIN"
        ROR = "ror", "ROR"
        ISNI = "isni", "ISNI"
        CBS = "cbs", "CBS"

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="identifiers", verbose_name=_("organisatie")
    )
    scheme = models.CharField(_("register"), max_length=8, choices=Scheme)
    value = models.CharField(_("nummer"), max_length=40)

    class Meta:
        verbose_name = _("identificatie")
        verbose_name_plural = _("identificaties")
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_organisation_an_identifier")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        self.value = identifiers.clean(self.scheme, self.value)
