"""Yields: what a learning group, a project or a werkplaats brought forth."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.uid import UidField
from werkplaats.network.models import Werkplaats
from werkplaats.places.models import Municipality
from werkplaats.research.models.circles import Circle
from werkplaats.research.models.projects import Project
from werkplaats.research.models.shared import Kept, Part, Result, When
from werkplaats.research.queries import ResearchQuerySet
from werkplaats.research.rules import Strand, YieldKind
from werkplaats.terms.models import Approach, Theme


class Yield(When, Result, Kept):
    """One thing that came out, on one of the three strands; of a finding a second person reads the words first."""

    RESULT = ("title", "description")

    uid = UidField(kind="opbrengst")
    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="yields", verbose_name=_("werkplaats"))
    circle = models.ForeignKey(
        Circle, models.PROTECT, null=True, blank=True, related_name="yields", verbose_name=_("van welke groep")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="yields", verbose_name=_("van welk project")
    )
    title = models.CharField(_("wat leverde het op?"), max_length=200)
    kind = models.CharField(_("soort opbrengst"), max_length=16, choices=YieldKind)
    strand = models.CharField(_("krachtlijn"), max_length=8, choices=Strand)
    why = models.CharField(_("waarom op deze krachtlijn"), max_length=300, blank=True)
    description = models.TextField(_("meer erover"), blank=True)
    audience = models.CharField(_("voor wie"), max_length=300, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, related_name="yields", blank=True, verbose_name=_("gemeenten")
    )
    # The uid of the record that it is: a publication, an approach, later a module or a practice.
    points_at = models.CharField(_("kenmerk van wat het is"), max_length=44, blank=True)
    themes = models.ManyToManyField(Theme, related_name="yields", blank=True, verbose_name=_("thema's"))
    approaches = models.ManyToManyField(Approach, related_name="yields", blank=True, verbose_name=_("aanpakken"))

    objects = ResearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("opbrengst")
        verbose_name_plural = _("opbrengsten")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def needs_reader(self) -> bool:
        """A finding is a result; a training or a partnership is there or it is not."""
        return self.kind == YieldKind.FINDING

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/onderzoek/opbrengsten/{self.uid}/"


class YieldPartner(Part):
    """An organisation with which a yield was made."""

    made = models.ForeignKey(Yield, models.CASCADE, related_name="partners", verbose_name=_("opbrengst"))

    class Meta:
        verbose_name = _("partner in een opbrengst")
        verbose_name_plural = _("partners in een opbrengst")
        ordering = ["pk"]
