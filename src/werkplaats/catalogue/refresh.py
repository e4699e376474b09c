"""Keeping the hall true: entries, facets and links made from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation

from werkplaats.catalogue import changes, story
from werkplaats.catalogue.models import Entry, Facet, Link
from werkplaats.catalogue.words import haystack
from werkplaats.core import clock, registry
from werkplaats.core.registry import EntryData, Source
from werkplaats.core.uid import kind_of

_COMPARED = (
    "kind", "title", "summary", "body", "names", "haystack", "url", "lang", "visibility",
    "facets", "licence", "level", "starts_on", "ends_on", "published_at",
)  # fmt: skip
_BATCH = 500


@dataclass
class Differences:
    """What a rebuild found out of step: uids by what was wrong."""

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.surplus or self.links)


@transaction.atomic
def refresh(uids: Iterable[str]) -> None:
    """Make the entries of these records true; a record that left the hall leaves a tombstone."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for uid in uids:
        by_kind[kind_of(uid)].append(uid)
    for kind, wanted in sorted(by_kind.items()):
        source = registry.sources.get(kind)
        if source:
            for start in range(0, len(wanted), _BATCH):
                _refresh(source, sorted(wanted)[start : start + _BATCH], Differences())


@transaction.atomic
def rebuild() -> Differences:
    """Make every entry anew from the records; keeps datestamps of what did not change, reports what was wrong."""
    found = Differences()
    for source in registry.sources.values():
        uids = set(source.records().values_list("uid", flat=True))
        uids |= set(Entry.objects.living().filter(kind=source.kind, origin="").values_list("uid", flat=True))
        ordered = sorted(uids)
        for start in range(0, len(ordered), _BATCH):
            _refresh(source, ordered[start : start + _BATCH], found)
    return found


def tied_until_now(uid: str, kind: str) -> list[str]:
    """Records of a kind that the entry of this record was tied to when it was last made."""
    ties = Link.objects.filter(source=uid, target__startswith=f"{kind}-")
    return list(ties.values_list("target", flat=True))


def _refresh(source: Source, uids: list[str], found: Differences) -> None:
    records = {record.uid: record for record in source.records().filter(uid__in=uids)}
    entries = {entry.uid: entry for entry in Entry.objects.select_for_update().filter(uid__in=uids)}
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for from_uid, tie, to_uid in Link.objects.filter(source__in=uids).values_list("source", "tie", "target"):
        links[from_uid].add((tie, to_uid))
    # The hall speaks Dutch, whatever language the request that touched a record has.
    with translation.override("nl"):
        more = [lookup(list(records)) for lookup in registry.facets.get(source.kind, [])]
        others = [lookup(list(records)) for lookup in registry.links]
        for uid in uids:
            if uid in records:
                data = source.entry(records[uid])
                for known in more:
                    data.facets.update(known.get(uid, {}))
                _write(source.kind, uid, data, entries.get(uid), found)
                wanted = [*data.links, *(link for known in others for link in known.get(uid, ()))]
                _relink(uid, {(link.tie, link.to) for link in wanted}, links[uid], found)
            elif uid in entries and entries[uid].removed_at is None:
                found.surplus.append(uid)
                _bury(source, entries[uid])


def _write(kind: str, uid: str, data: EntryData, entry: Entry | None, found: Differences) -> None:
    facets = {name: sorted(set(values)) for name, values in data.facets.items() if values}
    values: dict[str, Any] = {
        "kind": kind,
        "title": data.title[:300],
        "summary": data.summary,
        "body": data.body,
        "names": "\n".join(data.names),
        "haystack": haystack(data.title, data.summary, data.body, *data.names),
        "url": data.url,
        "lang": data.lang,
        "visibility": data.visibility,
        "facets": facets,
        "licence": data.licence,
        "level": data.level,
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
        "published_at": data.published_at,
    }
    rows = {(name, value) for name, chosen in facets.items() for value in chosen}
    if entry is None:
        found.missing.append(uid)
        entry = Entry.objects.create(uid=uid, datestamp=clock.now(), changed_in=changes.this_transaction(), **values)
        kept: set[tuple[str, str]] = set()
    else:
        kept = set(entry.facet_rows.values_list("dimension", "value"))
        same = entry.removed_at is None and all(getattr(entry, name) == values[name] for name in _COMPARED)
        if same and kept == rows:
            return
        found.changed.append(uid)
        for name, value in values.items():
            setattr(entry, name, value)
        entry.removed_at, entry.removal_reason, entry.datestamp = None, "", clock.now()
        entry.changed_in = changes.this_transaction()
        entry.save()
    for dimension, value in kept - rows:
        entry.facet_rows.filter(dimension=dimension, value=value).delete()
    Facet.objects.bulk_create(Facet(entry=entry, dimension=name, value=value) for name, value in rows - kept)


def _relink(uid: str, wanted: set[tuple[str, str]], kept: set[tuple[str, str]], found: Differences) -> None:
    if wanted == kept:
        return
    found.links.append(uid)
    for tie, to in kept - wanted:
        Link.objects.filter(source=uid, tie=tie, target=to).delete()
    Link.objects.bulk_create(Link(source=uid, tie=tie, target=to) for tie, to in sorted(wanted - kept))


def _bury(source: Source, entry: Entry) -> None:
    entry.title = entry.summary = entry.body = entry.names = entry.haystack = ""
    # The region stays on the tombstone; everything else that could point to someone goes.
    entry.facets = {"werkplaats": entry.facets["werkplaats"]} if "werkplaats" in entry.facets else {}
    entry.removed_at = entry.datestamp = clock.now()
    entry.removal_reason = source.gone(entry.uid)
    entry.changed_in = changes.this_transaction()
    entry.save()
    entry.facet_rows.exclude(dimension="werkplaats").delete()
    # What it hung on has a gap now, and says so; what it was about, or belonged to, would tell of the record itself.
    ties = Link.objects.filter(source=entry.uid).values_list("pk", "target")
    Link.objects.filter(pk__in=[pk for pk, target in ties if story.is_hub(target.partition("-")[0])]).delete()
