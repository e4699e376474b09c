"""How names of places are compared."""

from __future__ import annotations

import re
import unicodedata

PROVINCES = frozenset({
    "Drenthe", "Flevoland", "Fryslân", "Gelderland", "Groningen", "Limburg", "Noord-Brabant", "Noord-Holland",
    "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
})  # fmt: skip


def plain_name(text: str) -> str:
    """A name as people type it: no capitals, accents, hyphens, apostrophes, "gemeente" or province suffix.

    "'s-Gravenhage" -> "s gravenhage"; "Bergen (NH.)" -> "bergen nh"; "gemeente Midden-Drenthe" -> "midden drenthe".
    """
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    if words[:1] == ["gemeente"] and len(words) > 1:
        words = words[1:]
    return " ".join(words)
