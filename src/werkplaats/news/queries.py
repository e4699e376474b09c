"""Finding sections and the pages in them, and who may work there."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from wagtail.documents.models import DocumentQuerySet as LibraryDocuments
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from werkplaats.core import clock
from werkplaats.network.rules import Status
from werkplaats.news.rules import EDITING, Desk, edited_by
from werkplaats.people.rules import RoleKind, Scope, has_role, roles_of, scopes_of


class SitePageQuerySet(PageQuerySet):
    """Pages that people write."""

    def for_site(self) -> Self:
        """On the site now, newest first, with the werkplaats they are of."""
        return self.live().select_related("werkplaats").order_by("-first_published_at", "-pk")

    def of(self, werkplaats: Any | None) -> Self:
        """Of one werkplaats; None: national ones."""
        return self.filter(werkplaats=werkplaats)


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class PaperQuerySet(LibraryDocuments):
    """Documents that were uploaded."""

    def on_the_site(self) -> Self:
        """Those that a page on the site shows: only these may anyone read."""
        return self.filter(shown__page__live=True).distinct()


class RegionalSiteQuerySet(models.QuerySet):
    """Own sites of werkplaatsen."""

    def for_site(self) -> Self:
        """With the werkplaats they are of, its logo, and who answers for it."""
        return self.select_related("werkplaats", "logo", "responsible")

    def at(self, host: str) -> Any | None:
        """The one with this host name, when its werkplaats did not end."""
        return self.for_site().exclude(werkplaats__status=Status.ENDED).filter(host=host).first()


def desks_of(account: Any) -> list[Desk]:
    """The sections in which this account works today, asked from the database once per account object and day.

    A coordinator or lector in that of the werkplaats, a landelijk redacteur in the national one, and a
    partnerredacteur, as a writer, in those of the werkplaatsen that the own organisation takes part in.
    """
    if not roles_of(account):
        return []
    kept: tuple[date, list[Desk]] | None = getattr(account, "_desks", None)
    if kept is None or kept[0] != clock.today():
        kept = (clock.today(), _desks_of(account))
        account._desks = kept
    return kept[1]


def _desks_of(account: Any) -> list[Desk]:
    own, national = edited_by(account), has_role(account, RoleKind.NATIONAL_EDITOR)
    organisations = scopes_of(account, RoleKind.PARTNER_EDITOR)
    wanted = Q(werkplaats__uid__in=own)
    if national:
        wanted |= Q(werkplaats=None)
    if organisations:
        partnerships = apps.get_model("network", "Partnership").objects.public()
        joined = partnerships.filter(organisation__uid__in=organisations)
        wanted |= Q(werkplaats__in=joined.values("werkplaats"))
    rows = (
        apps.get_model("news", "SectionPage")
        .objects.filter(wanted)
        .order_by("path")
        .values_list("pk", "path", "werkplaats__uid", "editors", "writers", "collection")
    )
    found = []
    for page, path, uid, editors, writers, collection in rows:
        editor = uid in own if uid else national
        found.append(Desk(page, path, uid or "", editors if editor else writers, collection, editor))
    return found


def wanted_groups(account: Any) -> set[int]:
    """Keys of the groups in which the account belongs today."""
    return {desk.group for desk in desks_of(account)}


def held_groups(account: Any) -> set[int]:
    """Keys of the groups in which the account stands."""
    return set(account.groups.values_list("pk", flat=True))


def is_out_of_step(account: Any) -> bool:
    """Whether its groups are not those of its roles, or a section in which it is an editor is not there yet."""
    desks = desks_of(account)
    missing = edited_by(account) - {desk.werkplaats for desk in desks}
    return bool(missing) or held_groups(account) != wanted_groups(account)


def section_of(page: Any) -> Any | None:
    """The section a page stands in, or is."""
    sections = apps.get_model("news", "SectionPage").objects
    return sections.select_related("werkplaats").filter(path=page.path[: 2 * page.steplen]).first()


def approvers_of(werkplaats: str) -> set[int]:
    """Who edit the section of this werkplaats (its uid; empty: the national one) today: keys of accounts."""
    roles = apps.get_model("people", "Role").objects.current().filter(account__is_active=True)
    if werkplaats:
        roles = roles.of_kind(*EDITING).about(Scope.WERKPLAATS, werkplaats)
    else:
        roles = roles.of_kind(RoleKind.NATIONAL_EDITOR)
    return set(roles.values_list("account", flat=True))


def involved_in(page: Any) -> set[int]:
    """Who wrote the last change to a page and who submitted it: keys of accounts."""
    state = page.current_workflow_state
    last = page.latest_revision
    return {key for key in (last and last.user_id, state and state.requested_by_id) if key}


def waiting_for(account: Any) -> list[tuple[Any, Any]]:
    """(page, state of its approval) of what this account may decide on, longest waiting first."""
    if not desks_of(account):
        return []
    states = (
        apps.get_model("wagtailcore", "TaskState").objects.filter(status="in_progress").order_by("started_at", "pk")
    )
    found = []
    for state in states.select_related("workflow_state__requested_by__person", "revision__user__person", "task"):
        page = state.workflow_state.content_object
        if page is not None and state.task.specific.decides(page, account):
            found.append((page.specific, state))
    return found


def returned_to(account: Any) -> list[Any]:
    """Pages that this account submitted and that came back."""
    if not desks_of(account):
        return []
    states = apps.get_model("wagtailcore", "WorkflowState").objects.filter(status="needs_changes", requested_by=account)
    return [state.content_object.specific for state in states.order_by("pk") if state.content_object]
