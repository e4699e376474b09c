"""National phases and the money for them, on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national, own_werkplaatsen
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import GrantForm, PhaseForm
from werkplaats.network.models import Grant, Phase


class PhaseDesk(DeskViewSet):
    """The phases of the programme."""

    model = Phase
    name = url_prefix = "fasen"
    icon = "date"
    lead = _("Wat er was aangekondigd, staat naast wat ervan kwam. Vul het een nooit in bij het ander.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
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
        """The grants in it, of those one may see."""
        found = grant_desk.records(request).filter(phase=record)
        rows = [(_whose(one), grant_desk.address(one), _amount(one)) for one in found]
        return {"ties": [(_t("Subsidies"), rows)]}


def _whose(grant: Grant) -> str:
    return grant.werkplaats.name if grant.werkplaats else _t("het hele netwerk")


def _amount(grant: Grant) -> str:
    return _t("bedrag onbekend") if grant.amount_eur is None else f"€ {number_format(grant.amount_eur, 2)}"


class GrantDesk(DeskViewSet):
    """The grants of the own werkplaats and of the network."""

    model = Grant
    name = url_prefix = "subsidies"
    icon = "clipboard-list"
    lead = _("Een onbekend bedrag blijft leeg; het telt nergens als nul.")
    columns = (
        Column(_("voor"), _whose, "werkplaats__name"),
        Column(_("fase"), lambda one: one.phase.name, "phase__valid_from"),
        Column(_("bedrag"), _amount, "amount_eur"),
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


phase_desk = PhaseDesk()
grant_desk = GrantDesk()
