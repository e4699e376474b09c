"""What people change of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import LinesField, RecordForm
from werkplaats.network.models import (
    Identifier,
    NotTheSame,
    Organisation,
)
from werkplaats.network.queries import Known, Look
from werkplaats.places.forms import MunicipalityField


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
            _("Organisatie “%(text)s” kennen we niet. Kies er een uit de lijst, of voeg haar eerst toe."),
            code="unknown",
            params=words,
        )


class OrganisationForm(RecordForm):
    """An organisation, and the numbers it has in other registers.

    ``known``: the organisations that whoever fills it in may find; of others it does not tell the names.
    ``link``: how one that looks the same is shown, an ``Alike``.
    """

    # Appears when it is needed: which of those that look the same are others.
    others = forms.MultipleChoiceField(
        label=_("Lijkt op een organisatie die er al is"), required=False, widget=forms.MultipleHiddenInput,
        help_text=_("Vink aan wat een andere organisatie is, en bewaar opnieuw. Wij vragen het u dan niet nog eens."),
    )  # fmt: skip

    former = LinesField(label=_("Vroegere namen"))
    municipality = MunicipalityField(label=_("Gemeente"), required=False, help_text=_("Waar de organisatie zetelt."))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "seat", "municipality", "former", "source")
        help_texts = {
            "name": _("Zoals de organisatie zichzelf noemt."),
            "source": _(
                "Waar u dit weet: een website, een gesprek, een lijst. Alleen wie haar mag wijzigen, leest dit."
            ),
        }
        error_messages = {"name": {"unique": _("Er is al een organisatie met deze naam. Zoek haar op in de lijst.")}}

    def __init__(self, *args: Any, known: Any = None, link: Any = str, **kwargs: Any) -> None:
        self.known = Organisation.objects.none() if known is None else known
        self.link = link
        record = kwargs.get("instance")
        numbers = {row.scheme: row.value for row in record.identifiers.all()} if record and record.pk else {}
        town = {"municipality": record.municipality.name} if record and record.municipality else {}
        kwargs["initial"] = {**numbers, **town, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.told_apart: list[str] = []
        for scheme in Identifier.Scheme:
            self.fields[scheme.value] = forms.CharField(label=scheme.label, required=False, max_length=60)
        self.order_fields(["name", "others"])

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
        if cleaned.get("name") and (self.instance.pk is None or "name" in self.changed_data):
            self._compare(cleaned)
        return cleaned

    def _compare(self, cleaned: dict[str, Any]) -> None:
        """Ask once whether those that look the same are others."""
        town = cleaned.get("municipality")
        look = Look.at(
            cleaned["name"], cleaned.get("former") or (), cleaned.get("seat") or "", town and town.pk, self.instance.uid
        )
        found = Known(self.known).like(look, without=NotTheSame.others_than(self.instance.uid))
        said = set(self.data.getlist("others")) if hasattr(self.data, "getlist") else set(self.data.get("others", ()))
        self.told_apart = [one.uid for one in found if one.uid in said]
        self._errors.pop("others", None)
        if len(self.told_apart) == len(found):
            return
        field: Any = self.fields["others"]
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(one.uid, self.link(one)) for one in found]
        self.add_error("others", _("Is het een van deze? Gebruik die dan. Anders zegt u hier dat het een andere is."))

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
