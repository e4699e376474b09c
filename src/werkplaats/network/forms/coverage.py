"""What is asked of coverage: when, of which theme, in which layer, and how far a site reaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.dates import Precision
from werkplaats.core.dates import show as shown
from werkplaats.core.forms import DayField
from werkplaats.network.rules import FIRST_DAY, LAST_DAY, Layer
from werkplaats.terms.models import Theme

RADIUS_KM, FARTHEST_KM = 20, 150
# No theme in particular.
_ALL = "alle"


class RadiusField(forms.CharField):
    """Whole kilometres, also with the unit behind them."""

    def to_python(self, value: Any) -> int:  # type: ignore[override]
        text = str(super().to_python(value)).lower().removesuffix("km").strip()
        if text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= FARTHEST_KM:
            return int(text)
        words = {"most": FARTHEST_KM}
        raise ValidationError(_("Vul een heel aantal kilometers in, van 1 tot en met %(most)d."), params=words)

    def run_validators(self, value: Any) -> None:
        """A number needs no text validators."""


class CoverageForm(forms.Form):
    """The questions of the page; what is left out has an answer of its own."""

    datum = DayField(label=_("Dag"), help_text=_("Bijvoorbeeld 31-12-2013."))
    thema = forms.ChoiceField(label=_("Thema"))
    laag = forms.ChoiceField(label=_("Lege plekken van de laag"), choices=Layer.choices)
    straal = RadiusField(
        label=_("Straal in kilometers"), help_text=_("Hoe ver een plek reikt, hemelsbreed van gemeente tot gemeente.")
    )

    def __init__(self, given: Any) -> None:
        asked = {name: str(given.get(name, "")).strip()[:80] for name in ("datum", "thema", "laag", "straal")}
        today = clock.today()
        usual = {
            "datum": f"{today.day}-{today.month}-{today.year}",
            "thema": _ALL,
            "laag": Layer.AREA.value,
            "straal": str(RADIUS_KM),
        }
        super().__init__({name: value or usual[name] for name, value in asked.items()}, auto_id="%s")
        self.themes = {theme.slug: theme for theme in Theme.objects.select_related("parent")}
        by_uid = {theme.uid: slug for slug, theme in self.themes.items()}
        self.data["thema"] = by_uid.get(self.data["thema"], self.data["thema"])
        field = self.fields["thema"]
        field.choices = [(_ALL, _("alle thema's")), *self._tree()]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Dit thema kennen we niet. Kies er een uit de lijst.")
        self.fields["laag"].error_messages["invalid_choice"] = _("Deze laag kennen we niet. Kies er een uit de lijst.")

    def _tree(self) -> list[tuple[str, str]]:
        """Each theme under the one it falls under."""
        tops = [theme for theme in self.themes.values() if theme.parent is None]
        return [
            (one.slug, one.name if one is top else f"– {one.name}")
            for top in tops
            for one in [top, *(theme for theme in self.themes.values() if theme.parent_id == top.pk)]
        ]

    def clean_datum(self) -> date:
        """A day of which something can be known."""
        day: date = self.cleaned_data["datum"]
        if FIRST_DAY <= day <= LAST_DAY:
            return day
        first, last = (shown(one, Precision.DAY) for one in (FIRST_DAY, LAST_DAY))
        said = _("Kies een dag van %(first)s tot en met %(last)s. Van andere dagen is hier niets bekend.")
        raise ValidationError(said, params={"first": first, "last": last})

    def clean_thema(self) -> Theme | None:
        """The theme itself; None for all of them."""
        return self.themes.get(self.cleaned_data["thema"])

    def clean_laag(self) -> Layer:
        """The layer itself."""
        return Layer(self.cleaned_data["laag"])
