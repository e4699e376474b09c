"""What people change of who takes part where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.forms import DatedForm, MomentField, PaperField, PlainField, RecordForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import Agreement, Consultation, Partnership, StageChange
from werkplaats.network.rules import Stage

_LONG = forms.Textarea(attrs={"rows": 3})
_WHY = _("Verplicht bij “niet nu” en “beëindigd”. Alleen uw werkplaats en het landelijk bureau lezen dit.")


class PartnershipForm(RecordForm):
    """How an organisation takes part in a werkplaats."""

    class Meta:
        model = Partnership
        fields: tuple[str, ...] = ("role", "seeks", "brings", "campaign", "consultation", "source")
        widgets = {"seeks": _LONG, "brings": _LONG}
        help_texts = {
            "seeks": _("Wat hoopt deze partner te leren of te krijgen?"),
            "brings": _("Wat brengt deze partner in: mensen, plekken, kennis, geld?"),
            "campaign": _("Als het daardoor begon."),
        }

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns
        self.fields["consultation"].queryset = Consultation.objects.filter(campaign__in=campaigns)

    def clean(self) -> dict[str, Any]:
        """A consultation belongs to its own campaign."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if consultation := cleaned.get("consultation"):
            cleaned["campaign"] = cleaned.get("campaign") or consultation.campaign
            if cleaned["campaign"] != consultation.campaign:
                self.add_error("consultation", _("Dit overleg hoort bij een ander kwartiermaakproject."))
        return cleaned


class NewPartnershipForm(PartnershipForm, DatedForm):
    """The first step of an organisation towards a werkplaats."""

    organisation = OrganisationField(label=_("Organisatie"), help_text=_("Typ de naam en kies uit de lijst."))
    reason = PlainField(label=_("Waarom dit stadium"), required=False, widget=_LONG, help_text=_WHY, max_length=2000)
    field_order = ("organisation", "stage", "start", "reason", *PartnershipForm.Meta.fields)

    class Meta(PartnershipForm.Meta):
        fields = ("organisation", "stage", *PartnershipForm.Meta.fields)
        help_texts = {
            **PartnershipForm.Meta.help_texts,
            "stage": _("Alleen “getekend” en “actief” staan op de site."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It ends by a step.
        del self.fields["end"]
        stages: Any = self.fields["stage"]
        stages.choices = [choice for choice in stages.choices if choice[0] != Stage.ENDED]
        self.fields["start"].label = _("In dit stadium sinds")

    def clean(self) -> dict[str, Any]:
        """Without an end."""
        self.cleaned_data["end"] = None
        return super().clean()

    def values(self) -> dict[str, Any]:
        """Also why it begins in this stage."""
        return {**super().values(), "reason": self.cleaned_data["reason"]}

    def add_error(self, field: str | None, error: Any) -> None:
        """What the action says of the day is about the field of the start."""
        found = getattr(error, "error_dict", None)
        if field is None and found and "on" in found:
            super().add_error("start", found["on"])
        else:
            super().add_error(field, error)


class StepForm(forms.Form):
    """A step into another stage, new or corrected."""

    stage = forms.ChoiceField(label=_("Stadium"), choices=Stage)
    on = MomentField(
        label=_("Sinds wanneer"), help_text=_("Zo precies als u het weet: 2013, 2013-09, 2013-09-20 of ~2013.")
    )
    reason = PlainField(label=_("Reden"), required=False, widget=_LONG, help_text=_WHY, max_length=2000)

    def __init__(self, *args: Any, step: StageChange | None = None, **kwargs: Any) -> None:
        if step:
            known = {"stage": step.stage, "on": dates.typed(step.on, step.precision), "reason": step.reason}
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if step is None:
            # None is chosen beforehand: whoever only presses the button sets nobody back.
            stages: Any = self.fields["stage"]
            stages.choices = [("", _("Kies een stadium")), *Stage.choices]


class AgreementForm(DatedForm):
    """What was signed, and how long it lasts."""

    file = PaperField(
        label=_("Bestand (PDF)"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_(
            "Hoogstens 25 MB. Leest u geen bestand in, dan blijft staan wat er is. "
            "Alleen wie deze samenwerking mag zien, kan het openen."
        ),
    )  # fmt: skip
    without = forms.BooleanField(
        label=_("Haal het bestand weg"), required=False,
        help_text=_("Wij gooien het dan meteen weg; terughalen kan niet. Een nieuw bestand vervangt het vanzelf."),
    )  # fmt: skip

    class Meta:
        model = Agreement
        fields = ("notice", "note", "file", "source", "basis")
        widgets = {"note": _LONG}
        help_texts = {"notice": _("Hoe en hoe lang van tevoren er opgezegd kan worden.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].label = _("Getekend op")
        self.fields["end"].label = _("Loopt tot en met")
        self.fields["end"].help_text = _("Laat leeg als er geen einde is afgesproken.")
        self.order_fields(["start", "end", "notice", "note", "file", "without"])
        if not self.instance.file:
            del self.fields["without"]
            self.fields["file"].help_text = _("Hoogstens 25 MB. Alleen wie deze samenwerking mag zien, kan het openen.")

    def values(self) -> dict[str, Any]:
        """Without a file when none came: what was kept before stays, unless it has to go."""
        values = super().values()
        if "file" not in self.files:
            values.pop("file", None)
            if self.cleaned_data.get("without"):
                values["file"] = ""
        return values
