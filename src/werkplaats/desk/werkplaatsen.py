"""Werkplaatsen on the desk: what they say of themselves, who leads them, whom they serve."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core import clock
from werkplaats.desk.funnel import drawn
from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.organisations import is_national, own_werkplaatsen, partnerships_seen_by
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.flows.sections import keep_werkplaats
from werkplaats.network import actions
from werkplaats.network.forms import AreaForm, EndAreaForm, LeadershipForm, OwnWerkplaatsForm, WerkplaatsForm
from werkplaats.network.models import Leadership, Werkplaats
from werkplaats.network.rules import RECEIVING, LeadRole, Status, missing_leads
from werkplaats.people.rules import RoleKind, has_role


class WerkplaatsDesk(DeskViewSet):
    """The own werkplaats; all of them for the national desk."""

    model = Werkplaats
    name = url_prefix = "werkplaatsen"
    icon = "site"
    record_template = "desk/werkplaatsen/record.html"
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("regio"), lambda one: one.region, "region"),
        Column(_("status"), lambda one: one.get_status_display(), "status"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("name", "brand", "region", "former_names__name")
    filters = (by_field("status", _("status"), "status", lambda request: Status.choices),)

    def get_urlpatterns(self) -> list[Any]:
        """Also the area it serves."""
        area = path("<uid:uid>/werkgebied/", require_admin_access(self.area), name="area")
        return [*super().get_urlpatterns(), area]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The own ones, or all."""
        if is_national(request.user):
            return Werkplaats.objects.all()
        return Werkplaats.objects.filter(uid__in=own_werkplaatsen(request.user))

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Its coordinator, and the national desk."""
        return is_national(request.user) or has_role(request.user, RoleKind.COORDINATOR, record.uid)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, address, status and period are for the national desk."""
        kind = WerkplaatsForm if is_national(request.user) else OwnWerkplaatsForm
        return kind(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        werkplaats = Werkplaats.objects.get(pk=record.pk) if record.pk else Werkplaats()
        common = {"values": form.values(), "former": form.cleaned_data["former_names"]}
        return keep_werkplaats(werkplaats=werkplaats, **common, version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Who leads it and whom it serves."""
        leads = [
            (one.organisation.name, leadership_desk.address(one), f"{one.get_role_display()}, {one.period}")
            for one in record.leads.select_related("organisation")
        ]
        count = record.areas.current().count()
        there = reverse(self.get_url_name("area"), args=[record.uid])
        area = [(ngettext("%(count)d gemeente", "%(count)d gemeenten", count) % {"count": count}, there, "")]
        return {
            "ties": [(_t("Trekkers"), leads), (_t("Werkgebied"), area)],
            "missing": _missing(record),
            "chart": drawn(partnerships_seen_by(request.user).filter(werkplaats=record)),
        }

    def area(self, request: HttpRequest, uid: str) -> HttpResponse:
        """The municipalities it serves: add one, end one."""
        werkplaats = self.record(request, uid)
        may = is_national(request.user)
        if request.method == "POST" and not may:
            raise PermissionDenied
        sent = request.POST.get("wat", "") if request.method == "POST" else ""
        forms = {
            "erbij": AreaForm(request.POST if sent == "erbij" else None, initial={"start": str(clock.today())}),
            "einde": EndAreaForm(request.POST if sent == "einde" else None, werkplaats=werkplaats),
        }
        form = forms.get(sent)
        if form is not None and form.is_valid() and self._changed(request, werkplaats, sent, form):
            return redirect(request.path)
        areas = werkplaats.areas.select_related("municipality__province").order_by("municipality__name")
        context = {
            **self.head(request, _t("Werkgebied van %(name)s") % {"name": werkplaats.name}),
            "werkplaats": werkplaats,
            "back": self.address(werkplaats),
            "now": [one for one in areas if one.holds_on(clock.today())],
            "other": [one for one in areas if not one.holds_on(clock.today())],
            "forms": forms if may else {},
        }
        return TemplateResponse(request, "desk/werkplaatsen/area.html", context)

    def _changed(self, request: HttpRequest, werkplaats: Werkplaats, what: str, form: Any) -> bool:
        given = form.cleaned_data
        try:
            if what == "erbij":
                actions.add_area(werkplaats=werkplaats, **given, by=request.user)
            else:
                actions.end_area(area=given["area"], end=given["end"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        messages.success(request, _t("Het werkgebied is bijgewerkt."))
        return True


def _missing(werkplaats: Werkplaats) -> list[Any]:
    """What its leads lack today, of one that is no longer being formed and did not end."""
    if werkplaats.status not in RECEIVING:
        return []
    today = clock.today()
    return missing_leads(werkplaats.leads.on(today).select_related("organisation__municipality"), today)


class LeadershipDesk(DeskViewSet):
    """Who leads the own werkplaats; kept by the national desk."""

    model = Leadership
    name = url_prefix = "trekkers"
    icon = "user"
    lead = _("Penvoerders, trekkers en medetrekkers. Beëindig wie stopt; de geschiedenis blijft.")
    columns = (
        Column(_("organisatie"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("werkplaats"), lambda one: one.werkplaats.name, "werkplaats__name"),
        Column(_("rol"), lambda one: one.get_role_display(), "role"),
        Column(_("lectoraat"), lambda one: one.lectorate),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("organisation__name", "werkplaats__name", "lectorate")
    filters = (by_field("rol", _("rol"), "role", lambda request: LeadRole.choices),)

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the own werkplaatsen, or all."""
        found = Leadership.objects.select_related("organisation", "werkplaats")
        return found if is_national(request.user) else found.filter(werkplaats__uid__in=own_werkplaatsen(request.user))

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Organisation, role, period."""
        form = LeadershipForm(data, instance=record, **more)
        form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        leadership = Leadership.objects.get(pk=record.pk) if record.pk else Leadership()
        return actions.save_leadership(leadership=leadership, values=form.values(), version=version, by=request.user)


werkplaats_desk = WerkplaatsDesk()
leadership_desk = LeadershipDesk()
