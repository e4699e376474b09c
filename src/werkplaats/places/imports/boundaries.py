"""Real boundaries of municipalities, from GeoJSON as the statistics office publishes it.

A FeatureCollection; each feature has a Polygon or MultiPolygon and, under ``statcode`` or ``code``, a CBS code.
Coordinates are metres of the national grid (EPSG:28992) or degrees, the east first (EPSG:4326). Kept is only what a
drawing needs: whole hectometres, simplified. What is in the file replaces what was known; the rest stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import logbook, outlines, rijksdriehoek, tables
from werkplaats.core.actors import Actor
from werkplaats.core.outlines import Point
from werkplaats.core.simplify import simplified
from werkplaats.core.tables import Problem, Progress, Report, TableError
from werkplaats.places.models import Boundary, Municipality

# In hectometres: no bend smaller than this is drawn, and no island or hole smaller than a square kilometre.
_TOLERANCE, _SMALLEST = 1.5, 100
_CODES, _NAMES = ("statcode", "code"), ("statnaam", "naam", "name")
# No coordinate is as large as this.
_FARTHEST = 10**12
_SYSTEMS = ("28992", "4326", "CRS84")


def import_boundaries(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read boundaries in by CBS code; raises TableError and keeps nothing when something is wrong."""
    too_big = _t("Het bestand is groter dan 50 MB. Neem het gegeneraliseerde: op de kaart ziet u geen verschil.")
    features = _features(tables.read_json(path, too_big=too_big))
    report = Report()
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        known = {one.code: one for one in Municipality.objects.all()}
        pieces: dict[str, list[list[Point]]] = {}
        for number, feature in enumerate(features, 1):
            _read_one(feature, f"gebied {number}", known, pieces, problems)
            progress(number, len(features))
        if not problems:
            light = simplified(pieces, tolerance=_TOLERANCE, smallest=_SMALLEST)
            for code, rings in light.items():
                if rings:
                    _keep(known[code], rings, report)
                else:
                    message = _t("dit gebied is te klein om te tekenen")
                    problems.append(Problem(known[code].name, "", message))
        if not problems:
            _say_who_has_none(report)
        detail = {"rows": len(features), **report.counts()}
        logbook.write("places.boundaries.imported", "gemeente", by=by, detail=detail)
    return report


def _features(data: Any) -> list[Any]:
    """The features of a file, or TableError."""
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        message = _t("dit is geen GeoJSON met gebieden: bovenaan hoort “type”: “FeatureCollection” te staan")
        raise TableError([Problem("", "type", message)])
    if not isinstance(data.get("features"), list) or not data["features"]:
        raise TableError([Problem("", "features", _t("hier hoort een lijst met ten minste één gebied te staan"))])
    system = data.get("crs")
    if system and not any(name in str(system) for name in _SYSTEMS):
        message = _t("dit coördinatenstelsel kennen we niet; neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)")
        raise TableError([Problem("", "crs", message)])
    features: list[Any] = data["features"]
    return features


def _read_one(
    feature: Any,
    place: str,
    known: dict[str, Municipality],
    pieces: dict[str, list[list[Point]]],
    problems: list[Problem],
) -> None:
    given = feature.get("properties") if isinstance(feature, dict) else None
    properties = given if isinstance(given, dict) else {}
    code = next((str(properties[name]).strip() for name in _CODES if properties.get(name)), "")
    name = next((str(properties[name])[:60] for name in _NAMES if properties.get(name)), "")
    place = f"{place} ({name})" if name else place
    if not code:
        problems.append(Problem(place, "statcode", _t("hier staat geen CBS-code, zoals GM0106")))
    elif code not in known:
        message = _t("gemeente %(code)s kennen we niet; lees eerst de gemeenten van dat jaar in") % {"code": code[:20]}
        problems.append(Problem(place, "statcode", message))
    elif code in pieces:
        problems.append(Problem(place, "statcode", _t("%(code)s staat er twee keer in") % {"code": code}))
    else:
        try:
            pieces[code] = list(_rings(feature.get("geometry")))
        except ValueError as error:
            problems.append(Problem(place, "geometry", str(error)))


def _rings(geometry: Any) -> Iterator[list[Point]]:
    """The rings of a Polygon or MultiPolygon on our map; raises ValueError with what is wrong."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    polygons = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(_t("een gebied hoort een Polygon of MultiPolygon te zijn"))
    for polygon in _list([polygons] if kind == "Polygon" else polygons):
        for ring in _list(polygon):
            yield [_point(one) for one in _list(ring)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(_t("hier horen lijsten met coördinaten te staan"))
    return value


def _point(value: Any) -> Point:
    pair = value[:2] if isinstance(value, list) else []
    if len(pair) != 2 or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in pair):
        raise ValueError(_t("een punt hoort uit twee getallen te bestaan"))
    # A whole number in a file may be longer than any coordinate, and than a drawing can reckon with.
    pair = [float(max(min(one, _FARTHEST), -_FARTHEST)) if isinstance(one, int) else one for one in pair]
    if rijksdriehoek.in_degrees(*pair):
        return outlines.on_map(*rijksdriehoek.from_degrees(*pair))
    if rijksdriehoek.in_metres(*pair):
        return outlines.on_map(*pair)
    if rijksdriehoek.in_degrees(*reversed(pair)):
        raise ValueError(_t("de coördinaten staan andersom: eerst de lengte (oost), dan de breedte (noord)"))
    words = {"x": f"{pair[0]:.6g}", "y": f"{pair[1]:.6g}"}
    message = _t("het punt %(x)s, %(y)s ligt niet in Nederland; neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)")
    raise ValueError(message % words)


def _keep(municipality: Municipality, rings: list[list[Point]], report: Report) -> None:
    flat = [[number for point in ring for number in point] for ring in rings]
    found = Boundary.objects.filter(municipality=municipality).first()
    if found and found.rings == flat:
        report.unchanged += 1
        return
    if found:
        # A new row, so that whoever keeps the drawing in memory sees that it is another.
        found.delete()
    Boundary.objects.create(municipality=municipality, rings=flat)
    (report.updated if found else report.created).append(municipality.name)


def _say_who_has_none(report: Report) -> None:
    without = list(Municipality.objects.current().filter(boundary=None).values_list("name", flat=True))
    if without:
        message = _t("Zonder grens, en dus niet op de kaart maar wel in de lijst eronder: %(names)s.")
        report.notes.append(message % {"names": ", ".join(without)})
