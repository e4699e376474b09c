"""What the domain apps tell about themselves, without anyone importing upward.

An app's ``entries.py`` says how its records appear in the catalogue, which
other rows make them change, and how the values of a facet are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_noop

from werkplaats.core.models import Visibility


@dataclass(frozen=True)
class LinkData:
    """A tie of one record to another: its kind (see TIES) and the other's uid."""

    tie: str
    to: str


@dataclass(frozen=True)
class EntryData:
    """How a record appears in the hall. ``facets``: dimension -> uids or plain values.

    ``names``: what it is found by as it is written, beside its text.
    """

    title: str
    url: str
    summary: str = ""
    body: str = ""
    names: tuple[str, ...] = ()
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
class Name:
    """What a value of a facet is called by those who search: "alleen voelen" means the theme Eenzaamheid.

    Someone means the value who types all words of ``text``, in any order; with ``apart`` one of its words will do.
    ``literal``: as it is written, for names of places: who types "hout" does not mean Houten.
    """

    value: str
    text: str
    apart: bool = False
    literal: bool = False


@dataclass(frozen=True)
class Names:
    """The names of all values of a facet, and how to say that an entry has one: a text with ``%(label)s``."""

    lookup: Callable[[], Iterable[Name]]
    said: Any


@dataclass(frozen=True)
class Source:
    """The records of one kind.

    ``records`` gives those that belong in the hall now, with what ``entry`` needs prefetched.
    ``gone`` gives the reason a record that is no longer in ``records`` left, for its tombstone.
    ``answers``: how much such a record is an answer to a question, 1 for those that are made to be one.
    ``kin``: whether it may be named as akin on the pages of others; not what is listed there by its own tie.
    ``of_names``: its texts are names, found as they are written: who tells of "buurvrouw" does not mean Buren.
    """

    kind: str
    model: type[Model]
    label: Any
    records: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], EntryData]
    gone: Callable[[str], str] = lambda uid: ""
    answers: float = 1.0
    of_names: bool = False
    kin: bool = True


# The ties between records, each with its two Dutch labels (from here, from there).
TIES: dict[str, tuple[str, str]] = {
    "stelt": (gettext_noop("stelt"), gettext_noop("is gesteld door")),
    "gaat_over": (gettext_noop("gaat over"), gettext_noop("komt aan bod in")),
    "beantwoordt": (gettext_noop("beantwoordt"), gettext_noop("wordt beantwoord door")),
    "komt_voort_uit": (gettext_noop("komt voort uit"), gettext_noop("leidde tot")),
    "hoort_bij": (gettext_noop("hoort bij"), gettext_noop("omvat")),
    "levert_op": (gettext_noop("levert op"), gettext_noop("is opbrengst van")),
    "beproeft": (gettext_noop("beproeft"), gettext_noop("wordt beproefd in")),
    "steunt_op": (gettext_noop("steunt op"), gettext_noop("ligt ten grondslag aan")),
    "leert": (gettext_noop("leert"), gettext_noop("wordt geleerd in")),
    "opvolger_van": (gettext_noop("is opvolger van"), gettext_noop("is opgevolgd door")),
}

sources: dict[str, Source] = {}
facets: dict[str, list[Callable[[list[str]], dict[str, dict[str, list[str]]]]]] = {}
affects: dict[type[Model], Callable[[Any], Iterable[str]]] = {}
filed: dict[type[Model], str] = {}
labels: dict[str, Callable[[Iterable[str]], dict[str, str]]] = {}
names: dict[str, Names] = {}
links: list[Callable[[list[str]], dict[str, list[LinkData]]]] = []
synonyms: list[Callable[[], Iterable[Sequence[str]]]] = []
mentions: dict[str, list[Callable[[], QuerySet[Any]]]] = {}


def add_source(source: Source) -> None:
    """Register the records of a kind; a saved record of the model touches itself."""
    sources[source.kind] = source
    add_affects(source.model, lambda record: [record.uid])


def add_facets(kind: str, lookup: Callable[[list[str]], dict[str, dict[str, list[str]]]]) -> None:
    """More facets of records that another app keeps: uids -> uid -> dimension -> values, asked for many at once."""
    facets.setdefault(kind, []).append(lookup)


def add_links(lookup: Callable[[list[str]], dict[str, list[LinkData]]]) -> None:
    """Ties of records of any kind that another app keeps: uids -> uid -> ties, asked for many at once."""
    links.append(lookup)


def add_mentions(kind: str, lookup: Callable[[], QuerySet[Any]]) -> None:
    """Records of a kind that are shown because another app names them to everyone: their keys, as a query."""
    mentions.setdefault(kind, []).append(lookup)


def add_affects(model: type[Model], touches: Callable[[Any], Iterable[str]]) -> None:
    """A saved row of ``model`` changes the entries with these uids, beside those that others named.

    Asked of the row as it was, too, when it came to belong to something else.
    """
    others = affects.get(model)
    affects[model] = (lambda record: [*others(record), *touches(record)]) if others else touches


def add_filed(model: type[Model], dimension: str) -> None:
    """When a record of ``model`` comes to hang under another, the entries that are filed under it change."""
    filed[model] = dimension


def add_labels(dimension: str, lookup: Callable[[Iterable[str]], dict[str, str]]) -> None:
    """How the values of a facet are called: looked up when shown, so that renaming touches no entry."""
    labels[dimension] = lookup


def add_names(dimension: str, lookup: Callable[[], Iterable[Name]], *, said: Any) -> None:
    """By which words people mean the values of a facet: asked now and then, and kept for some seconds."""
    names[dimension] = Names(lookup, said)


def add_synonyms(lookup: Callable[[], Iterable[Sequence[str]]]) -> None:
    """Groups of words and phrases that mean the same to those who search."""
    synonyms.append(lookup)
