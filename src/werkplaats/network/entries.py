"""How werkplaatsen and organisations appear in the hall."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, registry
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.network.models import (
    Campaign,
    FormerName,
    Leadership,
    Merge,
    Organisation,
    Partnership,
    ServiceArea,
    StageChange,
    Werkplaats,
)
from werkplaats.network.queries import ROLES_READ, roles_of
from werkplaats.network.rules import OrganisationKind, Status
from werkplaats.places.models import Municipality

# Values of the facet "deelname" of an organisation.
_NOW, _BEFORE, _NAMED = "nu", "eerder", "genoemd"
# Values of the facet "werkgebied" of a municipality, and how people call such a place.
_EMPTY, _MAKING = "geen", "opbouw"
_ON_THE_MAP = ("lege plek", "lege plek op de kaart", "witte vlek", "blinde vlek")


def _records() -> Any:
    # In an order: PostgreSQL gives rows now in one and then in another, and the entry would seem to have changed.
    current = ServiceArea.objects.current().select_related("municipality").order_by("municipality__name", "pk")
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
        body="\n".join([f"regio {record.region}", *names, *leads]),
        names=tuple(place.name for place in places),
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


def _areas(uids: list[str]) -> dict[str, dict[str, list[str]]]:
    """Of municipalities whether a werkplaats serves them: the empty places on the map can be looked for."""
    rows = ServiceArea.objects.shown_on(clock.today()).filter(municipality__uid__in=uids)
    served: dict[str, set[str]] = {uid: set() for uid in uids}
    for uid, status in rows.values_list("municipality__uid", "werkplaats__status"):
        served[uid].add(status)
    return {
        uid: {"werkgebied": [_MAKING if found else _EMPTY]}
        for uid, found in served.items()
        if found <= {Status.CANDIDATE}
    }


def _municipalities(werkplaats: Werkplaats) -> list[str]:
    return list(werkplaats.areas.values_list("municipality__uid", flat=True))


def _organisations() -> Any:
    found = Organisation.objects.on_site().select_related("municipality__province")
    return found.prefetch_related(*ROLES_READ)


def _organisation(record: Organisation) -> EntryData:
    """What anybody may know of it: no person, nothing that was said, and no werkplaats that only talked with it."""
    ties = roles_of(record)
    tied = {tie.werkplaats.uid: tie.werkplaats.name for tie in ties}
    now = sorted({tie.werkplaats.uid for tie in ties if tie.holds})
    place, town = record.seat or (record.municipality.name if record.municipality else ""), record.municipality
    kind = str(record.get_kind_display())
    return EntryData(
        title=record.name,
        url=record.get_absolute_url(),
        summary=", ".join(filter(None, [kind[:1].upper() + kind[1:], place])),
        body="\n".join([*record.former, *(tie.lectorate for tie in ties if tie.lectorate), *tied.values()]),
        starts_on=ties[0].spell.start if ties else None,
        facets={
            "organisatiesoort": [record.kind],
            "werkplaats": sorted(tied),
            "deelname": [_NOW if now else _BEFORE if ties else _NAMED],
            "gemeente": [town.uid] if town else [],
            "provincie": [town.province.uid] if town else [],
        },
        links=tuple(LinkData("hoort_bij", uid) for uid in now),
    )


def _hidden(uid: str) -> str:
    if Merge.objects.standing().filter(gone_uid=uid).exists():
        return _t("samengevoegd met een andere organisatie")
    return _t("doet niet meer openbaar mee")


def _tied(**where: Any) -> list[str]:
    return list(Organisation.objects.filter(**where).distinct().values_list("uid", flat=True))


def _register_organisations() -> None:
    label = Organisation._meta.verbose_name
    registry.add_source(
        registry.Source(
            "organisatie", Organisation, label, _organisations, _organisation, _hidden,
            answers=0.3, of_names=True, kin=False,
        )
    )  # fmt: skip
    for tie in (Leadership, Partnership):
        registry.add_affects(tie, lambda record: [record.organisation.uid])
    registry.add_affects(StageChange, lambda step: [step.partnership.organisation.uid])
    registry.add_affects(Municipality, lambda record: _tied(municipality=record))
    registry.add_affects(Werkplaats, lambda record: [*_tied(leads__werkplaats=record), *_partners(record)])
    registry.add_affects(Campaign, lambda campaign: [campaign.organisation.uid])
    # In an address anything may be typed: who is not on the site has no name there.
    registry.add_labels("organisatie", lambda uids: Organisation.objects.on_site().with_uids(uids))
    kinds = {kind.value: kind.label for kind in OrganisationKind}
    registry.add_labels("organisatiesoort", lambda values: {one: str(kinds[one]) for one in values if one in kinds})
    said: dict[str, Any] = {
        _NOW: _("doet nu mee"), _BEFORE: _("deed eerder mee"), _NAMED: _("bij onderzoek of publicaties"),
    }  # fmt: skip
    registry.add_labels("deelname", lambda values: {value: str(said[value]) for value in values if value in said})


def _partners(werkplaats: Werkplaats) -> list[str]:
    return _tied(partnerships__werkplaats=werkplaats)


def register() -> None:
    """Tell the core about the network."""
    _register_organisations()
    label = Werkplaats._meta.verbose_name
    registry.add_source(registry.Source("werkplaats", Werkplaats, label, _records, _entry, answers=0.7))
    for row in (FormerName, Leadership, ServiceArea):
        registry.add_affects(row, lambda record: [record.werkplaats.uid])
    # Their names stand in the text of the werkplaats.
    registry.add_affects(Organisation, lambda record: _uids(leads__organisation=record))
    registry.add_affects(Municipality, lambda record: _uids(areas__municipality=record))
    registry.add_labels("werkplaats", Werkplaats.objects.with_uids)
    registry.add_names("werkplaats", _names, said=_("hoort bij werkplaats %(label)s"))
    registry.add_facets("gemeente", _areas)
    registry.add_affects(ServiceArea, lambda area: [area.municipality.uid])
    registry.add_affects(Werkplaats, _municipalities)
    said: dict[str, Any] = {_EMPTY: _("nog geen werkplaats"), _MAKING: _("werkplaats in opbouw")}
    registry.add_labels("werkgebied", lambda values: {value: str(said[value]) for value in values if value in said})
    named = [registry.Name(value, text) for value in said for text in _ON_THE_MAP]
    registry.add_names("werkgebied", lambda: named, said=_("werkgebied: %(label)s"))
