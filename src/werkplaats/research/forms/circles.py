"""What people change of learning groups and their meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core.forms import DayField, PlainField
from werkplaats.research.forms.shared import LONG, SHORT, LastingForm, PartsField, RecordsField, WhenForm
from werkplaats.research.models import Circle, CircleMeeting

# So many empty lines for new agreements.
_EMPTY = 2


class CircleForm(LastingForm):
    """A learning group: about what, who sits in it, with whom it works. ``persons``: whom the own werkplaats knows."""

    members = PartsField(
        label=_("Wie doen mee"), roles=True,
        help_text=_("Elk op een eigen regel: organisatie, dubbele punt, rol; of alleen een rol. Geen namen."),
    )  # fmt: skip
    partners = PartsField(
        label=_("Met wie de groep samenwerkt"),
        help_text=_("Elk op een eigen regel: de organisatie, een dubbele punt, en wat zij deed."),
    )
    publications = RecordsField(
        label=_("Publicaties"), help_text=_("Plak het adres van elke pagina in de bibliotheek, elk op een eigen regel.")
    )
    field_order = (
        "name", "summary", "looks_at", "state", "stopped_because", "start", "end", "members", "partners", "persons",
        "publications", "themes", "approaches", "project", "national_theme",
    )  # fmt: skip

    class Meta:
        model = Circle
        fields = (
            "name", "summary", "looks_at", "state", "stopped_because", "persons", "publications", "themes",
            "approaches", "project", "national_theme", "visibility", "source", "basis", "withdrawn",
        )  # fmt: skip
        widgets = {
            "summary": SHORT, "looks_at": LONG, "stopped_because": SHORT, "persons": forms.CheckboxSelectMultiple
        }  # fmt: skip
        help_texts = {
            "looks_at": _("Welke vraag legt de groep zichzelf voor?"),
            "persons": _("Contactpersonen van uw werkplaats. Alleen uw coördinatoren zien wie u aanvinkt."),
        }

    def __init__(self, *args: Any, persons: Any = None, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        known = {}
        if record and record.pk:
            known = {
                "members": list(record.members.select_related("organisation")),
                "partners": list(record.partners.select_related("organisation")),
                "publications": list(record.publications.all()),
            }
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["persons"]
        if persons is None:
            del self.fields["persons"]
        else:
            field.queryset = persons


class MeetingForm(WhenForm):
    """What was discussed, what is noted for the inside, and what was agreed."""

    field_order = ("when", "place", "discussed", "notes", "notes_for")

    class Meta:
        model = CircleMeeting
        fields = ("place", "discussed", "notes", "notes_for", "source", "basis")
        widgets = {"discussed": SHORT, "notes": LONG}
        help_texts = {
            "discussed": _("In een paar zinnen. Wie de groep ziet, leest dit ook."),
            "notes": _("Voor uzelf en de groep; nooit openbaar."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        steps = list(record.steps.all()) if record and record.pk else []
        known: dict[str, Any] = {}
        for number, step in enumerate(steps):
            known |= {f"wat_{number}": step.what, f"wie_{number}": step.who, f"dag_{number}": step.due}
            known[f"gedaan_{number}"] = step.done_on
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.count = len(steps) + _EMPTY
        for number in range(self.count):
            self._add_step(number, known=number < len(steps))
        for name in ("source", "basis"):
            self.fields[name] = self.fields.pop(name)

    def _add_step(self, number: int, *, known: bool) -> None:
        words = {"n": number + 1}
        self.fields[f"wat_{number}"] = PlainField(label=_("Afspraak %(n)d") % words, required=False, max_length=200)
        self.fields[f"wie_{number}"] = PlainField(
            label=_("Wie doet afspraak %(n)d") % words, required=False, max_length=120,
            help_text=_("Een rol of organisatie."),
        )  # fmt: skip
        self.fields[f"dag_{number}"] = DayField(label=_("Uiterlijk op (afspraak %(n)d)") % words, required=False)
        if known:
            label = _("Gedaan op (afspraak %(n)d)") % words
            self.fields[f"gedaan_{number}"] = DayField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """Who does something by a day does something; and of a meeting something is known."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = ("when", "place", "discussed", "notes", *(f"wat_{number}" for number in range(self.count)))
        if not self.errors and not any(cleaned.get(name) for name in told):
            self.add_error("when", _("Schrijf wanneer de groep bijeenkwam, of waar het over ging."))
        for number in range(self.count):
            given = [cleaned.get(f"{name}_{number}") for name in ("wie", "dag", "gedaan")]
            if any(given) and not cleaned.get(f"wat_{number}") and f"wat_{number}" not in self.errors:
                self.add_error(f"wat_{number}", _("Schrijf wat er is afgesproken, of maak ook de rest leeg."))
        return cleaned

    def steps(self) -> list[dict[str, Any]]:
        """What was agreed."""
        said = self.cleaned_data
        return [
            {
                "what": said[f"wat_{number}"],
                "who": said.get(f"wie_{number}", ""),
                "due": said.get(f"dag_{number}"),
                "done_on": said.get(f"gedaan_{number}"),
            }
            for number in range(self.count)
            if said.get(f"wat_{number}")
        ]
