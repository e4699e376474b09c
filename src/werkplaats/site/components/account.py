"""What is someone's own."""

from dataclasses import dataclass
from typing import Any

from werkplaats.core.components import component


@component(
    "devices",
    "site/components/devices.html",
    examples=(
        (
            "Drie apparaten",
            {
                "items": (
                    {
                        "name": "Firefox op Windows",
                        "lines": ("Ingelogd op 20 november 2026.", "Dit apparaat gebruikt u nu."),
                        "current": True,
                    },
                    {
                        "name": "Safari op iPhone",
                        "lines": ("Ingelogd op 3 november 2026.", "Voor het laatst gebruikt vandaag rond 9 uur."),
                        "handle": "a",
                    },
                    {
                        "name": "Een onbekende browser",
                        "lines": ("Ingelogd op 1 november 2026.", "Voor het laatst gebruikt op 12 november 2026."),
                        "handle": "b",
                    },
                ),
                "action": "#",
                "level": 3,
            },
        ),
    ),
)
@dataclass(frozen=True)
class Devices:
    """Where someone is signed in: dicts with name, lines, and current or the handle by which ``action`` ends it."""

    items: Any
    action: str
    level: int = 2
