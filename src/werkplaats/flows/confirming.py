"""A contact person says by a mailed link whether what we know still holds."""

from __future__ import annotations

from collections.abc import Mapping

from werkplaats.core import clock
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.versions import Conflict
from werkplaats.network import actions as network
from werkplaats.network.models import Check
from werkplaats.people import actions as people
from werkplaats.people.rules import secret_hash


def offered(*, secret: str, by: Actor) -> Check | None:
    """The request with this secret whose link still works."""
    open_ones = Check.objects.open().select_related("function__person", "function__organisation", "account__person")
    found: Check | None = open_ones.filter(secret_hash=secret_hash(secret)).first()
    if found is None or found.function.person.erased_at or not found.function.holds_on(clock.today()):
        return None
    return found


@action
def answer(
    *, secret: str, details: Mapping[str, str], what: str, proposal: Mapping[str, str], note: str, left: bool,
    version: int, by: Actor,
) -> Check:  # fmt: skip
    """Own details are kept at once, the rest waits for the coordinator. Raises ``network.actions.NotOpen``.

    ``version`` of the function that was shown: raises Conflict when it, or the person, was changed since.
    """
    check = offered(secret=secret, by=by)
    if check is None:
        raise network.NotOpen
    if check.function.version != version:
        raise Conflict(check.function.uid)
    changed = bool(details) and people.keep_person(person=check.function.person, **details, by=by)
    kept = network.answer_check(check=check, what=what, proposal=proposal, note=note, left=left, version=version, by=by)
    if changed:
        network.note_change(person=check.function.person, but=check.function, by=by)
    return kept
