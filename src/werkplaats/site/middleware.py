"""What holds for every answer: security headers, limits, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import resolve_url
from django.utils import translation

from werkplaats.core.limits import TooMany
from werkplaats.site.errors import bad_request, signed_out_while_typing, too_many

Handler = Callable[[HttpRequest], HttpResponse]

_SITE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
# The desk's library sets styles from its scripts; still nothing from elsewhere, and no script in a page.
_DESK = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'; manifest-src 'self'"
)
_NOTHING_OF_THE_DEVICE = ", ".join(
    f"{what}=()"
    for what in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


def security_headers(handler: Handler) -> Handler:
    """Say to the browser what may run, who may show us, and that what is someone's own is kept nowhere."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        desk = request.path.startswith("/beheer/")
        wanted = {
            "Content-Security-Policy": _DESK if desk else _SITE,
            "X-Frame-Options": "DENY",
            "Permissions-Policy": _NOTHING_OF_THE_DEVICE,
            "Cross-Origin-Resource-Policy": "same-origin",
            # In place of the name of the server program.
            "Server": "Werkplaats",
        }
        # A page for someone who is signed in, or with a form in it, is for one pair of eyes.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if desk or signed_in or response.cookies or request.method == "POST":
            wanted["Cache-Control"] = "private, no-store"
        for name, value in wanted.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def dutch_until_asked(handler: Handler) -> Handler:
    """Every request begins in Dutch and leaves no language behind in its thread for the next one."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return handler(request)

    return answer


def sensible(handler: Handler) -> Handler:
    """Refuse what no page here answers to: a zero character in what was sent, another method than read and send."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if "\0" in request.path or any("\0" in text for text in _values(request.GET)):
            return bad_request(request)
        return handler(request)

    return answer


def _values(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield from (name, *values)


class TooOften:
    """A limit that is reached anywhere is told with when to come back, and with what was typed."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell it; any other fault is not ours."""
        return too_many(request, error.retry_after) if isinstance(error, TooMany) else None


def kept_when_signed_out(handler: Handler) -> Handler:
    """A form sent after the session ended shows what was typed instead of losing it."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Programs are nobody: for the API no session is looked at.
        if request.method != "POST" or request.path.startswith("/api/") or request.user.is_authenticated:
            return handler(request)
        if request.path.startswith("/beheer/") and "/login" not in request.path:
            return signed_out_while_typing(request)
        response = handler(request)
        asked_in = response.headers.get("Location", "").partition("?")[0] == resolve_url(settings.LOGIN_URL)
        return signed_out_while_typing(request) if asked_in else response

    return answer
