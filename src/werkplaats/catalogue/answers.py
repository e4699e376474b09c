"""Answers before asking: what is there already for someone who tells in whole sentences what they want to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkplaats.catalogue import search
from werkplaats.catalogue.asked import Term
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.language import weak_words
from werkplaats.catalogue.reasons import Reader
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE, Viewer

# Candidates are looked at beyond what is shown: the best score is not always the one with most of what was said.
_LOOKED_AT = 5
# An entry that has less than this share of what was said is no answer, but a coincidence.
_LEAST = 0.2


# What a word weighs that says little, and one that was read as another.
_WEAK, _CORRECTED = 0.25, 0.7


@dataclass(frozen=True)
class Answers:
    """``hits``: the best first; ``reader`` and ``labels``: see ``search.Found``; from the table they are poorer."""

    hits: list[search.Hit]
    reader: Reader
    labels: Labels
    engine: search.Engine


def answers(
    text: str, *, viewer: Viewer = ANYONE, most: int = 5, chosen: Mapping[str, frozenset[str]] | None = None
) -> Answers:
    """Existing entries of any kind that may answer this text, each with its reasons; none for a few letters.

    Each word weighs as much as it is rare, times how well the entry has it (``Hit.covered``), times how much its kind
    is an answer. An entry counts from a fifth of the weight of all words that are known at all, and when one of the
    words it was found by says what it is about: "zitten" is in many texts.
    """
    found = search.find(search.Query(text=text, viewer=viewer, story=True, chosen=chosen or {}))
    weights = {term.typed: found.worth(term) * _doubt(term) for term in found.asked.terms}
    whole = sum(weights.values())
    if not found.asked or not (whole or found.asked.phrases):
        return Answers([], found.reader, found.labels, found.engine)

    def share(hit: search.Hit) -> float:
        has = sum(weights[word] * well for word, well in hit.covered.items())
        return has / whole * registry.sources[hit.entry.kind].answers if whole else 1.0

    empty = {term.typed for term in found.asked.terms if term.read in weak_words()}
    scored = [(share(hit), hit) for hit in found[0 : most * _LOOKED_AT] if not hit.covered or set(hit.covered) - empty]
    scored.sort(key=lambda pair: -pair[0])
    return Answers([hit for score, hit in scored[:most] if score >= _LEAST], found.reader, found.labels, found.engine)


def _doubt(term: Term) -> float:
    return (_WEAK if term.read in weak_words() else 1.0) * (_CORRECTED if term.read != term.typed else 1.0)
