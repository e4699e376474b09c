"""Does a question read like a cry for help? Better once too often than once too little.

The phrases stand in data/help_phrases.json. In a phrase ``suicid*`` is a word that begins so, ``...`` at most four
words within the sentence, and a ``.`` at the end any punctuation or the end of the text. Words under ``alike`` are
also heard when they are spelled nearly so, except the ordinary words under ``unlike``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypedDict

from rapidfuzz import fuzz

_LIST = Path(__file__).parents[1] / "data" / "help_phrases.json"

_URGENT = frozenset({"leven", "geweld", "nood"})
_GAP, _END, _LONGEST_GAP = "...", ".", 4
_ALIKE, _LONG_WORD = 85, 7

_part = re.compile(r"([a-z0-9]+)([^a-z0-9]*)")
_sentence_end = re.compile(r"[.!?;:\n]")
_any_end = re.compile(r"[.!?;:\n,()]|\s[-–—]")
# Words as many write them, and what falls apart.
_SPELLINGS = {
    "nie": "niet", "neit": "niet", "niett": "niet", "mn": "mijn", "mijzelf": "mezelf", "doot": "dood",
    "leve": "leven", "dont": "don t", "cant": "can t", "doesnt": "doesn t", "im": "i m",
}  # fmt: skip
_APART = {("me", "zelf"), ("mij", "zelf"), ("zich", "zelf"), ("zelf", "moord"), ("zelf", "moort"), ("zelf", "doding")}


class _Group(TypedDict):
    need: str
    phrases: list[str]
    alike: list[str]
    unlike: list[str]


@dataclass
class _Node:
    """What may come after the words so far, and the needs a phrase that ends here tells of."""

    next: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    first_stems: tuple[str, ...] = ()


@dataclass
class _Words:
    """A text as plain words, with after which of them a sentence ends, and after which anything does."""

    words: list[str] = field(default_factory=list)
    sentence_ends: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def _words(text: str) -> _Words:
    read = _Words()
    for match in _part.finditer(_bare(text)):
        word, behind = match.groups()
        if read.words and (read.words[-1], word) in _APART and len(read.words) - 1 not in read.ends:
            before = read.words.pop()
            word = "me" + word if before == "mij" else before + word
        read.words += _SPELLINGS.get(word, word).split()
        if _any_end.search(behind):
            read.ends.add(len(read.words) - 1)
        if _sentence_end.search(behind):
            read.sentence_ends.add(len(read.words) - 1)
    return read


def _steps(phrase: str) -> list[str]:
    """A phrase as words, words that begin so, gaps and the end."""
    steps: list[str] = []
    for part in phrase.split():
        steps += [part] if part in (_GAP, _END) else _words(part).words
        steps[-1] += "*" if part.endswith("*") else ""
    return steps


@cache
def _groups() -> list[_Group]:
    groups: list[_Group] = json.loads(_LIST.read_text())
    return groups


@cache
def _tree() -> _Node:
    """All phrases, by their words."""
    root = _Node()
    for group in _groups():
        for phrase in group["phrases"]:
            node = root
            for step in _steps(phrase):
                stem = step.endswith("*")
                node = (node.stems if stem else node.next).setdefault(step.rstrip("*"), _Node())
            node.needs.add(group["need"])
    _close(root)
    return root


def _close(node: _Node) -> None:
    node.first_stems = tuple(node.stems)
    for child in (*node.next.values(), *node.stems.values()):
        _close(child)


def _heard(node: _Node, read: _Words, at: int) -> Iterator[str]:
    """The needs of the phrases that go on from this node with the words from here."""
    yield from node.needs
    if (end := node.next.get(_END)) and (at == len(read.words) or at - 1 in read.ends):
        yield from end.needs
    if gap := node.next.get(_GAP):
        for skipped in range(_LONGEST_GAP + 1):
            if at + skipped - 1 in read.sentence_ends:
                break
            yield from _heard(gap, read, at + skipped)
    if at >= len(read.words):
        return
    word = read.words[at]
    if child := node.next.get(word):
        yield from _heard(child, read, at + 1)
    if node.first_stems and word.startswith(node.first_stems):
        for stem, child in node.stems.items():
            if word.startswith(stem):
                yield from _heard(child, read, at + 1)


def _nearly(words: list[str]) -> Iterator[str]:
    """The needs of key words that are spelled nearly so."""
    long = {word for word in words if len(word) >= _LONG_WORD}
    for group in _groups():
        stems = tuple(word[:-1] for word in group["unlike"] if word.endswith("*"))
        near = [word for word in long.difference(group["unlike"]) if not word.startswith(stems)]
        for key in group["alike"]:
            if any(word[0] == key[0] and fuzz.ratio(word, key, score_cutoff=_ALIKE) for word in near):
                yield group["need"]


def is_urgent(needs: Iterable[str]) -> bool:
    """Whether it is about danger: then nothing is read first, only whom to call."""
    return not _URGENT.isdisjoint(needs)


def needs(text: str) -> list[str]:
    """The kinds of help the words ask for: leven, geweld, nood, algemeen; empty for an ordinary question."""
    read = _words(text)
    found = set(_nearly(read.words))
    for at in range(len(read.words)):
        found.update(_heard(_tree(), read, at))
    return [group["need"] for group in _groups() if group["need"] in found]
