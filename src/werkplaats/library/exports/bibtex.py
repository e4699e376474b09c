"""BibTeX, for who writes in LaTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from werkplaats.library.exports.lines import address_of, one_line, pages_of
from werkplaats.library.rules.cited import Cited, Maker

_TYPES = {
    "boek": "book", "hoofdstuk": "incollection", "rapport": "techreport", "artikel": "article",
    "methodiek": "techreport", "werkboek": "book", "folder": "booklet",
}  # fmt: skip
# Signs that mean something to LaTeX, written so that each brace has its other half.
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_PLAIN = re.compile(r"[^a-z0-9]+")
# As it is, without LaTeX.
_VERBATIM = frozenset({"doi", "url", "isbn", "issn", "year"})


def as_bibtex(cited: Cited) -> str:
    """One record, in UTF-8."""
    kind = _TYPES.get(cited.kind, "misc")
    if kind == "article" and not cited.container:
        kind = "misc"
    lines = []
    for name, text in _fields(cited, kind):
        if line := one_line(text):
            value = line if name in _VERBATIM or name in {"author", "editor"} else _escaped(line)
            # A second pair of braces: capitals stay as they are.
            value = f"{{{value}}}" if name in {"title", "booktitle"} else value
            lines.append(f"  {name} = {{{value}}},")
    if cited.month and not cited.about:
        lines.append(f"  month = {_MONTHS[cited.month - 1]},")
    return "\n".join([f"@{kind}{{{_key(cited)},", *lines, "}", ""])


def _fields(cited: Cited, kind: str) -> Iterator[tuple[str, str]]:
    yield "author", _names(cited.by("auteur", "regisseur", "interviewer"))
    yield "editor", _names(cited.by("redacteur"))
    yield "title", cited.whole_title
    yield {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished"), cited.container
    yield "year", f"{cited.year:04}" if cited.year else ""
    yield "edition", cited.edition
    yield "institution" if kind == "techreport" else "publisher", cited.publisher
    yield "address", cited.place
    yield "volume", cited.volume
    yield "number", cited.issue
    first, last = pages_of(cited)
    yield "pages", f"{first}--{last}" if last else first
    for scheme in ("isbn", "issn", "doi"):
        yield scheme, cited.number(scheme)
    yield "language", cited.lang
    yield "note", f"omstreeks {cited.year}" if cited.about else ""
    yield "abstract", cited.summary
    yield "url", address_of(cited)


def _escaped(text: str) -> str:
    return "".join(_SIGNS.get(one, one) for one in text)


def _names(makers: list[Maker]) -> str:
    return " and ".join(_name(one) for one in makers)


def _name(maker: Maker) -> str:
    """ "van der Plas, Mirjam"; in braces what is to stay together."""
    if maker.is_group:
        return f"{{{_escaped(one_line(maker.name))}}}"
    name = maker.parts
    family = _together(name.family)
    whole = f"{name.particle} {family}" if name.particle else family
    return f"{whole}, {_together(name.given, parts=True)}" if name.given else whole


def _together(text: str, parts: bool = False) -> str:
    """A part of a name; in braces when it has words that BibTeX would read otherwise."""
    line = _escaped(one_line(text))
    words = line.split()
    odd = any(word.lower() == "and" for word in words) or "," in line
    small = any(word[:1].islower() for word in words)
    return f"{{{line}}}" if odd or (not parts and (len(words) > 1 or small)) else line


def _key(cited: Cited) -> str:
    """ "plas2012samen": something that people recognise, and can type."""
    first = next(iter(cited.makers), None)
    parts = (first.parts.family if first else "", str(cited.year or "zd"), *cited.title.split()[:1])
    bare = [unicodedata.normalize("NFKD", part).lower() for part in parts]
    return "".join(_PLAIN.sub("", part) for part in bare) or "publicatie"
