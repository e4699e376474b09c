"""How werkplaatsen and organisations' names appear in the hall."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

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


def _names() -> list[registry.Name]:
    found = []
    for one in Werkplaats.objects.exclude(status=Status.ENDED).prefetch_related("former_names"):
        # "Groningen" points at the region of Noord; a brand or an earlier name only as a whole.
        found += [registry.Name(one.uid, text, apart=True, literal=True) for text in (one.name, one.region)]
        former = [former.name for former in one.former_names.all()]
        found += [registry.Name(one.uid, text) for text in (one.brand, *former) if text]
    return found


def register() -> None:
    """Tell the core about the network."""
    label = Werkplaats._meta.verbose_name
    registry.add_source(registry.Source("werkplaats", Werkplaats, label, _records, _entry, answers=0.7))
    for row in (FormerName, Leadership, ServiceArea):
        registry.add_affects(row, lambda record: [record.werkplaats.uid])
    # Their names stand in the text of the werkplaats.
    registry.add_affects(Organisation, lambda record: _uids(leads__organisation=record))
    registry.add_affects(Municipality, lambda record: _uids(areas__municipality=record))
    registry.add_labels("werkplaats", Werkplaats.objects.with_uids)
    registry.add_names("werkplaats", _names, said=_("hoort bij werkplaats %(label)s"))
    registry.add_labels("organisatie", Organisation.objects.with_uids)
