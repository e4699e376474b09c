"""Searching in the text index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import tantivy
from tantivy import Occur, Order

from werkplaats.catalogue import reading
from werkplaats.catalogue.asked import Asked, Term, understand
from werkplaats.catalogue.index import CLOSED, schema
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.language import as_name, weak_words
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.reasons import Reader, matches, worded
from werkplaats.catalogue.search import Engine, Hit, Query, Sort
from werkplaats.catalogue.words import MOST_WORDS
from werkplaats.core.actors import Viewer
from werkplaats.core.models import Visibility

# What a word is worth where. Tuned on the practice half of bench/quality; see docs/zoeken.md.
_TITLE_WORD, _TITLE_ROOT, _WORD, _ROOT, _PART, _PARTS, _SOME, _BEGINNING, _OTHER, _MEANT = (
    0.8, 1.2, 0.6, 1.0, 0.5, 0.7, 0.3, 0.3, 0.6, 0.35,
)  # fmt: skip
# Up to this many words must all be there; of more, this share. From so many it is a sentence: then one that says
# something will do, for what answers it is often said in other words, and only long texts have most of them.
_ALL_OF, _SHARE, _SENTENCE = 3, 0.6, 5
# In a sentence, a word that says little.
_WEAK = 0.25
_MOST_VALUES = 100_000
# One page of a list.
_FIRST = 20

Clause = tuple[Occur, tantivy.Query]


def find(query: Query, counted: Sequence[str]) -> IndexFound:
    """Search in the index. Raises reading.Away."""
    found = reading.opened()

    def read() -> IndexFound:
        asked = understand(query.text, story=query.story, known=reading.Words(found))
        return IndexFound(query, asked, found.searcher, counted)

    return reading.safely(read)


class IndexFound:
    """See ``search.Found``. All it says is of one moment; entries that left since are left out of the pages."""

    engine = Engine.INDEX

    def __init__(self, query: Query, asked: Asked, searcher: tantivy.Searcher, counted: Sequence[str]) -> None:
        self.query = query
        self.searcher = searcher
        self.asked = _most_telling(asked, searcher) if query.story else asked
        self.reader = Reader(self.asked)
        self.labels = Labels()
        self._counted = [name for name in counted if not (query.kinds if name == "soort" else query.chosen.get(name))]
        strict = None if query.story or self._is_sentence else _required(len(asked.terms))
        self.loosened = False
        self._words = self._said(strict)
        several = len(asked.terms) > 1 or any(term.parts for term in asked.terms)
        if strict and several and not asked.trouble and not self._total:
            self.loosened = True
            self._words = self._said(1)
            del self._first

    def count(self) -> int:
        """How many in all."""
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> list[Hit]:
        start, stop = part.start or 0, self._total if part.stop is None else part.stop
        rows = self._rows(self._pks(start, stop - start))
        found = matches(rows, self.reader)
        return [
            Hit(entry, reasons, dict(match.covered))
            for entry, match, reasons in zip(rows, found, worded(found, self.labels), strict=True)
        ]

    def worth(self, term: Term) -> float:
        """How much it says that an entry has this word: its rarity, by itself or by what it means; unknown words 0."""
        names = [(f"facets.{one.dimension}", one.value) for one in term.meant if one.literal]
        themes = [(f"facets.{one.dimension}", one.value) for one in term.meant if not one.literal]
        others = [("roots", one) for one in (*term.parts, *(one for other in term.others for one in other.roots))]
        others += [("roots", as_name(other.text)) for other in term.others if other.joined]
        ways = [*names, ("roots", term.root), ("roots", as_name(term.read)), *others, *themes]
        known = (rarity(self.searcher, field, value) for field, value in ways)
        begun = self.searcher.terms_with_prefix("words", term.typed, limit=1) if term.is_beginning else []
        last = (rarity(self.searcher, "words", word) for word, _number in begun)
        return reading.safely(lambda: next((found for found in chain(known, last) if found), 0.0))

    def entries(self, batch: int = 500) -> Iterator[Entry]:
        """All in order."""
        pks = self._pks(0, self._total)
        return chain.from_iterable(self._rows(pks[start : start + batch]) for start in range(0, len(pks), batch))

    def counts(self, dimension: str) -> dict[str, int]:
        """Values with their counts, whatever is chosen in that facet."""
        if self.asked.trouble:
            return {}
        if dimension in self._together:
            return self._together[dimension]
        return self._aggregate(self._all_but(dimension), [dimension])[dimension]

    @cached_property
    def _together(self) -> dict[str, dict[str, int]]:
        """The facets in which nothing is chosen, counted in one go."""
        return self._aggregate(self._all_but(""), self._counted) if self._counted else {}

    @property
    def _total(self) -> int:
        return self._first[0]

    @cached_property
    def _first(self) -> tuple[int, list[int]]:
        """How many in all, and the first of them: a page asks for both."""
        return (0, []) if self.asked.trouble else self._read(0, _FIRST)

    def _aggregate(self, query: tantivy.Query, dimensions: Iterable[str]) -> dict[str, dict[str, int]]:
        wanted = {
            name: {"terms": {"field": "kind" if name == "soort" else f"facets.{name}", "size": _MOST_VALUES}}
            for name in dimensions
        }
        counted = reading.safely(lambda: self.searcher.aggregate(query, wanted))
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in counted[name]["buckets"]} for name in wanted
        }

    def _pks(self, start: int, size: int) -> list[int]:
        if start + size <= _FIRST or self._total <= _FIRST:
            return self._first[1][start : start + size]
        return self._read(start, size)[1] if size > 0 and self._total else []

    def _read(self, start: int, size: int) -> tuple[int, list[int]]:
        order = {Sort.NEWEST: ("newest", Order.Desc), Sort.NAME: ("name", Order.Asc)}.get(self.query.sort)
        if order is None and not self.asked:
            order = ("newest", Order.Desc)
        field, way = order or (None, Order.Desc)
        query = self._all_but("")

        def read() -> tuple[int, list[int]]:
            found = self.searcher.search(query, size, True, field, start, way)
            numbers = self.searcher.fast_field_values("pk", [address for _, address in found.hits])
            return found.count, [int(number) for number in numbers if number is not None]  # type: ignore[attr-defined]

        return reading.safely(read)

    def _rows(self, pks: list[int]) -> list[Entry]:
        # Asked of the table again: what left since, or may no longer be seen, is not shown.
        rows = Entry.objects.visible_to(self.query.viewer).in_bulk(pks)
        return [rows[pk] for pk in pks if pk in rows]

    def _all_but(self, dimension: str) -> tantivy.Query:
        """The words and all filters but those of one facet."""
        clauses: list[Clause] = [(Occur.Must, self._words or tantivy.Query.all_query())]
        clauses.append(_audience(self.query.viewer))
        if self.query.kinds and dimension != "soort":
            clauses.append((Occur.Must, _unscored(_set("kind", self.query.kinds))))
        for name, values in self.query.chosen.items():
            if values and name != dimension:
                clauses.append((Occur.Must, _unscored(_set(f"facets.{name}", values))))
        return tantivy.Query.boolean_query(clauses)

    def _said(self, required: int | None) -> tantivy.Query | None:
        """The words: phrases must stand so; of the others at least ``required`` (one when None)."""
        if not self.asked:
            return None
        clauses = [(Occur.Must, _phrase(phrase)) for phrase in self.asked.phrases]
        words = [(Occur.Should, self._weighed(term)) for term in self.asked.terms]
        if words:
            clauses.append((Occur.Must, tantivy.Query.boolean_query(words, required or 1)))
        return tantivy.Query.boolean_query(clauses)

    @cached_property
    def _is_sentence(self) -> bool:
        """Typed where one searches; a story is read by who asks (``answers.py``)."""
        return not self.query.story and len(self.asked.terms) >= _SENTENCE

    def _weighed(self, term: Term) -> tantivy.Query:
        """A word by what it says: "kan" and "jaar" are in many texts."""
        found = self._word(term)
        return _boost(found, _WEAK) if self._is_sentence and term.read in weak_words() else found

    def _word(self, term: Term) -> tantivy.Query:
        """All ways in which one word may be found."""
        found = [
            _boost(is_word("title_words", term.read), _TITLE_WORD),
            _boost(is_word("title_roots", term.root), _TITLE_ROOT),
            _boost(is_word("words", term.read), _WORD),
            _boost(is_word("roots", term.root), _ROOT),
            _boost(is_word("parts", term.root), _PART),
        ]
        if term.may_name:
            found.append(_boost(is_word("title_roots", as_name(term.read)), _TITLE_ROOT))
            found.append(_boost(is_word("roots", as_name(term.read)), _ROOT))
        if term.parts:
            found.append(_boost(_every(term.parts), _PARTS))
            if self.query.story or self.loosened:
                found += [_boost(is_word("roots", part), _SOME) for part in term.parts]
        if term.is_beginning:
            beginning = tantivy.Query.fuzzy_term_query(schema(), "words", term.typed, 0, prefix=True)
            found.append(_boost(beginning, _BEGINNING))
        found += [_boost(_every(other.roots), _OTHER) for other in term.others]
        found += [_boost(is_word("roots", as_name(other.text)), _OTHER) for other in term.others if other.joined]
        for dimension, values in term.meanings().items():
            rarity = max(self._rarity(f"facets.{dimension}", value) for value in values)
            found.append(_boost(_unscored(_set(f"facets.{dimension}", values)), _MEANT * rarity))
        return tantivy.Query.boolean_query([(Occur.Should, one) for one in found])

    def _rarity(self, field: str, value: str) -> float:
        return rarity(self.searcher, field, value)


def rarity(searcher: tantivy.Searcher, field: str, value: str) -> float:
    """Inverse document frequency as BM25 has it (Robertson and Sparck Jones): ln(1 + (N - n + 0.5) / (n + 0.5))."""
    number = searcher.doc_freq(field, value)
    return math.log1p((max(searcher.num_docs - number, 0) + 0.5) / (number + 0.5)) if number else 0.0


def filed_under(searcher: tantivy.Searcher, dimension: str, value: str, worth: float) -> tantivy.Query:
    """Entries with this value of a facet, rarer values for more."""
    field = f"facets.{dimension}"
    return tantivy.Query.const_score_query(is_word(field, value), worth * rarity(searcher, field, value))


def is_word(field: str, word: str) -> tantivy.Query:
    """Entries with this word, rarer words for more."""
    return tantivy.Query.term_query(schema(), field, word)


def seen_by(viewer: Viewer, query: tantivy.Query) -> tantivy.Query:
    """What of it this viewer may see."""
    return tantivy.Query.boolean_query([(Occur.Must, query), _audience(viewer)])


def _audience(viewer: Viewer) -> Clause:
    if not viewer.network and not viewer.werkplaatsen:
        return (Occur.MustNot, is_word("audience", CLOSED))
    seen = [str(Visibility.PUBLIC), *([str(Visibility.NETWORK)] if viewer.network else [])]
    own = [f"{Visibility.WERKPLAATS}:{uid}" for uid in viewer.werkplaatsen]
    return (Occur.Must, _unscored(_set("audience", [*seen, *own])))


def _most_telling(asked: Asked, searcher: tantivy.Searcher) -> Asked:
    """Of a whole story the words that say most: the rarest that occur at all."""
    if len(asked.terms) <= MOST_WORDS:
        return asked
    worth = {term: rarity(searcher, "roots", term.root) for term in asked.terms}
    best = sorted(asked.terms, key=lambda term: -worth[term])[:MOST_WORDS]
    return Asked(tuple(term for term in asked.terms if term in best), asked.phrases, asked.trouble)


def _required(number: int) -> int:
    return number if number <= _ALL_OF else math.ceil(number * _SHARE)


def _set(field: str, values: Iterable[str]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema(), field, sorted(values))


def _phrase(words: Sequence[str]) -> tantivy.Query:
    return is_word("words", words[0]) if len(words) == 1 else tantivy.Query.phrase_query(schema(), "words", list(words))


def _every(roots: Iterable[str]) -> tantivy.Query:
    """Each of these roots, as a word of its own or in a compound."""
    return tantivy.Query.boolean_query(
        [
            (
                Occur.Must,
                tantivy.Query.boolean_query([(Occur.Should, is_word(name, one)) for name in ("roots", "parts")]),
            )
            for one in roots
        ]
    )


def _boost(query: tantivy.Query, worth: float) -> tantivy.Query:
    return tantivy.Query.boost_query(query, worth)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 1.0)
