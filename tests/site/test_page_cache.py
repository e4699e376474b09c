"""The site behind the page cache: never old for more than a second, in two processes, by both names and languages."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from tests import factories
from tests.core.test_page_cache import Visit
from tests.core.test_serving import answers, clean, free_port, until
from tests.site.test_regions import open_up
from werkplaats.core import clock, page_cache
from werkplaats.core.page_cache import PageCache
from werkplaats.network.models import ServiceArea, Werkplaats
from werkplaats.news.models import RegionalSite
from werkplaats.places.models import Municipality

__all__ = ["clean"]

pytestmark = pytest.mark.django_db(transaction=True)
NORTH = "noord.example.org"
OLD_SECONDS = 1.0
NOBODY = "geen werkplaats"


@pytest.fixture
def region() -> Werkplaats:
    """A werkplaats with a site on a host name of its own."""
    place = factories.make_municipality("Noorddorp")
    werkplaats: Werkplaats = factories.make_werkplaats("Noord", areas=[place])
    open_up(werkplaats, host=NORTH, tagline="Wij van Noord")
    return werkplaats


@pytest.fixture
def cached(monkeypatch: pytest.MonkeyPatch) -> PageCache:
    """The site as the server serves it, which looks at the version each time."""
    from werkplaats.config import wsgi

    monkeypatch.setattr(page_cache, "LOOK_SECONDS", 0.0)
    return PageCache(WSGIHandler(), version=wsgi.version, cookies=("csrftoken",), most_bytes=10_000_000)


def visit(cached: PageCache, path: str, **sent: Any) -> Visit:
    return Visit(
        cached,
        path,
        **{"HTTP_HOST": "127.0.0.1", "SERVER_NAME": "x", "SERVER_PORT": "80", "wsgi.input": BytesIO(), **sent},
    )


def test_names_and_languages_have_pages_of_their_own(cached: PageCache, region: Werkplaats) -> None:
    for _time in range(2):
        national, english = visit(cached, "/"), visit(cached, "/en/")
        own, own_english = visit(cached, "/", HTTP_HOST=NORTH), visit(cached, "/en/", HTTP_HOST=NORTH)
        assert (
            "Wij van Noord" not in national.text and "Wij van Noord" in own.text and "Wij van Noord" in own_english.text
        )
        assert '<html lang="nl">' in national.text and '<html lang="en">' in english.text
        assert '<html lang="nl">' in own.text and '<html lang="en">' in own_english.text
        assert len({one.headers["etag"] for one in (national, english, own, own_english)}) == 4
    assert visit(cached, "/", HTTP_ACCEPT_LANGUAGE="en").text == visit(cached, "/").text


def test_colours_and_host_names_change_at_once(cached: PageCache, region: Werkplaats) -> None:
    assert "/stijl/" not in visit(cached, "/", HTTP_HOST=NORTH).text
    RegionalSite.objects.update(colour="#0b4f8a")
    assert "/stijl/0b4f8a" in visit(cached, "/", HTTP_HOST=NORTH).text
    RegionalSite.objects.update(host="")
    assert visit(cached, "/", HTTP_HOST=NORTH).status == 400


def test_at_midnight_what_began_that_day_is_there(cached: PageCache, region: Werkplaats) -> None:
    before = datetime(2026, 11, 21, 22, 59, 50, tzinfo=UTC)
    place: Municipality = factories.make_municipality("Westerdorp")
    with clock.at(before):
        tomorrow = clock.today() + timedelta(days=1)
    west = factories.make_werkplaats("West", areas=[place])
    ServiceArea.objects.filter(werkplaats=west).update(valid_from=tomorrow)
    with clock.at(before):
        assert NOBODY in visit(cached, "/gemeenten/westerdorp/").text
    with clock.at(before + timedelta(seconds=15)):
        assert NOBODY not in visit(cached, "/gemeenten/westerdorp/").text


@pytest.fixture
def two_workers(environment: dict[str, str], tmp_path: Path, clean: None) -> Iterator[int]:
    """The port of a site with two processes and a follower."""
    port = free_port()
    command = [sys.executable, "-m", "werkplaats.config.cli", "serve", "--port", str(port)]
    # It knows the sessions of the test, and takes style sheets and scripts as they are.
    ours = {"WERKPLAATS_WORKERS": "2", "WERKPLAATS_DEBUG": "1", "WERKPLAATS_SECRET_KEY": settings.SECRET_KEY}
    serving = subprocess.Popen(command, env={**environment, **ours}, stdout=subprocess.DEVNULL, start_new_session=True)
    until(lambda: answers(port), "the website does not answer")
    until((tmp_path / "search" / "state.json").exists, "there is no index")
    yield port
    serving.terminate()
    serving.wait(30)


class Line:
    """A connection that stays with one process of the server."""

    def __init__(self, port: int) -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=20)

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        self.line.request("GET", path, headers=headers)
        answer = self.line.getresponse()
        return answer, answer.read().decode()

    def close(self) -> None:
        self.line.close()


def test_no_process_shows_what_is_over_for_longer_than_a_second(two_workers: int) -> None:
    """A question is published and reworded while many look, also at the list, which comes from the index."""
    place = factories.make_municipality("Beilen")
    werkplaats = factories.make_werkplaats("Midden", areas=[place])
    question = factories.make_question("Wie helpt er in de tuin?", werkplaats=werkplaats, municipality=place)
    with ExitStack() as stack:
        lines = [stack.enter_context(closing(Line(two_workers))) for _number in range(8)]

        def shown(words: str) -> list[bool]:
            return [words in line.get(path)[1] for line in lines for path in (question.get_absolute_url(), "/vragen/")]

        until(lambda: all(shown("in de tuin?")), "the question did not come")
        for words in ("op het dak?", "aan de keukentafel?"):
            question.refresh_from_db()
            question.text = f"Wie helpt er {words}"
            question.save()
            changed, last_old = time.monotonic(), 0.0
            while not all(shown(words)):
                last_old = time.monotonic() - changed
                assert last_old < 30, "what is over is shown for ever"
            assert last_old < OLD_SECONDS, "what is over is shown for too long"


def test_someone_who_is_signed_in_and_a_visitor_see_their_own_page(two_workers: int) -> None:
    client = Client()
    client.force_login(factories.make_account("ada@example.org"), "sesame.backends.ModelBackend")
    mine = client.cookies.output(attrs=[], header="", sep=";").strip()

    def ask(number: int) -> None:
        with closing(Line(two_workers)) as line:
            for _time in range(5):
                answer, text = line.get("/werkplaatsen/", **({"Cookie": mine} if number % 2 else {}))
                assert ("Mijn werkplaats" in text) == bool(number % 2)
                assert (answer.headers["Cache-Control"] == "private, no-store") == bool(number % 2)
                assert bool(answer.headers["ETag"]) != bool(number % 2)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(16)))
