"""Sessions: where they are kept (``SESSION_ENGINE``), and when they are over.

A session says of itself which browser it is in, since when, and at which hour it was last used. No network address.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as Store
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t

from werkplaats.core import clock
from werkplaats.people.models import Account, Session
from werkplaats.people.rules import may_stay
from werkplaats.site.browsers import recognised

Handler = Callable[[HttpRequest], HttpResponse]
BROWSER, SYSTEM, SINCE, SEEN = "browser", "system", "since", "seen"


class SessionStore(Store):
    """The framework's, in a table of ours that says whose each session is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """A row, with the account that is signed in."""
        row: Session = super().create_model_instance(data)
        row.account_id = Account._meta.pk.to_python(data.get(SESSION_KEY))
        return row


def begin(request: HttpRequest) -> None:
    """Note which browser signed in, and when."""
    hour = _hour()
    browser, system = recognised(request.headers.get("User-Agent", ""))
    request.session.update({BROWSER: browser, SYSTEM: system, SINCE: hour, SEEN: hour})


def watched(handler: Handler) -> Handler:
    """Note by the hour when a session is used, and end it when it was not for too long."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Programs are nobody: the API reads no session, so it also prolongs none.
        came_along = settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path_info.startswith("/api/")
        if came_along and SESSION_KEY in request.session:
            _look(request)
        return handler(request)

    return answer


def _look(request: HttpRequest) -> None:
    if SEEN not in request.session:
        begin(request)
        return
    now = clock.now()
    since, seen = (datetime.fromisoformat(request.session[name]) for name in (SINCE, SEEN))
    if not may_stay(request.user, unused=now - seen, since=now - since):
        logout(request)
        messages.info(request, _t("U was hier lang niet. Voor de veiligheid bent u uitgelogd."))
    elif request.session[SEEN] != _hour():
        request.session[SEEN] = _hour()


def _hour() -> str:
    return clock.now().replace(minute=0, second=0, microsecond=0).isoformat()
