"""Clean input at the desk: pages, pictures, documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from werkplaats.core import pictures
from werkplaats.core.forms import PaperField
from werkplaats.news.models import SectionPage
from werkplaats.news.queries import section_of

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
