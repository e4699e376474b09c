"""Clean input about people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.people.models import Account, Person


class OwnDetailsForm(forms.Form):
    """The details people keep up to date themselves."""

    name = forms.CharField(label=_("Uw naam"), max_length=120)
    phone = forms.CharField(label=_("Telefoonnummer"), max_length=30, required=False)
    orcid = forms.CharField(
        label="ORCID",
        max_length=60,
        required=False,
        help_text=_("Alleen als u onderzoek doet, bijvoorbeeld 0000-0002-1825-0097."),
    )
    language = forms.ChoiceField(label=_("Taal van de site"), choices=Account._meta.get_field("language").choices)

    def clean_orcid(self) -> str:
        """Check the digits when one is given."""
        value = self.cleaned_data["orcid"]
        return identifiers.clean("orcid", value) if value else ""

    @staticmethod
    def from_account(account: Account) -> dict[str, str]:
        """What is known now, as initial values."""
        person = account.person or Person()
        return {"name": person.name, "phone": person.phone, "orcid": person.orcid, "language": account.language}
