"""Text as the table search compares it, and which words of a query are searched for."""

from __future__ import annotations

from werkplaats.catalogue.language import plain_words, stopwords

# Longer than any question worth searching for; what is beyond it is not read.
LONGEST = 200
# Someone who asks in whole sentences may say more; the words that say most of it are used.
LONGEST_STORY = 5000
MOST_WORDS = 12


def telling(words: list[str]) -> list[str]:
    """Those that say something, once each, in order."""
    return list(dict.fromkeys(word for word in words if word not in stopwords() and len(word) > 1))


def haystack(*texts: str) -> str:
    """All words of a record between single spaces, so that " schuld" finds a word's beginning."""
    words = dict.fromkeys(word for text in texts for word in plain_words(text))
    return f" {' '.join(words)} "
