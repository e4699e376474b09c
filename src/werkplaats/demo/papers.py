"""Plain PDFs for the demonstration: a title, headings and paragraphs, and on every page that it is made up."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence

import pikepdf

_A4 = (595, 842)
_LEFT, _TOP, _BOTTOM = 64, 770, 80
# Kind of line -> (font, size, room above, room a line takes, characters that fit).
_LOOKS = {"title": ("B", 20, 0, 26, 40), "head": ("B", 13, 14, 18, 64), "text": ("R", 11, 6, 15, 82)}
_MADE_UP = "Verzonnen voorbeeld van de demonstratie. Deze handreiking bestaat niet."
_DARK, _SOFT = "0.1 0.2 0.2 rg", "0.35 0.4 0.4 rg"


def as_pdf(*, title: str, parts: Sequence[tuple[str, str]]) -> bytes:
    """A document of parts: ("head" or "text", words)."""
    pages = _pages([("title", title), *parts])
    with pikepdf.new() as pdf:
        fonts = pikepdf.Dictionary(R=_font("Helvetica"), B=_font("Helvetica-Bold"))
        for number, lines in enumerate(pages, 1):
            page = pdf.add_blank_page(page_size=_A4)
            page.Resources = pikepdf.Dictionary(Font=fonts)
            foot = [
                _line("R", 9, 48, _MADE_UP, _SOFT),
                _line("R", 9, 34, f"Bladzijde {number} van {len(pages)}", _SOFT),
            ]
            page.Contents = pdf.make_stream("\n".join([*lines, *foot]).encode("cp1252"))
        pdf.Root.Lang = pikepdf.String("nl")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = title
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(f"/{name}"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip


def _pages(parts: Iterable[tuple[str, str]]) -> list[list[str]]:
    """What is drawn on each page, from top to bottom."""
    pages: list[list[str]] = [[]]
    height = _TOP
    for kind, words in parts:
        font, size, above, room, fits = _LOOKS[kind]
        height -= above
        for text in textwrap.wrap(words, fits):
            if height - room < _BOTTOM:
                pages.append([])
                height = _TOP
            height -= room
            pages[-1].append(_line(font, size, height, text, _DARK))
    return pages


def _line(font: str, size: int, height: int, text: str, colour: str) -> str:
    safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {colour} /{font} {size} Tf {_LEFT} {height} Td ({safe}) Tj ET"
