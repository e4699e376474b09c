"""Cards, pills, facts and numbers."""

from dataclasses import dataclass
from typing import Any

from werkplaats.core.components import component


@component(
    "card",
    "site/components/card.html",
    examples=(
        (
            "Volledig",
            {
                "title": "Buurtcirkel voor nieuwe ouders",
                "url": "#",
                "text": "Ouders uit één buurt organiseren met hulp van een vrijwilliger zelf hun steun.",
                "tags": ("Eenzaamheid", "Jonge gezinnen"),
                "meta": ("Werkplaats Utrecht", "Bijgewerkt in maart 2026"),
            },
        ),
        ("Alleen een titel", {"title": "Respijt om de hoek", "url": "#"}),
        (
            "Zonder link",
            {"title": "Nog te beschrijven", "url": "", "text": "Deze praktijk krijgt later een eigen pagina."},
        ),
        ("In het Engels", {"title": "Neighbours first", "url": "#", "text": "A summary in English.", "lang": "en"}),
    ),
)
@dataclass(frozen=True)
class Card:
    """One thing to go to; the whole card is the link's target."""

    title: str
    url: str
    text: str = ""
    tags: Any = ()
    meta: Any = ()
    level: int = 3
    lang: str = ""


@component(
    "tags",
    "site/components/tags.html",
    examples=(
        ("Los", {"items": ("Mantelzorg", "Schulden", "Ervaringskennis")}),
        ("Met opschrift", {"items": ("Eenzaamheid",), "label": "Thema"}),
    ),
)
@dataclass(frozen=True)
class Tags:
    """Short words in pills."""

    items: Any
    label: str = ""


@component(
    "facts",
    "site/components/facts.html",
    examples=(
        (
            "In het kort",
            {
                "title": "In het kort",
                "items": [
                    ("Gesteld door", "Een inwoner van Woerden"),
                    ("Gemeente", [("Woerden", "#")]),
                    ("Thema's", [("Mantelzorg", "#"), ("Informele zorg", "#"), ("Wonen", "")]),
                    ("Gesteld op", "3 februari 2026"),
                ],
            },
        ),
        ("Zonder titel", {"items": [("Lector", "Nog niet bekend")]}),
    ),
)
@dataclass(frozen=True)
class Facts:
    """A definition list; a value is a text or a list of (text, url) pairs."""

    items: Any
    title: str = ""
    level: int = 2

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each label with its values as (text, url) pairs."""
        return [
            (label, list(value) if isinstance(value, (list, tuple)) else [(value, "")]) for label, value in self.items
        ]


@component(
    "facts_band",
    "site/components/facts_band.html",
    examples=(
        (
            "Vier getallen",
            {
                "items": [
                    ("16", "werkplaatsen"),
                    ("342", "gemeenten, waarvan 287 in een werkgebied"),
                    ("1.204", "vragen uit de praktijk"),
                    ("61 %", "van de vragen kreeg een antwoord"),
                ]
            },
        ),
    ),
)
@dataclass(frozen=True)
class FactsBand:
    """Large numbers, each with what it counts."""

    items: Any


@component(
    "people_list",
    "site/components/people_list.html",
    examples=(
        (
            "Partners",
            {
                "items": [
                    ("Hogeschool Utrecht", "Penvoerder, lectoraat Participatie", "#"),
                    ("Gemeente Amersfoort", "Trekkende gemeente", "#"),
                    ("Gemeente Woerden", "Medetrekker", "#"),
                    ("Cliëntenraad Leusden", "Kernpartner", ""),
                    ("Welzijn Vechtstreek (demo)", "Partner", "#"),
                ]
            },
        ),
        ("Eén", {"items": [("Adviesraad sociaal domein", "", "#")]}),
    ),
)
@dataclass(frozen=True)
class PeopleList:
    """Organisations or people in columns: (name, role in words, url or "")."""

    items: Any
