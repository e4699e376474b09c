"""What people change of phases, their goals and grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import DatedForm, MomentField, RecordForm
from werkplaats.core.models import check_period
from werkplaats.network.models import Grant, Phase, PhaseGoal

_LONG = forms.Textarea(attrs={"rows": 3})
_UNKNOWN = _("Laat leeg als het onbekend is; een onbekend bedrag is geen nul.")


class PhaseForm(DatedForm):
    """A national phase: what was announced beside what came of it."""

    announced_start = MomentField(label=_("Aangekondigd vanaf"), required=False)
    announced_end = MomentField(label=_("Aangekondigd tot en met"), required=False)
    field_order = ("name", "announced_start", "announced_end", "announced", "start", "end", "actual")

    class Meta:
        model = Phase
        fields = ("name", "announced", "actual", "note", "source", "basis")
        widgets = {"announced": _LONG, "actual": _LONG, "note": _LONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            known = {
                "announced_start": dates.typed(record.announced_from, record.announced_from_precision),
                "announced_end": dates.typed_last(record.announced_to, record.announced_to_precision),
            }
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["start"].label = _("Werkelijk vanaf")
        self.fields["end"].label = _("Werkelijk tot en met")

    def clean(self) -> dict[str, Any]:
        """What was announced ends after it starts, too."""
        cleaned = super().clean()
        start, end = cleaned.get("announced_start"), cleaned.get("announced_end")
        if start and end:
            try:
                check_period(start.day, start.precision, end.after(), end.precision)
            except ValidationError as error:
                self.add_error("announced_end", error.messages)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Also the period that was announced."""
        start, end = self.cleaned_data["announced_start"], self.cleaned_data["announced_end"]
        return {
            **super().values(),
            "announced_from": start.day if start else None,
            "announced_from_precision": start.precision if start else Precision.DAY,
            "announced_to": end.after() if end else None,
            "announced_to_precision": end.precision if end else Precision.DAY,
        }


class PhaseGoalForm(RecordForm):
    """A goal of a phase, and what came of it."""

    class Meta:
        model = PhaseGoal
        fields = ("text", "status", "sentence", "place", "source", "basis")
        help_texts = {
            "sentence": _("In één zin: waaraan u dat ziet, of waarom we het niet weten."),
            "place": _("De volgorde op de pagina: 1 staat bovenaan."),
        }


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=more.pop("least", 1), max_digits=12, decimal_places=2, required=False, localize=True,
        help_text=more.pop("help_text", _UNKNOWN),
    )  # fmt: skip


class GrantForm(RecordForm):
    """Money for a phase; an unknown amount stays empty and is never zero."""

    amount_announced = _money(_("Aangekondigd bedrag in euro"))
    amount_eur = _money(_("Toegekend bedrag in euro"))
    planned_national = _money(_("Gepland voor landelijke projecten, in euro"), least=0)
    share = forms.DecimalField(
        label=_("Deel voor landelijke projecten (%)"), min_value=0, max_value=100, decimal_places=2, required=False,
        localize=True, help_text=_("Sinds 2020 tien procent. Laat leeg als er niets is afgesproken."),
    )  # fmt: skip
    spent_national = _money(_("Besteed aan landelijke projecten, in euro"), least=0)

    class Meta:
        model = Grant
        fields = (
            "phase", "werkplaats", "funder", "amount_announced", "amount_eur", "share", "planned_national",
            "spent_national", "earmark", "note", "source", "basis",
        )  # fmt: skip
        help_texts = {
            "werkplaats": _("Laat leeg voor het hele netwerk."),
        }
