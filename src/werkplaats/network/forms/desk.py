"""What people change of the network at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import DatedForm, LinesField, MomentField, RecordForm
from werkplaats.network.models import (
    Grant,
    Identifier,
    Leadership,
    Organisation,
    Partnership,
    Phase,
    ServiceArea,
    Werkplaats,
)
from werkplaats.places.forms import MunicipalityField

_LONG = forms.Textarea(attrs={"rows": 3})


class OrganisationField(forms.CharField):
    """An organisation by its name; says which were perhaps meant when it is not known."""

    def prepare_value(self, value: Any) -> Any:
        """The name of the one that is known now."""
        if isinstance(value, int):
            return Organisation.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return value

    def clean(self, value: Any) -> Organisation | None:  # type: ignore[override]
        """The organisation of this name, current or former."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = Organisation.objects.named(text)
        if len(found) == 1:
            return found[0]
        words = {"text": text[:80], "names": "; ".join(one.name for one in found[:5])}
        if found:
            raise ValidationError(_("“%(text)s” kan er meer zijn: %(names)s. Typ de hele naam."), params=words)
        raise ValidationError(
            _("Organisatie “%(text)s” kennen we niet. Kies er een uit de lijst, of voeg haar eerst toe."), params=words
        )


class OrganisationForm(RecordForm):
    """An organisation, and the numbers it has in other registers.

    ``known``: the organisations that whoever fills it in may find; of others it does not tell the names.
    """

    former = LinesField(label=_("Vroegere namen"))
    municipality = MunicipalityField(label=_("Gemeente"), required=False, help_text=_("Waar de organisatie zetelt."))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "seat", "municipality", "former", "source")
        help_texts = {
            "name": _("Zoals de organisatie zichzelf noemt."),
            "source": _("Waar u dit weet: een website, een gesprek, een lijst. Mag leeg blijven."),
        }
        error_messages = {"name": {"unique": _("Er is al een organisatie met deze naam. Zoek haar op in de lijst.")}}

    def __init__(self, *args: Any, known: Any = None, **kwargs: Any) -> None:
        self.known = Organisation.objects.none() if known is None else known
        record = kwargs.get("instance")
        numbers = {row.scheme: row.value for row in record.identifiers.all()} if record and record.pk else {}
        town = {"municipality": record.municipality.name} if record and record.municipality else {}
        kwargs["initial"] = {**numbers, **town, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for scheme in Identifier.Scheme:
            self.fields[scheme.value] = forms.CharField(label=scheme.label, required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Check digits of every number, and that it is not of another."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for scheme in Identifier.Scheme.values:
            if value := cleaned.get(scheme):
                try:
                    cleaned[scheme] = identifiers.clean(scheme, value)
                    self._check_free(scheme, cleaned[scheme])
                except ValidationError as error:
                    self.add_error(scheme, error)
        return cleaned

    def _check_free(self, scheme: str, value: str) -> None:
        other = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=self.instance.pk).first()
        if other is None:
            return
        if named := self.known.filter(pk=other.organisation_id).first():
            raise ValidationError(_("Dit nummer is al van %(name)s."), params={"name": named.name})
        raise ValidationError(_("Dit nummer is al van een andere organisatie."))

    def numbers(self) -> dict[str, str]:
        """Register -> number, empty for none."""
        return {scheme: self.cleaned_data.get(scheme, "") for scheme in Identifier.Scheme.values}


class PartnershipForm(DatedForm):
    """How an organisation takes part in a werkplaats."""

    organisation = OrganisationField(label=_("Organisatie"), help_text=_("Typ de naam en kies uit de lijst."))

    class Meta:
        model = Partnership
        fields = ("organisation", "stage", "role", "seeks", "brings", "source")
        widgets = {"seeks": _LONG, "brings": _LONG}
        help_texts = {
            "stage": _("Alleen “getekend” en “actief” staan op de site."),
            "seeks": _("Wat hoopt deze partner te leren of te krijgen?"),
            "brings": _("Wat brengt deze partner in: mensen, plekken, kennis, geld?"),
        }


class OwnWerkplaatsForm(RecordForm):
    """What a coordinator changes of the own werkplaats."""

    former_names = LinesField(label=_("Vroegere namen"), longest=120)
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

    class Meta(OwnWerkplaatsForm.Meta):
        fields = ("name", "slug", "status", "guest_year", *OwnWerkplaatsForm.Meta.fields, "source", "basis")
        help_texts = {
            **OwnWerkplaatsForm.Meta.help_texts,
            "name": _("Een naam die u vervangt, blijft als vroegere naam vindbaar."),
            "slug": _(
                "Het adres op de site, na /werkplaatsen/. Verander het liever niet: links van anderen breken dan."
            ),
        }
        error_messages = {"slug": {"unique": _("Dit adres heeft een andere werkplaats al.")}}


class LeadershipForm(DatedForm):
    """Which organisation leads a werkplaats."""

    organisation = OrganisationField(label=_("Organisatie"))

    class Meta:
        model = Leadership
        fields = ("werkplaats", "organisation", "lectorate", "role", "source", "basis")


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
