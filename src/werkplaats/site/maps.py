"""What the maps of the network show: in whose area each municipality lies. Also as a file to take along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.catalogue.labels import Labels
from werkplaats.core import clock, dates
from werkplaats.core.models import Basis
from werkplaats.network.models import ServiceArea, Werkplaats
from werkplaats.network.queries.coverage import Coverage
from werkplaats.network.rules import RECEIVING, Layer
from werkplaats.places.models import Boundary, Municipality
from werkplaats.places.queries import Land, hexagons
from werkplaats.site.components.maps import Map, Tile
from werkplaats.site.home import TILES
from werkplaats.site.regions import region_page

# What a map knows of a werkplaats.
_SHOWN = ("pk", "uid", "name", "slug", "status")
_COUNTRY = (
    ("in", _("in het werkgebied van een werkplaats"), "solid"),
    ("opbouw", _("werkplaats in opbouw"), "hatch"),
    ("geen", _("in geen werkgebied"), "blank"),
)
_REGION = (
    ("hier", _("in het werkgebied"), "strong"),
    ("elders", _("bij een andere werkplaats"), "solid"),
    ("geen", _("bij geen werkplaats"), "blank"),
)
_PLACE = (
    ("hier", _("deze gemeente"), "accent"),
    ("samen", _("zelfde werkplaats"), "strong"),
    ("elders", _("bij een andere werkplaats"), "solid"),
    ("geen", _("bij geen werkplaats"), "blank"),
)


class Place(NamedTuple):
    """A municipality of today, and the werkplaatsen in whose area it lies, longest serving first.

    ``assumed_by``: the keys of those in whose area it only is assumed to lie.
    """

    code: str
    name: str
    url: str
    uid: str = ""
    lat: float | None = None
    lon: float | None = None
    boundary: str | None = None
    served_by: tuple[Werkplaats, ...] = ()
    population: int | None = None
    assumed_by: frozenset[int] = frozenset()


def places_today() -> list[Place]:
    """All municipalities with who serves them: two questions to the database, however many there are."""
    base = reverse("municipalities")
    areas = ServiceArea.objects.shown_on(clock.today()).order_by("valid_from", "pk")
    served: dict[int, list[Werkplaats]] = defaultdict(list)
    known: dict[int, Werkplaats] = {}
    assumed: dict[int, set[int]] = defaultdict(set)
    fields = (f"werkplaats__{field}" for field in _SHOWN)
    for place, basis, *values in areas.values_list("municipality", "basis", *fields):
        one = Werkplaats(**dict(zip(_SHOWN, values, strict=True)))
        served[place].append(known.setdefault(one.pk, one))
        if basis == Basis.ASSUMED:
            assumed[place].add(one.pk)
    rows = Municipality.objects.current().order_by("name", "code")
    return [
        Place(
            code,
            name,
            f"{base}{slug}/",
            uid,
            lat,
            lon,
            boundary,
            tuple(dict.fromkeys(served[pk])),
            people,
            frozenset(assumed[pk]),
        )
        for pk, code, name, slug, uid, lat, lon, boundary, people in rows.values_list(
            "pk", "code", "name", "slug", "uid", "lat", "lon", "boundary__uid", "population"
        )
    ]


def _land(places: list[Place]) -> Land:
    """Hexagons without asking, as long as nobody has a boundary."""
    return Boundary.objects.land() if any(one.boundary for one in places) else hexagons()


def _tiles(places: list[Place], state: Callable[[Place], str]) -> list[Tile]:
    """``state`` says what each is in."""
    said = _t("in geen werkgebied")
    return [
        Tile(one.code, one.name, state(one), ", ".join(who.name for who in one.served_by) or said, one.url)
        for one in places
    ]


def country(places: list[Place]) -> dict[str, Any]:
    """The whole country: in an area, in that of a werkplaats that is being formed, or in none."""
    regions: dict[str, set[str]] = defaultdict(set)

    def state(one: Place) -> str:
        if one.served_by:
            regions[short_of(one.served_by[0])].add(one.code)
        receiving = any(who.status in RECEIVING for who in one.served_by)
        return "in" if receiving else "opbouw" if one.served_by else "geen"

    tiles = _tiles(places, state)
    count = {name: sum(tile.state == name for tile in tiles) for name, _label, _pattern in _COUNTRY}
    said = _t("Kaart van Nederland. %(served)s, %(forming)s en %(blank)s.") % {
        "served": _many(count["in"], _t("in het werkgebied van een werkplaats")),
        "forming": _t("%(n)d bij een werkplaats in opbouw") % {"n": count["opbouw"]},
        "blank": _t("%(n)d in geen werkgebied") % {"n": count["geen"]},
    }
    shown = {"tiles": tiles, "legend": _COUNTRY, "summary": said, "land": _land(places)}
    return {**shown, "regions": tuple(regions.items())}


def covered(found: Coverage, layer: Layer) -> dict[str, Any]:
    """Which municipalities are covered on a day in one layer, which would be by a candidate, and which are blank."""
    legend = (
        ("in", str(layer.label), "strong"),
        *([("kandidaat", _t("alleen bij een werkplaats in opbouw"), "hatch")] if layer == Layer.AREA else []),
        ("geen", _t("lege plek"), "accent"),
    )
    tiles = []
    for row in found.rows:
        vias = row.via(layer)
        state = "in" if vias else "kandidaat" if row.candidate and layer == Layer.AREA else "geen"
        label = ", ".join(via.name for via in vias) or str(dict((name, said) for name, said, _p in legend)[state])
        tiles.append(Tile(row.municipality.code, row.municipality.name, state, label, _address(row.municipality.slug)))
    total = found.totals[layer]
    said = _t("Kaart van Nederland, laag “%(layer)s”: %(covered)d gemeenten wel, %(blank)d niet.") % {
        "layer": layer.label, "covered": total.covered, "blank": total.blank,
    }  # fmt: skip
    return {"tiles": tiles, "legend": legend, "summary": said, "land": Boundary.objects.land()}


def _address(slug: str) -> str:
    return f"{reverse('municipalities')}{slug}/"


def _many(count: int, where: str) -> str:
    said = ngettext("%(n)d gemeente ligt %(where)s", "%(n)d gemeenten liggen %(where)s", count)
    return said % {"n": count, "where": where}


def lists(places: list[Place]) -> list[tuple[str, str, Werkplaats | None, list[Place]]]:
    """What the map shows in words: the municipalities of each werkplaats by its name, and last those of none.

    Each with the letters it has on the map, its name and itself.
    """
    own: dict[Werkplaats, list[Place]] = defaultdict(list)
    for one in places:
        for who in one.served_by:
            own[who].append(one)
    blank = [one for one in places if not one.served_by]
    found = [(short_of(who), who.name, who, some) for who, some in sorted(own.items(), key=lambda pair: pair[0].name)]
    return [*found, *([("", _t("In geen werkgebied"), None, blank)] if blank else [])]


def short_of(werkplaats: Werkplaats) -> str:
    """A few letters for on the map."""
    return TILES[werkplaats.slug][2] if werkplaats.slug in TILES else werkplaats.name[:3].upper()


def names_of(places: Iterable[Place]) -> Labels:
    """What municipalities and the werkplaatsen that serve them are called, for a page that read them."""
    labels, places = Labels(), list(places)
    labels.know("gemeente", {one.uid: one.name for one in places})
    labels.know("werkplaats", {who.uid: who.name for one in places for who in one.served_by})
    return labels


def region(werkplaats: Werkplaats, places: list[Place]) -> dict[str, Any]:
    """One werkplaats within the country."""

    def state(one: Place) -> str:
        return "hier" if werkplaats in one.served_by else "elders" if one.served_by else "geen"

    tiles = _tiles(places, state)
    own = [tile for tile in tiles if tile.state == "hier"]
    words = {"name": werkplaats.name, "many": _many(len(own), _t("in het werkgebied"))}
    said = _t("Kaart van Nederland met het werkgebied van werkplaats %(name)s: %(many)s.") % words
    shown = {"tiles": tiles, "legend": _REGION, "summary": said, "land": _land(places)}
    return {**shown, "regions": (("", {tile.code for tile in own}),)}


def place(municipality: Municipality, serving: Iterable[Werkplaats], places: list[Place]) -> dict[str, Any]:
    """One municipality within the country, and who has the same werkplaats."""
    own = set(serving)

    def state(one: Place) -> str:
        if one.code == municipality.code:
            return "hier"
        return "samen" if own & set(one.served_by) else "elders" if one.served_by else "geen"

    said = _t("Kaart van Nederland: waar de gemeente %(name)s ligt") % {"name": municipality.name}
    said += _t(", met de andere gemeenten van werkplaats %(names)s.") % {
        "names": ", ".join(sorted(one.name for one in own))
    } if own else "."  # fmt: skip
    return {"tiles": _tiles(places, state), "legend": _PLACE, "summary": said, "land": _land(places)}


def country_file(request: HttpRequest) -> HttpResponse:
    """The map of all werkplaatsen, to take along."""
    return _file(request, _t("Werkplaatsen en hun werkgebied"), country(places_today()))


@region_page
def region_file(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """The map of one werkplaats, to take along."""
    return _file(
        request,
        _t("Werkgebied van werkplaats %(name)s") % {"name": werkplaats.name},
        region(werkplaats, places_today()),
    )


def _file(request: HttpRequest, title: str, shown: dict[str, Any]) -> HttpResponse:
    drawn = Map(**shown)
    wide, high = (int(number) for number in drawn.view_box.split()[2:])
    high = 2800 * high // wide
    legend = [(high + 340 + 130 * number, row) for number, row in enumerate(drawn.rows)]
    foot = high + 340 + 130 * len(legend)
    words = {"site": settings.SITE_NAME, "day": dates.show(clock.today(), "dag")}
    each = "" if shown["land"].real else _t(" Elke zeshoek in volle kleur is een gemeente.")
    context = {
        "map": drawn,
        "title": title,
        "foot": _t("Bron: %(site)s, %(day)s.") % words + each,
        "sheet": {"map": high, "legend": legend, "foot": foot, "height": foot + 80},
    }
    response = render(request, "site/map.svg", context, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)}.svg"'
    return response
