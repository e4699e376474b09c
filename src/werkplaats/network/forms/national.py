"""What people change of the national body and its meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.forms import DatedForm, MomentField, RecordForm
from werkplaats.network.models import BodyMeeting, NationalBody

_LONG = forms.Textarea(attrs={"rows": 5})


class NationalBodyForm(DatedForm):
    """What it is, since when, and who presides."""

    class Meta:
        model = NationalBody
        fields = ("name", "form", "about", "chair_role", "source", "basis")
        widgets = {"about": _LONG}
        help_texts = {
            "chair_role": _("Een rol, zoals “onafhankelijk voorzitter”; geen naam van een persoon."),
            "about": _("Staat op de site."),
        }


class BodyMeetingForm(RecordForm):
    """When and where it met, and what was decided."""

    when = MomentField(label=_("Wanneer"), help_text=_("Zo precies als u het weet: 2013, 2013-09 of 2013-09-20."))
    field_order = ("when", "place", "decided", "on_site", "source", "basis")

    class Meta:
        model = BodyMeeting
        fields = ("place", "decided", "on_site", "source", "basis")
        widgets = {"decided": _LONG}
        help_texts = {"on_site": _("Dan staan dag, plaats en besluit op de site.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            kwargs["initial"] = {"when": dates.typed(record.on, record.precision), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Also the day."""
        when = self.cleaned_data["when"]
        return {**super().values(), "on": when.day, "precision": when.precision}
