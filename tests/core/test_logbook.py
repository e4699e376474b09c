"""Writing the logbook: at the end of an act or not at all, numbered without gaps, and never changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from werkplaats.core import clock, logbook, seals
from werkplaats.core.action import action
from werkplaats.core.actors import SYSTEM, VISITOR, Actor
from werkplaats.core.logbook import changed
from werkplaats.core.models import LogEntry, LogHead, OnlyAddedTo
from werkplaats.core.verification import Reading

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """The verbs, oldest first."""
    return list(LogEntry.objects.order_by("number").values_list("verb", flat=True))


@action
def act(*, verbs: list[str], fails: bool = False, by: Actor = SYSTEM) -> list[str]:
    """Write; what stands there before the action ends."""
    for verb in verbs:
        logbook.write(verb, "vraag-1", by=by)
    seen = told()
    if fails:
        raise RuntimeError("halverwege")
    return seen


@action
def story(*, by: Actor = SYSTEM) -> None:
    """Acts within an act, one of which fails."""
    logbook.write("first", "vraag-1", by=by)
    act(verbs=["second", "third"])
    with pytest.raises(RuntimeError):
        act(verbs=["never"], fails=True)
    logbook.write("fourth", "vraag-1", by=by)


def test_a_row_says_who_did_what_to_which_record_and_when() -> None:
    noon = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
    with clock.at(noon):
        logbook.write("agenda.question.received", "vraag-1", by=VISITOR, detail={"day": date(2026, 1, 2), "n": 1})
    (row,) = LogEntry.objects.all()
    assert (row.number, row.at, row.verb, row.target, row.actor, row.detail) == (
        1, noon, "agenda.question.received", "vraag-1", "bezoeker", {"day": "2026-01-02", "n": 1},
    )  # fmt: skip
    head = LogHead.objects.get()
    assert (head.number, head.seal) == (1, row.seal)


def test_lines_are_written_when_the_outermost_act_ends_in_the_order_they_came_in() -> None:
    assert act(verbs=["one", "two"]) == []
    assert told() == ["one", "two"]
    story()
    assert told()[2:] == ["first", "second", "third", "fourth"]
    assert list(Reading().findings()) == []


def test_what_fails_leaves_no_row_and_no_gap() -> None:
    act(verbs=["one"])
    with pytest.raises(RuntimeError):
        act(verbs=["never"], fails=True)
    with pytest.raises(ValueError), transaction.atomic():
        logbook.write("undone", "vraag-1", by=SYSTEM)
        raise ValueError
    act(verbs=["two"])
    assert list(LogEntry.objects.order_by("number").values_list("number", "verb")) == [(1, "one"), (2, "two")]
    assert list(Reading().findings()) == []


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}])
def test_what_no_json_can_hold_is_refused_where_it_is_written(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        logbook.write("one", "vraag-1", by=SYSTEM, detail={"value": value})


def _change(row: LogEntry) -> None:
    row.verb = "other"
    row.save()


def _save_some(row: LogEntry) -> None:
    row.verb = "other"
    row.save(update_fields=["verb"])


@pytest.mark.parametrize(
    "attempt",
    [
        _change,
        _save_some,
        lambda row: row.delete(),
        lambda row: LogEntry.objects.filter(pk=row.pk).update(verb="other"),
        lambda row: LogEntry.objects.filter(pk=row.pk).delete(),
        lambda row: LogEntry.objects.all().delete(),
        lambda row: LogEntry.objects.bulk_update([row], ["verb"]),
        lambda row: LogEntry.objects.update_or_create({"verb": "other"}, number=row.number),
    ],
)
def test_no_code_changes_or_removes_a_row(attempt: Callable[[LogEntry], object]) -> None:
    act(verbs=["one", "two"])
    before = list(LogEntry.objects.values())
    with pytest.raises(OnlyAddedTo), transaction.atomic():
        attempt(LogEntry.objects.get(verb="one"))
    assert list(LogEntry.objects.values()) == before


def test_there_is_one_head() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LogHead.objects.create(number=1)


# Before and after


def test_only_what_differs_is_told() -> None:
    before = {"status": "wacht", "due": None, "region_only": False, "gone": 1}
    after = {"status": "openbaar", "due": date(2026, 1, 1), "region_only": False, "new": None}
    assert changed(before, after) == {
        "before": {"status": "wacht", "due": None, "gone": 1},
        "after": {"status": "openbaar", "due": date(2026, 1, 1), "new": None},
    }
    assert changed(before, before) == {"before": {}, "after": {}}
    assert changed({}, {"words": ["een"]}) == {"before": {}, "after": {"words": ["een"]}}


# One spelling

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
plain = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | words
)
details = st.recursive(plain, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(words, inside, max_size=3))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(words, details, max_size=4))
def test_details_are_spelt_alike_by_whichever_database_keeps_them(db: None, detail: dict[str, Any]) -> None:
    with transaction.atomic():
        logbook.write("one", "vraag-1", by=SYSTEM, detail=detail)
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(detail AS text) FROM core_logentry ORDER BY number DESC LIMIT 1")
            (stored,) = cursor.fetchone()
        transaction.set_rollback(True)
    assert seals.canonical(stored) == seals.canonical(json.dumps(detail))


def test_the_same_details_have_another_digest_in_each_row() -> None:
    """Short details could be guessed from a digest that is always the same."""
    act(verbs=["one", "two"])
    assert LogEntry.objects.values("digest").distinct().count() == 2


def test_a_seal_does_not_depend_on_the_details_themselves() -> None:
    """So that these can be wiped one day: nobody needs them to see that the row stands where it stood."""
    logbook.write("one", "vraag-1", by=SYSTEM, detail={"n": 1})
    row = LogEntry.objects.get()
    assert row.seal == seals.seal(seals.START, 1, seals.moment(row.at), row.verb, row.target, row.actor, row.digest)
