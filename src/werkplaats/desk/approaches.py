"""Ways of working on the desk: presence, quartermaking, support and the like."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national
from werkplaats.desk.research import SOURCE
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.terms import actions
from werkplaats.terms.forms import ApproachForm
from werkplaats.terms.models import Approach


class ApproachDesk(DeskViewSet):
    """All of them; to change for the national desk."""

    model = Approach
    name = url_prefix = "aanpakken"
    icon = "tag"
    lead = _("Manieren van werken die een naam hebben. Projecten, pilots en opbrengsten wijzen ernaar.")
    nothing = _("Nog geen aanpak. Het landelijk bureau voegt ze toe.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("andere woorden"), lambda one: one.synonyms),
        SOURCE,
    )
    searched = ("name", "description", "synonyms")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All."""
        return Approach.objects.all()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, what it is, words."""
        return ApproachForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        approach = Approach.objects.filter(pk=record.pk).first() or Approach()
        return actions.save_approach(approach=approach, values=form.values(), version=version, by=request.user)


approach_desk = ApproachDesk()
