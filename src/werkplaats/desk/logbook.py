"""The logbook on the desk: who did what, for the beheerder to look at. Nobody changes it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from werkplaats.core.models import LogEntry
from werkplaats.desk import history
from werkplaats.desk.listing import Column, Filter
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.people.rules import RoleKind, has_role

_APPS = (
    ("people", _("mensen en rollen")),
    ("agenda", _("vragen")),
    ("network", _("netwerk")),
    ("research", _("onderzoek")),
    ("library", _("bibliotheek")),
    ("terms", _("thema's en woorden")),
    ("places", _("gemeenten")),
    ("news", _("pagina's en bestanden")),
    ("desk", _("downloads")),
)


class LogbookDesk(DeskViewSet):
    """All lines, latest first."""

    model = LogEntry
    name = url_prefix = "logboek"
    icon = "history"
    lead = _(
        "Wie wat deed, en wanneer. Er staan geen woorden van vragers en geen adressen in. De regels zitten aan elkaar "
        "vast: `werkplaats logbook verify` vindt het als er iets aan veranderd is."
    )
    columns = (
        Column(_("wanneer"), lambda one: one.at, "at"),
        Column(_("wat"), lambda one: one.verb, "verb"),
        Column(_("van wat"), lambda one: one.target, "target"),
        Column(_("door"), lambda one: one.actor, "actor"),
    )
    searched = ("verb", "target", "actor")
    filters = (
        Filter(
            "deel", _("deel"), lambda request: _APPS, lambda found, value: found.filter(verb__startswith=f"{value}.")
        ),
    )

    def get_urlpatterns(self) -> list[Any]:
        """The list, as a file too, and the page of each line by its number."""
        views = [("", self.index, "index"), ("uitvoer.<str:kind>", self.export, "export")]
        shown = [path(route, require_admin_access(view), name=name) for route, view, name in views]
        return [*shown, path("<int:number>/", require_admin_access(self.line), name="record")]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All, for a beheerder; for others there is none."""
        if not has_role(request.user, RoleKind.ADMINISTRATOR):
            raise Http404
        return LogEntry.objects.all()

    def line(self, request: HttpRequest, number: int) -> HttpResponse:
        """One line, with what was there before and after."""
        found = self.records(request).filter(pk=number).first()
        if found is None:
            raise Http404
        actor = history.actors([found]).get(found.actor, found.actor)
        context = {
            **self.head(request, _t("Logboekregel %(number)d") % {"number": found.number}),
            "line": found,
            "actor": actor,
            "done": history.done(found.verb),
            "before": found.detail.get("before") or {},
            "after": found.detail.get("after") or {},
            "other": {name: value for name, value in found.detail.items() if name not in {"before", "after"}},
        }
        return TemplateResponse(request, "desk/logbook/line.html", context)

    def address(self, record: Any) -> str:
        """By its number; a line has no uid."""
        return reverse(self.get_url_name("record"), args=[record.pk])


logbook_desk = LogbookDesk()
