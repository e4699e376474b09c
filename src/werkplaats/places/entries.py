"""How municipalities appear in the hall."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from werkplaats.core import registry
from werkplaats.core.registry import EntryData
from werkplaats.places.models import Municipality, PlaceName, Province


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


def _names() -> list[registry.Name]:
    rows = PlaceName.objects.filter(municipality__in=Municipality.objects.current())
    return [registry.Name(uid, name, literal=True) for uid, name in rows.values_list("municipality__uid", "name")]


def _provinces(uids: Iterable[str]) -> Any:
    return Province.objects.filter(uid__in=list(uids)).values_list("uid", "name")


def register() -> None:
    """Tell the core about municipalities."""
    label = Municipality._meta.verbose_name
    registry.add_source(registry.Source("gemeente", Municipality, label, _records, _entry, answers=0.7, of_names=True))
    registry.add_affects(PlaceName, lambda name: [name.municipality.uid])
    registry.add_labels("gemeente", Municipality.objects.with_uids)
    registry.add_labels("provincie", lambda uids: dict(_provinces(uids)))
    registry.add_names("gemeente", _names, said=_("gaat over gemeente %(label)s"))
