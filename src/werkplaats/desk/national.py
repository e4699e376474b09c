"""The national body in which the werkplaatsen meet, on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national, own_werkplaatsen
from werkplaats.desk.parents import AtParent
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import BodyMeetingForm, NationalBodyForm
from werkplaats.network.models import BodyMeeting, NationalBody


class BodyDesk(DeskViewSet):
    """The Overleg, the Associatie."""

    model = NationalBody
    name = url_prefix = "landelijk"
    icon = "globe"
    title = _("Landelijk verband")
    lead = _(
        "Waarin de werkplaatsen landelijk samenkomen, onder de namen die het had. "
        "Beëindig het oude als het nieuwe begint."
    )
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("vorm"), lambda one: one.get_form_display(), "form"),
        Column(_("voorzitter"), lambda one: one.chair_role),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The same for all who work for a werkplaats or nationally."""
        if not (is_national(request.user) or own_werkplaatsen(request.user)):
            raise Http404
        return NationalBody.objects.all()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What it is, since when."""
        return NationalBodyForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        body = NationalBody.objects.filter(pk=record.pk).first() or NationalBody()
        return actions.save_body(body=body, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its meetings."""
        rows = [(one.when, meeting_desk.address(one), one.place) for one in record.meetings.all()]
        if self.may_change(request, record):
            rows.append((_t("Voeg een vergadering toe"), meeting_desk.new_address(record), ""))
        return {"ties": [(_t("Vergaderingen"), rows)]}


class MeetingDesk(AtParent, DeskViewSet):
    """When the national body met."""

    model = BodyMeeting
    parent, asked = "body", "verband"
    name = url_prefix = "vergaderingen"
    icon = "calendar"
    lead = _("Vergaderingen van het landelijk verband, met wat er besloten is.")
    columns = (
        Column(_("wanneer"), lambda one: one.when, "on"),
        Column(_("verband"), lambda one: one.body.name, "body__name"),
        Column(_("plaats"), lambda one: one.place, "place"),
        Column(_("op de site"), lambda one: one.on_site, "on_site"),
    )
    searched = ("place", "decided")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The same for all who work for a werkplaats or nationally."""
        return BodyMeeting.objects.filter(body__in=body_desk.records(request)).select_related("body")

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk, at a body: which one stands in the address."""
        return is_national(request.user) and "verband" in request.GET

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def parents(self, request: HttpRequest) -> QuerySet[Any]:
        """The bodies."""
        return body_desk.records(request)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """When, where, what was decided."""
        return BodyMeetingForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        meeting = BodyMeeting.objects.filter(pk=record.pk).first() or BodyMeeting(body=record.body)
        return actions.save_meeting(meeting=meeting, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The body."""
        return {"ties": [(_t("Landelijk verband"), [(record.body.name, body_desk.address(record.body), "")])]}


body_desk = BodyDesk()
meeting_desk = MeetingDesk()
