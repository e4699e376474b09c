"""What people change of versions and their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import dates
from werkplaats.core.dates import Precision
from werkplaats.core.forms import DayField, MomentField, RecordForm
from werkplaats.core.models import Visibility
from werkplaats.library.models import File, Publication, PublicationVersion
from werkplaats.library.rules import files, wider_than


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


class WiderForm(forms.Form):
    """Who may have a publication that is on the site, when that becomes more people."""

    visibility = forms.ChoiceField(label=_("Zichtbaar voor"))
    embargo_until = DayField(label=_("Bestanden pas vanaf"), required=False, help_text=_("Leeg: meteen."))

    def __init__(self, *args: Any, record: Publication, **kwargs: Any) -> None:
        now = {"visibility": record.visibility, "embargo_until": record.embargo_until}
        super().__init__(*args, initial=now, auto_id="ruimer_%s", **kwargs)
        offered = [Visibility(record.visibility), *wider_than(record.visibility)]
        field: Any = self.fields["visibility"]
        field.choices = [(one.value, one.label) for one in offered]
        if not record.under_embargo:
            del self.fields["embargo_until"]

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return {"embargo_until": None, **self.cleaned_data}


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
            "Hoe groot het mag zijn: PDF, Word, Excel en OpenDocument hoogstens 25 MB; presentaties en EPUB 50 MB; "
            "JPEG, PNG en WebP 15 MB; MP3 en MP4 100 MB. Andere soorten nemen we niet aan. Kijk of er geen namen "
            "in staan die er niet in horen, ook niet in de eigenschappen van het bestand."
        ),
        widget=forms.FileInput(
            attrs={
                "accept": ",".join(f".{one}" for one in [*files.KINDS, "jpeg", "gif"]),
                "data-most": str(files.MOST_BYTES),
                "data-too-large": _("Dit bestand is groter dan 100 MB. Maak het kleiner voordat u het verstuurt."),
            }
        ),
        error_messages={"required": _("Kies een bestand.")},
    )
    field_order = ("upload", "name", "lang", "accessible")
