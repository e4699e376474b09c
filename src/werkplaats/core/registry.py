"""What the domain apps tell about themselves, without anyone importing upward.

An app's ``entries.py`` says how its records appear in the catalogue, which
other rows make them change, and how the values of a facet are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from werkplaats.core.models import Visibility


@dataclass(frozen=True)
class LinkData:
    """A tie of one record to another: its kind (see TIES) and the other's uid."""

    tie: str
    to: str


@dataclass(frozen=True)
class EntryData:
    """How a record appears in the hall. ``facets``: dimension -> uids or plain values."""

    title: str
    url: str
    summary: str = ""
    body: str = ""
    lang: str = "nl"
    visibility: str = Visibility.PUBLIC
    published_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    licence: str = ""
    level: str = ""
    facets: dict[str, list[str]] = field(default_factory=dict)
    links: tuple[LinkData, ...] = ()


@dataclass(frozen=True)
class Source:
    """The records of one kind.

    ``records`` gives those that belong in the hall now, with what ``entry`` needs prefetched.
    ``gone`` gives the reason a record that is no longer in ``records`` left, for its tombstone.
    """

    kind: str
    model: type[Model]
    label: Any
    records: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], EntryData]
    gone: Callable[[str], str] = lambda uid: ""


# The ties between records, each with its two Dutch labels (from here, from there).
TIES: dict[str, tuple[str, str]] = {
    "stelt": ("stelt", "is gesteld door"),
    "gaat_over": ("gaat over", "komt aan bod in"),
    "beantwoordt": ("beantwoordt", "wordt beantwoord door"),
    "komt_voort_uit": ("komt voort uit", "leidde tot"),
    "hoort_bij": ("hoort bij", "omvat"),
    "levert_op": ("levert op", "is opbrengst van"),
    "beproeft": ("beproeft", "wordt beproefd in"),
    "steunt_op": ("steunt op", "ligt ten grondslag aan"),
    "leert": ("leert", "wordt geleerd in"),
    "opvolger_van": ("is opvolger van", "is opgevolgd door"),
}

sources: dict[str, Source] = {}
affects: dict[type[Model], Callable[[Any], Iterable[str]]] = {}
labels: dict[str, Callable[[Iterable[str]], dict[str, str]]] = {}
finders: dict[str, Callable[[str], Iterable[str]]] = {}


def add_source(source: Source) -> None:
    """Register the records of a kind; a saved record of the model touches itself."""
    sources[source.kind] = source
    add_affects(source.model, lambda record: [record.uid])


def add_affects(model: type[Model], touches: Callable[[Any], Iterable[str]]) -> None:
    """A saved row of ``model`` changes the entries with these uids, beside those that others named."""
    others = affects.get(model)
    affects[model] = (lambda record: [*others(record), *touches(record)]) if others else touches


def add_labels(dimension: str, lookup: Callable[[Iterable[str]], dict[str, str]]) -> None:
    """How the values of a facet are called: looked up when shown, so that renaming touches no entry."""
    labels[dimension] = lookup


def add_finder(dimension: str, find: Callable[[str], Iterable[str]]) -> None:
    """Which values of a facet a search word points at: "schulden" at a theme of that name or synonym."""
    finders[dimension] = find
