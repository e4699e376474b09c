"""Clean input about questions."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import OUTCOMES, AskerRole, Mandate, Status, codes, privacy
from werkplaats.core import clock
from werkplaats.core.forms import PlainField
from werkplaats.network.models import Organisation
from werkplaats.places.forms import MunicipalityField
from werkplaats.terms.models import Theme

_ASKERS = [(role.value, role.label) for role in AskerRole if role != AskerRole.UNKNOWN]


class AskForm(forms.Form):
    """A question: four fields, and the form's own secret."""

    text = PlainField(
        label=_("Uw vraag, in uw eigen woorden"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Schrijf hier uw vraag."),
            "min_length": _("Dit is wel erg kort. Schrijf in een of twee zinnen wat u wilt weten."),
            "max_length": _("Uw vraag is te lang: %(show_value)s tekens. Er passen er %(limit_value)s in."),
        },
    )
    asker_role = forms.ChoiceField(
        label=_("U vraagt dit"),
        choices=_ASKERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat het beste bij u past.")},
    )
    municipality = MunicipalityField(
        label=_("Uw gemeente"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "list": "gemeenten"}),
        error_messages={
            "required": _("Vul de gemeente in waar u woont of werkt."),
            "max_length": _("Dat is te lang voor de naam van een gemeente. Typ alleen de naam."),
        },
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Waar gaat het over?"),
        queryset=Theme.objects.top(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Dit thema bestaat niet (meer). Kies opnieuw.")},
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_submission(self) -> str:
        """The secret we gave out; another one when something else came."""
        given: str = self.cleaned_data["submission"]
        return given if codes.is_submission(given) else codes.new_submission()

    def words_hash(self) -> str:
        """Which words these are, to know whether it was these that were looked at again."""
        return hashlib.sha256(str(self.cleaned_data.get("text", "")).encode()).hexdigest()[:16]


class CodeForm(forms.Form):
    """The follow code."""

    code = forms.CharField(
        label=_("Uw volgcode"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("Typ de code die u kreeg toen u de vraag stuurde."),
            "max_length": _("Dat is te lang voor een code. Een code heeft twaalf letters en cijfers."),
        },
    )


class SupportForm(forms.Form):
    """ "Hier ook": which organisation, on whose behalf, why."""

    organisation = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=Organisation.objects.none(),
        to_field_name="uid",
        empty_label=None,
        error_messages={"invalid_choice": _("U kunt dit alleen doen voor uw eigen organisatie.")},
    )
    mandate = forms.ChoiceField(
        label=_("U zegt dit"),
        choices=Mandate,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies namens wie u dit zegt.")},
    )
    reason = PlainField(
        label=_("Hoe speelt deze vraag bij u?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean_reason(self) -> str:
        """It stands on the site at once, so nothing in it may point to a person."""
        reason: str = self.cleaned_data["reason"]
        found = ", ".join(dict.fromkeys(one.words for one in privacy.find(reason)))
        if found:
            message = _(
                "Dit lijkt naar een persoon te wijzen: %(found)s. Uw toelichting komt op de site; laat het weg."
            )
            raise ValidationError(message, params={"found": found})
        return reason


class MaskMixin(forms.Form):
    """Which parts of a question stay hidden: found pieces to tick, other words to type."""

    found = forms.MultipleChoiceField(
        label=_("Gevonden: dit wijst mogelijk naar een persoon"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Andere woorden weglaten"),
        help_text=_("Eén stuk per regel, precies zoals het in de vraag staat."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    region_only = forms.BooleanField(
        label=_("Toon alleen de regio, niet de gemeente en wie het vraagt"),
        help_text=_("Kies dit als gemeente en rol samen naar iemand wijzen."),
        required=False,
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.findings = privacy.find(question.text)
        self.fields["found"].choices = [(str(n), one.words) for n, one in enumerate(self.findings)]
        if not self.is_bound:
            self._show_current()

    def _show_current(self) -> None:
        """Ticked: what is masked now, or on a first look everything that was found."""
        masked = {(mask["start"], mask["end"]) for mask in self.question.masks}
        first = not self.question.is_public
        self.initial["found"] = [
            str(n) for n, one in enumerate(self.findings) if first or (one.start, one.end) in masked
        ]
        found = {(one.start, one.end) for one in self.findings}
        rest = [self.question.text[start:end] for start, end in sorted(masked - found)]
        self.initial["others"] = "\n".join(dict.fromkeys(rest))
        self.initial["region_only"] = self.question.region_only

    def clean_others(self) -> list[tuple[int, int]]:
        """Where the typed words stand; every line must stand in the question."""
        spans = []
        for line in self.cleaned_data["others"].splitlines():
            if words := line.strip():
                places = privacy.spans_of(self.question.text, words)
                if not places:
                    message = _("“%(words)s” staat niet zo in de vraag. Neem het over zoals het er staat.")
                    raise ValidationError(message, params={"words": words[:60]})
                spans += places
        return spans

    def masks(self) -> list[dict[str, Any]]:
        """The mask that was chosen: pieces with start, end and kind, in order."""
        ticked = [self.findings[int(n)] for n in self.cleaned_data["found"]]
        pieces = [{"start": one.start, "end": one.end, "kind": one.kind} for one in ticked]
        pieces += [{"start": start, "end": end, "kind": "woorden"} for start, end in self.cleaned_data["others"]]
        return sorted(pieces, key=lambda piece: (piece["start"], -piece["end"]))


class PublishForm(MaskMixin):
    """What a coordinator decides when a question becomes public."""

    themes = forms.ModelMultipleChoiceField(
        label=_("Thema's"), queryset=Theme.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Bericht aan de vrager"),
        help_text=_("Leest de vrager met de volgcode. Bijvoorbeeld wie ernaar kijkt en wat er nu gebeurt."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due = forms.DateField(
        label=_("Uiterlijk bericht op"),
        help_text=_("De vrager ziet deze datum, en ziet het ook als hij voorbij is."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies de dag waarop de vrager uiterlijk iets hoort.")},
    )

    def clean_due(self) -> date:
        """A promise lies ahead, and not so far that it is none."""
        return _promise(self.cleaned_data["due"])


class InformForm(forms.Form):
    """A word to the asker of a public question, and a new day."""

    message = forms.CharField(
        label=_("Bericht aan de vrager"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf wat de vrager moet weten.")},
    )
    due = forms.DateField(
        label=_("Uiterlijk weer bericht op"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies de dag waarop de vrager uiterlijk iets hoort.")},
    )

    def clean_due(self) -> date:
        """A promise lies ahead, and not so far that it is none."""
        return _promise(self.cleaned_data["due"])


def _promise(due: date) -> date:
    if due < clock.today():
        raise ValidationError(_("Deze datum is al geweest. Kies een dag vanaf vandaag."))
    if (due - clock.today()).days > 366:
        raise ValidationError(_("Deze datum is over meer dan een jaar. Kies een dag die de vrager kan afwachten."))
    return due


class MaskForm(MaskMixin):
    """Another mask over a question that is public already."""


class RefuseForm(forms.Form):
    """Why a question does not become, or no longer is, public."""

    reason = forms.CharField(
        label=_("Waarom staat deze vraag niet (meer) op de site?"),
        help_text=_("Alleen de vrager leest dit. Schrijf vriendelijk, en zeg waar iemand wél terechtkan."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf waarom; de vrager leest dit.")},
    )


class EntriesField(forms.MultipleChoiceField):
    """Entries of the hall by uid. Whether each is there for everyone, says ``flows.answering``."""

    def valid_value(self, value: str) -> bool:
        """What there is to choose from depends on what was searched for."""
        return True

    def clean(self, value: Any) -> list[str]:
        """The uids, in the order they were chosen."""
        return list(dict.fromkeys(one.replace("\0", "") for one in super().clean(value)))


class AnswerForm(forms.Form):
    """What became of a question: which outcome, in words for the asker, and what on the site answers it."""

    status = forms.ChoiceField(
        label=_("Wat is er van de vraag geworden?"),
        choices=[(one.value, one.label) for one in OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er van de vraag is geworden.")},
    )
    text = PlainField(
        label=_("Wat de vrager leest"),
        help_text=_("In gewone woorden: het antwoord, of waarom het er niet is. Staat ook bij de vraag op de site."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Schrijf wat de vrager moet weten.")},
    )
    referred_to = PlainField(
        label=_("Doorverwezen naar"),
        help_text=_("Alleen bij doorverwezen: de organisatie, liefst met telefoonnummer of site. Geen persoon."),
        max_length=200,
        required=False,
    )
    due = forms.DateField(
        label=_("Uiterlijk weer bericht op"),
        help_text=_("Alleen bij in onderzoek: de vrager ziet deze datum."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    entries = EntriesField(label=_("Wat op de site beantwoordt de vraag?"), required=False)
    sure = forms.BooleanField(
        label=_("Ik heb dit nagekeken: het wijst niet naar iemand die hier niet hoort te staan"), required=False
    )

    # Whether it asks to look again.
    doubts = False

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def clean_text(self) -> str:
        """What was left out of the question may not come back in its answer."""
        return self._without_hidden("text")

    def clean_referred_to(self) -> str:
        """The same."""
        return self._without_hidden("referred_to")

    def _without_hidden(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        back = [words for words in self.question.hidden_words() if privacy.spans_of(text, words)]
        if back:
            message = _("Dit is uit de vraag weggelaten en mag ook hier niet staan: %(found)s.")
            raise ValidationError(message, params={"found": ", ".join(back)})
        return text

    def clean_entries(self) -> list[str]:
        """A question is not its own answer."""
        chosen: list[str] = self.cleaned_data["entries"]
        if self.question.uid in chosen:
            raise ValidationError(_("Een vraag is niet haar eigen antwoord. Haal het vinkje weg."))
        return chosen

    def clean_due(self) -> date | None:
        """A promise lies ahead."""
        due: date | None = self.cleaned_data["due"]
        return _promise(due) if due else None

    def clean(self) -> dict[str, Any]:
        """What belongs to one outcome is asked there, and nowhere else."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        status = data.get("status")
        if status == Status.REFERRED and not data.get("referred_to") and "referred_to" not in self.errors:
            self.add_error("referred_to", _("Schrijf naar wie u doorverwijst."))
        if status == Status.RESEARCHED and not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("Kies de dag waarop de vrager uiterlijk iets hoort."))
        if status != Status.ANSWERED and data.get("entries"):
            self.add_error(
                "entries", _("Alleen een antwoord wijst iets aan. Kies “beantwoord”, of haal de vinkjes weg.")
            )
        self._look_again(data)
        return data

    def _look_again(self, data: dict[str, Any]) -> None:
        """Pointed out once: a number of an organisation may stand there, that of a person may not."""
        said = "\n".join(data.get(name, "") for name in ("text", "referred_to"))
        found = ", ".join(dict.fromkeys(one.words for one in privacy.find(said)))
        self.doubts = bool(found)
        if found and not data.get("sure"):
            message = _(
                "Dit lijkt naar een persoon te wijzen: %(found)s. Uw tekst komt op de site. Haal het weg, "
                "of zet hieronder het vinkje als het er mag staan."
            )
            self.add_error("text", ValidationError(message, params={"found": found}))
