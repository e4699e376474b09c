"""National phases and the money for them, on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.organisations import is_national, own_werkplaatsen
from werkplaats.desk.parents import AtParent
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import GrantForm, PhaseForm, PhaseGoalForm
from werkplaats.network.models import Grant, Phase, PhaseGoal
from werkplaats.network.rules import GoalStatus, added, euro, meter


class PhaseDesk(DeskViewSet):
    """The phases of the programme."""

    model = Phase
    name = url_prefix = "fasen"
    record_template = "desk/money/phase.html"
    icon = "date"
    lead = _("Wat er was aangekondigd, staat naast wat ervan kwam. Vul het een nooit in bij het ander.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
        Column(_("was aangekondigd"), lambda one: one.announced_period),
        Column(_("aangekondigd"), lambda one: one.announced),
        Column(_("werkelijk"), lambda one: one.actual),
    )

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The same for all who work for a werkplaats or nationally."""
        if not (is_national(request.user) or own_werkplaatsen(request.user)):
            raise Http404
        return Phase.objects.all()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, period, goals."""
        return PhaseForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        phase = Phase.objects.get(pk=record.pk) if record.pk else Phase()
        return actions.save_phase(phase=phase, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its goals, and the grants in it of those one may see, with what they are together."""
        found = list(grant_desk.records(request).filter(phase=record))
        rows = [(_whose(one), grant_desk.address(one), euro(one.amount_eur)) for one in found]
        own = [one for one in found if one.werkplaats]
        goals = [(one, goal_desk.address(one)) for one in record.goals.all()]
        return {
            "goals": goals,
            "add": goal_desk.new_address(record) if self.may_change(request, record) else "",
            "sums": sums(own) if own else [],
            "ties": [(_t("Subsidies"), rows)],
        }


def _whose(grant: Grant) -> str:
    return grant.werkplaats.name if grant.werkplaats else _t("het hele netwerk")


def sums(grants: Sequence[Grant]) -> list[tuple[str, str]]:
    """What grants are together: an unknown one makes it "minstens". That of the whole network does not belong in it."""
    shared = [found for one in grants if (found := meter(one))]
    rows = [
        (_t("aangekondigd"), added(one.amount_announced for one in grants).words),
        (_t("toegekend"), added(one.amount_eur for one in grants).words),
    ]
    if shared:
        rows += [
            (_t("voor landelijke projecten"), added(one.due for one in shared).words),
            (_t("daarvan gepland"), added(one.planned for one in shared).words),
            (_t("daarvan besteed"), added(one.spent for one in shared).words),
        ]
    return rows


class GrantDesk(DeskViewSet):
    """The grants of the own werkplaats and of the network."""

    model = Grant
    name = url_prefix = "subsidies"
    record_template = "desk/money/grant.html"
    icon = "clipboard-list"
    lead = _("Een onbekend bedrag blijft leeg; het telt nergens als nul.")
    columns = (
        Column(_("voor"), _whose, "werkplaats__name"),
        Column(_("fase"), lambda one: one.phase.name, "phase__valid_from"),
        Column(_("aangekondigd"), lambda one: euro(one.amount_announced), "amount_announced"),
        Column(_("toegekend"), lambda one: euro(one.amount_eur), "amount_eur"),
        Column(_("landelijk"), lambda one: "" if one.share is None else f"{number_format(one.share.normalize())} %"),
        Column(_("subsidiegever"), lambda one: one.funder, "funder"),
        Column(_("bestemd voor"), lambda one: one.earmark),
    )
    searched = ("werkplaats__name", "funder", "earmark", "phase__name")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the own werkplaatsen and of the network as a whole; all for the national desk."""
        found = Grant.objects.select_related("phase", "werkplaats")
        if is_national(request.user):
            return found
        own = own_werkplaatsen(request.user)
        return found.filter(Q(werkplaats__uid__in=own) | Q(werkplaats=None)) if own else found.none()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """For whom, from whom, how much."""
        return GrantForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        grant = Grant.objects.get(pk=record.pk) if record.pk else Grant()
        return actions.save_grant(grant=grant, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The meter of what goes to national projects, and the phase."""
        return {
            "meter": meter(record),
            "ties": [(_t("Fase"), [(str(record.phase), phase_desk.address(record.phase), "")])],
        }


class GoalDesk(AtParent, DeskViewSet):
    """What phases were for, and what came of it."""

    model = PhaseGoal
    parent, asked = "phase", "fase"
    name = url_prefix = "doelen"
    icon = "check"
    title = _("Doelen van fasen")
    lead = _("Wat er was aangekondigd, en of het ervan kwam. Weten we het niet, dan zeggen we dat.")
    columns = (
        Column(_("doel"), lambda one: one.text, "text"),
        Column(_("fase"), lambda one: one.phase.name, "phase__valid_from"),
        Column(_("stand"), lambda one: one.get_status_display(), "status"),
        Column(_("hoe het afliep"), lambda one: one.sentence),
    )
    searched = ("text", "sentence")
    filters = (by_field("stand", _("stand"), "status", lambda request: GoalStatus.choices),)

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the phases: the same for all who work for a werkplaats or nationally."""
        return PhaseGoal.objects.filter(phase__in=phase_desk.records(request)).select_related("phase")

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk, at a phase: which one stands in the address."""
        return is_national(request.user) and "fase" in request.GET

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def parents(self, request: HttpRequest) -> QuerySet[Any]:
        """The phases."""
        return phase_desk.records(request)

    def blank(self, request: HttpRequest) -> Any:
        """After the goals that the phase has."""
        goal: Any = super().blank(request)
        goal.place = goal.phase.goals.count() + 1
        return goal

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What, and what came of it."""
        return PhaseGoalForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = PhaseGoal.objects.filter(pk=record.pk).first()
        goal = known or PhaseGoal(phase=record.phase)
        return actions.save_goal(goal=goal, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The phase."""
        return {"ties": [(_t("Fase"), [(str(record.phase), phase_desk.address(record.phase), "")])]}


phase_desk = PhaseDesk()
grant_desk = GrantDesk()
goal_desk = GoalDesk()
