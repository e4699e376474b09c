"""Search over everything published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from werkplaats.site.filtering import listing


def overview(request: HttpRequest) -> HttpResponse:
    """One box, all kinds, facets with counts."""
    facets = [("thema", _t("Thema")), ("werkplaats", _t("Werkplaats")), ("gemeente", _t("Gemeente"))]
    found = listing(request, facets=facets, choose_kind=_t("Soort"), unseen=["hoofdthema"])
    return render(request, "site/search.html", {"listing": found})
