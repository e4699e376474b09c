"""What people change of publications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import DayField, LinesField, MomentField, RecordForm
from werkplaats.library.forms.rows import MakerRow, NumberRow, Row, RowsField
from werkplaats.library.models import Publication, PublicationIdentifier
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.network.rules import Status

_LONG = forms.Textarea(attrs={"rows": 3})


class OrganisationsField(LinesField):
    """Organisations by their names, each on a line of its own.

    ``seen``: those that whoever fills it in may see. The others are not known here: nobody learns names by guessing.
    """

    seen: Any = None

    def clean(self, value: Any) -> list[Organisation]:  # type: ignore[override]
        """The organisations; names the first that is not known."""
        found = []
        for line in super().clean(value):
            named = self.seen.named(line)
            if len(named) != 1:
                words = {"line": line[:80], "names": "; ".join(one.name for one in named[:5])}
                said = _("“%(line)s” kan er meer zijn: %(names)s. Typ de hele naam.")
                if not named:
                    said = _(
                        "Organisatie “%(line)s” kennen we niet. Kijk of de naam klopt. Is zij nieuw, voeg haar dan "
                        "eerst toe bij Organisaties, of vraag dat uw coördinator."
                    )
                raise ValidationError(said, params=words)
            found += named
        return found


class PublicationForm(RecordForm):
    """What is known of a publication.

    ``own``: werkplaatsen of which at least one must be chosen, or none for who may do without; ``offered``: those to
    choose from; ``from_organisation``: one that must stay among the organisations; ``seen``: the organisations that
    may be named, none else; ``known``: where its like is looked for, ``link`` how one that looks the same is shown.
    """

    # Appears when it is needed.
    anyway = forms.BooleanField(
        label=_("Dit is een andere publicatie; bewaar haar toch"), required=False, widget=forms.HiddenInput
    )
    when = MomentField(
        label=_("Verschenen"), required=False,
        help_text=_("Zo precies als u het weet: 2013, 2013-09, 2013-09-20 of ~2013. Onbekend? Laat leeg."),
    )  # fmt: skip
    makers = RowsField(
        MakerRow, told_by="name", legend=_("Maker"), more=_("Nog een maker"), label=_("Makers"),
        help_text=_(
            "In de volgorde van de titelpagina. Schrijf “Mirjam van der Plas”; is de achternaam langer dan één woord, "
            "schrijf dan “Balkenende de Vries, Jan Peter”. Een rij die u leegmaakt, valt weg."
        ),
    )  # fmt: skip
    numbers = RowsField(
        NumberRow, told_by="value", legend=_("Nummer"), more=_("Nog een nummer"), label=_("Nummers"),
        help_text=_("DOI, ISBN, ISSN, handle of URN:NBN, als de publicatie er een heeft."),
    )  # fmt: skip
    embargo_until = DayField(
        label=_("Bestanden pas vanaf"), required=False,
        help_text=_("Tot die dag is de beschrijving te lezen, en geeft de site de bestanden niet: 31-12-2026."),
    )  # fmt: skip
    address = forms.URLField(
        label=_("Staat ook op"), required=False, max_length=400, assume_scheme="https",
        help_text=_("Het adres op een andere site, als het daar ook te vinden is."),
    )  # fmt: skip
    organisations = OrganisationsField(
        label=_("Organisaties"),
        help_text=_("Van welke organisaties de publicatie is, of die eraan meededen. Elk op een eigen regel."),
    )
    field_order = (
        "title", "anyway", "subtitle", "kind", "makers", "when", "summary", "body", "numbers", "publisher", "place",
        "container", "volume", "issue", "pages", "lang", "licence", "address", "embargo_until", "werkplaatsen",
        "organisations", "themes", "visibility", "source", "basis",
    )  # fmt: skip

    class Meta:
        model = Publication
        fields = (
            "title", "subtitle", "kind", "summary", "body", "publisher", "place", "container", "volume", "issue",
            "pages", "lang", "licence", "address", "embargo_until", "werkplaatsen", "organisations", "themes",
            "visibility", "source", "basis",
        )  # fmt: skip
        widgets = {
            "summary": _LONG, "body": forms.Textarea(attrs={"rows": 6}), "themes": forms.CheckboxSelectMultiple,
            "werkplaatsen": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        labels = {"issue": _("Nummer van het tijdschrift")}
        help_texts = {
            "summary": _("Waar gaat het over en voor wie is het? Twee of drie zinnen; ze staan ook in de lijst."),
            "body": _("Mag langer: een samenvatting, de inhoud, hoe het tot stand kwam."),
            "container": _("Het tijdschrift, het boek, de reeks of het dossier waar het in staat."),
            "pages": _("Bijvoorbeeld 12-34, of 160 voor een heel boek."),
            "licence": _("Wat anderen ermee mogen. Weet u het niet, laat dan “onbekend” staan."),
            "werkplaatsen": _("Bij welke werkplaats de publicatie hoort."),
            "source": _("Waar u dit weet: het boek zelf, een lijst, een website. Mag leeg blijven."),
        }

    def __init__(
        self, *args: Any, own: Any = None, offered: Any = None, from_organisation: Any = None, known: Any = None,
        link: Any = str, seen: Any = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.own, self.from_organisation, self.link = own, from_organisation, link
        self.known = Publication.objects.none() if known is None else known
        self.seen = Organisation.objects.none() if seen is None else seen
        kwargs["initial"] = {**_told(kwargs.get("instance"), self.seen), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["organisations"].seen = self.seen
        self.fields["makers"].given = {"seen": self.seen}
        if offered is not None:
            self.fields["werkplaatsen"].queryset = offered

    def clean_werkplaatsen(self) -> Any:
        """At least one own werkplaats, for who may not do without."""
        chosen = self.cleaned_data["werkplaatsen"]
        if self.own is not None and not self.own:
            return self._without_region(chosen)
        if self.own is not None and not {one.pk for one in chosen} & {one.pk for one in self.own}:
            raise ValidationError(_("Kies ten minste uw eigen werkplaats: anders is de publicatie van niemand."))
        return chosen

    def _without_region(self, chosen: Any) -> Any:
        """Of an organisation that takes part nowhere now: only what a werkplaats has already."""
        if self.instance.pk and self.instance.werkplaatsen.exists():
            return chosen
        raise ValidationError(
            _("Uw organisatie doet nu bij geen werkplaats mee. Vraag uw coördinator dat na te kijken.")
        )

    def clean_organisations(self) -> list[Organisation]:
        """With the own organisation, for who writes for it."""
        chosen: list[Organisation] = self.cleaned_data["organisations"]
        if self.from_organisation is not None and self.from_organisation not in chosen:
            words = {"name": self.from_organisation.name}
            raise ValidationError(_("Laat %(name)s erbij staan: daarvoor schrijft u dit op."), params=words)
        return chosen

    def clean(self) -> dict[str, Any]:
        """Ask once whether it is there already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asks = self.instance.pk is None or {"title", "when"} & set(self.changed_data)
        if cleaned.get("title") and asks and not cleaned.get("anyway"):
            self._compare(cleaned)
        return cleaned

    def _compare(self, cleaned: dict[str, Any]) -> None:
        when = cleaned.get("when")
        numbers = [(one["scheme"], one["value"]) for one in cleaned.get("numbers") or ()]
        alike = self.known.exclude(pk=self.instance.pk).alike(
            cleaned["title"], when.day.year if when else None, numbers
        )
        if not alike:
            return
        self.fields["anyway"].widget = forms.CheckboxInput()
        self.add_error("anyway", [
            _t("Deze staat er misschien al. Kijk eerst. Is het een andere, vink dit dan aan en bewaar opnieuw."),
            *(self.link(one) for one in alike),
        ])  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Also the day, as precise as it is known."""
        when, found = self.cleaned_data["when"], super().values()
        if self.instance.pk:
            found["organisations"] = [*found["organisations"], *_unseen(self.instance, self.seen)]
        return {
            **found,
            "issued_on": when.day if when else None,
            "issued_precision": when.precision if when else Precision.YEAR,
        }

    def rows(self) -> dict[str, Any]:
        """Who made it and its numbers, as the action takes them."""
        numbers = [(one["scheme"], one["value"]) for one in self.cleaned_data["numbers"]]
        return {
            "makers": [self._tied(one) for one in self.cleaned_data["makers"]],
            "numbers": list(dict.fromkeys(numbers)),
        }

    def _tied(self, maker: dict[str, Any]) -> dict[str, Any]:
        """A maker that was tied to an organisation stays so while its name stays."""
        if maker["organisation"] or not maker["is_group"] or not self.instance.pk:
            return maker
        before = self.instance.contributors.filter(name=maker["name"], is_group=True).exclude(organisation=None).first()
        return {**maker, "organisation": before and before.organisation}


def _unseen(record: Publication, seen: Any) -> Any:
    return record.organisations.exclude(pk__in=seen.values("pk"))


def _told(record: Publication | None, seen: Any) -> dict[str, Any]:
    """What a record says now in the fields that are not simply its own."""
    if record is None or not record.pk:
        return {}
    makers = [
        Row(name=one.name, role=one.role, is_group=one.is_group, orcid=one.orcid)
        for one in record.contributors.order_by("position", "pk")
    ]
    numbers = PublicationIdentifier.objects.filter(publication=record)
    return {
        "when": dates.typed(record.issued_on, record.issued_precision),
        "makers": makers,
        "numbers": [Row(scheme=one.scheme, value=one.value) for one in numbers],
        "organisations": [one.name for one in record.organisations.filter(pk__in=seen.values("pk"))],
    }


def werkplaatsen_to_choose(record: Publication) -> Any:
    """Those that are not ended, and those it belongs to already."""
    there = record.werkplaatsen.values("pk") if record.pk else Werkplaats.objects.none().values("pk")
    return Werkplaats.objects.filter(~Q(status=Status.ENDED) | Q(pk__in=there))
