"""What all research has in common: who may see it, how long it lasts, and that a second person reads a result."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, dates
from werkplaats.core.dates import Precision
from werkplaats.core.models import Sourced, Versioned, Visibility
from werkplaats.network.models import Organisation
from werkplaats.research.rules import State


class Kept(Sourced, Versioned):
    """A record with who may see it; taken off the site it says why."""

    visibility = models.CharField(_("zichtbaar voor"), max_length=10, choices=Visibility, default=Visibility.WERKPLAATS)
    withdrawn = models.CharField(_("van de site gehaald, omdat"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("toegevoegd op"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class Lasting(models.Model):
    """A record with a period of which either end may be unknown: half-open [valid_from, valid_to)."""

    valid_from = models.DateField(_("vanaf"), null=True, blank=True)
    valid_from_precision = models.CharField(
        _("vanaf, hoe precies"), max_length=10, choices=Precision, default=Precision.DAY
    )
    valid_to = models.DateField(_("tot"), null=True, blank=True)
    valid_to_precision = models.CharField(
        _("tot, hoe precies"), max_length=10, choices=Precision, default=Precision.DAY
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    @property
    def period(self) -> str:
        """The period in words; what is not known is said so."""
        start = dates.show(self.valid_from, self.valid_from_precision) if self.valid_from else ""
        end = dates.show_last(self.valid_to, self.valid_to_precision) if self.valid_to else ""
        if start and end:
            return start if start == end else _t("%(start)s t/m %(end)s") % {"start": start, "end": end}
        if end:
            return _t("tot en met %(end)s; begin onbekend") % {"end": end}
        return self._from(start) if start else _t("periode onbekend")

    def _from(self, start: str) -> str:
        """What began then and has no end: it goes on, it is a plan, or nobody wrote down when it ended."""
        state = getattr(self, "state", State.RUNNING)
        if state == State.PROPOSED or (self.valid_from and self.valid_from > clock.today()):
            return _t("vanaf %(start)s") % {"start": start}
        said = _t("sinds %(start)s") if state == State.RUNNING else _t("vanaf %(start)s, einde niet bekend")
        return said % {"start": start}


class When(models.Model):
    """A record of one day, as precisely as it is known; the day may be unknown."""

    on = models.DateField(_("wanneer"), null=True, blank=True)
    precision = models.CharField(_("hoe precies"), max_length=10, choices=Precision, default=Precision.DAY)

    class Meta:
        abstract = True

    @property
    def when(self) -> str:
        """The day in words, no more precise than it is known; nothing when it is not."""
        return dates.show(self.on, self.precision) if self.on else ""


class Part(models.Model):
    """An organisation that takes part, and how."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="%(class)ss", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}" if self.role else str(self.organisation)


class Result(models.Model):
    """Words that outsiders see only as a second person read them: ``said``."""

    # Which fields are the result.
    RESULT: tuple[str, ...] = ()

    written_by = models.CharField(_("geschreven door"), max_length=60, blank=True, editable=False)
    # What the second person read: field -> words.
    read: models.JSONField[Any, Any] = models.JSONField(_("zoals nagelezen"), default=dict, editable=False)
    read_by = models.CharField(_("nagelezen door"), max_length=60, blank=True, editable=False)
    read_at = models.DateTimeField(_("nagelezen op"), null=True, blank=True, editable=False)
    returned = models.TextField(_("teruggegeven, omdat"), blank=True, editable=False)
    awaits_reader = models.BooleanField(_("wacht op een tweede lezer"), default=False, editable=False, db_index=True)

    class Meta:
        abstract = True

    def needs_reader(self) -> bool:
        """Whether what it says is a result at all."""
        return True

    def written(self) -> dict[str, str]:
        """The result as it stands at the desk."""
        return {name: getattr(self, name) for name in self.RESULT}

    def said(self, name: str) -> str:
        """What outsiders may read of a field."""
        written = str(getattr(self, name))
        if written and name in self.RESULT and self.needs_reader():
            return str(self.read.get(name, ""))
        return written

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Waits for a reader as long as there is something that nobody else read, and that was not given back."""
        written = self.written()
        new = self.needs_reader() and written != self.read and any(written.values())
        self.awaits_reader = new and not self.returned
        super().save(*args, **kwargs)
