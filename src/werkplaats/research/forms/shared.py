"""What the forms about research share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import LinesField, MomentField, RecordForm, WithPeriod
from werkplaats.core.models import Visibility
from werkplaats.core.uid import PATTERN
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.places.forms import MunicipalityField
from werkplaats.research.rules import State
from werkplaats.terms.models import Approach, Theme

LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})
# What the form offers of each many-to-many field.
_OFFERED = {"themes": Theme, "approaches": Approach}
_UID = re.compile(PATTERN)


def _each(lines: Iterable[str], clean: Any) -> list[Any]:
    """What ``clean`` makes of each line, or all that is wrong with them."""
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        try:
            found.append(clean(line))
        except ValidationError as error:
            wrong += [_("Regel %(line)d: %(what)s") % {"line": number, "what": text} for text in error.messages]
    if wrong:
        raise ValidationError(wrong)
    return found


class PartsField(LinesField):
    """Organisations with what they do, each on a line: "LESI: onderzoekt mee". Gives rows.

    ``roles``: a line may also be a role alone.
    """

    def __init__(self, *args: Any, roles: bool = False, **kwargs: Any) -> None:
        self.roles = roles
        super().__init__(*args, **{"longest": 360, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Rows become lines."""
        if isinstance(value, list):
            return "\n".join(str(row) for row in value)
        return value

    def clean(self, value: Any) -> list[dict[str, Any]]:  # type: ignore[override]
        """An organisation and its role for each line."""
        return _each(super().clean(value), self._row)

    def _row(self, line: str) -> dict[str, Any]:
        name, _colon, role = (part.strip() for part in line.partition(":"))
        if len(role) > 200:
            raise ValidationError(_("wat na de dubbele punt staat is langer dan 200 tekens. Kort het in."))
        if not name:
            raise ValidationError(_("voor de dubbele punt staat geen organisatie. Schrijf haar naam ervoor."))
        try:
            return {"organisation": OrganisationField().clean(name), "role": role}
        except ValidationError as error:
            if self.roles and not role:
                return {"organisation": None, "role": name[:200]}
            if error.code != "unknown":
                raise
            said = _UNKNOWN_OR_ROLE if self.roles else _UNKNOWN
            raise ValidationError(said, params={"text": name[:80]}) from None


# There is no list to choose from beside lines.
_UNKNOWN = _(
    "Organisatie “%(text)s” kennen we niet. Schrijf haar naam zoals bij Organisaties, of voeg haar daar eerst toe."
)
_UNKNOWN_OR_ROLE = _(
    "Organisatie “%(text)s” kennen we niet. Schrijf haar naam zoals bij Organisaties. Is het een rol? Laat de dubbele "
    "punt dan weg."
)


def _municipality(name: str) -> Any:
    """Not where whoever fills it in lives."""
    try:
        return MunicipalityField().clean(name)
    except ValidationError as error:
        if error.code != "unknown":
            raise
        said = _("Gemeente “%(text)s” kennen we niet. Schrijf de naam van een gemeente van nu.")
        raise ValidationError(said, params={"text": name[:60]}) from None


class MunicipalitiesField(LinesField):
    """Municipalities by any of their names, each on a line."""

    def prepare_value(self, value: Any) -> Any:
        """Municipalities become names."""
        return "\n".join(getattr(one, "name", str(one)) for one in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]
        """The municipalities."""
        return _each(super().clean(value), _municipality)


def _is_open(record: Any) -> bool:
    """Whether anyone may read what it is called: a question that was looked at, a publication on the site."""
    if hasattr(record, "is_public"):
        return bool(record.is_public)
    return bool(record.is_published) and record.visibility == Visibility.PUBLIC


class RecordsField(LinesField):
    """Records by their address or identifier, each on a line; what stands behind it is for the reader.

    ``known``: those that whoever fills it in may name.
    """

    known: Any = None

    def prepare_value(self, value: Any) -> Any:
        """Each with its first words where anyone may read those: who keeps a project may not read every question."""
        if not isinstance(value, list):
            return value
        words = {one.uid: Truncator(" ".join(str(one).split())).chars(80) for one in value if _is_open(one)}
        return "\n".join(f"{one.uid}  {words.get(one.uid, '')}".rstrip() for one in value)

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]
        """The records."""
        return _each(super().clean(value), self._record)

    def _record(self, line: str) -> Any:
        found = _UID.search(line)
        record = self.known.filter(uid=found.group()).first() if found else None
        if record is None:
            message = _("“%(line)s” kennen we niet. Plak het adres van de pagina.")
            raise ValidationError(message, params={"line": line[:60]})
        return record


class PointsAtField(forms.CharField):
    """One record of the site, by its address or identifier; gives its uid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 300, **kwargs})

    def clean(self, value: Any) -> str:
        """The uid, in the form in which it is kept."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return ""
        found = _UID.search(text)
        if not found:
            raise ValidationError(_("Plak het adres van een pagina van deze site, of laat dit leeg."))
        kind, _dash, ulid = found.group().partition("-")
        return f"{kind}-{ulid.upper()}"


class KeptForm(RecordForm):
    """What all research has: themes, ways of working, who sees it, where it comes from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in _OFFERED.items():
            if field := self.fields.get(name):
                field.queryset = model.objects.all()
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.help_text = ""
        for field in self.fields.values():
            one = isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField)
            if one and not field.required:
                field.empty_label = _("geen")
        for name, text in _HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def scope(self, *, werkplaatsen: Any, circles: Any = None, projects: Any = None) -> None:
        """What this account may choose: the own werkplaatsen, and what belongs to them."""
        for name, rows in (("werkplaats", werkplaatsen), ("circle", circles), ("project", projects)):
            if name in self.fields and rows is not None:
                self.fields[name].queryset = rows

    def rows_of(self, name: str) -> Any:
        """What a field of lines says, as rows."""
        return self.cleaned_data.get(name) or []


_HELP = {
    "visibility": _("“Openbaar” staat op de site voor iedereen, “netwerk” voor wie is ingelogd met een rol."),
    "withdrawn": _("Alleen invullen om het van de site te halen. Wie het adres nog heeft, leest deze reden."),
    "source": _("Waar dit staat: een verslag, een website, een gesprek. Staat op de pagina."),
    "stopped_because": _("Verplicht bij “gestopt”. Staat op de pagina: een ander hoeft het niet over te doen."),
}


class LastingForm(WithPeriod, KeptForm):
    """A record with a period; what is not known stays empty."""

    start = MomentField(
        label=_("Vanaf"),
        required=False,
        help_text=_("Zo precies als u het weet: 2013, 2013-09, ~2013. Onbekend? Leeg."),
    )
    end = MomentField(label=_("Tot en met"), required=False, help_text=_("Onbekend? Laat leeg; de site zegt dat dan."))

    def clean(self) -> dict[str, Any]:
        """What stopped says why."""
        cleaned = super().clean()
        if cleaned.get("state") == State.STOPPED and not cleaned.get("stopped_because", "").strip():
            self.add_error("stopped_because", _("Schrijf waarom het stopte. Ook wat niet lukte, is kennis."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Also the period, half-open as it is stored."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return {
            **super().values(),
            "valid_from": start.day if start else None,
            "valid_from_precision": start.precision if start else Precision.DAY,
            "valid_to": end.after() if end else None,
            "valid_to_precision": end.precision if end else Precision.DAY,
        }


class WhenForm(RecordForm):
    """A record of one day, as precisely as it is known."""

    when = MomentField(
        label=_("Wanneer"), required=False, help_text=_("Zo precies als u het weet: 2013, 2013-09-20. Onbekend? Leeg.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            kwargs["initial"] = {"when": dates.typed(record.on, record.precision), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Also the day."""
        when = self.cleaned_data["when"]
        precision = when.precision if when else Precision.DAY
        return {**super().values(), "on": when.day if when else None, "precision": precision}
