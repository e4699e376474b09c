"""The words records are filed under, ways of working, words that mean the same, and words explained."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.models import Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.terms.queries import ApproachQuerySet, ConceptQuerySet, SynonymGroupQuerySet, ThemeQuerySet
from werkplaats.terms.rules import initial


class Theme(Versioned):
    """A theme in a small tree, with the words citizens use for it."""

    uid = UidField(kind="thema")
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("valt onder")
    )
    synonyms: models.JSONField[Any, Any] = models.JSONField(_("andere woorden"), default=list, blank=True)
    description = models.CharField(_("in één zin"), max_length=300, blank=True)
    is_national = models.BooleanField(_("landelijk thema"), default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def top(self) -> Theme:
        """The theme of the first level it falls under; itself when it is one."""
        return self.parent or self


class Approach(Sourced, Versioned):
    """A way of working that people know by a name: presence, quartermaking, support."""

    uid = UidField(kind="aanpak")
    name = models.CharField(_("naam"), max_length=120, unique=True)
    description = models.TextField(_("wat het is"), blank=True)
    synonyms: models.JSONField[Any, Any] = models.JSONField(_("andere woorden"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, related_name="approaches", blank=True, verbose_name=_("thema's"))
    added_at = models.DateTimeField(_("toegevoegd op"), default=clock.now, editable=False)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanpak")
        verbose_name_plural = _("aanpakken")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/aanpakken/{self.uid}/"


class SynonymGroup(models.Model):
    """Words and phrases that mean the same to those who search, whatever theme they belong to.

    ``key`` is that of a shipped group. A group out of use is kept, so that it is not shipped again.
    """

    uid = UidField(kind="synoniem")
    key = models.SlugField(_("meegeleverd als"), max_length=60, unique=True, null=True, editable=False)
    words: models.JSONField[Any, Any] = models.JSONField(_("woorden"), default=list)
    note = models.CharField(_("opmerking"), max_length=200, blank=True)
    is_used = models.BooleanField(_("in gebruik"), default=True)
    version = models.PositiveIntegerField(_("versie"), default=1)

    objects = SynonymGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("woorden die hetzelfde betekenen")
        verbose_name_plural = _("woorden die hetzelfde betekenen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(self.words)


class Concept(Sourced, Versioned):
    """A word of the network, explained so that anyone understands it.

    ``places``: where it lives on the site, as {"path", "label"}. One out of use keeps its address, which answers 410.
    """

    uid = UidField(kind="begrip")
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    term = models.CharField(_("begrip"), max_length=80, unique=True)
    other_words: models.JSONField[Any, Any] = models.JSONField(_("andere woorden"), default=list, blank=True)
    meaning = models.TextField(_("in gewone woorden"), max_length=600)
    more = models.TextField(_("meer uitleg"), max_length=3000, blank=True)
    origin = models.TextField(_("waar het woord vandaan komt"), max_length=800, blank=True)
    see_also = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("zie ook"))
    themes = models.ManyToManyField(Theme, related_name="concepts", blank=True, verbose_name=_("thema's"))
    places: models.JSONField[Any, Any] = models.JSONField(_("waar op de site"), default=list, blank=True)
    english = models.CharField(_("in het Engels"), max_length=120, blank=True)
    english_meaning = models.TextField(_("uitleg in het Engels"), max_length=600, blank=True)
    is_used = models.BooleanField(_("in gebruik"), default=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("begrip")
        verbose_name_plural = _("begrippen")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/begrippen/{self.slug}/"

    @property
    def initial(self) -> str:
        """The letter it stands under."""
        return initial(self.term)
