"""Why an entry was found, in words; and where in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain

from django.utils.translation import gettext as _t

from werkplaats.catalogue.asked import Asked, Meaning, Term
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.language import analysed, bare, parts, pieces, plain_words, root, stopwords
from werkplaats.catalogue.models import Entry
from werkplaats.core import registry

# A text beyond this is not read for reasons; what stands there is found all the same.
_READ = 20_000
_MOST = 4
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"(\S)\s*\n\s*(?=\S)")

Marked = list[tuple[str, bool]]


@dataclass(frozen=True)
class Reason:
    """One reason in words. ``kind``: titel, tekst, samenstelling, begin, ander woord, schrijfwijze or indeling."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


class _How(Enum):
    """How a word of a text is what was asked; the first are the better."""

    WORD = 1
    PART = 2
    BEGINNING = 3


# How well an entry has a word: in its title fully, elsewhere and otherwise less.
_TEXT, _SEVERAL, _OTHER, _FILED, _SOME = 0.8, 0.9, 0.8, 0.6, 0.4
_BY = {_How.WORD: 1.0, _How.PART: 0.8, _How.BEGINNING: 0.6}


@dataclass(frozen=True)
class _Use:
    """What a word of a text is for what was asked: per term how, and which roots of compounds and synonyms it has."""

    terms: tuple[tuple[int, _How], ...] = ()
    roots: tuple[str, ...] = ()
    quoted: bool = False


_NO_USE = _Use()


class Reader:
    """Reads texts for one query; each text is gone through once, each different word looked at once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._uses: dict[tuple[str, bool], _Use] = {}
        self._texts: dict[tuple[str, bool], list[tuple[int, int, _Use]]] = {}
        self._needed = {one for term in asked.terms for one in _roots_beside(term)}
        self._roots = self._needed.union(term.root for term in asked.terms)
        self._spelled = {term.read for term in asked.terms}.union(*asked.phrases)
        # One word of several that stand for it together says nothing by itself.
        single = (other.roots for term in asked.terms for other in term.others if len(other.roots) == 1)
        self._telling = set(chain(*single, *(term.parts for term in asked.terms)))
        self._beginnings = tuple(term.typed for term in asked.terms if term.is_beginning)
        self._joined = {other.text: other.roots for term in asked.terms for other in term.others if other.joined}

    def found_in(self, text: str, *, literal: bool = False) -> list[tuple[int, int, _Use]]:
        """The words of a text that matter: from where to where they stand, and what they are for the query.

        ``literal``: the text is a name, in which words are only what they are as written.
        """
        known = self._texts.get((text, literal))
        if known is None:
            uses, found = self._uses, []
            for word in pieces(text):
                use = uses.get((word.group(), literal))
                if use is None:
                    use = uses[word.group(), literal] = self._look(word.group(), literal)
                if use is not _NO_USE:
                    found.append((*word.span(), use))
            known = self._texts[text, literal] = found
        return known

    def _shown_in(self, text: str, *, literal: bool = False) -> list[tuple[int, int]]:
        """Where the words stand that are worth pointing at."""
        return [
            (start, end)
            for start, end, use in self.found_in(text, literal=literal)
            if use.terms or use.quoted or not self._telling.isdisjoint(use.roots)
        ]

    def title(self, entry: Entry) -> Marked:
        """The title in pieces, see ``marked``."""
        return self.marked(entry.title, literal=is_of_names(entry))

    def marked(self, text: str, *, literal: bool = False) -> Marked:
        """The text in pieces, each with whether it is a word that was looked for."""
        made: Marked = []
        done = 0
        for start, end in self._shown_in(text, literal=literal):
            if start > done:
                made.append((text[done:start], False))
            made.append((text[start:end], True))
            done = end
        return [*made, (text[done:], False)] if done < len(text) else made

    def excerpt(self, entry: Entry, most: int = 240) -> Marked:
        """The part of the text with most of the words, marked; the summary when the text has none to add."""
        text = self._best_part(entry, most) if self.asked else entry.summary
        return self.marked(text, literal=is_of_names(entry)) if text else []

    def _look(self, written: str, literal: bool) -> _Use:
        """What a word as it is written is for the query; of a word that a sign parts, the first that is anything."""
        if literal:
            return next((use for use in map(self._look_at_name, bare(written)) if use != _NO_USE), _NO_USE)
        word, stem, parted = analysed(written)
        # Most words are nothing: tell those quickly.
        if (
            stem not in self._roots
            and word not in self._spelled
            and " " not in word
            and (not parted or self._roots.isdisjoint(parted.split()))
            and not (stem and word.startswith(self._beginnings))
        ):
            return _NO_USE
        return next((use for use in map(self._look_at, bare(written)) if use != _NO_USE), _NO_USE)

    def _look_at_name(self, word: str) -> _Use:
        terms = [
            (number, _How.WORD if word == term.read else _How.BEGINNING)
            for number, term in enumerate(self.asked.terms)
            if (word == term.read and term.may_name) or term.begins(word)
        ]
        return _Use(tuple(terms), self._joined.get(word, ()), any(word in phrase for phrase in self.asked.phrases))

    def _look_at(self, word: str) -> _Use:
        quoted = any(word in phrase for phrase in self.asked.phrases)
        if word in stopwords():
            return _Use(quoted=quoted)
        stem, pieces = root(word), parts(word)
        terms = []
        for number, term in enumerate(self.asked.terms):
            if word == term.read or stem == term.root:
                terms.append((number, _How.WORD))
            elif term.root in pieces:
                terms.append((number, _How.PART))
            elif term.begins(word):
                terms.append((number, _How.BEGINNING))
        return _Use(tuple(terms), tuple({stem, *pieces} & self._needed), quoted)

    def _best_part(self, entry: Entry, most: int) -> str:
        body = entry.body[:_READ]
        # A title is often the beginning of the text; what it says need not be said again.
        title = entry.title.rstrip("…").rstrip()
        said = len(title) if " ".join(body[: 2 * len(title)].split()).startswith(title) else 0
        shown = self._shown_in(body, literal=is_of_names(entry))
        places = [(start, body[start:end].lower()) for start, end in shown if start >= said][:200]
        if not places:
            return entry.summary

        def worth(start: int) -> tuple[int, int]:
            """Other words first, then how many."""
            words = [word for place, word in places if start <= place < start + most * 3 // 4]
            return len(set(words)), len(words)

        return _on_one_line(_cut(body, max((start for start, _word in places), key=worth), most))


@dataclass
class Match:
    """How one entry fits: the reasons, and the words (as they were typed) that it has, with how well (0 to 1)."""

    covered: dict[str, float] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    meant: list[Meaning] = field(default_factory=list)

    def reasons(self, labels: dict[tuple[str, str], str]) -> tuple[Reason, ...]:
        """In words, the most telling first."""
        found = []
        if self.said["titel"]:
            found.append(Reason("titel", _t("in de titel: %(words)s") % {"words": _listed(self.said["titel"])}))
        if self.said["tekst"]:
            found.append(Reason("tekst", _t("in de tekst: %(words)s") % {"words": _listed(self.said["tekst"])}))
        for kind in ("samenstelling", "begin", "ander woord"):
            found += [Reason(kind, text) for text in dict.fromkeys(self.said[kind])]
        # A theme once, by the name that was typed.
        for meaning in {one.value: one for one in reversed(self.meant)}.values():
            label = labels.get((meaning.dimension, meaning.value))
            if label and label.lower() not in self.said["titel"]:
                found.append(Reason("indeling", _by_name(meaning, label)))
        found += [Reason("schrijfwijze", text) for text in dict.fromkeys(self.said["schrijfwijze"])]
        return tuple(dict.fromkeys(found))[:_MOST]


def matches(entries: Sequence[Entry], reader: Reader) -> list[Match]:
    """How each of these fits what was asked."""
    return [_match(entry, reader) for entry in entries]


def worded(found: Sequence[Match], labels: Labels) -> list[tuple[Reason, ...]]:
    """The reasons of these matches in words; names of themes and places are asked for all of them together."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for match in found:
        for one in match.meant:
            wanted[one.dimension].add(one.value)
    names = {
        (dimension, value): label
        for dimension, values in wanted.items()
        for value, label in labels.of(dimension, values).items()
    }
    return [match.reasons(names) for match in found]


def _roots_beside(term: Term) -> Iterable[str]:
    """The roots of its parts and of other words for it: together they stand for the word itself."""
    return chain(term.parts, *(other.roots for other in term.others))


@dataclass
class _Found:
    """The words of one entry that matter: per term and how, and per root, as they are written."""

    title: dict[tuple[int, _How], str] = field(default_factory=dict)
    text: dict[tuple[int, _How], str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)

    def all_of(self, roots: Iterable[str]) -> list[str]:
        """The words with these roots; empty when one of them is missing."""
        found = [self.roots.get(one, "") for one in roots]
        return list(dict.fromkeys(found)) if all(found) else []


def _match(entry: Entry, reader: Reader) -> Match:
    here, literal = _Found(), is_of_names(entry)
    texts = [(here.title, entry.title, literal), (here.text, entry.summary, literal)]
    texts += [(here.text, entry.body[:_READ], literal), (here.text, entry.names[:_READ], True)]
    for where, text, as_names in texts:
        for start, end, use in reader.found_in(text, literal=as_names):
            written = text[start:end].lower()
            for key in use.terms:
                where.setdefault(key, written)
            for one in use.roots:
                here.roots.setdefault(one, written)
    found = Match()
    for number, term in enumerate(reader.asked.terms):
        if worth := _note(found, number, term, entry, here):
            found.covered[term.typed] = worth
            if term.read != term.typed:
                said = _t("“%(typed)s” gelezen als “%(read)s”") % {"typed": term.typed, "read": term.read}
                found.said["schrijfwijze"].append(said)
    for phrase in reader.asked.phrases:
        in_title = f" {' '.join(phrase)} " in f" {' '.join(plain_words(entry.title))} "
        found.said["titel" if in_title else "tekst"].append(f"“{' '.join(phrase)}”")
    return found


def is_of_names(entry: Entry) -> bool:
    """Whether its texts are names."""
    return entry.kind in registry.sources and registry.sources[entry.kind].of_names


def _note(found: Match, number: int, term: Term, entry: Entry, here: _Found) -> float:
    """Write down how this word is in the entry; how well, 0 when it is not."""
    direct = _note_word(found, number, term, here)
    several = here.all_of(term.parts) if term.parts and not direct else []
    if several:
        said = _t("“%(typed)s” als “%(found)s”") % {"typed": term.read, "found": " … ".join(several)}
        found.said["samenstelling"].append(said)
    others = [other for other in term.others if here.all_of(other.roots)]
    some = [] if direct or several else [here.roots[part] for part in term.parts if part in here.roots][:1]
    if some and not others:
        said = _t("“%(found)s” uit “%(typed)s”") if some[0] in term.read else _t("“%(found)s” lijkt op “%(typed)s”")
        found.said["samenstelling"].append(said % {"typed": term.read, "found": some[0]})
    if others and not direct:
        words = {"found": others[0].text, "typed": others[0].instead_of}
        said = _t("“%(found)s” is een ander woord voor “%(typed)s”") % words
        found.said["ander woord"].append(said)
    filed = [one for one in term.meant if one.value in entry.facets.get(one.dimension, [])]
    found.meant += [one for one in filed[:1] if one not in found.meant]
    # The very thing that was named, rather than something filed under it.
    itself = any(one.value == entry.uid for one in filed)
    ways = [(_SEVERAL, several), (_SOME, some), (_OTHER, others), (_FILED, filed), (1.0, itself)]
    return max(direct, *(worth if is_so else 0.0 for worth, is_so in ways))


def _note_word(found: Match, number: int, term: Term, here: _Found) -> float:
    """The word itself, in a compound, or as a beginning: the best there is."""
    for how in _How:
        for kind, where, worth in (("titel", here.title, 1.0), ("tekst", here.text, _TEXT)):
            written = where.get((number, how))
            if not written:
                continue
            if how is _How.PART:
                said = _t("“%(typed)s” zit in “%(found)s”") % {"typed": term.read, "found": written}
                found.said["samenstelling"].append(said)
            elif how is _How.BEGINNING:
                said = _t("“%(typed)s” is het begin van “%(found)s”") % {"typed": term.typed, "found": written}
                found.said["begin"].append(said)
            else:
                found.said[kind].append(written)
            return worth * _BY[how]
    return 0.0


def _cut(text: str, place: int, most: int) -> str:
    """About ``most`` letters around a place, whole words, with dots where something is left out."""
    start = max(0, place - most // 4)
    if start:
        space = _SPACE.search(text, start, place)
        start = space.end() if space else place
    part = text[start : start + most]
    if start + most < len(text):
        whole = part.rsplit(None, 1)
        part = f"{(whole[0] if len(whole) > 1 else part).rstrip(' ,;:')} …"
    return f"… {part}" if start else part


def _on_one_line(text: str) -> str:
    """Lines of names and facts apart by dots; sentences end by themselves."""
    return _LINES.sub(lambda line: line[1] + (" " if line[1] in ".?!:;…" else " · "), text.strip())


def _by_name(meaning: Meaning, label: str) -> str:
    said = str(registry.names[meaning.dimension].said) % {"label": label}
    return said if meaning.name.lower() in label.lower() else f"{said} (“{meaning.name}”)"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words))
