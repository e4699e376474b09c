"""Learning groups: a kenniskring, a leeratelier, or whatever a region calls them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.models import Sourced, Versioned, Visibility
from werkplaats.core.uid import UidField
from werkplaats.library.models import Publication
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.models import Person
from werkplaats.research.models.national import NationalTheme
from werkplaats.research.models.projects import Project
from werkplaats.research.models.shared import Kept, Lasting, Part, When
from werkplaats.research.queries import MeetingQuerySet, ResearchQuerySet, StepQuerySet
from werkplaats.research.rules import State
from werkplaats.terms.models import Approach, Theme


class Circle(Lasting, Kept):
    """A mixed group that learns around a theme."""

    uid = UidField(kind="kenniskring")
    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="circles", verbose_name=_("werkplaats"))
    name = models.CharField(_("naam"), max_length=160)
    summary = models.TextField(_("in het kort"), max_length=1000, blank=True)
    looks_at = models.TextField(_("waar de groep naar kijkt"), blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.RUNNING)
    stopped_because = models.TextField(_("waarom het stopte"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="circles", blank=True, verbose_name=_("thema's"))
    approaches = models.ManyToManyField(Approach, related_name="circles", blank=True, verbose_name=_("aanpakken"))
    national_theme = models.ForeignKey(
        NationalTheme, models.PROTECT, null=True, blank=True, related_name="circles",
        verbose_name=_("landelijk thema"),
    )  # fmt: skip
    publications = models.ManyToManyField(
        Publication, related_name="circles", blank=True, verbose_name=_("publicaties")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="circles", verbose_name=_("hoort bij project")
    )
    # For the inside alone: never on the site, in the hall or in the API.
    persons = models.ManyToManyField(Person, related_name="circles", blank=True, verbose_name=_("mensen in de groep"))

    objects = ResearchQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("kenniskring")
        verbose_name_plural = _("kenniskringen")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> str:
        """What its region calls such a group."""
        return self.werkplaats.group_word or _t("kenniskring")

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/onderzoek/kringen/{self.uid}/"


class CircleMember(models.Model):
    """Who sits in a learning group: an organisation and a role, or a role alone; never a name."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members", verbose_name=_("kenniskring"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="circle_seats", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("deelnemer aan een kenniskring")
        verbose_name_plural = _("deelnemers aan een kenniskring")
        ordering = ["pk"]

    def __str__(self) -> str:
        return ": ".join(filter(None, (str(self.organisation or ""), self.role)))


class CirclePartner(Part):
    """An organisation with which a learning group works, and what it does in it."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="partners", verbose_name=_("kenniskring"))

    class Meta:
        verbose_name = _("partner van een kenniskring")
        verbose_name_plural = _("partners van een kenniskring")
        ordering = ["pk"]


class CircleMeeting(When, Sourced, Versioned):
    """A time that a learning group met; its notes are for the inside."""

    INSIDE = [choice for choice in Visibility.choices if choice[0] != Visibility.PUBLIC]

    uid = UidField(kind="kringbijeenkomst")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="meetings", verbose_name=_("kenniskring"))
    place = models.CharField(_("waar"), max_length=160, blank=True)
    discussed = models.TextField(_("waar het over ging"), blank=True)
    notes = models.TextField(_("aantekeningen"), blank=True)
    notes_for = models.CharField(
        _("aantekeningen zichtbaar voor"), max_length=10, choices=INSIDE, default=Visibility.WERKPLAATS
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("kringbijeenkomst")
        verbose_name_plural = _("kringbijeenkomsten")
        ordering = [models.F("on").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return f"{self.circle}, {self.when or _t('datum onbekend')}"


class MeetingStep(models.Model):
    """What was agreed at a meeting: what, who does it, and by when."""

    meeting = models.ForeignKey(CircleMeeting, models.CASCADE, related_name="steps", verbose_name=_("kringbijeenkomst"))
    what = models.CharField(_("afspraak"), max_length=200)
    who = models.CharField(_("wie"), max_length=120, blank=True)
    due = models.DateField(_("uiterlijk op"), null=True, blank=True)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak van een kenniskring")
        verbose_name_plural = _("afspraken van een kenniskring")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.done_on is None and self.due is not None and self.due < clock.today()
