"""Which organisation a row of a file is about, also when it goes by another name here, or went up in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from werkplaats.network.models import Identifier, Organisation


class Unclear(Exception):
    """More than one may be meant; ``column`` says by which cell, ``message`` why."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


@dataclass(frozen=True)
class Found:
    """The organisation, none when it is new; and in words how, when not by its name."""

    organisation: Organisation | None
    why: str = ""


class Finder:
    """Finds by name, else by a number of another register, else by a former name."""

    def __init__(self) -> None:
        # By what name the rows before this one named them.
        self.named: dict[int, str] = {}

    def add(self, organisation: Organisation, name: str) -> None:
        """A row of this name was about it."""
        self.named.setdefault(organisation.pk, name)

    def find(self, name: str, numbers: Sequence[tuple[str, str]], place: str) -> Found:
        """Which one this is. Raises Unclear."""
        known = Organisation.objects.filter(name=name).first() or Organisation.objects.filter(name__iexact=name).first()
        if known:
            return Found(known)
        words = {"place": place, "name": name}
        if numbered := self._numbered(name, numbers):
            row, one = numbered
            message = _t(
                "Let op, %(place)s: “%(name)s” heeft %(number)s, dat van %(known)s is. Wij werkten die bij en lieten "
                "de naam staan. Heet zij nu anders? Wijzig de naam in het beheer."
            )
            return Found(one, message % {**words, "number": row, "known": one})
        if one := self._formerly(name):
            message = _t("Let op, %(place)s: “%(name)s” heet hier nu %(known)s. Wij werkten die bij.")
            return Found(one, message % {**words, "known": one})
        return Found(None)

    def _numbered(self, name: str, numbers: Sequence[tuple[str, str]]) -> tuple[Identifier, Organisation] | None:
        rows = [
            row
            for scheme, value in numbers
            for row in Identifier.objects.filter(scheme=scheme, value=value).select_related("organisation")
        ]
        if not rows:
            return None
        one = rows[0].organisation
        other = next((row for row in rows if row.organisation != one), None)
        # Another row of the same file calls it otherwise: then one of the two is mistaken.
        if other or self.named.get(one.pk, name) != name:
            row = other or rows[0]
            raise Unclear(row.scheme, _t("dit nummer is al van %(name)s") % {"name": row.organisation})
        return rows[0], one

    def _formerly(self, name: str) -> Organisation | None:
        line = name.lower()
        held = Organisation.objects.filter(known_as__contains=f"\n{line}\n").order_by("name")
        found = [one for one in held if line in {former.lower() for former in one.former}]
        if len(found) > 1:
            words = {"names": ", ".join(map(str, found))}
            raise Unclear("name", _t("zo heetten er meer: %(names)s; schrijf de naam van nu") % words)
        return found[0] if found else None
