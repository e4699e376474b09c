"""Clean input about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.people.models import Account, Person
from werkplaats.people.rules import RoleKind


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


class InviteForm(forms.Form):
    """Whom to offer which role. ``choices``: the roles that may be given (``flows.roles.Choice``)."""

    email = forms.EmailField(label=_("E-mailadres"))
    name = forms.CharField(label=_("Naam"), max_length=120, help_text=_("Zoals u iemand aanspreekt; te wijzigen."))
    choice = forms.ChoiceField(label=_("Rol"))
    message = forms.CharField(
        label=_("Persoonlijk woord"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staat in de mail. Mag leeg blijven."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {f"{one.kind}|{one.uid}": one for one in choices}
        field: Any = self.fields["choice"]
        field.choices = self._grouped()

    def _grouped(self) -> list[tuple[str, Any]]:
        """By role; a national one says so."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, one in self._known.items():
            label = str(RoleKind(one.kind).label).capitalize()
            groups.setdefault(label, []).append((key, one.name or _t("landelijk")))
        return [("", _t("Kies een rol")), *groups.items()]

    def clean_choice(self) -> Any:
        """The choice itself."""
        return self._known[self.cleaned_data["choice"]]


class EndRoleForm(forms.Form):
    """From which day a role no longer holds."""

    on = forms.DateField(
        label=_("Vanaf welke dag niet meer?"),
        localize=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AcceptForm(forms.Form):
    """How someone who takes a role wants to be called."""

    name = forms.CharField(label=_("Uw naam"), max_length=120)
