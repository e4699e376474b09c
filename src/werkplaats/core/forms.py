"""Form fields the domain apps share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from werkplaats.core.dates import Moment, parse_moment


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
    """A date as precise as it is known: 2013, 2013-09, 2013-09-20 or ~2013. Gives a Moment or None."""

    def to_python(self, value: Any) -> Moment | None:  # type: ignore[override]
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return parse_moment(str(text))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def run_validators(self, value: Any) -> None:
        """A Moment needs no text validators."""
