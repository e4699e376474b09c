"""How the desk is put together: its views, its menu, what waits on its home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from werkplaats.agenda.models import Question
from werkplaats.desk import pages
from werkplaats.desk.questions import QuestionDesk, question_desk, urgent_first
from werkplaats.desk.synonyms import SynonymDesk, can_edit_words, synonym_desk

# What of the library's own menu means something here; the rest comes with later rooms.
_MENU = {"vragen", "woorden", "goedkeuren", "paginas", "afbeeldingen", "documenten"}
_SHOWN = 20


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    """The desk looks like the house it belongs to."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("register_admin_viewset")
def question_viewset() -> QuestionDesk:
    """Questions."""
    return question_desk


@hooks.register("register_admin_menu_item")
def question_menu() -> MenuItem:
    """Questions in the menu."""
    return MenuItem(_("Vragen"), reverse("vragen:index"), name="vragen", icon_name="help", order=100)


@hooks.register("register_admin_viewset")
def synonym_viewset() -> SynonymDesk:
    """Words that mean the same."""
    return synonym_desk


class EditorsItem(MenuItem):
    """For those who may edit what holds for the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_words(request.user)


@hooks.register("register_admin_menu_item")
def synonym_menu() -> MenuItem:
    """Words in the menu."""
    return EditorsItem(_("Woorden"), reverse("woorden:index"), name="woorden", icon_name="tag", order=200)


@hooks.register("construct_main_menu", order=1000)
def only_what_works(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what has no use yet: accounts are made by our own actions, pages come later."""
    items[:] = [item for item in items if item.name in _MENU]


class Waiting(Component):
    """What waits for me, first thing on the desk."""

    order = 10

    def render_html(self, parent_context: Any = None) -> str:
        request = parent_context["request"]
        waiting = urgent_first(Question.objects.for_desk_of(request.user).waiting())
        context = {"waiting": waiting[:_SHOWN], "total": len(waiting)}
        return render_to_string("desk/waiting.html", context, request)


@hooks.register("construct_homepage_panels", order=1000)
def waiting_first(request: HttpRequest, panels: list[Any]) -> None:
    """The home of the desk is about what waits."""
    panels[:] = [Waiting(), pages.PagesWaiting()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts_of_pages(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and images say nothing to a coordinator."""
    items[:] = []
