"""The glossary: words of the network from a to z, and the page of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from werkplaats.site.filtering import related_to
from werkplaats.site.templatetags.pages import localised
from werkplaats.terms.models import Concept


def overview(request: HttpRequest) -> HttpResponse:
    """All words, by their letter."""
    letters = Concept.objects.in_use().by_letter()
    context = {"letters": letters, "count": sum(len(ones) for _letter, ones in letters)}
    return render(request, "site/concepts/overview.html", context)


def by_uid(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent identifier leads to the readable address."""
    return redirect("concept", slug=get_object_or_404(Concept, uid=uid).slug, permanent=True)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One word; one that is no longer used says so."""
    concept = get_object_or_404(Concept.objects.prefetch_related("see_also", "themes"), slug=slug)
    if not concept.is_used:
        return render(request, "site/concepts/gone.html", {"concept": concept}, status=410)
    context = {
        "concept": concept,
        "in_english": get_language() == "en" and concept.english_meaning,
        "places": places_of(concept),
        "see_also": [one for one in concept.see_also.all() if one.is_used],
        "facts": _facts(concept),
        "related": related_to(concept.uid, without=[one.uid for one in concept.see_also.all()]),
    }
    return render(request, "site/concepts/detail.html", context)


def _facts(concept: Concept) -> list[tuple[str, Any]]:
    """In het kort: other words, English, themes."""
    search = reverse("search")
    facts: list[tuple[str, Any]] = []
    if concept.other_words:
        facts.append((_t("Ook wel"), [(word, "") for word in concept.other_words]))
    if concept.english:
        facts.append((_t("In het Engels"), concept.english))
    themes = [(theme.name, f"{search}?thema={theme.uid}") for theme in concept.themes.all()]
    return [*facts, *([(_t("Thema's"), themes)] if themes else [])]


def places_of(concept: Any) -> list[tuple[str, str]]:
    """Where a word lives on the site: (label, address); an address that is not built yet is left out."""
    return [(place["label"], localised(place["path"])) for place in concept.places if _leads_somewhere(place["path"])]


def _leads_somewhere(path: str) -> bool:
    # Addresses are kept as they are in Dutch.
    with translation.override("nl"):
        try:
            resolve(path.partition("?")[0].partition("#")[0])
        except Resolver404:
            return False
    return True
