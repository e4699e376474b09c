"""Lists with facets: what the address asks for, and how the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _t

from werkplaats.catalogue import search
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.words import LONGEST
from werkplaats.core import registry
from werkplaats.people.rules import viewer_for
from werkplaats.site.templatetags.pages import localised

PAGE = 20
_MOST_VALUES = 40


@dataclass(frozen=True)
class Listing:
    """One page of a filtered list with all that is drawn around it."""

    page: Page[Any]
    rows: list[dict[str, Any]]
    groups: list[tuple[str, str, list[tuple[str, str, int, bool]]]]
    chosen: list[tuple[str, str]]
    clear_url: str
    query: str
    text: str
    found: search.Found
    hidden: list[tuple[str, str]]
    kept: list[tuple[str, str]]

    @property
    def trouble_text(self) -> str:
        """Why the words could not be used, and what to do."""
        return _trouble(self.found)

    @property
    def total(self) -> int:
        """How many were found on all pages."""
        return self.page.paginator.count


def listing(
    request: HttpRequest,
    *,
    kinds: frozenset[str] = frozenset(),
    facets: Sequence[tuple[str, str]],
    choose_kind: str = "",
    unseen: Sequence[str] = (),
) -> Listing:
    """Search as the address asks (q, the facets, pagina).

    ``facets``: (dimension, legend); ``choose_kind``: legend of the kinds; ``unseen``: facets that an address may
    hold and that can be taken away, but that are not offered.
    """
    asked = _asked(request, kinds, [*(dimension for dimension, _legend in facets), *unseen])
    found = search.find(asked)
    page = Paginator(found.entries, PAGE).get_page(request.GET.get("pagina"))
    offered = [(legend, dimension, search.options(asked, dimension)) for dimension, legend in facets]
    if choose_kind:
        offered.insert(0, (choose_kind, "soort", search.kind_options(asked)))
    silent = [("", name, search.options(asked, name)) for name in unseen if asked.chosen[name]]
    text = [("q", asked.text)] if asked.text else []
    return Listing(
        page=page,
        rows=rows_of(list(page.object_list), show_kind=bool(choose_kind)),
        groups=[
            (legend, name, [(one.value, one.label, one.count, one.chosen) for one in values])
            for legend, name, values in offered
            if values
        ],
        chosen=_chosen(request, [*offered, *silent]),
        clear_url=request.path + (f"?{urlencode(text)}" if text else ""),
        query=_keep(request.GET),
        text=asked.text,
        found=found,
        hidden=[*text, *((name, value) for name in unseen for value in sorted(asked.chosen[name]))],
        kept=[(name, one) for name, some in request.GET.lists() if name not in {"q", "pagina"} for one in some],
    )


def _asked(request: HttpRequest, kinds: frozenset[str], dimensions: Sequence[str]) -> search.Query:
    given = request.GET
    return search.Query(
        text=given.get("q", ""),
        kinds=kinds or frozenset(given.getlist("soort")[:_MOST_VALUES]) & frozenset(registry.sources),
        chosen={name: frozenset(given.getlist(name)[:_MOST_VALUES]) for name in dimensions},
        viewer=viewer_for(request.user),
    )


def _chosen(request: HttpRequest, groups: Sequence[tuple[str, str, Sequence[search.Option]]]) -> list[tuple[str, str]]:
    """What is chosen, each with the address without it."""
    return [
        (option.label, _without(request, name, option.value))
        for _legend, name, values in groups
        for option in values
        if option.chosen
    ]


def _trouble(found: search.Found) -> str:
    if found.trouble == search.Trouble.TOO_LONG:
        return _t("Dat is te lang om op te zoeken: ten hoogste %(most)d tekens. Kies een paar woorden.") % {
            "most": LONGEST
        }
    if found.trouble == search.Trouble.ONLY_STOPWORDS:
        return _t("Met alleen woorden als “de” of “voor” is niet te zoeken. Voeg een woord toe waar het over gaat.")
    return ""


def rows_of(entries: list[Entry], *, show_kind: bool) -> list[dict[str, Any]]:
    """Entries as the result component wants them; labels of all rows in one question each."""
    names = {
        dimension: search.label_of(dimension, {uid for entry in entries for uid in entry.facets.get(dimension, [])})
        for dimension in ("thema", "werkplaats", "gemeente", "status")
    }

    def words(entry: Entry, dimension: str) -> list[str]:
        return [names[dimension][uid] for uid in entry.facets.get(dimension, []) if uid in names[dimension]]

    return [
        {
            "title": entry.title,
            "url": localised(entry.url),
            "kind_label": str(registry.sources[entry.kind].label) if show_kind else "",
            "summary": entry.summary,
            "themes": words(entry, "thema"),
            "meta": _meta(entry, words),
            "lang": entry.lang,
        }
        for entry in entries
    ]


def _meta(entry: Entry, words: Any) -> list[str]:
    if entry.kind != "vraag":
        return []
    return [*words(entry, "status"), *words(entry, "werkplaats"), *words(entry, "gemeente")]


def _keep(given: QueryDict) -> str:
    kept = given.copy()
    kept.pop("pagina", None)
    return kept.urlencode()


def _without(request: HttpRequest, name: str, value: str) -> str:
    kept = request.GET.copy()
    kept.pop("pagina", None)
    kept.setlist(name, [one for one in kept.getlist(name) if one != value])
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
