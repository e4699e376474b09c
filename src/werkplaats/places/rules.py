"""Which list of municipalities is counted with, and how names of places are compared."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Of a list that does not say it itself: the day whose division into municipalities it follows, and the day on which
# their inhabitants were counted. Both are kept with each municipality; whoever names them reads them there.
LIST_DAY, POPULATION_DAY = date(2025, 1, 1), date(2024, 1, 1)

PROVINCES = frozenset({
    "Drenthe", "Flevoland", "Fryslân", "Gelderland", "Groningen", "Limburg", "Noord-Brabant", "Noord-Holland",
    "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
})  # fmt: skip


# What people call a province besides.
_CALLED = {"friesland": "Fryslân", "brabant": "Noord-Brabant"}


def province_named(text: str) -> str:
    """The province that this is the name of, or nothing."""
    wanted = plain_name(text).removeprefix("provincie ")
    return _CALLED.get(wanted) or next((name for name in PROVINCES if plain_name(name) == wanted), "")


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
