"""Who takes part in which werkplaats, by which steps it came to that, and what was agreed."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, dates, papers
from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.campaigns import Campaign, Consultation
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.models.werkplaatsen import Werkplaats
from werkplaats.network.queries.joining import PartnershipQuerySet
from werkplaats.network.rules import PUBLIC_STAGES, PartnerRole, Stage, day_of_ending, ends_partnership


class Partnership(Dated, Sourced, Versioned):
    """An organisation that takes part in a werkplaats, from being approached to being active.

    Period and stage are those of its steps: from the first on, to the one that ended it, in the last. Of what was
    written down as ended at once the end is the only step: what it was before, nobody said.
    """

    uid = UidField(kind="samenwerking")
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, related_name="partnerships", verbose_name=_("werkplaats")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisatie")
    )
    stage = models.CharField(_("stadium"), max_length=12, choices=Stage)
    role = models.CharField(_("rol"), max_length=14, choices=PartnerRole, default=PartnerRole.PARTNER)
    seeks = models.TextField(_("komt halen"), blank=True)
    brings = models.TextField(_("komt brengen"), blank=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="partnerships",
        verbose_name=_("kwam door kwartiermaakproject"),
    )  # fmt: skip
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="partnerships",
        verbose_name=_("kwam uit overleg"),
    )  # fmt: skip
    looked_at = models.DateField(_("nagelopen op"), null=True, blank=True)
    # When it was written down that they take part, whatever day that is about: nobody can put it earlier.
    counted_at = models.DateTimeField(_("opgeschreven dat zij meedoet op"), null=True, blank=True, editable=False)
    # Since when others share the organisation with this werkplaats; who said so is an actor. See ``holding``.
    shared_at = models.DateTimeField(_("gedeeld sinds"), null=True, blank=True, editable=False)
    shared_by = models.CharField(_("gedeeld door"), max_length=60, blank=True, editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("samenwerking")
        verbose_name_plural = _("samenwerkingen")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return f"{self.organisation} - {self.werkplaats} ({self.get_stage_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one begins with a first step, so that none is in a stage since no day at all."""
        new = self._state.adding
        if kwargs.get("update_fields") is None:
            self._count()
        super().save(*args, **kwargs)
        if new:
            self._first_steps()

    def counts(self) -> bool:
        """Whether it is signed or active, and did not end."""
        return self.stage in PUBLIC_STAGES and (self.valid_to is None or self.valid_to > clock.today())

    def _count(self) -> None:
        """Since when it counts. What stopped counting, or is about another organisation now, begins anew, unshared."""
        before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        same = before and before.counts() and before.organisation_id == self.organisation_id
        if self.counts() and same:
            return
        self.counted_at = clock.now() if self.counts() else None
        if not self.counts() or (before and before.shared_at == self.shared_at):
            self.shared_at, self.shared_by = None, ""

    def follow_steps(self) -> None:
        """Take the period and the stage of today from the steps; not kept yet."""
        steps = list(self.steps.all())
        first, last = steps[0], steps[-1]
        ended = last.stage == Stage.ENDED
        self.stage = ([step for step in steps if step.on <= clock.today()] or steps[:1])[-1].stage
        # Of what one only knows that it ended the record itself says since when it was.
        if first.stage != Stage.ENDED or self.valid_from > first.on:
            self.valid_from, self.valid_from_precision = first.on, first.precision
        self.valid_to = ends_partnership(last.on, last.precision) if ended else None
        self.valid_to_precision = last.precision if ended else Precision.DAY

    def _first_steps(self) -> None:
        common = {"source": self.source, "basis": self.basis}
        begun, precision, stage = self.valid_from, self.valid_from_precision, self.stage
        if not (self.valid_to and stage == Stage.ENDED):
            # What it was before an end nobody said: it may never have signed, and then nobody may read of it.
            self.steps.create(stage=stage, on=begun, precision=precision, **common)
        if self.valid_to:
            end = max(day_of_ending(self.valid_to, self.valid_to_precision), begun)
            self.steps.create(stage=Stage.ENDED, on=end, precision=self.valid_to_precision, **common)


class StageChange(Sourced):
    """A step of a partnership into another stage. Its reason is the region's own."""

    uid = UidField(kind="stap")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="steps", verbose_name=_("samenwerking"))
    stage = models.CharField(_("stadium"), max_length=12, choices=Stage)
    on = models.DateField(_("op"))
    precision = models.CharField(_("hoe precies"), max_length=10, choices=Precision, default=Precision.DAY)
    reason = models.TextField(_("reden"), blank=True)
    actor = models.CharField(_("door"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["partnership", "on"])]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.when}"

    @property
    def when(self) -> str:
        """The day in words, as precise as it is known."""
        return dates.show(self.on, self.precision)


class Agreement(Dated, Sourced, Versioned):
    """What was signed with a partner: since when, how long, and the paper itself."""

    uid = UidField(kind="overeenkomst")
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="agreements", verbose_name=_("samenwerking")
    )
    notice = models.CharField(_("opzeggen"), max_length=200, blank=True)
    note = models.TextField(_("afspraken"), blank=True)
    file = models.FileField(_("bestand (PDF)"), upload_to="overeenkomsten", max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("overeenkomst")
        verbose_name_plural = _("overeenkomsten")
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.partnership.organisation} - {self.partnership.werkplaats}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; a file that comes from elsewhere than a form of ours is cleaned here, and named by identifier.

        The file that was there before goes, once it is certain that it is no longer the one.
        """
        before = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        if self.file and not self.file._committed:
            if not isinstance(self.file.file, papers.CleanPaper):
                self.file = papers.cleaned(self.file)
            self.file.name = f"{self.uid}.pdf"
        super().save(*args, **kwargs)
        if before and before != self.file.name:
            storage = self.file.storage
            transaction.on_commit(lambda: storage.delete(before))
