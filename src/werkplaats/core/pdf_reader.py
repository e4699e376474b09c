"""Reads a PDF and writes it anew. Run on its own, by path: it knows nothing of the rest, and may fall.

In: the file. Out: the same pages in a new file. Exit codes: 2 no PDF, 3 locked, 4 no pages or far too many.
"""

from __future__ import annotations

import io
import resource
import sys
from contextlib import suppress
from typing import Any

import pikepdf

_MOST_MEMORY = 1024 * 1024 * 1024
_MOST_SECONDS = 10
_MOST_PAGES = 2000
# What does something else than show a place in this document or an address.
_HARMLESS = {"/GoTo", "/URI", "/Named"}
_ADDRESSES = ("http://", "https://", "mailto:", "tel:")
# What runs by itself, or is a file within the file.
_GONE = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RF", "/AF", "/Collection",
    "/Renditions", "/AlternatePresentations", "/RichMediaContent", "/RichMediaSettings", "/Movie", "/Sound",
)  # fmt: skip
# Marks on a page that show something; those that play, open or carry another file are none of these.
_MARKS = set(
    "/Text /Link /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly /StrikeOut "
    "/Caret /Stamp /Ink /Popup /Widget /Redact /Watermark".split()
)
# Here the keys are names that the maker of the document thought up: none of them means anything.
_MADE_UP = {
    "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs", "/Dests",
    "/Colorants", "/ClassMap", "/RoleMap", "/N", "/D", "/R",
}  # fmt: skip
# Long rows of numbers: nothing to find.
_SKIPPED = {"/W", "/Widths", "/Rect", "/QuadPoints", "/InkList", "/BBox", "/Matrix", "/MediaBox"}


def _is_act(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/S" in value


def _is_harmless(act: Any) -> bool:
    kind = str(act["/S"])
    address = str(act.get("/URI", "")).strip().lower()
    return kind in _HARMLESS and (kind != "/URI" or address.startswith(_ADDRESSES))


def _without_acts(holder: Any) -> None:
    """Take away what would run when this is opened, seen or pressed, and what hides in it."""
    for name in _GONE:
        if name in holder:
            del holder[name]
    for name in ("/A", "/PA"):
        act = holder.get(name)
        if _is_act(act) and not _is_harmless(act):
            del holder[name]
        elif _is_act(act) and "/Next" in act:
            del act["/Next"]
    if isinstance(holder.get("/Annots"), pikepdf.Array):
        marks = [mark for mark in holder["/Annots"] if _is_mark(mark)]
        holder["/Annots"] = pikepdf.Array(marks)
    if isinstance(holder, pikepdf.Stream) and "/F" in holder:
        # Its content would come from another file.
        del holder["/F"]
    if str(holder.get("/Subtype", "")) == "/Form" and "/Ref" in holder:
        del holder["/Ref"]


def _is_mark(mark: Any) -> bool:
    if not isinstance(mark, pikepdf.Dictionary) or str(mark.get("/Subtype", "")) not in _MARKS:
        return False
    # The window of a mark that went goes with it.
    opens = mark.get("/Parent") if str(mark["/Subtype"]) == "/Popup" else None
    return not isinstance(opens, pikepdf.Dictionary) or str(opens.get("/Subtype", "")) in _MARKS


def _walk(root: Any) -> None:
    """Clean all that can be reached: bookmarks, fields above fields, and wherever else something may hang."""
    seen: set[tuple[tuple[int, int], bool]] = set()
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        one, made_up = waiting.pop()
        if one.is_indirect:
            key = (one.objgen, made_up)
            if key in seen:
                continue
            seen.add(key)
        if isinstance(one, pikepdf.Array):
            waiting += [(item, False) for item in one if isinstance(item, pikepdf.Object) and _has_parts(item)]
            continue
        if not made_up:
            _without_acts(one)
        for name, value in one.items():
            if (made_up or name not in _SKIPPED) and isinstance(value, pikepdf.Object) and _has_parts(value):
                waiting.append((value, not made_up and name in _MADE_UP and not isinstance(value, pikepdf.Stream)))


def _has_parts(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)


def rewritten(data: bytes) -> bytes:
    """The same pages, without scripts, files within the file, and anything before, between or after its objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if not 0 < len(pdf.pages) <= _MOST_PAGES:
            sys.exit(4)
        _walk(pdf.Root)
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    with suppress(pikepdf.PdfError, MemoryError, RecursionError, ValueError, TypeError, KeyError):
        try:
            sys.stdout.buffer.write(rewritten(sys.stdin.buffer.read()))
        except pikepdf.PasswordError:
            sys.exit(3)
        sys.exit(0)
    sys.exit(2)
