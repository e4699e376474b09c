"""Clean input about themes, ways of working, words that mean the same, and words explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core.forms import LinesField, PlainField, RecordForm
from werkplaats.terms.models import Approach, Concept, SynonymGroup, Theme
from werkplaats.terms.rules import LONGEST, MOST, MOST_TELLING, Fault, Read, Wrong, clean_words

_SAID = {
    Fault.SHORT: _("Regel %(line)d: “%(text)s” is te kort. Schrijf een woord van minstens twee letters."),
    Fault.LONG: _("Regel %(line)d is te lang: %(length)d tekens. Er passen er %(longest)d op een regel; kort hem in."),
    Fault.SEVERAL: _("Regel %(line)d: “%(text)s” bevat “%(sign)s”. Zet elk woord op een eigen regel."),
    Fault.SIGN: _(
        "Regel %(line)d: “%(text)s” bevat “%(sign)s”. Gebruik alleen letters, cijfers, spaties, streepjes en apostrofs."
    ),
    Fault.TWICE: _("Regel %(line)d: “%(text)s” staat er al. Haal deze regel weg."),
    Fault.SILENT: _(
        "Regel %(line)d: “%(text)s” bestaat uit woorden die zoeken overslaat. Neem een woord dat zegt waar het om gaat."
    ),
    Fault.WORDY: _(
        "Regel %(line)d: “%(text)s” is te lang om zo te zoeken. Houd de %(telling)d woorden over die het meeste zeggen."
    ),
    Fault.FEW: _("Schrijf minstens twee woorden, elk op een eigen regel."),
    Fault.MANY: _("Dit zijn %(text)s woorden. Een groep heeft er hooguit %(most)d; haal weg wat het minst past."),
    Fault.ALIKE: _("Zoeken ziet deze woorden al als hetzelfde woord. Voeg een woord toe dat echt anders is."),
}


class SynonymForm(forms.Form):
    """A group of words that mean the same: one on each line, and why they do.

    ``read``: what search makes of a word; ``group``: the one that is changed, None for a new one.
    """

    words = PlainField(
        label=_("Woorden die hetzelfde betekenen"),
        help_text=_("Eén woord of uitdrukking per regel. Zet het gewoonste woord bovenaan."),
        max_length=2000,
        # Lines are counted as they were typed, empty ones too.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        error_messages={
            "required": _SAID[Fault.FEW],
            "max_length": _("Dit is te lang: %(show_value)d tekens. Een groep heeft hooguit twaalf woorden."),
        },
    )
    note = PlainField(
        label=_("Opmerking"),
        help_text=_("Waarom horen deze woorden bij elkaar? Alleen in het beheer te lezen. Mag leeg blijven."),
        max_length=200,
        required=False,
        error_messages={
            "max_length": _("Uw opmerking is te lang: %(show_value)d tekens. Er passen er %(limit_value)d in.")
        },
    )

    def __init__(self, *args: Any, read: Read, group: SynonymGroup | None = None, **kwargs: Any) -> None:
        if group:
            kwargs["initial"] = {"words": "\n".join(group.words), "note": group.note}
        super().__init__(*args, **kwargs)
        self.read, self.group = read, group

    def clean_words(self) -> list[str]:
        """The words, when nothing is wrong with any; otherwise all that is."""
        words, wrong = clean_words(self.cleaned_data["words"].splitlines(), read=self.read)
        if wrong:
            raise ValidationError([_told(one) for one in wrong])
        others = SynonymGroup.objects.exclude(pk=self.group.pk) if self.group else SynonymGroup.objects.all()
        same = others.same_as(words)
        if same and same.is_used:
            raise ValidationError(_("Precies deze groep is er al. U hoeft niets te doen."))
        if same:
            raise ValidationError(_("Precies deze groep is er al, maar staat buiten gebruik. Zet die weer in gebruik."))
        return words


def _told(wrong: Wrong) -> ValidationError:
    shown = wrong.text if len(wrong.text) <= LONGEST else f"{wrong.text[:LONGEST]}…"
    params = {
        "line": wrong.line, "text": shown, "sign": wrong.sign, "length": len(wrong.text),
        "longest": LONGEST, "most": MOST, "telling": MOST_TELLING,
    }  # fmt: skip
    return ValidationError(_SAID[wrong.fault], params=params)


class ThemeForm(RecordForm):
    """A theme, where it stands in the tree, and by which words people mean it."""

    synonyms = LinesField(
        label=_("Andere woorden"), longest=80, help_text=_("Hoe bewoners het noemen. Elk op een eigen regel.")
    )

    class Meta:
        model = Theme
        fields = ("name", "parent", "description", "synonyms", "is_national")
        help_texts = {"parent": _("Laat leeg voor een thema van het eerste niveau.")}
        error_messages = {"name": {"unique": _("Er is al een thema met deze naam.")}}

    def clean_parent(self) -> Theme | None:
        """The tree has two levels, and nothing falls under itself."""
        parent: Theme | None = self.cleaned_data["parent"]
        if parent is None:
            return None
        if parent.pk == self.instance.pk or parent.parent_id:
            raise ValidationError(_("Kies een thema van het eerste niveau, of laat dit leeg."))
        if self.instance.pk and self.instance.children.exists():
            raise ValidationError(_("Onder dit thema vallen andere thema's; het kan er zelf niet onder een vallen."))
        return parent


class ApproachForm(RecordForm):
    """A way of working, what it is, and by which words people mean it."""

    synonyms = LinesField(
        label=_("Andere woorden"), longest=120, help_text=_("Hoe mensen het ook noemen. Elk op een eigen regel.")
    )

    class Meta:
        model = Approach
        fields = ("name", "description", "synonyms", "themes", "source", "basis")
        widgets = {"themes": forms.CheckboxSelectMultiple, "description": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"description": _("In gewone woorden: waar draait het om, en wat doet iemand die zo werkt?")}
        error_messages = {"name": {"unique": _("Er is al een aanpak met deze naam.")}}


_PLACE = re.compile(r"(/\S*)\s+(\S.*)")


class PlacesField(LinesField):
    """Where a word lives on the site: on each line an address of the site, a space, and what the link says."""

    def prepare_value(self, value: Any) -> Any:
        """Records become lines."""
        if isinstance(value, list):
            value = [f"{one['path']} {one['label']}" if isinstance(one, dict) else one for one in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """The addresses with their words; names the first line that is not so."""
        found = []
        for line in super().clean(value):
            parts = _PLACE.fullmatch(line)
            if not parts:
                said = _("De regel “%(line)s” begint niet met een adres van de site. Schrijf: /vragen/ Alle vragen")
                raise ValidationError(said, params={"line": line[:60]})
            found.append({"path": parts[1], "label": parts[2]})
        return found


class ConceptForm(RecordForm):
    """A word of the network, explained. ``exists``: whether an address of the site leads somewhere."""

    other_words = LinesField(
        label=_("Andere woorden"),
        longest=80,
        help_text=_("Afkortingen, oudere namen, andere schrijfwijzen. Elk op een eigen regel."),
    )
    places = PlacesField(
        label=_("Waar op de site"),
        longest=200,
        help_text=_("Elk op een eigen regel: een adres van deze site, een spatie, en wat er op de link staat."),
    )

    class Meta:
        model = Concept
        fields = (
            "term", "other_words", "meaning", "more", "origin", "see_also", "themes", "places", "english",
            "english_meaning", "source", "basis", "is_used",
        )  # fmt: skip
        widgets = {
            "meaning": forms.Textarea(attrs={"rows": 3}),
            "more": forms.Textarea(attrs={"rows": 8}),
            "origin": forms.Textarea(attrs={"rows": 3}),
            "english_meaning": forms.Textarea(attrs={"rows": 3}),
            "see_also": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "meaning": _("In twee of drie korte zinnen, zoals u het aan de keukentafel uitlegt. Staat ook bij zoeken."),
            "more": _("Waarom het ertoe doet, met een voorbeeld. Een lege regel begint een nieuwe alinea."),
            "is_used": _("Haal het vinkje weg als het begrip van de site kan. Het adres zegt dan dat het weg is."),
        }
        error_messages = {"term": {"unique": _("Dit begrip is er al.")}}

    def __init__(self, *args: Any, exists: Callable[[str], bool] = bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exists = exists
        others = Concept.objects.exclude(pk=self.instance.pk) if self.instance.pk else Concept.objects.all()
        self.fields["see_also"].queryset = others

    def clean_places(self) -> list[dict[str, str]]:
        """What leads nowhere is told, so that no link of ours is dead; what stood there may wait for its page."""
        given: list[dict[str, str]] = self.cleaned_data["places"]
        stood = {one["path"] for one in self.instance.places}
        for one in given:
            if one["path"] not in stood and not self.exists(one["path"]):
                said = _(
                    "Het adres %(path)s bestaat niet op deze site. Kopieer het uit de adresbalk, vanaf de eerste /."
                )
                raise ValidationError(said, params={"path": one["path"][:80]})
        return given
