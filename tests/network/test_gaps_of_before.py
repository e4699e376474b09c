"""Partnerships of before, with a step after an end, are taken apart when the program is brought up to date."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import factories
from werkplaats.network.models import Agreement, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def before() -> Any:
    """The models as a migration sees them: rows, without what saving one does now."""
    loader = MigrationLoader(connection)
    return loader.project_state(loader.graph.leaf_nodes()).apps


def test_a_period_over_a_gap_becomes_two_and_others_stay(before: Any) -> None:
    who, where = factories.make_organisation(), factories.make_werkplaats()
    other = factories.make_organisation("Zonder gat")
    old = before.get_model("network", "Partnership")
    common = {"werkplaats_id": where.pk, "role": "partner", "stage": "actief"}
    steps = {
        who: (("actief", (2014, 1, 1), "dag"), ("beëindigd", (2018, 6, 1), "dag"),
              ("in gesprek", (2024, 2, 1), "maand"), ("actief", (2024, 9, 1), "dag")),
        other: (("actief", (2014, 1, 1), "dag"), ("beëindigd", (2018, 1, 1), "jaar"), ("actief", (2018, 3, 1), "dag")),
    }  # fmt: skip
    for organisation, told in steps.items():
        one = old.objects.create(
            uid=f"samenwerking-{organisation.pk:026d}", organisation_id=organisation.pk, valid_from=date(2014, 1, 1),
            **common,
        )  # fmt: skip
        for number, (stage, on, precision) in enumerate(told):
            uid = f"stap-{organisation.pk:020d}{number:06d}"
            one.steps.create(uid=uid, stage=stage, on=date(*on), precision=precision)
        for year in (2015, 2025) if organisation == who else ():
            one.agreements.create(uid=f"overeenkomst-{year:026d}", valid_from=date(year, 1, 1))

    import_module("werkplaats.network.migrations.0012_no_steps_after_an_end").split(before, None)

    first, again = Partnership.objects.filter(organisation=who).order_by("valid_from")
    assert (first.period, first.stage, first.version) == ("1 januari 2014 t/m 31 mei 2018", "beëindigd", 2)
    assert (again.period, again.stage, again.role) == ("sinds februari 2024", "actief", "partner")
    assert [step.stage for step in again.steps.all()] == ["in gesprek", "actief"]
    signed = {one.valid_from.year: one.partnership for one in Agreement.objects.select_related("partnership")}
    assert signed == {2015: first, 2025: again}
    # In the year of its end it went on: there is no gap.
    assert Partnership.objects.get(organisation=other).period == "sinds 1 januari 2014"
