"""Answers that were found instead of asked, on the desk: how often what is on the site helped someone."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, DateField, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from werkplaats.agenda.models import FoundAnswer
from werkplaats.catalogue.models import Entry
from werkplaats.core import registry
from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national, own_werkplaatsen
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.people.rules import viewer_for


def _counted(what: Any, kind: Any) -> Subquery:
    rows = FoundAnswer.objects.filter(entry=OuterRef("uid")).order_by().values("entry")
    return Subquery(rows.annotate(seen=what).values("seen"), output_field=kind)


class FoundDesk(DeskViewSet):
    """What helped, of the own werkplaats or anywhere. Only counts: nothing of what was typed is kept."""

    model = Entry
    name = url_prefix = "gevonden"
    icon = "check"
    title = _("Gevonden antwoorden")
    lead = _("Hoe vaak iemand die een vraag wilde stellen, zei: dit is mijn antwoord. Van wie dat was, weten wij niet.")
    nothing = _("Nog niemand wees een antwoord aan.")
    columns = (
        Column(_("titel"), lambda one: one.title, "title"),
        Column(_("soort"), lambda one: registry.sources[one.kind].label, "kind"),
        Column(_("hoe vaak"), lambda one: one.found, "found"),
        Column(_("voor het laatst"), lambda one: one.last, "last"),
    )
    searched = ("title",)

    def get_urlpatterns(self) -> list[Any]:
        """The list, as a file too; each leads to the site."""
        views = [("", self.index, "index"), ("uitvoer.<str:kind>", self.export, "export")]
        return [path(route, require_admin_access(view), name=name) for route, view, name in views]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the own werkplaatsen; all for the national desk: of what this account may see on the site."""
        found: Any = Entry.objects.visible_to(viewer_for(request.user)).annotate(
            found=_counted(Count("pk"), IntegerField()), last=_counted(Max("day"), DateField())
        )
        found = found.filter(found__gt=0).order_by("-found", "title")
        if is_national(request.user):
            return found  # type: ignore[no-any-return]
        own = own_werkplaatsen(request.user)
        if not own:
            raise Http404
        return found.having("werkplaats", own)  # type: ignore[no-any-return]

    def address(self, record: Any) -> str:
        """On the site."""
        return str(record.url)


found_desk = FoundDesk()
