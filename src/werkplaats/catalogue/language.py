"""Dutch words as search compares them: their bare spelling, the root they share, the parts of a compound.

The stemmer is Snowball's (Kraaij and Pohlmann, 1994, "Porter's stemming algorithm for Dutch"). Where it parts what
belongs together, or joins what does not, ``data/families.txt`` goes before it; compounds come apart only into parts
that stand in ``data/parts.txt``. Index, table and reasons all ask here, so they cannot disagree.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import Stemmer

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W_]+")
_BARE = re.compile(r"[a-z0-9]+")
# Shorter words are no compounds; shorter parts fit in anything.
_SHORTEST_COMPOUND = 6
_SHORTEST_PART = 3
_LINKS = ("", "s", "e", "n", "en")
_local = threading.local()
# Words as they are written, with what an index keeps of them: a plain dict, for it is asked a million times a second.
_MOST_WORDS = 200_000
_analysed: dict[str, tuple[str, str, str]] = {}


@lru_cache(maxsize=100_000)
def bare(word: str) -> tuple[str, ...]:
    """Lower case without accents; more than one when a sign parts it."""
    letters = unicodedata.normalize("NFKD", word.lower())
    return tuple(_BARE.findall("".join(letter for letter in letters if not unicodedata.combining(letter))))


def pieces(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they are written there, with their places; hyphens and apostrophes part words."""
    return _WORD.finditer(text)


def plain_words(text: str) -> list[str]:
    """The words of a text, bare."""
    return [word for found in _WORD.findall(text) for word in bare(found)]


@dataclass(frozen=True)
class Fields:
    """A text as an index keeps it: all its words, and of those that say something the roots and the parts."""

    words: str
    roots: str
    parts: str


def fields(text: str) -> Fields:
    """Take a text apart for an index: some tenths of a millisecond for a page."""
    known = _analysed.get
    found = [known(word) or _analyse(word) for word in _WORD.findall(text)]
    words, roots, parted = zip(*found, strict=True) if found else ((), (), ())
    return Fields(" ".join(words), " ".join(filter(None, roots)), " ".join(filter(None, parted)))


def fields_of_names(text: str) -> Fields:
    """The same of names: a word of a name has no root but itself, so that "buurvrouw" does not mean Buren."""
    plain = plain_words(text)
    return Fields(" ".join(plain), " ".join(map(as_name, plain)), "")


def as_name(word: str) -> str:
    """How a word of a name stands among roots."""
    return f"={word}"


def analysed(word: str) -> tuple[str, str, str]:
    """A word as it is written: bare, its root, its parts; roots and parts of function words are left out."""
    return _analysed.get(word) or _analyse(word)


def _analyse(word: str) -> tuple[str, str, str]:
    if len(_analysed) >= _MOST_WORDS:
        _analysed.clear()
    several = bare(word)
    # Function words keep their place in phrases only: "eentje" has the root of "een" and means something.
    telling = [one for one in several if one not in stopwords()]
    pieces = (part for one in telling for part in parts(one))
    _analysed[word] = found = (" ".join(several), " ".join(map(root, telling)), " ".join(pieces))
    return found


@lru_cache(maxsize=_MOST_WORDS)
def root(word: str) -> str:
    """What the forms of a (bare) word share: "schulden" and "schuld" have one root."""
    known = families().get(word)
    return known if known is not None else str(_stemmer().stemWord(word))


@lru_cache(maxsize=_MOST_WORDS)
def parts(word: str) -> tuple[str, ...]:
    """The roots of the parts of a compound, in order; nothing when it is none, or not wholly understood."""
    known, whole = _compounds()
    if len(word) < _SHORTEST_COMPOUND or word in known or word in whole:
        return ()
    return tuple(root(known[form]) for _piece, form in _split(word))


def seams(word: str) -> tuple[str, ...]:
    """A compound in its parts as it is written, a link with the part before it; any other word whole.

    Where a long word may go on on the next line: eenzaamheids-bestrijding.
    """
    found, (_known, apart) = _WORD.search(word), _compounds()
    inside = bare(found.group()) if found else ()
    # What gets or loses letters when it is bare has no places to count by.
    if not found or len(inside) != 1 or len(inside[0]) != len(found.group()) or inside[0] in apart:
        return (word,)
    ends = [found.start()]
    for piece, _form in _split(inside[0]):
        ends.append(ends[-1] + len(piece))
    inner = ends[1:-1]
    return tuple(word[start:end] for start, end in zip([0, *inner], [*inner, len(word)], strict=True))


@cache
def stopwords() -> frozenset[str]:
    """Dutch function words that say nothing in a search."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line)


@cache
def weak_words() -> frozenset[str]:
    """Words in which people tell something, that say little of what it is about."""
    return frozenset(word for line in _lines("weak_words.txt") for word in line)


@cache
def families() -> dict[str, str]:
    """Word -> root, for the words that the stemmer gets wrong."""
    return {word: line[0] for line in _lines("families.txt") for word in line}


def is_whole(word: str) -> bool:
    """Whether this is a word that we know, so that nobody who types it means the beginning of another."""
    known, whole = _compounds()
    return word in families() or word in known or word in whole


@cache
def fingerprint() -> str:
    """Changes with the words above: an index made with others is outdated."""
    made = sha256(Stemmer.version().encode())
    for name in ("families.txt", "parts.txt", "stopwords.txt"):
        made.update((_DATA / name).read_bytes())
    made.update(Path(__file__).read_bytes())
    return made.hexdigest()[:16]


@cache
def _compounds() -> tuple[dict[str, str], frozenset[str]]:
    """The parts, each form with its base; and the words that look like compounds but are whole."""
    lines = _lines("parts.txt")
    known = {form: line[0] for line in lines if not line[0].startswith("!") for form in line}
    whole = frozenset(word.lstrip("!") for line in lines if line[0].startswith("!") for word in line)
    return known, whole


def _split(word: str) -> tuple[tuple[str, str], ...]:
    """The fewest parts that make up the whole word, the longest first; nothing when it cannot be.

    Each as it stands in the word, and as the known form that it is.
    """
    last, linked, longest = _pieces()
    best: list[tuple[tuple[str, str], ...] | None] = [()] + [None] * len(word)
    for end in range(_SHORTEST_PART, len(word) + 1):
        known = last if end == len(word) else linked
        for start in range(max(0, end - longest), end - _SHORTEST_PART + 1):
            before = best[start]
            if before is None:
                continue
            found = known.get(word[start:end])
            if found and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, (word[start:end], found))
    whole = best[-1]
    return whole if whole is not None and len(whole) > 1 else ()


@cache
def _pieces() -> tuple[dict[str, str], dict[str, str], int]:
    """Which part a piece of a word is: of the last piece, of those before it (a link may follow), and the longest."""
    known, _whole = _compounds()
    last = {form: form for form in known if len(form) >= _SHORTEST_PART}
    linked: dict[str, str] = {}
    for link in _LINKS:
        for form in last:
            # What is a part as it stands is not one with a link.
            linked.setdefault(f"{form}{link}", form)
    return last, linked, max(map(len, linked), default=0)


def _lines(name: str) -> list[list[str]]:
    lines = (line.split("#")[0].split() for line in (_DATA / name).read_text().splitlines())
    return [line for line in lines if line]


def _stemmer() -> Any:
    # It keeps the word it works on, so each thread has its own.
    if not hasattr(_local, "stemmer"):
        # Roots are remembered here; it need not do that once more.
        _local.stemmer = Stemmer.Stemmer("dutch", 0)
    return _local.stemmer
