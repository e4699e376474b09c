"""What people change of campaigns and the consultations that these used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import DatedForm, MomentField, RecordForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import Campaign, Consultation

_LONG = forms.Textarea(attrs={"rows": 3})


class CampaignForm(DatedForm):
    """Who brings organisations in, when, and what for."""

    organisation = OrganisationField(label=_("Organisatie die het leidt"))

    class Meta:
        model = Campaign
        fields = ("name", "organisation", "lead_role", "goal", "target", "story", "on_site", "source", "basis")
        widgets = {"goal": _LONG, "story": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "lead_role": _("Een rol, zoals “projectleider”; geen naam van een persoon."),
            "target": _("Hoeveel partners erbij moesten komen. Laat leeg als er geen aantal was."),
            "story": _("In gewone woorden: wat er gebeurde en wat het opbracht."),
            "on_site": _(
                "Op de site komen naam, periode, doel, verhaal, de namen van de overleggen, "
                "en hoeveel partners er getekend hebben."
            ),
        }


class ConsultationForm(RecordForm):
    """A consultation that was used."""

    when = MomentField(
        label=_("Wanneer"), required=False, help_text=_("Zo precies als u het weet. Onbekend? Laat leeg.")
    )
    field_order = ("name", "when", "brought", "source", "basis")

    class Meta:
        model = Consultation
        fields = ("name", "brought", "source", "basis")
        widgets = {"brought": _LONG}
        help_texts = {"name": _("Bijvoorbeeld: directieoverleg welzijn Drenthe.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            kwargs["initial"] = {"when": dates.typed(record.on, record.precision), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Also the day."""
        when = self.cleaned_data["when"]
        return {
            **super().values(),
            "on": when.day if when else None,
            "precision": when.precision if when else Precision.DAY,
        }
