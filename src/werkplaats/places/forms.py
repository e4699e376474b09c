"""Clean input about places."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import DayField, MomentField, WholeNumberField
from werkplaats.places.models import Municipality
from werkplaats.places.rules import PROVINCES, plain_name


def _short(name: str) -> str:
    # Compared it may be longer than written: one ligature can be three letters.
    if max(len(name), len(plain_name(name))) > 60:
        raise ValidationError(_("“%(name)s” is langer dan 60 tekens."), params={"name": name[:60]})
    return name


class MunicipalityRow(forms.Form):
    """One row of a list of municipalities."""

    code = forms.CharField(max_length=6)
    name = forms.CharField(max_length=60)
    province = forms.CharField(max_length=40)
    population = WholeNumberField(max_value=100_000_000, required=False)
    land_km2 = forms.DecimalField(min_value=0, max_digits=7, decimal_places=2, required=False, localize=False)
    lat = forms.FloatField(min_value=50, max_value=54, required=False, localize=False)
    lon = forms.FloatField(min_value=3, max_value=8, required=False, localize=False)
    valid_from = MomentField(required=False)
    valid_to = MomentField(required=False)
    listed_on = DayField(required=False)
    population_on = DayField(required=False)
    aliases = forms.CharField(required=False)
    successors = forms.CharField(required=False)

    def clean_province(self) -> str:
        """One of the twelve: a slip of the pen makes no thirteenth."""
        name: str = self.cleaned_data["province"]
        if name not in PROVINCES:
            words = {"name": name, "known": ", ".join(sorted(PROVINCES))}
            raise ValidationError(_("Provincie “%(name)s” kennen we niet; bekend zijn: %(known)s."), params=words)
        return name

    def clean_code(self) -> str:
        """GM and four digits."""
        return identifiers.clean("cbs", self.cleaned_data["code"])

    def clean_name(self) -> str:
        """Short enough, also as it is compared."""
        return _short(self.cleaned_data["name"])

    def clean_aliases(self) -> list[str]:
        """Names with ; between."""
        return [_short(name.strip()) for name in self.cleaned_data["aliases"].split(";") if name.strip()]

    def clean_successors(self) -> list[str]:
        """CBS codes with spaces between."""
        try:
            return [identifiers.clean("cbs", code) for code in self.cleaned_data["successors"].split()]
        except ValidationError as error:
            raise ValidationError(error.messages) from None


class MunicipalityField(forms.CharField):
    """A municipality by any of its names; says which were perhaps meant when it is not known."""

    def clean(self, value: object) -> Municipality | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        found = list(Municipality.objects.current().named(text)[:5])
        if len(found) == 1:
            return found[0]
        near = found or Municipality.objects.resembling(text, most=3)
        words = {"text": text[:60], "names": ", ".join(one.name for one in near)}
        if found:
            raise ValidationError(_("“%(text)s” kan meer gemeenten zijn: %(names)s. Typ de hele naam."), params=words)
        if near:
            raise ValidationError(_("Gemeente “%(text)s” kennen we niet. Bedoelt u: %(names)s?"), params=words)
        raise ValidationError(
            _("Gemeente “%(text)s” kennen we niet. Typ de naam van de gemeente waar u woont of werkt."),
            code="unknown",
            params=words,
        )
