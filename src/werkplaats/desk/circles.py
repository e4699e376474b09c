"""Learning groups and their meetings at the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column, shown
from werkplaats.desk.organisations import functions_seen_by
from werkplaats.desk.pilots import pilot_desk
from werkplaats.desk.research import (
    BY_SEEN,
    BY_STATE,
    REGION,
    SEEN_BY,
    SOURCE,
    STATE,
    ResearchDesk,
    keeps_persons,
    national_themes_chosen_by,
    offer,
    projects_chosen_by,
    publications_named_by,
)
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.desk.yields import yield_desk
from werkplaats.people.models import Person
from werkplaats.research import actions
from werkplaats.research.forms import CircleForm, MeetingForm
from werkplaats.research.models import Circle, CircleMeeting
from werkplaats.research.rules import can_change, works_for


class CircleDesk(ResearchDesk):
    """The learning groups of the own werkplaats."""

    model = Circle
    name = url_prefix = "kringen"
    icon = "group"
    title = _("Kringen")
    new_title = _("Nieuwe groep")
    lead = _("Groepen die rond een thema samen leren. Op de site heten ze zoals uw regio ze noemt.")
    nothing = _("Nog geen kring. Voeg er een toe; bijeenkomsten en opbrengsten noteert u daarna op haar pagina.")
    record_template = "desk/research/circle.html"
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        REGION,
        STATE,
        Column(_("periode"), lambda one: one.period, "valid_from"),
        SEEN_BY,
        SOURCE,
    )
    filters = (BY_STATE, BY_SEEN)
    searched = ("name", "summary", "looks_at")

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """The group; who sits in it by name only for who keeps the contacts of its werkplaats."""
        persons = None
        if keeps_persons(request.user, record.werkplaats):
            known = Q(functions__in=functions_seen_by(request.user))
            if record.pk:
                known |= Q(circles=record)
            persons = Person.objects.filter(known).distinct()
        form = CircleForm(data, instance=record, persons=persons, **more)
        form.fields["national_theme"].queryset = national_themes_chosen_by(request.user, record)
        offer(form, "project", projects_chosen_by(request.user, record), record)
        form.fields["publications"].known = publications_named_by(request.user, record)
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        rows = {name: form.rows_of(name) for name in ("members", "partners")}
        return actions.save_circle(
            circle=self.fresh(record), values=form.values(), version=version, by=request.user, **rows
        )

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its meetings, what it yielded and tries, and how to add to these."""
        seen = meeting_desk.records(request).filter(circle=record)
        return {
            "word": record.word,
            "meetings": [(one, meeting_desk.address(one), _open(one)) for one in seen],
            "add_meeting": meeting_desk.new_address(record) if self.may_change(request, record) else "",
            "add_yield": yield_desk.new_address(record) if self.may_change(request, record) else "",
            "ties": [
                (_t("Opbrengsten"), self.rows(request, yield_desk, record.yields.all())),
                (_t("Pilots"), self.rows(request, pilot_desk, record.pilots.all())),
            ],
        }


def _open(meeting: CircleMeeting) -> int:
    return sum(step.done_on is None for step in meeting.steps.all())


class MeetingDesk(DeskViewSet):
    """When the groups of the own werkplaats met. Nobody else reads this, the national desk neither."""

    model = CircleMeeting
    name = url_prefix = "kringbijeenkomsten"
    icon = "calendar-alt"
    title = _("Kringbijeenkomsten")
    lead = _("Wat er besproken is, wat u daarvan noteert, en wie wat zou doen.")
    nothing = _("Nog geen bijeenkomsten. Voeg ze toe op de pagina van een kring.")
    new_title = _("Bijeenkomst van een kring")
    record_template = "desk/research/meeting.html"
    columns = (
        Column(_("wanneer"), lambda one: one.when or _t("datum onbekend"), "on"),
        Column(_("kring"), lambda one: one.circle.name, "circle__name"),
        Column(_("waar"), lambda one: one.place),
        Column(_("waar het over ging"), lambda one: shown(one.discussed)[:160]),
        Column(_("open afspraken"), _open),
    )
    searched = ("circle__name", "discussed", "notes")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``MeetingQuerySet.for_desk_of``."""
        seen = CircleMeeting.objects.for_desk_of(request.user)
        return seen.select_related("circle__werkplaats").prefetch_related("steps")

    def _circle(self, request: HttpRequest) -> Circle | None:
        own = Circle.objects.kept_by(works_for(request.user)).select_related("werkplaats")
        return own.filter(uid=request.GET.get("kring", "")).first()

    def new_address(self, circle: Circle) -> str:
        """Where one is added to a group."""
        return f"{reverse(self.get_url_name('new'))}?kring={circle.uid}"

    def may_add(self, request: HttpRequest) -> bool:
        """At a group, which stands in the address; on the list there is none."""
        return self._circle(request) is not None

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """As its group."""
        return can_change(request.user, record.circle)

    def blank(self, request: HttpRequest) -> Any:
        """Of a group of one's own."""
        circle = self._circle(request)
        if circle is None:
            raise Http404
        return CircleMeeting(circle=circle)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """When, where, what, and the agreements."""
        return MeetingForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = CircleMeeting.objects.filter(pk=record.pk).first() or CircleMeeting(circle=record.circle)
        common = {"values": form.values(), "steps": form.steps(), "version": version, "by": request.user}
        return actions.save_meeting(meeting=known, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The group, and what it yielded on the way."""
        circle = record.circle
        return {
            "add_yield": yield_desk.new_address(circle),
            "ties": [(circle.word.capitalize(), [(circle.name, circle_desk.address(circle), "")])],
        }

    def about(self, record: Any) -> list[str]:
        """What is typed for one group is not put back at another."""
        return [record.circle.uid]


circle_desk = CircleDesk()
meeting_desk = MeetingDesk()
