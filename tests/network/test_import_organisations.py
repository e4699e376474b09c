"""Organisations from a file, their numbers in other registers, and whom they take part with."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.core.stored import everything
from tests.places.shipped import problems_of
from werkplaats.core.tables import TableError
from werkplaats.flows import merging
from werkplaats.network.forms import MergeForm
from werkplaats.network.models import Identifier, Organisation, Partnership
from werkplaats.people.rules import RoleKind

from .shipped import load_organisations

pytestmark = pytest.mark.django_db

COLUMNS = [
    "name", "kind", "seat", "municipality_code", "source", "former_names", "kvk", "rsin", "ror", "isni",
    "werkplaats", "stage", "role", "valid_from", "valid_to",
]  # fmt: skip
WELZIJN = {"name": "Welzijn Oost", "kind": "zorg of welzijn"}


@pytest.fixture(autouse=True)
def around(db: None) -> None:
    """A werkplaats to take part in, a municipality to sit in."""
    factories.make_werkplaats("Oost", slug="oost")
    factories.make_municipality("Beilen", code="GM1731")


def written(folder: Path, *rows: dict[str, str], columns: list[str] = COLUMNS) -> Path:
    """A file with these rows."""
    path = folder / "organisaties.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def numbers() -> dict[str, set[tuple[str, str]]]:
    """The numbers of each organisation."""
    return {one.name: set(one.identifiers.values_list("scheme", "value")) for one in Organisation.objects.all()}


FULL = WELZIJN | {
    "seat": "Beilen",
    "municipality_code": "gm1731",
    "source": "proef",
    "former_names": "Stichting Dorp; Buurt en Co",
    "kvk": "0123 4567",
    "rsin": "1234.56.782",
    "ror": "https://ror.org/04PP8HN57",
    "isni": "0000000121032683",
    "werkplaats": "oost",
    "stage": "getekend",
    "role": "kernpartner",
    "valid_from": "2014-03",
    "valid_to": "2016",
}


def test_all_of_a_row_is_kept_in_its_usual_form(tmp_path: Path) -> None:
    report = load_organisations(written(tmp_path, FULL))
    assert (report.created, report.updated, report.unchanged) == (["Welzijn Oost"], [], 0)

    one = Organisation.objects.get()
    assert (one.kind, one.seat, one.municipality and one.municipality.code, one.source, one.former) == (
        "zorg of welzijn", "Beilen", "GM1731", "proef", ["Stichting Dorp", "Buurt en Co"],
    )  # fmt: skip
    assert numbers() == {
        "Welzijn Oost": {
            ("kvk", "01234567"), ("rsin", "123456782"), ("ror", "04pp8hn57"), ("isni", "0000 0001 2103 2683"),
        }
    }  # fmt: skip
    partnership = Partnership.objects.get()
    assert (partnership.werkplaats.slug, partnership.stage, partnership.role, partnership.period) == (
        "oost", "getekend", "kernpartner", "maart 2014 t/m 2016",
    )  # fmt: skip


def test_once_more_changes_nothing_and_a_dry_run_never_does(tmp_path: Path) -> None:
    path, stored = written(tmp_path, FULL), everything()
    tried = load_organisations(path, dry_run=True)
    assert everything() == stored
    assert tried == load_organisations(path)

    stored = everything(logbook=False)
    again = load_organisations(path)
    assert again.told(dry_run=False) == "Ingelezen.\n0 nieuw, 0 gewijzigd, 0 beëindigd, 1 ongewijzigd."
    assert everything(logbook=False) == stored


def test_a_column_that_is_left_out_says_nothing_and_an_empty_cell_says_unknown(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, FULL))
    load_organisations(written(tmp_path, WELZIJN | {"seat": ""}, columns=["name", "kind", "seat"]))
    one = Organisation.objects.get()
    assert (one.seat, one.municipality and one.municipality.code, one.source, len(one.former)) == (
        "", "GM1731", "proef", 2,
    )  # fmt: skip
    assert len(numbers()["Welzijn Oost"]) == 4


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"kvk": "1234567"}, ["kvk: Een KvK-nummer heeft acht cijfers."]),
        ({"rsin": "123456780"}, ["rsin: Dit RSIN klopt niet: het doorstaat de elfproef niet."]),
        ({"ror": "04pp8hn58"}, ["ror: Dit ROR klopt niet: de twee controlecijfers passen er niet bij."]),
        (
            {"isni": "0000000121032684"},
            ["isni: Dit ISNI klopt niet: zestien tekens waarvan het laatste een controleteken is. Kijk het na."],
        ),
        ({"kind": "bedrijf"}, ["kind: Selecteer een geldige keuze. bedrijf is geen beschikbare keuze."]),
        ({"name": ""}, ["name: Dit is een verplicht veld."]),
        ({"municipality_code": "GM9999"}, ["municipality_code: Gemeente GM9999 kennen we niet."]),
        (
            {"municipality_code": "Beilen"},
            ["municipality_code: Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731."],
        ),
        ({"werkplaats": "west", "valid_from": "2014"}, ["werkplaats: werkplaats “west” kennen we niet"]),
        ({"werkplaats": "oost"}, ["valid_from: Vul in vanaf wanneer de organisatie meedoet."]),
        ({"werkplaats": "oost", "valid_from": "2014-13"}, ["valid_from: “2014-13” bestaat niet op de kalender."]),
        (
            {"werkplaats": "oost", "valid_from": "2016-03", "valid_to": "2016-02", "kvk": "1"},
            [
                "valid_to: Het einde (februari 2016) ligt vóór het begin (maart 2016). "
                "Verbeter een van beide of laat het einde leeg.",
                "kvk: Een KvK-nummer heeft acht cijfers.",
            ],
        ),
        (
            {"werkplaats": "oost", "valid_from": "2016", "stage": "verloofd"},
            ["stage: Selecteer een geldige keuze. verloofd is geen beschikbare keuze."],
        ),
    ],
)
def test_a_wrong_row_keeps_the_whole_file_out_and_is_named(
    tmp_path: Path, fields: dict[str, str], problems: list[str]
) -> None:
    path = written(tmp_path, {"name": "Andere", "kind": "rijk"}, WELZIJN | fields)
    stored = everything()
    assert problems_of(load_organisations, path) == [f"rij 3: {problem}" for problem in problems]
    assert everything() == stored


def test_a_number_belongs_to_one_organisation(tmp_path: Path) -> None:
    rows = [WELZIJN | {"kvk": "01234567"}, {"name": "Andere", "kind": "rijk", "kvk": "01234567"}]
    assert problems_of(load_organisations, written(tmp_path, *rows)) == [
        "rij 3: kvk: dit nummer is al van Welzijn Oost"
    ]
    assert numbers() == {}

    load_organisations(written(tmp_path, rows[0]))
    assert numbers() == {"Welzijn Oost": {("kvk", "01234567")}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(organisation=factories.make_organisation("Derde"), scheme="kvk", value="01234567")
    # The same digits in another register are another number.
    load_organisations(written(tmp_path, {"name": "Vierde", "kind": "rijk", "rsin": "123456782"}))


def test_what_was_renamed_or_merged_away_is_not_made_anew(tmp_path: Path) -> None:
    kept, gone = factories.make_organisation("Welzijn Oost"), factories.make_organisation("Buurt en Co")
    form, by = MergeForm({"name": "hier"}, kept=kept, gone=gone), factories.make_account(role=RoleKind.NATIONAL_EDITOR)
    assert form.is_valid()
    merging.merge(kept=kept, gone=gone, values=form.values(), numbers=set(), version=1, by=by)
    row = {
        "name": "buurt en co",
        "kind": "zorg of welzijn",
        "seat": "Beilen",
        "werkplaats": "oost",
        "valid_from": "2014",
    }
    report = load_organisations(written(tmp_path, row))
    one = Organisation.objects.get()
    assert (one.name, one.former, one.seat, one.partnerships.count()) == ("Welzijn Oost", ["Buurt en Co"], "Beilen", 1)
    assert (report.created, report.updated) == ([], ["Welzijn Oost"])
    assert report.notes == ["Let op, rij 2: “buurt en co” heet hier nu Welzijn Oost. Wij werkten die bij."]
    assert "heet hier nu Welzijn Oost" in report.told(dry_run=False)
    # Former names in a file are added to those that are known.
    load_organisations(written(tmp_path, WELZIJN | {"former_names": "Dorpshuis"}))
    assert Organisation.objects.get().former == ["Buurt en Co", "Dorpshuis"]


def test_the_same_number_is_the_same_organisation_by_another_name(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, WELZIJN | {"kvk": "01234567"}))
    other = {"name": "Sociaal Oost", "kind": "zorg of welzijn", "kvk": "0123 4567", "rsin": "123456782"}
    report = load_organisations(written(tmp_path, other))
    assert (report.created, report.updated) == ([], ["Welzijn Oost"])
    assert numbers() == {"Welzijn Oost": {("kvk", "01234567"), ("rsin", "123456782")}}
    assert "“Sociaal Oost” heeft KvK 01234567, dat van Welzijn Oost is" in report.notes[0]
    again = load_organisations(written(tmp_path, other))
    assert (again.unchanged, again.notes) == (1, report.notes)


def test_numbers_of_two_and_a_name_that_two_had_are_asked_about(tmp_path: Path) -> None:
    for name, number in (("Een", "01234567"), ("Twee", "11234567")):
        one = factories.make_organisation(name, former=["Dorpshuis"])
        one.identifiers.create(scheme="kvk" if name == "Een" else "rsin", value=number)
    Identifier.objects.filter(scheme="rsin").update(value="123456782")
    rows = [
        {"name": "Drie", "kind": "rijk", "kvk": "01234567", "rsin": "123456782"}, {"name": "Dorpshuis", "kind": "rijk"},
    ]  # fmt: skip
    assert problems_of(load_organisations, written(tmp_path, *rows)) == [
        "rij 2: rsin: dit nummer is al van Twee",
        "rij 3: name: zo heetten er meer: Een, Twee; schrijf de naam van nu",
    ]


def test_after_an_end_that_is_known_a_file_adds_no_step(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, TAKING_PART | {"valid_to": "2019"}))
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "getekend"}))
    one = Partnership.objects.get()
    assert (one.period, one.steps.last().stage) == ("2014 t/m 2019", "beëindigd")


def test_what_a_file_says_has_ended_has_no_other_story(tmp_path: Path) -> None:
    ended = TAKING_PART | {"stage": "beëindigd", "valid_to": "2019"}
    load_organisations(written(tmp_path, ended))
    one = Partnership.objects.get()
    assert (one.period, [row.stage for row in one.steps.all()]) == ("2014 t/m 2019", ["beëindigd"])
    # The same again says nothing new; another beginning or end is put right.
    assert load_organisations(written(tmp_path, ended)).updated == []
    load_organisations(written(tmp_path, ended | {"valid_from": "2013", "valid_to": "2018"}))
    one = Partnership.objects.get()
    assert (one.period, [row.stage for row in one.steps.all()]) == ("2013 t/m 2018", ["beëindigd"])


def test_no_partnership_ends_before_it_starts_whoever_writes_it() -> None:
    with pytest.raises(IntegrityError, match="partnership_ends_after_start"), transaction.atomic():
        Partnership.objects.create(
            werkplaats=factories.make_werkplaats("West"),
            organisation=factories.make_organisation(),
            stage="actief",
            valid_from=date(2016, 3, 1),
            valid_to=date(2016, 2, 29),
        )


def test_a_next_file_ends_the_partnership_and_keeps_its_history(tmp_path: Path) -> None:
    taking_part = WELZIJN | {"werkplaats": "oost", "valid_from": "2014"}
    load_organisations(written(tmp_path, taking_part))
    uid = Partnership.objects.get().uid
    report = load_organisations(written(tmp_path, taking_part | {"stage": "beëindigd", "valid_to": "2019-06"}))

    assert report.updated == ["Welzijn Oost"]
    assert [(one.uid, one.stage, one.period) for one in Partnership.objects.all()] == [
        (uid, "beëindigd", "2014 t/m juni 2019")
    ]
    # Who comes back later takes part a second time.
    load_organisations(written(tmp_path, taking_part | {"valid_from": "2023"}))
    assert sorted(one.period for one in Partnership.objects.all()) == ["2014 t/m juni 2019", "sinds 2023"]


JUNK = [
    "", "oost", "rijk", "2014", "2013-01", "9999", "~2014", "GM1731", "01234567", "123456782", "actief", "partner",
    "x" * 400, "é" * 170, "\x00", "a;b;;c",
]  # fmt: skip
cells = st.sampled_from(JUNK) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)), max_size=2), good=st.booleans())
def test_whatever_the_cells_hold_it_is_kept_or_answered(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], good: bool
) -> None:
    # Half of the time only one cell in five is odd: a row with nothing right is refused too soon to learn from.
    if good:
        rows = [FULL | {name: row[name] for name in COLUMNS[number::5]} for number, row in enumerate(rows)]
    path = written(tmp_path_factory.getbasetemp(), *rows)
    with transaction.atomic():
        try:
            load_organisations(path)
        except TableError as error:
            assert all(problem.message for problem in error.problems)
            assert not Organisation.objects.exists()
        else:
            assert {one.name for one in Organisation.objects.all()} <= {row["name"].strip() for row in rows}
        transaction.set_rollback(True)


TAKING_PART = WELZIJN | {"werkplaats": "oost", "valid_from": "2014"}


def steps() -> list[tuple[str, str]]:
    """Of the only partnership."""
    return [(one.stage, one.when) for one in Partnership.objects.get().steps.all()]


@pytest.mark.parametrize("start", ["2012", "2016-05"])
def test_a_beginning_that_is_corrected_makes_no_second_partnership(tmp_path: Path, start: str) -> None:
    load_organisations(written(tmp_path, TAKING_PART))
    uid = Partnership.objects.get().uid
    load_organisations(written(tmp_path, TAKING_PART | {"valid_from": start}))
    one = Partnership.objects.get()
    assert (one.uid, one.valid_from.year) == (uid, int(start[:4]))
    assert len(steps()) == 1


def test_a_file_corrects_a_stage_that_nobody_changed_and_leaves_what_the_desk_did(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "in gesprek"}))
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "toegezegd"}))
    assert steps() == [("toegezegd", "2014")]
    one = Partnership.objects.get()
    one.steps.create(stage="getekend", on=date(2020, 1, 1))
    again = load_organisations(written(tmp_path, TAKING_PART | {"stage": "toegezegd"}))
    assert again.unchanged == 1 and len(steps()) == 2


def test_what_the_desk_said_of_a_step_stays_and_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "benaderd", "role": "kernpartner"}))
    one = Partnership.objects.get()
    one.steps.update(actor="account-x", on=date(2015, 3, 2), precision="dag")
    one.follow_steps()
    one.save()
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "", "role": ""}))
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "actief", "role": ""}))
    assert steps() == [("benaderd", "2 maart 2015")]
    one.refresh_from_db()
    assert (one.stage, one.role) == ("benaderd", "kernpartner")


def test_a_beginning_after_a_step_that_is_known_is_refused(tmp_path: Path) -> None:
    load_organisations(written(tmp_path, TAKING_PART | {"stage": "in gesprek"}))
    Partnership.objects.get().steps.create(stage="getekend", on=date(2016, 1, 1))
    with pytest.raises(TableError) as refused:
        load_organisations(written(tmp_path, TAKING_PART | {"stage": "in gesprek", "valid_from": "2017"}))
    assert "na een stap die wij al kennen (getekend, 1 januari 2016)" in refused.value.problems[0].message
    assert steps()[0] == ("in gesprek", "2014")
