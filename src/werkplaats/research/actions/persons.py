"""Being forgotten by learning groups: who sat in one by name, and stands in what was noted there."""

from __future__ import annotations

from werkplaats.core import drafts, logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.people.models import Person
from werkplaats.people.rules import Named
from werkplaats.research.models import Circle, CircleMeeting, MeetingStep


@action
def forget_person(*, person: Person, by: Actor) -> int:
    """Take a person out of the groups they sit in, and name and details out of what those noted; gives how many.

    Before people erases them. A first name alone stays, since it may be another's: the desk tells where.
    """
    named = Named.of(person)
    circles = list(Circle.objects.select_for_update().filter(pk__in=person.circles.values("pk")).order_by("pk"))
    for meeting in CircleMeeting.objects.select_for_update().filter(circle__in=circles).order_by("pk"):
        _reword(meeting, named)
        drafts.forget_matching(named.parts, about=meeting.uid)
    for circle in circles:
        circle.persons.remove(person)
        circle.version += 1
        circle.save(update_fields=["version"])
        drafts.forget_matching(named.parts, about=circle.uid)
        logbook.write("research.circle.changed", circle.uid, by=by, detail={"fields": ["persons"]})
    return len(circles)


def _reword(meeting: CircleMeeting, named: Named) -> None:
    changed = _without(meeting, ("place", "discussed", "notes"), named)
    steps = [step for step in meeting.steps.all() if _without(step, ("what", "who"), named)]
    for step in steps:
        step.save()
    if changed or steps:
        meeting.version += 1
        meeting.save()


def _without(row: CircleMeeting | MeetingStep, names: tuple[str, ...], named: Named) -> bool:
    """Whether any of these fields says something else without who it is."""
    before = [getattr(row, name) for name in names]
    after = [named.without(text) for text in before]
    for name, text in zip(names, after, strict=True):
        setattr(row, name, text)
    return before != after
