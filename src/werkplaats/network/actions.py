"""What people at the desk change of the network. Files are read in by ``imports``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment, Precision
from werkplaats.network.models import (
    FormerName,
    Grant,
    Identifier,
    Leadership,
    Organisation,
    Partnership,
    Phase,
    ServiceArea,
    Werkplaats,
)
from werkplaats.places.models import Municipality

Values = Mapping[str, Any]


@action
def save_organisation(
    *, organisation: Organisation, values: Values, numbers: Mapping[str, str], version: int = 0, by: Actor
) -> Organisation:
    """Keep a new organisation or what was changed of one; ``numbers``: register -> number, "" for none.

    A name it loses becomes a former name. Raises Conflict, and ValidationError for a number that is another's.
    """
    known = {row.scheme: row.value for row in organisation.identifiers.all()} if organisation.pk else {}
    changed = {scheme: value for scheme, value in numbers.items() if known.get(scheme, "") != value}
    before = Organisation.objects.filter(pk=organisation.pk).values_list("name", flat=True).first()
    if before and before != values["name"]:
        values = {**values, "former": list(dict.fromkeys([*values["former"], before]))}
    kept = versions.save(organisation, values, version=version, verb="network.organisation", by=by, also=bool(changed))
    if changed:
        _number(kept, changed)
        detail = {"before": {name: known.get(name, "") for name in changed}, "after": changed}
        logbook.write("network.organisation.numbered", kept.uid, by=by, detail=detail)
    return kept


def _number(organisation: Organisation, numbers: Mapping[str, str]) -> None:
    for scheme, value in numbers.items():
        other = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).first()
        if value and other:
            raise ValidationError({scheme: _t("Dit nummer is al van een andere organisatie.")})
        organisation.identifiers.filter(scheme=scheme).delete()
        if value:
            organisation.identifiers.create(scheme=scheme, value=value)


@action
def save_partnership(*, partnership: Partnership, values: Values, version: int = 0, by: Actor) -> Partnership:
    """Keep a new partnership or what was changed of one. Raises Conflict.

    Raises ValidationError when the organisation takes part in the werkplaats twice at the same time.
    """
    organisation = values.get("organisation") or partnership.organisation
    others = Partnership.objects.filter(werkplaats=partnership.werkplaats, organisation=organisation)
    for other in others.exclude(pk=partnership.pk):
        starts_before_end = values["valid_to"] is None or other.valid_from < values["valid_to"]
        if starts_before_end and (other.valid_to is None or other.valid_to > values["valid_from"]):
            words = {"period": other.period}
            raise ValidationError(_t("Deze organisatie doet al mee (%(period)s). Wijzig die samenwerking.") % words)
    # What a region writes about a partner is that region's; the beheerder reads the whole logbook.
    private = ("seeks", "brings")
    return versions.save(partnership, values, version=version, verb="network.partnership", by=by, private=private)


@action
def save_werkplaats(
    *, werkplaats: Werkplaats, values: Values, former: list[str], version: int = 0, by: Actor
) -> Werkplaats:
    """Keep a new werkplaats or what was changed of one, with its former names. Raises Conflict.

    A name it loses becomes a former name, so that it is still found under it.
    """
    before = Werkplaats.objects.filter(pk=werkplaats.pk).values_list("name", flat=True).first()
    if before and before != values.get("name", before):
        former = [*former, before]
    known = set(werkplaats.former_names.values_list("name", flat=True)) if werkplaats.pk else set()
    wanted = dict.fromkeys(name for name in former if name != values.get("name", werkplaats.name))
    other = known != set(wanted)
    kept = versions.save(werkplaats, values, version=version, verb="network.werkplaats", by=by, also=other)
    if other:
        kept.former_names.exclude(name__in=wanted).delete()
        for name in wanted:
            FormerName.objects.get_or_create(werkplaats=kept, name=name)
        detail = {"before": {"former_names": sorted(known)}, "after": {"former_names": sorted(wanted)}}
        logbook.write("network.werkplaats.renamed", kept.uid, by=by, detail=detail)
    return kept


@action
def save_leadership(*, leadership: Leadership, values: Values, version: int = 0, by: Actor) -> Leadership:
    """Keep a new leadership or what was changed of one. Raises Conflict."""
    return versions.save(leadership, values, version=version, verb="network.leadership", by=by)


@action
def save_phase(*, phase: Phase, values: Values, version: int = 0, by: Actor) -> Phase:
    """Keep a new phase or what was changed of one. Raises Conflict."""
    return versions.save(phase, values, version=version, verb="network.phase", by=by)


@action
def save_grant(*, grant: Grant, values: Values, version: int = 0, by: Actor) -> Grant:
    """Keep a new grant or what was changed of one. Raises Conflict."""
    return versions.save(grant, values, version=version, verb="network.grant", by=by)


@action
def add_area(*, werkplaats: Werkplaats, municipality: Municipality, start: Moment, by: Actor) -> ServiceArea:
    """A municipality comes to lie in the area of a werkplaats. Raises ValidationError when it does already."""
    held = werkplaats.areas.filter(municipality=municipality, valid_to=None).first()
    if held:
        words = {"name": municipality.name, "period": held.period}
        raise ValidationError(_t("%(name)s hoort al bij dit werkgebied (%(period)s).") % words)
    area: ServiceArea = werkplaats.areas.create(
        municipality=municipality, valid_from=start.day, valid_from_precision=start.precision
    )
    detail = {"after": {"municipality": municipality.uid, "valid_from": start.day.isoformat()}}
    logbook.write("network.area.added", werkplaats.uid, by=by, detail=detail)
    return area


@action
def end_area(*, area: ServiceArea, end: Moment, by: Actor) -> ServiceArea:
    """A municipality leaves the area, up to and including ``end``. Raises ValidationError before its beginning."""
    area = ServiceArea.objects.select_for_update().get(pk=area.pk)
    before = area.valid_to.isoformat() if area.valid_to else None
    area.valid_to, area.valid_to_precision = end.after(), Precision(end.precision)
    area.clean()
    area.save()
    detail = {
        "before": {"municipality": area.municipality.uid, "valid_to": before},
        "after": {"municipality": area.municipality.uid, "valid_to": area.valid_to.isoformat()},
    }
    logbook.write("network.area.ended", area.werkplaats.uid, by=by, detail=detail)
    return area
