"""What the page cache keeps, for whom, and for how long; in front of a small application of our own."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.core import page_cache
from werkplaats.core.page_cache import PageCache

TEXT = "Buurtwerk in Beilen. " * 200


class Site:
    """An application that counts how often it is asked, and answers as it is told."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Callable[[], Any] = lambda: HttpResponse(f"{TEXT} {self.asked}")
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        self.asked += 1
        response = self.answer()
        close = response.close

        def closed() -> None:
            self.closed += 1
            close()

        response.close = closed
        headers = [*response.items(), *(("Set-Cookie", one.OutputString()) for one in response.cookies.values())]
        start(f"{response.status_code} {response.reason_phrase}", headers)
        return response


class Visit:
    """An answer as the browser gets it."""

    def __init__(self, cache: PageCache, path: str = "/", query: str = "", method: str = "GET", **sent: str) -> None:
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "wsgi.url_scheme": "http", "HTTP_HOST": "werkplaats.example", **sent,
        }  # fmt: skip
        told: list[Any] = []
        body = cache(environ, lambda *said: told.extend(said))
        self.bytes = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        self.status = int(told[0].split()[0])
        self.headers = {name.lower(): value for name, value in told[1]}

    @property
    def text(self) -> str:
        return self.bytes.decode()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def versions() -> list[object]:
    """What the pages are made from now: the last in the list."""
    return [1]


@pytest.fixture
def cache(site: Site, versions: list[object], monkeypatch: pytest.MonkeyPatch) -> PageCache:
    monkeypatch.setattr(page_cache, "LOOK_SECONDS", 0.0)
    return make(site, versions)


def make(site: Site, versions: list[object], most_bytes: int = 1_000_000) -> PageCache:
    def version() -> object:
        if isinstance(versions[-1], Exception):
            raise versions[-1]
        return versions[-1]

    return PageCache(site, version=version, cookies=("csrftoken",), most_bytes=most_bytes)


def test_the_second_visitor_gets_the_same_page_without_asking_for_it(site: Site, cache: PageCache) -> None:
    first, second = Visit(cache), Visit(cache)
    assert (first.text, site.asked) == (second.text, 1)
    assert TEXT in second.text
    assert site.closed == 1


def test_another_version_throws_everything_away(site: Site, cache: PageCache, versions: list[object]) -> None:
    Visit(cache), Visit(cache, "/vragen/")
    versions.append(2)
    assert Visit(cache).text.endswith(" 3")
    assert Visit(cache, "/vragen/").text.endswith(" 4")


def test_what_was_made_while_the_version_changed_is_not_kept(
    site: Site, cache: PageCache, versions: list[object]
) -> None:
    def meanwhile() -> HttpResponse:
        site.answer = lambda: HttpResponse(f"nieuw {TEXT}")
        versions.append(2)
        # Another visitor makes the cache look.
        Visit(cache, "/anders/")
        return HttpResponse(f"oud {TEXT}")

    site.answer = meanwhile
    assert Visit(cache).text.startswith("oud")
    assert Visit(cache).text.startswith("nieuw")


def test_as_long_as_the_version_cannot_be_asked_what_there_is_stays(
    site: Site, cache: PageCache, versions: list[object]
) -> None:
    kept = Visit(cache).text
    versions.append(RuntimeError("de database is weg"))
    assert (Visit(cache).text, site.asked) == (kept, 1)
    versions.append(2)
    assert Visit(cache).text != kept


def test_nothing_is_kept_before_the_version_is_known(site: Site, cache: PageCache, versions: list[object]) -> None:
    versions.append(RuntimeError("de database is weg"))
    Visit(cache), Visit(cache)
    assert site.asked == 2


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "csrftoken=abc; sessionid=abc"},
        {"HTTP_COOKIE": "csrftoken=abc;sessionid=abc"},
        {"HTTP_COOKIE": 'csrftoken="a; sessionid=abc"'},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_COOKIE": "sessionid"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"HTTP_RANGE": "bytes=0-5"},
        {"HTTP_HX_REQUEST": "true"},
        {"method": "POST"},
    ],
)
def test_who_may_be_someone_gets_a_page_of_their_own_and_leaves_nothing(
    site: Site, cache: PageCache, sent: dict[str, str]
) -> None:
    site.answer = lambda: HttpResponse(f"{TEXT} van Ans" if site.asked % 2 else f"{TEXT} van niemand")
    assert Visit(cache, **sent).text.endswith("van Ans")
    assert Visit(cache).text.endswith("van niemand")
    assert Visit(cache, **sent).text.endswith("van Ans")
    assert Visit(cache).text.endswith("van niemand")
    assert site.asked == 3


def test_the_cookie_of_forms_says_nothing_of_who_asks(site: Site, cache: PageCache) -> None:
    Visit(cache), Visit(cache, HTTP_COOKIE="csrftoken=abc")
    assert site.asked == 1


def _with(**headers: str) -> HttpResponse:
    return HttpResponse(TEXT, headers={name.replace("_", "-"): value for name, value in headers.items()})


def _with_cookie() -> HttpResponse:
    response = HttpResponse(TEXT)
    response.set_cookie("csrftoken", "geheim")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        _with_cookie,
        lambda: _with(Cache_Control="private"),
        lambda: _with(Cache_Control="max-age=0, No-Store"),
        lambda: _with(Vary="User-Agent"),
        lambda: _with(Vary="*"),
        lambda: _with(Content_Encoding="gzip"),
        lambda: _with(Content_Type="application/json"),
        lambda: HttpResponse(TEXT, status=404),
        lambda: HttpResponse(TEXT, status=503),
        lambda: StreamingHttpResponse([TEXT.encode()]),
    ],
)
def test_an_answer_that_is_not_for_everyone_is_passed_on_as_it_is(
    site: Site, cache: PageCache, answer: Callable[[], Any]
) -> None:
    site.answer = answer
    first = Visit(cache, HTTP_ACCEPT_ENCODING="br")
    assert first.text == TEXT
    assert "etag" not in first.headers
    Visit(cache)
    assert site.asked == 2
    assert site.closed == 2


def test_hosts_schemes_addresses_and_choices_are_kept_apart(site: Site, cache: PageCache) -> None:
    seen = {
        Visit(cache, **asked).text
        for asked in (
            {},
            {"HTTP_HOST": "noord.example"},
            {"wsgi.url_scheme": "https"},
            {"HTTP_X_FORWARDED_PROTO": "https"},
            {"path": "/en/"},
            {"query": "thema=schulden"},
            {"query": "thema=eenzaamheid"},
        )
    }
    assert len(seen) == 7


@pytest.mark.parametrize("query", ["q=mijn+man+drinkt", "thema=zorg&q=mijn+man+drinkt"])
def test_what_someone_searches_for_is_not_kept_but_does_come_compressed(
    site: Site, cache: PageCache, query: str
) -> None:
    first = Visit(cache, "/zoeken/", query, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(first.bytes).decode().startswith(TEXT)
    Visit(cache, "/zoeken/", query)
    assert site.asked == 2


@given(
    accepted=st.lists(
        st.sampled_from(["gzip", "br", "deflate", "zstd", "identity", "*", "gzip;q=0", "br; q=0", "br;q=0.8"])
    )
)
def test_every_form_unpacks_to_the_same_page(accepted: list[str]) -> None:
    cache = make(Site(), [1])
    whole = Visit(cache).bytes
    visit = Visit(cache, HTTP_ACCEPT_ENCODING=", ".join(accepted))
    used = visit.headers.get("content-encoding", "")
    unpacked = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[used](visit.bytes)
    assert unpacked == whole
    assert not used or used in {one.partition(";")[0] for one in accepted}
    assert int(visit.headers["content-length"]) == len(visit.bytes)
    assert visit.headers["vary"] == "Accept-Encoding, Cookie"


def test_brotli_is_taken_where_both_are_understood_and_neither_where_it_is_refused(cache: PageCache) -> None:
    def used(accepted: str) -> str:
        return Visit(cache, HTTP_ACCEPT_ENCODING=accepted).headers.get("content-encoding", "")

    assert [used(one) for one in ("gzip, deflate, br", "gzip", "br;q=0, gzip", "identity", "br;q=0.0")] == [
        "br", "gzip", "gzip", "", "",
    ]  # fmt: skip


def test_who_has_the_page_hears_only_that_it_is_still_so(site: Site, cache: PageCache, versions: list[object]) -> None:
    first = Visit(cache, HTTP_ACCEPT_ENCODING="br")
    again = Visit(cache, HTTP_IF_NONE_MATCH=f'"anders", W/{first.headers["etag"]}', HTTP_ACCEPT_ENCODING="br")
    assert (again.status, again.bytes, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "content-length" not in again.headers
    versions.append(2)
    assert Visit(cache, HTTP_IF_NONE_MATCH=first.headers["etag"]).status == 200
    assert first.headers["cache-control"] == "no-cache"


def test_head_is_told_how_long_the_page_is_and_gets_none_of_it(site: Site, cache: PageCache) -> None:
    missed = Visit(cache, method="HEAD")
    page = Visit(cache)
    found = Visit(cache, method="HEAD")
    assert missed.bytes == found.bytes == b""
    assert found.headers == page.headers
    assert site.asked == 2


@pytest.fixture
def small(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageCache]:
    monkeypatch.setattr(page_cache, "LOOK_SECONDS", 0.0)
    yield make(site, [1], most_bytes=100_000)


def test_what_it_keeps_stays_within_bounds_and_choices_push_out_no_page(site: Site, small: PageCache) -> None:
    Visit(small)
    for number in range(200):
        Visit(small, "/vragen/", f"pagina={number}")
    assert site.asked == 201
    Visit(small)
    assert site.asked == 201, "the page was pushed out by choices"
    for number in range(200):
        Visit(small, f"/vragen/{number}/")
    Visit(small)
    assert site.asked == 402, "nothing was pushed out"
    held = sum(len(page.body) for shelf in (small._pages, small._choices) for page in shelf.pages.values())
    assert held < 100_000


def test_with_no_room_nothing_is_kept(site: Site) -> None:
    cache = make(site, [1], most_bytes=0)
    Visit(cache), Visit(cache)
    assert site.asked == 2
