"""The hall: one row for each published record, one for each tie, one for each facet value."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core.models import Visibility


class Entry(models.Model):
    """How a published record is found; a removed one stays as a tombstone without its words."""

    uid = models.CharField(_("kenmerk"), max_length=44, unique=True)
    kind = models.CharField(_("soort"), max_length=20, db_index=True)
    title = models.CharField(_("titel"), max_length=300, blank=True)
    summary = models.TextField(_("samenvatting"), blank=True)
    body = models.TextField(_("tekst"), blank=True)
    # Found as they are written: "buurvrouw" does not mean Buren.
    names = models.TextField(_("namen"), blank=True, default="")
    haystack = models.TextField(_("woorden"), blank=True)
    url = models.CharField(_("adres"), max_length=300, blank=True)
    lang = models.CharField(_("taal"), max_length=5, default="nl")
    visibility = models.CharField(_("zichtbaar voor"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    facets: models.JSONField[Any, Any] = models.JSONField(_("facetten"), default=dict)
    licence = models.CharField(_("licentie"), max_length=60, blank=True)
    level = models.CharField(_("niveau"), max_length=40, blank=True)
    starts_on = models.DateField(_("begint op"), null=True)
    ends_on = models.DateField(_("eindigt op"), null=True)
    published_at = models.DateTimeField(_("openbaar sinds"), null=True)
    datestamp = models.DateTimeField(_("gewijzigd op"), db_index=True)
    # Which transaction wrote it last: see ``changes.py``. The text index follows this number.
    changed_in = models.BigIntegerField(_("geschreven in"), default=0, db_index=True)
    origin = models.CharField(_("herkomst"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("verwijderd op"), null=True, db_index=True)
    removal_reason = models.CharField(_("reden"), max_length=200, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        ordering = ["-published_at", "title"]

    def __str__(self) -> str:
        return self.title or self.uid


class Facet(models.Model):
    """One value of one facet of an entry, for filtering and counting on any database."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="facet_rows", verbose_name=_("vermelding"))
    dimension = models.CharField(_("facet"), max_length=20)
    value = models.CharField(_("waarde"), max_length=60)

    class Meta:
        verbose_name = _("facetwaarde")
        verbose_name_plural = _("facetwaarden")
        constraints = [models.UniqueConstraint(fields=["entry", "dimension", "value"], name="one_row_a_facet_value")]
        indexes = [models.Index(fields=["dimension", "value"])]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.value}"


class Link(models.Model):
    """A tie between two records, by uid; the other end may be anything."""

    source = models.CharField(_("van"), max_length=44)
    tie = models.CharField(_("verband"), max_length=20)
    target = models.CharField(_("naar"), max_length=44, db_index=True)

    class Meta:
        verbose_name = _("verband")
        verbose_name_plural = _("verbanden")
        constraints = [models.UniqueConstraint(fields=["source", "tie", "target"], name="one_row_a_link")]

    def __str__(self) -> str:
        return f"{self.source} {self.tie} {self.target}"
