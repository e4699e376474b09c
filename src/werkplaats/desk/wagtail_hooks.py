"""How the desk is put together: its views, its menu, what waits on its home."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from werkplaats.desk import (
    drafts,
    pages,  # noqa: F401
)
from werkplaats.desk.agreements import agreement_desk
from werkplaats.desk.approaches import approach_desk
from werkplaats.desk.campaigns import campaign_desk, consultation_desk
from werkplaats.desk.circles import circle_desk
from werkplaats.desk.circles import meeting_desk as circle_meeting_desk
from werkplaats.desk.confirming import check_desk
from werkplaats.desk.found import found_desk
from werkplaats.desk.joining import partnership_desk
from werkplaats.desk.library import keeps_publications, publication_desk
from werkplaats.desk.logbook import logbook_desk
from werkplaats.desk.merging import merge_desk
from werkplaats.desk.money import goal_desk, grant_desk, phase_desk
from werkplaats.desk.national import body_desk, meeting_desk
from werkplaats.desk.national_themes import national_theme_desk, work_desk
from werkplaats.desk.organisations import is_national, keeps_contacts, organisation_desk, own_werkplaatsen
from werkplaats.desk.people import account_desk, invitation_desk, role_desk
from werkplaats.desk.persons import contact_desk, function_desk
from werkplaats.desk.pilots import pilot_desk
from werkplaats.desk.places import municipality_desk
from werkplaats.desk.projects import project_desk
from werkplaats.desk.questions import question_desk
from werkplaats.desk.research import keeps_research
from werkplaats.desk.supports import support_desk
from werkplaats.desk.synonyms import can_edit_words, synonym_desk
from werkplaats.desk.themes import theme_desk
from werkplaats.desk.waiting import piles_for
from werkplaats.desk.waiting_research import research_piles_for
from werkplaats.desk.werkplaatsen import leadership_desk, werkplaats_desk
from werkplaats.desk.yields import yield_desk
from werkplaats.people.rules import RoleKind, grants_any, has_role, scopes_of

Allowed = Callable[[Any], bool]


def _handles_questions(account: Any) -> bool:
    return is_national(account) or bool(scopes_of(account, RoleKind.COORDINATOR))


def _works(account: Any) -> bool:
    return is_national(account) or bool(own_werkplaatsen(account))


def _works_or_partner(account: Any) -> bool:
    return _works(account) or bool(scopes_of(account, RoleKind.PARTNER_EDITOR))


def _administers(account: Any) -> bool:
    return has_role(account, RoleKind.ADMINISTRATOR)


def _everyone(account: Any) -> bool:
    return True


# (view, label, icon, who sees it in the menu); what may be done there each view asks again.
_FIRST: list[tuple[Any, Any, Allowed]] = [
    (question_desk, _("Vragen"), _handles_questions),
    (support_desk, _("Hier ook"), _works_or_partner),
    (partnership_desk, _("Samenwerkingen"), _works_or_partner),
    (organisation_desk, _("Organisaties"), _works_or_partner),
    (werkplaats_desk, _("Werkplaatsen"), _works),
    (publication_desk, _("Bibliotheek"), keeps_publications),
    (role_desk, _("Mensen"), grants_any),
]
_RESEARCH: list[tuple[Any, Any, Allowed]] = [
    (project_desk, _("Projecten"), keeps_research),
    (circle_desk, _("Kringen"), keeps_research),
    (circle_meeting_desk, _("Bijeenkomsten van kringen"), keeps_research),
    (yield_desk, _("Opbrengsten"), keeps_research),
    (pilot_desk, _("Pilots"), keeps_research),
    (national_theme_desk, _("Landelijke thema's"), keeps_research),
    (approach_desk, _("Aanpakken"), _everyone),
]
_NETWORK: list[tuple[Any, Any, Allowed]] = [
    (function_desk, _("Contactpersonen"), keeps_contacts),
    (contact_desk, _("Contactmomenten"), keeps_contacts),
    (check_desk, _("Bevestigingen"), keeps_contacts),
    (merge_desk, _("Samenvoegingen"), keeps_contacts),
    (leadership_desk, _("Trekkers"), _works),
    (campaign_desk, _("Kwartiermaken"), _works),
    (agreement_desk, _("Overeenkomsten"), _works_or_partner),
    (found_desk, _("Gevonden antwoorden"), _works),
    (body_desk, _("Landelijk verband"), _works),
    (phase_desk, _("Fasen"), _works),
    (grant_desk, _("Subsidies"), _works),
    (theme_desk, _("Thema's"), _everyone),
    (municipality_desk, _("Gemeenten"), _everyone),
    (synonym_desk, _("Woorden"), can_edit_words),
]
_TECHNICAL: list[tuple[Any, Any, Allowed]] = [
    (account_desk, _("Accounts"), _administers),
    (logbook_desk, _("Logboek"), _administers),
]


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    """The desk looks like the house it belongs to."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    """All records."""
    return [view for view, _label, _who in (*_FIRST, *_RESEARCH, *_NETWORK, *_TECHNICAL)] + [
        work_desk,
        invitation_desk,
        consultation_desk,
        goal_desk,
        meeting_desk,
    ]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """What is typed is kept here."""
    return [path("concept/", drafts.keep, name="desk-draft")]


class Item(MenuItem):
    """In the menu of those for whom there is something."""

    def __init__(self, view: Any, label: Any, allowed: Allowed, order: int) -> None:
        super().__init__(label, reverse(f"{view.name}:index"), name=view.name, icon_name=view.icon, order=order)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)


def _items(views: list[tuple[Any, Any, Allowed]], first: int) -> list[Item]:
    return [Item(view, label, who, first + place) for place, (view, label, who) in enumerate(views)]


@hooks.register("construct_main_menu", order=1000)
def only_what_works(request: HttpRequest, items: list[Any]) -> None:
    """Our own, and of the library what means something here."""
    kept = [item for item in items if item.name in _PAGES]
    ours = [*_items(_FIRST, 100), *_items(_TECHNICAL, 300)]
    network = SubmenuMenuItem(
        _("Netwerk"), Menu(items=_items(_NETWORK, 1)), name="netwerk", icon_name="globe", order=250
    )
    research = SubmenuMenuItem(
        _("Onderzoek"), Menu(items=_items(_RESEARCH, 1)), name="onderzoek", icon_name="clipboard-list", order=150
    )
    items[:] = [item for item in (*ours, *kept, research, network) if item.is_shown(request)]


# Of the library's own menu.
_PAGES = {"paginas", "goedkeuren", "afbeeldingen", "documenten"}


class Waiting(Component):
    """What waits for me, first thing on the desk."""

    order = 10

    def render_html(self, parent_context: Any = None) -> str:
        request = parent_context["request"]
        return render_to_string(
            "desk/waiting.html", {"piles": [*piles_for(request.user), *research_piles_for(request.user)]}, request
        )


@hooks.register("construct_homepage_panels", order=1000)
def waiting_first(request: HttpRequest, panels: list[Any]) -> None:
    """The home of the desk is about what waits."""
    panels[:] = [Waiting()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts_of_pages(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and images say nothing to a coordinator."""
    items[:] = []
