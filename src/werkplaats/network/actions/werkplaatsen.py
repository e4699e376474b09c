"""Keeping werkplaatsen, who leads them, and where they work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, touched, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment, Precision
from werkplaats.network.models import (
    FormerAddress,
    FormerName,
    Leadership,
    ServiceArea,
    Werkplaats,
)
from werkplaats.network.rules import Status, wrong_joining
from werkplaats.places.models import Municipality

Values = Mapping[str, Any]


@action
def save_werkplaats(
    *, werkplaats: Werkplaats, values: Values, former: list[str], version: int = 0, by: Actor
) -> Werkplaats:
    """Keep a new werkplaats or what was changed of one, with its former names. Raises Conflict.

    A name it loses becomes a former name, so that it is still found under it; an address it loses leads to the new. One
    that is no longer in the making says since which day, so that its past stays what it was; raises ValidationError
    without.
    """
    found = Werkplaats.objects.filter(pk=werkplaats.pk).first()
    before, slug = (found.name, found.slug) if found else ("", "")
    if before and before != values.get("name", before):
        former = [*former, before]
    values = _with_its_past(found, values)
    known = set(werkplaats.former_names.values_list("name", flat=True)) if werkplaats.pk else set()
    wanted = dict.fromkeys(name for name in former if name != values.get("name", werkplaats.name))
    other = known != set(wanted)
    kept = versions.save(werkplaats, values, version=version, verb="network.werkplaats", by=by, also=other)
    if slug and slug != kept.slug:
        # Who takes the address back, or takes over that of another, has it from now on.
        FormerAddress.objects.update_or_create(slug=slug, defaults={"werkplaats": kept})
    FormerAddress.objects.filter(slug=kept.slug).delete()
    if other:
        kept.former_names.exclude(name__in=wanted).delete()
        for name in wanted:
            FormerName.objects.get_or_create(werkplaats=kept, name=name)
        detail = {"before": {"former_names": sorted(known)}, "after": {"former_names": sorted(wanted)}}
        logbook.write("network.werkplaats.renamed", kept.uid, by=by, detail=detail)
    return kept


def _with_its_past(found: Werkplaats | None, values: Values) -> Values:
    """The values, with until when it was in the making."""
    status = values.get("status", found.status if found else "")
    if status == Status.CANDIDATE:
        return {**values, "forming_to": None} if found and found.forming_to else values
    if found is None or found.status != Status.CANDIDATE:
        return values
    if status == Status.ENDED and not values.get("forming_to"):
        # It never became more than that: until its end it was in the making.
        return {**values, "forming_to": values.get("valid_to", found.valid_to) or clock.today()}
    start, joined = values.get("valid_from", found.valid_from), values.get("forming_to")
    if said := wrong_joining(found.status, status, start, joined, clock.today()):
        raise ValidationError({"joined": said})
    return values


@action
def save_leadership(*, leadership: Leadership, values: Values, version: int = 0, by: Actor) -> Leadership:
    """Keep a new leadership or what was changed of one. Raises Conflict."""
    before = Leadership.objects.filter(pk=leadership.pk).select_related("organisation", "werkplaats").first()
    if before:
        # Whom it no longer is about shows it no longer.
        touched.mark([before.organisation.uid, before.werkplaats.uid])
    return versions.save(leadership, values, version=version, verb="network.leadership", by=by)


@action
def add_area(*, werkplaats: Werkplaats, municipality: Municipality, start: Moment, by: Actor) -> ServiceArea:
    """A municipality comes to lie in the area of a werkplaats.

    Raises ValidationError when it does already, on that day or on one after it.
    """
    _refuse_twice(werkplaats, municipality, start.day, None)
    area: ServiceArea = werkplaats.areas.create(
        municipality=municipality, valid_from=start.day, valid_from_precision=start.precision
    )
    detail = {"after": {"municipality": municipality.uid, "valid_from": start.day.isoformat()}}
    logbook.write("network.area.added", werkplaats.uid, by=by, detail=detail)
    return area


@action
def end_area(*, area: ServiceArea, end: Moment, by: Actor) -> ServiceArea:
    """A municipality leaves the area, up to and including ``end``.

    Raises ValidationError before its beginning, and when it came back before that end.
    """
    area = ServiceArea.objects.select_for_update().get(pk=area.pk)
    before = area.valid_to.isoformat() if area.valid_to else None
    area.valid_to, area.valid_to_precision = end.after(), Precision(end.precision)
    area.clean()
    _refuse_twice(area.werkplaats, area.municipality, area.valid_from, area.valid_to, beside=area)
    area.save()
    detail = {
        "before": {"municipality": area.municipality.uid, "valid_to": before},
        "after": {"municipality": area.municipality.uid, "valid_to": area.valid_to.isoformat()},
    }
    logbook.write("network.area.ended", area.werkplaats.uid, by=by, detail=detail)
    return area


def _refuse_twice(
    werkplaats: Werkplaats, municipality: Municipality, start: date, end: date | None, beside: ServiceArea | None = None
) -> None:
    """Raise ValidationError when it lies in the area on a day of [start, end) already; one at a time may ask this."""
    Werkplaats.objects.select_for_update().get(pk=werkplaats.pk)
    for one in werkplaats.areas.filter(municipality=municipality).order_by("valid_from", "pk"):
        if one != beside and one.meets(start, end):
            words = {"name": municipality.name, "period": one.period}
            said = _t("%(name)s hoort al bij dit werkgebied (%(period)s).") % words
            advice = "" if one.valid_to is None else _t("Kies een periode die daar niet mee samenvalt.")
            raise ValidationError(" ".join(filter(None, (said, advice))))
