"""Fields of a form and what is wrong with them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from werkplaats.core.components import component
from werkplaats.site.components.form_examples import filled, fresh, wrong


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox of a group."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    disabled: bool


@dataclass(frozen=True)
class Problem:
    """One error: where it is (an id, or nothing for the whole form) and what it says."""

    target: str
    label: str
    message: str


def is_group(field: BoundField) -> bool:
    """Whether the field is drawn as a fieldset with choices."""
    return isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


def first_id(field: BoundField) -> str:
    """Id of the first thing a visitor can put the cursor in."""
    return f"{field.auto_id}_0" if is_group(field) else field.id_for_label or field.auto_id


def choices(field: BoundField) -> list[Choice]:
    """The choices of a group with the ids that Django's own widgets would give."""
    options = field.field.widget.subwidgets(field.html_name, field.value(), {"id": field.auto_id})
    return [
        Choice(
            id=f"{field.auto_id}_{number}",
            name=str(option["name"]),
            value=str(option["value"]),
            label=str(option["label"]),
            checked=bool(option["selected"]),
            disabled=bool(option["attrs"].get("disabled")),
        )
        for number, option in enumerate(options)
    ]


@component(
    "field",
    "site/components/field.html",
    examples=(
        ("Tekst", {"field": fresh["title"]}),
        (
            "Tekst die leeg mag blijven",
            {"field": fresh["email"], "hint": "Alleen om u te laten weten wat ermee gebeurt."},
        ),
        ("Groot tekstvak met teller", {"field": fresh["words"], "counter": True}),
        ("Keuzelijst", {"field": fresh["place"]}),
        ("Eén keuze uit meer", {"field": fresh["role"]}),
        ("Meer keuzes", {"field": fresh["themes"], "hint": "Kies wat past."}),
        ("Vinkje", {"field": fresh["agree"]}),
        ("Ingevuld", {"field": filled["title"]}),
        ("Fout in een tekst", {"field": wrong["email"]}),
        ("Fout in een keuze", {"field": wrong["role"]}),
        ("Fout bij een vinkje", {"field": wrong["agree"]}),
    ),
)
@dataclass(frozen=True)
class Field:
    """A bound field with label, hint and errors tied to it."""

    field: BoundField
    hint: str = ""
    counter: bool = False

    @property
    def shape(self) -> str:
        """How to draw it: hidden, group, tick or plain."""
        widget = self.field.field.widget
        if widget.is_hidden:
            return "hidden"
        if is_group(self.field):
            return "group"
        return "tick" if isinstance(widget, forms.CheckboxInput) else "plain"

    @property
    def id(self) -> str:
        """Id of the input (of the fieldset for a group)."""
        return self.field.auto_id if is_group(self.field) else first_id(self.field)

    @property
    def description(self) -> str:
        """The hint: the one given here, else the form's own help text."""
        return self.hint or str(self.field.help_text)

    @property
    def kind(self) -> str:
        """Type of the inputs in a group."""
        return str(getattr(self.field.field.widget, "input_type", "checkbox"))

    @property
    def choices(self) -> list[Choice]:
        """The choices of a group."""
        return choices(self.field)

    @property
    def most(self) -> int | None:
        """How many characters fit, when a counter was asked for and there is a limit."""
        return getattr(self.field.field, "max_length", None) if self.counter else None

    @property
    def described_by(self) -> str:
        """Ids of hint, errors and counter, as far as they are there."""
        there = (("hint", self.description), ("fout", self.field.errors), ("teller", self.most))
        return " ".join(f"{self.id}-{part}" for part, present in there if present)

    @property
    def control(self) -> SafeString:
        """The widget, tied to hint and errors."""
        attrs: dict[str, Any] = {"aria-describedby": self.described_by} if self.described_by else {}
        if self.field.errors:
            attrs["aria-invalid"] = "true"
        return self.field.as_widget(attrs=attrs)


@component(
    "error_summary",
    "site/components/error_summary.html",
    examples=(
        ("Met fouten", {"form": wrong, "focus": False}),
        ("Zonder fouten: niets te zien", {"form": fresh}),
    ),
)
@dataclass(frozen=True)
class ErrorSummary:
    """All that has to be looked at again, each a link to its field."""

    form: BaseForm
    focus: bool = True
    level: int = 2

    @property
    def problems(self) -> list[Problem]:
        """Errors of the whole form first, then field by field in the form's order."""
        found = [Problem("", "", str(message)) for message in self.form.non_field_errors()]
        for field in self.form:
            target = "" if field.is_hidden else first_id(field)
            found += [Problem(target, str(field.label), str(message)) for message in field.errors]
        return found
