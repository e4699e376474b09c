"""People at organisations: who they are is kept by people, where they work by the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkplaats.core import drafts
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network import actions as network
from werkplaats.network.models import Function
from werkplaats.people import actions as people
from werkplaats.people.models import Person
from werkplaats.people.rules import Named
from werkplaats.research import actions as research


@action
def keep_function(
    *, function: Function, person: Person, details: Mapping[str, str], values: Mapping[str, Any],
    version: int = 0, by: Actor,
) -> Function:  # fmt: skip
    """Keep a person (``details``: name, email, phone) and what they do. Raises Conflict or ValidationError.

    ``version`` is that of the function: it is another as soon as the person is, wherever that was changed.
    """
    moved = not person._state.adding and details["email"] != person.email
    changed = people.keep_person(person=person, **details, by=by)
    if moved:
        # The link went to an address that was wrong.
        network.close_checks(person=person, by=by)
    values = {**values, "person": person}
    kept = network.save_function(function=function, values=values, version=version, also=changed, by=by)
    if changed:
        person.refresh_from_db()
        network.note_change(person=person, but=kept, by=by)
    return kept


@action
def erase(*, person: Person, by: Actor) -> int:
    """Wis deze persoon: name and details are gone everywhere, the functions end. Gives how many.

    Words are reworded where it is sure whom they name: see ``desk.naming``.
    Raises ValidationError for who has an account.
    """
    # In one order, as everybody: the person first, then where they work.
    Person.objects.select_for_update().get(pk=person.pk)
    words = Named.of(person).whole
    ended = network.forget_person(person=person, by=by)
    research.forget_person(person=person, by=by)
    drafts.forget_matching(words)
    people.erase_person(person=person, by=by)
    return ended
