"""What someone typed, as search understands it: words, exact phrases, other words for them, what they point at."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from werkplaats.catalogue import words
from werkplaats.catalogue.language import families, is_whole, parts, plain_words, root, weak_words
from werkplaats.core import registry

# How long names and synonyms are kept: an editor who adds a word sees it work soon enough.
_KEPT_SECONDS = 5.0
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
# A word of a name that points by itself must say something.
_SHORTEST_APART = 4
_MOST_PHRASES = 4
# So short a word is not taken for the beginning of another; in a story only the last word may be one.
SHORTEST_BEGINNING = 3
_SHORTEST_UNFINISHED = 5
# A capital within a sentence: "in Buren", not "Buren helpen elkaar".
_CAPITAL = re.compile(r"(?<=[^\W_][ ,])\s*([A-Z\u00c0-\u00dd][\w'’-]+)")


class Known(Protocol):
    """What is known of words from all texts together."""

    def meant(self, word: str, *, story: bool, unfinished: bool) -> str:
        """The word that an unknown one was probably meant to be, or the word itself."""

    def parts(self, word: str) -> tuple[str, ...]:
        """The roots of two words of the texts that an unknown compound is made of; nothing when it is not."""

    def has(self, word: str) -> bool:
        """Whether some text has this word."""

    def has_root(self, one: str) -> bool:
        """Whether some text has a word with this root."""


class Trouble(Enum):
    """Why a query was not searched as it was typed."""

    TOO_LONG = "too long"
    ONLY_STOPWORDS = "only stopwords"
    NO_WORDS = "no words"


@dataclass(frozen=True)
class Meaning:
    """A value of a facet that a word points at, and the name by which it does; ``literal``: a name as it is written."""

    dimension: str
    value: str
    name: str
    literal: bool = False


@dataclass(frozen=True)
class Other:
    """Other words for the same thing, and for which of the words that were typed: "lege plek" for "witte vlek".

    ``joined``: the same words written as one.
    """

    text: str
    roots: tuple[str, ...]
    instead_of: str = ""
    joined: bool = False


@dataclass(frozen=True)
class Term:
    """One word that says something. ``read`` differs from ``typed`` where it was taken for a slip of the keys.

    ``unknown``: neither the texts nor we know the word itself, so it may be the beginning of one; not in a story.
    ``may_name``: it may be a word of a name as it is written.
    """

    typed: str
    read: str
    root: str
    unknown: bool = True
    may_name: bool = True
    parts: tuple[str, ...] = ()
    meant: tuple[Meaning, ...] = ()
    others: tuple[Other, ...] = ()

    def begins(self, word: str) -> bool:
        """Whether this is the beginning of that word; a word that some text has, or that was read so, is not."""
        return self.is_beginning and word.startswith(self.typed)

    @property
    def is_beginning(self) -> bool:
        """Whether it may be the beginning of other words."""
        return self.unknown and self.read == self.typed and len(self.typed) >= SHORTEST_BEGINNING

    def meanings(self) -> dict[str, list[str]]:
        """Dimension -> values this word points at."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.meant:
            found[one.dimension].append(one.value)
        return dict(found)


@dataclass(frozen=True)
class Asked:
    """``phrases``: words that must stand so, next to each other; ``terms``: the other words."""

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    trouble: Trouble | None = None

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases)


@dataclass(frozen=True)
class _Named:
    """A name or a group of synonyms, under the words that must all be typed for it."""

    needed: frozenset[str]
    literal: bool
    meaning: Meaning | None = None
    others: tuple[Other, ...] = ()


@dataclass
class _Lexicon:
    """All names and synonyms, by each of their words; and the words that people say, apart from names of places."""

    read_at: float = 0.0
    by_word: Mapping[str, list[_Named]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


_lexicon = _Lexicon()


def understand(text: str, *, story: bool = False, known: Known | None = None) -> Asked:
    """Read a query, with what is known of words from the texts.

    A ``story`` is told in whole sentences: its words mean themselves, not others that begin so or that look like them.
    """
    if len(text) > (words.LONGEST_STORY if story else words.LONGEST):
        return Asked(trouble=Trouble.TOO_LONG)
    quoted = [tuple(plain_words(found)) for found in _QUOTED.findall(text)]
    phrases = tuple(phrase for phrase in quoted if phrase)[:_MOST_PHRASES]
    typed = words.telling(plain_words(_QUOTED.sub(" ", text)))
    if not typed and not phrases:
        return Asked(trouble=_trouble(text))
    if not story:
        typed = typed[: words.MOST_WORDS]
    begun = _begun(text, typed) if story else set(typed)
    read = {word: known.meant(word, story=story, unfinished=word in begun) if known else word for word in typed}
    roots, literal = {root(word) for word in read.values()}, set(read.values())
    ordinary = _ordinary(text, literal) if story and len(typed) > 1 else set()
    joined = _joined(typed, known) if known else {}
    terms = (_term(word, read[word], roots, literal - ordinary, known) for word in typed)
    return Asked(
        tuple(
            replace(
                term,
                others=term.others + joined.get(term.typed, ()),
                unknown=term.unknown and term.typed in begun,
                may_name=term.read not in ordinary,
            )
            for term in terms
        ),
        phrases,
    )


def is_name(word: str) -> bool:
    """Whether the word stands in some name or synonym: it is known, though no text may use it."""
    lexicon = _known()
    return root(word) in lexicon or f"={word}" in lexicon


def is_place(word: str) -> bool:
    """Whether it is a name as it is written, and no word besides."""
    return f"={word}" in _known() and root(word) not in _known() and not is_whole(word)


def said() -> frozenset[str]:
    """Words that people use though no text may have them: of themes, synonyms and families."""
    _known()
    return _lexicon.said


def forget() -> None:
    """Ask for names and synonyms anew at the next query."""
    _lexicon.read_at = 0.0


def _trouble(text: str) -> Trouble | None:
    if not text.strip():
        return None
    return Trouble.ONLY_STOPWORDS if any(len(word) > 1 for word in plain_words(text)) else Trouble.NO_WORDS


def _begun(text: str, typed: list[str]) -> set[str]:
    """The word that may still be growing: the last of the text, when nothing comes after it."""
    last = plain_words(text)[-1:] if text[-1:].isalpha() else []
    return {word for word in last if word in typed and len(word) >= _SHORTEST_UNFINISHED}


def _ordinary(text: str, read: set[str]) -> set[str]:
    """Words that are a name only with a capital: "mijn buren" does not mean the municipality of Buren."""
    named = {word for found in _CAPITAL.findall(text) for word in plain_words(found)}
    return {word for word in read - named if is_whole(word) or word in weak_words()}


def _joined(typed: list[str], known: Known) -> dict[str, tuple[Other, ...]]:
    """Words that were typed apart and are written as one: "buurt teams" is also "buurtteams"."""
    found: dict[str, tuple[Other, ...]] = {}
    for length in (2, 3):
        for start in range(len(typed) - length + 1):
            some = typed[start : start + length]
            if known.has("".join(some)):
                other = Other("".join(some), (root("".join(some)),), " ".join(some), joined=True)
                found.update({word: (*found.get(word, ()), other) for word in some})
    return found


def _term(typed: str, read: str, roots: set[str], literal: set[str], known: Known | None) -> Term:
    lexicon = _known()
    fits = [
        name
        for name in [*lexicon.get(root(read), ()), *lexicon.get(f"={read}", ())]
        if name.needed <= (literal if name.literal else roots)
    ]
    # Of "witte vlek" no word is the beginning of another.
    in_phrase = any(len(name.needed) > 1 and not name.literal for name in fits)
    return Term(
        typed=typed,
        read=read,
        root=root(read),
        unknown=not in_phrase and (not known or not (is_whole(read) or known.has(read) or known.has_root(root(read)))),
        parts=parts(read) or (known.parts(read) if known else ()),
        meant=tuple(dict.fromkeys(name.meaning for name in fits if name.meaning)),
        others=tuple(dict.fromkeys(other for name in fits for other in name.others)),
    )


def _known() -> Mapping[str, list[_Named]]:
    now = time.monotonic()
    if not _lexicon.read_at or now - _lexicon.read_at > _KEPT_SECONDS:
        _lexicon.by_word, spoken = _read()
        _lexicon.said = frozenset(spoken.union(families()))
        _lexicon.read_at = now
    return _lexicon.by_word


def _read() -> tuple[dict[str, list[_Named]], set[str]]:
    found: dict[str, list[_Named]] = defaultdict(list)
    said: set[str] = set()

    def add(named: _Named) -> None:
        for word in named.needed:
            found[f"={word}" if named.literal else word].append(named)

    for dimension, names in registry.names.items():
        for name in names.lookup():
            meaning = Meaning(dimension, name.value, name.text, name.literal)
            said.update(() if name.literal else words.telling(plain_words(name.text)))
            for needed in _needed(name):
                add(_Named(needed, name.literal, meaning))
    for groups in registry.synonyms:
        for group in groups():
            members = [Other(text, tuple(_roots(text))) for text in group]
            said.update(word for text in group for word in words.telling(plain_words(text)))
            for one in members:
                others = (other for other in members if other.roots != one.roots and other.roots)
                rest = tuple(replace(other, instead_of=one.text) for other in others)
                if one.roots:
                    add(_Named(frozenset(one.roots), False, None, rest))
    return dict(found), said


def _needed(name: registry.Name) -> Iterable[frozenset[str]]:
    """The sets of words of which one must be typed as a whole."""
    said = words.telling(plain_words(name.text)) if name.literal else _roots(name.text)
    if name.apart:
        return [frozenset({one}) for one in said if len(one) >= _SHORTEST_APART]
    return [frozenset(said)] if said else []


def _roots(text: str) -> list[str]:
    return [root(word) for word in words.telling(plain_words(text))]
