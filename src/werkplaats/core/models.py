"""Shapes shared by the domain apps, and the tables the core keeps itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, dates, seals
from werkplaats.core.dates import Precision


class Visibility(models.TextChoices):
    """Who may see a published record."""

    PUBLIC = "openbaar", _("openbaar")
    NETWORK = "netwerk", _("netwerk")
    WERKPLAATS = "werkplaats", _("eigen werkplaats")


class Basis(models.TextChoices):
    """How sure we are of a record."""

    KNOWN = "bekend", _("bekend")
    ASSUMED = "aanname", _("aanname")
    DEMO = "demo", _("demo")


class Sourced(models.Model):
    """A record that says where it comes from."""

    source = models.CharField(_("bron"), max_length=200, blank=True)
    basis = models.CharField(_("zekerheid"), max_length=10, choices=Basis, default=Basis.KNOWN)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that more people may change: who saves what was changed meanwhile is told (see ``core.versions``)."""

    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)

    class Meta:
        abstract = True


def holds(day: date) -> models.Q:
    """What a dated record has to be to hold on a calendar day in Amsterdam."""
    return models.Q(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day), valid_from__lte=day)


class DatedQuerySet(models.QuerySet):
    """Reads for records with a beginning and perhaps an end."""

    def on(self, day: date) -> Self:
        """Those that hold on a calendar day in Amsterdam."""
        return self.filter(holds(day))

    def perhaps_on(self, day: date) -> Self:
        """Also those of which the beginning or the end is known as "about 2013" only, and that may have held."""
        before, after = date(day.year, 1, 1), date(min(day.year + dates.ABOUT_YEARS, 9999), 1, 1)
        begun = models.Q(valid_from__lte=day) | models.Q(valid_from__lte=after, valid_from_precision=Precision.ABOUT)
        going = models.Q(valid_to__gt=day) | models.Q(valid_to__gte=before, valid_to_precision=Precision.ABOUT)
        return self.filter(begun, models.Q(valid_to__isnull=True) | going)

    def current(self) -> Self:
        """Those that hold today."""
        return self.on(clock.today())


class Dated(models.Model):
    """A record that is ended, never deleted: half-open [valid_from, valid_to).

    One that was taken back on its first day is empty: it ends on the day it began, and never held.
    """

    valid_from = models.DateField(_("vanaf"))
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
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def clean(self) -> None:
        super().clean()
        check_period(self.valid_from, self.valid_from_precision, self.valid_to, self.valid_to_precision)

    @property
    def period(self) -> str:
        """The period in words."""
        return dates.show_period(self.valid_from, self.valid_from_precision, self.valid_to, self.valid_to_precision)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)

    def meets(self, start: date, end: date | None) -> bool:
        """Whether it holds on any day of [start, end); without an end that goes on. What never held meets nothing."""
        first, last = max(self.valid_from, start), min(filter(None, (self.valid_to, end)), default=None)
        return last is None or first < last


def check_period(start: date, start_precision: str, end: date | None, end_precision: str) -> None:
    """Raise ValidationError on ``valid_to`` when the (exclusive) end does not lie after the start."""
    if end is None or end > start:
        return
    message = _("Het einde (%(end)s) ligt vóór het begin (%(start)s). Verbeter een van beide of laat het einde leeg.")
    words = {"end": dates.show_last(end, end_precision), "start": dates.show(start, start_precision)}
    raise ValidationError({"valid_to": message % words})


class OnlyAddedTo(Exception):
    """Something in the code tries to change or remove rows of the logbook."""


class LogQuerySet(models.QuerySet):
    """Reads of the logbook; what would change rows is refused."""

    def update(self, **_values: Any) -> int:
        """Refused."""
        raise OnlyAddedTo("rows of the logbook are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise OnlyAddedTo("rows of the logbook are never removed")


class LogEntry(models.Model):
    """One line of the logbook: who did what to which record, and when. Written by ``core.logbook`` only.

    Numbers have no gaps. ``digest`` stands for salt and detail; ``seal`` binds the row to the one before it.
    """

    number = models.BigIntegerField(_("nummer"), primary_key=True)
    at = models.DateTimeField(_("wanneer"), db_index=True)
    verb = models.CharField(_("handeling"), max_length=80)
    target = models.CharField(_("kenmerk"), max_length=60, db_index=True)
    actor = models.CharField(_("door"), max_length=60)
    detail: models.JSONField[Any, Any] = models.JSONField(_("bijzonderheden"), default=dict)
    salt = models.CharField(_("toevallige tekens"), max_length=32)
    digest = models.CharField(_("vingerafdruk van de bijzonderheden"), max_length=64)
    seal = models.CharField(_("zegel"), max_length=64)

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("logboekregel")
        verbose_name_plural = _("logboek")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only once."""
        if not self._state.adding:
            raise OnlyAddedTo("a row of the logbook is never changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise OnlyAddedTo("a row of the logbook is never removed")


class LogHead(models.Model):
    """Where the logbook ends: number and seal of its last row. One row; whoever writes holds it."""

    number = models.BigIntegerField(_("laatste nummer"), default=0)
    seal = models.CharField(_("laatste zegel"), max_length=64, default=seals.START)

    class Meta:
        verbose_name = _("stand van het logboek")
        verbose_name_plural = _("stand van het logboek")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_head")]

    def __str__(self) -> str:
        return f"{self.number} {self.seal}"


class Freshness(models.Model):
    """One row, with a word that is replaced when something visitors may see changes (``core.freshness``)."""

    word = models.CharField(_("woord"), max_length=16)

    class Meta:
        verbose_name = _("stand van wat zichtbaar is")
        verbose_name_plural = _("stand van wat zichtbaar is")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_freshness")]

    def __str__(self) -> str:
        return self.word


class Attempt(models.Model):
    """How often one visitor tried one thing in one stretch of time.

    The visitor is a keyed hash that cannot be turned back into an address.
    """

    what = models.CharField(_("wat"), max_length=40)
    who = models.CharField(_("wie, onherleidbaar"), max_length=64)
    window = models.BigIntegerField(_("tijdvak"))
    count = models.PositiveIntegerField(_("aantal"), default=0)

    class Meta:
        verbose_name = _("poging")
        verbose_name_plural = _("pogingen")
        constraints = [models.UniqueConstraint(fields=["what", "who", "window"], name="one_count_a_window")]
        indexes = [models.Index(fields=["window"])]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


class Draft(models.Model):
    """What someone typed at the desk and did not save yet, so that nothing is lost; gone after a month."""

    account = models.CharField(_("account"), max_length=60)
    # Which form: a name of ours, with the uid of the record when there is one.
    place = models.CharField(_("waar"), max_length=120)
    fields: models.JSONField[Any, Any] = models.JSONField(_("wat er getypt is"), default=dict)
    version = models.PositiveIntegerField(_("van welke versie"), default=0)
    kept_at = models.DateTimeField(_("bewaard op"))

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        constraints = [models.UniqueConstraint(fields=["account", "place"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return self.place


class Mail(models.Model):
    """A mail that waits to leave, or that was refused. What left is wiped, and so are the words of what never will."""

    # What it is about, so that who sent it can be told that it was refused.
    about = models.CharField(_("kenmerk"), max_length=60, blank=True, db_index=True)
    message: models.JSONField[Any, Any] = models.JSONField(_("bericht"), default=dict)
    made_at = models.DateTimeField(_("gemaakt op"))
    next_try = models.DateTimeField(_("volgende poging"), db_index=True)
    tries = models.PositiveIntegerField(_("pogingen"), default=0)
    until = models.DateTimeField(_("zinvol tot"))
    claimed_until = models.DateTimeField(_("in behandeling tot"), null=True)
    refused_at = models.DateTimeField(_("geweigerd op"), null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.about}"
