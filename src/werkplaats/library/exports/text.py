"""A line for a list of literature, in the manner of the American Psychological Association as Dutch schools use it."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.utils import formats
from django.utils.translation import gettext as _t

from werkplaats.library.exports.lines import address_of, one_line
from werkplaats.library.rules.cited import Cited, Maker

# More names than this are shortened to the first nineteen and the last.
_MOST_NAMES = 20
# Of these the day counts, not only the year.
_BY_DAY = frozenset({"nieuwsbrief", "website", "podcast", "film", "presentatie"})
_MADE_BY = ("auteur", "regisseur", "interviewer")


def as_text(cited: Cited) -> str:
    """The line, as plain text: who (when). Title. Where."""
    who, title = _who(cited), _title(cited)
    # Without makers the title comes first.
    parts = [who, f"({_when(cited)})"] if who else [_closed(title), f"({_when(cited)})"]
    line = " ".join(parts) + ". "
    rest = [title, *_where(cited)] if who else _where(cited)
    return line + " ".join([*(_closed(part) for part in rest if part), _link(cited)])


def _closed(text: str) -> str:
    """With a full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _who(cited: Cited) -> str:
    made = cited.by(*_MADE_BY)
    if made:
        return _names(made)
    editors = cited.by("redacteur")
    return _t("%(names)s (Red.)") % {"names": _names(editors)} if editors else ""


def _names(makers: list[Maker]) -> str:
    names = [_name(one) for one in makers]
    if len(names) > _MOST_NAMES:
        return ", ".join([*names[: _MOST_NAMES - 1], f"… {names[-1]}"])
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + f", & {names[-1]}"


def _name(maker: Maker) -> str:
    return one_line(maker.parts.sorted_name)


def _when(cited: Cited) -> str:
    if not cited.year:
        return _t("z.d.")
    if cited.about:
        return _t("ca. %(year)d") % {"year": cited.year}
    if cited.kind in _BY_DAY and cited.month:
        pattern = "j F" if cited.day else "F"
        said = formats.date_format(date(cited.year, cited.month, cited.day or 1), pattern)
        return f"{cited.year}, {said}"
    return str(cited.year)


def _title(cited: Cited) -> str:
    title = one_line(cited.whole_title)
    edition = one_line(cited.edition)
    said = f"{title} ({edition})" if edition else title
    label = {
        "film": _t("Film"), "podcast": _t("Podcast"), "folder": _t("Folder"), "poster": _t("Poster"),
        "scriptie": _t("Scriptie"), "presentatie": _t("Presentatie"), "lesmateriaal": _t("Lesmateriaal"),
    }.get(cited.kind)  # fmt: skip
    return f"{said} [{label}]" if label else said


def _where(cited: Cited) -> list[str]:
    found = []
    if cited.container:
        inside = one_line(cited.container)
        if cited.kind == "hoofdstuk":
            editors = _t("%(names)s (Red.)") % {"names": _names(cited.by("redacteur"))} if cited.by("redacteur") else ""
            inside = _t("In %(book)s") % {"book": ", ".join(part for part in (editors, inside) if part)}
        volume, issue = one_line(cited.volume), one_line(cited.issue)
        number = f"{volume}({issue})" if volume and issue else volume or (f"({issue})" if issue else "")
        found.append(", ".join(part for part in (inside, number, one_line(cited.pages)) if part))
    publisher = one_line(cited.publisher)
    # An organisation that made it and published it is named once.
    if publisher and publisher not in {one.name for one in cited.makers}:
        found.append(publisher)
    return found


def _link(cited: Cited) -> str:
    doi = cited.number("doi")
    return f"https://doi.org/{quote(doi, safe='/:;()-._~')}" if doi else address_of(cited)
