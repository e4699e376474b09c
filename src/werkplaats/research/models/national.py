"""National themes, on which several werkplaatsen work."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models import Werkplaats
from werkplaats.research.models.shared import Kept, Lasting
from werkplaats.research.queries import ResearchQuerySet, ThemeWorkQuerySet
from werkplaats.research.rules import ThemeTask
from werkplaats.terms.models import Theme


class NationalTheme(Kept):
    """A subject that werkplaatsen take up together; kept by the national desk."""

    uid = UidField(kind="landelijkthema")
    # Of nobody: the rules ask every record whose it is.
    werkplaats = None
    name = models.CharField(_("naam"), max_length=120, unique=True)
    description = models.TextField(_("waar het over gaat"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="national_themes", blank=True, verbose_name=_("thema's"))

    objects = models.Manager.from_queryset(ResearchQuerySet)()

    class Meta:
        verbose_name = _("landelijk thema")
        verbose_name_plural = _("landelijke thema's")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/onderzoek/landelijk/{self.uid}/"


class ThemeWork(Lasting, Sourced, Versioned):
    """A werkplaats that works on a national theme, from when, and what it does."""

    uid = UidField(kind="themawerk")
    national_theme = models.ForeignKey(
        NationalTheme, models.PROTECT, related_name="work", verbose_name=_("landelijk thema")
    )
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, related_name="national_work", verbose_name=_("werkplaats")
    )
    tasks: models.JSONField[Any, Any] = models.JSONField(_("wat de werkplaats doet"), default=list, blank=True)
    what = models.TextField(_("in eigen woorden"), blank=True)

    objects = ThemeWorkQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("werk aan een landelijk thema")
        verbose_name_plural = _("werk aan landelijke thema's")
        ordering = ["werkplaats__name", "pk"]

    def __str__(self) -> str:
        return f"{self.werkplaats}: {self.national_theme}"

    @property
    def tasks_in_words(self) -> str:
        """What it does, in words."""
        known = {task.value: str(task.label) for task in ThemeTask}
        return ", ".join(known[one] for one in self.tasks if one in known)
