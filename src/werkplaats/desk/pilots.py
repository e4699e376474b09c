"""Pilots at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.research import (
    BY_SEEN,
    BY_STATE,
    REGION,
    SEEN_BY,
    SOURCE,
    STATE,
    ResultDesk,
    circles_chosen_by,
    offer,
    projects_chosen_by,
)
from werkplaats.research import actions
from werkplaats.research.forms import PilotForm
from werkplaats.research.models import Pilot


class PilotDesk(ResultDesk):
    """What the own werkplaats tries in practice."""

    model = Pilot
    name = url_prefix = "pilots"
    icon = "crosshairs"
    lead = _("Wat u in de praktijk probeert, waar, en hoe u kijkt of het helpt.")
    nothing = _("Nog geen pilot. Voeg er een toe zodra iemand iets nieuws gaat proberen.")
    new_title = _("Nieuwe pilot")
    columns = (
        Column(_("titel"), lambda one: one.title, "title"),
        REGION,
        STATE,
        Column(_("periode"), lambda one: one.period, "valid_from"),
        Column(_("opzet"), lambda one: one.get_design_display(), "design"),
        Column(_("uitkomst"), lambda one: _outcome(one)),
        SEEN_BY,
        SOURCE,
    )
    filters = (BY_STATE, BY_SEEN)
    searched = ("title", "tries", "outcome")

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What is tried, where, how."""
        form = PilotForm(data, instance=record, **more)
        offer(form, "circle", circles_chosen_by(request.user, record), record)
        offer(form, "project", projects_chosen_by(request.user, record), record)
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action; what belongs to a group is of the werkplaats of that group."""
        values, pilot = form.values(), self.fresh(record)
        if pilot._state.adding and values["circle"]:
            pilot.werkplaats = values["circle"].werkplaats
        common = {"partners": form.rows_of("partners"), "version": version, "by": request.user}
        return actions.save_pilot(pilot=pilot, values=values, **common)


def _outcome(pilot: Pilot) -> str:
    if not pilot.outcome:
        return _t("nog niet bekend")
    return _t("wacht op een tweede lezer") if pilot.awaits_reader else _t("bekend")


pilot_desk = PilotDesk()
