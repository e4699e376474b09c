"""Figures drawn on the server, each beside a table that says the same."""

from dataclasses import dataclass
from typing import Any

from werkplaats.core.components import component

_WIDTH, _HEIGHT, _TOP, _FOOT = 360, 200, 34, 24


@component(
    "bars",
    "site/components/bars.html",
    examples=(
        (
            "Drie staven tot aan het geheel",
            {
                "items": [("1", 263955, "263.955"), ("2", 346417, "346.417"), ("3", 391634, "391.634")],
                "most": 391634,
                "label": "Inwoners die u met zoveel plekken bereikt",
                "most_label": "alle 391.634 inwoners",
            },
        ),
        (
            "Tien staven onder het geheel",
            {
                "items": [(str(n), 1_000_000 * n, f"{n},0") for n in range(1, 11)],
                "most": 14_000_000,
                "label": "Inwoners, in miljoenen",
                "most_label": "alle 14,0 miljoen",
            },
        ),
        ("Geen: alleen de lijn", {"items": [], "most": 0, "label": "Niets te bereiken", "most_label": "niemand"}),
    ),
)
@dataclass(frozen=True)
class Bars:
    """Bars under the line of the whole: (name, value, the value in words)."""

    items: Any
    most: float
    label: str
    most_label: str

    width = _WIDTH
    height = _HEIGHT
    top = _TOP
    foot = _HEIGHT - _FOOT

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Each bar with its place in the picture."""
        step = _WIDTH / max(len(self.items), 1)
        wide = min(step * 0.72, 64)
        found = []
        for number, (name, value, words) in enumerate(self.items):
            high = (self.foot - _TOP) * value / self.most if self.most else 0
            left = number * step + (step - wide) / 2
            found.append(
                {
                    "name": name, "words": words, "x": f"{left:.1f}", "y": f"{self.foot - high:.1f}",
                    "wide": f"{wide:.1f}", "high": f"{high:.1f}", "middle": f"{left + wide / 2:.1f}",
                    "inside": f"{self.foot - high + 16:.1f}", "fits": len(self.items) <= 5 and high > 22,
                }
            )  # fmt: skip
        return found
