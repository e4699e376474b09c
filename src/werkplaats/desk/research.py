"""What all parts of the desk about research share: whose records one sees, and what one may choose."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core.models import Visibility
from werkplaats.core.versions import Conflict
from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.organisations import is_national
from werkplaats.desk.viewsets import DeskViewSet, version_of
from werkplaats.library.models import Publication
from werkplaats.network.models import Werkplaats
from werkplaats.people.rules import RoleKind, has_role
from werkplaats.research import actions
from werkplaats.research.forms import ReturnForm
from werkplaats.research.models import Circle, NationalTheme, Project
from werkplaats.research.rules import State, can_change, can_read_over, works_for

REGION = Column(_("werkplaats"), lambda one: one.werkplaats.name if one.werkplaats else _t("landelijk"))
SEEN_BY = Column(_("zichtbaar voor"), lambda one: one.get_visibility_display(), "visibility")
SOURCE = Column(_("zekerheid"), lambda one: one.get_basis_display(), "basis")
STATE = Column(_("stand"), lambda one: one.get_state_display(), "state")
BY_STATE = by_field("stand", _("stand"), "state", lambda request: State.choices)
BY_SEEN = by_field("zichtbaar", _("zichtbaar voor"), "visibility", lambda request: Visibility.choices)


def keeps_research(account: Any) -> bool:
    """Whether this account keeps research at all."""
    return is_national(account) or bool(works_for(account))


def keeps_persons(account: Any, werkplaats: Werkplaats) -> bool:
    """People in a group are for the coordinators of its werkplaats."""
    return has_role(account, RoleKind.COORDINATOR, werkplaats.uid)


# What stands where one may not read of which group or project something is.
CLOSED: dict[type[Any], Any] = {Circle: _("een besloten kring"), Project: _("een besloten project")}


def circles_chosen_by(account: Any, record: Any) -> QuerySet[Any]:
    """To which learning groups this account may tie a record: of its own werkplaats, as far as it sees them."""
    seen = Circle.objects.for_desk_of(account).kept_by(_regions(account, record))
    return seen.select_related("werkplaats")


def projects_chosen_by(account: Any, record: Any) -> QuerySet[Any]:
    """To which projects: those it sees at the desk."""
    return Project.objects.for_desk_of(account)


def offer(form: Any, name: str, chosen: QuerySet[Any], record: Any) -> None:
    """Let a form offer these, and what the record is tied to already: by another name for who may not read that one."""
    field, key = form.fields[name], getattr(record, f"{name}_id")
    seen = set(chosen.values_list("pk", flat=True))
    others = chosen.model.objects.filter(Q(pk__in=seen) | Q(pk=key))
    field.queryset = others.select_related("werkplaats")
    field.label_from_instance = lambda one: str(one) if one.pk in seen else str(CLOSED[type(one)])


def above(account: Any, records: QuerySet[Any]) -> QuerySet[Any]:
    """These records, each knowing whether this account may read of which group and project it is."""
    circles = Circle.objects.for_desk_of(account).filter(pk=OuterRef("circle"))
    projects = Project.objects.for_desk_of(account).filter(pk=OuterRef("project"))
    found = records.select_related("circle", "project")
    return found.annotate(circle_seen=Exists(circles), project_seen=Exists(projects))


def of_which(record: Any) -> str:
    """Of which group or project a record is, as ``above`` says; nothing when of none."""
    one = record.circle or record.project
    if one is None:
        return ""
    seen = record.circle_seen if record.circle else record.project_seen
    return str(one) if seen else str(CLOSED[type(one)])


def _called(account: Any, model: type[Any]) -> Any:
    """What the groups or projects with these uids are called for this account."""
    seen = model.objects.for_desk_of(account)
    return lambda uids: (
        {uid: str(CLOSED[model]) for uid in uids} | {one.uid: str(one) for one in seen.filter(uid__in=list(uids))}
    )


def publications_named_by(account: Any, record: Any) -> QuerySet[Any]:
    """Which publications someone may name: those on the site for everyone, one's own, and those that stand there."""
    public = Publication.objects.published().filter(visibility=Visibility.PUBLIC)
    known = Q(pk__in=public.values("pk")) | Q(pk__in=Publication.objects.for_desk_of(account).values("pk"))
    if record.pk:
        known |= Q(pk__in=record.publications.values("pk"))
    return Publication.objects.filter(known)


def national_themes_chosen_by(account: Any, record: Any) -> QuerySet[Any]:
    """Under which national themes: those that one sees at the desk, and the one it stands under."""
    if is_national(account):
        return NationalTheme.objects.all()
    return NationalTheme.objects.filter(~Q(visibility=Visibility.WERKPLAATS) | Q(pk=record.national_theme_id))


def _regions(account: Any, record: Any) -> list[str]:
    return [record.werkplaats.uid] if record.pk else works_for(account)


class ResearchDesk(DeskViewSet):
    """Records that a werkplaats keeps, or the national desk."""

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``ResearchQuerySet.for_desk_of``."""
        return self.model._default_manager.for_desk_of(request.user).select_related("werkplaats")  # type: ignore[attr-defined]

    def may_add(self, request: HttpRequest) -> bool:
        """Who works for a werkplaats."""
        return bool(works_for(request.user))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """See ``can_change``."""
        return can_change(request.user, record)

    def reads_words(self, request: HttpRequest, record: Any) -> bool:
        """Who changes it: others may not have been meant to read what it said before."""
        return self.may_change(request, record)

    def blank(self, request: HttpRequest) -> Any:
        """For the own werkplaats; of several for the one in the address."""
        return self.model(werkplaats=self.own(request))

    def own(self, request: HttpRequest) -> Werkplaats | None:
        """For which werkplaats something new is."""
        own = Werkplaats.objects.filter(uid__in=works_for(request.user))
        return own.filter(uid=request.GET.get("werkplaats", "")).first() or own.order_by("name").first()

    def labels(self, request: HttpRequest) -> dict[str, Any]:
        """Groups and projects, by name for who may read them."""
        return {"kenniskring": _called(request.user, Circle), "project": _called(request.user, Project)}

    def fresh(self, record: Any) -> Any:
        """The record as it is kept: what the form did to the other is not."""
        return self.model._default_manager.filter(pk=record.pk).first() or record

    def rows(self, request: HttpRequest, desk: DeskViewSet, records: Any) -> list[tuple[str, str, str]]:
        """Those of another part of the desk that this account sees, to go to."""
        seen = desk.records(request).filter(pk__in=records.values("pk"))
        return [(str(one), desk.address(one), one.get_visibility_display()) for one in seen]


class ResultDesk(ResearchDesk):
    """Records with a result, which a second person reads."""

    record_template = "desk/research/result.html"

    def get_urlpatterns(self) -> list[Any]:
        """Also reading a result over."""
        read = path("<uid:uid>/nalezen/", require_admin_access(self.read_over), name="read")
        return [*super().get_urlpatterns(), read]

    def read_over(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Approve a result, or give it back with a reason."""
        record = self.record(request, uid)
        if request.method == "POST" and can_read_over(request.user, record):
            form = ReturnForm(request.POST)
            try:
                if request.POST.get("besluit") == "goedkeuren":
                    actions.approve_result(record=record, version=version_of(request), by=request.user)
                    messages.success(request, _t("Nagelezen. De site toont deze woorden aan wie dit mag zien."))
                elif form.is_valid():
                    reason = form.cleaned_data["reason"]
                    actions.return_result(record=record, reason=reason, version=version_of(request), by=request.user)
                    messages.success(request, _t("Teruggegeven. Wie het schreef, leest waarom."))
                else:
                    messages.error(request, _t("Schrijf wat er anders moet, zodat de schrijver verder kan."))
            except Conflict:
                messages.error(request, _t("Dit is intussen gewijzigd. Lees wat er nu staat en kies opnieuw."))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        elif request.method == "POST":
            raise Http404
        return redirect(self.address(record))

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What waits to be read, for who may read it."""
        may = record.awaits_reader and can_read_over(request.user, record)
        labels = {name: record._meta.get_field(name).verbose_name for name in record.RESULT}
        return {
            "to_read": [(labels[name], text) for name, text in record.written().items() if text] if may else [],
            "waits": record.awaits_reader and not may,
            "read_address": reverse(self.get_url_name("read"), args=[record.uid]),
            "return_form": ReturnForm(auto_id="lees_%s"),
        }
