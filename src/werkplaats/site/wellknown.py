"""What machines look for at fixed addresses: whom to tell of a leak, and what is not for search engines."""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from werkplaats.core import clock
from werkplaats.site.hosts import permanent

# A file that nobody looks at any more should not be believed; this one is made anew each time.
_BELIEVED = timedelta(days=180)
# Signing in, one's own pages, and lists that any combination of filters makes anew. Nothing here is a secret.
CLOSED = (
    "beheer", "mijn", "inloggen", "uitloggen", "wachtwoord", "account", "vragen/volg", "vragen/verstuurd",
    "vragen/mijn-antwoord", "zoeken", "feeds",
)  # fmt: skip


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a leak (RFC 9116). Without an address to write to there is no such file."""
    if not settings.CONTACT:
        raise Http404
    lines = [
        f"Contact: mailto:{quote(settings.CONTACT, safe='@+')}",
        f"Expires: {clock.now().astimezone(UTC) + _BELIEVED:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
    ]
    # By http there is none: the standard only knows https.
    if request.is_secure():
        lines.append(f"Canonical: {request.build_absolute_uri(reverse('security-txt'))}")
    return _text(lines)


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where all else is listed."""
    closed = [f"Disallow: {prefix}/{part}/" for prefix in ("", "/en") for part in CLOSED]
    return _text(["User-agent: *", *closed, "", f"Sitemap: {permanent(request, reverse('sitemap'))}"])


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
