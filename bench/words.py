"""The vocabulary of the benchmark's texts: own words, their compounds and inflections, and words nobody knows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SEED = "werkplaats"
_FILE = Path(__file__).parent / "words.txt"
# Of all compounds that could be made, the share that is used; and how many words are invented.
_USED = 0.6
_INVENTED = 12_000
_FUNCTION, _VERBS, _ADJECTIVES, _HEADS, COMMON = ("functiewoorden", "werkwoorden", "bijvoeglijk", "hoofden", "algemeen")


class Noun(NamedTuple):
    """One, many, and how it begins a compound."""

    one: str
    many: str
    form: str


@dataclass(frozen=True)
class Zipf:
    """Words, the most used first, drawn as often as their rank says."""

    words: Sequence[str]
    upto: Sequence[float]

    @classmethod
    def of(cls, words: Sequence[str], flat: float, steep: float = 1) -> Zipf:
        """``flat`` keeps the first few from taking nearly everything; ``steep`` leaves less for the last."""
        return cls(words, list(accumulate((rank + flat) ** -steep for rank in range(1, len(words) + 1))))

    def draw(self, rng: random.Random, number: int) -> list[str]:
        """So many words, each on its own."""
        return rng.choices(self.words, cum_weights=self.upto, k=number)


@dataclass(frozen=True)
class Vocabulary:
    """``topics``: slug of a theme -> its words; COMMON is there too, for texts about nothing in particular."""

    function: Zipf
    general: Zipf
    topics: dict[str, Zipf]
    compounds: Sequence[str]

    @property
    def slugs(self) -> list[str]:
        """The themes a text can be about."""
        return [slug for slug in self.topics if slug != COMMON]

    def size(self) -> int:
        """How many different words there are."""
        return len({*self.function.words, *self.general.words}.union(*(topic.words for topic in self.topics.values())))


@cache
def vocabulary() -> Vocabulary:
    """The same words on every machine."""
    sections = _sections()
    rng = random.Random(SEED)
    heads = [Noun(one, many, "") for one, many in _split(sections.pop(_HEADS))]
    function = sections.pop(_FUNCTION)
    verbs = [form for forms in _split(sections.pop(_VERBS)) for form in forms]
    adjectives = [form for forms in _split(sections.pop(_ADJECTIVES)) for form in forms]
    topics: dict[str, Zipf] = {}
    base, compounds = [*verbs, *adjectives], []
    for slug, given in sections.items():
        nouns = [Noun(*forms) for forms in _split(given)]
        own = [word for noun in nouns for word in (noun.one, noun.many)]
        made = [word for word in _compounds(nouns, heads) if rng.random() < _USED]
        rng.shuffle(made)
        topics[slug] = Zipf.of(list(dict.fromkeys([*own, *made])), flat=4, steep=1.4)
        base += own
        compounds += made
    base += [word for head in heads for word in (head.one, head.many)]
    rng.shuffle(base)
    rng.shuffle(compounds)
    general = list(dict.fromkeys([*base, *compounds, *_invented(rng)]))
    return Vocabulary(Zipf.of(function, flat=3), Zipf.of(general, flat=8, steep=1.05), topics, compounds)


def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in _FILE.read_text().splitlines():
        if line.startswith("["):
            inside = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            inside += line.split()
    return sections


def _split(given: list[str]) -> list[list[str]]:
    return [word.split("/") for word in given]


def _compounds(nouns: list[Noun], heads: list[Noun]) -> list[str]:
    return [noun.form + end for noun in nouns for head in heads for end in dict.fromkeys((head.one, head.many))]


def _invented(rng: random.Random) -> list[str]:
    """Names of projects, streets and people, and what was mistyped: words that stand in a text or two."""
    begins = "b br d dr f g gr h j k kl kr l m n p pr r s sch sl sn st t tr v vl w z zw".split()
    vowels = "a aa e ee ei eu i ie ij o oe oo ou u ui".split()
    ends = ["", "", *"k l m n p r s t ng nk ls rd st".split()]

    def one() -> str:
        parts = range(rng.randint(2, 4))
        return "".join(rng.choice(begins) + rng.choice(vowels) + rng.choice(ends) for _part in parts)

    return [one() for _number in range(_INVENTED)]
