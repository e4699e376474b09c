"""Sections and who works in them, and deciding on what was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from werkplaats.core import logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import Werkplaats
from werkplaats.news.models import Paper, Picture, RegionalSite, SecondPerson, SectionPage, SitePage
from werkplaats.news.queries import desks_of, held_groups, wanted_groups
from werkplaats.news.rules import edited_by
from werkplaats.people.models import Account

NATIONAL = "Landelijk"
_REACHED = ("reached", "email", "phone", "postal", "visit")


class Conflict(Exception):
    """Someone else changed the page since it was read."""


@action
def make_section(*, werkplaats: Werkplaats | None, by: Actor) -> SectionPage:
    """The section of a werkplaats (None: of the network): made when it is not there, renamed with its werkplaats.

    With it come its groups, its collection and its approval by a second person.
    """
    # Two who make one at the same moment would give it the same place in the tree.
    root = Page.objects.select_for_update().get(depth=1)
    name = werkplaats.name if werkplaats else NATIONAL
    section = SectionPage.objects.filter(werkplaats=werkplaats).first()
    if section:
        if section.title != name:
            _rename(section, name)
        return section
    key = werkplaats.uid if werkplaats else "landelijk"
    if werkplaats:
        open_site(werkplaats=werkplaats, by=by)
    section = SectionPage(
        title=name,
        slug=key.lower(),
        werkplaats=werkplaats,
        editors=Group.objects.create(name=f"Redactie {key}"),
        writers=Group.objects.create(name=f"Schrijvers {key}"),
        collection=_collection(name),
    )
    root.add_child(instance=section)
    _give_rights(section)
    _ask_second_person(section)
    if werkplaats is None:
        _make_home(section)
    logbook.write("news.section.made", key, by=by)
    return section


@action
def open_site(*, werkplaats: Werkplaats, by: Actor) -> RegionalSite:
    """The own site of a werkplaats, made in the colours of the house when it is not there."""
    site: RegionalSite = RegionalSite.objects.get_or_create(werkplaats=werkplaats)[0]
    return site


@action
def save_site(*, site: RegionalSite, values: Mapping[str, Any], version: int, by: Actor) -> RegionalSite:
    """Keep how a werkplaats shows itself and is reached, or its host name. Raises Conflict.

    How it is reached may name a person, so the logbook gets only that it changed.
    """
    return versions.save(site, values, version=version, verb="news.site", by=by, private=_REACHED)


def _rename(section: SectionPage, name: str) -> None:
    section.title = section.draft_title = name
    section.save()
    Collection.objects.filter(pk=section.collection_id).update(name=name)


def _collection(name: str) -> Collection:
    root = Collection.objects.select_for_update().get(depth=1)
    return root.add_child(name=name)


def _give_rights(section: SectionPage) -> None:
    """Editors and writers of a section: the library's own marks, which its lists and choosers go by."""
    national = section if section.werkplaats is None else SectionPage.objects.filter(werkplaats=None).first()
    wanted = {section.editors: ("add", "change"), section.writers: ("add",)}
    for group, acts in wanted.items():
        for act in acts:
            GroupPagePermission.objects.create(group=group, page=section, permission=_permission(f"{act}_page"))
        for kind in ("image", "document"):
            for act in (*acts, "choose"):
                _allow(group, section.collection, f"{act}_{kind}")
            if national and national.pk != section.pk:
                # What the network made may be used by all.
                _allow(group, national.collection, f"choose_{kind}")


def _permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename, content_type__app_label__startswith="wagtail")


def _allow(group: Group, collection: Collection, codename: str) -> None:
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=collection, permission=_permission(codename)
    )


def _ask_second_person(section: SectionPage) -> None:
    task = SecondPerson.objects.create(name=f"Goedkeuring {section.title}"[:255])
    task.groups.add(section.editors)
    workflow = Workflow.objects.create(name=f"Goedkeuring {section.title}"[:255])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=section, workflow=workflow)


def _make_home(section: SectionPage) -> None:
    """The library begins with a page of its own to welcome its builders; ours takes that place."""
    Site.objects.update(root_page=section.pk)
    for welcome in Page.objects.filter(depth=2).exclude(pk__in=SectionPage.objects.values("pk")):
        if type(welcome.specific) is Page:
            welcome.delete()


@action
def follow_roles(*, account: Account, by: Actor) -> bool:
    """Make the groups of an account exactly what its roles of today say; whether anything changed.

    Makes the section of a werkplaats in which it is the first to work.
    """
    # Read anew: what this object remembers of its roles may be from before they changed.
    fresh = Account.objects.get(pk=account.pk)
    missing = edited_by(fresh) - {desk.werkplaats for desk in desks_of(fresh)}
    if missing:
        for werkplaats in Werkplaats.objects.filter(uid__in=missing):
            make_section(werkplaats=werkplaats, by=by)
        fresh = Account.objects.get(pk=account.pk)
    wanted = wanted_groups(fresh)
    if wanted == held_groups(fresh):
        return False
    # No line in the logbook: the role has one, and this only mirrors it.
    account.groups.set(wanted)
    return True


@action
def refresh_roles(*, by: Actor) -> int:
    """Make the groups of all accounts follow their roles; the number that changed."""
    known = Account.objects.filter(roles__isnull=False) | Account.objects.filter(groups__isnull=False)
    return sum(follow_roles(account=account, by=by) for account in known.distinct())


@action
def approve_page(*, page: SitePage, revision: int, by: Account) -> SitePage:
    """Approve what was read (``revision``) and publish it.

    Raises Conflict when something else waits by now, PermissionDenied for who may not.
    """
    state = _waiting(page, revision)
    state.task.specific.on_action(state, by, "approve")
    logbook.write(f"news.{page._meta.model_name}.approved", page.uid, by=by, detail={"revision": revision})
    page.refresh_from_db()
    return page


@action
def return_page(*, page: SitePage, revision: int, reason: str, by: Account) -> SitePage:
    """Send it back to its writer with a reason. Raises Conflict, PermissionDenied, and ValidationError without one."""
    if not reason.strip():
        raise ValidationError(_t("Schrijf waarom; wie de pagina schreef, leest dit."))
    state = _waiting(page, revision)
    state.task.specific.on_action(state, by, "reject", comment=reason)
    logbook.write(f"news.{page._meta.model_name}.returned", page.uid, by=by, detail={"revision": revision})
    return page


def _waiting(page: SitePage, revision: int) -> TaskState:
    # Of two who decide at once the second waits here, and then finds nothing that waits.
    Page.objects.select_for_update().get(pk=page.pk)
    state = page.current_workflow_task_state
    if state is None or state.revision_id != revision:
        raise Conflict(page.uid)
    return state


@action
def publish_text(*, page: SitePage, section: SitePage | SectionPage, by: Actor) -> SitePage:
    """Put a page that was made outside the desk on the site at once: for demonstrations and data that is read in."""
    section.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@action
def add_picture(*, title: str, file: Any, description: str, section: SectionPage, by: Actor) -> Picture:
    """Keep a picture in the collection of a section. Raises ValidationError for a file that is none."""
    return Picture.objects.create(title=title, file=file, description=description, collection=section.collection)


@action
def add_document(*, title: str, file: Any, section: SectionPage, by: Actor) -> Paper:
    """Keep a document in the collection of a section. Raises ValidationError for a file that is no PDF."""
    return Paper.objects.create(title=title, file=file, collection=section.collection)
