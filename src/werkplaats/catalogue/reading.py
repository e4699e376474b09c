"""The index as a web process reads it: opened once, looked at anew when the follower committed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import tantivy
from django.conf import settings
from django.db import Error
from rapidfuzz import process
from rapidfuzz.distance import OSA

from werkplaats.catalogue import asked, index
from werkplaats.catalogue.language import is_whole, parts, root, weak_words

T = TypeVar("T")
_logger = logging.getLogger(__name__)
_lock = threading.Lock()
# A word shorter than this has too many neighbours to guess at; a longer one may have two slips.
_SHORTEST_SLIP = 5
_TWO_SLIPS = 9
# In a story a word is read as the name of a place only when it is long and nearly right.
_SHORTEST_PLACE = 8
# Letters that sound alike to who writes by ear.
_ALIKE = frozenset({frozenset(pair) for pair in ("sz", "fv", "dt", "gh", "ck", "cs", "iy", "ij", "jy", "vw", "kq")})
# So many words may begin alike and still have one root.
_MOST_BEGUN = 60
# A compound is taken apart by the words of the index only into halves that can be no endings.
_SHORTEST_HALF = 4
# Words of the index that are known by heart for finding neighbours, the most used first.
_MOST_KNOWN = 50_000


class Away(Exception):
    """There is no index to search in, or it cannot be read."""


@dataclass(frozen=True)
class Opened:
    """One state of the index; searches in it agree with each other."""

    searcher: tantivy.Searcher
    mark: tuple[int, int, int]
    path: str


@dataclass
class _Words:
    """The words of the index with how many entries have them: for a while, they need not be of this second."""

    path: str
    of: int
    counts: dict[str, int]


_opened: list[Opened] = []
_words: list[_Words] = []


def opened() -> Opened:
    """The index as it is now. Raises Away."""
    folder = index.Folder(settings.SEARCH_FOLDER)
    mark = folder.mark()
    if mark is None:
        raise Away("no follower")
    with _lock:
        if not _opened or _opened[0].mark != mark or _opened[0].path != str(folder.path):
            state = folder.state()
            if state is None or not state.ready:
                raise Away("not ready")
            found = safely(lambda: folder.open().searcher())
            _opened[:] = [Opened(found, mark, str(folder.path))]
        return _opened[0]


def safely(read: Callable[[], T]) -> T:
    """What ``read`` gives. Raises Away when it cannot, and tells the follower to look at the folder."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, Error):
        # Not the index's fault, also when it is the database that is away.
        raise
    except BaseException as error:  # a damaged file makes the library panic, and its panics are no Exceptions
        _logger.warning("De zoekindex is niet te lezen: %s", error)
        index.Folder(settings.SEARCH_FOLDER).suspect()
        raise Away(str(error)) from None


class Words:
    """What this state of the index knows of words: see ``asked.Known``."""

    def __init__(self, found: Opened) -> None:
        self._found = found
        self._searcher = found.searcher

    def meant(self, word: str, *, story: bool = False, unfinished: bool = True) -> str:
        """The word itself when anything knows it, the one root that begins so, else its nearest neighbour."""
        if len(word) < _SHORTEST_SLIP or word in weak_words() or asked.is_name(word) or self._is_sayable(word):
            return word
        begun = [str(one) for one, _n in self._searcher.terms_with_prefix("words", word, limit=_MOST_BEGUN)]
        if begun and unfinished:
            return word if is_whole(word) else self._of_one_root(begun) or word
        return self._nearest(word, story=story) or word

    def _of_one_root(self, begun: list[str]) -> str:
        """The shortest of these words when the others are forms or compounds of it, and no name of a place."""
        shortest = min(begun, key=lambda one: (len(one), one))
        stem = root(shortest)
        alike = all(root(one) == stem or stem in parts(one) for one in begun)
        return shortest if alike and len(begun) < _MOST_BEGUN and not asked.is_place(shortest) else ""

    def _nearest(self, word: str, *, story: bool) -> str:
        """The nearest word of the texts, of themes and of synonyms; a name of a place when nothing else is as near.

        The first letter is seldom the wrong one. Of equally near words the most used.
        """
        counts = _counts(self._found)
        most = 2 if len(word) >= _TWO_SLIPS else 1
        best, found = (most + 1, True, 0, ""), ""
        for some in (counts, asked.said()):
            for one, distance, _place in process.extract(
                word, list(some), scorer=OSA.distance, score_cutoff=most, limit=50
            ):
                place = asked.is_place(one)
                near = not place or (len(word) >= _SHORTEST_PLACE and distance == 1)
                allowed = not story or (near and one not in weak_words())
                worth = (distance, place, -counts.get(one, 0), one)
                sure = some is counts or distance == 0 or _is_slip(word, one)
                if one[0] in word[:2] and worth < best and allowed and sure and self._is_of_use(one):
                    best, found = worth, one
        return found

    def _is_of_use(self, word: str) -> bool:
        """Whether reading something as this word finds anything."""
        return self.has(word) or asked.is_name(word) or self.has_root(root(word))

    def has(self, word: str) -> bool:
        """Whether some text has it."""
        return self._searcher.doc_freq("words", word) > 0

    def parts(self, word: str) -> tuple[str, ...]:
        """The roots of two words of the index that make it up; the most even split first."""
        if len(word) < 2 * _SHORTEST_HALF or self.has(word):
            return ()
        middle = len(word) // 2
        places = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        for place in sorted(places, key=lambda place: abs(place - middle)):
            first, last = self._half(word[:place]), root(word[place:])
            if first and self.has_root(last):
                return first, last
        return ()

    def _half(self, half: str) -> str:
        """The root of the first half, without what links it to the second."""
        for link in ("", "s", "en", "e", "n"):
            if half.endswith(link) and len(half) - len(link) >= _SHORTEST_HALF:
                found = root(half.removesuffix(link))
                if self.has_root(found):
                    return found
        return ""

    def _is_sayable(self, word: str) -> bool:
        stem = root(word)
        return bool(
            any(self._searcher.doc_freq(field, stem) for field in ("roots", "parts"))
            or self.has(word)
            or parts(word)
            or self.parts(word)
        )

    def has_root(self, one: str) -> bool:
        """Whether some text has a word with this root."""
        return self._searcher.doc_freq("roots", one) > 0


def _is_slip(typed: str, meant: str) -> bool:
    """One letter too many or too few, two that changed places, or one that sounds like the other.

    Toward words that no text has only these: "verlaten" is a word, not a slip of "vergaten".
    """
    if OSA.distance(typed, meant) != 1:
        return False
    other = [frozenset(pair) for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) != len(meant) or len(other) == 2 or other[0] in _ALIKE


def _counts(found: Opened) -> dict[str, int]:
    size = found.searcher.num_docs
    with _lock:
        # Made anew when the index is another, or grew or shrank by a twentieth.
        if not _words or _words[0].path != found.path or abs(_words[0].of - size) * 20 > size:
            every = found.searcher.terms_with_prefix("words", "")
            every = sorted((one for one in every if len(one[0]) >= _SHORTEST_SLIP), key=lambda one: -one[1])
            _words[:] = [_Words(found.path, size, dict(every[:_MOST_KNOWN]))]
        return _words[0].counts
