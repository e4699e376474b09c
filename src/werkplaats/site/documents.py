"""What a werkplaats published and shows: its publications, and the documents on its pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from werkplaats.catalogue.models import Entry
from werkplaats.network.models import Werkplaats
from werkplaats.news.models import Paper, SectionPage
from werkplaats.people.rules import viewer_for
from werkplaats.site import regions
from werkplaats.site.filtering import rows_of

_MOST = 60


@regions.region_page
def of_werkplaats(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """What a werkplaats brought out, the newest first, and the documents on its pages."""
    entries = Entry.objects.visible_to(viewer_for(request.user)).of_kind("publicatie")
    own = entries.having("werkplaats", [werkplaats.uid])
    publications = list(own.latest_day_first()[:_MOST])
    context = {
        **regions.around(request, werkplaats, _t("Documenten")),
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
