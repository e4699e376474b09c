"""Real boundaries from a file: kept whole or not at all, and drawn instead of hexagons."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import factories
from werkplaats.config import cli
from werkplaats.core import outlines
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.core.tables import Report
from werkplaats.places.actions import forget_boundaries
from werkplaats.places.imports import import_boundaries
from werkplaats.places.models import Boundary, Municipality
from werkplaats.places.queries import hexagons

from . import country
from .shipped import load_municipalities, problems_of, quiet

pytestmark = pytest.mark.django_db

# Squares of ten kilometres: Assen with a lake, and Groningen beside it.
ASSEN = [[[230000, 550000], [240000, 550000], [240000, 560000], [230000, 560000], [230000, 550000]]]
LAKE = [[233000, 553000], [237000, 553000], [237000, 557000], [233000, 557000], [233000, 553000]]
GRONINGEN = [[[230000, 560000], [240000, 560000], [240000, 570000], [230000, 570000], [230000, 560000]]]
IN_DEGREES = [[[6.5, 53.0], [6.65, 53.0], [6.65, 53.1], [6.5, 53.1], [6.5, 53.0]]]


def area(code: Any, coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    given = {"statcode": code, **properties}
    return {"type": "Feature", "properties": given, "geometry": {"type": kind, "coordinates": coordinates}}


def written(tmp_path: Path, *areas: Any, **more: Any) -> Path:
    path = tmp_path / "grenzen.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(areas), **more}))
    return path


def read(path: Path, *, dry_run: bool = False) -> Report:
    return import_boundaries(path=path, dry_run=dry_run, progress=quiet, by=SYSTEM)


def rings() -> dict[str, Any]:
    return dict(Boundary.objects.values_list("municipality__code", "rings"))


@pytest.fixture
def towns() -> None:
    for name, code in (("Assen", "GM0106"), ("Groningen", "GM0014")):
        factories.make_municipality(name, code=code)


def surface(outline: Any) -> float:
    (ring,) = outline
    return abs(sum(x * south - east * y for (x, y), (east, south) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def drawn(client: Client) -> str:
    page = client.get("/werkplaatsen/").content.decode()
    rest = page[page.index('class="map-drawing"') :]
    return rest[: rest.index("</svg>")]


def test_the_map_draws_them_instead_of_hexagons_and_can_go_back(client: Client, towns: None, tmp_path: Path) -> None:
    before = drawn(client)
    assert hexagons().paths["GM0106"] in before
    report = read(written(tmp_path, area("GM0106", [*ASSEN, LAKE]), area("GM0014", [GRONINGEN], "MultiPolygon")))
    assert report.told(dry_run=False) == "Ingelezen.\n2 nieuw, 0 gewijzigd, 0 beëindigd, 0 ongewijzigd."
    after = drawn(client)
    assert hexagons().paths["GM0106"] not in after and "map-ground" not in after
    assert outlines.path_of(Boundary.objects.land().pieces["GM0106"]) in after
    # The lake stays open: a ring of its own.
    assert len(rings()["GM0106"]) == 2

    assert forget_boundaries(by=SYSTEM) == 2
    assert drawn(client) == before
    assert forget_boundaries(by=SYSTEM) == 0


def test_what_is_kept_is_light_and_on_the_map_of_the_country(towns: None, tmp_path: Path) -> None:
    many = [[230000 + n, 550000 + n % 2] for n in range(0, 10001, 10)]
    path = written(tmp_path, area("GM0106", [[*many, [240000, 560000], [230000, 560000]]]))
    read(path)
    ((ring,),) = rings().values()
    assert {*zip(ring[::2], ring[1::2], strict=True)} == {(2300, 700), (2300, 800), (2400, 800), (2400, 700)}
    assert len(ring) == 8


def test_degrees_lie_where_metres_lie(towns: None, tmp_path: Path) -> None:
    read(written(tmp_path, area("GM0106", IN_DEGREES), crs={"type": "name", "properties": {"name": "EPSG:4326"}}))
    west, north, east, south = outlines.extent(Boundary.objects.land().pieces.values())
    # Assen: 229 to 240 km east, 558 to 569 km north.
    assert (228 < west / 10 < 231, 239 < east / 10 < 241) == (True, True)
    assert (556 < 630 - south / 10 < 559, 567 < 630 - north / 10 < 570) == (True, True)


def test_a_second_time_changes_nothing_and_a_change_is_drawn(client: Client, towns: None, tmp_path: Path) -> None:
    path = written(tmp_path, area("GM0106", ASSEN), area("GM0014", GRONINGEN))
    read(path)
    stored, first = list(Boundary.objects.values()), drawn(client)
    again = read(path)
    assert (again.unchanged, again.created, again.updated) == (2, [], [])
    assert list(Boundary.objects.values()) == stored

    other = [[[230000, 550000], [245000, 550000], [240000, 560000], [230000, 560000]]]
    changed = read(written(tmp_path, area("GM0106", other)))
    assert (changed.updated, changed.unchanged) == (["Assen"], 0)
    assert drawn(client) != first and set(rings()) == {"GM0106", "GM0014"}


def test_a_dry_run_says_the_same_and_keeps_nothing(towns: None, tmp_path: Path) -> None:
    path = written(tmp_path, area("GM0106", ASSEN))
    tried = read(path, dry_run=True)
    assert not Boundary.objects.exists() and not LogEntry.objects.exists()
    assert read(path) == tried
    assert tried.notes == ["Zonder grens, en dus niet op de kaart maar wel in de lijst eronder: Groningen."]
    line = LogEntry.objects.latest("number")
    assert (line.verb, line.detail["created"], line.detail["rows"]) == ("places.boundaries.imported", 1, 1)


def test_who_has_no_boundary_stands_beside_the_map(client: Client, towns: None, tmp_path: Path) -> None:
    read(written(tmp_path, area("GM0106", ASSEN)))
    page = client.get("/werkplaatsen/").content.decode()
    beside = page[page.index("Nog niet op de kaart") :]
    assert beside.index("/gemeenten/groningen/") < beside.index("</p>")


WRONG = "een punt hoort uit twee getallen te bestaan"
LISTS = "hier horen lijsten met coördinaten te staan"
KINDS = "een gebied hoort een Polygon of MultiPolygon te zijn"


@pytest.mark.parametrize(
    ("feature", "problem"),
    [
        (area("GM9998", ASSEN, statnaam="Smilde"),
         "gebied 2 (Smilde): statcode: gemeente GM9998 kennen we niet; lees eerst de gemeenten van dat jaar in"),
        (area("", ASSEN), "gebied 2: statcode: hier staat geen CBS-code, zoals GM0106"),
        (area("GM0014", ASSEN), "gebied 2: statcode: GM0014 staat er twee keer in"),
        (area("GM0106", ASSEN[0]), f"gebied 2: geometry: {WRONG}"),
        (area("GM0106", []), f"gebied 2: geometry: {LISTS}"),
        (area("GM0106", None), f"gebied 2: geometry: {LISTS}"),
        (area("GM0106", [[["a", "b"]]]), f"gebied 2: geometry: {WRONG}"),
        (area("GM0106", [[[5.1]]]), f"gebied 2: geometry: {WRONG}"),
        (area("GM0106", [[[True, False]]]), f"gebied 2: geometry: {WRONG}"),
        (area("GM0106", ASSEN, "LineString"), f"gebied 2: geometry: {KINDS}"),
        ({"type": "Feature", "properties": {"code": "GM0106"}, "geometry": None}, f"gebied 2: geometry: {KINDS}"),
        ([], "gebied 2: statcode: hier staat geen CBS-code, zoals GM0106"),
        (area("GM0106", [[[53.1, 6.5], [53.2, 6.5], [53.2, 6.6]]]),
         "gebied 2: geometry: de coördinaten staan andersom: eerst de lengte (oost), dan de breedte (noord)"),
        (area("GM0106", [[[730000, 7000000], [1, 2], [3, 4]]]),
         "gebied 2: geometry: het punt 730000, 7e+06 ligt niet in Nederland; "
         "neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)"),
        (area("GM0106", [[[10**400, -(10**400)]]]),
         "gebied 2: geometry: het punt 1e+12, -1e+12 ligt niet in Nederland; "
         "neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)"),
        (area("GM0106", [[[float("nan"), float("inf")]]]),
         "gebied 2: geometry: het punt nan, inf ligt niet in Nederland; "
         "neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)"),
        (area("GM0106", [[[230000, 550000], [230001, 550001], [230002, 550000]]]),
         "Assen: dit gebied is te klein om te tekenen"),
    ],
)  # fmt: skip
def test_a_wrong_area_keeps_the_whole_file_out_and_is_named(
    towns: None, tmp_path: Path, feature: Any, problem: str
) -> None:
    path = written(tmp_path, area("GM0014", GRONINGEN), feature)
    assert problems_of(read, path) == [problem]
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("geen json", "regel 1: geen geldige JSON: Expecting value"),
        ("[]", "type: dit is geen GeoJSON met gebieden: bovenaan hoort “type”: “FeatureCollection” te staan"),
        ('{"type": "Feature"}',
         "type: dit is geen GeoJSON met gebieden: bovenaan hoort “type”: “FeatureCollection” te staan"),
        ('{"type": "FeatureCollection"}', "features: hier hoort een lijst met ten minste één gebied te staan"),
        ('{"type": "FeatureCollection", "features": [1], "crs": {"properties": {"name": "EPSG:3857"}}}',
         "crs: dit coördinatenstelsel kennen we niet; neem EPSG:28992 (Rijksdriehoek) of EPSG:4326 (graden)"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "grenzen.json"
    path.write_text(text)
    assert problems_of(read, path) == [problem]


def test_a_file_that_is_too_big_says_which_to_take(tmp_path: Path) -> None:
    path = tmp_path / "grenzen.json"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert problems_of(read, path) == [
        "Het bestand is groter dan 50 MB. Neem het gegeneraliseerde: op de kaart ziet u geen verschil."
    ]


def test_the_command_reads_them_and_goes_back(tmp_path: Path, capsys: Any) -> None:
    factories.make_municipality("Assen", code="GM0106")
    assert cli.main(["import", "grenzen", str(written(tmp_path, area("GM0106", ASSEN)))]) == 0
    assert "1 nieuw" in capsys.readouterr().out
    assert cli.main(["map", "hexagons"]) == 0
    assert capsys.readouterr().out == "De kaart heeft weer zeshoeken; 1 grenzen zijn weg.\n"
    assert not Boundary.objects.exists()
    assert cli.main(["import", "grenzen", str(tmp_path / "nergens.json")]) == 1
    assert "niet te lezen" in capsys.readouterr().err


def test_the_whole_country_stays_small(netherlands: None, tmp_path: Path) -> None:
    """Each municipality as its hexagon, with a hundred points along every side."""
    areas = []
    for code, outline in hexagons().pieces.items():
        ring = []
        for (x, y), (east, south) in zip(outline[0], [*outline[0][1:], outline[0][0]], strict=True):
            steps = [n / 100 for n in range(100)]
            ring += [[100 * (x + (east - x) * n), 100 * (6300 - y - (south - y) * n)] for n in steps]
        areas.append(area(code, [[*ring, ring[0]]]))
    read(written(tmp_path, *areas))
    assert len(json.dumps(rings())) < 40_000
    # Neighbours still touch: the lines between them are the sides of hexagons that two of them share.
    land, whole = Boundary.objects.land(), hexagons()
    groups = frozenset((code, code) for code in whole.pieces)
    assert all(abs(surface(land.pieces[code]) / surface(whole.pieces[code]) - 1) < 0.05 for code in whole.pieces)
    assert land.borders(groups).count("M") > 100


def outlines_of() -> dict[str, list[list[tuple[int, int]]]]:
    return {code: [list(zip(ring[::2], ring[1::2], strict=True)) for ring in some] for code, some in rings().items()}


def lines(outline: list[list[tuple[int, int]]]) -> set[frozenset[tuple[int, int]]]:
    """Each line of an outline, in no direction."""
    return {frozenset(pair) for ring in outline for pair in zip(ring, [*ring[1:], ring[0]], strict=True)}


@pytest.mark.parametrize("metres", [True, False])
def test_a_whole_country_with_lakes_islands_and_enclaves_is_drawn(client: Client, tmp_path: Path, metres: bool) -> None:
    load_municipalities()
    values = list(Municipality.objects.values_list("code", "name", "lat", "lon"))
    given = country.features(values, metres=metres)
    report = read(written(tmp_path, *given))
    assert (len(report.created), report.notes) == (342, [])
    found = outlines_of()
    # Whoever had a lake, an enclave or an island big enough to draw has more than one ring; nobody has more than given.
    most = {one["properties"]["statcode"]: sum(map(len, one["geometry"]["coordinates"])) for one in given}
    assert all(1 <= len(found[code]) <= most[code] for code in found)
    assert sum(len(some) > 1 for some in found.values()) > 40
    # Two that lie side by side are drawn with the same line, so nothing gapes: an enclave is the hole it lies in.
    each = Counter(line for some in found.values() for line in lines(some))
    assert set(each.values()) == {1, 2} and sum(count == 2 for count in each.values()) > 1500
    codes = sorted(found)
    shared = [n for n in range(10, 342, 10) if n % 9 and lines(found[codes[n]]) & lines(found[codes[n - 1]])]
    assert len(shared) > 10
    # Light enough for a telephone, and every municipality in it.
    page = drawn(client)
    assert page.count("data-to=") == 342 and len(page) < 250_000
