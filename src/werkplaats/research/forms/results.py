"""What people change of pilots and yields, and giving a result back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core.forms import PlainField
from werkplaats.research.forms.shared import (
    LONG,
    SHORT,
    KeptForm,
    LastingForm,
    MunicipalitiesField,
    PartsField,
    PointsAtField,
    WhenForm,
)
from werkplaats.research.models import Pilot, Yield

_EACH = _("Elk op een eigen regel: de organisatie, een dubbele punt, en wat zij deed.")


def _known(record: Any) -> dict[str, Any]:
    """What the fields of lines say of a record that exists."""
    if not (record and record.pk):
        return {}
    return {
        "partners": list(record.partners.select_related("organisation")),
        "municipalities": list(record.municipalities.all()),
    }


class PilotForm(LastingForm):
    """What is tried, where, how one looks at it, and what came out."""

    tried = PointsAtField(
        label=_("Adres van wat u beproeft"),
        help_text=_("Als het al op de site staat: plak het adres van de pagina, bijvoorbeeld van een opbrengst."),
    )
    partners = PartsField(label=_("Organisaties"), help_text=_EACH)
    municipalities = MunicipalitiesField(label=_("Gemeenten"), longest=60)
    field_order = (
        "title", "tries", "tried", "municipalities", "partners", "state", "stopped_because", "start",
        "end", "design", "circle", "project", "outcome", "themes", "approaches",
    )  # fmt: skip

    class Meta:
        model = Pilot
        fields = (
            "title", "tries", "tried", "municipalities", "state", "stopped_because", "design", "circle", "project",
            "outcome", "themes", "approaches", "visibility", "source", "basis", "withdrawn",
        )  # fmt: skip
        widgets = {"tries": SHORT, "outcome": LONG, "stopped_because": SHORT}
        help_texts = {
            "tries": _("In gewone woorden: wat doet u nu anders?"),
            "outcome": _("Nog niet bekend? Laat leeg. Een tweede persoon leest dit na voordat het op de site komt."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**_known(kwargs.get("instance")), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class YieldForm(WhenForm, KeptForm):
    """What came out: three fields are enough, the rest may follow."""

    # These stand folded away.
    later = (
        "why", "description", "audience", "when", "municipalities", "partners", "points_at", "themes", "approaches",
        "project", "visibility", "source", "basis", "withdrawn",
    )  # fmt: skip

    points_at = PointsAtField(
        label=_("Adres van wat het is"),
        help_text=_("Staat het boek, de module of de aanpak zelf al op de site? Plak het adres van die pagina."),
    )
    partners = PartsField(label=_("Met wie"), help_text=_EACH)
    municipalities = MunicipalitiesField(label=_("Waar"), longest=60, help_text=_("Gemeenten, elk op een eigen regel."))
    field_order = (
        "title", "kind", "strand", "circle", "project", "why", "description", "audience", "when", "municipalities",
        "partners", "points_at", "themes", "approaches",
    )  # fmt: skip

    class Meta:
        model = Yield
        fields = (
            "title", "kind", "strand", "circle", "project", "why", "description", "audience", "municipalities",
            "points_at", "themes", "approaches", "visibility", "source", "basis", "withdrawn",
        )  # fmt: skip
        widgets = {"description": LONG, "strand": forms.RadioSelect}
        help_texts = {
            "kind": _("Een bevinding leest een tweede persoon na voordat zij op de site komt."),
            "why": _("Eén zin."),
            "audience": _("Bijvoorbeeld: wijkteams, mantelzorgers, docenten."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**_known(kwargs.get("instance")), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("kies een soort")), *(choice for choice in kind.choices if choice[0])]
        strand: Any = self.fields["strand"]
        strand.choices = [choice for choice in strand.choices if choice[0]]


class ReturnForm(forms.Form):
    """Why a result goes back to who wrote it."""

    reason = PlainField(label=_("Wat er anders moet"), widget=SHORT, max_length=2000)
