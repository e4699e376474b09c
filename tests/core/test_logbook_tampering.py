"""Whatever is done to the logbook behind our back, reading it back tells."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.core.conftest import Run
from tests.core.test_logbook import details
from werkplaats.core import clock, logbook, seals
from werkplaats.core.actors import Named
from werkplaats.core.models import LogEntry, LogHead
from werkplaats.core.verification import Fault, Finding, Reading

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROWS = 5
SEALED = "number, at, verb, target, actor, detail, salt, digest, seal"


@pytest.fixture
def written(db: None) -> None:
    """Five rows that differ in everything."""
    for n in range(1, ROWS + 1):
        with clock.at(NOON + timedelta(minutes=n, microseconds=n)):
            logbook.write(f"agenda.{n}.done", f"vraag-{n}", by=Named(f"account-{n}"), detail={"n": n})


def sql(statement: str, *values: Any) -> None:
    """As someone does who has the database in hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(**how: Any) -> list[tuple[str, int]]:
    """What is wrong, at which row."""
    return [(str(one.fault), one.first) for one in Reading(**how).findings()]


def test_what_was_written_is_right(written: None) -> None:
    reading = Reading()
    assert list(reading.findings()) == []
    assert reading.told() == (
        f"5 regels nagekeken: alles klopt.\nZegel van regel 5: {LogEntry.objects.latest('number').seal}"
    )


def test_an_empty_logbook_is_right() -> None:
    reading = Reading()
    assert list(reading.findings()) == []
    assert reading.told() == f"0 regels nagekeken: alles klopt.\nZegel van regel 0: {seals.START}"


@pytest.mark.parametrize("row", [1, 3, ROWS])
@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("at", "2026-11-22 12:03:00.000004", "changed"),
        ("verb", "agenda.3.undone", "changed"),
        ("target", "vraag-9", "changed"),
        ("actor", "account-9", "changed"),
        ("detail", '{"n": 9}', "detail"),
        ("detail", "{}", "detail"),
        ("salt", "0" * 32, "detail"),
        ("salt", "", "detail"),
        ("digest", "0" * 64, "changed"),
        ("seal", "0" * 64, "changed"),
    ],
)
def test_each_changed_column_is_found_at_its_row(written: None, column: str, value: str, fault: str, row: int) -> None:
    sql(f"UPDATE core_logentry SET {column} = %s WHERE number = %s", value, row)
    # The seal of the last row stands in the head too.
    also = [("head", ROWS)] if column == "seal" and row == ROWS else []
    assert found() == [(fault, row), *also]
    reading = Reading()
    list(reading.findings())
    assert reading.told() == "5 regels nagekeken; goed: 4."


@pytest.mark.parametrize(
    ("row", "other", "faults"),
    [
        (3, 30, [("missing", 3), ("unsure", 4), ("gap", 6), ("unsure", 30), ("beyond", 6)]),
        (1, -1, [("surplus", -1), ("missing", 1), ("unsure", 2)]),
        (5, 6, [("missing", 5), ("unsure", 6), ("beyond", 6)]),
    ],
)
def test_a_changed_number_is_found(written: None, row: int, other: int, faults: list[tuple[str, int]]) -> None:
    sql("UPDATE core_logentry SET number = %s WHERE number = %s", other, row)
    assert found() == faults


@pytest.mark.parametrize(
    ("removed", "faults"),
    [
        ([1], [("missing", 1), ("unsure", 2)]),
        ([3], [("missing", 3), ("unsure", 4)]),
        ([2, 3], [("gap", 2), ("unsure", 4)]),
        ([5], [("tail", 5)]),
        ([4, 5], [("tail", 4)]),
        ([1, 2, 3, 4, 5], [("tail", 1)]),
    ],
)
def test_removed_rows_are_found(written: None, removed: list[int], faults: list[tuple[str, int]]) -> None:
    for number in removed:
        sql("DELETE FROM core_logentry WHERE number = %s", number)
    assert found() == faults


def test_removed_and_closed_up_is_found(written: None) -> None:
    sql("DELETE FROM core_logentry WHERE number = 3")
    sql("UPDATE core_logentry SET number = 3 WHERE number = 4")
    sql("UPDATE core_logentry SET number = 4 WHERE number = 5")
    sql("UPDATE core_loghead SET number = 4")
    assert found() == [("changed", 3), ("changed", 4)]


def test_swapped_rows_are_found(written: None) -> None:
    for old, new in ((2, 9), (4, 2), (9, 4)):
        sql("UPDATE core_logentry SET number = %s WHERE number = %s", new, old)
    assert found() == [("changed", 2), ("changed", 3), ("changed", 4), ("changed", 5)]


@pytest.mark.parametrize(("number", "fault"), [(0, "surplus"), (6, "beyond")])
def test_a_copied_row_is_found(written: None, number: int, fault: str) -> None:
    copied = SEALED.replace("number", "%s")
    sql(f"INSERT INTO core_logentry ({SEALED}) SELECT {copied} FROM core_logentry WHERE number = 3", number)
    assert (fault, number) in found()


def test_a_row_that_was_added_with_a_seal_that_fits_is_found(written: None) -> None:
    last = LogEntry.objects.latest("number")
    add(last.number + 1, last.seal)
    assert found() == [("beyond", 6)]


def test_a_row_that_was_replaced_with_a_seal_that_fits_is_found(written: None) -> None:
    sql("DELETE FROM core_logentry WHERE number = 3")
    add(3, LogEntry.objects.get(number=2).seal)
    assert found() == [("changed", 4)]


def add(number: int, previous: str) -> str:
    """A row as we would write it; its seal."""
    digest = seals.digest("", "{}")
    seal = seals.seal(previous, number, seals.moment(NOON), "agenda.forged", "vraag-1", "account-1", digest)
    sql(
        f"INSERT INTO core_logentry ({SEALED}) VALUES (%s, %s, 'agenda.forged', 'vraag-1', 'account-1', '{{}}', '',"
        " %s, %s)",
        number, "2026-11-22 12:00:00", digest, seal,
    )  # fmt: skip
    return seal


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("UPDATE core_loghead SET number = 4", [("beyond", 5)]),
        ("UPDATE core_loghead SET number = 6", [("tail", 6)]),
        ("UPDATE core_loghead SET number = 0", [("beyond", 1)]),
        (f"UPDATE core_loghead SET seal = '{'0' * 64}'", [("head", 5)]),
        ("DELETE FROM core_loghead", [("no_head", 0)]),
    ],
)
def test_a_changed_head_is_found(written: None, statement: str, faults: list[tuple[str, int]]) -> None:
    sql(statement)
    assert found() == faults


def test_it_is_still_found_after_more_was_written(written: None) -> None:
    sql("DELETE FROM core_logentry WHERE number = 5")
    logbook.write("agenda.6.done", "vraag-6", by=Named("account-6"))
    assert found() == [("missing", 5), ("unsure", 6)]


def test_without_a_head_nothing_is_written(written: None) -> None:
    """Rather than beginning anew after whatever is left."""
    sql("DELETE FROM core_loghead")
    with pytest.raises(LogHead.DoesNotExist):
        logbook.write("agenda.6.done", "vraag-6", by=Named("account-6"))


def values_of(column: str) -> st.SearchStrategy[str]:
    """What can be put in a column, as text."""
    hexes = st.text("0123456789abcdef", max_size=64)
    of_column = {
        "at": st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(str),
        "detail": details.map(json.dumps),
        "salt": hexes.map(lambda text: text[:32]),
        "digest": hexes,
        "seal": hexes,
    }
    return of_column.get(
        column, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), row=st.integers(1, ROWS))
def test_any_one_change_of_what_is_sealed_is_found(written: None, data: Any, row: int) -> None:
    column = data.draw(st.sampled_from(["at", "verb", "target", "actor", "detail", "salt", "digest", "seal"]))
    value = data.draw(values_of(column))
    was = LogEntry.objects.filter(number=row).values_list(column, flat=True).get()
    if column == "at":
        assume(datetime.fromisoformat(value).replace(tzinfo=UTC) != was)
    elif column == "detail":
        assume(seals.canonical(value) != seals.canonical(json.dumps(was)))
    else:
        assume(value != was)
    with transaction.atomic():
        sql(f"UPDATE core_logentry SET {column} = %s WHERE number = %s", value, row)
        faults = found()
        transaction.set_rollback(True)
    assert row in {number for _fault, number in faults}
    assert found() == []


@pytest.mark.parametrize("text", ["onzin", "2026-13-45 00:00:00", "infinity"])
def test_a_moment_that_is_none_is_found(written: None, text: str) -> None:
    if connection.vendor == "postgresql":
        text = "infinity"
    sql("UPDATE core_logentry SET at = %s WHERE number = 3", text)
    assert found() == [("changed", 3)]


@pytest.mark.parametrize("text", ["1e999", "1e90000", "[1e5, -0.0, 100000]", f"{'[' * 500}{']' * 500}"])
def test_details_that_we_never_write_are_found(written: None, text: str) -> None:
    sql("UPDATE core_logentry SET detail = %s WHERE number = 3", text)
    assert found() == [("detail", 3)]


# From a row, and with a seal that was noted


def test_from_a_row_only_what_follows_is_read(written: None) -> None:
    reading = Reading(start=4)
    assert list(reading.findings()) == []
    assert reading.told().startswith("2 regels nagekeken: alles klopt.\nZegel van regel 5: ")
    sql("UPDATE core_logentry SET verb = 'x' WHERE number = 2")
    assert found(start=3) == []
    sql("UPDATE core_logentry SET seal = verb WHERE number = 3")
    assert found(start=4) == [("changed", 4)]
    sql("DELETE FROM core_logentry WHERE number = 3")
    assert found(start=4) == [("missing", 3), ("unsure", 4)]
    assert found(start=6) == []
    assert found(start=7) == [("too_far", 7)]


@pytest.mark.parametrize("number", [0, 1, 3, ROWS])
def test_a_noted_seal_is_found_again(written: None, number: int) -> None:
    noted = LogEntry.objects.get(number=number).seal if number else seals.START
    reading = Reading(noted=noted)
    assert list(reading.findings()) == []
    assert f"Het opgegeven zegel staat er nog, bij regel {number}." in reading.told()
    assert found(start=number + 1, noted=noted) == []


def test_a_logbook_that_was_sealed_anew_no_longer_has_the_noted_seal(written: None) -> None:
    noted = LogEntry.objects.get(number=4).seal
    seal = LogEntry.objects.get(number=2).seal
    for number in (3, 4, 5):
        sql("DELETE FROM core_logentry WHERE number = %s", number)
        seal = add(number, seal)
    sql("UPDATE core_loghead SET seal = %s", seal)
    assert found() == []
    assert found(noted=noted) == [("not_noted", 0)]


def test_each_finding_is_a_sentence() -> None:
    said = [Finding(fault, 3, 5).told() for fault in Fault]
    assert "De regels 3 tot en met 5 ontbreken." in said
    assert [line for line in said if "%" in line or not line.endswith(".")] == []
    assert len(set(said)) == len(said)


# The command


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_is_right_and_what_is_wrong(written: None, run: Run) -> None:
    last = LogEntry.objects.latest("number")
    good = run("logbook", "verify", "--zegel", last.seal.upper())
    assert (good.returncode, good.stdout, good.stderr) == (
        0,
        "5 regels nagekeken: alles klopt.\n"
        "Het opgegeven zegel staat er nog, bij regel 5.\n"
        f"Zegel van regel 5: {last.seal}\n",
        "",
    )
    sql("UPDATE core_logentry SET detail = '{}' WHERE number = 2")
    sql("DELETE FROM core_logentry WHERE number = 4")
    bad = run("logbook", "verify")
    assert (bad.returncode, bad.stdout, bad.stderr) == (
        1,
        "Regel 2 klopt niet: de bijzonderheden zijn gewijzigd.\n"
        "Regel 4 ontbreekt.\n"
        "Regel 5 is niet na te gaan, want de regel ervoor ontbreekt.\n"
        "4 regels nagekeken; goed: 2.\n",
        "",
    )
    assert run("logbook", "verify", "--from", "6", "--zegel", last.seal).returncode == 0


def test_the_command_explains_what_it_cannot_read(run: Run) -> None:
    seal, row = run("logbook", "verify", "--zegel", "1234"), run("logbook", "verify", "--from", "nul")
    assert seal.stderr.endswith("--zegel: een zegel is 64 tekens lang: cijfers en de letters a tot en met f\n")
    assert row.stderr.endswith("--from: een regel is een heel getal vanaf 1\n")
