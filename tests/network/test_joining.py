"""Steps of joining: told as they were, correctable, and the same whoever counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.dates import parse_moment
from werkplaats.core.models import LogEntry
from werkplaats.core.versions import Conflict
from werkplaats.network import actions
from werkplaats.network.models import Organisation, Partnership
from werkplaats.network.queries import funnel
from werkplaats.network.queries.coverage import coverage
from werkplaats.network.rules import PUBLIC_STAGES, Stage, day_of_ending, ends_partnership, months_from

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.at(NOW):
        yield


def begun(stage: str = Stage.TALKING, **fields: Any) -> Partnership:
    """A partnership since 2020."""
    return factories.make_partnership(factories.make_organisation(), factories.make_werkplaats(), stage=stage, **fields)


def step(partnership: Partnership, stage: str, on: str, reason: str = "") -> Partnership:
    """Set a step, and read the partnership again."""
    fresh = Partnership.objects.get(pk=partnership.pk)
    by = factories.make_account(f"a{LogEntry.objects.count()}-{stage}{on}@example.org".replace(" ", ""))
    actions.change_stage(
        partnership=fresh, stage=stage, on=parse_moment(on), reason=reason, version=fresh.version, by=by
    )
    return Partnership.objects.get(pk=partnership.pk)


def told(partnership: Partnership) -> list[tuple[str, str]]:
    """Its steps in words."""
    return [(one.stage, one.when) for one in partnership.steps.all()]


def test_a_step_moves_the_partnership_and_the_past_stays() -> None:
    one = step(begun(), Stage.SIGNED, "2024-03")
    assert (one.stage, one.period, one.version) == ("getekend", "sinds 1 januari 2020", 2)
    assert told(one) == [("in gesprek", "1 januari 2020"), ("getekend", "maart 2024")]
    for day, signed in ((date(2024, 2, 29), False), (date(2024, 3, 1), True)):
        assert Partnership.objects.all().in_stage(PUBLIC_STAGES, day).exists() is signed
    assert not Partnership.objects.all().in_stage(Stage.values, date(2019, 12, 31)).exists()


def test_a_step_that_was_forgotten_finds_its_place_in_the_past() -> None:
    one = step(step(begun(Stage.APPROACHED), Stage.ACTIVE, "2025"), Stage.SIGNED, "2023-05")
    assert one.stage == "actief"
    assert [stage for stage, _when in told(one)] == ["benaderd", "getekend", "actief"]
    # Before the first: it began earlier than was known.
    assert step(one, Stage.TALKING, "~2018").period == "sinds omstreeks 2018"


@pytest.mark.parametrize(
    ("end", "period", "until"),
    [
        ("2025-06", "1 januari 2020 t/m juni 2025", date(2025, 7, 1)),
        ("2025-06-10", "1 januari 2020 t/m 9 juni 2025", date(2025, 6, 10)),
    ],
)  # fmt: skip
def test_what_ended_has_an_end_and_can_begin_again_as_another(end: str, period: str, until: date) -> None:
    one = step(begun(Stage.ACTIVE), Stage.ENDED, end, "De directeur ging weg")
    assert (one.stage, one.period) == ("beëindigd", period)
    for day, there in ((until - timedelta(days=1), True), (until, False)):
        assert Partnership.objects.all().in_stage(PUBLIC_STAGES, day).exists() is there
    ended = step(one, Stage.TALKING, "2026-02", "Zij belden zelf")
    assert (ended.stage, ended.period, ended.version) == ("beëindigd", period, one.version)
    again = Partnership.objects.exclude(pk=one.pk).get()
    assert (again.stage, again.period, again.role) == ("in gesprek", "sinds februari 2026", one.role)
    assert (again.organisation, again.werkplaats) == (one.organisation, one.werkplaats)
    assert told(again) == [("in gesprek", "februari 2026")] and again.steps.get().reason == "Zij belden zelf"
    step(again, Stage.ACTIVE, "2026-03")
    there = {day: Partnership.objects.all().in_stage(PUBLIC_STAGES, day).count() for day in GAP}
    assert there == {GAP[0]: 1, GAP[1]: 0, GAP[2]: 0, GAP[3]: 1}


# While it lasted, between the end and coming back, while talking again, and active again.
GAP = [date(2024, 1, 1), date(2025, 9, 1), date(2026, 2, 10), date(2026, 3, 1)]


def test_who_was_away_for_years_covers_nothing_in_between_and_is_counted_once() -> None:
    seat = factories.make_municipality("Beilen")
    there = factories.make_werkplaats("Noord", valid_from=date(2014, 1, 1))
    one = factories.make_partnership(
        factories.make_organisation(municipality=seat), there, stage=Stage.ACTIVE, valid_from=date(2014, 1, 1)
    )
    step(step(one, Stage.ENDED, "2018-06-01", "geen geld"), Stage.ACTIVE, "2024-02")
    assert sorted(one.period for one in Partnership.objects.all()) == [
        "1 januari 2014 t/m 31 mei 2018", "sinds februari 2024",
    ]  # fmt: skip
    days = [date(2013, 1, 1), date(2017, 1, 1), date(2021, 1, 1), date(2025, 1, 1)]
    partners = [next(bool(row.partners) for row in coverage(day).rows if row.municipality == seat) for day in days]
    assert partners == [False, True, False, True]
    counts = [point.counts for point in funnel(Partnership.objects.all().steps(), days)]
    assert counts == [{}, {"actief": 1}, {"beëindigd": 1}, {"actief": 1}]


@pytest.mark.parametrize(("stage", "on"), [(Stage.TALKING, "2018-07"), (Stage.ACTIVE, "2018")])
def test_whether_a_step_lies_before_or_after_an_end_of_which_only_the_year_is_known_is_asked(
    stage: str, on: str
) -> None:
    one = step(begun(valid_from=date(2014, 1, 1)), Stage.ENDED, "2018", "geen geld")
    with pytest.raises(ValidationError) as refused:
        step(one, stage, on)
    assert "preciezer" in refused.value.message_dict["on"][0] and Partnership.objects.count() == 1


def test_no_step_comes_to_stand_after_an_end() -> None:
    one = step(begun(Stage.ACTIVE), Stage.SIGNED, "2024")
    with pytest.raises(ValidationError, match=r"Na het einde .2022. staat nog een stap: getekend, 2024"):
        step(one, Stage.ENDED, "2022", "geen geld")
    ended = step(one, Stage.ENDED, "2025", "geen geld")
    by = factories.make_account()
    common = {"reason": "x", "version": ended.version, "by": by}
    for which, stage, on in ((0, Stage.ACTIVE, "2026"), (2, Stage.ENDED, "2023")):
        with pytest.raises(ValidationError, match="Na het einde"):
            actions.correct_step(step=ended.steps.all()[which], stage=stage, on=parse_moment(on), **common)
    assert told(ended) == [("actief", "1 januari 2020"), ("getekend", "2024"), ("beëindigd", "2025")]
    # Before the end a forgotten step still finds its place.
    assert [stage for stage, _when in told(step(ended, Stage.NOT_NOW, "2024-06", "druk"))][-2:] == [
        "niet nu",
        "beëindigd",
    ]


@pytest.mark.parametrize(
    ("stage", "on", "reason", "field"),
    [
        (Stage.ENDED, "2025", "", "reason"),
        (Stage.NOT_NOW, "2025", "  ", "reason"),
        (Stage.SIGNED, "2027", "", "on"),
        (Stage.TALKING, "2025", "", "stage"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(stage: str, on: str, reason: str, field: str) -> None:
    one = begun()
    with pytest.raises(ValidationError) as refused:
        step(one, stage, on, reason)
    assert list(refused.value.message_dict) == [field]
    assert told(one) == [("in gesprek", "1 januari 2020")]
    assert Partnership.objects.get().version == 1


def test_of_a_reason_the_logbook_hears_only_that_there_is_one() -> None:
    step(begun(), Stage.NOT_NOW, "2025-01", "Zij vertrouwen ons niet")
    line = LogEntry.objects.get(verb="network.partnership.stepped")
    assert line.detail["after"] == {"stage": "niet nu", "on": "2025-01-01"} and line.detail["fields"] == ["reason"]
    assert "vertrouwen" not in str([one.detail for one in LogEntry.objects.all()])


def test_a_wrong_step_is_corrected_or_taken_away_and_the_last_stays() -> None:
    one = step(begun(Stage.APPROACHED), Stage.ACTIVE, "2025")
    by = factories.make_account()
    first, second = one.steps.all()
    on = parse_moment("2021-04")
    actions.correct_step(step=first, stage=Stage.TALKING, on=on, version=one.version, by=by)
    assert told(one) == [("in gesprek", "april 2021"), ("actief", "2025")]
    fresh = Partnership.objects.get()
    assert fresh.valid_from == date(2021, 4, 1)
    with pytest.raises(Conflict):
        actions.remove_step(step=second, version=one.version, by=by)
    kept = actions.remove_step(step=second, version=fresh.version, by=by)
    assert (kept.stage, kept.steps.count()) == ("in gesprek", 1)
    with pytest.raises(ValidationError):
        actions.remove_step(step=first, version=kept.version, by=by)


def test_who_came_back_as_another_partnership_cannot_be_reopened_beside_it() -> None:
    one = step(begun(Stage.ACTIVE), Stage.ENDED, "2022-01-01", "klaar")
    factories.make_partnership(one.organisation, one.werkplaats, valid_from=date(2023, 1, 1))
    with pytest.raises(ValidationError, match="doet al mee"):
        step(one, Stage.TALKING, "2024")


def test_a_record_that_was_active_and_ended_has_its_whole_story() -> None:
    one = begun(Stage.ACTIVE, valid_to=date(2022, 7, 1), valid_to_precision="maand")
    assert told(one) == [("actief", "1 januari 2020"), ("beëindigd", "juni 2022")]


def test_of_what_was_written_down_as_ended_nothing_else_is_said() -> None:
    one = begun(Stage.ENDED, valid_to=date(2022, 7, 1), valid_to_precision="maand")
    assert told(one) == [("beëindigd", "juni 2022")]
    assert (one.stage, one.period) == ("beëindigd", "1 januari 2020 t/m juni 2022")
    # Not that it ever signed: then everybody might read of it.
    assert not Organisation.objects.on_site().exists()
    assert not Entry.objects.living().filter(uid=one.organisation.uid).exists()
    assert not Partnership.objects.in_stage(PUBLIC_STAGES, date(2021, 1, 1)).exists()
    assert not Partnership.objects.telling(PUBLIC_STAGES, date(2021, 1, 1)).exists()
    one.follow_steps()
    assert (one.stage, one.period) == ("beëindigd", "1 januari 2020 t/m juni 2022")
    # Until somebody says so.
    one = step(one, Stage.ACTIVE, "2021")
    assert told(one) == [("actief", "2021"), ("beëindigd", "juni 2022")]
    assert one.period == "2021 t/m juni 2022" and Organisation.objects.on_site().exists()


@pytest.mark.parametrize(
    ("end", "precision"), [(date(2022, 7, 9), "dag"), (date(2022, 7, 1), "maand"), (date(2023, 1, 1), "jaar")]
)
def test_the_end_of_a_period_and_the_day_of_ending_are_two_sides(end: date, precision: str) -> None:
    assert ends_partnership(day_of_ending(end, precision), precision) == end


def test_a_month_has_no_day_too_many() -> None:
    assert months_from(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_from(date(2024, 2, 29), -12) == date(2023, 2, 28)


def agreed(partnership: Partnership, **fields: Any) -> None:
    """What was signed in 2024."""
    partnership.agreements.create(valid_from=date(2024, 1, 1), **fields)


def test_an_agreement_that_ends_within_three_months_asks_for_a_talk() -> None:
    one = begun(Stage.ACTIVE)
    rows = Partnership.objects.all()
    agreed(one, valid_to=date(2027, 2, 23))
    assert not rows.running_out().exists()
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert rows.running_out().exists()
    agreed(one, valid_to=date(2027, 2, 22))
    assert not rows.running_out().exists(), "the one that lasts longest counts"
    one.agreements.update(valid_to=date(2026, 1, 1))
    assert rows.running_out().exists(), "ended, and nothing new was signed"
    agreed(one)
    assert not rows.running_out().exists(), "a new one without an end"


def test_every_partner_is_looked_at_once_a_year() -> None:
    one = begun(Stage.ACTIVE)
    rows = Partnership.objects.all()
    assert rows.to_look_at().exists()
    actions.look_over(partnership=one, version=one.version, by=factories.make_account())
    assert not rows.to_look_at().exists()
    with clock.at(datetime(2027, 11, 23, 12, tzinfo=UTC)):
        assert rows.to_look_at().exists()
    # A step is a look too; and who is only talked with, is in another pile.
    step(begun_other(), Stage.SIGNED, "2026-10")
    assert not rows.to_look_at().exists()


def begun_other() -> Partnership:
    """Another organisation, elsewhere."""
    there = factories.make_werkplaats("Elders")
    return factories.make_partnership(factories.make_organisation("Anders"), there, stage=Stage.TALKING)
