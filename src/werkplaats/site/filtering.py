"""Lists with facets: what the address asks for, and how the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _t

from werkplaats.catalogue import search
from werkplaats.catalogue.asked import Asked
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.reasons import Reader
from werkplaats.catalogue.related import related
from werkplaats.catalogue.words import LONGEST
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE
from werkplaats.core.dates import show
from werkplaats.people.rules import viewer_for
from werkplaats.site.hosts import WHOLE, narrowed, region_of
from werkplaats.site.templatetags.pages import localised
from werkplaats.terms.models import Theme

PAGE = 20
_MOST_VALUES = 40
_MOST_OFFERED = 40
# Filed by where it stands or what it is, and by region.
_RESEARCH = frozenset({"project", "kenniskring", "pilot", "opbrengst", "landelijkthema"})
# A list of which the address says all.
_FREE: Mapping[str, str] = {}
# What an address may filter on, beside the kind.
DIMENSIONS = (
    "thema", "hoofdthema", "werkplaats", "gemeente", "provincie", "status", "organisatie", "organisatiesoort",
    "deelname", "stand", "krachtlijn", "opbrengstsoort", "aanpak", "publicatiesoort", "jaar", "licentie", "taal",
)  # fmt: skip
# What a row of a list says of an entry.
_SHOWN = (
    "thema", "werkplaats", "gemeente", "status", "deelname", "stand", "krachtlijn", "opbrengstsoort", "publicatiesoort",
)  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """One page of a filtered list with all that is drawn around it."""

    page: Page[Any]
    rows: list[dict[str, Any]]
    groups: list[tuple[str, str, list[tuple[str, str, int, bool]]]]
    unoffered: dict[str, int]
    chosen: list[tuple[str, str]]
    sorting: list[tuple[str, str, bool]]
    clear_url: str
    query: str
    elsewhere: str
    text: str
    found: search.Found
    hidden: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    whole_url: str = ""

    @property
    def trouble_text(self) -> str:
        """Why the words could not be used, and what to do."""
        return _trouble(self.found)

    @property
    def main_themes(self) -> list[Theme]:
        """Where to go on from nothing."""
        return list(Theme.objects.top())

    @property
    def note(self) -> str:
        """What the reader must know of how was searched."""
        return _note(self.found) if self.text else ""

    @property
    def total(self) -> int:
        """How many were found on all pages."""
        return self.page.paginator.count

    @property
    def csv_url(self) -> str:
        """The whole list as a table."""
        return f"{reverse('entries-csv')}?{self.elsewhere}"

    @property
    def feed_url(self) -> str:
        """The newest of the list for a feed reader."""
        return f"{reverse('entries-feed')}?{self.elsewhere}"


def listing(
    request: HttpRequest,
    *,
    kinds: frozenset[str] = frozenset(),
    facets: Sequence[tuple[str, str]],
    choose_kind: str = "",
    unseen: Sequence[str] = (),
    by_name: bool = False,
    fixed: Mapping[str, str] = _FREE,
) -> Listing:
    """Search as the address asks (q, the facets, sorteer, pagina).

    ``fixed``: facet -> the value that the whole list has, whatever the address says;
    ``facets``: (dimension, legend); ``choose_kind``: legend of the kinds; ``unseen``: facets that an address may
    hold and that can be taken away, but that are not offered; ``by_name``: of what has no day, the only order.
    """
    shown = [*([("soort", choose_kind)] if choose_kind else []), *facets]
    dimensions = [*(dimension for dimension, _legend in facets), *unseen]
    query = asked_for(request, kinds, dimensions, fixed, by_name=by_name)
    found = search.find(query, counted=[dimension for dimension, _legend in shown])
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    offered = [(legend, dimension, search.options(found, query, dimension)) for dimension, legend in shown]
    silent = [("", name, search.options(found, query, name)) for name in unseen if query.chosen.get(name)]
    text = [("q", query.text)] if query.text else []
    return Listing(
        page=page,
        rows=rows_of_hits(list(page.object_list), found.reader, found.labels, show_kind=bool(choose_kind)),
        groups=_groups(offered),
        unoffered={name: len(values) - len(_worth_offering(values)) for _legend, name, values in offered},
        chosen=_chosen(request, [*offered, *silent]),
        sorting=_sorting(request, query, by_name) if page.paginator.count > 1 else [],
        clear_url=_cleared(request.path, [*text, *_also(request, query, [])]),
        query=_keep(request.GET).urlencode(),
        elsewhere=_elsewhere(request, kinds, fixed),
        text=query.text,
        found=found,
        hidden=[*text, *_also(request, query, unseen)],
        whole_url=_whole(request, query, fixed),
        kept=[(name, one) for name, some in request.GET.lists() if name not in {"q", "pagina"} for one in some],
    )


def _groups(
    offered: Sequence[tuple[str, str, list[search.Option]]],
) -> list[tuple[str, str, list[tuple[str, str, int, bool]]]]:
    """What is worth choosing from: legend, facet, and (value, label, count, chosen) of each choice."""
    return [
        (legend, name, [(one.value, one.label, one.count, one.chosen) for one in _worth_offering(values)])
        for legend, name, values in offered
        if values
    ]


def _whole(request: HttpRequest, query: search.Query, fixed: Mapping[str, str]) -> str:
    """On a host name of its own: the same list of the whole network."""
    site = region_of(request)
    if site is None or fixed or query.chosen.get("werkplaats") != {site.werkplaats.uid}:
        return ""
    return _without(request, "werkplaats", site.werkplaats.uid)


def _cleared(path: str, kept: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(kept)}" if kept else path


def _worth_offering(values: list[search.Option]) -> list[search.Option]:
    """Those with most entries and those that are chosen: nobody reads through hundreds."""
    return values[:_MOST_OFFERED] + [one for one in values[_MOST_OFFERED:] if one.chosen]


def asked_for(
    request: HttpRequest,
    kinds: frozenset[str] = frozenset(),
    dimensions: Sequence[str] = DIMENSIONS,
    fixed: Mapping[str, str] = _FREE,
    *,
    by_name: bool = False,
) -> search.Query:
    """What an address asks for; what it says that we do not know is left aside."""
    if "werkplaats" not in fixed:
        narrowed(request)
    given = request.GET
    order = given.get("sorteer", "")
    if by_name and not given.get("q", "").strip():
        order = search.Sort.NAME.value
    chosen = {name: frozenset(given.getlist(name)[:_MOST_VALUES]) for name in dimensions}
    chosen |= {name: frozenset({value}) for name, value in fixed.items()}
    return search.Query(
        text=given.get("q", ""),
        kinds=kinds or frozenset(given.getlist("soort")[:_MOST_VALUES]) & frozenset(registry.sources),
        chosen={name: values for name, values in chosen.items() if values},
        viewer=viewer_for(request.user),
        sort=search.Sort(order) if order in {sort.value for sort in search.Sort} else search.Sort.BEST,
    )


def _also(request: HttpRequest, query: search.Query, unseen: Sequence[str]) -> list[tuple[str, str]]:
    """What the filters must send along: the order, and facets that are not offered."""
    order = [("sorteer", query.sort.value)] if request.GET.get("sorteer") == query.sort.value else []
    if WHOLE in request.GET:
        order.append((WHOLE, "1"))
    return [*order, *((name, value) for name in unseen for value in sorted(query.chosen.get(name, ())))]


def _sorting(request: HttpRequest, query: search.Query, by_name: bool) -> list[tuple[str, str, bool]]:
    """The orders to choose from, each with its address; the best fit only where there are words to fit."""
    best, newest, name = _t("Best passend"), _t("Nieuwste eerst"), _t("Op naam")
    orders = [*([] if by_name else [(search.Sort.NEWEST, newest)]), (search.Sort.NAME, name)]
    now = query.sort
    if query.text.strip():
        orders.insert(0, (search.Sort.BEST, best))
    elif now is search.Sort.BEST:
        now = search.Sort.NEWEST
    found = []
    for order, label in orders:
        kept = _keep(request.GET)
        kept["sorteer"] = order.value
        if order is orders[0][0]:
            del kept["sorteer"]
        found.append((label, f"{request.path}?{kept.urlencode()}" if kept else request.path, order is now))
    return found if len(found) > 1 else []


def _elsewhere(request: HttpRequest, kinds: frozenset[str], fixed: Mapping[str, str]) -> str:
    """The same list at another address, where the kind and what is fixed are not said by the path."""
    kept = _keep(request.GET)
    for name, value in fixed.items():
        kept[name] = value
    if kinds:
        kept.setlist("soort", sorted(kinds))
    return kept.urlencode()


def _chosen(request: HttpRequest, groups: Sequence[tuple[str, str, Sequence[search.Option]]]) -> list[tuple[str, str]]:
    """What is chosen, each with the address without it."""
    return [
        (option.label, _without(request, name, option.value))
        for _legend, name, values in groups
        for option in values
        if option.chosen
    ]


def _trouble(found: search.Found) -> str:
    if found.asked.trouble == search.Trouble.TOO_LONG:
        return _t("Dat is te lang om op te zoeken: ten hoogste %(most)d tekens. Kies een paar woorden.") % {
            "most": LONGEST
        }
    if found.asked.trouble == search.Trouble.NO_WORDS:
        return _t("Hier staat geen woord waarop we kunnen zoeken. Typ een of twee woorden, bijvoorbeeld eenzaam.")
    if found.asked.trouble == search.Trouble.ONLY_STOPWORDS:
        return _t("Met alleen woorden als “de” of “voor” is niet te zoeken. Voeg een woord toe waar het over gaat.")
    return ""


def _note(found: search.Found) -> str:
    if found.asked.trouble:
        return ""
    if found.engine is search.Engine.TABLE:
        return _t("Zoeken kan nu alleen op de woorden zoals u ze typt. Probeer het straks nog eens voor meer.")
    if found.loosened and len(found):
        return _t("Nergens staan al deze woorden bij elkaar. Dit zijn de plekken waar er een of meer van staan.")
    return ""


def rows_of_hits(
    hits: Sequence[search.Hit], reader: Reader, labels: Labels, *, show_kind: bool
) -> list[dict[str, Any]]:
    """What was found, with the words marked and the reasons why."""
    rows = rows_of([hit.entry for hit in hits], show_kind=show_kind, labels=labels)
    for row, hit in zip(rows, hits, strict=True):
        row["reasons"] = [reason.text for reason in hit.reasons]
        if reader.asked:
            row["title_marked"] = reader.title(hit.entry)
            row["summary_marked"] = reader.excerpt(hit.entry)
    return rows


def related_to(
    uid: str, *, entry: Entry | None = None, labels: Labels | None = None, **options: Any
) -> list[dict[str, Any]]:
    """What is akin to a record, as rows with what they share; see ``catalogue.related``.

    ``entry``, ``labels``: what the page read already.
    """
    found = entry or Entry.objects.visible_to(ANYONE).filter(uid=uid).first()
    if found is None:
        return []
    labels = labels or Labels()
    return rows_of_hits(related(found, labels=labels, **options), Reader(Asked()), labels, show_kind=True)


def rows_of(entries: Sequence[Entry], *, show_kind: bool, labels: Labels | None = None) -> list[dict[str, Any]]:
    """Entries as the result component wants them; labels of all rows in one question each."""
    labels = labels or Labels()
    labels.expect(entries)
    names = {
        dimension: labels.of(dimension, {uid for entry in entries for uid in entry.facets.get(dimension, [])})
        for dimension in _SHOWN
    }

    def words(entry: Entry, dimension: str) -> list[str]:
        return [names[dimension][uid] for uid in entry.facets.get(dimension, [])]

    return [
        {
            "uid": entry.uid,
            "title": entry.title,
            "url": localised(entry.url),
            "kind_label": _kind_of(entry) if show_kind else "",
            "summary": entry.summary,
            "themes": words(entry, "thema"),
            "meta": _meta(entry, words),
            "lang": entry.lang,
        }
        for entry in entries
    ]


def _kind_of(entry: Entry) -> str:
    """What it is called; a learning group as its own region calls it."""
    own = entry.facets.get("eigenwoord")
    return str(own[0] if own else registry.sources[entry.kind].label)


def _meta(entry: Entry, words: Any) -> list[str]:
    if entry.kind in _RESEARCH:
        filed = [words(entry, name) for name in ("stand", "opbrengstsoort", "krachtlijn", "werkplaats", "gemeente")]
        return [one for some in filed for one in some]
    if entry.kind in {"nieuws", "pagina"}:
        day = [show(entry.starts_on, "dag")] if entry.starts_on else []
        return [*day, *(words(entry, "werkplaats") or [_t("Landelijk")])]
    if entry.kind == "organisatie":
        return [
            *words(entry, "werkplaats"),
            *(words(entry, "deelname") if "nu" not in entry.facets.get("deelname", []) else []),
        ]
    if entry.kind == "publicatie":
        return [*words(entry, "publicatiesoort"), *entry.facets.get("jaar", []), *_by(entry)]
    if entry.kind != "vraag":
        return []
    return [*words(entry, "status"), *words(entry, "werkplaats"), *words(entry, "gemeente")]


def _by(entry: Entry) -> list[str]:
    """Who made it, the first two by name."""
    names = entry.names.splitlines()
    return [", ".join(names[:2]) + (_t(" en anderen") if len(names) > 2 else "")] if names else []


def _keep(given: QueryDict) -> QueryDict:
    kept = given.copy()
    kept.pop("pagina", None)
    return kept


def _without(request: HttpRequest, name: str, value: str) -> str:
    kept = _keep(request.GET)
    kept.setlist(name, [one for one in kept.getlist(name) if one != value])
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
