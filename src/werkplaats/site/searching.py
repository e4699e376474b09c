"""Search over everything published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from werkplaats.places.rules import province_named
from werkplaats.site.filtering import listing
from werkplaats.site.finding import meant_by


def overview(request: HttpRequest) -> HttpResponse:
    """One box, all kinds, facets with counts."""
    facets = [("thema", _t("Thema")), ("werkplaats", _t("Werkplaats")), ("gemeente", _t("Gemeente"))]
    found = listing(request, facets=facets, choose_kind=_t("Soort"), unseen=["hoofdthema", "organisatie"])
    regions = meant_by(found.text) if province_named(found.text) else []
    context = {"listing": found, "province": province_named(found.text), "regions": regions}
    return render(request, "site/search.html", context)
