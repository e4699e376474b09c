"""What people write down of who works where, and of what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.forms import DatedForm, PlainField, RecordForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import Contact, Function
from werkplaats.people.models import Person


def day_input() -> forms.DateInput:
    """A calendar of the browser's own."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FunctionForm(DatedForm):
    """A person and what they do at an organisation."""

    organisation = OrganisationField(label=_("Organisatie"), help_text=_("Typ de naam en kies uit de lijst."))
    name = PlainField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254, required=False)
    phone = PlainField(label=_("Telefoonnummer"), max_length=30, required=False)
    field_order = ("name", "what", "organisation", "email", "phone", "start", "end")

    class Meta:
        model = Function
        fields = ("organisation", "what")
        labels = {"what": _("Functie")}
        help_texts = {"what": _("Wat deze persoon daar doet, bijvoorbeeld “adviseur Wmo”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        # Of one that is known the start is known.
        known = {} if record and record.pk else {"start": str(clock.today())}
        if record and record.person_id:
            known |= {name: getattr(record.person, name) for name in ("name", "email", "phone")}
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if record and record.person_id and record.person.has_account():
            for name in ("name", "email", "phone"):
                self.fields[name].disabled = True

    def person(self) -> dict[str, str]:
        """What is said of the person."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "phone")}


class ContactForm(RecordForm):
    """What was said with an organisation. ``functions``: those whom the writer may choose from."""

    organisation = OrganisationField(label=_("Organisatie"), help_text=_("Typ de naam en kies uit de lijst."))
    done = forms.BooleanField(label=_("De volgende stap is gedaan"), required=False)

    class Meta:
        model = Contact
        fields = ("organisation", "person", "day", "said", "next_step", "next_on")
        labels = {"person": _("Met wie"), "day": _("Dag"), "said": _("Wat is er gezegd?"), "next_on": _("Uiterlijk op")}
        help_texts = {
            "person": _("Staat iemand er niet bij? Voeg eerst de contactpersoon toe."),
            "said": _("Alleen uw eigen werkplaats leest dit. Schrijf niets op wat u niet zou laten lezen."),
            "next_step": _("Wat gaat u doen? Mag leeg blijven."),
        }
        widgets = {"day": day_input(), "next_on": day_input(), "said": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, functions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before the form fills the record in.
        self.spoken_with = self.instance.person
        self.functions = functions
        about = functions.filter(organisation=self.instance.organisation_id) if self._is_set() else functions
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=about.values("person"))
        field.required = False
        self.unseen = self.spoken_with is not None and not field.queryset.filter(pk=self.spoken_with.pk).exists()
        if self.unseen:
            field.empty_label = _("(iemand die u niet ziet; dat blijft zo)")
        self.initial["done"] = self.instance.done_on is not None
        for name in ("day", "next_on"):
            self.fields[name].localize = False

    def _is_set(self) -> bool:
        return self.instance.organisation_id is not None

    def clean(self) -> dict[str, Any]:
        """A next step has a day, and who was spoken with works there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("next_step") and not cleaned.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Wanneer doet u dit? Vul een dag in, dan herinneren wij u eraan."))
        if cleaned.get("next_on") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Wat gaat u dan doen? Vul het in, of maak de dag leeg."))
        if not (cleaned.get("said") or cleaned.get("next_step")):
            self.add_error("said", _("Schrijf op wat er gezegd is, of wat de volgende stap is."))
        person, organisation = cleaned.get("person"), cleaned.get("organisation")
        there = self.functions.filter(person=person, organisation=organisation)
        if person and organisation and not there.exists():
            words = {"person": person, "organisation": organisation}
            error = ValidationError(_("%(person)s staat niet bij %(organisation)s."), params=words)
            self.add_error("person", error)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Also whether, and since when, the next step is done. Whom the writer does not see stays."""
        done = self.cleaned_data["done"] and self.cleaned_data["next_on"]
        values = {**super().values(), "done_on": (self.instance.done_on or clock.today()) if done else None}
        if self.unseen and values["person"] is None:
            values["person"] = self.spoken_with
        return values
