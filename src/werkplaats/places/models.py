"""Provinces, municipalities, all the names they go by and where their boundaries run."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Dated
from werkplaats.core.uid import UidField
from werkplaats.places.queries import BoundaryQuerySet, MunicipalityQuerySet
from werkplaats.places.rules import LIST_DAY, POPULATION_DAY


class Province(models.Model):
    """One of the twelve."""

    uid = UidField(kind="provincie")
    name = models.CharField(_("naam"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("provincie")
        verbose_name_plural = _("provincies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Municipality(Dated):
    """A municipality as the statistics office counts it; merged ones end and name their successor."""

    uid = UidField(kind="gemeente")
    code = models.CharField(_("CBS-code"), max_length=6, unique=True)
    name = models.CharField(_("naam"), max_length=60)
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="municipalities", verbose_name=_("provincie"))
    population = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    land_km2 = models.DecimalField(_("land in km²"), max_digits=7, decimal_places=2, null=True, blank=True)
    lat = models.FloatField(_("breedtegraad"), null=True, blank=True)
    lon = models.FloatField(_("lengtegraad"), null=True, blank=True)
    listed_on = models.DateField(_("volgens de indeling van"), default=LIST_DAY)
    population_on = models.DateField(_("inwoners geteld op"), default=POPULATION_DAY)
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True, verbose_name=_("opgegaan in")
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/gemeenten/{self.slug}/"


class PlaceName(models.Model):
    """A name a municipality is looked up by: its own, a former one, a place in it."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="names", verbose_name=_("gemeente"))
    name = models.CharField(_("naam"), max_length=60)
    plain = models.CharField(_("naam om te vergelijken"), max_length=60, db_index=True)

    class Meta:
        verbose_name = _("plaatsnaam")
        verbose_name_plural = _("plaatsnamen")
        constraints = [models.UniqueConstraint(fields=["municipality", "plain"], name="one_row_a_name")]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """Where the boundary of a municipality runs, as lightly as a drawing needs it.

    ``rings``: outer ones and holes alike, each as east, south, east, south, ... (see ``core.outlines``).
    """

    uid = UidField(kind="gemeentegrens")
    municipality = models.OneToOneField(
        Municipality, models.CASCADE, related_name="boundary", verbose_name=_("gemeente")
    )
    rings: models.JSONField[Any, Any] = models.JSONField(_("grenslijnen"))

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeentegrens")
        verbose_name_plural = _("gemeentegrenzen")

    def __str__(self) -> str:
        return str(self.municipality)
