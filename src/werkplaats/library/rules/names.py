"""Names as they are printed, taken apart for lists of literature: "Mirjam van der Plas" is Plas, M. van der."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What stands before a Dutch family name, and does not count for its place in a list. In small letters only: who writes
# "Van" with a capital after a first name writes it as others print it, so both are known.
_PARTICLES = frozenset(
    "van von vom de den der des het 't ter ten te in op onder over bij aan uit uyt d' l' la le les du di da dos del el "
    "al zu zum zur 's".split()
)
_SPACE = re.compile(r"\s+")
# A letter that begins a name or a part of it after a hyphen.
_INITIAL = re.compile(r"[^\W\d_]", re.UNICODE)


@dataclass(frozen=True)
class PersonName:
    """A name in its parts; ``particle`` is the tussenvoegsel. Of one word only the family name is there."""

    family: str
    given: str = ""
    particle: str = ""

    @property
    def initials(self) -> str:
        """ "M.", "J.-P.", "A. B."; nothing when no given name is known."""
        return " ".join(filter(None, (_initials(word) for word in self.given.split())))

    @property
    def sorted_name(self) -> str:
        """As in a list: "Plas, M. van der"."""
        behind = " ".join(filter(None, (self.initials, self.particle)))
        return f"{self.family}, {behind}" if behind else self.family

    @property
    def plain(self) -> str:
        """As it is said: "Mirjam van der Plas"."""
        return " ".join(filter(None, (self.given, self.particle, self.family)))


def _initials(word: str) -> str:
    """ "Jan-Peter" is J.-P., "J.P." is J. P."""
    parts = [[one[0].upper() for one in part.split(".") if _INITIAL.match(one)] for part in word.split("-")]
    return "-".join(" ".join(f"{letter}." for letter in letters) for letters in parts if letters)


def is_particle(word: str) -> bool:
    """Whether this word stands before family names."""
    return word.lower().replace("’", "'") in _PARTICLES


def parse(text: str) -> PersonName:
    """The parts of a name as printed, or as in a list with a comma: "Plas, Mirjam van der".

    With a comma what stands before it is the family name, however many words. Without one the family name is what comes
    after the particle, or the last word.
    """
    line = _SPACE.sub(" ", text).strip()
    before, comma, after = line.partition(",")
    if comma and before.strip():
        family, rest = before.strip(), after.replace(",", " ").split()
        behind = len(rest)
        while behind and is_particle(rest[behind - 1]):
            behind -= 1
        return PersonName(family, " ".join(rest[:behind]), " ".join(rest[behind:]))
    words = line.replace(",", " ").split()
    if len(words) < 2:
        return PersonName(" ".join(words))
    # The last word is never a particle of nothing; the first may be: "Van Ewijk".
    first = next((place for place, word in enumerate(words[:-1]) if is_particle(word)), len(words) - 1)
    last = first
    while last < len(words) - 1 and is_particle(words[last]):
        last += 1
    return PersonName(" ".join(words[last:]), " ".join(words[:first]), " ".join(words[first:last]))
