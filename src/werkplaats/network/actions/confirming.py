"""Asking whether what we know still holds, and what came back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, outbox, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Precision
from werkplaats.network.actions.organisations import save_organisation
from werkplaats.network.models import Check, Function, Organisation
from werkplaats.network.rules import CHECK_DAYS
from werkplaats.people.models import Account, Person
from werkplaats.people.rules import secret_hash


class NotOpen(Exception):
    """The request was answered before, or came too late."""


@dataclass(frozen=True)
class Asked:
    """A request, and the secret of its link, which is told only now."""

    check: Check
    secret: str


@action
def ask_to_check(*, function: Function, by: Account) -> Asked:
    """Ask a contact person to look at what we know; an earlier link no longer works.

    Raises ValidationError for who has no address, or no longer works there.
    """
    if not function.person.email:
        raise ValidationError(_t("Van deze persoon kennen wij geen e-mailadres. Vul het eerst in."))
    if not function.holds_on(clock.today()):
        raise ValidationError(_t("Deze persoon werkt daar niet meer."))
    Check.objects.open().filter(function=function).update(expires_at=clock.now())
    secret, now = secrets.token_urlsafe(32), clock.now()
    check = Check.objects.create(
        function=function, secret_hash=secret_hash(secret), account=by, sent_at=now,
        expires_at=now + timedelta(days=CHECK_DAYS),
    )  # fmt: skip
    logbook.write("network.check.sent", check.uid, by=by, detail={"organisation": function.organisation.uid})
    return Asked(check, secret)


@action
def close_checks(*, person: Person, by: Actor) -> int:
    """Let the links that this person was mailed work no longer. Gives how many there were."""
    found = Check.objects.open().filter(function__person=person)
    outbox.drop(*found.values_list("uid", flat=True))
    return found.update(expires_at=clock.now())


@action
def answer_check(
    *, check: Check, what: str, proposal: Mapping[str, str], note: str, left: bool, version: int, by: Actor
) -> Check:
    """Keep what a contact person answered: what they do is kept, and what they propose waits.

    Raises NotOpen, and Conflict when the function is no longer at ``version``.
    """
    fresh: Check = Check.objects.select_for_update().get(pk=check.pk)
    if not fresh.is_open():
        raise NotOpen(fresh.uid)
    function = versions.locked(fresh.function, version)
    today = clock.today()
    function.what = what
    if left and (function.valid_to is None or function.valid_to > today):
        function.valid_to, function.valid_to_precision = max(today, function.valid_from), Precision.DAY
    function.save()
    fresh.answered_at, fresh.proposal, fresh.note = clock.now(), dict(proposal), note
    fresh.save()
    organisation = function.organisation
    if left:
        logbook.write("network.function.ended", function.uid, by=by, detail={"after": {"valid_to": function.valid_to}})
        return fresh
    before = {"confirmed_on": organisation.confirmed_on}
    organisation.confirmed_on = today
    organisation.save(update_fields=["confirmed_on"])
    detail = logbook.changed(before, {"confirmed_on": today})
    logbook.write("network.organisation.confirmed", organisation.uid, by=by, detail={**detail, "check": fresh.uid})
    return fresh


@action
def decide_check(*, check: Check, accept: bool, by: Actor) -> Check:
    """Take over what was proposed, or leave it; its words are forgotten. Raises ValidationError."""
    fresh: Check = Check.objects.select_for_update().select_related("function").get(pk=check.pk)
    if not fresh.waits():
        return fresh
    if accept and fresh.proposal:
        _take_over(fresh, by)
    fresh.decided_at, fresh.proposal, fresh.note = clock.now(), {}, ""
    fresh.save()
    logbook.write(f"network.check.{'accepted' if accept else 'refused'}", fresh.uid, by=by)
    return fresh


def _take_over(check: Check, by: Actor) -> None:
    organisation = Organisation.objects.select_for_update().get(pk=check.function.organisation_id)
    said = check.proposal
    name = said.get("name", organisation.name)
    if Organisation.objects.filter(name=name).exclude(pk=organisation.pk).exists():
        raise ValidationError(_t("Er is al een organisatie met deze naam. Misschien staat zij er dubbel."))
    values = {"name": name, "seat": said.get("seat", organisation.seat), "former": organisation.former}
    numbers = {"kvk": said["kvk"]} if "kvk" in said else {}
    save_organisation(organisation=organisation, values=values, numbers=numbers, version=organisation.version, by=by)
