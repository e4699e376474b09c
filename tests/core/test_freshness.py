"""However something visible is written, the word of freshness is another one, exactly when it is committed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.factories import make_municipality
from werkplaats.core import clock, freshness
from werkplaats.core.models import Attempt, Draft
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)


def _by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update terms_theme set name = 'Zorg thuis'")


def _in_one_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (SELECT id FROM places_placename) "
            "DELETE FROM places_placename WHERE id IN (SELECT id FROM gone)"
        )


def _within() -> None:
    with transaction.atomic(), transaction.atomic():
        Theme.objects.update(name="Zorg thuis")


WAYS: list[Callable[[], object]] = [
    lambda: Theme.objects.create(name="Dak", slug="dak"),
    lambda: Theme.objects.get().save(),
    lambda: Theme.objects.update(name="Zorg thuis"),
    lambda: Theme.objects.bulk_create([Theme(name="Dak", slug="dak"), Theme(name="Deur", slug="deur")]),
    lambda: Theme.objects.all().delete(),
    _by_hand,
    _in_one_statement,
    _within,
]


@pytest.fixture
def theme() -> Theme:
    return Theme.objects.create(name="Zorg", slug="zorg")


@pytest.mark.parametrize("write", WAYS)
def test_every_way_of_writing_is_noticed(theme: Theme, write: Callable[[], object]) -> None:
    before = freshness.word()
    write()
    assert freshness.word() not in {"", before}


def test_ties_between_records_are_noticed() -> None:
    one, other = make_municipality(name="Een"), make_municipality(name="Twee")
    before = freshness.word()
    one.successors.add(other)
    assert freshness.word() != before
    assert Municipality.objects.get(pk=one.pk).successors.get() == other


def test_what_was_taken_back_is_not_told(theme: Theme) -> None:
    before = freshness.word()
    with pytest.raises(RuntimeError), transaction.atomic():
        Theme.objects.update(name="Zorg thuis")
        raise RuntimeError
    assert freshness.word() == before
    # Also not by who comes after on the same connection.
    with transaction.atomic():
        list(Theme.objects.all())
    assert freshness.word() == before


def test_it_is_told_at_the_end_and_not_before(theme: Theme) -> None:
    before = freshness.word()
    with transaction.atomic():
        Theme.objects.update(name="Zorg thuis")
        assert freshness.word() == before
    assert freshness.word() != before


def test_what_no_page_is_made_from_changes_nothing(theme: Theme) -> None:
    before = freshness.word()
    Attempt.objects.create(what="vraag", who="x", window=1, count=1)
    Attempt.objects.update(count=2)
    Draft.objects.create(account="x", place="y", kept_at=clock.now())
    assert freshness.word() == before


def test_reading_changes_nothing(theme: Theme) -> None:
    before = freshness.word()
    with transaction.atomic():
        list(Theme.objects.filter(name__contains="update"))
    assert freshness.word() == before
