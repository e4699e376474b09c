"""Of those who change one record at the same moment exactly one does, and the others are told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import factories
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.core.versions import Conflict
from werkplaats.network.actions import save_partnership
from werkplaats.network.models import Partnership
from werkplaats.network.rules import Stage

TOGETHER = 6


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_is_kept_and_none_is_lost_unseen() -> None:
    partnership = Partnership.objects.create(
        werkplaats=factories.make_werkplaats(),
        organisation=factories.make_organisation(),
        stage=Stage.TALKING,
        valid_from=factories.LONG_AGO,
    )
    start = Barrier(TOGETHER)

    def save(who: int) -> str:
        values = {
            "stage": Stage.SIGNED, "seeks": f"van {who}", "valid_from": factories.LONG_AGO, "valid_to": None,
        }  # fmt: skip
        try:
            start.wait(20)
            save_partnership(partnership=partnership, values=values, version=1, by=SYSTEM)
        except Conflict:
            return "told"
        finally:
            connection.close()
        return f"van {who}"

    with ThreadPoolExecutor(TOGETHER) as pool:
        said = list(pool.map(save, range(TOGETHER)))

    kept = Partnership.objects.get()
    assert sorted(said) == sorted([kept.seeks, *["told"] * (TOGETHER - 1)])
    assert kept.version == 2
    assert LogEntry.objects.filter(verb="network.partnership.changed").count() == 1
