"""Keeping who works where, and what was said with them. The person itself is kept by people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _t

from werkplaats.core import clock, drafts, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Precision
from werkplaats.network.models import Contact, Function
from werkplaats.people.models import Person
from werkplaats.people.rules import Named

Values = Mapping[str, Any]


@action
def save_function(*, function: Function, values: Values, version: int = 0, also: bool = False, by: Actor) -> Function:
    """Keep a new function or what was changed of one. ``also``: the person changed too. Raises Conflict.

    Raises ValidationError when the person is there already in the same period, or was erased.
    """
    person = values.get("person") or function.person
    organisation = values.get("organisation") or function.organisation
    _hold_person(person.pk)
    others = Function.objects.filter(person=person, organisation=organisation).exclude(pk=function.pk)
    if any(other.meets(values["valid_from"], values.get("valid_to")) for other in others):
        raise ValidationError(_t("Deze persoon staat al bij deze organisatie. Wijzig die regel."))
    return versions.save(
        function, values, version=version, verb="network.function", by=by, private=("what",), also=also
    )


@action
def note_change(*, person: Person, but: Function, by: Actor) -> int:
    """The person changed: whoever has a form open about them at another organisation is told. Gives how many."""
    elsewhere = Function.objects.filter(person=person).exclude(pk=but.pk)
    return elsewhere.update(version=F("version") + 1)


@action
def save_contact(*, contact: Contact, values: Values, version: int = 0, by: Actor) -> Contact:
    """Keep a new moment of contact or what was changed of one; none of its words go to the logbook. Raises Conflict."""
    private = ("said", "next_step")
    return versions.save(contact, values, version=version, verb="network.contact", by=by, private=private)


def _hold_person(key: int) -> None:
    """Until the transaction ends nobody else says where this person works. Raises ValidationError when erased."""
    if Person.objects.select_for_update(no_key=True).filter(pk=key, erased_at=None).first() is None:
        raise ValidationError(_t("Deze persoon is intussen gewist."))


@action
def forget_person(*, person: Person, by: Actor) -> int:
    """End the functions of a person and take name and details out of what was written; before people erases them.

    Gives how many functions ended.
    """
    named = Named.of(person)
    functions = list(person.functions.all())
    there = Contact.objects.filter(organisation__in=[one.organisation_id for one in functions])
    for contact in there.select_for_update():
        said, step = (
            named.without(text, parts=contact.person_id == person.pk) for text in (contact.said, contact.next_step)
        )
        if (said, step) != (contact.said, contact.next_step):
            contact.said, contact.next_step, contact.version = said, step, contact.version + 1
            contact.save()
        drafts.forget(about=f"contactmomenten:{contact.uid}")
    person.contacts.update(person=None)
    today = clock.today()
    for function in functions:
        function.what = ""
        if function.valid_to is None or function.valid_to > today:
            function.valid_to, function.valid_to_precision = max(today, function.valid_from), Precision.DAY
        function.version += 1
        function.save()
        # Whoever has the link is not met by an empty name.
        function.checks.update(expires_at=clock.now(), note="")
        drafts.forget(about=f"contactpersonen:{function.uid}")
        logbook.write("network.function.ended", function.uid, by=by, detail={"after": {"valid_to": function.valid_to}})
    return len(functions)
