"""Finding in the hall: words, facets with counts, one page at a time.

The text index answers (``by_index.py``); while it is away the table does, with exact words only (``by_table.py``).
Both give a ``Found``, and say in ``engine`` who it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Protocol, TypeVar

from werkplaats.catalogue.asked import Asked, Term, Trouble
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.reasons import Reader, Reason
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE, Viewer

__all__ = ["Engine", "Found", "Hit", "Option", "Query", "Sort", "Trouble", "find"]

T = TypeVar("T")


class Sort(Enum):
    """The order of what was found; the values stand in addresses."""

    BEST = "best"
    NEWEST = "nieuwste"
    NAME = "naam"


class Engine(Enum):
    """Who answered."""

    INDEX = "index"
    TABLE = "table"


@dataclass(frozen=True)
class Query:
    """What is looked for. ``chosen``: facet -> values, any of which will do; facets must all hold.

    ``kinds``: any of these. ``story``: the text is told in whole sentences; a part of its words will do.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    viewer: Viewer = ANYONE
    sort: Sort = Sort.BEST
    story: bool = False


@dataclass(frozen=True)
class Option:
    """A value of a facet: how many entries choosing it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Hit:
    """A found entry with the reasons why, the telling ones first.

    ``covered``: the words it has, each with how well: 1 in the title, less in the text, a compound, another word.
    """

    entry: Entry
    reasons: tuple[Reason, ...] = ()
    covered: Mapping[str, float] = field(default_factory=dict)


class Found(Protocol):
    """What was found: counted, in order, by page; and how often each value of a facet occurs."""

    @property
    def asked(self) -> Asked:
        """What was asked, as it was understood."""

    @property
    def reader(self) -> Reader:
        """Reads the texts of what was found for the words that were asked."""

    @property
    def labels(self) -> Labels:
        """The names of facets' values, each asked for once."""

    @property
    def engine(self) -> Engine:
        """Who answered."""

    @property
    def loosened(self) -> bool:
        """Not all words together were found anywhere: these entries have some of them."""

    def count(self) -> int:
        """How many in all."""

    def __len__(self) -> int:
        """The same, for a paginator."""

    def __getitem__(self, part: slice) -> list[Hit]:
        """A part of them in order, each with its reasons."""

    def worth(self, term: Term) -> float:
        """How much it says that an entry has this word."""

    def entries(self, batch: int = 500) -> Iterator[Entry]:
        """All of them in order, without reasons, read in batches."""

    def counts(self, dimension: str) -> dict[str, int]:
        """Values of a facet with their counts, whatever is chosen in that facet; of kinds for "soort"."""


def find(query: Query, *, counted: Sequence[str] = ()) -> Found:
    """Search. ``counted``: the facets that will be asked for, counted in one go.

    A query of only function words, or one that is too long, finds nothing and says why in ``asked.trouble``.
    """
    return _Lasting(query, counted)


class _Lasting:
    """What the index finds; what the table finds from the moment that the index cannot be read."""

    def __init__(self, query: Query, counted: Sequence[str]) -> None:
        from werkplaats.catalogue import by_index, by_table, reading

        self._away = reading.Away
        self._from_table = partial(by_table.find, query, counted)
        try:
            self._now: Found = by_index.find(query, counted)
        except reading.Away:
            self._now = self._from_table()

    def _ask(self, what: Callable[[Found], T]) -> T:
        try:
            return what(self._now)
        except self._away:
            self._now = self._from_table()
            return what(self._now)

    @property
    def asked(self) -> Asked:
        return self._now.asked

    @property
    def reader(self) -> Reader:
        return self._now.reader

    @property
    def labels(self) -> Labels:
        return self._now.labels

    @property
    def engine(self) -> Engine:
        return self._now.engine

    @property
    def loosened(self) -> bool:
        return self._now.loosened

    def count(self) -> int:
        """How many in all."""
        return self._ask(len)

    def __len__(self) -> int:
        return self._ask(len)

    def __getitem__(self, part: slice) -> list[Hit]:
        return self._ask(lambda found: found[part])

    def worth(self, term: Term) -> float:
        """How much it says that an entry has this word."""
        return self._ask(lambda found: found.worth(term))

    def entries(self, batch: int = 500) -> Iterator[Entry]:
        """All of them in order, read in batches."""
        return self._ask(lambda found: found.entries(batch))

    def counts(self, dimension: str) -> dict[str, int]:
        """Values of a facet with their counts."""
        return self._ask(lambda found: found.counts(dimension))


def options(found: Found, query: Query, dimension: str) -> list[Option]:
    """The values of one facet with their counts, most first, and those that were chosen; "soort" for the kinds."""
    chosen = query.kinds if dimension == "soort" else query.chosen.get(dimension, frozenset())
    counts = {**dict.fromkeys(chosen, 0), **found.counts(dimension)} if not found.asked.trouble else {}
    names = found.labels.of(dimension, counts)
    values = [Option(value, names[value], count, value in chosen) for value, count in counts.items()]
    if dimension == "soort":
        order = list(registry.sources)
        return sorted(values, key=lambda option: order.index(option.value))
    return sorted(values, key=lambda option: (-option.count, option.label.lower()))
