"""What of two organisations stays when they become one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import Identifier, Organisation
from werkplaats.network.rules import OrganisationKind

KEPT, GONE = "hier", "daar"
FIELDS = ("name", "kind", "seat", "municipality", "source")


class OtherForm(forms.Form):
    """Which organisation is the same as this one."""

    other = OrganisationField(label=_("Dezelfde als"), help_text=_("Typ de naam en kies uit de lijst."))


class MergeForm(forms.Form):
    """For each thing in which two organisations differ: whose stays."""

    def __init__(self, *args: Any, kept: Organisation, gone: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.gone = kept, gone
        for name in FIELDS:
            self._ask(name, Organisation._meta.get_field(name).verbose_name, getattr(kept, name), getattr(gone, name))
        here, there = ({row.scheme: row.value for row in one.identifiers.all()} for one in (kept, gone))
        for scheme in Identifier.Scheme:
            self._ask(scheme.value, scheme.label, here.get(scheme.value), there.get(scheme.value))

    def _ask(self, name: str, label: Any, here: Any, there: Any) -> None:
        if not (here and there) or here == there:
            return
        said = [str(OrganisationKind(one).label) if name == "kind" else str(one) for one in (here, there)]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=list(zip((KEPT, GONE), said, strict=True)), initial=KEPT, widget=forms.RadioSelect
        )

    def taken(self, name: str, here: Any, there: Any) -> Any:
        """What it becomes: as chosen, else what is known."""
        if name in self.fields:
            return there if self.cleaned_data[name] == GONE else here
        return here or there

    def values(self) -> dict[str, Any]:
        """Field of the organisation -> what it becomes; the name that is left behind is a former one."""
        found = {name: self.taken(name, getattr(self.kept, name), getattr(self.gone, name)) for name in FIELDS}
        former = [*self.kept.former, *self.gone.former, self.kept.name, self.gone.name]
        return {**found, "former": [name for name in dict.fromkeys(former) if name != found["name"]]}

    def foreign_numbers(self) -> set[str]:
        """The registers of which the number of the other stays."""
        return {scheme for scheme in Identifier.Scheme.values if self.cleaned_data.get(scheme) == GONE}
