"""A field of several rows, each a small form: who made it, by which numbers it is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import PlainField
from werkplaats.library.models import PublicationIdentifier
from werkplaats.library.rules import ContributorRole
from werkplaats.network.models import Organisation

_MOST_ROWS = 80
_BLANK = 2


class Row(dict[str, Any]):
    """What was typed in one row; says so in words."""

    def __str__(self) -> str:
        return " ".join(str(value) for value in self.values() if value and value is not True)

    __repr__ = __str__


class MakerRow(forms.Form):
    """One of those who made it. ``seen``: organisations that whoever fills it in may see, and that may be tied."""

    name = PlainField(label=_("Naam zoals gedrukt"), max_length=200)
    role = forms.ChoiceField(label=_("Rol"), choices=ContributorRole)
    is_group = forms.BooleanField(label=_("Is een organisatie of groep"), required=False)
    orcid = forms.CharField(label=_("ORCID"), required=False, max_length=60)

    def __init__(self, *args: Any, seen: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = Organisation.objects.none() if seen is None else seen

    def clean_orcid(self) -> str:
        """With its check digit."""
        text = self.cleaned_data["orcid"]
        return identifiers.clean("orcid", text) if text else ""

    def clean(self) -> dict[str, Any]:
        """An organisation that is known by exactly this name is tied."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name, known = cleaned.get("name"), None
        if cleaned.get("is_group") and name:
            known = self.seen.filter(name__iexact=name).first()
        return {**cleaned, "organisation": known}


class NumberRow(forms.Form):
    """One of its numbers."""

    scheme = forms.ChoiceField(label=_("Soort nummer"), choices=PublicationIdentifier.Scheme)
    value = forms.CharField(label=_("Nummer"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """In its usual form, when its check digit is right."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scheme") and cleaned.get("value"):
            try:
                cleaned["value"] = identifiers.clean(cleaned["scheme"], cleaned["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned


class RowsWidget(forms.Widget):
    """The rows that are there, and some empty ones after them."""

    template_name = "desk/library/rows.html"

    def __init__(self, row: type[forms.Form], told_by: str, legend: Any, more: Any) -> None:
        super().__init__()
        self.row, self.told_by, self.legend, self.more = row, told_by, legend, more

    def id_for_label(self, id_: str) -> str:
        """Each control in it has a label of its own."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows as small forms."""
        known = list(value or [])
        rows = [*known, *({} for _one in range(_BLANK))][:_MOST_ROWS]
        made = [self.row(initial=one, prefix=f"{name}-{place}") for place, one in enumerate(rows)]
        for one in made:
            one.use_required_attribute = False
        return {
            **super().get_context(name, value, attrs),
            "rows": made,
            "legend": self.legend,
            "more": self.more,
            "most": _MOST_ROWS,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        """The rows in which the field that tells is filled in, in order."""
        fields = self.row.base_fields
        found = []
        for place in range(_MOST_ROWS):
            prefix = f"{name}-{place}-"
            if f"{prefix}{self.told_by}" not in data:
                break
            row = {key: one.widget.value_from_datadict(data, files, prefix + key) for key, one in fields.items()}
            if any(isinstance(row[key], str) and row[key].strip() for key in fields if not _chosen(fields[key])):
                found.append(Row(row))
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether not even an empty row came."""
        return f"{name}-0-{self.told_by}" not in data


def _chosen(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField | forms.BooleanField)


class RowsField(forms.Field):
    """Rows; gives a list of what each form made of them. Says of each fault in which row it is.

    ``given``: what each of these forms gets besides.
    """

    given: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, row: type[forms.Form], *, told_by: str, legend: Any, more: Any, **kwargs: Any) -> None:
        self.row = row
        kwargs.setdefault("widget", RowsWidget(row, told_by, legend, more))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Raise ValidationError with every fault, by row."""
        found, faults = [], []
        for number, one in enumerate(value or [], 1):
            form = self.row(data=one, **self.given)
            if form.is_valid():
                found.append(form.cleaned_data)
                continue
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                said = {"number": number, "field": label, "error": " ".join(errors)}
                faults.append(_t("Rij %(number)d, %(field)s: %(error)s") % said)
        if faults:
            raise ValidationError(faults)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Kept by an action that compares."""
        return True
