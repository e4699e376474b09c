"""What people change of versions and their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import MomentField, RecordForm
from werkplaats.library.models import File, PublicationVersion
from werkplaats.library.rules import files


class VersionForm(RecordForm):
    """What is told of a version."""

    when = MomentField(
        label=_("Verschenen"), required=False,
        help_text=_("Zo precies als u het weet: 2013, 2013-09, 2013-09-20 of ~2013. Onbekend? Laat leeg."),
    )  # fmt: skip
    field_order = ("label", "when", "changes")

    class Meta:
        model = PublicationVersion
        fields = ("label", "changes")
        widgets = {"changes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "label": _("Bijvoorbeeld: 2e, herziene druk. Leeg: dan heet zij versie 1, 2 enzovoort."),
            "changes": _("Wat er anders is dan in de vorige versie. Mag leeg blijven bij de eerste."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        if record and record.pk:
            known = dates.typed(record.issued_on, record.issued_precision)
            kwargs["initial"] = {"when": known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Also the day."""
        when = self.cleaned_data["when"]
        return {
            **super().values(),
            "issued_on": when.day if when else None,
            "issued_precision": when.precision if when else Precision.YEAR,
        }


class FileForm(RecordForm):
    """What is told of a file."""

    class Meta:
        model = File
        fields = ("name", "lang", "accessible")
        help_texts = {
            "name": _("Bijvoorbeeld: hele boek, samenvatting, bijlage met de vragenlijst."),
            "accessible": _("Kunnen mensen die met hun oren of met het toetsenbord lezen dit bestand gebruiken?"),
        }


class _CleanFileField(forms.FileField):
    """A file that may be kept; see ``rules.files``."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Emptiness is told in our own words.
        if data is not None and not getattr(data, "size", 0):
            raise ValidationError(_("Dit bestand is leeg. Kijk of het goed bewaard is en probeer het opnieuw."))
        return files.cleaned(super().clean(data, initial))


class NewFileForm(FileForm):
    """A file, and what is told of it."""

    upload = _CleanFileField(
        label=_("Bestand"),
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument of EPUB (25 MB; presentaties en EPUB 50 MB), JPEG, PNG of WebP "
            "(15 MB), MP3 of MP4 (100 MB). Kijk of er geen namen in staan die er niet in horen, ook niet in de "
            "eigenschappen van het bestand."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in [*files.KINDS, "jpeg", "gif"])}),
        error_messages={"required": _("Kies een bestand.")},
    )
    field_order = ("upload", "name", "lang", "accessible")
