"""Dates the way people know them: a day with a precision.

Stored half-open [from, to) in Europe/Amsterdam; shown as "t/m". A source that
says "2009-09" gives the first of September 2009 with precision *month*, and
shows as "september 2009", never as "1 september 2009".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How precisely a date is known."""

    YEAR = "jaar", _("jaar")
    MONTH = "maand", _("maand")
    DAY = "dag", _("dag")
    ABOUT = "omstreeks", _("omstreeks")


@dataclass(frozen=True)
class Moment:
    """The first day of what was said, and how precisely it was said."""

    day: date
    precision: Precision

    def after(self) -> date:
        """The first day after it: what an end "t/m" becomes in the half-open form."""
        if self.precision == Precision.DAY:
            return self.day + timedelta(days=1)
        if self.precision == Precision.MONTH:
            return date(self.day.year + self.day.month // 12, self.day.month % 12 + 1, 1)
        return date(self.day.year + 1, 1, 1)


# "About 2014" may as well have been the year before or after.
ABOUT_YEARS = 1


def stretch(day: date, precision: str) -> tuple[date, date]:
    """The first and the last day that is meant by "2013", "September 2013" or "about 2013"."""
    if precision == Precision.DAY:
        return day, day
    if precision == Precision.ABOUT:
        return date(max(day.year - ABOUT_YEARS, 1), 1, 1), date(min(day.year + ABOUT_YEARS, 9999), 12, 31)
    first = day.replace(day=1) if precision == Precision.MONTH else day.replace(month=1, day=1)
    return first, Moment(first, Precision(precision)).after() - timedelta(days=1)


_form = re.compile(r"(~)?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def parse_moment(text: str) -> Moment:
    """Read "2013", "~2013", "2013-09" or "2013-09-20".

    Raises ValueError with a Dutch sentence when it is none of these or no real date.
    """
    found = _form.fullmatch(text.strip())
    if not found:
        raise ValueError(
            _t("“%(text)s” is geen datum. Schrijf 2013, 2013-09, 2013-09-20 of ~2013.") % {"text": text[:40]}
        )
    about, year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        moment = Moment(
            first,
            Precision.ABOUT if about else Precision.DAY if day else Precision.MONTH if month else Precision.YEAR,
        )
        # The calendar ends in 9999: what has no day after it cannot be an end.
        moment.after()
    except (ValueError, OverflowError):
        raise ValueError(_t("“%(text)s” bestaat niet op de kalender.") % {"text": text[:40]}) from None
    return moment


def show(day: date, precision: str) -> str:
    """A date in words of the active language, no more precise than it is known."""
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return formats.date_format(day, "F Y")
    if precision == Precision.ABOUT:
        return _t("omstreeks %(year)s") % {"year": day.year}
    return formats.date_format(day, "j F Y")


def show_last(end: date, precision: str) -> str:
    """The last day, month or year before an exclusive end, in words."""
    return show(end - timedelta(days=1), precision)


def show_period(start: date, start_precision: str, end: date | None, end_precision: str) -> str:
    """ "sinds september 2009" or "september 2009 t/m december 2012"."""
    first = show(start, start_precision)
    if end is None:
        return _t("sinds %(start)s") % {"start": first}
    last = show_last(end, end_precision)
    return first if first == last else _t("%(start)s t/m %(end)s") % {"start": first, "end": last}


def typed(day: date | None, precision: str) -> str:
    """A date as ``parse_moment`` reads it: for a form that shows what is known."""
    if day is None:
        return ""
    if precision in {Precision.YEAR, Precision.ABOUT}:
        return f"{'~' if precision == Precision.ABOUT else ''}{day.year:04}"
    return f"{day:%Y-%m}" if precision == Precision.MONTH else day.isoformat()


def typed_last(end: date | None, precision: str) -> str:
    """The same of an exclusive end: the last day, month or year before it."""
    return typed(end - timedelta(days=1), precision) if end else ""
