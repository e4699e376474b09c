"""The words records are filed under."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.uid import UidField
from werkplaats.terms.queries import ThemeQuerySet


class Theme(models.Model):
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
