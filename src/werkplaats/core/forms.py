"""Form fields the domain apps share."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates, papers
from werkplaats.core.dates import Moment, Precision, parse_moment
from werkplaats.core.models import check_period


class WholeNumberField(forms.IntegerField):
    """A number in bare digits. Django reads "243.768" as an error but "243.000" as 243: no Dutch list survives that."""

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip()
        if value not in self.empty_values and not (text.isascii() and text.isdecimal()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


# What turns text around or hides in it: direction marks, zero-width characters. The joiner of emoji stays.
_UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class PlainField(forms.CharField):
    """Words as they are seen: without characters that hide or turn text around."""

    def to_python(self, value: Any) -> str:
        return super().to_python(_UNSEEN.sub("", value) if isinstance(value, str) else value)


class MomentField(forms.CharField):
    """A date as precise as it is known: 2013, 2013-09, 2013-09-20 or ~2013. Gives a Moment or None.

    Also the way round that people write: 20-9-2013, 9-2013.
    """

    def to_python(self, value: Any) -> Moment | None:  # type: ignore[override]
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        turned = re.fullmatch(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})", str(text), re.ASCII)
        day, month, year = turned.groups() if turned else ("", "", "")
        try:
            if turned:
                return parse_moment("-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])]))
            return parse_moment(str(text))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def run_validators(self, value: Any) -> None:
        """A Moment needs no text validators."""


class DayField(forms.CharField):
    """One day as people type it: 31-12-2013, or as programs do: 2013-12-31. Gives a date or None."""

    def prepare_value(self, value: Any) -> Any:
        """A date is shown as people type it."""
        return f"{value.day}-{value.month}-{value.year}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        words = {"text": str(text)[:40]}
        found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", str(text), re.ASCII)
        turned = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(text), re.ASCII)
        if not found and not turned:
            raise ValidationError(
                _("“%(text)s” is geen hele datum. Schrijf dag, maand en jaar: 31-12-2013."), params=words
            )
        day, month, year = found.groups() if found else turned.groups()[::-1]  # type: ignore[union-attr]
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            said = _("“%(text)s” bestaat niet op de kalender. Kijk dag en maand na.")
            raise ValidationError(said, params=words) from None

    def run_validators(self, value: Any) -> None:
        """A date needs no text validators."""


class LinesField(forms.CharField):
    """A list of texts, each on a line of its own; empty lines and repeats fall away."""

    def __init__(self, *args: Any, longest: int = 160, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("help_text", _("Elk op een eigen regel."))
        super().__init__(*args, **{"required": False, "max_length": 4000, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """A list becomes lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """The texts; names the first that is too long."""
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines()]
        for line in lines:
            if len(line) > self.longest:
                words = {"line": line[:60], "most": self.longest}
                raise ValidationError(_("De regel “%(line)s …” is langer dan %(most)d tekens."), params=words)
        return list(dict.fromkeys(line for line in lines if line))


class PaperField(forms.FileField):
    """A PDF, written anew."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return papers.cleaned(file) if data else file


class RecordForm(forms.ModelForm):
    """What someone changes of a record at the desk; an action keeps ``values()``."""

    def values(self) -> dict[str, Any]:
        """Field of the model -> what it becomes.

        What stands there and was not among what could be chosen stays: who may not choose it, does not take it away.
        """
        found = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}
        # The record itself was filled in from the form by now.
        kept = type(self.instance)._default_manager.filter(pk=self.instance.pk).first() if self.instance.pk else None
        return found if kept is None else {name: self._with_unseen(kept, name, found[name]) for name in found}

    def _with_unseen(self, kept: Any, name: str, chosen: Any) -> Any:
        offered = getattr(self.fields[name], "queryset", None)
        if offered is None:
            return chosen
        if isinstance(self.fields[name], forms.ModelMultipleChoiceField):
            return [*chosen, *getattr(kept, name).exclude(pk__in=offered.values("pk"))]
        there = getattr(kept, name)
        return there if not chosen and there and not offered.filter(pk=there.pk).exists() else chosen


class WithPeriod(RecordForm):
    """A record with ``start`` and ``end``, as precisely as they are known: shown as typed, and in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            known = {
                "start": dates.typed(record.valid_from, record.valid_from_precision),
                "end": dates.typed_last(record.valid_to, record.valid_to_precision),
            }
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The end lies after the start."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end:
            try:
                check_period(start.day, start.precision, end.after(), end.precision)
            except ValidationError as error:
                self.add_error("end", error.messages)
        return cleaned


class DatedForm(WithPeriod):
    """A record with a beginning and perhaps an end, as precisely as they are known."""

    start = MomentField(label=_("Vanaf"), help_text=_("Zo precies als u het weet: 2013, 2013-09 of 2013-09-20."))
    end = MomentField(
        label=_("Tot en met"), required=False, help_text=_("Laat leeg zolang het loopt. Beëindigen is dit invullen.")
    )

    def clean(self) -> dict[str, Any]:
        """The model looks at the period too, and takes it from here."""
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start:
            self.instance.valid_from, self.instance.valid_from_precision = start.day, start.precision
            self.instance.valid_to = end.after() if end else None
        return cleaned

    def values(self) -> dict[str, Any]:
        """Also the period, half-open as it is stored."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return {
            **super().values(),
            "valid_from": start.day,
            "valid_from_precision": start.precision,
            "valid_to": end.after() if end else None,
            "valid_to_precision": end.precision if end else Precision.DAY,
        }
