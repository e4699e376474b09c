"""Keeping who takes part where, the steps by which it came to that, and what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment
from werkplaats.network.models import Agreement, Organisation, Partnership, StageChange
from werkplaats.network.rules import REASON_NEEDED, Stage

Values = Mapping[str, Any]
# Of one that exists these follow from its steps.
_STEPPED = frozenset({"stage", "valid_from", "valid_from_precision", "valid_to", "valid_to_precision", "reason"})


@action
def save_partnership(*, partnership: Partnership, values: Values, version: int = 0, by: Actor) -> Partnership:
    """Keep a new partnership or what was changed of one. Raises Conflict.

    A new one begins with the step that ``stage``, ``valid_from`` and ``reason`` tell; of one that exists these are
    left alone: see ``change_stage``. Raises ValidationError when the organisation takes part twice at the same time.
    """
    new, reason = partnership._state.adding, values.get("reason", "")
    kept_out = {"reason"} if new else _STEPPED
    values = {name: value for name, value in values.items() if name not in kept_out}
    if new:
        _check_day(values["valid_from"])
        _check_reason(values["stage"], reason)
        organisation = values.get("organisation") or partnership.organisation
        _hold_organisation(organisation.pk)
        _check_once(partnership, organisation.pk, values["valid_from"], values.get("valid_to"))
    # What a region writes about a partner is that region's; the beheerder reads the whole logbook.
    private = ("seeks", "brings")
    kept = versions.save(partnership, values, version=version, verb="network.partnership", by=by, private=private)
    if new:
        kept.steps.update(actor=by.uid, reason=reason)
    return kept


@action
def change_stage(
    *, partnership: Partnership, stage: str, on: Moment, reason: str = "", version: int, by: Actor
) -> StageChange:
    """Another stage from a day on. Raises Conflict, and ValidationError for what cannot be.

    ``on`` may lie in the past, before steps that are known: history is told as it was. After the end nothing goes on:
    who comes back begins a new partnership, of which the step that is given is the first.
    """
    fresh = _held(partnership, version)
    if _comes_back(fresh, stage, on):
        return _begin_again(fresh, stage, on, reason, by)
    step = StageChange(partnership=fresh, stage=stage, on=on.day, precision=on.precision, reason=reason, actor=by.uid)
    return _keep_step(fresh, step, "stepped", {}, by)


@action
def correct_step(
    *, step: StageChange, stage: str, on: Moment, reason: str = "", version: int, by: Actor
) -> StageChange:
    """A step was written down wrongly. ``version``: of its partnership. Raises Conflict and ValidationError."""
    fresh = _held(step.partnership, version)
    step = fresh.steps.get(pk=step.pk)
    before = {"stage": step.stage, "on": step.on.isoformat(), "reason": step.reason}
    step.partnership, step.stage, step.on, step.precision, step.reason = fresh, stage, on.day, on.precision, reason
    return _keep_step(fresh, step, "step_corrected", before, by)


@action
def remove_step(*, step: StageChange, version: int, by: Actor) -> Partnership:
    """A step that never was. Raises Conflict, and ValidationError for the only one."""
    fresh = _held(step.partnership, version)
    if fresh.steps.count() < 2:
        raise ValidationError(_t("Dit is de enige stap van deze samenwerking. Verbeter hem, of beëindig haar."))
    before = {"stage": step.stage, "on": step.on.isoformat()}
    fresh.steps.filter(pk=step.pk).delete()
    _settle(fresh)
    logbook.write("network.partnership.step_removed", fresh.uid, by=by, detail={"before": before, "after": {}})
    return fresh


@action
def look_over(*, partnership: Partnership, version: int, by: Actor) -> Partnership:
    """The yearly look: what stands here is still so. Raises Conflict."""
    values = {"looked_at": clock.today()}
    return versions.save(partnership, values, version=version, verb="network.partnership", by=by)


@action
def save_agreement(*, agreement: Agreement, values: Values, version: int = 0, by: Actor) -> Agreement:
    """Keep a new agreement or what was changed of one. Raises Conflict."""
    private = ("notice", "note", "file")
    return versions.save(agreement, values, version=version, verb="network.agreement", by=by, private=private)


def _hold_organisation(key: int) -> None:
    """Until the transaction ends nobody else says where this organisation takes part.

    Before the partnership itself, always: who holds two in another order waits for ever. Raises ValidationError when
    it is there no longer.
    """
    # Its key stays as it is, so what points at it may be written meanwhile. SQLite has one writer at a time.
    if Organisation.objects.select_for_update(no_key=True).filter(pk=key).first() is None:
        raise ValidationError(_t("Deze organisatie is er niet meer; zij ging op in een andere. Kies haar opnieuw."))


def _held(partnership: Partnership, version: int) -> Partnership:
    """As it is now, held together with all in which the organisation takes part. Raises Conflict."""
    _hold_organisation(partnership.organisation_id)
    return versions.locked(partnership, version)


def _comes_back(partnership: Partnership, stage: str, on: Moment) -> bool:
    """Whether this is a step after the end. Raises ValidationError when one cannot tell."""
    last = partnership.steps.last()
    if last is None or last.stage != Stage.ENDED or stage == Stage.ENDED or on.day < last.on:
        return False
    if partnership.valid_to and on.day < partnership.valid_to:
        words = {"end": last.when}
        message = _t(
            "Ligt dit voor of na het einde (%(end)s)? Verbeter die stap eerst: schrijf het einde preciezer op."
        )
        raise ValidationError({"on": message % words})
    return True


def _begin_again(partnership: Partnership, stage: str, on: Moment, reason: str, by: Actor) -> StageChange:
    """Another partnership of the same two. What they seek and bring now is to be asked anew."""
    again = Partnership(werkplaats=partnership.werkplaats, organisation=partnership.organisation)
    values = {
        "stage": stage, "role": partnership.role, "reason": reason,
        "valid_from": on.day, "valid_from_precision": on.precision,
    }  # fmt: skip
    try:
        kept = save_partnership(partnership=again, values=values, by=by)
    except ValidationError as error:
        raise _about_step(error) from None
    step: StageChange = kept.steps.get()
    return step


def _about_step(error: ValidationError) -> ValidationError:
    """What is wrong with the period is told at the day of the step."""
    return error if hasattr(error, "error_dict") else ValidationError({"on": error.messages})


def _keep_step(
    partnership: Partnership, step: StageChange, done: str, before: dict[str, Any], by: Actor
) -> StageChange:
    """Check and keep a step, and let its partnership follow. Of the reason the logbook hears only that it changed."""
    _check_day(step.on)
    _check_reason(step.stage, step.reason)
    step.save()
    _check_order(partnership)
    _settle(partnership)
    hidden = ["reason"] if step.reason != before.pop("reason", "") else []
    detail: dict[str, Any] = {"before": before, "after": {"stage": step.stage, "on": step.on.isoformat()}}
    if hidden:
        detail["fields"] = hidden
    logbook.write(f"network.partnership.{done}", partnership.uid, by=by, detail=detail)
    return step


def _settle(partnership: Partnership) -> None:
    """Keep period and stage as the steps tell."""
    partnership.follow_steps()
    _check_once(partnership, partnership.organisation_id, partnership.valid_from, partnership.valid_to)
    partnership.save()


def _check_day(day: date) -> None:
    if day > clock.today():
        message = _t("Deze dag is nog niet geweest. Schrijf een stap op als hij gezet is.")
        raise ValidationError({"on": message})


def _check_reason(stage: str, reason: str) -> None:
    if stage in REASON_NEEDED and not reason.strip():
        words = {"stage": Stage(stage).label}
        message = _t("Schrijf bij “%(stage)s” waarom. Alleen uw werkplaats en het landelijk bureau lezen dit.") % words
        raise ValidationError({"reason": message})


def _check_order(partnership: Partnership) -> None:
    """No two steps after each other into the same stage, and none after the end: that would be one over the gap."""
    steps = list(partnership.steps.all())
    for one, following in pairwise(steps):
        if one.stage == Stage.ENDED != following.stage:
            words = {"end": one.when, "step": str(following)}
            message = _t(
                "Na het einde (%(end)s) staat nog een stap: %(step)s. Haal die eerst weg. Kwam de organisatie later "
                "terug, zet die stap dan opnieuw als het einde er staat: dat wordt een nieuwe samenwerking."
            )
            raise ValidationError({"stage": message % words})
        if one.stage == following.stage:
            words = {"stage": one.get_stage_display(), "first": one.when, "second": following.when}
            message = _t("Zo staan er twee stappen “%(stage)s” na elkaar: %(first)s en %(second)s. Verbeter die stap.")
            raise ValidationError({"stage": message % words})


def _check_once(partnership: Partnership, organisation: int, start: date, end: date | None) -> None:
    """An organisation takes part in a werkplaats once at a time."""
    others = Partnership.objects.filter(werkplaats=partnership.werkplaats, organisation=organisation)
    for other in others.exclude(pk=partnership.pk):
        if other.meets(start, end):
            words = {"period": other.period}
            raise ValidationError(_t("Deze organisatie doet al mee (%(period)s). Wijzig die samenwerking.") % words)
