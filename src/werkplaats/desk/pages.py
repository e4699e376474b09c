"""Pages, pictures and documents at the desk: what of the library's own parts is shown, to whom, in which words."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, WorkflowState

from werkplaats.core import logbook
from werkplaats.desk.approving import ApprovalDesk, approval_desk
from werkplaats.news.models import AboutPage, NewsPage, SectionPage, TextPage
from werkplaats.news.queries import desks_of


class PageFilters(WagtailFilterSet):
    """None: the library's own would name everyone who ever wrote anything."""

    class Meta:
        model = Page
        fields: list[str] = []


class OwnPages(ExplorableIndexView):
    """The list of pages, without what has no use here."""

    base_filterset_class = PageFilters
    base_columns = [column for column in ExplorableIndexView.base_columns if column.name != "bulk_actions"]
    results_template_name = "desk/pages/results.html"

    def get_side_panels(self) -> MediaContainer:
        """None: what they tell of a section says nothing to who writes in it."""
        return MediaContainer()

    @property
    def to_add(self) -> list[tuple[str, str]]:
        """What may be written here, each with where to begin."""
        models = [
            model for model in self.parent_page.creatable_subpage_models() if model.can_create_at(self.parent_page)
        ]
        return [
            (
                str(_TO_WRITE[model]),
                reverse("wagtailadmin_pages:add", args=["news", model._meta.model_name, self.parent_page.pk]),
            )
            for model in _TO_WRITE
            if model in models
        ]


_TO_WRITE: dict[type[Any], Any] = {
    NewsPage: _("Schrijf een nieuwsbericht"),
    TextPage: _("Schrijf een pagina"),
    AboutPage: _("Vertel wie u bent"),
}


class PageDesk(PageViewSet):
    """All pages go by these views."""

    model = Page
    index_view_class = OwnPages
    filterset_class = PageFilters
    columns = OwnPages.base_columns


@hooks.register("register_admin_viewset", order=1000)
def page_viewset() -> PageViewSet:
    """Pages."""
    return PageDesk()


@hooks.register("register_admin_viewset")
def approval_viewset() -> ApprovalDesk:
    """Approving what others wrote."""
    return approval_desk


class WritersItem(MenuItem):
    """For those who work in a section."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(desks_of(request.user))


class EditorsItem(MenuItem):
    """For those who may approve."""

    def is_shown(self, request: HttpRequest) -> bool:
        return any(desk.editor for desk in desks_of(request.user))


@hooks.register("register_admin_menu_item")
def pages_menu() -> MenuItem:
    """Pages in the menu."""
    return WritersItem(
        _("Pagina's"), reverse("wagtailadmin_explore_root"), "paginas", icon_name="folder-open-inverse", order=120
    )


@hooks.register("register_admin_menu_item")
def approving_menu() -> MenuItem:
    """Approving in the menu."""
    return EditorsItem(_("Goedkeuren"), reverse("goedkeuren:index"), "goedkeuren", icon_name="check", order=125)


@hooks.register("register_admin_menu_item")
def pictures_menu() -> MenuItem:
    """Pictures in the menu."""
    return WritersItem(_("Afbeeldingen"), reverse("wagtailimages:index"), "afbeeldingen", icon_name="image", order=130)


@hooks.register("register_admin_menu_item")
def documents_menu() -> MenuItem:
    """Documents in the menu."""
    return WritersItem(_("Documenten"), reverse("wagtaildocs:index"), "documenten", icon_name="doc-full", order=140)


def _own(account: Any) -> Q:
    """Pages of the own sections; of a writer only the own ones, and the section they hang under."""
    found = Q(pk__in=[])
    for desk in desks_of(account):
        within = Q(path__startswith=desk.path)
        found |= within if desk.editor else within & (Q(owner=account) | Q(pk=desk.page))
    return found


@hooks.register("construct_explorer_page_queryset")
def own_pages(parent: Page, pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """In lists of pages: one's own."""
    return pages.filter(_own(request.user))


@hooks.register("construct_page_chooser_queryset")
def own_and_national_pages(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Where a link may lead: one's own pages, and what the network has on the site."""
    found = _own(request.user)
    for path in SectionPage.objects.filter(werkplaats=None).values_list("path", flat=True):
        found |= Q(path__startswith=path, live=True)
    return pages.filter(found)


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def own_and_national_files(files: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Files of one's own sections, and of the network."""
    own = [desk.collection for desk in desks_of(request.user)]
    national = SectionPage.objects.filter(werkplaats=None).values("collection")
    return files.filter(Q(collection__in=own) | Q(collection__in=national))


_LABELS = {
    "action-save-draft": _("Bewaren"),
    "action-submit": _("Vraag goedkeuring"),
    "action-cancel-workflow": _("Trek de aanvraag terug"),
    "action-unpublish": _("Haal van de site"),
    "action-page-locked": _("Wacht op goedkeuring"),
}


@hooks.register("construct_page_action_menu")
def in_our_words(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """What the buttons below a page say; asking for approval comes second, after keeping."""
    items[:] = [_named(item) for item in items if item.name in _LABELS]


def _named(item: Any) -> Any:
    named = copy(item)
    label = _LABELS[item.name]
    named.label = label
    filled = item.get_context_data
    named.get_context_data = lambda parent: {**filled(parent), "label": label}
    return named


@hooks.register("before_edit_page")
def say_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """The writer of a page that was sent back reads why."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    decision = state.current_task_state
    by = decision.finished_by.get_full_name() if decision.finished_by else ""
    text = _t("%(name)s stuurde deze pagina terug: “%(reason)s”") % {"name": by, "reason": decision.comment}
    messages.warning(request, text)


@hooks.register("after_delete_page")
def note_removed(request: HttpRequest, page: Any) -> None:
    """A draft that was thrown away leaves a line."""
    logbook.write(f"news.{page._meta.model_name}.removed", page.uid, by=request.user)
