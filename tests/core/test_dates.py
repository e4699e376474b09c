"""Dates as precise as they are known: read, kept half-open, shown in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from werkplaats.core.dates import Moment, Precision, parse_moment, show, show_last, show_period
from werkplaats.core.forms import MomentField

days = st.dates(date(1000, 1, 1), date(9998, 12, 31))


def written(day: date, precision: str) -> str:
    """As a file would have it."""
    whole = day.isoformat()
    return {"dag": whole, "maand": whole[:7], "jaar": whole[:4], "omstreeks": f"~{whole[:4]}"}[precision]


@given(days, st.sampled_from(Precision))
def test_what_is_written_is_read_and_what_ends_there_shows_the_same(day: date, precision: Precision) -> None:
    moment = parse_moment(written(day, precision))

    assert moment.precision == precision
    assert written(moment.day, precision) == written(day, precision)
    assert moment.day <= day < moment.after()
    # "t/m september" kept half-open and shown again is "t/m september".
    assert show_last(moment.after(), precision) == show(moment.day, precision)


@given(days, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
def test_the_next_period_starts_right_after(day: date, precision: Precision) -> None:
    moment = parse_moment(written(day, precision))
    assume(moment.after().year < 9999)
    following = parse_moment(written(moment.after(), precision))

    assert following.day == moment.after()
    assert written(moment.after() - timedelta(days=1), precision) == written(day, precision)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2012-12", date(2013, 1, 1)),
        ("2012-11", date(2012, 12, 1)),
        ("2012-12-31", date(2013, 1, 1)),
        ("2024-02-28", date(2024, 2, 29)),
        ("2024-02", date(2024, 3, 1)),
        ("2012", date(2013, 1, 1)),
        ("~2012", date(2013, 1, 1)),
        ("~2012-06", date(2013, 1, 1)),
    ],
)
def test_an_end_is_kept_as_the_first_day_after_it(text: str, after: date) -> None:
    assert parse_moment(text).after() == after


@pytest.mark.parametrize(
    "text", ["2013-02-29", "2013-13", "2013-00", "2013-01-00", "0000", "2013-04-31", "9999", "9999-12-31"]
)
def test_a_day_that_is_on_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^“{text}” bestaat niet op de kalender.$"):
        parse_moment(text)


@pytest.mark.parametrize(
    "text", ["", "gisteren", "13", "20-09-2013", "2013-9", "2013/09", "~", "2013-09-20T10:00", "2013-"]
)
def test_what_is_no_date_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_moment(text)
    assert str(caught.value) == f"“{text}” is geen datum. Schrijf 2013, 2013-09, 2013-09-20 of ~2013."


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(text: str) -> None:
    try:
        moment = parse_moment(text)
    except ValueError as error:
        assert str(error).endswith(("~2013.", "bestaat niet op de kalender."))
    else:
        assert moment.day < moment.after()


DAY = date(2013, 9, 20)


@pytest.mark.parametrize(
    ("precision", "dutch", "english"),
    [
        ("dag", "20 september 2013", "20 September 2013"),
        ("maand", "september 2013", "September 2013"),
        ("jaar", "2013", "2013"),
    ],
)
def test_a_date_is_shown_no_more_precisely_than_it_is_known(precision: str, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert show(DAY, precision) == dutch
    with translation.override("en"):
        assert show(DAY, precision) == english


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2009-09", None, "sinds september 2009"),
        ("2009-09", "2012-12", "september 2009 t/m december 2012"),
        ("2014-05-20", "2014-06-01", "20 mei 2014 t/m 1 juni 2014"),
        ("2013", "2013", "2013"),
        ("2013-12", "2013-12", "december 2013"),
        ("2013-05-01", "2013-05-01", "1 mei 2013"),
        ("~2014", None, "sinds omstreeks 2014"),
        ("~2014", "~2016", "omstreeks 2014 t/m omstreeks 2016"),
        ("2013", "2014-03", "2013 t/m maart 2014"),
    ],
)
def test_a_period_in_words(start: str, end: str | None, words: str) -> None:
    first, last = parse_moment(start), parse_moment(end) if end else None
    said = show_period(
        first.day, first.precision, last.after() if last else None, last.precision if last else Precision.DAY
    )
    assert said == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2009-09", None, "since September 2009"),
        ("2009-09", "2012-12", "September 2009 to December 2012"),
        ("~2014", None, "since around 2014"),
    ],
)
def test_a_period_in_english(start: str, end: str | None, words: str) -> None:
    first, last = parse_moment(start), parse_moment(end) if end else None
    with translation.override("en"):
        said = show_period(first.day, first.precision, last.after() if last else None, first.precision)
    assert said == words


class OneDate(forms.Form):
    """A form that asks for one."""

    when = MomentField(required=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (" 2013-09 ", Moment(date(2013, 9, 1), Precision.MONTH)),
        ("20-9-2013", Moment(date(2013, 9, 20), Precision.DAY)),
        ("20/09/2013", Moment(date(2013, 9, 20), Precision.DAY)),
        ("9-2013", Moment(date(2013, 9, 1), Precision.MONTH)),
        ("", None),
        ("   ", None),
    ],
)
def test_a_form_gives_the_moment_or_none(typed: str, value: Moment | None) -> None:
    form = OneDate({"when": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"when": value}


def test_a_form_says_what_is_wrong_with_a_date() -> None:
    form = OneDate({"when": "2013-02-30"})
    assert form.errors == {"when": ["“2013-02-30” bestaat niet op de kalender."]}
