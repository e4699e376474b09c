"""Searching and going through lists."""

from dataclasses import dataclass
from typing import Any, TypeAlias
from zlib import crc32

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.core.components import component

Text: TypeAlias = str | Promise
_SEARCH = _("Zoeken")
_PAGES = _("Pagina's")
_MANY = Paginator(range(240), 20)


@component(
    "search_box",
    "site/components/search_box.html",
    examples=(
        ("Gewoon", {"action": "#", "label": "Zoek in de praktijken", "placeholder": "Bijvoorbeeld: mantelzorg"}),
        ("Met een zoekwoord", {"action": "#", "label": "Zoek in de vragen", "value": "eenzaamheid"}),
        (
            "Met filters die blijven staan",
            {
                "action": "#",
                "label": "Zoek binnen de filters",
                "hidden": (("thema", "mantelzorg"), ("gemeente", "0632")),
            },
        ),
        (
            "Groot, met een andere knop",
            {
                "action": "#",
                "label": "Wat wilt u weten?",
                "placeholder": "In uw eigen woorden",
                "button": "Stel uw vraag",
                "large": True,
            },
        ),
    ),
)
@dataclass(frozen=True)
class SearchBox:
    """A form with one word to look for; ``hidden`` holds (name, value) pairs that stay as they are."""

    action: str
    label: Text
    name: str = "q"
    value: str = ""
    placeholder: Text = ""
    button: Text = _SEARCH
    large: bool = False
    hidden: Any = ()

    @property
    def field_id(self) -> str:
        """Id of the input: one per address, name and label."""
        return f"zoek-{self.name}-{crc32(f'{self.action} {self.label}'.encode()):08x}"


@dataclass(frozen=True)
class PageLink:
    """One entry of the pagination; ``number`` is None for the gap."""

    number: int | None
    query: str
    current: bool


@component(
    "pagination",
    "site/components/pagination.html",
    examples=(
        ("Eerste van drie", {"page": Paginator(range(41), 20).page(1), "label": "Bladeren (drie pagina's)"}),
        ("Midden in twaalf", {"page": _MANY.page(6), "query": "thema=mantelzorg", "label": "Bladeren (midden)"}),
        ("Laatste", {"page": _MANY.page(12), "label": "Bladeren (laatste)"}),
        ("Eén pagina: niets te zien", {"page": Paginator(range(3), 20).page(1)}),
    ),
)
@dataclass(frozen=True)
class Pagination:
    """Pages of a list; ``query`` is the rest of the address, without ``pagina``."""

    page: Page[Any]
    query: str = ""
    label: Text = _PAGES

    def _address(self, number: int) -> str:
        """Query string of page ``number``; the first page has the shortest address."""
        parts = [self.query] if self.query else []
        if number > 1:
            parts.append(f"pagina={number}")
        return "?" + "&".join(parts)

    @property
    def links(self) -> list[PageLink]:
        """Numbers around the current page, with gaps."""
        found = []
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                found.append(PageLink(number, self._address(number), number == self.page.number))
            else:
                found.append(PageLink(None, "", False))
        return found

    @property
    def previous(self) -> str:
        """Query string of the page before, or nothing."""
        return self._address(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """Query string of the page after, or nothing."""
        return self._address(self.page.next_page_number()) if self.page.has_next() else ""


@component(
    "result",
    "site/components/result.html",
    examples=(
        (
            "Volledig",
            {
                "title": "Wie helpt als de buurvrouw wegvalt?",
                "url": "#",
                "kind_label": "Vraag",
                "summary": "Mijn buurvrouw zorgt al jaren voor haar man. Wie neemt het over als het te veel wordt?",
                "reasons": ("zelfde gemeente", "gaat over mantelzorg"),
                "themes": ("Mantelzorg", "Wonen"),
                "meta": ("Woerden", "In onderzoek", "3 februari 2026"),
            },
        ),
        ("Kort", {"title": "Thuis met dementie", "url": "#", "kind_label": "Praktijk"}),
        (
            "Gevonden, met de woorden gemarkeerd",
            {
                "title": "Wat helpt tegen eenzaamheid?",
                "title_marked": (("Wat helpt tegen ", False), ("eenzaamheid", True), ("?", False)),
                "url": "#",
                "kind_label": "Vraag",
                "summary": "Veel ouderen zijn alleen.",
                "summary_marked": (("… veel ", False), ("ouderen", True), (" zijn alleen.", False)),
                "reasons": ("in de titel: eenzaamheid", "gaat over Eenzaamheid"),
            },
        ),
        ("Naast een formulier", {"title": "Thuis met dementie", "url": "#", "kind_label": "Praktijk", "new_tab": True}),
        (
            "In het Engels",
            {"title": "Peer support in debt relief", "url": "#", "kind_label": "Publicatie", "lang": "en"},
        ),
    ),
)
@dataclass(frozen=True)
class Result:
    """A row of a list or a found item, with the reasons why it was found.

    ``title_marked`` and ``summary_marked``: the same in pieces, each with whether it is what was looked for.
    ``new_tab``: where following the link would leave a form that is being filled in.
    """

    title: str
    url: str
    kind_label: str
    summary: str = ""
    reasons: Any = ()
    themes: Any = ()
    meta: Any = ()
    lang: str = ""
    level: int = 3
    title_marked: Any = ()
    summary_marked: Any = ()
    new_tab: bool = False


@component(
    "sorting",
    "site/components/sorting.html",
    examples=(
        (
            "Drie volgordes",
            {"items": [("Best passend", "?", True), ("Nieuwste eerst", "?n", False), ("Op naam", "?o", False)]},
        ),
        ("Geen: niets te zien", {"items": []}),
    ),
)
@dataclass(frozen=True)
class Sorting:
    """The orders a list can stand in: (label, address, whether it does now)."""

    items: Any
