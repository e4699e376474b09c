"""Projects at the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.agenda.models import Question
from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national
from werkplaats.desk.pilots import pilot_desk
from werkplaats.desk.research import (
    BY_SEEN,
    BY_STATE,
    REGION,
    SEEN_BY,
    SOURCE,
    STATE,
    ResearchDesk,
    national_themes_chosen_by,
    publications_named_by,
)
from werkplaats.desk.yields import yield_desk
from werkplaats.research import actions
from werkplaats.research.forms import ProjectForm
from werkplaats.research.models import Project


def questions_named_by(account: Any, project: Project) -> QuerySet[Any]:
    """Which questions someone may name: public ones, those that one handles, and those that stand there already."""
    public, own = Question.objects.public(), Question.objects.for_desk_of(account)
    known = Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk"))
    if project.pk:
        known |= Q(pk__in=project.questions.values("pk"))
    return Question.objects.filter(known)


class ProjectDesk(ResearchDesk):
    """Projects of the own werkplaats, those in which it takes part, and national ones."""

    model = Project
    name = url_prefix = "projecten"
    icon = "clipboard-list"
    lead = _("Wat uw werkplaats uitzoekt, uit welke vragen, en met wie.")
    nothing = _("Nog geen project. Voeg er een toe, of begin bij een vraag uit uw regio.")
    new_title = _("Nieuw project")
    columns = (
        Column(_("titel"), lambda one: one.title, "title"),
        REGION,
        STATE,
        Column(_("periode"), lambda one: one.period, "valid_from"),
        SEEN_BY,
        SOURCE,
    )
    filters = (BY_STATE, BY_SEEN)
    searched = ("title", "summary", "why", "plan")

    def may_add(self, request: HttpRequest) -> bool:
        """Also the national desk: a project of no werkplaats."""
        return super().may_add(request) or is_national(request.user)

    def blank(self, request: HttpRequest) -> Any:
        """Begun at the question in the address, when this account may name that."""
        made = super().blank(request)
        made.begun_at = questions_named_by(request.user, made).filter(uid=request.GET.get("vraag", "")).first()
        return made

    def about(self, record: Any) -> list[str]:
        """What is typed for one question is not put back at another, and goes when that question goes."""
        begun = getattr(record, "begun_at", None)
        return [begun.uid] if begun else []

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What, why, with whom; ``vraag`` in the address is a question that it comes from."""
        known = questions_named_by(request.user, record)
        if first := getattr(record, "begun_at", None):
            more["initial"] = {"questions": [first], **more.get("initial", {})}
        form = ProjectForm(data, instance=record, **more)
        form.fields["questions"].known = known
        form.fields["national_theme"].queryset = national_themes_chosen_by(request.user, record)
        form.fields["publications"].known = publications_named_by(request.user, record)
        form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        common = {"values": form.values(), "partners": form.rows_of("partners"), "version": version}
        return actions.save_project(project=self.fresh(record), by=request.user, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its pilots and yields."""
        ties = [
            (_t("Pilots"), self.rows(request, pilot_desk, record.pilots.all())),
            (_t("Opbrengsten"), self.rows(request, yield_desk, record.yields.all())),
        ]
        return {"ties": ties}


project_desk = ProjectDesk()
