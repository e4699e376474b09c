"""Projects: what is found out, why, with whom, and from which questions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.agenda.models import Question
from werkplaats.core.uid import UidField
from werkplaats.library.models import Publication
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.places.models import Municipality
from werkplaats.research.models.national import NationalTheme
from werkplaats.research.models.shared import Kept, Lasting, Part
from werkplaats.research.queries import ProjectQuerySet
from werkplaats.research.rules import State
from werkplaats.terms.models import Approach, Theme


class Project(Lasting, Kept):
    """A piece of research in practice, kept by the werkplaats that leads it; by none when it is national."""

    uid = UidField(kind="project")
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("werkplaats die het leidt"),
    )  # fmt: skip
    others = models.ManyToManyField(
        Werkplaats, related_name="joined_projects", blank=True, verbose_name=_("werkplaatsen die meedoen")
    )
    title = models.CharField(_("titel"), max_length=200)
    summary = models.TextField(_("in het kort"), max_length=1000, blank=True)
    why = models.TextField(_("waarom"), blank=True)
    plan = models.TextField(_("plan"), blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.PROPOSED)
    stopped_because = models.TextField(_("waarom het stopte"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="led_projects",
        verbose_name=_("organisatie die het leidt"),
    )  # fmt: skip
    lectorate = models.CharField(_("lectoraat"), max_length=160, blank=True)
    questions = models.ManyToManyField(Question, related_name="projects", blank=True, verbose_name=_("uit de vragen"))
    themes = models.ManyToManyField(Theme, related_name="projects", blank=True, verbose_name=_("thema's"))
    approaches = models.ManyToManyField(Approach, related_name="projects", blank=True, verbose_name=_("aanpakken"))
    national_theme = models.ForeignKey(
        NationalTheme, models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("landelijk thema"),
    )  # fmt: skip
    publications = models.ManyToManyField(
        Publication, related_name="projects", blank=True, verbose_name=_("publicaties")
    )
    municipalities = models.ManyToManyField(
        Municipality, related_name="projects", blank=True, verbose_name=_("gemeenten")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projecten")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/onderzoek/projecten/{self.uid}/"


class ProjectPartner(Part):
    """An organisation in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners", verbose_name=_("project"))

    class Meta:
        verbose_name = _("partner in een project")
        verbose_name_plural = _("partners in een project")
        ordering = ["pk"]
