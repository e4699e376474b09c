"""Which organisations look alike, so that one is not written down twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from rapidfuzz import fuzz, process

# Said of what an organisation is in law, or nothing at all: it tells none from another.
_FORMS = frozenset("stichting st vereniging bv nv cooperatie cooperatief vof ua de het".split())
# How much alike two names are that differ by a slip (of 100), and two of the same place.
_ALIKE, _ALIKE_HERE = 90, 78
# So many names are held against all others in one go: some megabytes of scores.
_AT_ONCE = 500


def plain_name(text: str) -> str:
    """A name without capitals, accents, signs and legal form: "Stg. Café B.V." and "cafe" are one."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("stg.", "stichting"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", " ", bare).strip()
    # B.V. came apart into letters.
    joined = re.sub(r"\b([a-z]) (?=[a-z]\b)", r"\1", words).split()
    return " ".join(word for word in joined if word not in _FORMS) or words


def known_as(name: str, former: Iterable[str]) -> str:
    """All names an organisation is found by, as typed and plain, each on a line with an end before and after."""
    names = [name, *former]
    lines = dict.fromkeys([*(one.lower() for one in names), *(plain_name(one) for one in names)])
    return "\n" + "".join(f"{line}\n" for line in lines)


def _score(one: str, two: str) -> float:
    """How much alike, of 100. Another number is another one: Wijkteam 1 is not Wijkteam 2."""
    same = sorted(re.findall(r"[0-9]+", one)) == sorted(re.findall(r"[0-9]+", two))
    return fuzz.token_sort_ratio(one, two) if same else 0


@dataclass(frozen=True)
class Alike:
    """One that looks the same, and why, in words."""

    uid: str
    name: str
    seat: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}{f', {self.seat}' if self.seat else ''} ({self.why})"


@dataclass(frozen=True)
class Look:
    """What is compared of an organisation."""

    uid: str
    name: str
    seat: str
    municipality: int | None
    names: tuple[str, ...]

    @classmethod
    def at(cls, name: str, former: Iterable[str] = (), seat: str = "", municipality: Any = None, uid: str = "") -> Look:
        """Of these facts; ``municipality`` is its number in the table."""
        names = dict.fromkeys(plain_name(one) for one in (name, *former) if plain_name(one))
        return cls(uid, name, seat.strip(), municipality, tuple(names))

    def why(self, other: Look) -> str:
        """Why the other may be the same one; "" when it seems another."""
        if not (self.names and other.names):
            return ""
        if self.names[0] == other.names[0]:
            return _t("zelfde naam")
        if set(self.names) & set(other.names):
            return _t("zelfde vroegere naam")
        score = max(_score(one, two) for one in self.names for two in other.names)
        here = self._same_place(other)
        if here and score >= _ALIKE_HERE:
            return _t("lijkt erop, zelfde plaats")
        return _t("lijkt erop") if here is None and score >= _ALIKE else ""

    def _same_place(self, other: Look) -> bool | None:
        """Whether both sit in one place; None when that is not known of one of them."""
        if self.municipality and other.municipality:
            return self.municipality == other.municipality
        if self.seat and other.seat:
            return plain_name(self.seat) == plain_name(other.seat)
        return None


class Known:
    """All organisations, to be compared with.

    ``Look.why`` is the rule. Only those whose names come near at all are asked it: which these are is counted for
    all at once, and leaves out none that it calls alike.
    """

    def __init__(self, organisations: Any) -> None:
        rows = organisations.order_by("name").values_list("name", "former", "seat", "municipality_id", "uid")
        self.looks: list[Look] = []
        # All names of all looks, each with the place of its look in the list.
        self._names: list[str] = []
        self._of: list[int] = []
        for row in rows:
            self.add(Look.at(*row))

    def add(self, look: Look) -> None:
        """One that came in meanwhile."""
        self._names += [_in_order(name) for name in look.names]
        self._of += [len(self.looks)] * len(look.names)
        self.looks.append(look)

    def like(self, look: Look, *, without: Collection[str] = ()) -> list[Alike]:
        """Those that look like it; ``without``: uids that are known to be others."""
        near = {self._of[there] for _here, there in _near(map(_in_order, look.names), self._names, _ALIKE_HERE)}
        found = []
        for one in (self.looks[number] for number in sorted(near)):
            if not (one.uid and one.uid == look.uid) and one.uid not in without and (why := look.why(one)):
                found.append(Alike(one.uid, one.name, one.seat, why))
        return found

    def pairs(self, *, without: Collection[frozenset[str]]) -> list[tuple[Look, Look, str]]:
        """All that look alike, each pair once, with why."""
        every = range(len(self._names))
        near = self._among(every, _ALIKE)
        for here in self._by_place():
            near |= self._among(here, _ALIKE_HERE)
        couples = [(self.looks[first], self.looks[second]) for first, second in sorted(near)]
        return [
            (one, two, why)
            for one, two in couples
            if frozenset((one.uid, two.uid)) not in without and (why := one.why(two))
        ]

    def _among(self, some: Sequence[int], least: float) -> set[tuple[int, int]]:
        """Pairs of looks, by place in the list, with names that are at least so much alike."""
        found: set[tuple[int, int]] = set()
        for start in range(0, len(some), _AT_ONCE):
            part, rest = some[start : start + _AT_ONCE], some[start:]
            names = [self._names[number] for number in rest]
            for here, there in _near([self._names[number] for number in part], names, least):
                first, second = sorted((self._of[part[here]], self._of[rest[there]]))
                if first != second:
                    found.add((first, second))
        return found

    def _by_place(self) -> Iterator[list[int]]:
        """The names of those that may sit in one place: by municipality, and by seat."""
        places: dict[Any, list[int]] = {}
        for number, of in enumerate(self._of):
            look = self.looks[of]
            for place in filter(None, (look.municipality, plain_name(look.seat) if look.seat else "")):
                places.setdefault(place, []).append(number)
        return (some for some in places.values() if len(some) > 1)


def _in_order(name: str) -> str:
    """The words of a name by the alphabet, as they are compared."""
    return " ".join(sorted(name.split()))


def _near(names: Iterable[str], others: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Places of (a name, another) that are at least so much alike; a hair under it counts too."""
    asked = list(names)
    if not (asked and others):
        return iter(())
    scores = process.cdist(asked, others, scorer=fuzz.ratio, score_cutoff=least - 0.01)
    return ((int(here), int(there)) for here, there in zip(*scores.nonzero(), strict=True))
