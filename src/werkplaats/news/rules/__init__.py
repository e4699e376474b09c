"""Who may do what with pages: by the dated roles of today, in the section a page stands in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wagtail.models import PagePermissionTester

from werkplaats.people.rules import RoleKind, has_role, scopes_of

# Who write, change, unpublish and approve in the section of their werkplaats.
EDITING = (RoleKind.COORDINATOR, RoleKind.LECTOR)


@dataclass(frozen=True)
class Desk:
    """A section in which an account works today. ``editor``: on all its pages; without it, on the own ones only.

    ``path``: where its pages stand in the tree. ``werkplaats``: its uid, empty for the national section.
    """

    page: int
    path: str
    werkplaats: str
    group: int
    collection: int
    editor: bool

    def holds(self, page: Any) -> bool:
        """Whether a page stands in this section, or is it."""
        return page.path.startswith(self.path)


def edits(account: Any, werkplaats: str) -> bool:
    """Whether the account edits the section of this werkplaats (its uid; empty: the national one) today."""
    if not werkplaats:
        return has_role(account, RoleKind.NATIONAL_EDITOR)
    return any(has_role(account, kind, werkplaats) for kind in EDITING)


def edited_by(account: Any) -> set[str]:
    """The uids of the werkplaatsen in whose section the account is an editor today."""
    return {uid for kind in EDITING for uid in scopes_of(account, kind)}


def can_decide(account: Any, werkplaats: str, involved: Collection[int], approvers: Collection[int]) -> bool:
    """Whether the account may approve what others wrote in the section of this werkplaats, or send it back.

    Never who wrote the last change or submitted it (``involved``). A landelijk redacteur stands in where nobody else
    is there (``approvers``: who edit the section today).
    """
    if account.pk in involved:
        return False
    if edits(account, werkplaats):
        return True
    return has_role(account, RoleKind.NATIONAL_EDITOR) and set(approvers) <= set(involved)


class Rights(PagePermissionTester):
    """What an account may do with a page at the desk. Nobody publishes: that takes approval by a second person."""

    def __init__(self, user: Any, page: Any, desks: Collection[Desk]) -> None:
        super().__init__(user, page)
        self.desk = next((desk for desk in desks if desk.holds(page)), None)
        # The library reads these in places of its own.
        self.permissions = set() if self.desk is None else {"add", "change"} if self.desk.editor else {"add"}
        self.is_section = self.desk is not None and page.pk == self.desk.page

    def can_edit(self) -> bool:
        """An editor of the section, or the writer of this page; a section itself is nobody's to change."""
        if self.desk is None or self.is_section:
            return False
        return self.desk.editor or self.page.owner_id == self.user.pk

    def can_add_subpage(self) -> bool:
        """Anyone who works in the section, where pages of some kind still fit."""
        models = self.page.specific_class.creatable_subpage_models()
        return self.desk is not None and any(model.can_create_at(self.page) for model in models)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts only: what was ever published leaves an address that people have, and is taken off instead."""
        if not self.can_edit() or self.page.first_published_at:
            return False
        return not self.page.numchild

    def can_unpublish(self) -> bool:
        """An editor of the section."""
        return self.can_edit() and self.desk is not None and self.desk.editor and self.page.live

    def can_move(self) -> bool:
        """Editors, and only pages that fit in more than one place."""
        fits = len(self.page.specific_class.allowed_parent_page_models()) > 1
        return self.can_edit() and self.desk is not None and self.desk.editor and fits

    def can_move_to(self, destination: Any) -> bool:
        """Within the own section."""
        if not self.can_move() or self.desk is None or not self.desk.holds(destination):
            return False
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        return bool(self.page.specific.can_move_to(destination))

    def can_submit_for_moderation(self) -> bool:
        """Who may edit, while nothing waits."""
        return self.can_edit() and super().can_submit_for_moderation()

    def can_view_revisions(self) -> bool:
        """Who may edit."""
        return self.can_edit()

    def _never(self, *_rest: Any) -> bool:
        return False

    can_publish = can_publish_subpage = can_copy = can_copy_to = can_reorder_children = _never
    can_lock = can_unlock = can_set_view_restrictions = can_unschedule = _never
