"""Walks the site as a visitor does: from the front page, by links only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client


class _Page(HTMLParser):
    """The links of a page, the places in it that a link can point at, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if "id" in said:
            self.places.add(said["id"] or "")
        if tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")


@dataclass
class Walk:
    """What was found: how many clicks to each address, and what is wrong, with the page where the link stands."""

    clicks: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)

    def goes_to(self, address: str) -> bool:
        """Whether this link is followed.

        The desk has its own walk, and the gallery of components shows links that are examples. A second language and
        a second filter show the same pages again. Of what a list can be filtered by, three values are tried.
        """
        parts = urlsplit(address)
        if parts.path.startswith(("/beheer/", "/en/", "/componenten/")) or parts.query.count("=") > 1:
            return False
        if not parts.query or parts.query.startswith("pagina="):
            return True
        self.asked[parts.path, parts.query.split("=")[0]] += 1
        return self.asked[parts.path, parts.query.split("=")[0]] <= 3


def walk(client: Client, start: str = "/", *, known: frozenset[str] = frozenset()) -> Walk:
    """Follow every link from ``start``, nearest first; pages are read once, and filtered lists lead no further.

    ``known`` are addresses of pages that are alike and exist: one in ten of them is read, and the others are not.
    """
    alike = 0
    done = Walk(clicks={start: 0})
    pages: dict[str, _Page | None] = {}
    ahead, pointed = [start], []
    while ahead:
        here = ahead.pop(0)
        alike += here in known
        if here in known and alike % 10:
            continue
        page = pages[here] = _read(client, here, done)
        # A filter on a filter is the same list again; the next page of a list is not.
        if page is None or ("?" in here and "pagina=" not in here):
            continue
        for link in page.links:
            address, place = urldefrag(urljoin(here, link))
            if urlsplit(address).netloc or urlsplit(address).scheme:
                continue
            if place:
                pointed.append((here, address, place))
            if address not in done.clicks and done.goes_to(address):
                done.clicks[address] = done.clicks[here] + 1
                ahead.append(address)
    for here, address, place in pointed:
        target = pages.get(address)
        if target is not None and place not in target.places:
            done.faults.append(f"{here}: {address}#{place} is nergens")
    return done


def _read(client: Client, address: str, done: Walk) -> _Page | None:
    answer: Any = client.get(address, follow=True)
    if answer.status_code != 200:
        done.faults.append(f"{address}: {answer.status_code}")
        return None
    if not answer["Content-Type"].startswith("text/html"):
        # Read to its end, a file is closed.
        answer.getvalue()
        return None
    return _Page(answer.content.decode())
