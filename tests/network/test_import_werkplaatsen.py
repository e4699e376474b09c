"""The network from a file: whole or not at all, ended and not deleted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.core.stored import everything
from tests.places.shipped import problems_of
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.core.tables import TableError
from werkplaats.network.models import Grant, Leadership, Organisation, Phase, ServiceArea, Werkplaats
from werkplaats.terms.imports import load_themes

from .shipped import load_werkplaatsen, small, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def municipalities(db: None) -> None:
    """The three of the small network, and the themes."""
    for number in (1, 2, 3):
        factories.make_municipality(f"Dorp {number}", code=f"GM000{number}")
    load_themes(by=SYSTEM)


def areas(slug: str) -> set[tuple[str, date, date | None]]:
    """Which municipalities it serves from when to when."""
    rows = ServiceArea.objects.filter(werkplaats__slug=slug)
    return set(rows.values_list("municipality__code", "valid_from", "valid_to"))


def test_all_of_a_small_network_is_kept(tmp_path: Path) -> None:
    report = load_werkplaatsen(written(tmp_path, small()))
    assert report.told(dry_run=False) == (
        "Ingelezen.\n5 nieuw, 0 gewijzigd, 0 beëindigd, 0 ongewijzigd.\n"
        "  werkplaats 1 (oost): thema “eigen woorden” staat niet in de themalijst; alleen in eigen woorden bewaard"
    )
    oost, west = Werkplaats.objects.order_by("slug")
    assert (oost.name, oost.status, oost.period, oost.source) == ("Oost", "lid", "sinds september 2013", "proef")
    assert (west.status, west.period) == ("meeloopjaar", "sinds 2020")
    assert oost.own_themes == ["armoede", "eigen woorden"]
    assert [theme.slug for theme in oost.themes.all()] == ["armoede-en-schulden"]
    assert [former.name for former in oost.former_names.all()] == ["Wmo-werkplaats Oost"]
    assert areas("oost") == {("GM0001", date(2013, 9, 1), None), ("GM0002", date(2013, 9, 1), None)}
    assert areas("west") == {("GM0003", date(2021, 1, 1), None)}
    assert {(lead.organisation.name, lead.lectorate, lead.role, lead.period) for lead in Leadership.objects.all()} == {
        ("Hogeschool Oost", "Samen Leven", "trekker", "sinds september 2013"),
        ("Hogeschool West", "", "penvoerder", "2020 t/m december 2022"),
    }
    assert Organisation.objects.get(name="Hogeschool West").former == ["Academie West"]
    phase = Phase.objects.get()
    assert (phase.announced, [goal.text for goal in phase.goals.all()], phase.period) == (
        "drie jaar; een dekkend netwerk", ["meten"], "januari 2020 t/m december 2022",
    )  # fmt: skip
    assert set(Grant.objects.values_list("amount_eur", "funder")) == {(Decimal(555000), ""), (None, "ministerie")}
    assert set(Entry.objects.living().filter(kind="werkplaats").values_list("title", flat=True)) == {"Oost", "West"}
    assert LogEntry.objects.filter(verb="network.werkplaatsen.imported").get().detail == {
        "rows": 2, "created": 5, "updated": 0, "ended": 0, "unchanged": 0,
    }  # fmt: skip


def test_a_dry_run_says_what_the_real_run_does_and_leaves_no_trace(tmp_path: Path) -> None:
    first, second = written(tmp_path, small()), small()
    stored = everything()
    tried = load_werkplaatsen(first, dry_run=True)
    assert everything() == stored
    assert tried == load_werkplaatsen(first)

    # And again where something is new, changed, ended and the same.
    second["werkplaatsen"][0]["area"]["municipalities"] = ["GM0001"]
    second["werkplaatsen"].append(
        {"slug": "zuid", "name": "Zuid", "region": "z", "start": "2024", "status": "candidate"}
    )
    second["grants"][0]["amount_eur"] = 600000
    path, stored = written(tmp_path, second), everything()
    tried = load_werkplaatsen(path, dry_run=True)
    assert everything() == stored
    assert tried == load_werkplaatsen(path)
    assert (tried.created, tried.updated, tried.ended, tried.unchanged) == (
        ["Zuid"], ["Fase 4: € 600.000"], ["Dorp 2 in Oost"], 4,
    )  # fmt: skip


def test_once_more_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, small())
    load_werkplaatsen(path)
    stored = everything(logbook=False)
    report = load_werkplaatsen(path)
    assert (report.created, report.updated, report.ended, report.unchanged) == ([], [], [], 5)
    assert everything(logbook=False) == stored


def test_an_area_that_left_the_file_is_ended_today_and_not_deleted(tmp_path: Path) -> None:
    load_werkplaatsen(written(tmp_path, small()))
    data = small()
    data["werkplaatsen"][0]["area"]["municipalities"] = ["GM0002"]
    with clock.at(datetime(2026, 11, 20, 11, tzinfo=UTC)):
        report = load_werkplaatsen(written(tmp_path, data))
        again = load_werkplaatsen(written(tmp_path, data))

    assert (report.ended, again.ended) == (["Dorp 1 in Oost"], [])
    assert areas("oost") == {
        ("GM0001", date(2013, 9, 1), date(2026, 11, 20)),
        ("GM0002", date(2013, 9, 1), None),
    }
    # The hall no longer says that it serves there.
    entry = Entry.objects.get(title="Oost")
    dorp = ServiceArea.objects.get(municipality__code="GM0002").municipality
    assert entry.facets["gemeente"] == [dorp.uid]


def test_an_area_that_begins_later_is_not_kept_twice(tmp_path: Path) -> None:
    data = small()
    data["werkplaatsen"][1]["area"]["valid_from"] = "2999"
    for _time in range(2):
        load_werkplaatsen(written(tmp_path, data))
    assert list(areas("west")) == [("GM0003", date(2999, 1, 1), None)]
    assert ServiceArea.objects.filter(werkplaats__slug="west").count() == 1


def test_an_area_taken_back_before_it_began_never_holds_and_can_come_again(tmp_path: Path) -> None:
    data, without = small(), small()
    data["werkplaatsen"][1]["area"]["valid_from"] = "2999"
    without["werkplaatsen"][1]["area"]["municipalities"] = []
    load_werkplaatsen(written(tmp_path, data))
    reports = [load_werkplaatsen(written(tmp_path, without)) for _time in range(2)]

    assert [report.ended for report in reports] == [["Dorp 3 in West"], []]
    start = date(2999, 1, 1)
    assert areas("west") == {("GM0003", start, start)}
    load_werkplaatsen(written(tmp_path, data))
    assert areas("west") == {("GM0003", start, start), ("GM0003", start, None)}


def test_a_changed_name_and_status_and_lead_are_taken_over(tmp_path: Path) -> None:
    load_werkplaatsen(written(tmp_path, small()))
    uids = dict(Werkplaats.objects.values_list("slug", "uid"))
    data = small()
    data["werkplaatsen"][1] |= {"name": "Ver West", "former": ["West"], "status": "member"}
    data["werkplaatsen"][1]["leads"][0]["valid_to"] = None
    report = load_werkplaatsen(written(tmp_path, data))

    assert (report.updated, report.created) == (["Ver West"], [])
    west = Werkplaats.objects.get(slug="west")
    assert (west.name, west.status, west.uid, [f.name for f in west.former_names.all()]) == (
        "Ver West", "lid", uids["west"], ["West"],
    )  # fmt: skip
    assert west.leads.get().period == "sinds 2020"


Change = Callable[[dict[str, Any]], Any]
NO_DATE = "is geen datum. Schrijf 2013, 2013-09, 2013-09-20 of ~2013."
NO_LIST = "werkplaatsen: het bestand moet een lijst “werkplaatsen” bevatten"
WEST, LEADS = "werkplaats 2 (west)", "werkplaats 2 (west), leads"


def west(**fields: Any) -> Change:
    """Change the second werkplaats."""
    return lambda data: data["werkplaatsen"][1].update(fields)


def lead(**fields: Any) -> Change:
    """Change its lead."""
    return lambda data: data["werkplaatsen"][1]["leads"][0].update(fields)


def area(**fields: Any) -> Change:
    """Change its area."""
    return lambda data: data["werkplaatsen"][1]["area"].update(fields)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (
            area(municipalities=["GM0003", "GM9999", "Assen"]),
            [
                f"{WEST}: area.municipalities[2]: gemeente GM9999 kennen we niet; lees eerst de gemeenten in",
                f"{WEST}: area.municipalities[3]: gemeente Assen kennen we niet; lees eerst de gemeenten in",
            ],
        ),
        (
            lead(valid_from="2022", valid_to="2021-12"),
            [
                f"{LEADS}: valid_to: Het einde (december 2021) ligt vóór het begin (2022). "
                "Verbeter een van beide of laat het einde leeg."
            ],
        ),
        (
            lead(valid_from=None, valid_to="2019"),
            [f"{WEST}: leads: valid_to: het einde ligt vóór het begin van de werkplaats"],
        ),
        (lead(role="baas"), [f"{LEADS}: role: Selecteer een geldige keuze. baas is geen beschikbare keuze."]),
        (lead(organisation=""), [f"{LEADS}: organisation: Dit is een verplicht veld."]),
        (west(leads=["Hogeschool West"]), [f"{WEST}: leads[1]: hier horen velden met een naam te staan"]),
        (west(status="lid"), [f"{WEST}: status: Selecteer een geldige keuze. lid is geen beschikbare keuze."]),
        (west(start="2020-13"), [f"{WEST}: start: “2020-13” bestaat niet op de kalender."]),
        (west(start=None), [f"{WEST}: start: Dit is een verplicht veld."]),
        (west(name={"nl": "West"}), [f"{WEST}: name: hier hoort tekst of een getal te staan"]),
        (west(former="West"), [f"{WEST}: former: hier hoort een lijst te staan"]),
        (west(former=["a" * 121]), [f"{WEST}: former[1]: hier passen hoogstens 120 tekens in"]),
        (west(themes=["armoede", ["x"]]), [f"{WEST}: themes[2]: hier hoort tekst of een getal te staan"]),
        (west(themes=["\0"]), [f"{WEST}: themes[1]: hierin staat een teken dat geen tekst is"]),
        (west(themes=["\ud800"]), [f"{WEST}: themes[1]: hierin staat een teken dat geen tekst is"]),
        (west(area=["GM0003"]), [f"{WEST}: area: hier horen velden met een naam te staan"]),
        (area(valid_from="ooit"), [f"{WEST}: area.valid_from: “ooit” {NO_DATE}"]),
        (west(slug="oost"), ["werkplaats 2 (oost): slug: dit staat al eerder in het bestand"]),
        (
            lambda data: data["werkplaatsen"].append("Zuid"),
            ["werkplaats 3 (?): hier horen velden met een naam te staan"],
        ),
        (lambda data: data["werkplaatsen"].append({}), ["werkplaats 3 (?): hier staat niets in"]),
        (lambda data: data.update(werkplaatsen={}), [NO_LIST]),
        (lambda data: data.update(phases="vijf", grants=[]), ["phases: hier hoort een lijst te staan"]),
        (
            lambda data: data["phases"][0].update(end="2019"),
            [
                "fase 1: valid_to: Het einde (2019) ligt vóór het begin (januari 2020). "
                "Verbeter een van beide of laat het einde leeg.",
                "subsidie 1: phase: fase “Fase 4” kennen we niet",
                "subsidie 2: phase: fase “Fase 4” kennen we niet",
            ],
        ),
        (lambda data: data["phases"].append(5), ["fase 2: hier horen velden met een naam te staan"]),
        (lambda data: data["phases"].append({"name": "Fase 5"}), ["fase 2: start: vul in wanneer de fase begon"]),
        (
            lambda data: data["grants"][0].update(amount_eur=0),
            ["subsidie 1: amount_eur: Zorg ervoor dat deze waarde minstens 1 is."],
        ),
        (
            lambda data: data["grants"][0].update(werkplaats="zuid", phase="Fase 9"),
            [
                "subsidie 1: phase: fase “Fase 9” kennen we niet",
                "subsidie 1: werkplaats: werkplaats “zuid” kennen we niet",
            ],
        ),
        (
            lambda data: data["grants"].append({"phase": "Fase 4", "funder": "provincie"}),
            ["subsidie 3: phase, werkplaats, earmark: dit staat al eerder in het bestand"],
        ),
        (
            lambda data: data["phases"].append({"name": "Fase 4 ", "start": "2023"}),
            ["fase 2: name: dit staat al eerder in het bestand"],
        ),
        (
            west(leads=[{"organisation": "Hogeschool West", "role": role} for role in ("trekker", "medetrekker")]),
            [f"{LEADS}: organisation, lectorate: dit staat al eerder in het bestand"],
        ),
        (lambda data: data["grants"].append(None), ["subsidie 3: hier horen velden met een naam te staan"]),
    ],
)  # fmt: skip
def test_a_mistake_keeps_the_whole_file_out_and_is_named(tmp_path: Path, change: Change, problems: list[str]) -> None:
    data = small()
    change(data)
    path, stored = written(tmp_path, data), everything()

    assert problems_of(load_werkplaatsen, path) == problems
    assert problems_of(load_werkplaatsen, path, dry_run=True) == problems
    assert everything() == stored


def test_mistakes_all_over_the_file_are_told_at_once(tmp_path: Path) -> None:
    data = small()
    data["werkplaatsen"][0]["status"] = "weg"
    lead(role="baas")(data)
    data["grants"][1]["amount_eur"] = "veel"
    assert problems_of(load_werkplaatsen, written(tmp_path, data)) == [
        "werkplaats 1 (oost): status: Selecteer een geldige keuze. weg is geen beschikbare keuze.",
        f"{LEADS}: role: Selecteer een geldige keuze. baas is geen beschikbare keuze.",
        # What follows from the first one.
        "subsidie 1: werkplaats: werkplaats “oost” kennen we niet",
        "subsidie 2: amount_eur: Voer een getal in.",
    ]


def test_a_start_after_the_end_that_the_desk_gave_is_refused(tmp_path: Path) -> None:
    load_werkplaatsen(written(tmp_path, small()))
    Werkplaats.objects.filter(slug="west").update(valid_to=date(2023, 1, 1))
    data = small()
    data["werkplaatsen"][1]["start"] = "2024"
    stored = everything()
    assert problems_of(load_werkplaatsen, written(tmp_path, data)) == [
        f"{WEST}: valid_to: Het einde (31 december 2022) ligt vóór het begin (2024). "
        "Verbeter een van beide of laat het einde leeg."
    ]
    assert everything() == stored


@pytest.mark.parametrize("content", ["[]", "null", '"werkplaatsen"', '{"werkplaatsen": 16}'])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "iets.json"
    path.write_text(content)
    assert problems_of(load_werkplaatsen, path) == [NO_LIST]


JUNK: list[Any] = [
    None, True, 0, -1, 3.5, float("nan"), float("inf"), 10**30, "", " ", "x", "x" * 400, "é" * 130, "\0", "\ud800",
    "9999-12-31", "~2013", "0000", [], {}, [[]], [{}], {"*": 1}, ["x", None], {"x": ["y"]},
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path] if path else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        found += places(one, (*path, key))
    return found


@settings(deadline=None, max_examples=60)
@example(changes=[(("grants", 0, "werkplaats"), None)])
@example(changes=[(("source",), "\0")])
@given(changes=st.lists(st.tuples(st.sampled_from(places(small())), st.sampled_from(JUNK)), min_size=1, max_size=3))
def test_whatever_stands_anywhere_it_is_kept_or_answered(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    data = small()
    for path, junk in changes:
        *before, last = path
        within: Any = data
        try:
            for key in before:
                within = within[key]
            within[last] = copy.deepcopy(junk)
        except (KeyError, IndexError, TypeError):
            # An earlier change took this place away.
            continue
    file = written(tmp_path_factory.getbasetemp(), data)
    with transaction.atomic():
        try:
            load_werkplaatsen(file)
        except TableError as error:
            assert all(problem.message for problem in error.problems)
            assert not Werkplaats.objects.exists()
        else:
            # Kept, and readable as it was kept.
            assert all(werkplaats.period for werkplaats in Werkplaats.objects.all())
            assert load_werkplaatsen(file).updated == []
        transaction.set_rollback(True)


def test_a_lead_that_is_no_longer_in_the_file_is_ended_and_comes_back(tmp_path: Path) -> None:
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        load_werkplaatsen(written(tmp_path, small()))
        data = small()
        kept = data["werkplaatsen"][1]["leads"]
        kept[0]["valid_to"] = None
        load_werkplaatsen(written(tmp_path, data))
        silent = copy.deepcopy(data)
        del silent["werkplaatsen"][1]["leads"]
        assert load_werkplaatsen(written(tmp_path, silent)).ended == [], "a file that says nothing ends nothing"
        data["werkplaatsen"][1]["leads"] = [{"organisation": "Hogeschool Anders", "role": "trekker"}]
        report = load_werkplaatsen(written(tmp_path, data))
        west = Werkplaats.objects.get(slug="west")
        assert report.ended == ["Hogeschool West (penvoerder)"]
        assert [one.organisation.name for one in west.leads.current()] == ["Hogeschool Anders"]
        assert west.leads.get(organisation__name="Hogeschool West").valid_to == date(2026, 11, 22)
        assert load_werkplaatsen(written(tmp_path, data)).unchanged == 5
        data["werkplaatsen"][1]["leads"] = kept
        load_werkplaatsen(written(tmp_path, data))
        assert [one.organisation.name for one in west.leads.current()] == ["Hogeschool West"]


def test_a_candidate_that_is_a_member_in_the_file_needs_the_day_and_keeps_its_past(tmp_path: Path) -> None:
    data = small()
    row = data["werkplaatsen"][0]
    row["status"] = "candidate"
    load_werkplaatsen(written(tmp_path, data))
    row["status"] = "member"
    (said,) = problems_of(load_werkplaatsen, written(tmp_path, data))
    assert said.endswith("joined: Deze werkplaats was in opbouw. Vul in vanaf welke dag zij lid is of meeloopt.")
    assert Werkplaats.objects.get(slug=row["slug"]).status == "kandidaat"
    row["joined"] = "2025-09"
    load_werkplaatsen(written(tmp_path, data))
    # What is known stays known when the file is silent about it.
    del row["joined"]
    load_werkplaatsen(written(tmp_path, data))
    kept = Werkplaats.objects.get(slug=row["slug"])
    assert (kept.status, kept.forming_to, kept.forming_to_precision) == ("lid", date(2025, 9, 1), "maand")
    assert Werkplaats.objects.counting(date(2025, 9, 1)).filter(pk=kept.pk).exists()
    assert not Werkplaats.objects.counting(date(2025, 8, 31)).filter(pk=kept.pk).exists()
