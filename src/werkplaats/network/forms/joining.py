"""What people change of who takes part where."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core.forms import DatedForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import (
    Partnership,
)

_LONG = forms.Textarea(attrs={"rows": 3})


class PartnershipForm(DatedForm):
    """How an organisation takes part in a werkplaats."""

    organisation = OrganisationField(label=_("Organisatie"), help_text=_("Typ de naam en kies uit de lijst."))

    class Meta:
        model = Partnership
        fields = ("organisation", "stage", "role", "seeks", "brings", "source")
        widgets = {"seeks": _LONG, "brings": _LONG}
        help_texts = {
            "stage": _("Alleen “getekend” en “actief” staan op de site."),
            "seeks": _("Wat hoopt deze partner te leren of te krijgen?"),
            "brings": _("Wat brengt deze partner in: mensen, plekken, kennis, geld?"),
        }
