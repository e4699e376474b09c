"""Pages that people wrote: news, plain pages, and who we are."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t

from werkplaats.network.models import Werkplaats
from werkplaats.news.models import AboutPage, NewsPage, SitePage, TextPage
from werkplaats.site import regions
from werkplaats.site.filtering import listing, related_to


def news(request: HttpRequest) -> HttpResponse:
    """All news, newest first, with facets."""
    facets = [("thema", _t("Thema")), ("werkplaats", _t("Werkplaats"))]
    found = listing(request, kinds=frozenset({"nieuws"}), facets=facets, unseen=["hoofdthema"])
    return render(request, "site/pages/overview.html", {"listing": found})


def news_item(request: HttpRequest, uid: str) -> HttpResponse:
    """A news item."""
    return _shown(request, NewsPage.objects.filter(uid=uid).first())


def news_with_slug(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    """Words behind the identifier are decoration."""
    return redirect("news-item", uid=uid, permanent=True)


def text(request: HttpRequest, uid: str) -> HttpResponse:
    """A plain page."""
    return _shown(request, TextPage.objects.filter(uid=uid).first())


def text_with_slug(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    """Words behind the identifier are decoration."""
    return redirect("text-page", uid=uid, permanent=True)


def about(request: HttpRequest) -> HttpResponse:
    """Who the network is; until someone wrote that, in the words that come with the software."""
    page = AboutPage.objects.of(None).first()
    if page is None or not page.live:
        return render(request, "site/pages/about_shipped.html")
    return _shown(request, page)


@regions.region_page
def about_werkplaats(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """Who a werkplaats is."""
    around = regions.around(request, werkplaats, _t("Over"))
    return _shown(request, AboutPage.objects.of(werkplaats).first(), around)


def by_uid(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent identifier of an "over ons" leads to its readable address."""
    page = get_object_or_404(AboutPage, uid=uid)
    if not page.was_published:
        raise Http404
    return redirect(page.get_absolute_url(), permanent=True)


def _shown(request: HttpRequest, page: SitePage | None, around: dict[str, Any] | None = None) -> HttpResponse:
    """A page that is on the site; 410 for one that was, 404 for one that never was."""
    if page is None or not page.was_published:
        raise Http404
    if not page.live:
        return render(request, "site/pages/gone.html", {"page": page}, status=410)
    return render(request, page.template, {**(around or {}), "page": page, "related": related_to(page.uid)})
