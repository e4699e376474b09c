"""Invented people at organisations, what was said with them, and whether what we know still holds."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkplaats.core import clock
from werkplaats.core.action import action
from werkplaats.core.actors import VISITOR
from werkplaats.core.dates import parse_moment
from werkplaats.network.actions import answer_check, ask_to_check
from werkplaats.network.models import Contact, Function, Organisation, Werkplaats
from werkplaats.people.models import Account, Person

FILE = Path(__file__).parent / "data" / "contacts.json"


@action
def load_contacts(*, by: Any) -> None:
    """People by their role, each marked as demo; days count from today, so that there is always something to do."""
    data = json.loads(FILE.read_text())
    for row in data["people"]:
        _function(row)
    for row in data["contacts"]:
        _contact(row)
    for row in data["checks"]:
        _check(row)


def _function(row: dict[str, Any]) -> None:
    organisation = Organisation.objects.filter(name=row["organisation"]).first()
    if organisation is None:
        return
    facts = {name: row[name] for name in ("name", "email", "phone")}
    start = parse_moment(row["since"])
    Function.objects.create(
        person=Person.objects.create(**facts),
        organisation=organisation,
        werkplaats=Werkplaats.objects.get(slug=row["werkplaats"]),
        what=row["what"],
        valid_from=start.day,
        valid_from_precision=start.precision,
    )


def _contact(row: dict[str, Any]) -> None:
    day = clock.today() - timedelta(days=row["days_ago"])
    function, due = _known(row["who"]), row["due_in"]
    if function is None:
        return
    Contact.objects.create(
        organisation=function.organisation,
        person=function.person,
        werkplaats=function.werkplaats,
        account=Account.objects.get(email=row["by"]),
        day=day,
        said=row["said"],
        next_step=row["next_step"],
        next_on=day + timedelta(days=7) if due is None else clock.today() + timedelta(days=due),
        done_on=day + timedelta(days=3) if due is None else None,
    )


def _check(row: dict[str, Any]) -> None:
    """Asked by mail, in the demonstration without the mail; answered when there is a proposal."""
    function = _known(row["who"])
    if function is None:
        return
    check = ask_to_check(function=function, by=Account.objects.get(email=row["by"])).check
    if "proposal" in row:
        said = {"what": function.what, "proposal": row["proposal"], "note": row["note"], "left": False}
        answer_check(check=check, version=function.version, **said, by=VISITOR)


def _known(email: str) -> Function | None:
    """None where the demonstration was laid down before there were these organisations."""
    found = Function.objects.select_related("person", "organisation", "werkplaats")
    known: Function | None = found.filter(person__email=email).first()
    return known
