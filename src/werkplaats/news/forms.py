"""Clean input at the desk: pages, pictures, documents."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from werkplaats.core import colours, pictures
from werkplaats.core.forms import PaperField, PlainField, RecordForm
from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.news.models import Picture, RegionalSite, SectionPage
from werkplaats.news.queries import section_of
from werkplaats.news.rules import hosts

_FOREIGN = _("Hier staat een afbeelding of document van een andere werkplaats. Kies er een uit de eigen verzameling.")


class PageForm(WagtailAdminPageForm):
    """A page: with pictures and documents of the own section, or of the network, and no others."""

    def clean(self) -> Any:
        """Whatever was sent, a file of another section is not shown."""
        cleaned = super().clean()
        parent = self.parent_page
        section = section_of(parent) if parent is not None else None
        body = cleaned.get("body")
        if body and section is not None:
            national = SectionPage.objects.filter(werkplaats=None).values_list("collection", flat=True)
            allowed = {section.collection_id, *national}
            if any(one.collection_id not in allowed for one in _files(body)):
                self.add_error("body", _FOREIGN)
        return cleaned


def _files(body: Any) -> list[Any]:
    found = []
    for block in body:
        value = block.value["picture"] if block.block_type == "picture" else block.value
        if block.block_type in {"picture", "document"} and value:
            found.append(value)
    return found


class PictureField(forms.FileField):
    """A picture, drawn anew."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return pictures.cleaned(file) if data else file


def _instead(form: Any, field: type[forms.FileField], accept: str, help_text: Any) -> None:
    """Put our own field in the place of the library's, with its widget."""
    if old := form.fields.get("file"):
        old.widget.attrs["accept"] = accept
        form.fields["file"] = field(label=_("Bestand"), required=old.required, widget=old.widget, help_text=help_text)


class PictureForm(BaseImageForm):
    """A picture with what must be known of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _instead(self, PictureField, "image/jpeg,image/png,image/webp,image/gif", _PICTURE_HELP)
        if field := self.fields.get("title"):
            field.help_text = _("Waaronder u het terugvindt.")
        if field := self.fields.get("description"):
            field.label, field.help_text = (
                _("Wat is er te zien?"),
                _("Voor wie de afbeelding niet ziet. Op een pagina kunt u het anders zeggen."),
            )
        if field := self.fields.get("credit"):
            field.help_text = _("Wie haar maakte, of waar zij vandaan komt. Staat onder de afbeelding.")

    def clean_description(self) -> str:
        """Without spaces around it."""
        return str(self.cleaned_data["description"]).strip()


class DocumentForm(BaseDocumentForm):
    """A document with what must be known of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _instead(self, PaperField, "application/pdf", _PAPER_HELP)
        if field := self.fields.get("title"):
            field.help_text = _("Zo heet het document op de site.")


_PICTURE_HELP = _("JPEG, PNG, WebP of GIF, tot 15 MB. Plaats en andere gegevens van de camera halen we eruit.")
_PAPER_HELP = _("PDF, tot 25 MB. Bezoekers zien het zodra een pagina op de site ernaar verwijst.")


class ReturnForm(forms.Form):
    """Why a page goes back."""

    reason = forms.CharField(
        label=_("Wat moet er anders?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wie de pagina schreef, leest dit."),
    )


# Of the house; a werkplaats that keeps them has none of its own.
MAIN, ACCENT = "#0b5c4f", "#ffc740"


class ColourField(forms.CharField):
    """A colour on which, or in which, text can be read; empty for that of the house.

    ``grounds``: what it must be told apart from, and how far (``least``); ``said`` names the nearest that can.
    """

    def __init__(
        self, *args: Any, house: str, grounds: tuple[str, ...], least: float = colours.TEXT, said: Any, **kwargs: Any
    ) -> None:
        self.house, self.grounds, self.least, self.said = house, grounds, least, said
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "color"}))
        super().__init__(*args, **{"required": False, "max_length": 20, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """A picker of colours always shows one."""
        return value or self.house

    def clean(self, value: Any) -> str:
        """``#rrggbb``, or nothing. Raises ValidationError for what is no colour, and for what cannot be read."""
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            colour = colours.clean(text)
        except ValueError:
            said = _("“%(text)s” is geen kleur. Schrijf een hekje en zes cijfers of letters a tot en met f: #0b5c4f.")
            raise ValidationError(said, params={"text": text}) from None
        if not colours.reads_on(colour, *self.grounds, least=self.least):
            seen = min(colours.contrast(colour, ground) for ground in self.grounds)
            words = {
                "colour": colour, "contrast": f"{int(seen * 10) / 10}".replace(".", ","),
                "near": colours.nearest(colour, *self.grounds, least=self.least),
            }  # fmt: skip
            raise ValidationError(self.said, params=words)
        return "" if colour == self.house else colour


class SiteForm(RecordForm):
    """How a werkplaats shows itself and is reached. ``pictures``: those that whoever fills it in may choose."""

    colour = ColourField(
        label=_("Hoofdkleur"),
        house=MAIN,
        grounds=(colours.WHITE, colours.PAPER),
        help_text=_("Voor koppen, links en de balk bovenaan. Wij kijken of tekst in deze kleur goed te lezen is."),
        said=_(
            "In %(colour)s is tekst op wit niet goed te lezen: het verschil is %(contrast)s en dat moet minstens 4,5 "
            "zijn. De kleur die er het dichtst bij komt en wel goed te lezen is: %(near)s."
        ),
    )
    accent = ColourField(
        label=_("Kleur van knoppen"),
        house=ACCENT,
        grounds=(colours.INK,),
        least=colours.BRIGHT,
        help_text=_("Voor de knop “Stel een vraag” en kleine accenten. De letters erop zijn donker; kies licht."),
        said=_(
            "Op %(colour)s zijn donkere letters niet goed te lezen: het verschil is %(contrast)s en dat moet minstens "
            "7 zijn. De kleur die er het dichtst bij komt en wel goed te lezen is: %(near)s."
        ),
    )
    responsible = OrganisationField(
        label=_("Verantwoordelijk"),
        required=False,
        help_text=_("De organisatie die namens de werkplaats verantwoordelijk is, ook voor persoonsgegevens."),
    )

    class Meta:
        model = RegionalSite
        fields = (
            "tagline", "does", "logo", "colour", "accent", "reached", "email", "phone", "postal", "visit",
            "responsible",
        )  # fmt: skip
        widgets = {
            "does": forms.Textarea(attrs={"rows": 8}),
            "postal": forms.Textarea(attrs={"rows": 3}),
            "visit": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "tagline": _("Staat onder de naam. Bijvoorbeeld: samen leren in de wijken van Utrecht."),
            "does": _("Wat de werkplaats doet, in gewone woorden. Een lege regel begint een nieuwe alinea."),
            "logo": _(
                "Een afbeelding uit de verzameling van de werkplaats. Zet haar daar eerst neer, onder Afbeeldingen."
            ),
            "reached": _("Een functie of bureau, zoals “het secretariaat”. Noem alleen een persoon die dat zelf wil."),
            "email": _("Liefst een adres van de werkplaats. Het staat voor iedereen op de site."),
            "phone": _("Liefst een nummer van de werkplaats. Het staat voor iedereen op de site."),
        }

    def __init__(self, *args: Any, pictures: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = Q(werkplaats=self.instance.werkplaats_id) | Q(werkplaats=None)
        sections = SectionPage.objects.filter(wanted).values("collection")
        # What it wears now can be kept by who may not see what that is called.
        may = Picture.objects.none() if pictures is None else pictures.filter(collection__in=sections)
        known = dict(may.values_list("pk", "title"))
        logo: Any = self.fields["logo"]
        logo.queryset = Picture.objects.filter(Q(pk__in=list(known)) | Q(pk=self.instance.logo_id))
        logo.label_from_instance = lambda one: known.get(one.pk, _("Het beeldmerk van nu"))
        logo.empty_label = _("Geen: alleen de naam")


class HostForm(RecordForm):
    """The host name of a werkplaats, for who runs the installation."""

    host = PlainField(
        label=_("Eigen hostnaam"),
        required=False,
        max_length=200,
        help_text=_(
            "Bijvoorbeeld werkplaats.regio.nl. Laat de naam eerst naar deze server wijzen; zie de handleiding voor "
            "beheerders. Leeg: geen eigen hostnaam."
        ),
    )

    class Meta:
        model = RegionalSite
        fields = ("host",)

    def clean_host(self) -> str | None:
        """The bare name; never one of the installation itself, nor of another werkplaats."""
        name = hosts.bare(self.cleaned_data["host"])
        if not name:
            return None
        if not hosts.is_host(name):
            said = _("“%(name)s” is geen hostnaam. Schrijf alleen de naam, zoals werkplaats.regio.nl.")
            raise ValidationError(said, params={"name": name[:80]})
        house = [*settings.ALLOWED_HOSTS, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""]
        if hosts.is_of_the_house(name, house):
            said = _("%(name)s is de naam van de landelijke site. Een werkplaats heeft een andere nodig.")
            raise ValidationError(said, params={"name": name})
        other = RegionalSite.objects.exclude(pk=self.instance.pk).filter(host=name).first()
        if other:
            said = _("%(name)s is al van %(other)s.")
            raise ValidationError(said, params={"name": name, "other": str(other)})
        return name
