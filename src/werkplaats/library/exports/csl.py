"""CSL-JSON, what Zotero, citeproc and the like speak among themselves."""

from __future__ import annotations

import json
from typing import Any

from werkplaats.library.exports.lines import address_of, one_line
from werkplaats.library.rules.cited import Cited, Maker

_TYPES = {
    "boek": "book", "hoofdstuk": "chapter", "rapport": "report", "artikel": "article-journal", "methodiek": "report",
    "werkboek": "book", "film": "motion_picture", "podcast": "broadcast", "folder": "pamphlet", "poster": "graphic",
    "scriptie": "thesis", "presentatie": "speech", "website": "webpage", "nieuwsbrief": "article-newspaper",
}  # fmt: skip
_ROLES = {
    "auteur": "author", "redacteur": "editor", "illustrator": "illustrator", "vertaler": "translator",
    "regisseur": "director", "interviewer": "interviewer",
}  # fmt: skip


def as_csl(cited: Cited) -> str:
    """A list of one record, as JSON."""
    return json.dumps([_record(cited)], ensure_ascii=False, indent=2) + "\n"


def _record(cited: Cited) -> dict[str, Any]:
    texts = {
        "title": cited.whole_title, "container-title": cited.container, "publisher": cited.publisher,
        "publisher-place": cited.place, "volume": cited.volume, "issue": cited.issue, "page": cited.pages,
        "edition": cited.edition, "language": cited.lang, "abstract": cited.summary, "DOI": cited.number("doi"),
        "ISBN": cited.number("isbn"), "ISSN": cited.number("issn"), "URL": address_of(cited),
    }  # fmt: skip
    record: dict[str, Any] = {"id": cited.uid, "type": _TYPES.get(cited.kind, "document")}
    for maker in cited.makers:
        record.setdefault(_ROLES.get(maker.role, "contributor"), []).append(_name(maker))
    if cited.year:
        parts = [part for part in (cited.year, cited.month, cited.month and cited.day) if part]
        record["issued"] = {"date-parts": [parts], **({"circa": True} if cited.about else {})}
    return record | {name: line for name, text in texts.items() if (line := one_line(text))}


def _name(maker: Maker) -> dict[str, str]:
    if maker.is_group:
        return {"literal": one_line(maker.name)}
    name = maker.parts
    found = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
    return {part: one_line(text) for part, text in found.items() if text}
