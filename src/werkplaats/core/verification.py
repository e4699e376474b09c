"""Reading the logbook back: is every row there, as it was written?

From the database alone nobody can tell whether all of it was written anew, seals and all. A seal that was noted
elsewhere can: it must still be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.core import seals
from werkplaats.core.models import LogEntry, LogHead

_AT_ONCE = 2000


class Fault(models.TextChoices):
    """What can be wrong, in words."""

    CHANGED = "changed", _("Regel %(first)s klopt niet: zij is gewijzigd, of de regel ervoor is vervangen.")
    DETAIL = "detail", _("Regel %(first)s klopt niet: de bijzonderheden zijn gewijzigd.")
    SURPLUS = "surplus", _("Regel %(first)s hoort hier niet: zij is ertussen gezet of staat er dubbel.")
    UNSURE = "unsure", _("Regel %(first)s is niet na te gaan, want de regel ervoor ontbreekt.")
    MISSING = "missing", _("Regel %(first)s ontbreekt.")
    GAP = "gap", _("De regels %(first)s tot en met %(last)s ontbreken.")
    TAIL = "tail", _("Het einde ontbreekt: alles vanaf regel %(first)s is weg, tot en met regel %(last)s.")
    BEYOND = "beyond", _("Wat vanaf regel %(first)s staat, hoort hier niet: het logboek houdt op bij regel %(last)s.")
    HEAD = "head", _("De stand van het logboek is gewijzigd: zij past niet bij regel %(first)s.")
    NO_HEAD = "no_head", _("De stand van het logboek ontbreekt: of het einde er nog is, is niet na te gaan.")
    TOO_FAR = "too_far", _("Regel %(first)s is er niet: het logboek houdt op bij regel %(last)s.")
    NOT_NOTED = (
        "not_noted",
        _("Het opgegeven zegel staat er niet: verkeerd overgenomen, of het logboek is herschreven."),
    )


@dataclass(frozen=True)
class Finding:
    """Something wrong with a row, or with rows up to and including the last."""

    fault: Fault
    first: int = 0
    last: int = 0

    def told(self) -> str:
        """One line."""
        return str(self.fault.label) % {"first": self.first, "last": self.last}


class Reading:
    """The logbook read once from row ``start``, a row at a time; ``noted``: a seal that must be among those read.

    Others may write meanwhile. What they add is read too, or not.
    """

    def __init__(self, *, start: int = 1, noted: str = "") -> None:
        self.start, self.noted = start, noted
        self.rows = self.wrong = self.faults = 0
        # The last row that was read; at first the one before the reading begins.
        self.number, self.seal = start - 1, ""
        self.noted_at: int | None = None
        # Seals that the next row may be bound to: the one that stands there, and the one that should.
        self._previous: list[str] = []
        # Where the logbook ended when the reading began, and the seal that was found at that row.
        self._head: tuple[int, str] | None = None
        self._at_head = ""

    def findings(self) -> Iterator[Finding]:
        """Read, and give what is wrong as it is met."""
        for finding in self._found():
            self.faults += 1
            yield finding

    def told(self) -> str:
        """How it went, after ``findings``: how many rows are right, and when all are, the last seal."""
        words = {"rows": self.rows, "right": self.rows - self.wrong, "number": self.number, "seal": self.seal}
        if self.faults:
            told = ngettext(
                "%(rows)d regel nagekeken; goed: %(right)d.", "%(rows)d regels nagekeken; goed: %(right)d.", self.rows
            )
            return told % words
        told = ngettext("%(rows)d regel nagekeken: alles klopt.", "%(rows)d regels nagekeken: alles klopt.", self.rows)
        lines = [told % words]
        if self.noted_at is not None:
            lines.append(_t("Het opgegeven zegel staat er nog, bij regel %(number)d.") % {"number": self.noted_at})
        return "\n".join([*lines, _t("Zegel van regel %(number)d: %(seal)s") % words])

    def _found(self) -> Iterator[Finding]:
        self._head = _head()
        if self._head and self.start > self._head[0] + 1:
            yield Finding(Fault.TOO_FAR, self.start, self._head[0])
            return
        yield from self._begin()
        for row in _rows(self.start):
            yield from self._row(*row)
        yield from self._end()
        if self.noted and self.noted_at is None:
            yield Finding(Fault.NOT_NOTED)

    def _begin(self) -> Iterator[Finding]:
        """The row before the first counts as right: it is what was verified earlier."""
        before = LogEntry.objects.filter(number=self.number).values_list("seal", flat=True)
        seal = before.first() if self.number else seals.START
        if seal is None:
            yield Finding(Fault.MISSING, self.number, self.number)
        else:
            self._passed(self.number, seal)
            self._previous = [seal]

    def _passed(self, number: int, seal: str) -> None:
        self.number, self.seal = number, seal
        if seal == self.noted:
            self.noted_at = number
        if self._head and number == self._head[0]:
            self._at_head = seal

    def _row(
        self, number: Any, at: str, verb: str, target: str, actor: str, detail: str, salt: str, digest: str, seal: str
    ) -> Iterator[Finding]:
        self.rows += 1
        expected = self.number + 1
        if not isinstance(number, int) or number < expected:
            self.wrong += 1
            yield Finding(Fault.SURPLUS, number, number)
            return
        if number > expected:
            yield Finding(Fault.MISSING if number == expected + 1 else Fault.GAP, expected, number - 1)
            self._previous = []
        made = [seals.seal(previous, number, _moment(at), verb, target, actor, digest) for previous in self._previous]
        fault = None
        if not made:
            fault = Fault.UNSURE
        elif seal not in made:
            fault = Fault.CHANGED
        elif not _stands_for(digest, salt, detail):
            fault = Fault.DETAIL
        if fault:
            self.wrong += 1
            yield Finding(fault, number, number)
        self._previous = list(dict.fromkeys([seal, *made[:1]]))
        self._passed(number, seal)

    def _end(self) -> Iterator[Finding]:
        """Is the last row the one that the head says, when the reading began or now?"""
        then, now = self._head, _head()
        if then is None or now is None:
            yield Finding(Fault.NO_HEAD)
        elif self.number < then[0]:
            yield Finding(Fault.TAIL, self.number + 1, then[0])
        elif self.number > now[0]:
            yield Finding(Fault.BEYOND, now[0] + 1, now[0])
        elif self._at_head != then[1]:
            yield Finding(Fault.HEAD, then[0], then[0])


def _head() -> tuple[int, str] | None:
    head: tuple[int, str] | None = LogHead.objects.values_list("number", "seal").first()
    return head if head and isinstance(head[0], int) else None


def _rows(start: int) -> Iterator[tuple[Any, ...]]:
    # As text: what someone put there by hand need not be a moment, or JSON.
    text = models.TextField()
    rows = LogEntry.objects.annotate(at_text=Cast("at", text), detail_text=Cast("detail", text)).order_by("number")
    if start > 1:
        rows = rows.filter(number__gte=start)
    names = ("number", "at_text", "verb", "target", "actor", "detail_text", "salt", "digest", "seal")
    yield from rows.values_list(*names).iterator(chunk_size=_AT_ONCE)


def _moment(text: str) -> str:
    """What was sealed of a moment as the database writes it; anything else stays as it is, and fits no seal."""
    try:
        at = datetime.fromisoformat(text)
        return seals.moment(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return text


def _stands_for(digest: str, salt: str, detail: str) -> bool:
    try:
        return seals.digest(salt, detail) == digest
    except (ValueError, RecursionError):
        return False
