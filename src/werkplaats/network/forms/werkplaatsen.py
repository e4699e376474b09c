"""What people change of werkplaatsen, who leads them, and where they work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import DatedForm, LinesField, MomentField, RecordForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import (
    Leadership,
    ServiceArea,
    Werkplaats,
)
from werkplaats.network.rules import wrong_joining
from werkplaats.places.forms import MunicipalityField


class OwnWerkplaatsForm(RecordForm):
    """What a coordinator changes of the own werkplaats."""

    former_names = LinesField(
        label=_("Vroegere namen en bijnamen"),
        longest=120,
        help_text=_("Elk op een eigen regel. Wie zo'n naam zoekt of als adres intypt, komt bij de werkplaats."),
    )
    own_themes = LinesField(label=_("Thema's in eigen woorden"), longest=200)
    studies = LinesField(label=_("Opleidingen"), longest=200)

    class Meta:
        model = Werkplaats
        fields = ("brand", "region", "group_word", "themes", "own_themes", "studies", "note")
        widgets = {"themes": forms.CheckboxSelectMultiple}
        help_texts = {
            "brand": _("De naam waaronder mensen in de regio u kennen, als die anders is."),
            "group_word": _("Hoe u zelf een leergroep noemt: kenniskring, atelier, leerteam ..."),
            "note": _("Staat op de pagina van de werkplaats."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            names = list(record.former_names.values_list("name", flat=True))
            kwargs["initial"] = {"former_names": names, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class WerkplaatsForm(OwnWerkplaatsForm, DatedForm):
    """A werkplaats as the national desk knows it."""

    joined = MomentField(
        label=_("Lid of meelopend vanaf"),
        required=False,
        help_text=_(
            "Was de werkplaats eerst in opbouw, vul dan in vanaf welke dag zij lid is of meeloopt. Vóór die dag telt "
            "zij bij de dekking als kandidaat."
        ),
    )
    # It goes with the status.
    field_order = ("name", "slug", "status", "joined")

    class Meta(OwnWerkplaatsForm.Meta):
        fields = ("name", "slug", "status", "guest_year", *OwnWerkplaatsForm.Meta.fields, "source", "basis")
        help_texts = {
            **OwnWerkplaatsForm.Meta.help_texts,
            "name": _("Een naam die u vervangt, blijft als vroegere naam vindbaar."),
            "slug": _(
                "Het adres op de site, na /werkplaatsen/. Verandert u het, dan leidt het oude adres naar het nieuwe."
            ),
        }
        error_messages = {"slug": {"unique": _("Dit adres heeft een andere werkplaats al.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        self.before = record.status if record and record.pk else ""
        if record and record.pk:
            joined = dates.typed(record.forming_to, record.forming_to_precision)
            kwargs["initial"] = {"joined": joined, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """When it left the making, as far as it was in it."""
        cleaned = super().clean()
        joined, start, status = (cleaned.get(name) for name in ("joined", "start", "status"))
        if start and status and "joined" in cleaned:
            day = joined.day if joined else None
            if said := wrong_joining(self.before, status, start.day, day, clock.today()):
                self.add_error("joined", said)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Also until when it was in the making."""
        joined = self.cleaned_data["joined"]
        return {
            **super().values(),
            "forming_to": joined.day if joined else None,
            "forming_to_precision": joined.precision if joined else Precision.DAY,
        }


class LeadershipForm(DatedForm):
    """Which organisation leads a werkplaats."""

    organisation = OrganisationField(label=_("Organisatie"))

    class Meta:
        model = Leadership
        fields = ("werkplaats", "organisation", "lectorate", "role", "source", "basis")


class AreaForm(forms.Form):
    """A municipality that comes to lie in an area."""

    municipality = MunicipalityField(label=_("Gemeente"))
    start = MomentField(label=_("Vanaf"))


class EndAreaForm(forms.Form):
    """A municipality that leaves the area of ``werkplaats``."""

    area = forms.ModelChoiceField(queryset=ServiceArea.objects.none(), label=_("Gemeente"))
    end = MomentField(label=_("Tot en met"))

    def __init__(self, *args: Any, werkplaats: Werkplaats, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = werkplaats.areas.current().select_related("municipality", "werkplaats")
        self.fields["area"].label_from_instance = lambda area: area.municipality.name
