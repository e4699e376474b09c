"""Text as the table search compares it: bare words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_STOPWORDS = Path(__file__).parent / "data" / "stopwords.txt"

# Longer than any question worth asking; what is beyond it is not read.
LONGEST = 200


@cache
def stopwords() -> frozenset[str]:
    """Dutch function words that say nothing in a search."""
    lines = _STOPWORDS.read_text().splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def plain_words(text: str) -> list[str]:
    """Lower-case words without accents; hyphens and apostrophes part words."""
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", letters)


def search_words(text: str) -> list[str]:
    """The words of a query that say something, once each, at most twelve."""
    wanted = [word for word in plain_words(text[:LONGEST]) if word not in stopwords() and len(word) > 1]
    return list(dict.fromkeys(wanted))[:12]


def haystack(*texts: str) -> str:
    """All words of a record between single spaces, so that " schuld" finds a word's beginning."""
    words = dict.fromkeys(word for text in texts for word in plain_words(text))
    return f" {' '.join(words)} "
