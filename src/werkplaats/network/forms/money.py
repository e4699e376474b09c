"""What people change of phases and grants."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core.forms import DatedForm, LinesField, RecordForm
from werkplaats.network.models import (
    Grant,
    Phase,
)

_LONG = forms.Textarea(attrs={"rows": 3})


class PhaseForm(DatedForm):
    """A national phase: what was announced beside what came of it."""

    goals = LinesField(label=_("Doelen"), longest=300)

    class Meta:
        model = Phase
        fields = ("name", "announced", "actual", "goals", "note", "source", "basis")
        widgets = {"announced": _LONG, "actual": _LONG, "note": _LONG}


class GrantForm(RecordForm):
    """Money for a phase; an unknown amount stays empty and is never zero."""

    amount_eur = forms.DecimalField(
        label=_("Bedrag in euro"), min_value=1, max_digits=12, decimal_places=2, required=False, localize=True,
        help_text=_("Laat leeg als het onbekend is."),
    )  # fmt: skip

    class Meta:
        model = Grant
        fields = ("phase", "werkplaats", "funder", "amount_eur", "earmark", "note", "source", "basis")
        help_texts = {"werkplaats": _("Laat leeg voor het hele netwerk.")}
