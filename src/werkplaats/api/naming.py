"""How records are called in answers: uids with their names, values with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from werkplaats.api.shapes import Adres, Genoemd, Verwijzing, Waarde
from werkplaats.catalogue.labels import label_of
from werkplaats.catalogue.models import Entry

Names = Mapping[str, Mapping[str, str]]


def names_of(entries: Iterable[Entry], dimensions: Sequence[str]) -> Names:
    """Facet -> value -> name, for all of these entries in one question to the database a facet."""
    rows = list(entries)
    return {name: label_of(name, {value for row in rows for value in row.facets.get(name, [])}) for name in dimensions}


def named(entry: Entry, dimension: str, names: Names) -> list[Genoemd]:
    """The values of a facet of this entry that are uids."""
    return [Genoemd(uid=uid, naam=names[dimension][uid]) for uid in entry.facets.get(dimension, [])]


def values(entry: Entry, dimension: str, names: Names) -> list[Waarde]:
    """The values of a facet of this entry."""
    return [Waarde(waarde=value, naam=names[dimension][value]) for value in entry.facets.get(dimension, [])]


def choice(value: str, label: Any) -> Waarde:
    """A value of a fixed list."""
    return Waarde(waarde=value, naam=str(label))


def linked(request: HttpRequest, record: Model | None) -> Verwijzing | None:
    """A record that has a page, by name; nothing for nothing."""
    return Verwijzing(**pointer(request, record)) if record else None


def pointer(request: HttpRequest, record: Any) -> dict[str, str]:
    """The uid, the name and the page of a record."""
    return {"uid": record.uid, "naam": record.name, "url": request.build_absolute_uri(record.get_absolute_url())}


def here(request: HttpRequest) -> Adres:
    """The address that was asked for."""
    return Adres(href=request.build_absolute_uri())
