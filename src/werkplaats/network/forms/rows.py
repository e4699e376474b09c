"""Clean rows about the network."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import MomentField
from werkplaats.core.models import Basis, check_period
from werkplaats.network.models import Identifier
from werkplaats.network.rules import LeadRole, OrganisationKind, PartnerRole, Stage, Status
from werkplaats.places.models import Municipality


class PeriodForm(forms.Form):
    """Something with a beginning and perhaps an end (up to and including)."""

    valid_from = MomentField(required=False)
    valid_to = MomentField(required=False)

    def clean(self) -> None:
        """The end lies after the start."""
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if start and end:
            try:
                check_period(start.day, start.precision, end.after(), end.precision)
            except ValidationError as error:
                # Added, not raised: the other mistakes of the row are told with it.
                self.add_error(None, error)


class WerkplaatsRow(forms.Form):
    """One werkplaats of the file, without its lists."""

    slug = forms.SlugField(max_length=60)
    name = forms.CharField(max_length=120)
    brand = forms.CharField(max_length=120, required=False)
    region = forms.CharField(max_length=120)
    status = forms.ChoiceField(
        choices=[
            ("candidate", Status.CANDIDATE),
            ("guest", Status.GUEST),
            ("member", Status.MEMBER),
            ("ended", Status.ENDED),
        ]
    )
    start = MomentField()
    joined = MomentField(required=False)
    guest_year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    group_word = forms.CharField(max_length=60, required=False)
    start_basis = forms.CharField(max_length=300, required=False)

    def clean_status(self) -> str:
        """The house's own word for it."""
        return str(dict(self.fields["status"].choices)[self.cleaned_data["status"]])


class LeadRow(PeriodForm):
    """One leading organisation of a werkplaats."""

    organisation = forms.CharField(max_length=160)
    lectorate = forms.CharField(max_length=160, required=False)
    role = forms.ChoiceField(choices=LeadRole)


class OrganisationRow(PeriodForm):
    """One organisation, its numbers in other registers, and perhaps the werkplaats it takes part in."""

    name = forms.CharField(max_length=160)
    kind = forms.ChoiceField(choices=OrganisationKind)
    seat = forms.CharField(max_length=80, required=False)
    municipality_code = forms.CharField(required=False)
    source = forms.CharField(max_length=200, required=False)
    former_names = forms.CharField(required=False)
    kvk = forms.CharField(required=False)
    rsin = forms.CharField(required=False)
    ror = forms.CharField(required=False)
    isni = forms.CharField(required=False)
    werkplaats = forms.SlugField(required=False)
    stage = forms.ChoiceField(choices=[("", ""), *Stage.choices], required=False)
    role = forms.ChoiceField(choices=[("", ""), *PartnerRole.choices], required=False)
    basis = forms.ChoiceField(choices=[("", ""), *Basis.choices], required=False)

    def clean_municipality_code(self) -> Municipality | None:
        """The municipality of the seat."""
        if not self.cleaned_data["municipality_code"]:
            return None
        code = identifiers.clean("cbs", self.cleaned_data["municipality_code"])
        found = Municipality.objects.filter(code=code).first()
        if found is None:
            raise ValidationError(_("Gemeente %(code)s kennen we niet."), params={"code": code})
        return found

    def clean(self) -> None:
        """Check digits of every number; a period needs a werkplaats."""
        super().clean()
        for scheme in ("kvk", "rsin", "ror", "isni"):
            if value := self.cleaned_data.get(scheme):
                try:
                    self.cleaned_data[scheme] = identifiers.clean(scheme, value)
                except ValidationError as error:
                    self.add_error(scheme, error)
        said = "valid_from" in self.errors
        if self.cleaned_data.get("werkplaats") and not self.cleaned_data.get("valid_from") and not said:
            self.add_error("valid_from", _("Vul in vanaf wanneer de organisatie meedoet."))

    def identifiers(self) -> list[tuple[str, str]]:
        """(scheme, value) pairs that were given."""
        return [
            (scheme, self.cleaned_data[scheme]) for scheme in Identifier.Scheme.values if self.cleaned_data.get(scheme)
        ]


class PhaseRow(PeriodForm):
    """One national phase of the file, without its lists."""

    name = forms.CharField(max_length=60)
    announced = forms.CharField(max_length=300, required=False)
    note = forms.CharField(max_length=300, required=False)
    actual = forms.CharField(max_length=300, required=False)
    source = forms.CharField(max_length=200, required=False)
    announced_start = MomentField(required=False)
    announced_end = MomentField(required=False)


class GrantRow(forms.Form):
    """One grant of the file; an amount may be unknown."""

    werkplaats = forms.SlugField(required=False)
    phase = forms.CharField(max_length=60)
    amount_eur = forms.DecimalField(max_digits=12, decimal_places=2, min_value=1, required=False, localize=False)
    amount_announced = forms.DecimalField(max_digits=12, decimal_places=2, min_value=1, required=False, localize=False)
    share = forms.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False)
    funder = forms.CharField(max_length=120, required=False)
    earmark = forms.CharField(max_length=160, required=False)
    note = forms.CharField(max_length=300, required=False)
