"""What happens to a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t

from werkplaats.agenda.models import Answer, AnsweringEntry, FoundAnswer, Question, StatusChange, Support
from werkplaats.agenda.rules import OUTCOMES, AnswerEnd, AskerRole, Status, can_withdraw, codes, found_as, privacy
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock, drafts, logbook
from werkplaats.core.action import action
from werkplaats.core.actors import ANYONE, Actor
from werkplaats.core.dates import Precision
from werkplaats.core.versions import locked
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.network.queries import werkplaats_for
from werkplaats.people.models import Account
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme


class AlreadyReceived(Exception):
    """This very form came before; ``question`` is what it became."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.uid)
        self.question = question


@dataclass(frozen=True)
class Received:
    """A question that is safe with us, and the code to follow it, which is told only now."""

    question: Question
    code: str


def _change(question: Question, status: str, message: str, by: Actor) -> None:
    question.status = status
    StatusChange.objects.create(question=question, status=status, at=clock.now(), message=message, actor=by.uid)


def _standing(question: Question) -> dict[str, Any]:
    """What the logbook keeps of a question: never its words, nor anything that tells who asked."""
    return {
        "status": question.status,
        "owner": question.owner.uid if question.owner else None,
        "due": question.due,
        "region_only": question.region_only,
        "masks": len(question.masks),
    }


def _log(
    done: str, question: Question, before: dict[str, Any], by: Actor, hidden: Iterable[str] = (), **more: Any
) -> None:
    """One line, with the names of the ``hidden`` fields that changed too."""
    detail: dict[str, Any] = {**logbook.changed(before, _standing(question)), **more}
    if fields := list(hidden):
        detail["fields"] = fields
    logbook.write(f"agenda.question.{done}", question.uid, by=by, detail=detail)


def _must_be_public(question: Question) -> None:
    if not question.is_public:
        raise ValidationError(_t("Deze vraag is niet openbaar."))


def receive_question(
    *,
    text: str,
    asker_role: str,
    municipality: Municipality,
    themes: Iterable[Theme],
    submission: str,
    lang: str = "nl",
    by: Actor,
) -> Received:
    """Take in a question, not public yet, for the werkplaats that serves the municipality.

    ``submission`` is the secret of the form; raises AlreadyReceived when that form came before.
    """
    known = {"submission": codes.submission_hash(submission)}
    try:
        return _receive(text, asker_role, municipality, themes, submission, lang, by)
    except IntegrityError:
        earlier = Question.objects.filter(**known).first()
        if earlier is None:
            raise
        raise AlreadyReceived(earlier) from None


@action
def _receive(
    text: str,
    asker_role: str,
    municipality: Municipality,
    themes: Iterable[Theme],
    submission: str,
    lang: str,
    by: Actor,
) -> Received:
    code = codes.code_for(submission)
    question = Question(
        text=text,
        lang=lang,
        asker_role=asker_role,
        municipality=municipality,
        werkplaats=werkplaats_for(municipality, Werkplaats.objects.all()),
        code_hash=codes.code_hash(code),
        submission=codes.submission_hash(submission),
        received_at=clock.now(),
    )
    with transaction.atomic():
        question.save(force_insert=True)
    question.themes.set(themes)
    _change(question, Status.WAITING, "", by)
    went_to = question.werkplaats.uid if question.werkplaats else None
    detail = logbook.changed({}, {"status": question.status, "werkplaats": went_to})
    logbook.write("agenda.question.received", question.uid, by=by, detail=detail)
    return Received(question, code)


@action
def publish_question(
    *,
    question: Question,
    version: int,
    masks: list[dict[str, Any]],
    themes: Iterable[Theme],
    message: str,
    due: date,
    region_only: bool = False,
    by: Account,
) -> Question:
    """Make a waiting question public in its masked copy; whoever does so becomes its owner.

    Raises Conflict when it was changed since ``version``, ValidationError when it no longer waits.
    """
    fresh = locked(question, version)
    if fresh.status != Status.WAITING:
        raise ValidationError(_t("Deze vraag wacht niet meer op beoordeling."))
    before, chosen = _standing(fresh), list(themes)
    hidden = {"themes": set(fresh.themes.all()) != set(chosen), "message": bool(message)}
    fresh.masks, fresh.owner, fresh.due, fresh.published_at = masks, by, due, clock.now()
    fresh.region_only = region_only
    _change(fresh, Status.IN_TREATMENT, message, by)
    fresh.save()
    fresh.themes.set(chosen)
    _log("published", fresh, before, by, [name for name, is_new in hidden.items() if is_new])
    return fresh


@action
def mask_question(
    *, question: Question, version: int, masks: list[dict[str, Any]], region_only: bool = False, by: Account
) -> Question:
    """Lay another mask over a public question. Raises Conflict or ValidationError."""
    fresh = locked(question, version)
    _must_be_public(fresh)
    before, hidden = _standing(fresh), ["masks"] if fresh.masks != masks else []
    fresh.masks, fresh.region_only = masks, region_only
    answer = fresh.answers.current().first()
    if answer and any(
        privacy.spans_of(f"{answer.text}\n{answer.referred_to}", words) for words in fresh.hidden_words()
    ):
        raise ValidationError(_t("Deze woorden staan ook in het antwoord. Pas eerst het antwoord aan."))
    fresh.save()
    _log("masked", fresh, before, by, hidden)
    return fresh


@action
def refuse_question(*, question: Question, version: int, reason: str, by: Account) -> Question:
    """Not public, or no longer: with a reason only the asker reads. Raises Conflict or ValidationError."""
    fresh = locked(question, version)
    if fresh.status != Status.WAITING and not fresh.is_public:
        raise ValidationError(_t("Deze vraag wacht niet meer op beoordeling."))
    if not reason.strip():
        raise ValidationError(_t("Schrijf waarom; de vrager leest dit."))
    before = _standing(fresh)
    fresh.owner = by
    _change(fresh, Status.REFUSED, reason, by)
    fresh.save()
    _log("refused", fresh, before, by, ["message"])
    return fresh


@action
def inform_asker(*, question: Question, version: int, message: str, due: date, by: Account) -> Question:
    """Tell the asker of a public question something, and by when there is more. Raises Conflict or ValidationError."""
    fresh = locked(question, version)
    _must_be_public(fresh)
    before = _standing(fresh)
    fresh.due = due
    _change(fresh, fresh.status, message, by)
    fresh.save()
    _log("asker_informed", fresh, before, by, ["message"])
    return fresh


@action
def give_answer(
    *,
    question: Question,
    version: int,
    status: str,
    text: str,
    referred_to: str = "",
    entries: Iterable[str] = (),
    due: date | None = None,
    by: Account,
) -> Answer:
    """Say what became of a public question (one of OUTCOMES), or say it better; what was said before stays, ended.

    ``entries``: uids in the hall that answer it. Raises Conflict or ValidationError.
    """
    fresh = locked(question, version)
    _must_be_public(fresh)
    if status not in OUTCOMES or not text.strip():
        raise ValidationError(_t("Kies wat er van de vraag werd, en schrijf het op; de vrager leest dit."))
    before, earlier = _standing(fresh), fresh.answers.current().first()
    better = earlier is not None and earlier.status == status
    if earlier:
        _end_answer(earlier, AnswerEnd.CORRECTED if better else AnswerEnd.FOLLOWED)
    answer: Answer = Answer.objects.create(
        question=fresh, status=status, text=text, referred_to=referred_to, at=clock.now(), account=by,
        replaces=earlier, status_before=fresh.status, due_before=fresh.due,
    )  # fmt: skip
    chosen = list(dict.fromkeys(entries))
    for entry in chosen:
        AnsweringEntry.objects.create(answer=answer, entry=entry)
    fresh.owner, fresh.due = by, due
    _change(fresh, status, _t("De tekst is verbeterd.") if better else "", by)
    fresh.save()
    _log("corrected" if better else "answered", fresh, before, by, ["answer"], entries=chosen)
    return answer


@action
def take_back_answer(*, question: Question, version: int, by: Account) -> Question:
    """What was said last was not right: what was said before it counts again, or the question stands as it did.

    Raises Conflict or ValidationError.
    """
    fresh = locked(question, version)
    _must_be_public(fresh)
    answer = fresh.answers.current().first()
    if answer is None:
        raise ValidationError(_t("Er is geen antwoord om terug te nemen."))
    before = _standing(fresh)
    _end_answer(answer, AnswerEnd.UNDONE)
    if answer.replaces:
        answer.replaces.ended_at, answer.replaces.ended_as = None, ""
        answer.replaces.save()
    fresh.due = answer.due_before
    _change(fresh, answer.status_before, _t("Wat hier stond, is teruggenomen."), by)
    fresh.save()
    _log("answer_taken_back", fresh, before, by, ["answer"])
    return fresh


def _end_answer(answer: Answer, why: str) -> None:
    answer.ended_at, answer.ended_as = clock.now(), why
    answer.save()


@action
def withdraw_question(*, question: Question, by: Actor) -> Question:
    """The asker takes the question back: the words go, a tombstone with date and region stays.

    Withdrawing twice changes nothing.
    """
    fresh = Question.objects.select_for_update().get(pk=question.pk)
    if not can_withdraw(fresh):
        return fresh
    before = _standing(fresh)
    fresh.version += 1
    drafts.forget(about=f"vragen:{fresh.uid}:")
    drafts.forget_words(uid=fresh.uid, words=fresh.text)
    fresh.text, fresh.masks, fresh.due, fresh.municipality = "", [], None, None
    fresh.asker_role = AskerRole.UNKNOWN
    # Messages may repeat the asker's words.
    fresh.changes.update(message="")
    for answer in fresh.answers.current():
        _end_answer(answer, AnswerEnd.WITHDRAWN)
    fresh.answers.update(text="", referred_to="")
    _change(fresh, Status.WITHDRAWN, "", by)
    fresh.save()
    fresh.themes.clear()
    for support in fresh.supports.current():
        end_support(support=support, by=by)
    _log("withdrawn", fresh, before, by, ["text", "asker_role", "municipality", "themes", "messages"])
    return fresh


@action
def support_question(
    *, question: Question, organisation: Organisation, mandate: str, reason: str, by: Account
) -> Support:
    """An organisation says "hier ook". Saying it again renews mandate and reason."""
    # Of two who press at once the second waits here, and then renews what the first gave.
    question = Question.objects.select_for_update().get(pk=question.pk)
    _must_be_public(question)
    support = question.supports.filter(organisation=organisation, valid_to=None).first()
    before = {"organisation": organisation.uid, "mandate": support.mandate} if support else {}
    support = support or Support(question=question, organisation=organisation, valid_from=clock.today())
    hidden = {"fields": ["reason"]} if support.reason != reason else {}
    support.mandate, support.reason, support.account = mandate, reason, by
    support.save()
    detail = logbook.changed(before, {"organisation": organisation.uid, "mandate": mandate})
    logbook.write("agenda.support.given", support.uid, by=by, detail={"question": question.uid, **detail, **hidden})
    return support


@action
def end_support(*, support: Support, by: Actor) -> None:
    """An organisation no longer says "hier ook"; on its first day it is as if it never did."""
    before = {"valid_to": support.valid_to}
    support.valid_to, support.valid_to_precision = max(clock.today(), support.valid_from), Precision.DAY
    support.save()
    detail = logbook.changed(before, {"valid_to": support.valid_to})
    logbook.write("agenda.support.ended", support.uid, by=by, detail=detail)


@action
def note_answer(*, entry: str, browser: str, by: Actor) -> bool:
    """Someone's answer, or question, was there already: count it once for each browser (a hash). Whether it is new.

    Raises ValidationError when the entry (its uid) is not public. Nothing is kept of what was typed.
    """
    row = Entry.objects.visible_to(ANYONE).filter(uid=entry).first()
    if row is None:
        raise ValidationError(_t("Dit staat niet meer op de site."))
    FoundAnswer.objects.beyond_undoing().update(browser="")
    now = {"found_as": found_as(row.kind, row.facets.get("status", []))}
    _answer, new = FoundAnswer.objects.update_or_create(
        entry=entry, browser=browser, defaults=now, create_defaults={**now, "day": clock.today()}
    )
    if new:
        logbook.write("agenda.answer.found", entry, by=by)
    return new


@action
def undo_answer(*, entry: str, browser: str, by: Actor) -> bool:
    """It was not the answer after all; possible for as long as ``UNDO_DAYS``. Whether there was one to undo."""
    undone, _rows = FoundAnswer.objects.of_browser(browser).filter(entry=entry).delete()
    if undone:
        logbook.write("agenda.answer.undone", entry, by=by)
    return undone > 0
