"""A question: its words, its code, what happened to it."""

import re
from dataclasses import dataclass
from typing import Any

from werkplaats.core.components import component

# Up to this many characters a question fits in large type.
_SHORT = 140
_MASK = re.compile(r"(\[[^\]]+ weggelaten\])")


@component(
    "quote",
    "site/components/quote.html",
    examples=(
        (
            "Met een weggelaten naam",
            {
                "text": "Mijn buurvrouw [naam weggelaten] zorgt al jaren voor haar man.\nWie helpt als zij ziek wordt?",
                "by": "Inwoner van Woerden, 3 februari 2026",
            },
        ),
        ("In een andere taal", {"text": "Who can I talk to about my debts?", "lang": "en"}),
    ),
)
@dataclass(frozen=True)
class Quote:
    """The asker's own words; what was masked is shown as masked."""

    text: str
    lang: str = "nl"
    by: str = ""

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """Pieces of text, each with whether it stands for something masked."""
        return [(part, bool(_MASK.fullmatch(part))) for part in _MASK.split(self.text) if part]

    @property
    def short(self) -> bool:
        """Whether the words are few enough for large type."""
        return len(self.text) < _SHORT


@component(
    "follow_code",
    "site/components/follow_code.html",
    examples=(("Na het versturen", {"code": "K7QF-3MPD-9XTB", "address": "www.voorbeeld.nl/vragen/volg"}),),
)
@dataclass(frozen=True)
class FollowCode:
    """The code with which the asker follows the question; secret, so nowhere in an address."""

    code: str
    address: str = ""
    level: int = 2

    @property
    def groups(self) -> list[str]:
        """The code in the pieces it is read aloud in."""
        return self.code.split("-")


@component(
    "timeline",
    "site/components/timeline.html",
    examples=(
        (
            "Een vraag onderweg",
            {
                "items": [
                    ("3 februari 2026", "Vraag ontvangen", "", False),
                    ("11 februari 2026", "Gelezen door de werkplaats Utrecht", "De namen zijn weggelaten.", False),
                    ("6 maart 2026", "In onderzoek", "De kenniskring Mantelzorg zoekt het uit.", True),
                ]
            },
        ),
        ("Eén gebeurtenis", {"items": [("3 februari 2026", "Vraag ontvangen", "", True)]}),
    ),
)
@dataclass(frozen=True)
class Timeline:
    """What happened when: (date in words, title, text, current)."""

    items: Any


@component(
    "answer",
    "site/components/answer.html",
    examples=(
        (
            "Met twee dingen op de site die antwoord geven",
            {
                "label": "Antwoord",
                "text": "In Woerden probeerden we dit een jaar lang uit.\nEen vaste groep buren helpt het best.",
                "day": "6 maart 2026",
                "who": "Kennisplatform Utrecht Sociaal",
                "rows": [
                    {"title": "Wie helpt als de buurvrouw wegvalt?", "url": "#", "kind_label": "Praktijk"},
                    {"title": "Thuis met dementie", "url": "#", "kind_label": "Publicatie", "lang": "nl"},
                ],
            },
        ),
        (
            "Niet opgepakt",
            {
                "label": "Niet opgepakt",
                "text": "Hierover gaat het Rijk.",
                "day": "6 maart 2026",
                "who": "het landelijk netwerk",
            },
        ),
        (
            "Wat antwoord gaf, is van de site",
            {"label": "Antwoord", "text": "Lees het boek.", "day": "6 maart 2026", "who": "Noord", "gone": True},
        ),
    ),
)
@dataclass(frozen=True)
class Answer:
    """What became of a question, in words for its asker; ``rows``: what on the site answers it.

    ``gone``: something that answered it is no longer public.
    """

    label: str
    text: str
    day: str
    who: str
    rows: Any = ()
    gone: bool = False
    level: int = 2
