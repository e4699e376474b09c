"""Werkplaatsen, who leads them, and where they work."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.queries import LeadershipQuerySet, TieQuerySet, WerkplaatsQuerySet
from werkplaats.network.rules import LeadRole, Status
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme


class Werkplaats(Dated, Sourced, Versioned):
    """A regional partnership of hogeschool, municipalities, organisations and citizens.

    Of its status only that of today is kept, and since when it is no longer in the making (``forming_to``): before that
    day it was a candidate. Empty: as far as is known it never was one, or still is.
    """

    uid = UidField(kind="werkplaats")
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    brand = models.CharField(_("merknaam"), max_length=120, blank=True)
    region = models.CharField(_("regio"), max_length=120)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    forming_to = models.DateField(_("in opbouw tot"), null=True, blank=True)
    forming_to_precision = models.CharField(
        _("in opbouw tot, hoe precies"), max_length=10, choices=Precision, default=Precision.DAY
    )
    guest_year = models.PositiveSmallIntegerField(_("meeloopjaar"), null=True, blank=True)
    group_word = models.CharField(_("eigen woord voor een leergroep"), max_length=60, blank=True)
    themes = models.ManyToManyField(Theme, related_name="werkplaatsen", blank=True, verbose_name=_("thema's"))
    own_themes: models.JSONField[Any, Any] = models.JSONField(_("thema's in eigen woorden"), default=list, blank=True)
    studies: models.JSONField[Any, Any] = models.JSONField(_("opleidingen"), default=list, blank=True)
    note = models.CharField(_("opmerking"), max_length=300, blank=True)

    objects = WerkplaatsQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("werkplaats")
        verbose_name_plural = _("werkplaatsen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own home."""
        return f"/werkplaatsen/{self.slug}/"


class FormerName(models.Model):
    """A name a werkplaats went by before; it is still found under it."""

    werkplaats = models.ForeignKey(
        Werkplaats, models.CASCADE, related_name="former_names", verbose_name=_("werkplaats")
    )
    name = models.CharField(_("naam"), max_length=120)

    class Meta:
        verbose_name = _("vroegere naam")
        verbose_name_plural = _("vroegere namen")
        constraints = [models.UniqueConstraint(fields=["werkplaats", "name"], name="one_row_a_former_name")]

    def __str__(self) -> str:
        return self.name


class FormerAddress(models.Model):
    """An address on the site that a werkplaats had before; it still leads there."""

    werkplaats = models.ForeignKey(
        Werkplaats, models.CASCADE, related_name="former_addresses", verbose_name=_("werkplaats")
    )
    slug = models.SlugField(_("adres"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("vroeger adres")
        verbose_name_plural = _("vroegere adressen")

    def __str__(self) -> str:
        return self.slug


class Leadership(Dated, Sourced, Versioned):
    """An organisation, often through a lectorate, that leads a werkplaats."""

    uid = UidField(kind="trekkerschap")
    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="leads", verbose_name=_("werkplaats"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="leads", verbose_name=_("organisatie"))
    lectorate = models.CharField(_("lectoraat"), max_length=160, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=LeadRole)

    objects = LeadershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("trekkerschap")
        verbose_name_plural = _("trekkerschappen")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class ServiceArea(Dated, Sourced):
    """A municipality that lies in the area of a werkplaats; not the same as taking part in it."""

    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="areas", verbose_name=_("werkplaats"))
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="areas", verbose_name=_("gemeente"))

    objects = TieQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("werkgebied")
        verbose_name_plural = _("werkgebieden")

    def __str__(self) -> str:
        return f"{self.municipality} in {self.werkplaats}"
