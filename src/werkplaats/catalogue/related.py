"""What is akin to an entry: filed under the same themes, from the same region, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import tantivy
from django.db import models
from django.utils.translation import gettext as _t
from tantivy import Occur

from werkplaats.catalogue import by_index, reading, words
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.language import plain_words, root, weak_words
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.reasons import Reason
from werkplaats.catalogue.search import Hit
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE, Viewer

# How much a shared value of each facet says, times its rarity; a shared word says one.
_WORTH = {"thema": 1.0, "hoofdthema": 0.4, "gemeente": 0.6, "werkplaats": 0.3}
_SAID = {"thema", "gemeente", "werkplaats"}
_MOST_ROOTS = 8
_MOST_NAMES = 2
# A word that more than this share of the entries has says nothing of likeness; in a small network a few may.
_COMMON, _FEW = 0.03, 8
# In a text of this length or shorter each word says something.
_READ = 2000


def related(
    entry: Entry,
    *,
    viewer: Viewer = ANYONE,
    most: int = 4,
    also: Mapping[str, Iterable[str]] | None = None,
    without: Iterable[str] = (),
    said: str = "",
    labels: Labels | None = None,
) -> list[Hit]:
    """Entries most like this one, each with what they share; without the index by facets only.

    ``also``: values of facets to look for beside its own; ``without``: uids that the page shows already;
    ``said``: how to say that one is about a theme, where this entry is not about it itself; ``labels``: of the page.
    """
    facets = {name: sorted({*entry.facets.get(name, []), *(also or {}).get(name, [])}) for name in _WORTH}
    hidden = {entry.uid, *without}
    try:
        found = _by_index(entry, facets, viewer, most + len(hidden))
    except reading.Away:
        found = _by_table(facets, viewer, most + len(hidden))
    rows = [one for one in found if one.uid not in hidden]
    shared = [(one, _shared(facets, one), _same_words(entry, one)) for one in rows]
    labels = labels or Labels()
    labels.expect(rows[:most])
    names = {name: labels.of(name, {value for _, kept, _ in shared for value in kept.get(name, [])}) for name in _SAID}
    about = said or _t("ook over %(names)s")
    hits = [Hit(one, _reasons(kept, names, same, about)) for one, kept, same in shared]
    return [hit for hit in hits if hit.reasons][:most]


def _by_index(entry: Entry, facets: Mapping[str, list[str]], viewer: Viewer, most: int) -> list[Entry]:
    searcher = reading.opened().searcher

    def read() -> list[int]:
        likes = [
            (Occur.Should, by_index.filed_under(searcher, name, value, _WORTH[name]))
            for name, values in facets.items()
            for value in values
        ]
        likes += [(Occur.Should, by_index.is_word("roots", one)) for one in _telling(entry, searcher)]
        if not likes:
            return []
        likes += [(Occur.MustNot, by_index.is_word("kind", kind)) for kind in _strangers()]
        hits = searcher.search(by_index.seen_by(viewer, tantivy.Query.boolean_query(likes, 1)), most).hits
        return [int(pk) for pk in searcher.fast_field_values("pk", [address for _, address in hits]) if pk is not None]

    pks = reading.safely(read)
    rows = Entry.objects.visible_to(viewer).in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _by_table(facets: Mapping[str, list[str]], viewer: Viewer, most: int) -> list[Entry]:
    shared = models.Q()
    for name in _SAID:
        if facets[name]:
            shared |= models.Q(facet_rows__dimension=name, facet_rows__value__in=facets[name])
    if not shared:
        return []
    entries = (
        Entry.objects.visible_to(viewer)
        .exclude(kind__in=_strangers())
        .filter(shared)
        .annotate(alike=models.Count("pk"))
    )
    return list(entries.order_by("-alike", "-pk")[:most])


def _strangers() -> list[str]:
    """Kinds that are shown on the pages of others by their own tie alone: see ``registry.Source.kin``."""
    return [kind for kind, source in registry.sources.items() if not source.kin]


def _roots(entry: Entry) -> dict[str, str]:
    """Root -> word, of the title and the summary: a body may be a list of names."""
    return {root(word): word for word in words.telling(plain_words(f"{entry.title} {entry.summary}"[:_READ]))}


def _telling(entry: Entry, searcher: tantivy.Searcher) -> list[str]:
    """The rarest roots that another entry has as well."""
    number = {one: searcher.doc_freq("roots", one) for one in _roots(entry)}
    return sorted((one for one in number if number[one] > 1), key=lambda one: number[one])[:_MOST_ROOTS]


def _shared(facets: Mapping[str, list[str]], other: Entry) -> dict[str, list[str]]:
    kept = {name: [value for value in other.facets.get(name, []) if value in facets[name]] for name in _SAID}
    # A record is filed under itself; that is no likeness.
    return {name: [value for value in values if value != other.uid] for name, values in kept.items() if values}


def _same_words(entry: Entry, other: Entry) -> list[str]:
    """Those that say something: in a network about care "zorg" does not."""
    mine, theirs = _roots(entry), _roots(other)
    same = [one for one in mine if one in theirs and mine[one] not in weak_words()]
    try:
        searcher = reading.opened().searcher
        most = max(_FEW, searcher.num_docs * _COMMON)
        return [mine[one] for one in same if reading.safely(partial(searcher.doc_freq, "roots", one)) <= most]
    except reading.Away:
        return [mine[one] for one in same]


def _reasons(
    shared: Mapping[str, list[str]], names: Mapping[str, Mapping[str, str]], same: list[str], about: str
) -> tuple[Reason, ...]:
    place = _t("ook uit %(names)s")
    said = {"thema": about, "gemeente": place, "werkplaats": place}
    found = []
    for name, text in said.items():
        labels = [names[name][value] for value in shared.get(name, [])][:_MOST_NAMES]
        if labels and not (name == "werkplaats" and shared.get("gemeente")):
            found.append(Reason("indeling", text % {"names": ", ".join(labels)}))
    # A few words that two texts share say little by themselves.
    if len(same) > (1 if found else 2):
        found.append(Reason("tekst", _t("zelfde woorden: %(words)s") % {"words": ", ".join(same[:4])}))
    return tuple(found)
