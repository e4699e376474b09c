"""A municipality lies in the area of a werkplaats once on any day, in whatever order periods are written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from werkplaats.core.actors import SYSTEM
from werkplaats.core.dates import parse_moment
from werkplaats.network.actions import add_area, end_area
from werkplaats.network.models import ServiceArea, Werkplaats

pytestmark = pytest.mark.django_db
MOMENTS = st.sampled_from(["2014", "2015-06", "2016-03-01", "~2017", "2018", "2019-12-31", "2020", "2030"])


@pytest.mark.parametrize(
    ("start", "end", "again", "said"),
    [
        ("2014", "2020", "2018", "Assen hoort al bij dit werkgebied (2014 t/m 2020). Kies een periode"),
        ("2014", "2040", "2026", "Assen hoort al bij dit werkgebied (2014 t/m 2040). Kies een periode"),
        ("2018", "2020", "2014", "Assen hoort al bij dit werkgebied (2018 t/m 2020). Kies een periode"),
        ("2014", "2016", "2016-12-31", "Assen hoort al bij dit werkgebied (2014 t/m 2016). Kies een periode"),
        ("2014", None, "2018", "Assen hoort al bij dit werkgebied (sinds 2014)."),
        ("2014", "2016", "2017", ""),
        ("2014", "2016-06", "2016-07", ""),
    ],
)
def test_who_lies_in_an_area_does_not_come_to_lie_there_again(
    start: str, end: str | None, again: str, said: str
) -> None:
    noord, assen = factories.make_werkplaats("Noord"), factories.make_municipality("Assen")
    area = add_area(werkplaats=noord, municipality=assen, start=parse_moment(start), by=SYSTEM)
    if end:
        end_area(area=area, end=parse_moment(end), by=SYSTEM)
    if not said:
        add_area(werkplaats=noord, municipality=assen, start=parse_moment(again), by=SYSTEM)
        return
    with pytest.raises(ValidationError) as refused:
        add_area(werkplaats=noord, municipality=assen, start=parse_moment(again), by=SYSTEM)
    assert refused.value.messages[0].startswith(said)
    assert noord.areas.count() == 1


def test_an_end_is_not_moved_past_the_day_on_which_it_came_back() -> None:
    noord, assen = factories.make_werkplaats("Noord"), factories.make_municipality("Assen")
    first = add_area(werkplaats=noord, municipality=assen, start=parse_moment("2014"), by=SYSTEM)
    end_area(area=first, end=parse_moment("2016"), by=SYSTEM)
    add_area(werkplaats=noord, municipality=assen, start=parse_moment("2018"), by=SYSTEM)

    with pytest.raises(ValidationError, match="sinds 2018"):
        end_area(area=first, end=parse_moment("2018-02"), by=SYSTEM)

    assert ServiceArea.objects.get(pk=first.pk).valid_to == date(2017, 1, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), MOMENTS), max_size=8))
def test_on_no_day_it_lies_there_twice(steps: list[tuple[bool, int, str]]) -> None:
    ServiceArea.objects.all().delete()
    noord = Werkplaats.objects.filter(name="Noord").first() or factories.make_werkplaats("Noord")
    assen = noord.areas.model._meta.get_field("municipality").related_model.objects.filter(name="Assen").first()
    assen = assen or factories.make_municipality("Assen")
    for adds, which, moment in steps:
        areas = list(noord.areas.order_by("pk"))
        try:
            if adds:
                add_area(werkplaats=noord, municipality=assen, start=parse_moment(moment), by=SYSTEM)
            elif areas:
                end_area(area=areas[which % len(areas)], end=parse_moment(moment), by=SYSTEM)
        except ValidationError:
            continue
    kept = list(noord.areas.all())
    days = sorted({day for one in kept for edge in (one.valid_from, one.valid_to) if edge
                   for day in (edge - timedelta(days=1), edge)})  # fmt: skip
    assert [day for day in days if sum(one.holds_on(day) for one in kept) > 1] == []
