"""What is searched for: sixty questions a round, each round other ones, the same on every machine.

Words are taken from the first texts, so that at every size there is something to find. No question comes back in a
later round: a page that was kept would be measured instead of a search.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from .stock import Values
from .texts import Text, texts
from .wordpress_stock import slug_of, terms_of
from .words import COMMON, SEED, vocabulary

# How many of each kind in a round of sixty; every second one with its theme and werkplaats chosen.
_ROUND = {"common": 10, "rare": 10, "two": 12, "misspelled": 8, "phrase": 10, "compound": 10}
_FROM = 1_000
_SHORTEST, _COMMONEST = 5, 250


class Query(NamedTuple):
    """Words, and the facets that are chosen: a theme by slug, a werkplaats by number."""

    text: str
    theme: str = ""
    werkplaats: int | None = None


def rounds(number: int) -> Iterator[list[Query]]:
    """So many rounds, without a query that came by before."""
    seen: set[Query] = set()
    for turn in range(number):
        made = [query for query in _round(random.Random(f"{SEED} queries {turn}")) if query not in seen]
        seen.update(made)
        yield made


def _round(rng: random.Random) -> list[Query]:
    made = []
    for kind, number in _ROUND.items():
        for turn in range(number):
            text = rng.choice(_sources())
            words = _words_of(kind, rng, text)
            made.append(Query(words, text.themes[0], text.werkplaatsen[0]) if turn % 2 else Query(words))
    rng.shuffle(made)
    return made


@cache
def _sources() -> list[Text]:
    return [text for text in texts(_FROM) if text.kind == "vraag" and text.themes]


@cache
def _sets() -> tuple[list[str], frozenset[str], frozenset[str]]:
    """Common words; all of those; compounds."""
    known = vocabulary()
    common = [word for word in known.general.words[:_COMMONEST] if len(word) >= _SHORTEST]
    common += [word for topic in known.slugs for word in known.topics[topic].words[:8] if len(word) >= _SHORTEST]
    ordinary = {*known.function.words, *known.general.words[:1500]}
    ordinary |= {word for slug in (*known.slugs, COMMON) for word in known.topics[slug].words[:60]}
    return sorted(set(common)), frozenset(ordinary), frozenset(known.compounds)


def _words_of(kind: str, rng: random.Random, text: Text) -> str:
    common, ordinary, compounds = _sets()
    words = [word.strip(".").lower() for word in f"{text.summary} {text.body}".split()]
    long = [word for word in words if len(word) >= _SHORTEST and word not in vocabulary().function.words]
    if kind == "rare":
        return rng.choice([word for word in long if word not in ordinary] or long)
    if kind == "two":
        return " ".join(rng.sample(long, 2))
    if kind == "misspelled":
        return _misspelled(rng, rng.choice(common))
    if kind == "phrase":
        start = rng.randrange(len(words) - 3)
        return f'"{" ".join(words[start : start + rng.randint(2, 3)])}"'
    if kind == "compound":
        return rng.choice([word for word in long if word in compounds] or long)
    return rng.choice(common)


def _misspelled(rng: random.Random, word: str) -> str:
    """Two letters in each other's place, one too few, or one twice."""
    at = rng.randrange(1, len(word) - 1)
    other = rng.choice((word[at + 1] + word[at], word[at + 1], word[at] + word[at] + word[at + 1]))
    return word[:at] + other + word[at + 2 :]


def our_path(address: str, values: Values, query: Query) -> str:
    """As our search form asks it."""
    asked = [("q", query.text)]
    if query.theme:
        asked.append(("thema", values["thema"][query.theme]))
    if query.werkplaats is not None:
        asked.append(("werkplaats", _region(query.werkplaats, values)))
    return f"{address}?{urlencode(asked)}"


def wordpress_path(values: Values, query: Query) -> str:
    """As WordPress asks it: a category and a tag."""
    asked: list[tuple[str, str | int]] = [("s", query.text)]
    if query.theme:
        asked.append(("cat", terms_of(values)["thema", values["thema"][query.theme]]))
    if query.werkplaats is not None:
        asked.append(("tag", slug_of(_region(query.werkplaats, values))))
    return f"/?{urlencode(asked)}"


def _region(number: int, values: Values) -> str:
    return values["werkplaats"][number % len(values["werkplaats"])]
