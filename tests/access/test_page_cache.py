"""Behind the page cache everyone still gets what the table says, also when others asked for the same just before.

First someone who is signed in asks, then a visitor, and then another visitor, who gets what was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpResponse

from tests.access.test_matrix import READ, a_few
from tests.access.walk import Fault, Plain, Walker, sample, told
from tests.access.world import ACTORS
from werkplaats.core.page_cache import PageCache

# Found by a picture of which we do know when it changes; a page makes it itself, the first time it is shown.
_MADE_BY_PAGES = {"news_rendition"}
# Shown to whoever has the cookie of what they marked; without it there is nothing to show.
_BY_COOKIE = {"my-answer"}
_NAME = re.compile(r'"(\w+)"')


class Behind(Plain):
    """A client that comes by the page cache; one cache for as long as it lives."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = PageCache(
            self._made,
            version=lambda: "the same",
            cookies=(settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME),
            most_bytes=50_000_000,
        )
        self.site = WSGIHandler()
        self.made = 0
        # What pages that were kept were made from, and should not have been.
        self.unseen: set[str] = set()

    def _made(self, environ: dict[str, Any], start: Any) -> Any:
        self.made += 1
        read: set[str] = set()

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("SELECT"):
                read.update(settings.UNSEEN_TABLES.intersection(_NAME.findall(sql)))
            return execute(sql, params, many, context)

        environ["read"] = read
        with connection.execute_wrapper(watch):
            return self.site(environ, start)

    def request(self, **request: Any) -> Any:
        """The answer, made of what the server would send."""
        environ = self._base_environ(**request)
        heard: list[Any] = []
        kept = self.kept
        body = self.cache(environ, lambda *said: heard.extend(said))
        if self.kept > kept:
            self.unseen |= environ["read"] - _MADE_BY_PAGES
        answer = HttpResponse(b"".join(body), status=int(heard[0].split()[0]))
        for name, value in heard[1]:
            answer.headers[name] = value
        if hasattr(body, "close"):
            body.close()
        return answer

    @property
    def kept(self) -> int:
        """How many pages are kept."""
        return len(self.cache._pages.pages) + len(self.cache._choices.pages)


@pytest.fixture
def connected() -> Iterator[None]:
    """A request closes the connection of its server when it is old; here it is the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def behind(connected: None, walker: Walker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Behind]:
    """Everyone comes by the cache, and visitors without any cookie."""
    client = Behind()
    monkeypatch.setattr(walker, "_client", client)
    monkeypatch.setattr(walker, "_cookies", {**walker._cookies, "": ""})
    yield client


@pytest.mark.parametrize("address", [address for address in READ if address not in _BY_COOKIE])
def test_who_asked_before_makes_no_difference(walker: Walker, behind: Behind, address: str) -> None:
    faults: list[Fault] = []
    for number, case in enumerate(a_few(address)):
        someone = sample(number)[1]
        for actor in (someone, "bezoeker", "bezoeker"):
            for name in (ACTORS[actor] or ("",))[:1]:
                for asked in walker.requests(case)[:1]:
                    faults += walker.judged(case, actor, name, asked)

    assert faults == [], told(faults)
    assert behind.unseen == set(), "a page for everyone is made from what does not empty the cache"


def test_the_pages_of_visitors_are_kept_and_those_of_others_are_not(walker: Walker, behind: Behind) -> None:
    walker._client.cookies.clear()
    assert walker._client.get("/werkplaatsen/").status_code == HTTPStatus.OK
    assert walker._client.get("/werkplaatsen/").headers["ETag"]
    assert (behind.made, behind.kept) == (1, 1)
    walker._client.cookies.load(walker._cookies["account-coordinator"])
    assert "ETag" not in walker._client.get("/werkplaatsen/").headers
    assert (behind.made, behind.kept) == (2, 1)
