"""Filters beside a list, and those that were chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from werkplaats.core.components import component

# More options than this would push the next group off the screen.
_SHOWN = 8


@dataclass(frozen=True)
class Group:
    """One filter: its first options, and the rest behind "meer"."""

    legend: str
    param: str
    first: str
    more: str
    more_count: int
    chosen: int
    open: bool
    more_open: bool
    unoffered: int = 0


def _drawn(param: str, options: Iterable[Any]) -> SafeString:
    """Options as a list of boxes to tick: a page has over a hundred, and a template takes long over each."""
    row = (
        '<li><label class="option"><input type="checkbox" name="{}" value="{}"{}> '
        '<span class="option-label">{}</span> <span class="option-count">{}</span></label></li>'
    )
    rows = ((param, value, " checked" if checked else "", label, count) for value, label, count, checked in options)
    return format_html("<ul>{}</ul>", format_html_join("\n", row, rows))


_THEMES = [
    ("eenzaamheid", "Eenzaamheid", 41, True),
    ("mantelzorg", "Mantelzorg", 33, False),
    ("schulden", "Schulden en geldzorgen", 26, False),
    ("dementie", "Dementie", 19, False),
]
_PLACES = [
    (f"gm{i}", name, 14 - i, False)
    for i, name in enumerate(
        (
            "Amersfoort",
            "Baarn",
            "Bunnik",
            "De Bilt",
            "Houten",
            "IJsselstein",
            "Leusden",
            "Nieuwegein",
            "Soest",
            "Woerden",
            "Zeist",
        )
    )
]


@component(
    "facets",
    "site/components/facets.html",
    examples=(
        (
            "Drie filters, één keuze",
            {
                "action": "#",
                "groups": [
                    ("Thema", "thema", _THEMES),
                    ("Gemeente", "gemeente", _PLACES),
                    ("Stand", "stand", [("open", "In onderzoek", 12, False), ("klaar", "Beantwoord", 0, False)]),
                ],
                "hidden": (("q", "zorg"),),
                "unoffered": {"gemeente": 302},
            },
        ),
        ("Geen filters: niets te zien", {"action": "#", "groups": []}),
    ),
)
@dataclass(frozen=True)
class Facets:
    """Filters: (legend, parameter, options), an option being (value, label, count, checked).

    ``unoffered``: per parameter how many more values there are than are worth offering.
    """

    groups: Any
    action: str
    hidden: Any = ()
    level: int = 2
    unoffered: Any = ()

    @cached_property
    def drawn(self) -> list[Group]:
        """Groups as the template needs them; the first two and those with a choice lie open."""
        found = []
        for index, (legend, param, options) in enumerate(self.groups):
            options = list(options)
            cut = len(options) if len(options) <= _SHOWN + 2 else _SHOWN
            chosen = sum(1 for option in options if option[3])
            found.append(
                Group(
                    legend=legend,
                    param=param,
                    first=_drawn(param, options[:cut]),
                    more=_drawn(param, options[cut:]) if options[cut:] else "",
                    more_count=len(options) - cut,
                    chosen=chosen,
                    open=index < 2 or chosen > 0,
                    more_open=any(option[3] for option in options[cut:]),
                    unoffered=dict(self.unoffered).get(param, 0),
                )
            )
        return found

    @property
    def total(self) -> int:
        """How many options are chosen in all."""
        return sum(group.chosen for group in self.drawn)


@component(
    "chosen",
    "site/components/chosen.html",
    examples=(
        (
            "Twee filters",
            {"items": [("Eenzaamheid", "?gemeente=0632"), ("Woerden", "?thema=eenzaamheid")], "clear_url": "?"},
        ),
        ("Geen: niets te zien", {"items": [], "clear_url": "?"}),
    ),
)
@dataclass(frozen=True)
class Chosen:
    """Active filters: (label, address without it), and the address without any."""

    items: Any
    clear_url: str
