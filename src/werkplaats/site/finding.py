"""Which werkplaatsen someone means who types the name of a province, a region or a werkplaats."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import ngettext

from werkplaats.core import clock
from werkplaats.network.models import ServiceArea, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.places.rules import province_named
from werkplaats.site.templatetags.pages import localised


class Region(NamedTuple):
    """A werkplaats that was meant: its name and address, whether it is in the making, and why it is named."""

    name: str
    url: str
    forming: bool
    said: str


def meant_by(text: str) -> list[Region]:
    """The werkplaatsen that work in the province of this name, or that are called so; most municipalities first."""
    if province := province_named(text):
        return _working_in(province)
    found = Werkplaats.objects.current().exclude(status=Status.ENDED).called(slugify(text))
    return [_region(one, one.region) for one in found]


def _working_in(province: str) -> list[Region]:
    areas = ServiceArea.objects.shown_on(clock.today()).filter(municipality__province__name=province)
    held: dict[Werkplaats, set[int]] = defaultdict(set)
    for area in areas.select_related("werkplaats"):
        held[area.werkplaats].add(area.municipality_id)
    ordered = sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0].name))
    return [_region(one, _many(len(places), province)) for one, places in ordered]


def _many(count: int, province: str) -> str:
    said = ngettext("%(n)d gemeente in %(province)s", "%(n)d gemeenten in %(province)s", count)
    return said % {"n": count, "province": province}


def _region(one: Werkplaats, said: str) -> Region:
    return Region(one.name, localised(one.get_absolute_url()), one.status == Status.CANDIDATE, said)
