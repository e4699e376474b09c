"""What counts as a group of words that mean the same to those who search, and where a word is looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

FEWEST, MOST = 2, 12
SHORTEST, LONGEST = 2, 60
# A longer phrase is never typed so; see ``Read`` for which of its words tell.
MOST_TELLING = 4

# What search makes of a word or phrase: one root for each word that tells; function words it skips.
Read = Callable[[str], Sequence[str]]

_NOT_ALLOWED = re.compile(r"[^\w '-]|_")
# Someone who types one of these puts more words on a line.
_BETWEEN_WORDS = frozenset(",;/=|")
_AS_TYPED_ON_A_KEYBOARD = str.maketrans("‘’ʼ`´‐‑–—", "'''''----")


class Fault(Enum):
    """What can be wrong with a group, or with one line of it."""

    SHORT = "short"
    LONG = "long"
    SEVERAL = "several words on one line"
    SIGN = "a sign that no word has"
    TWICE = "twice"
    SILENT = "only function words"
    WORDY = "too many words in a phrase"
    FEW = "fewer than two"
    MANY = "too many"
    ALIKE = "search reads them all the same"


@dataclass(frozen=True)
class Wrong:
    """A fault. ``line`` counts from one, as typed; 0: the group as a whole. ``sign``: which, for SIGN."""

    fault: Fault
    line: int = 0
    text: str = ""
    sign: str = ""


def plain(text: str) -> str:
    """Lower case without accents: how words are compared here."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def initial(text: str) -> str:
    """The capital under which a word is looked up, without accents and quotation marks; digits together under 0-9."""
    first = next((sign for sign in plain(text) if sign.isalnum()), "")
    return first.upper() if first.isalpha() else "0-9"


def tidy(line: str) -> str:
    """The word or phrase on a line: single spaces, and the hyphens and apostrophes of a keyboard."""
    return " ".join(unicodedata.normalize("NFC", line).translate(_AS_TYPED_ON_A_KEYBOARD).split())


def clean_words(lines: Iterable[str], *, read: Read) -> tuple[list[str], list[Wrong]]:
    """The words on these lines, empty ones left out, and all that is wrong with them."""
    words: list[str] = []
    wrong: list[Wrong] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        text = tidy(line)
        if not text:
            continue
        fault, sign = _fault(text, read)
        if fault is None and plain(text) in seen:
            fault = Fault.TWICE
        if fault:
            wrong.append(Wrong(fault, number, text, sign))
        seen.add(plain(text))
        words.append(text)
    if len(words) < FEWEST:
        wrong.append(Wrong(Fault.FEW))
    elif len(words) > MOST:
        wrong.append(Wrong(Fault.MANY, text=str(len(words))))
    elif not wrong and len({tuple(read(word)) for word in words}) == 1:
        wrong.append(Wrong(Fault.ALIKE))
    return words, wrong


def _fault(text: str, read: Read) -> tuple[Fault | None, str]:
    if len(text) < SHORTEST:
        return Fault.SHORT, ""
    if found := _NOT_ALLOWED.search(text):
        sign = found.group()
        return (Fault.SEVERAL if sign in _BETWEEN_WORDS else Fault.SIGN), sign
    if len(text) > LONGEST:
        return Fault.LONG, ""
    telling = len(read(text))
    if not telling:
        return Fault.SILENT, ""
    return (Fault.WORDY if telling > MOST_TELLING else None), ""
