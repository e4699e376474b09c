"""What a page is made of. Few kinds, so that every page looks as the site does."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class PictureBlock(StructBlock):
    """A picture, with words for who does not see it."""

    picture = ImageChooserBlock(label=_("Afbeelding"))
    alt = CharBlock(
        label=_("Wat is er te zien?"),
        required=False,
        max_length=200,
        help_text=_("Voor wie de afbeelding niet ziet. Schrijf in één zin wat ertoe doet."),
    )
    decorative = BooleanBlock(
        label=_("Alleen ter versiering"),
        required=False,
        help_text=_("De afbeelding zegt niets dat niet ook in de tekst staat. Dan is er geen beschrijving nodig."),
    )
    caption = CharBlock(label=_("Bijschrift"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Afbeelding")
        template = "site/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        """With a description, or said to need none; never both."""
        cleaned = super().clean(value)
        if bool(cleaned["alt"].strip()) == bool(cleaned["decorative"]):
            message = _("Beschrijf wat er te zien is, of zeg dat de afbeelding alleen ter versiering is.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned


class QuoteBlock(StructBlock):
    """Someone's words."""

    text = TextBlock(label=_("Citaat"), max_length=600)
    by = CharBlock(label=_("Van wie"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Citaat")
        template = "site/blocks/quote.html"


class Body(StreamBlock):
    """The text of a page, piece by piece."""

    text = RichTextBlock(label=_("Tekst"), features=FEATURES, template="site/blocks/text.html", icon="pilcrow")
    heading = CharBlock(label=_("Kop"), max_length=120, template="site/blocks/heading.html", icon="title")
    picture = PictureBlock()
    document = DocumentChooserBlock(label=_("Document"), template="site/blocks/document.html")
    quote = QuoteBlock()

    class Meta:
        max_num = 60
