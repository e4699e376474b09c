"""What stands at the front: the national home, or on a host name of its own that of a werkplaats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from werkplaats.site import home, werkplaatsen
from werkplaats.site.hosts import region_of


def front(request: HttpRequest) -> HttpResponse:
    """The home of whose name the visitor came by."""
    site = region_of(request)
    return werkplaatsen.detail(request, slug=site.werkplaats.slug) if site else home.home(request)
