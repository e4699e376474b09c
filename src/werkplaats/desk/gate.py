"""Which of the library's own addresses at the desk are open, and for whom. What is not named here is shut.

The library checks rights per kind of record; here each address is checked by the record that it names. One that is
not the account's does not exist for it: 404.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from werkplaats.core.actors import SYSTEM
from werkplaats.news.actions import follow_roles
from werkplaats.news.models import Paper, Picture, RegionalSite, SectionPage
from werkplaats.news.queries import desks_of, is_out_of_step
from werkplaats.people.rules import can_enter_desk

Handler = Callable[[HttpRequest], HttpResponse]
Check = Callable[[Any, dict[str, Any]], bool]

_PREVIEWS = frozenset({
    "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:revisions_view", "goedkeuren:preview",
})  # fmt: skip
# The page as visitors see it, shown within the desk.
_PREVIEW_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


def only_what_is_open(handler: Handler) -> Handler:
    """At the desk: groups as the roles of today say, only what is open, and previews that may be framed."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/beheer/"):
            return handler(request)
        _groups_of_today(request.user)
        response = handler(request)
        found = request.resolver_match
        if found and found.view_name in _PREVIEWS:
            response.headers["Content-Security-Policy"] = _PREVIEW_POLICY
        return response

    def look(request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        found = request.resolver_match
        if found is None or not request.path.startswith("/beheer/") or not is_librarys(found.view_name):
            return None
        if not request.user.is_authenticated:
            # The library sends who is not signed in to our own page for that.
            return None
        if found.view_name == "wagtailadmin_pages:edit" and _is_own_section(request.user, kwargs["page_id"]):
            # Nobody changes a section itself; the library has links to it all the same.
            return redirect("wagtailadmin_explore", kwargs["page_id"])
        check = OPEN.get(found.view_name)
        if check is None or not check(request.user, kwargs):
            raise Http404
        return _kept_while_used(request, kwargs) if found.view_name in _REMOVING else None

    answer.process_view = look  # type: ignore[attr-defined]
    return answer


def _groups_of_today(account: Any) -> None:
    """A role that began or ended, also by a date that passed, counts from this request on."""
    if not account.is_authenticated:
        return
    if can_enter_desk(account) and is_out_of_step(account):
        follow_roles(account=account, by=SYSTEM)
        # What these remembered is from before.
        for name in ("_desks", "_current_roles"):
            if hasattr(account, name):
                delattr(account, name)


def is_librarys(name: str) -> bool:
    """Whether an address is the library's own: those of our viewsets have names of ours."""
    return name.startswith("wagtail")


def _is_own_section(account: Any, page: int) -> bool:
    return any(desk.page == page for desk in desks_of(account))


def _anyone(account: Any, kwargs: dict[str, Any]) -> bool:
    return True


def _writers(account: Any, kwargs: dict[str, Any]) -> bool:
    return bool(desks_of(account))


def _page(kwargs: dict[str, Any], name: str) -> Page | None:
    return Page.objects.filter(pk=kwargs.get(name)).first()


def _right(may: str, *names: str) -> Check:
    """Whether the account has a right on each of the pages that the address names."""

    def check(account: Any, kwargs: dict[str, Any]) -> bool:
        pages = [_page(kwargs, name) for name in names]
        return bool(desks_of(account)) and all(
            page is not None and page.depth > 1 and getattr(page.specific_deferred.permissions_for_user(account), may)()
            for page in pages
        )

    return check


def _browse(account: Any, kwargs: dict[str, Any]) -> bool:
    """The top, and what stands in an own section."""
    page = _page(kwargs, "parent_page_id")
    return page is not None and bool(desks_of(account)) and (page.depth == 1 or _is_own(account, page))


def _is_own(account: Any, page: Page) -> bool:
    desk = next((desk for desk in desks_of(account) if desk.holds(page)), None)
    return desk is not None and (desk.editor or page.pk == desk.page or page.owner_id == account.pk)


def _choose_within(account: Any, kwargs: dict[str, Any]) -> bool:
    """As for browsing; and for all who write, what the network has on the site."""
    page = _page(kwargs, "parent_page_id")
    national = page is not None and page.live and is_national(page)
    return _browse(account, kwargs) or (national and bool(desks_of(account)))


def is_national(page: Page) -> bool:
    """Whether a page stands in the section of the network."""
    path = SectionPage.objects.filter(werkplaats=None).values_list("path", flat=True).first()
    return bool(path) and page.path.startswith(path)


def _move(account: Any, kwargs: dict[str, Any]) -> bool:
    page, there = _page(kwargs, "page_to_move_id"), _page(kwargs, "destination_id")
    if page is None or there is None or page.depth == 1:
        return False
    return bool(page.specific.permissions_for_user(account).can_move_to(there))


def _file(model: type[Any], act: str, *names: str) -> Check:
    """Whether the account may do this with the file that the address names, wherever it stands."""

    def check(account: Any, kwargs: dict[str, Any]) -> bool:
        if not desks_of(account):
            return False
        wanted = next((kwargs[name] for name in names if name in kwargs), None)
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_any_permission_for(account, [act])
        return str(wanted).isdecimal() and bool(mine.filter(pk=wanted).exists())

    return check


_REMOVING = {"wagtailimages:delete": (Picture, "image_id"), "wagtaildocs:delete": (Paper, "document_id")}


def _kept_while_used(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """What a page shows is taken off the page first."""
    name = request.resolver_match.view_name
    model, key = _REMOVING[name]
    file = model.objects.get(pk=kwargs[key])
    worn = RegionalSite.objects.filter(logo=file).first() if isinstance(file, Picture) else None
    if worn:
        said = _("“%(title)s” is het beeldmerk van %(name)s. Kies daar eerst een ander.")
        messages.error(request, said % {"title": file.title, "name": worn})
        return redirect(name.replace("delete", "edit"), file.pk)
    if not ReferenceIndex.get_references_to(file).exists():
        return None
    messages.error(request, _("“%(title)s” staat op een pagina. Haal het daar eerst weg.") % {"title": file.title})
    return redirect(name.replace("delete", "edit"), file.pk)


def _session(account: Any, kwargs: dict[str, Any]) -> bool:
    """Who else has this page open; only for pages."""
    if (kwargs.get("app_label"), kwargs.get("model_name")) != ("wagtailcore", "page"):
        return False
    return _right("can_edit", "object_id")(account, kwargs)


_EDIT = _right("can_edit", "page_id")
OPEN: dict[str, Check] = {
    "wagtailadmin_home": _anyone,
    "wagtailadmin_logout": _anyone,
    "wagtailadmin_sprite": _anyone,
    "wagtailadmin_javascript_catalog": _anyone,
    "wagtailadmin_login": _anyone,
    # Pages.
    "wagtailadmin_explore_root": _writers,
    "wagtailadmin_explore": _browse,
    "wagtailadmin_explore_results": _browse,
    "wagtailadmin_pages:add_subpage": _right("can_add_subpage", "parent_page_id"),
    "wagtailadmin_pages:add": _right("can_add_subpage", "parent_page_id"),
    "wagtailadmin_pages:preview_on_add": _right("can_add_subpage", "parent_page_id"),
    "wagtailadmin_pages:edit": _EDIT,
    "wagtailadmin_pages:preview_on_edit": _EDIT,
    "wagtailadmin_pages:view_draft": _EDIT,
    "wagtailadmin_pages:delete": _right("can_delete", "page_id"),
    "wagtailadmin_pages:unpublish": _right("can_unpublish", "page_id"),
    "wagtailadmin_pages:move": _right("can_move", "page_to_move_id"),
    "wagtailadmin_pages:move_confirm": _move,
    "wagtailadmin_pages:history": _EDIT,
    "wagtailadmin_pages:history_results": _EDIT,
    "wagtailadmin_pages:revisions_index": _EDIT,
    "wagtailadmin_pages:revisions_view": _EDIT,
    "wagtailadmin_pages:revisions_revert": _EDIT,
    "wagtailadmin_pages:revisions_compare": _right("can_edit", "pk"),
    # Where something is used names only pages that the account may edit.
    "wagtailadmin_pages:usage": _EDIT,
    "wagtailadmin_pages:workflow_history": _EDIT,
    "wagtailadmin_pages:workflow_history_detail": _EDIT,
    "wagtailadmin_editing_sessions:ping": _session,
    "wagtailadmin_editing_sessions:release": _writers,
    # Choosing where a link leads.
    "wagtailadmin_choose_page": _writers,
    "wagtailadmin_choose_page_child": _choose_within,
    "wagtailadmin_choose_page_search": _writers,
    "wagtailadmin_choose_page_external_link": _writers,
    "wagtailadmin_choose_page_email_link": _writers,
    "wagtailadmin_choose_page_phone_link": _writers,
    "wagtailadmin_choose_page_anchor_link": _writers,
    # Pictures.
    "wagtailimages:index": _writers,
    "wagtailimages:index_results": _writers,
    "wagtailimages:add": _writers,
    "wagtailimages:edit": _file(Picture, "change", "image_id"),
    "wagtailimages:delete": _file(Picture, "change", "image_id"),
    "wagtailimages:image_usage": _file(Picture, "change", "image_id"),
    "wagtailimages_chooser:choose": _writers,
    "wagtailimages_chooser:choose_results": _writers,
    "wagtailimages_chooser:create": _writers,
    "wagtailimages_chooser:chosen": _file(Picture, "choose", "pk"),
    # Documents.
    "wagtaildocs:index": _writers,
    "wagtaildocs:index_results": _writers,
    "wagtaildocs:add": _writers,
    "wagtaildocs:edit": _file(Paper, "change", "document_id"),
    "wagtaildocs:delete": _file(Paper, "change", "document_id"),
    "wagtaildocs:document_usage": _file(Paper, "change", "document_id"),
    "wagtaildocs_chooser:choose": _writers,
    "wagtaildocs_chooser:choose_results": _writers,
    "wagtaildocs_chooser:create": _writers,
    "wagtaildocs_chooser:chosen": _file(Paper, "choose", "pk"),
}
