"""How the words of a theme are compared with what someone types."""

from __future__ import annotations

import re
import unicodedata


def begins(text: str, word: str) -> bool:
    """Whether some word of ``text`` begins with ``word`` (lower case, without accents)."""
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}", letters) is not None
