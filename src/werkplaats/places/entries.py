"""How municipalities appear in the hall."""

from __future__ import annotations

from typing import Any

from werkplaats.core import registry
from werkplaats.core.registry import EntryData
from werkplaats.places.models import Municipality, PlaceName


def _records() -> Any:
    return Municipality.objects.current().select_related("province").prefetch_related("names")


def _entry(record: Municipality) -> EntryData:
    return EntryData(
        title=record.name,
        url=record.get_absolute_url(),
        summary=record.province.name,
        body="\n".join(name.name for name in record.names.all()),
        facets={"gemeente": [record.uid]},
    )


def register() -> None:
    """Tell the core about municipalities."""
    registry.add_source(registry.Source("gemeente", Municipality, Municipality._meta.verbose_name, _records, _entry))
    registry.add_affects(PlaceName, lambda name: [name.municipality.uid])
    registry.add_labels("gemeente", Municipality.objects.with_uids)
    registry.add_finder("gemeente", Municipality.objects.named_like)
