"""How werkplaatsen and organisations' names appear in the hall."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from werkplaats.core import registry
from werkplaats.core.registry import EntryData
from werkplaats.network.models import FormerName, Leadership, Organisation, ServiceArea, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality


def _records() -> Any:
    current = ServiceArea.objects.current().select_related("municipality")
    leads = Leadership.objects.current().select_related("organisation")
    return Werkplaats.objects.exclude(status=Status.ENDED).prefetch_related(
        "former_names", "themes__parent", Prefetch("areas", current), Prefetch("leads", leads)
    )


def _entry(record: Werkplaats) -> EntryData:
    names = [record.brand, *(former.name for former in record.former_names.all())]
    leads = [f"{lead.organisation.name} {lead.lectorate}" for lead in record.leads.all()]
    places = [area.municipality for area in record.areas.all()]
    return EntryData(
        title=record.name,
        url=record.get_absolute_url(),
        summary=", ".join(dict.fromkeys(record.own_themes)),
        body="\n".join([record.region, *names, *leads, *(place.name for place in places)]),
        starts_on=record.valid_from,
        facets={
            "thema": sorted(theme.uid for theme in record.themes.all()),
            "hoofdthema": sorted({theme.top.uid for theme in record.themes.all()}),
            "werkplaats": [record.uid],
            "gemeente": sorted(place.uid for place in places),
        },
    )


def _uids(**where: Any) -> list[str]:
    return list(Werkplaats.objects.filter(**where).values_list("uid", flat=True))


def register() -> None:
    """Tell the core about the network."""
    registry.add_source(registry.Source("werkplaats", Werkplaats, Werkplaats._meta.verbose_name, _records, _entry))
    for row in (FormerName, Leadership, ServiceArea):
        registry.add_affects(row, lambda record: [record.werkplaats.uid])
    # Their names stand in the text of the werkplaats.
    registry.add_affects(Organisation, lambda record: _uids(leads__organisation=record))
    registry.add_affects(Municipality, lambda record: _uids(areas__municipality=record))
    registry.add_labels("werkplaats", Werkplaats.objects.with_uids)
    registry.add_finder("werkplaats", Werkplaats.objects.named_like)
    registry.add_labels("organisatie", Organisation.objects.with_uids)
