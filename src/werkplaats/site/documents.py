"""What a werkplaats published and shows: its publications, and the documents on its pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from werkplaats.catalogue.models import Entry
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.models import Paper, SectionPage
from werkplaats.people.rules import viewer_for
from werkplaats.site.filtering import rows_of

_MOST = 60


def of_werkplaats(request: HttpRequest, slug: str) -> HttpResponse:
    """The documents section of a werkplaats."""
    werkplaats = get_object_or_404(Werkplaats.objects.exclude(status=Status.ENDED), slug=slug)
    entries = Entry.objects.visible_to(viewer_for(request.user)).of_kind("publicatie")
    own = entries.having("werkplaats", [werkplaats.uid])
    publications = list(own.order_by("-starts_on", "title")[:_MOST])
    context = {
        "werkplaats": werkplaats,
        "publications": rows_of(publications, show_kind=False),
        "count": own.count() if len(publications) == _MOST else len(publications),
        "papers": _papers(werkplaats),
    }
    return render(request, "site/library/documents.html", context)


def _papers(werkplaats: Werkplaats) -> list[Paper]:
    """Documents that pages in its section show, newest first."""
    section = SectionPage.objects.filter(werkplaats=werkplaats).first()
    if section is None:
        return []
    return list(
        Paper.objects.filter(shown__page__live=True, shown__page__path__startswith=section.path)
        .distinct()
        .order_by("-created_at")[:_MOST]
    )
