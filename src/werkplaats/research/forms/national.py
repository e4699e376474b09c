"""What people change of national themes, and of who works on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Visibility
from werkplaats.research.forms.shared import LONG, SHORT, KeptForm, LastingForm
from werkplaats.research.models import NationalTheme, ThemeWork
from werkplaats.research.rules import ThemeTask


class NationalThemeForm(KeptForm):
    """A subject that werkplaatsen take up together."""

    class Meta:
        model = NationalTheme
        fields = ("name", "description", "themes", "visibility", "source", "basis", "withdrawn")
        widgets = {"description": LONG}
        error_messages = {"name": {"unique": _("Er is al een landelijk thema met deze naam.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is of no werkplaats: there is no own one.
        said = {Visibility.WERKPLAATS.value: _("werkplaatsen die eraan werken")}
        seen: Any = self.fields["visibility"]
        seen.choices = [(value, said.get(value, label)) for value, label in Visibility.choices]


class ThemeWorkForm(LastingForm):
    """What a werkplaats does for a national theme."""

    tasks = forms.MultipleChoiceField(
        label=_("Wat de werkplaats doet"), choices=ThemeTask, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("werkplaats", "start", "end", "tasks", "what", "source", "basis")

    class Meta:
        model = ThemeWork
        fields = ("werkplaats", "tasks", "what", "source", "basis")
        widgets = {"what": SHORT}

    def values(self) -> dict[str, Any]:
        """The tasks in their own order."""
        chosen = self.cleaned_data["tasks"]
        return {**super().values(), "tasks": [task for task in ThemeTask.values if task in chosen]}
