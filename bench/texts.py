"""Entries to search in: Dutch-looking texts with facets, the same ones on every machine.

The texts of a smaller set are the first ones of a larger set.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from .words import COMMON, SEED, Vocabulary, vocabulary

# How many the real registries have; a text points into them by number.
WERKPLAATSEN, GEMEENTEN, STATUSES = 16, 342, 6
_TOGETHER = 1_000
_KINDS = (("vraag", 80), ("werkplaats", 8), ("gemeente", 12))
_LAST_DAY = datetime(2026, 11, 1, tzinfo=UTC)
_TEN_YEARS = 10 * 365 * 24 * 3600
_LONGEST = 1_500
# Half of what we say is function words; the rest is what the text is about, and anything.
_PLAIN, _OWN = 0.42, 0.33


class Text(NamedTuple):
    """One entry: words and facets. Themes by slug; werkplaatsen, gemeenten and status by number."""

    number: int
    kind: str
    title: str
    summary: str
    body: str
    themes: tuple[str, ...]
    werkplaatsen: tuple[int, ...]
    gemeenten: tuple[int, ...]
    status: int
    published_at: datetime


def texts(count: int) -> Iterator[Text]:
    """The first ``count`` texts."""
    maker = _Maker(vocabulary())
    for start in range(0, count, _TOGETHER):
        rng = random.Random(f"{SEED} {start}")
        for number in range(start, min(start + _TOGETHER, count)):
            yield maker.text(rng, number)


class _Maker:
    def __init__(self, known: Vocabulary) -> None:
        self.known = known
        self.slugs = known.slugs
        self.kinds = [kind for kind, _share in _KINDS]
        self.shares = [share for _kind, share in _KINDS]
        # A few large ones have most.
        self.places = list(accumulate(1 / (rank + 4) for rank in range(GEMEENTEN)))
        self.regions = list(accumulate(1 / (rank + 4) for rank in range(WERKPLAATSEN)))

    def text(self, rng: random.Random, number: int) -> Text:
        themes = rng.sample(self.slugs, rng.choices((0, 1, 2, 3), (10, 45, 30, 15))[0])
        about = themes or [COMMON]
        return Text(
            number,
            rng.choices(self.kinds, self.shares)[0],
            self._title(rng, about[0]),
            " ".join(self._sentences(rng, about, rng.randint(15, 30))),
            self._body(rng, about),
            tuple(themes),
            self._some(rng, self.regions, rng.choices((1, 2), (80, 20))[0]),
            self._some(rng, self.places, rng.choices((0, 1, 2, 3), (15, 60, 15, 10))[0]),
            min(int(rng.expovariate(0.6)), STATUSES - 1),
            _LAST_DAY - timedelta(seconds=rng.randrange(_TEN_YEARS)),
        )

    def _some(self, rng: random.Random, upto: list[float], number: int) -> tuple[int, ...]:
        return tuple(sorted(set(rng.choices(range(len(upto)), cum_weights=upto, k=number))))

    def _title(self, rng: random.Random, topic: str) -> str:
        words = self._words(rng, topic, rng.randint(5, 12))
        return " ".join(words).capitalize() + ("?" if rng.random() < 0.4 else "")

    def _body(self, rng: random.Random, about: list[str]) -> str:
        length = rng.randint(60, 150)
        if rng.random() < 0.04:
            length = min(int(150 * rng.paretovariate(1.3)), _LONGEST)
        sentences = self._sentences(rng, about, length)
        return "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))

    def _sentences(self, rng: random.Random, about: list[str], length: int) -> list[str]:
        share = -(-length // len(about))
        words = [word for topic in about for word in self._words(rng, topic, share)]
        made, start = [], 0
        while start < len(words):
            end = start + rng.randint(6, 16)
            sentence = " ".join(words[start:end])
            made.append(sentence[0].upper() + sentence[1:] + ".")
            start = end
        return made

    def _words(self, rng: random.Random, topic: str, length: int) -> list[str]:
        plain, own = round(length * _PLAIN), round(length * _OWN)
        words = self.known.function.draw(rng, plain)
        words += self.known.topics[topic].draw(rng, own)
        words += self.known.general.draw(rng, length - plain - own)
        rng.shuffle(words)
        return words
