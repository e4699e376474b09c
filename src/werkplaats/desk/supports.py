"""Who said "hier ook", and which answers were found instead of asked: on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.agenda.models import Question, Support
from werkplaats.agenda.rules import Mandate
from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.organisations import is_national
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.people.rules import RoleKind, scopes_of


def _words(question: Question) -> str:
    """What everyone may read of a question. One may have been taken off the site after somebody said "hier ook"."""
    return question.public_text if question.is_public else _t("Deze vraag staat niet op de site.")


class SupportDesk(DeskViewSet):
    """On questions of the own werkplaats, and by the own organisation. They speak for themselves: nobody changes it."""

    model = Support
    name = url_prefix = "hier-ook"
    icon = "pick"
    lead = _("Organisaties die dezelfde vraag hebben. Zij zeggen het zelf, en nemen het zelf terug op de site.")
    nothing = _("Nog niemand zei “hier ook” bij uw vragen.")
    columns = (
        Column(_("organisatie"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("vraag"), lambda one: Truncator(_words(one.question)).chars(90)),
        Column(_("namens wie"), lambda one: one.get_mandate_display(), "mandate"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("organisation__name", "reason")
    filters = (by_field("namens", _("namens wie"), "mandate", lambda request: Mandate.choices),)

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See the class."""
        found = Support.objects.select_related("organisation", "question")
        if is_national(request.user):
            return found
        mine = Q(question__in=Question.objects.for_desk_of(request.user).values("pk"))
        mine |= Q(organisation__uid__in=scopes_of(request.user, RoleKind.PARTNER_EDITOR))
        return found.filter(mine)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """To read only."""
        return modelform_factory(Support, fields=("organisation", "mandate", "reason"))(instance=record)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The question."""
        address = record.question.get_absolute_url() if record.question.is_public else ""
        return {"ties": [(_t("Vraag"), [(_words(record.question), address, "")])]}


support_desk = SupportDesk()
