"""Municipalities from a file: whole or not at all, and the same however often."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.core.stored import everything
from werkplaats.catalogue.models import Entry
from werkplaats.core.models import LogEntry
from werkplaats.core.tables import TableError
from werkplaats.places.models import Municipality, PlaceName, Province

from .shipped import MUNICIPALITIES, load_municipalities, problems_of

pytestmark = pytest.mark.django_db

HEADER = "code,name,province,population,land_km2,lat,lon,valid_from,valid_to,aliases,successors"
SMILDE = "GM1696,Smilde,Drenthe,9000,59.10,52.95,6.45,1900,1997,Hijkersmilde;Hoogersmilde,GM1731"
MIDDEN_DRENTHE = "GM1731,Midden-Drenthe,Drenthe,33600,341.48,52.86,6.52,1998,,,"
NO_CODE = "Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731."
# Places that are known under it anyway, from the shipped list.
PLACES = {"Beilen", "Smilde", "Westerbork"}


def written(folder: Path, *lines: str) -> Path:
    """A file with these lines."""
    path = folder / "gemeenten.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def names(code: str) -> set[str]:
    """All it is looked up by."""
    return set(PlaceName.objects.filter(municipality__code=code).values_list("name", flat=True))


def test_the_shipped_list_is_all_of_the_netherlands() -> None:
    report = load_municipalities()
    with MUNICIPALITIES.open(newline="") as file:
        listed = {
            (row["code"], row["name"], row["province"], int(row["population"]), Decimal(row["land_km2"]),
             float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(file)
        }  # fmt: skip
    kept = Municipality.objects.values_list("code", "name", "province__name", "population", "land_km2", "lat", "lon")

    assert len(report.created) == len(listed) == 342
    assert set(kept) == listed
    assert Province.objects.count() == 12
    # Each has its page in the hall.
    assert set(Entry.objects.living().values_list("uid", flat=True)) == set(
        Municipality.objects.values_list("uid", flat=True)
    )
    assert [entry.detail for entry in LogEntry.objects.all()] == [
        {"rows": 342, "created": 342, "updated": 0, "ended": 0, "unchanged": 0}
    ]


def test_once_more_changes_nothing_and_says_so() -> None:
    load_municipalities()
    before = everything(logbook=False)

    report = load_municipalities()
    assert report.told(dry_run=False) == "Ingelezen.\n0 nieuw, 0 gewijzigd, 0 beëindigd, 342 ongewijzigd."
    assert everything(logbook=False) == before
    assert LogEntry.objects.latest("number").detail["unchanged"] == 342


@pytest.mark.parametrize("before", ["nothing", "some"])
def test_a_dry_run_says_what_the_real_run_does_and_leaves_no_trace(before: str, tmp_path: Path) -> None:
    if before == "some":
        # One as it is, one under another name.
        known = MUNICIPALITIES.read_text().splitlines()[:3]
        load_municipalities(written(tmp_path, *known[:2], known[2].replace("Almere", "Zuidelijk Flevoland")))
    stored = everything()

    tried = load_municipalities(dry_run=True)
    assert everything() == stored
    done = load_municipalities()
    assert tried == done
    counts = (len(done.created), len(done.updated), done.unchanged)
    assert counts == ((342, 0, 0) if before == "nothing" else (340, 1, 1))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1696,Smilde,Drenthe,,,,,,,,", f"rij 3: code: {NO_CODE}"),
        ("GM169,Smilde,Drenthe,,,,,,,,", f"rij 3: code: {NO_CODE}"),
        ("GM1696,,Drenthe,,,,,,,,", "rij 3: name: Dit is een verplicht veld."),
        ("GM1696,Smilde,,,,,,,,,", "rij 3: province: Dit is een verplicht veld."),
        ("GM1696,Smilde,Drenthe,veel,,,,,,,", "rij 3: population: Voer een geheel getal in."),
        ("GM1696,Smilde,Drenthe,9.000,,,,,,,", "rij 3: population: Voer een geheel getal in."),
        ("GM1696,Smilde,Drenthe,-1,,,,,,,", "rij 3: population: Voer een geheel getal in."),
        ("GM1696,Smilde,Drenthe,,,5.95,,,,,", "rij 3: lat: Zorg ervoor dat deze waarde minstens 50 is."),
        ("GM1696,Smilde,Drenthe,,,,64.5,,,,", "rij 3: lon: Zorg ervoor dat deze waarde hoogstens 8 is."),
        ("GM1696,Smilde,Drenthe,,,nan,,,,,", "rij 3: lat: Voer een getal in."),
        ('GM1696,Smilde,Drenthe,,"59,1",,,,,,', "rij 3: land_km2: Voer een getal in."),
        ("GM1696,Smilde,Drenthe,,,,,1997-02-30,,,", "rij 3: valid_from: “1997-02-30” bestaat niet op de kalender."),
        (
            "GM1696,Smilde,Drenthe,,,,,vroeger,,,",
            "rij 3: valid_from: “vroeger” is geen datum. Schrijf 2013, 2013-09, 2013-09-20 of ~2013.",
        ),
        ("GM1696,Smilde,Drenthe,,,,,1900,9999,,", "rij 3: valid_to: “9999” bestaat niet op de kalender."),
        (
            "GM1696,Smilde,Drenthe,,,,,1998,1997-12,,",
            "rij 3: valid_to: Het einde (december 1997) ligt vóór het begin (1998). "
            "Verbeter een van beide of laat het einde leeg.",
        ),
        ("GM1696,Smilde,Drenthe,,,,,,,,GM9998", "rij 3: successors: gemeente GM9998 kennen we niet"),
        (
            "GM1696,Smilde,Drenthe,,,,,,,,Assen",
            f"rij 3: successors: {NO_CODE}",
        ),
        ("GM1731,Smilde,Drenthe,,,,,,,,", "rij 3: code: deze gemeente staat ook al in rij 2"),
        (f"GM1696,Smilde,Drenthe,,,,,,,Kort;{'a' * 61},", f"rij 3: aliases: “{'a' * 60}” is langer dan 60 tekens."),
        # Sixty ligatures, which are compared as their letters.
        (f"GM1696,{'ﬃ' * 30},Drenthe,,,,,,,,", f"rij 3: name: “{'ﬃ' * 30}” is langer dan 60 tekens."),
        ("GM1696,Smilde,Drenthe", "rij 3: 3 cellen in plaats van 11"),
    ],
)  # fmt: skip
def test_a_wrong_row_keeps_the_whole_file_out_and_is_named(tmp_path: Path, line: str, problem: str) -> None:
    factories.make_municipality("Assen", code="GM0106")
    stored = everything()
    path = written(tmp_path, HEADER, MIDDEN_DRENTHE, line)

    assert problems_of(load_municipalities, path) == [problem]
    assert problems_of(load_municipalities, path, dry_run=True) == [problem]
    assert everything() == stored


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    lines = [MIDDEN_DRENTHE, "1696,Smilde,Drenthe,veel,,,,,,,", MIDDEN_DRENTHE, "GM1680,Aa en Hunze,,,,,,,,,GM9999"]
    assert problems_of(load_municipalities, written(tmp_path, HEADER, *lines)) == [
        f"rij 3: code: {NO_CODE}",
        "rij 3: population: Voer een geheel getal in.",
        "rij 4: code: deze gemeente staat ook al in rij 2",
        "rij 5: province: Dit is een verplicht veld.",
    ]


def test_a_merged_municipality_ends_and_names_what_it_went_into(tmp_path: Path) -> None:
    # In either order in the file.
    load_municipalities(written(tmp_path, HEADER, SMILDE, MIDDEN_DRENTHE))
    ended, new = Municipality.objects.get(code="GM1696"), Municipality.objects.get(code="GM1731")

    assert (ended.valid_from, ended.valid_to, ended.period) == (date(1900, 1, 1), date(1998, 1, 1), "1900 t/m 1997")
    assert list(ended.successors.all()) == [new]
    assert list(new.predecessors.all()) == [ended]
    assert list(Municipality.objects.current()) == [new]
    assert {"Smilde", "Hijkersmilde", "Hoogersmilde"} <= names("GM1696")
    assert list(Municipality.objects.current().named("Smilde")) == [new]
    assert set(Entry.objects.living().values_list("title", flat=True)) == {"Midden-Drenthe"}


def test_a_row_without_dates_belongs_to_the_list_of_2025(tmp_path: Path) -> None:
    load_municipalities(written(tmp_path, "code,name,province", "GM1731,Midden-Drenthe,Drenthe"))
    assert list(Municipality.objects.values_list("valid_from", "valid_to", "population")) == [
        (date(2025, 1, 1), None, None)
    ]


def test_a_renamed_municipality_is_still_found_under_its_old_name_and_address(tmp_path: Path) -> None:
    load_municipalities(written(tmp_path, "code;name;province", "GM1731;Middenveld;Drenthe"))
    old = Municipality.objects.get()
    report = load_municipalities(written(tmp_path, "code;name;province", "GM1731;Midden-Drenthe;Drenthe"))
    new = Municipality.objects.get()

    assert report.updated == ["Midden-Drenthe"]
    assert (new.uid, new.get_absolute_url()) == (old.uid, "/gemeenten/middenveld/")
    assert [list(Municipality.objects.current().named(name)) for name in ("middenveld", "midden drenthe")] == [
        [new]
    ] * 2
    assert names("GM1731") == {"Middenveld", "Midden-Drenthe", *PLACES}
    assert set(Entry.objects.living().values_list("title", flat=True)) == {"Midden-Drenthe"}


def test_a_column_that_is_left_out_says_nothing_and_an_empty_cell_says_unknown(tmp_path: Path) -> None:
    load_municipalities(written(tmp_path, HEADER, MIDDEN_DRENTHE.replace("1998", "")))
    load_municipalities(written(tmp_path, "code,name,province,population", "GM1731,Midden-Drenthe,Drenthe,"))
    kept = Municipality.objects.get()
    assert (kept.population, kept.land_km2, kept.lat, kept.lon) == (None, Decimal("341.48"), 52.86, 6.52)


def test_two_of_the_same_name_get_an_address_each(tmp_path: Path) -> None:
    path = written(
        tmp_path, "code,name,province", "GM0001,Hengelo,Gelderland", "GM0002,Hengelo,Overijssel", "GM0003,???,Drenthe"
    )
    load_municipalities(path)
    addresses = dict(Municipality.objects.values_list("code", "slug"))
    assert addresses == {"GM0001": "hengelo", "GM0002": "hengelo-gm0002", "GM0003": "gm0003"}


def test_progress_is_told_row_by_row(tmp_path: Path) -> None:
    from werkplaats.core.actors import SYSTEM
    from werkplaats.places.imports import import_municipalities

    steps: list[tuple[int, int]] = []
    path = written(tmp_path, HEADER, SMILDE, MIDDEN_DRENTHE)
    import_municipalities(path=path, dry_run=True, progress=lambda *step: steps.append(step), by=SYSTEM)
    assert steps == [(1, 2), (2, 2)]


JUNK = [
    "GM1731", "GM1696", "Smilde", "Drenthe", "9000", "52.9", "6.5", "1998", "~1998", "", "a;b", "9999", "nan", "1e999",
    "\x00", "é" * 70, "ﷺ" * 9, "９", "0" * 30, "-0",
]  # fmt: skip
cells = st.sampled_from(JUNK) | st.text(max_size=12)


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.lists(cells, min_size=11, max_size=11), max_size=3),
    odd=st.none() | st.sets(st.integers(0, 10), max_size=3),
)
def test_whatever_the_cells_hold_it_is_kept_or_answered(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], odd: set[int] | None
) -> None:
    if odd is not None:
        # A good row but for a few cells: one with nothing right is refused too soon to learn from.
        good = SMILDE.replace("GM1731", "").split(",")
        rows = [[row[n] if n in odd else good[n] for n in range(11)] for row in rows]
    path = tmp_path_factory.getbasetemp() / "cellen.csv"
    with path.open("w", newline="", errors="surrogatepass") as file:
        csv.writer(file).writerows([HEADER.split(","), *rows])
    try:
        report = load_municipalities(path, dry_run=True)
    except TableError as error:
        assert error.problems
    else:
        assert len(report.created) <= len(rows)
    assert not Municipality.objects.exists()


def test_a_file_without_the_columns_for_dates_leaves_them_as_they_are(tmp_path: Path) -> None:
    load_municipalities(written(tmp_path, f"{HEADER},listed_on,population_on", f"{SMILDE},2026-01-01,2025-01-01",
                 f"{MIDDEN_DRENTHE},,"))  # fmt: skip
    before = Municipality.objects.values_list("code", "valid_from", "valid_to", "listed_on", "population_on")
    kept = set(before)
    assert {row[0]: row[3:] for row in kept} == {
        "GM1696": (date(2026, 1, 1), date(2025, 1, 1)), "GM1731": (date(2025, 1, 1), date(2024, 1, 1)),
    }  # fmt: skip
    load_municipalities(
        written(tmp_path, "code,name,province,population", "GM1696,Smilde,Drenthe,9001", "GM1731,Midden,Drenthe,1")
    )
    assert set(before.all()) == kept
    assert list(Municipality.objects.order_by("code").values_list("population", flat=True)) == [9001, 1]
    # An empty cell does say something: it exists again.
    load_municipalities(written(tmp_path, "code,name,province,valid_to", "GM1696,Smilde,Drenthe,"))
    assert Municipality.objects.get(code="GM1696").valid_to is None
