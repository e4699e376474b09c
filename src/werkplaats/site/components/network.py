"""The picture of the network."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.core.components import component

# State -> class, word in the tile (members need none), words for a screen reader.
TILE_STATES: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "member": ("tile--member", "", _("lid")),
    "candidate": ("tile--candidate", _("opbouw"), _("in opbouw")),
    "guest": ("tile--guest", _("gast"), _("gast")),
}

_SKETCH = (
    ("FR", "Friesland", 4, 1, "member"),
    ("GD", "Groningen-Drenthe", 5, 1, "member"),
    ("NH", "Noord-Holland", 2, 2, "member"),
    ("FL", "Flevoland", 4, 2, "candidate"),
    ("OV", "Overijssel", 5, 2, "member"),
    ("AM", "Amsterdam", 2, 3, "member"),
    ("AF", "Amersfoort", 4, 3, "guest"),
    ("TW", "Twente", 6, 3, "member"),
    ("DL", "Den Haag-Leiden", 1, 3, "member"),
    ("UT", "Utrecht", 3, 3, "member"),
    ("RT", "Rotterdam", 2, 4, "member"),
    ("GE", "Gelderland", 5, 4, "member"),
    ("ZE", "Zeeland", 1, 5, "candidate"),
    ("BR", "Brabant", 3, 5, "member"),
    ("BO", "Brabant-Oost", 4, 5, "member"),
    ("LI", "Limburg", 5, 6, "member"),
)


@component(
    "tiles",
    "site/components/tiles.html",
    examples=(
        (
            "Zestien werkplaatsen",
            {
                "tiles": [
                    {"label": label, "name": name, "url": "#", "col": col, "row": row, "state": state}
                    for label, name, col, row, state in _SKETCH
                ],
                "caption": "Dertien werkplaatsen zijn lid, twee zijn in opbouw en één is gast.",
            },
        ),
    ),
)
@dataclass(frozen=True)
class Tiles:
    """Werkplaatsen as tiles: dicts with label, name, url, col, row (1-8) and state."""

    tiles: Any
    caption: str

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Tiles with class and words, in reading order (row by row)."""
        found = []
        for tile in sorted(self.tiles, key=lambda tile: (tile["row"], tile["col"])):
            css, word, spoken = TILE_STATES[tile["state"]]
            found.append({**tile, "css": css, "word": word, "spoken": spoken})
        return found
