"""A contact person says by a mailed link whether what we know still holds."""

from __future__ import annotations

from collections.abc import Mapping

from werkplaats.core import clock
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
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
    by: Actor,
) -> Check:  # fmt: skip
    """Own details are kept at once, the rest waits for the coordinator. Raises ``network.actions.NotOpen``."""
    check = offered(secret=secret, by=by)
    if check is None:
        raise network.NotOpen
    if details:
        people.keep_person(person=check.function.person, **details, by=by)
    return network.answer_check(check=check, what=what, proposal=proposal, note=note, left=left, by=by)
