"""What the formats share: one line, addresses without signs that end them early, and pages."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from werkplaats.library.rules.cited import Cited

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK = re.compile(r"\s+")
# In an address: what stands there already, and what addresses are made of. No brackets, quotes or semicolons.
_KEPT = "%/:?#@!$&*+,=-._~()'"
_PAGES = re.compile(r"\s*(\w+)\s*(?:[-–—]|t/m)\s*(\w+)\s*")


def one_line(text: str) -> str:
    """The words of a text on one line, without characters that print nothing."""
    seen = "".join(one for one in text if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    return _BLANK.sub(" ", seen).strip()


def address_of(cited: Cited) -> str:
    """Where it is read: elsewhere when it stands there, else here."""
    return quote(cited.elsewhere or cited.address, safe=_KEPT)


def pages_of(cited: Cited) -> tuple[str, str]:
    """First and last page; the last is "" when it is not a range."""
    found = _PAGES.fullmatch(cited.pages)
    return (found[1], found[2]) if found else (one_line(cited.pages), "")
