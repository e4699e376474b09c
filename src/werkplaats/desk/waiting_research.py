"""What waits for whom in research: results to read over, agreements that are late, what should be over by now."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _t

from werkplaats.desk.circles import meeting_desk
from werkplaats.desk.listing import shown
from werkplaats.desk.organisations import is_national
from werkplaats.desk.pilots import pilot_desk
from werkplaats.desk.projects import project_desk
from werkplaats.desk.waiting import SHOWN, Pile, Thing
from werkplaats.desk.yields import yield_desk
from werkplaats.research.models import MeetingStep, Pilot, Project, Yield
from werkplaats.research.rules import can_read_over, works_for


def _to_read(account: Any) -> Pile | None:
    """Results that somebody else wrote: of the own werkplaats, and for the national desk of those it sees."""
    found = [
        (one, desk)
        for model, desk in ((Pilot, pilot_desk), (Yield, yield_desk))
        for one in model.objects.for_desk_of(account).filter(awaits_reader=True).select_related("werkplaats")
        if can_read_over(account, one)
    ]
    things = [Thing(str(one), desk.address(one), str(one._meta.verbose_name)) for one, desk in found[:SHOWN]]
    title = _t("Resultaten om na te lezen")
    return Pile(title, things, reverse("opbrengsten:index"), _t("Alle opbrengsten"), len(found)) if found else None


def _returned(account: Any) -> Pile | None:
    """One's own results that a second person gave back."""
    found = [
        (one, desk)
        for model, desk in ((Pilot, pilot_desk), (Yield, yield_desk))
        for one in model.objects.for_desk_of(account).filter(written_by=account.uid).exclude(returned="")
    ]
    things = [Thing(str(one), desk.address(one), one.returned[:80]) for one, desk in found[:SHOWN]]
    title = _t("Teruggegeven door de tweede lezer")
    return Pile(title, things, reverse("opbrengsten:index"), _t("Alle opbrengsten"), len(found)) if found else None


def _late_steps(account: Any) -> Pile | None:
    """What was agreed at meetings of the own groups, and is not done."""
    seen = meeting_desk.model._default_manager.for_desk_of(account)  # type: ignore[attr-defined]
    late = MeetingStep.objects.overdue().filter(meeting__in=seen.values("pk"))
    found = list(late.select_related("meeting__circle").order_by("due", "pk"))
    things = [
        Thing(
            f"{one.what} ({one.who})" if one.who else one.what,
            meeting_desk.address(one.meeting),
            f"{one.meeting.circle}, {_t('uiterlijk %s') % shown(one.due)}",
        )
        for one in found[:SHOWN]
    ]
    title = _t("Afspraken van kringen die te laat zijn")
    if not found:
        return None
    return Pile(title, things, reverse("kringbijeenkomsten:index"), _t("Alle bijeenkomsten"), len(found))


def _past_end(account: Any) -> Pile | None:
    """Said to run, though the end has passed: what the account may change."""
    own = Q(werkplaats__uid__in=works_for(account))
    if is_national(account):
        own |= Q(werkplaats=None)
    projects = ((one, project_desk) for one in Project.objects.past_end().filter(own).order_by("valid_to"))
    pilots = ((one, pilot_desk) for one in Pilot.objects.past_end().filter(own).order_by("valid_to"))
    found = list(chain(projects, pilots))
    things = [Thing(str(one), desk.address(one), one.period) for one, desk in found[:SHOWN]]
    if not found:
        return None
    title = _t("Zou al klaar zijn: klopt de stand nog?")
    return Pile(title, things, reverse("projecten:index"), _t("Alle projecten"), len(found))


_PILES: list[Callable[[Any], Pile | None]] = [_to_read, _returned, _late_steps, _past_end]


def research_piles_for(account: Any) -> list[Pile]:
    """What waits for this account in research, by sort."""
    return [pile for make in _PILES if (pile := make(account))]
