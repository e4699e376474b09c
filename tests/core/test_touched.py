"""What an action touches reaches the hall once, at its end, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from tests import factories
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.refresh import refresh
from werkplaats.core import touched
from werkplaats.core.action import action
from werkplaats.places.models import Municipality

Flushed = list[set[str]]


@pytest.fixture
def flushed() -> Iterator[Flushed]:
    """Every flush that happens, beside what the catalogue does with it."""
    seen: Flushed = []

    def listen(uids: set[str]) -> None:
        seen.append(set(uids))
        refresh(uids)

    touched.set_flush(listen)
    yield seen
    touched.set_flush(refresh)


@pytest.fixture
def heard() -> Iterator[Flushed]:
    """Every flush that happens, with nothing done about it: for tests without a database."""
    seen: Flushed = []
    touched.set_flush(lambda uids: seen.append(set(uids)))
    yield seen
    touched.set_flush(refresh)


@action
def rename(*, municipality: Municipality, name: str) -> None:
    """One save."""
    municipality.name = name
    municipality.save()


@action
def rename_both(*, one: Municipality, other: Municipality, fails: bool = False) -> None:
    """Two actions in an action."""
    rename(municipality=one, name="Eerste")
    rename(municipality=other, name="Tweede")
    rename(municipality=one, name="Eerste weer")
    if fails:
        raise RuntimeError("halverwege")


def titles() -> set[str]:
    """What the hall shows."""
    return set(Entry.objects.living().values_list("title", flat=True))


@pytest.mark.django_db
def test_a_save_outside_an_action_is_in_the_hall_at_once(flushed: Flushed) -> None:
    municipality = factories.make_municipality("Beilen")
    assert titles() == {"Beilen"}
    flushed.clear()

    municipality.name = "Smilde"
    municipality.save()
    assert flushed == [{municipality.uid}]
    assert titles() == {"Smilde"}


@pytest.mark.django_db
def test_actions_within_an_action_reach_the_hall_once(flushed: Flushed) -> None:
    one, other = factories.make_municipality("Beilen"), factories.make_municipality("Smilde")
    flushed.clear()

    rename_both(one=one, other=other)
    assert flushed == [{one.uid, other.uid}]
    assert titles() == {"Eerste weer", "Tweede"}


@pytest.mark.django_db
def test_a_failed_action_leaves_records_and_hall_as_they_were(flushed: Flushed) -> None:
    one, other = factories.make_municipality("Beilen"), factories.make_municipality("Smilde")
    flushed.clear()

    with pytest.raises(RuntimeError, match="halverwege"):
        rename_both(one=one, other=other, fails=True)
    assert flushed == []
    assert titles() == set(Municipality.objects.values_list("name", flat=True)) == {"Beilen", "Smilde"}

    # And nothing is left behind for the next one.
    rename(municipality=Municipality.objects.get(pk=other.pk), name="Rolde")
    assert flushed == [{other.uid}]


@pytest.mark.django_db
def test_what_a_failed_part_touched_is_forgotten_when_the_whole_goes_on(flushed: Flushed) -> None:
    one, other = factories.make_municipality("Beilen"), factories.make_municipality("Smilde")
    flushed.clear()

    @action
    def tries() -> None:
        rename(municipality=one, name="Rolde")
        with pytest.raises(RuntimeError):
            rename_both(one=one, other=other, fails=True)

    tries()
    assert flushed == [{one.uid}]
    assert titles() == {"Rolde", "Smilde"}


def test_what_another_thread_touches_is_not_held_up(heard: Flushed) -> None:
    with touched.gathered():
        thread = Thread(target=lambda: touched.mark(["proef-01ARZ3NDEKTSV4RRFFQ69G5FAV"]))
        thread.start()
        thread.join()
        assert heard == [{"proef-01ARZ3NDEKTSV4RRFFQ69G5FAV"}]


def test_nothing_touched_is_nothing_flushed(heard: Flushed) -> None:
    touched.mark([])
    with touched.gathered():
        pass
    assert heard == []
