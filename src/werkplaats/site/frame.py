"""What every page has around it: menu, footer, language, whether it is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from werkplaats.people.rules import can_enter_desk


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template of the site; also of our own pages below the desk's address."""
    account = getattr(request, "user", None)
    signed_in = account is not None and account.is_authenticated
    mine = (_t("Mijn werkplaats"), reverse("mine"))
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": _t("Kennisnetwerk sociaal domein"),
        "home_url": reverse("home"),
        "ask_url": reverse("ask"),
        "nav": _nav(request.path),
        "footer_nav": _footer(signed_in and can_enter_desk(account)),
        "language_links": _languages(request),
        "signed_in": signed_in,
        "sign_label": mine[0] if signed_in else _t("Inloggen"),
        "sign_url": mine[1] if signed_in else reverse("account_login"),
        "is_demo": settings.IS_DEMO,
        "contact": settings.CONTACT,
    }


def _nav(path: str) -> list[tuple[str, str, bool]]:
    places = [
        (_t("Vragen"), reverse("questions")),
        (_t("Onderzoek"), reverse("research")),
        (_t("Werkplaatsen"), reverse("werkplaatsen")),
        (_t("Bibliotheek"), reverse("library")),
        (_t("Nieuws"), reverse("news")),
        (_t("Uw gemeente"), reverse("municipalities")),
        (_t("Zoeken"), reverse("search")),
    ]
    return [(label, url, path.startswith(url)) for label, url in places]


def _footer(desk: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    about = [
        (_t("Toegankelijkheid"), reverse("accessibility")),
        (_t("Privacy"), reverse("privacy")),
        (_t("Open gegevens (API)"), "/api/v1/openapi.json"),
        (_t("Bouwstenen van deze site"), reverse("gallery")),
    ]
    if settings.CONTACT:
        about.append((_t("Contact"), f"mailto:{settings.CONTACT}"))
    if desk:
        about.append((_t("Beheer"), reverse("wagtailadmin_home")))
    return [
        (
            _t("Vragen"),
            [
                (_t("Stel een vraag"), reverse("ask")),
                (_t("Volg uw vraag"), reverse("follow")),
                (_t("Alle vragen"), reverse("questions")),
            ],
        ),
        (_t("Onderzoek"), _research()),
        (
            _t("Het netwerk"),
            [
                (_t("Werkplaatsen"), reverse("werkplaatsen")),
                (_t("Vind uw regio"), reverse("municipalities")),
                (_t("Dekking"), reverse("coverage")),
                (_t("Bibliotheek"), reverse("library")),
                (_t("Nieuws"), reverse("news")),
                (_t("Over het netwerk"), reverse("about")),
                (_t("Landelijk samen"), reverse("national")),
                (_t("Fasen en geld"), reverse("phases")),
            ],
        ),
        (_t("Over deze site"), about),
    ]


def _research() -> list[tuple[str, str]]:
    return [
        (_t("Wat er nu loopt"), reverse("research")),
        (_t("Projecten"), reverse("projects")),
        (_t("Opbrengsten"), reverse("yields")),
        (_t("Pilots"), reverse("pilots")),
        (_t("Landelijke thema's"), reverse("national-themes")),
        (_t("Aanpakken"), reverse("approaches")),
    ]


def _languages(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """The same page in the other language, with its query; an answer to a POST leads to the page's start."""
    here = request.get_full_path() if request.method == "GET" else request.path
    names = {"nl": "Nederlands", "en": "English"}
    return [(code, name, translate_url(here, code), code == get_language()) for code, name in names.items()]
