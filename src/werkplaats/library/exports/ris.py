"""RIS, the lines that EndNote, Zotero, Mendeley and catalogues of libraries read."""

from __future__ import annotations

from collections.abc import Iterator

from werkplaats.library.exports.lines import address_of, one_line, pages_of
from werkplaats.library.rules.cited import Cited, Maker

_TYPES = {
    "boek": "BOOK", "hoofdstuk": "CHAP", "rapport": "RPRT", "artikel": "JOUR", "methodiek": "RPRT", "werkboek": "BOOK",
    "film": "VIDEO", "podcast": "SOUND", "folder": "PAMP", "poster": "ART", "scriptie": "THES", "presentatie": "SLIDE",
    "website": "ELEC", "nieuwsbrief": "NEWS",
}  # fmt: skip
_ROLES = {"auteur": "AU", "regisseur": "AU", "interviewer": "AU", "redacteur": "A2", "vertaler": "A4"}


def as_ris(cited: Cited) -> str:
    """One record, its lines ended as RIS wants them."""
    kind = _TYPES.get(cited.kind, "GEN")
    if kind == "JOUR" and not cited.container:
        kind = "GEN"
    lines = [f"{tag}  - {value}" for tag, text in _fields(cited) if (value := one_line(text))]
    return "\r\n".join([f"TY  - {kind}", *lines, "ER  - ", ""])


def _fields(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "ID", cited.uid
    for maker in cited.makers:
        yield _ROLES.get(maker.role, "A3"), _name(maker)
    yield "TI", cited.whole_title
    yield "T2", cited.container
    if cited.year:
        yield "PY", f"{cited.year:04}"
        # Month and day are left open where they are not known.
        month, day = (f"{part:02}" if part else "" for part in (cited.month, cited.day))
        yield "DA", f"{cited.year:04}/{month}/{day}/"
        if cited.about:
            yield "N1", f"omstreeks {cited.year}"
    yield "ET", cited.edition
    yield "PB", cited.publisher
    yield "CY", cited.place
    yield "VL", cited.volume
    yield "IS", cited.issue
    first, last = pages_of(cited)
    yield "SP", first
    yield "EP", last
    yield "SN", cited.number("isbn") or cited.number("issn")
    yield "DO", cited.number("doi")
    yield "LA", cited.lang
    yield "AB", cited.summary
    yield "UR", address_of(cited)


def _name(maker: Maker) -> str:
    """Family name, first names and particle, with a comma between; of a group the name as it is."""
    if maker.is_group:
        return maker.name
    name = maker.parts
    behind = " ".join(part for part in (name.given, name.particle) if part)
    return f"{name.family}, {behind}" if behind else name.family
