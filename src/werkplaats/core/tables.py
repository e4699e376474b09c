"""Reading data in from files: every mistake named by row and column, and all or nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core.action import one_act

Progress = Callable[[int, int], None]
_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Problem:
    """A mistake: where it stands and what to do about it."""

    row: str
    column: str
    message: str

    def told(self) -> str:
        """One line."""
        return ": ".join(part for part in (self.row, self.column, self.message) if part)


class TableError(Exception):
    """A file with mistakes; nothing of it was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)

    def told(self) -> str:
        """All mistakes and what became of the file, for a terminal."""
        count = len(self.problems)
        head = _t("Niets ingelezen: %(count)d fout(en) in het bestand.") % {"count": count}
        return "\n".join([head, *(f"  {problem.told()}" for problem in self.problems)])


@dataclass
class Report:
    """What an import did: lines by what happened to them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each, for the logbook."""
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "ended": len(self.ended),
            "unchanged": self.unchanged,
        }

    def told(self, *, dry_run: bool) -> str:
        """The outcome in words, for a terminal."""
        lines = [
            _t("Proef: dit zou er gebeuren, er is niets bewaard.") if dry_run else _t("Ingelezen."),
            _t("%(new)d nieuw, %(changed)d gewijzigd, %(ended)d beëindigd, %(same)d ongewijzigd.")
            % {
                "new": len(self.created),
                "changed": len(self.updated),
                "ended": len(self.ended),
                "same": self.unchanged,
            },
        ]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


class _DryRun(Exception):
    pass


@contextmanager
def all_or_nothing(*, dry_run: bool) -> Iterator[list[Problem]]:
    """Do the whole import in one transaction.

    Yields the list to put problems in; raises TableError when it is not empty
    at the end. A dry run does all the same work and then undoes it.
    """
    problems: list[Problem] = []
    try:
        with one_act():
            yield problems
            if problems:
                raise TableError(problems)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass


def _read(path: Path, too_big: str = "") -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TableError([Problem("", "", too_big or _t("Het bestand is groter dan 50 MB. Splits het."))])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _t("Het bestand is geen UTF-8-tekst. Bewaar het opnieuw als “CSV UTF-8” of JSON.")
        raise TableError([Problem("", "", message)]) from None
    except OSError:
        raise TableError([Problem("", "", _t("Het bestand %(path)s is niet te lezen.") % {"path": path})]) from None


def read_csv(path: Path, *, required: Sequence[str], optional: Sequence[str] = ()) -> list[tuple[str, dict[str, str]]]:
    """The rows of a CSV file (comma or semicolon), each with its place ("rij 3": as a spreadsheet counts).

    Raises TableError for an unreadable file, and for missing, doubled or unknown columns.
    """
    text = _read(path)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        lines = [[cell.strip() for cell in row] for row in rows]
    except csv.Error as error:
        raise TableError([Problem("", "", _t("Het bestand is geen CSV: %(why)s.") % {"why": error})]) from None
    header = lines[0] if lines else []
    problems = [Problem("rij 1", name, _t("deze kolom ontbreekt")) for name in required if name not in header]
    unknown = [name for name in header if name not in {*required, *optional}]
    known = ", ".join([*required, *optional])
    problems += [
        Problem("rij 1", name or "?", _t("deze kolom kennen we niet; bekend zijn: %(known)s") % {"known": known})
        for name in unknown
    ]
    if len(set(header)) < len(header):
        problems.append(Problem("rij 1", "", _t("een kolom staat er twee keer in")))
    for number, line in enumerate(lines[1:], 2):
        if any(line) and len(line) != len(header):
            words = {"found": len(line), "wanted": len(header)}
            problems.append(Problem(f"rij {number}", "", _t("%(found)d cellen in plaats van %(wanted)d") % words))
    if problems:
        raise TableError(problems)
    return [(f"rij {n}", dict(zip(header, line, strict=True))) for n, line in enumerate(lines[1:], 2) if any(line)]


def read_json(path: Path, *, too_big: str = "") -> Any:
    """The contents of a JSON file; raises TableError with the line of the first mistake, or with ``too_big``."""
    text = _read(path, too_big)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = _t("geen geldige JSON: %(why)s") % {"why": error.msg}
        raise TableError([Problem(f"regel {error.lineno}", "", message)]) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, or lists in lists in lists without end.
        message = _t("een getal is te lang of de lijsten zitten te diep in elkaar")
        raise TableError([Problem("", "", message)]) from None


def checked(form: forms.Form, row: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The cleaned values of one row; None, with its mistakes added to ``problems``, when it is wrong."""
    if form.is_valid():
        return dict(form.cleaned_data)
    for name, errors in form.errors.get_json_data().items():
        column = "" if name == "__all__" else name
        problems += [Problem(row, column, error["message"]) for error in errors]
    return None


def said(error: ValidationError, row: str, column: str = "") -> list[Problem]:
    """A model's complaint as problems of a row."""
    if hasattr(error, "error_dict"):
        return [Problem(row, name, text) for name, texts in error.message_dict.items() for text in texts]
    return [Problem(row, column, text) for text in error.messages]


def as_cell(text: str) -> str:
    """Text that a spreadsheet shows and never reckons with: what begins like a formula gets a quote before it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
