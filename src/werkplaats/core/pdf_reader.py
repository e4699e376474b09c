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


def _without_acts(holder: Any) -> None:
    """Take away what would run when this is opened, seen or pressed."""
    for name in ("/AA", "/OpenAction"):
        if name in holder:
            del holder[name]
    act = holder.get("/A")
    if isinstance(act, pikepdf.Dictionary) and str(act.get("/S", "")) not in _HARMLESS:
        del holder["/A"]
    elif isinstance(act, pikepdf.Dictionary) and "/Next" in act:
        del act["/Next"]


def rewritten(data: bytes) -> bytes:
    """The same pages, without scripts, files within the file, and anything before, between or after its objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if not 0 < len(pdf.pages) <= _MOST_PAGES:
            sys.exit(4)
        _without_acts(pdf.Root)
        for name in ("/Collection", "/AF"):
            if name in pdf.Root:
                del pdf.Root[name]
        names: Any = pdf.Root.get("/Names", {})
        for name in ("/JavaScript", "/EmbeddedFiles"):
            if name in names:
                del names[name]
        form = pdf.Root.get("/AcroForm")
        if form is not None and "/XFA" in form:
            del form["/XFA"]
        for page in pdf.pages:
            _without_acts(page.obj)
            for mark in page.obj.get("/Annots", []):
                if isinstance(mark, pikepdf.Dictionary):
                    _without_acts(mark)
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
