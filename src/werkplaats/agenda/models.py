"""Questions from practice, what became of them, and who has the same one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.agenda.queries import AnswerQuerySet, FoundAnswerQuerySet, QuestionQuerySet
from werkplaats.agenda.rules import OUTCOMES, PUBLIC, AnswerEnd, AskerRole, FoundAs, Mandate, Status
from werkplaats.core.models import Dated, DatedQuerySet, Sourced
from werkplaats.core.uid import UidField
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.models import Account, Role
from werkplaats.people.rules import RoleKind, Scope
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme

MASKS = {
    "naam": _("[naam weggelaten]"),
    "telefoon": _("[telefoonnummer weggelaten]"),
    "mail": _("[e-mailadres weggelaten]"),
    "adres": _("[adres weggelaten]"),
    "nummer": _("[nummer weggelaten]"),
    "woorden": _("[woorden weggelaten]"),
}


class Question(Sourced):
    """A question in the asker's own words. The words are never changed; a mask lies over them."""

    uid = UidField(kind="vraag")
    text = models.TextField(_("vraag"), max_length=2000)
    lang = models.CharField(_("taal"), max_length=5, default="nl")
    asker_role = models.CharField(_("wie vraagt"), max_length=14, choices=AskerRole, default=AskerRole.UNKNOWN)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("gemeente")
    )
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("werkplaats")
    )
    themes = models.ManyToManyField(Theme, related_name="questions", blank=True, verbose_name=_("thema's"))
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING, db_index=True)
    owner = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="questions", verbose_name=_("behandelaar")
    )
    region_only = models.BooleanField(_("toon alleen de regio, niet de gemeente en wie het vraagt"), default=False)
    due = models.DateField(_("uiterlijk bericht op"), null=True, blank=True)
    masks: models.JSONField[Any, Any] = models.JSONField(_("weggelaten stukken"), default=list, blank=True)
    code_hash = models.CharField(_("volgcode, onherleidbaar"), max_length=64, unique=True, null=True, editable=False)
    submission = models.CharField(_("formulier"), max_length=64, unique=True, null=True, editable=False)
    received_at = models.DateTimeField(_("ontvangen op"), null=True)
    published_at = models.DateTimeField(_("openbaar sinds"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versie"), default=1)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.public_text[:120] or self.uid

    def get_absolute_url(self) -> str:
        """Its public page."""
        return f"/vragen/{self.uid}/"

    def has_coordinator(self) -> bool:
        """Whether the werkplaats it went to has someone today who reads it."""
        if self.werkplaats is None:
            return False
        readers = Role.objects.current().of_kind(RoleKind.COORDINATOR).about(Scope.WERKPLAATS, self.werkplaats.uid)
        return readers.filter(account__is_active=True).exists()

    @property
    def is_public(self) -> bool:
        """Whether it was moderated and not withdrawn."""
        return self.status in PUBLIC

    def hidden_words(self) -> list[str]:
        """What lies under the mask, each piece once."""
        return list(dict.fromkeys(self.text[mask["start"] : mask["end"]] for mask in self.masks))

    @property
    def public_text(self) -> str:
        """The words with the mask over them: what anyone but the desk and the asker sees."""
        shown, place = [], 0
        for mask in sorted(self.masks, key=lambda mask: mask["start"]):
            # Of masks that overlap the first says what was left out; together they hide all they cover.
            if mask["start"] >= place:
                shown += [self.text[place : mask["start"]], str(MASKS[mask["kind"]])]
            place = max(place, mask["end"])
        return "".join([*shown, self.text[place:]])


class StatusChange(models.Model):
    """A step in the life of a question, with the words the asker reads."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="changes", verbose_name=_("vraag"))
    status = models.CharField(_("status"), max_length=16, choices=Status)
    at = models.DateTimeField(_("wanneer"))
    message = models.TextField(_("bericht"), blank=True)
    actor = models.CharField(_("door"), max_length=60)

    class Meta:
        verbose_name = _("statuswijziging")
        verbose_name_plural = _("statuswijzigingen")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.at:%Y-%m-%d}"


class Answer(models.Model):
    """What became of a question: the words that the asker and the site read. An earlier one stays, ended."""

    uid = UidField(kind="antwoord")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("vraag"))
    status = models.CharField(_("uitkomst"), max_length=16, choices=[(one.value, one.label) for one in OUTCOMES])
    text = models.TextField(_("wat de vrager leest"), max_length=4000)
    referred_to = models.CharField(_("doorverwezen naar"), max_length=200, blank=True)
    at = models.DateTimeField(_("wanneer"))
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="answers", verbose_name=_("door"))
    # What taking it back leads to: the one before it, or how the question stood.
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="replaced_by", verbose_name=_("in plaats van")
    )
    status_before = models.CharField(_("status ervoor"), max_length=16, choices=Status)
    due_before = models.DateField(_("beloofde dag ervoor"), null=True)
    ended_at = models.DateTimeField(_("geldt niet meer sinds"), null=True)
    ended_as = models.CharField(_("waarom niet meer"), max_length=12, choices=AnswerEnd, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(ended_at=None), name="one_answer_counts_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.at:%Y-%m-%d}"


class AnsweringEntry(models.Model):
    """An entry of the hall that an answer points at."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="entries", verbose_name=_("antwoord"))
    entry = models.CharField(_("vermelding"), max_length=44, db_index=True)

    class Meta:
        verbose_name = _("vermelding bij een antwoord")
        verbose_name_plural = _("vermeldingen bij antwoorden")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "entry"], name="one_row_an_answering_entry")]

    def __str__(self) -> str:
        return self.entry


class Support(Dated):
    """ "Hier ook": an organisation that has the same question."""

    uid = UidField(kind="hierook")
    question = models.ForeignKey(Question, models.PROTECT, related_name="supports", verbose_name=_("vraag"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="supports", verbose_name=_("organisatie")
    )
    mandate = models.CharField(_("namens wie"), max_length=12, choices=Mandate)
    reason = models.TextField(_("toelichting"), max_length=500, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="supports", verbose_name=_("door"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("hier ook")
        verbose_name_plural = _("hier ook")
        ordering = ["valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=models.Q(valid_to=None),
                name="one_support_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.question_id}"


class FoundAnswer(models.Model):
    """Someone who wanted to ask found it in what was there already. Counted; nothing of what was typed."""

    entry = models.CharField(_("vermelding"), max_length=44, db_index=True)
    # As what it was pointed at then: a question may be answered later.
    found_as = models.CharField(_("gevonden als"), max_length=12, choices=FoundAs, default=FoundAs.ANSWER)
    # A hash of a random cookie, so that it counts once and can be undone; wiped when undoing is over.
    browser = models.CharField(_("browser"), max_length=64, blank=True)
    day = models.DateField(_("dag"))

    objects = FoundAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("gevonden antwoord")
        verbose_name_plural = _("gevonden antwoorden")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "browser"], condition=~models.Q(browser=""), name="one_found_answer_a_browser"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.day:%Y-%m-%d}"
