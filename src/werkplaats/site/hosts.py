"""Host names of their own: on one of these the same addresses show what is of one werkplaats.

Which werkplaats that is hangs on the request and on nothing else, so that two names in one process, or in one thread,
never know of each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port, validate_host

from werkplaats.news.models import RegionalSite
from werkplaats.site.errors import bad_request

Handler = Callable[[HttpRequest], HttpResponse]

# What belongs to the whole installation: accounts, the desk, what search engines and programs read.
_NATIONAL = (
    "/beheer/", "/inloggen/", "/uitloggen/", "/mijn/", "/account/", "/wachtwoord/", "/uitnodiging/", "/bevestigen/",
    "/sitemap", "/api/", "/.well-known/", "/security.txt",
)  # fmt: skip
# In an address: not of this region alone.
WHOLE = "heel-netwerk"


def by_host(handler: Handler) -> Handler:
    """Find whose name the visitor came by; refuse one that is nobody's before anything looks at the request."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.region = None  # type: ignore[attr-defined]
        # As it was asked, small and without its port; what a proxy says in other headers is never believed.
        name, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        if "HTTP_HOST" in request.META and not validate_host(name, settings.ALLOWED_HOSTS):
            site = RegionalSite.objects.at(name) if name else None
            if site is None:
                # Programs are told in their own way, where the request is looked at for them.
                is_program = request.path.startswith("/api/")
                return handler(request) if is_program else bad_request(request, DisallowedHost(name))
            _let_in(request, site)
            if _is_for_all(request.path):
                return _to_the_network(request)
        return handler(request)

    return answer


def region_of(request: Any) -> RegionalSite | None:
    """The site whose own host name the visitor came by; None on that of the network."""
    return getattr(request, "region", None)


def network_address(path: str = "/") -> str:
    """The same address on the host of the network: the one that counts for search engines, mail and feeds."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def permanent(request: HttpRequest, path: str) -> str:
    """The whole address of something, the same by whatever name it was found."""
    return network_address(path) if region_of(request) else request.build_absolute_uri(path)


def canonical(request: HttpRequest) -> str:
    """Of which address a page on a host of its own is a copy; nothing on that of the network."""
    site = region_of(request)
    if site is None:
        return ""
    prefix, bare = in_dutch(request.path)
    return network_address(f"{prefix}{site.get_absolute_url()}" if bare == "/" else request.path)


def in_dutch(path: str) -> tuple[str, str]:
    """The prefix of the language and the address without it."""
    return ("/en", path.removeprefix("/en")) if path.startswith("/en/") else ("", path)


def narrowed(request: Any) -> None:
    """On a host of its own a list begins with what is of that werkplaats; ``WHOLE`` in the address lifts that."""
    site, given = region_of(request), request.GET
    if site is None or WHOLE in given or "werkplaats" in given:
        return
    wanted = given.copy()
    wanted["werkplaats"] = site.werkplaats.uid
    # Kept in every address that is made of this one: who takes the region away sees the whole network.
    wanted[WHOLE] = "1"
    request.GET = wanted


def _let_in(request: HttpRequest, site: RegionalSite) -> None:
    host = request.META["HTTP_HOST"].lower()
    request.region = site  # type: ignore[attr-defined]
    # The settings know the names of the network only; this request came by one that an operator gave.
    request.get_host = lambda: host  # type: ignore[method-assign]


def _is_for_all(path: str) -> bool:
    return in_dutch(path)[1].startswith(_NATIONAL)


def _to_the_network(request: HttpRequest) -> HttpResponse:
    """Accounts and the desk are in one place, so that nobody's session is known by another name."""
    if request.method not in {"GET", "HEAD"}:
        return bad_request(request)
    address = network_address(request.get_full_path())
    # Where a name of the network was set wrongly this would go round.
    return bad_request(request) if urlsplit(address).netloc == request.get_host() else HttpResponseRedirect(address)
