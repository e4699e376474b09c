"""Where to go from here: path, buttons, steps."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.core.components import component

Text: TypeAlias = str | Promise
_HERE = _("U bent hier")

BUTTON_CLASSES = {
    "primary": "button-primary",
    "secondary": "button-secondary",
    "quiet": "button-quiet",
    "danger": "button-danger",
    "accent": "button-accent",
}


@component(
    "breadcrumb",
    "site/components/breadcrumb.html",
    examples=(
        (
            "Drie diep",
            {"items": [("Home", "/"), ("Kennisagenda", "/vragen/"), ("Wie helpt als de buurvrouw wegvalt?", "")]},
        ),
        ("Eén diep", {"items": [("Home", "/"), ("Praktijken", "")], "label": "Kruimelpad (tweede voorbeeld)"}),
    ),
)
@dataclass(frozen=True)
class Breadcrumb:
    """The way back: (label, url) pairs, the last one the page itself."""

    items: Any
    label: Text = _HERE


@component(
    "button",
    "site/components/button.html",
    examples=(
        ("Hoofdactie", {"label": "Praktijk toepassen", "url": "#"}),
        ("Tweede actie", {"label": "Download als pdf", "url": "#", "kind": "secondary"}),
        ("Rustig", {"label": "Annuleren", "url": "#", "kind": "quiet"}),
        ("Onomkeerbaar", {"label": "Vraag intrekken", "url": "#", "kind": "danger"}),
        ("De ene taak van de pagina", {"label": "Stel een vraag", "url": "#", "kind": "accent"}),
        ("Verzendknop van een formulier (zonder adres)", {"label": "Verstuur mijn vraag"}),
    ),
)
@dataclass(frozen=True)
class Button:
    """A link that looks like a button; without ``url`` the form's submit button."""

    label: Text
    url: str = ""
    kind: str = "primary"

    @property
    def css(self) -> str:
        """Class of this kind; KeyError for a kind that does not exist."""
        return BUTTON_CLASSES[self.kind]


@component(
    "steps",
    "site/components/steps.html",
    examples=(
        (
            "Van vraag naar praktijk",
            {
                "items": [
                    ("Vraag", "Iemand stelt een vraag uit het dagelijks leven of werk."),
                    ("Agenda", "Samen kiezen we wat het eerst aan de beurt komt."),
                    ("Uitproberen", "Een aanpak wordt beschreven en in de praktijk getest."),
                    ("Onderzoek", "We meten of het helpt, voor wie en waardoor."),
                    ("Antwoord", "Wie de vraag stelde, hoort als eerste wat eruit kwam."),
                ]
            },
        ),
    ),
)
@dataclass(frozen=True)
class Steps:
    """Numbered steps: (title, text) pairs."""

    items: Any
