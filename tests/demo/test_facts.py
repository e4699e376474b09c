"""Everything that the five source texts state is found on the site, by menu or by search (``facts.csv``, by hand)."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from werkplaats.demo.load import load

FACTS = Path(__file__).parent / "facts.csv"
NEAR = 10


class _Found(HTMLParser):
    """The titles in a list of results, in order, each with its address."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hits: dict[str, str] = {}
        self._here = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._here, self._said = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        if self._here:
            self._said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._here:
            self.hits.setdefault(" ".join(self._said.split()), self._here)
            self._here = ""


def _words(client: Client, address: str) -> str:
    answer: Any = client.get(address, follow=True)
    if answer.status_code != 200:
        return f"{answer.status_code}"
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0] if main else "")).split())


def _missed(client: Client, fact: dict[str, str]) -> str:
    """What a reader who looks for the fact does not get; nothing when all is there."""
    address = fact["find"]
    if not address.startswith("/"):
        answer: Any = client.get(f"/zoeken/?q={quote(address)}")
        main = re.search(r"<main.*?</main>", answer.content.decode(), re.S)
        hits = _Found(main[0] if main else "").hits
        if fact["title"] not in hits:
            return f"niet gevonden: {fact['title']}"
        address = hits[fact["title"]]
    text = _words(client, address).lower()
    missing = [one for one in fact["words"].split("|") if one.lower() not in text]
    return f"{address} zegt niet: {'; '.join(missing)}" if missing else ""


@pytest.fixture
def facts() -> list[dict[str, str]]:
    with FACTS.open(newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.django_db
def test_a_reader_ticks_every_fact(
    client: Client, settings: Any, indexed: Callable[[], int], facts: list[dict[str, str]]
) -> None:
    settings.IS_DEMO = True
    load(say=lambda _line: None)
    missed = {}
    for fact in facts:
        # An index of which nothing is heard for a while is not asked; on a busy machine this takes minutes.
        indexed()
        missed[f"{fact['text']}: {fact['fact']}"] = _missed(client, fact)

    assert {fact: said for fact, said in missed.items() if said} == {}
    assert {fact["text"] for fact in facts} == {"000", "001", "002", "003", "004"}
