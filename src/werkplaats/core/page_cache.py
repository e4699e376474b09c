"""Pages for everyone, kept in memory in front of the framework, for as long as nothing they are made from changes.

Only what is the same for everyone is kept, and that is for the answer to say: it set no cookie, is not private, and
whoever asked sent nothing by which we know people. Nothing is kept by time: what a page was made from has a version
(``version``), looked at a few times a second, and another version empties it all.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any

import brotli
from django.http import parse_cookie

Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

# How long a process goes on without looking at the version. With the time the search index takes to follow, a page is
# at most a second old.
LOOK_SECONDS = 0.4
# What is kept for an address with choices in it (a filter, a page of a list) never pushes out the pages themselves.
_SHARE_OF_CHOICES = 0.25
_LARGEST = 2_000_000
_LONGEST_CHOICE = 300
_KINDS = ("text/html", "image/svg+xml", "application/xml", "application/atom+xml")
# What people search for is asked seldom twice, and may be about themselves.
_OWN_WORDS = ("q=", "&q=")
# By these an answer may differ and be nobody's own: cookies are looked at here, and the language is in the address.
_MAY_VARY = frozenset({"cookie", "accept-language", "accept-encoding", "origin"})
_MAKES_OTHERS = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_HX_REQUEST")
# Below this a compressed answer is hardly smaller.
_SMALL = 500
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6


class PageCache:
    """A WSGI application in front of another.

    ``version``: what pages are made from, as something to compare; it may raise, and then nothing is thrown away.
    ``cookies``: the names by which nobody is known. ``most_bytes``: how much is kept; 0 keeps nothing.
    """

    def __init__(
        self, application: Application, *, version: Callable[[], object], cookies: Collection[str], most_bytes: int
    ) -> None:
        self._application = application
        self._version = version
        self._cookies = frozenset(cookies)
        choices = int(most_bytes * _SHARE_OF_CHOICES)
        self._pages, self._choices = _Shelf(most_bytes - choices), _Shelf(choices)
        self._seen: object = None
        self._due = 0.0
        self._looking, self._keeping = Lock(), Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer from memory when we can."""
        if not self._is_for_everyone(environ):
            return self._application(environ, start)
        if monotonic() >= self._due:
            self._look()
        query = environ.get("QUERY_STRING", "")
        key = (environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO"), environ.get("HTTP_HOST"),
               environ.get("SCRIPT_NAME"), environ["PATH_INFO"], query)  # fmt: skip
        shelf = self._choices if query else self._pages
        page = shelf.pages.get(key)
        if page is None:
            return self._ask(environ, start, shelf, key)
        return page.answer(environ, start)

    def _is_for_everyone(self, environ: dict[str, Any]) -> bool:
        """Whether who asks may be anyone."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in _MAKES_OTHERS):
            return False
        given = environ.get("HTTP_COOKIE")
        # Read as the framework reads them.
        return not given or self._cookies.issuperset(parse_cookie(given))

    def _look(self) -> None:
        """Throw everything away when the version is another. One looks; the others go on meanwhile."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            self._due = monotonic() + LOOK_SECONDS
            version = self._version()
        except Exception:
            # The database is away: what we have is the best there is.
            return
        finally:
            self._looking.release()
        if version != self._seen:
            with self._keeping:
                self._pages.clear()
                self._choices.clear()
                self._seen = version

    def _ask(self, environ: dict[str, Any], start: Start, shelf: _Shelf, key: object) -> Iterable[bytes]:
        # From before the page is made: what changes meanwhile makes it old at the next look.
        seen = self._seen
        told: list[Any] = []

        def started(status: str, headers: Headers, *rest: Any) -> None:
            told[:] = [status, headers, *rest]

        response = self._application(environ, started)
        if not _is_public(told[0], told[1], response):
            start(*told)
            return response
        page = Page(told[1], response.content)  # type: ignore[attr-defined]
        query = environ.get("QUERY_STRING", "")
        whole = environ["REQUEST_METHOD"] == "GET"
        if whole and seen is not None and len(query) <= _LONGEST_CHOICE and not _has_own_words(query):
            with self._keeping:
                if seen == self._seen:
                    shelf.keep(key, page)
        return _Closing(page.answer(environ, start), getattr(response, "close", None))


class Page:
    """One answer, the same for everyone, in the forms it may be asked in; each made when it is first asked for."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        dropped = {"content-length", "vary", "etag"}
        self._headers = [(name, value) for name, value in headers if name.lower() not in dropped]
        self._headers.append(("Vary", "Accept-Encoding, Cookie"))
        if not any(name.lower() == "cache-control" for name, _value in headers):
            # Whoever keeps it asks each time whether it is still so.
            self._headers.append(("Cache-Control", "no-cache"))
        self.digest = blake2b(body, digest_size=12).hexdigest()
        self.body = body
        self._tags = frozenset(self._tag(name) for name in _ENCODERS)
        self._forms: dict[str, tuple[Headers, list[bytes]]] = {"": self._form("", body)}

    @property
    def size(self) -> int:
        """About how many bytes it takes, with its compressed forms."""
        return int(len(self.body) * 1.5) + 2_000

    def answer(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        """Send it, in the shortest form that is understood; or only say that it is still what they have."""
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if len(self.body) > _SMALL else ""
        form = self._forms.get(encoding)
        if form is None:
            form = self._forms[encoding] = self._form(encoding, _ENCODERS[encoding](self.body))
        headers, body = form
        if (known := environ.get("HTTP_IF_NONE_MATCH")) and self._is_known(known):
            start("304 Not Modified", [one for one in headers if one[0] not in _OF_THE_BODY])
            return []
        start("200 OK", headers)
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _form(self, encoding: str, body: bytes) -> tuple[Headers, list[bytes]]:
        headers = [*self._headers, ("ETag", self._tag(encoding)), ("Content-Length", str(len(body)))]
        return [*headers, ("Content-Encoding", encoding)] if encoding else headers, [body]

    def _tag(self, encoding: str) -> str:
        return f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'

    def _is_known(self, known: str) -> bool:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or not self._tags.isdisjoint(tags)


class _Shelf:
    """Pages up to so many bytes together; what came first goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.pages: dict[object, Page] = {}
        self._most, self._held = most_bytes, 0

    def keep(self, key: object, page: Page) -> None:
        """Put it there and make room; a page that takes half the shelf is not kept."""
        if page.size > self._most / 2:
            return
        if old := self.pages.pop(key, None):
            self._held -= old.size
        self.pages[key] = page
        self._held += page.size
        while self._held > self._most:
            self._held -= self.pages.pop(next(iter(self.pages))).size

    def clear(self) -> None:
        """Begin anew."""
        self.pages, self._held = {}, 0


class _Closing:
    """A body that tells who made it when it was sent."""

    def __init__(self, body: list[bytes], close: Callable[[], None] | None) -> None:
        self._body, self._close = body, close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def __len__(self) -> int:
        return len(self._body)

    def close(self) -> None:
        """Once it is on its way."""
        if self._close:
            self._close()


_OF_THE_BODY = frozenset({"Content-Length", "Content-Encoding", "Content-Type"})
_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY),
}
_read: dict[str, str] = {}


def _encoding(accepted: str) -> str:
    """The best of the encodings that are accepted."""
    found = _read.get(accepted)
    if found is None:
        if len(_read) > 500:
            _read.clear()
        wanted = dict(part.replace(" ", "").lower().partition(";")[::2] for part in accepted.split(","))
        fits = [name for name in ("br", "gzip") if not wanted.get(name, "q=0").startswith(("q=0;", "q=0.0"))]
        found = _read[accepted] = next((name for name in fits if wanted.get(name, "q=0") != "q=0"), "")
    return found


def _is_public(status: str, headers: Headers, response: Any) -> bool:
    """Whether this answer is the same for everyone."""
    if not status.startswith("200 ") or getattr(response, "streaming", True):
        return False
    said = {name.lower(): value.lower() for name, value in headers}
    kept = said.get("cache-control", "")
    varies = {one.strip() for one in said.get("vary", "").split(",") if one.strip()}
    return (
        "set-cookie" not in said
        and "content-encoding" not in said
        and not any(word in kept for word in ("private", "no-store"))
        and varies <= _MAY_VARY
        and said.get("content-type", "").startswith(_KINDS)
        and len(response.content) <= _LARGEST
    )


def _has_own_words(query: str) -> bool:
    return query.startswith(_OWN_WORDS[0]) or _OWN_WORDS[1] in query
