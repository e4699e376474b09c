"""Yields at the desk: three fields are enough, on a telephone, while one still stands in the room."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.research import (
    BY_SEEN,
    REGION,
    SEEN_BY,
    SOURCE,
    ResultDesk,
    above,
    circles_chosen_by,
    of_which,
    offer,
    projects_chosen_by,
)
from werkplaats.research import actions
from werkplaats.research.forms import YieldForm
from werkplaats.research.models import Circle, Yield
from werkplaats.research.rules import Strand, YieldKind


class YieldDesk(ResultDesk):
    """What the groups and projects of the own werkplaats brought forth."""

    model = Yield
    name = url_prefix = "opbrengsten"
    icon = "pick"
    lead = _("Wat het opleverde, op vorm, inhoud of relaties. Drie velden zijn genoeg; de rest mag later.")
    nothing = _("Nog geen opbrengsten. Noteer de eerste: ook een samenwerking of een nieuw inzicht is een opbrengst.")
    new_title = _("Noteer een opbrengst")
    columns = (
        Column(_("titel"), lambda one: one.title, "title"),
        Column(_("soort"), lambda one: one.get_kind_display(), "kind"),
        Column(_("krachtlijn"), lambda one: one.strand, "strand"),
        Column(_("van"), of_which),
        REGION,
        SEEN_BY,
        SOURCE,
    )
    filters = (
        by_field("soort", _("soort opbrengst"), "kind", lambda request: YieldKind.choices),
        by_field("krachtlijn", _("krachtlijn"), "strand", lambda request: Strand.choices),
        BY_SEEN,
    )
    searched = ("title", "description", "audience")

    def records(self, request: HttpRequest) -> Any:
        """With what they come from."""
        return above(request.user, super().records(request))

    def new_address(self, circle: Circle) -> str:
        """Where one is added to a group."""
        return f"{reverse(self.get_url_name('new'))}?kring={circle.uid}"

    def blank(self, request: HttpRequest) -> Any:
        """From the group in the address, seen by whom that is seen."""
        made = super().blank(request)
        circle = circles_chosen_by(request.user, made).filter(uid=request.GET.get("kring", "")).first()
        if circle is not None:
            made.circle, made.werkplaats, made.visibility = circle, circle.werkplaats, circle.visibility
        return made

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What came out, on which strand."""
        form = YieldForm(data, instance=record, **more)
        offer(form, "circle", circles_chosen_by(request.user, record), record)
        offer(form, "project", projects_chosen_by(request.user, record), record)
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action; what comes from a group is of the werkplaats of that group."""
        values, made = form.values(), self.fresh(record)
        if made._state.adding and values["circle"]:
            made.werkplaats = values["circle"].werkplaats
        common = {"partners": form.rows_of("partners"), "version": version, "by": request.user}
        return actions.save_yield(made=made, values=values, **common)

    def said(self, record: Any) -> str:
        """Also when a second person reads it first."""
        told = super().said(record)
        return (
            f"{told} {_t('Een tweede persoon leest dit na voordat het op de site komt.')}"
            if (record.awaits_reader)
            else told
        )


yield_desk = YieldDesk()
