"""A logbook from before the seals is sealed when the program is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from werkplaats.core import logbook
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.core.verification import Reading

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def migrate(name: str | None = None) -> Any:
    """Bring the tables of the core to this migration, or to the newest; the models as they are then."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "core"]
    return executor.migrate([("core", name)] if name else newest).apps


@pytest.fixture
def before() -> Iterator[Any]:
    """The models of before; afterwards all is as it was."""
    yield migrate("0001_initial")
    migrate()


@pytest.mark.parametrize("ids", [[], [1, 2, 3], [4, 7, 1200, 1201, 90000]])
def test_rows_of_before_are_numbered_and_sealed_in_their_order(before: Any, ids: list[int]) -> None:
    old = before.get_model("core", "LogEntry")
    for id in ids:
        values = {"at": NOON - timedelta(minutes=id), "verb": f"verb-{id}", "target": "vraag-1", "actor": "systeem"}
        old.objects.create(id=id, detail={"id": id, "part": id / 7}, **values)
    migrate()
    assert list(Reading().findings()) == []
    rows = LogEntry.objects.order_by("number").values_list("number", "verb", "at", "detail")
    assert list(rows) == [
        (number, f"verb-{id}", NOON - timedelta(minutes=id), {"id": id, "part": id / 7})
        for number, id in enumerate(ids, 1)
    ]
    logbook.write("after", "vraag-1", by=SYSTEM)
    assert LogEntry.objects.latest("number").number == len(ids) + 1
    assert list(Reading().findings()) == []
