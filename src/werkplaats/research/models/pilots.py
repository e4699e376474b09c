"""Pilots: what is tried, where, how one looks at it, and what came out in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.uid import UidField
from werkplaats.network.models import Werkplaats
from werkplaats.places.models import Municipality
from werkplaats.research.models.circles import Circle
from werkplaats.research.models.projects import Project
from werkplaats.research.models.shared import Kept, Lasting, Part, Result
from werkplaats.research.queries import ResearchQuerySet
from werkplaats.research.rules import Design, State
from werkplaats.terms.models import Approach, Theme


class Pilot(Lasting, Result, Kept):
    """Something new in practice, tried in a place for some time. An outcome that is not known stays empty."""

    RESULT = ("outcome",)

    uid = UidField(kind="pilot")
    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="pilots", verbose_name=_("werkplaats"))
    title = models.CharField(_("titel"), max_length=200)
    tries = models.TextField(_("wat er beproefd wordt"))
    # The uid of what is tried, when that is a record: a yield, an approach, later a practice or an instrument.
    tried = models.CharField(_("kenmerk van wat beproefd wordt"), max_length=44, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, related_name="pilots", blank=True, verbose_name=_("gemeenten")
    )
    design = models.CharField(_("opzet"), max_length=16, choices=Design, default=Design.UNKNOWN)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="pilots", verbose_name=_("hoort bij welk project")
    )
    circle = models.ForeignKey(
        Circle, models.PROTECT, null=True, blank=True, related_name="pilots", verbose_name=_("hoort bij welke groep")
    )
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.PROPOSED)
    stopped_because = models.TextField(_("waarom het stopte"), blank=True)
    outcome = models.TextField(_("wat eruit kwam"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="pilots", blank=True, verbose_name=_("thema's"))
    approaches = models.ManyToManyField(Approach, related_name="pilots", blank=True, verbose_name=_("aanpakken"))

    objects = ResearchQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/onderzoek/pilots/{self.uid}/"


class PilotPartner(Part):
    """An organisation in a pilot."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="partners", verbose_name=_("pilot"))

    class Meta:
        verbose_name = _("partner in een pilot")
        verbose_name_plural = _("partners in een pilot")
        ordering = ["pk"]
