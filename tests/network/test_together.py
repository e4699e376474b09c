"""Two who write the same at the same moment: the second sees what the first did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import monotonic
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tests import factories
from werkplaats.core.actors import SYSTEM
from werkplaats.core.dates import parse_moment
from werkplaats.flows import merging
from werkplaats.network import actions
from werkplaats.network.forms import MergeForm
from werkplaats.network.models import Function, Organisation, Partnership
from werkplaats.network.rules import Stage
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db(transaction=True)


def _others_wait() -> bool:
    """Whether somebody waits for a row that this transaction holds. On SQLite whoever writes waits from the start."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as asked:
        asked.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return bool(asked.fetchone()[0])


def together(first: Callable[[], Any], second: Callable[[], Any]) -> list[str]:
    """Let the second begin while the first did its work and has not committed; what each of them was refused with."""
    wrote, done = Event(), Event()

    def run_first() -> str:
        try:
            with transaction.atomic():
                first()
                wrote.set()
                until = monotonic() + 20
                while not (done.is_set() or _others_wait()) and monotonic() < until:
                    done.wait(0.01)
        except ValidationError as error:
            return " ".join(error.messages)
        finally:
            wrote.set()
            connection.close()
        return ""

    def run_second() -> str:
        try:
            assert wrote.wait(20)
            second()
        except ValidationError as error:
            return " ".join(error.messages)
        finally:
            done.set()
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return [one.result(60) for one in (pool.submit(run_first), pool.submit(run_second))]


def test_two_who_bring_in_the_same_partner_make_one_partnership() -> None:
    who, where = factories.make_organisation(), factories.make_werkplaats()
    values = {"organisation": who, "stage": Stage.TALKING, "valid_from": date(2024, 1, 1)}

    def add() -> None:
        actions.save_partnership(partnership=Partnership(werkplaats=where), values=values, by=SYSTEM)

    refused = together(add, add)
    assert refused[0] == "" and "doet al mee" in refused[1]
    assert Partnership.objects.count() == 1


def test_who_comes_back_twice_at_once_comes_back_once() -> None:
    one = factories.make_partnership(
        factories.make_organisation(), factories.make_werkplaats(), stage=Stage.ENDED, valid_to=date(2022, 1, 1)
    )

    def back() -> None:
        on = parse_moment("2024-02")
        actions.change_stage(partnership=one, stage=Stage.TALKING, on=on, version=one.version, by=SYSTEM)

    refused = together(back, back)
    assert refused[0] == "" and "doet al mee" in refused[1]
    assert Partnership.objects.count() == 2


def test_a_person_is_added_to_an_organisation_once() -> None:
    person, there = Person.objects.create(name="Mies"), factories.make_organisation()
    values = {"person": person, "organisation": there, "valid_from": date(2024, 1, 1), "valid_to": None}

    def add() -> None:
        actions.save_function(function=Function(), values=values, by=SYSTEM)

    refused = together(add, add)
    assert refused[0] == "" and "staat al bij deze organisatie" in refused[1]
    assert Function.objects.count() == 1


def test_what_is_changed_while_organisations_are_merged_is_not_lost() -> None:
    by, where = factories.make_account(role=RoleKind.NATIONAL_EDITOR), factories.make_werkplaats()
    kept, gone = factories.make_organisation("Een"), factories.make_organisation("Twee")
    one = factories.make_partnership(kept, where, seeks="Oud")
    factories.make_partnership(gone, where, brings="Ruimte")
    form = MergeForm({"name": "hier"}, kept=kept, gone=gone)
    assert form.is_valid()

    def change() -> None:
        actions.save_partnership(partnership=one, values={"seeks": "Nieuw"}, version=one.version, by=SYSTEM)

    def merge() -> None:
        merging.merge(kept=kept, gone=gone, values=form.values(), numbers=set(), version=kept.version, by=by)

    assert together(change, merge) == ["", ""]
    left = Partnership.objects.get()
    assert (left.seeks, left.brings, left.version) == ("Nieuw", "Ruimte", 3)


def test_who_is_merged_away_meanwhile_takes_part_no_more() -> None:
    by, where = factories.make_account(role=RoleKind.NATIONAL_EDITOR), factories.make_werkplaats()
    kept, gone = factories.make_organisation("Een"), factories.make_organisation("Twee")
    form = MergeForm({"name": "hier"}, kept=kept, gone=gone)
    assert form.is_valid()

    def merge() -> None:
        merging.merge(kept=kept, gone=gone, values=form.values(), numbers=set(), version=kept.version, by=by)

    def join() -> None:
        values = {"organisation": gone, "stage": Stage.TALKING, "valid_from": date(2024, 1, 1)}
        actions.save_partnership(partnership=Partnership(werkplaats=where), values=values, by=SYSTEM)

    refused = together(merge, join)
    assert refused[0] == "" and "ging op in een andere" in refused[1]
    assert not Partnership.objects.exists() and Organisation.objects.count() == 1
