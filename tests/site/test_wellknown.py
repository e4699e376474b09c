"""What machines look for: security.txt, robots.txt, the sitemap."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests import factories
from tests.site.addresses import every_address
from werkplaats.agenda.actions import withdraw_question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import Visibility
from werkplaats.site.sitemaps import Hall
from werkplaats.site.wellknown import CLOSED

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 20, 10, 5, 30, tzinfo=UTC)
TOLD = "/.well-known/security.txt"


def wrong_security(text: str, now: datetime) -> list[str]:
    """What a file says that RFC 9116 does not allow; nothing is an empty list."""
    fields: dict[str, list[str]] = {}
    wrong = []
    for line in text.splitlines():
        found = re.fullmatch(r"([A-Z][\w-]*): (\S.*)", line)
        if found:
            fields.setdefault(found.group(1).lower(), []).append(found.group(2))
        elif line and not line.startswith("#"):
            wrong.append(f"geen veld: {line}")
    for name in ("expires", "preferred-languages"):
        if len(fields.get(name, [])) > 1:
            wrong.append(f"meer dan één {name}")
    for contact in fields.get("contact", []):
        mailed = re.fullmatch(r"mailto:[\w.+%-]+@[\w.-]+", contact)
        if not mailed and urlsplit(contact).scheme not in {"https", "tel"}:
            wrong.append(f"contact: {contact}")
    wrong += [] if fields.get("contact") else ["geen contact"]
    wrong += [f"canonical: {one}" for one in fields.get("canonical", []) if not one.startswith("https://")]
    for tag in ",".join(fields.get("preferred-languages", [])).split(","):
        if tag and not re.fullmatch(r"[a-z]{2,3}", tag.strip()):
            wrong.append(f"taal: {tag}")
    return wrong + _wrong_expiry(fields.get("expires", []), now)


def _wrong_expiry(given: list[str], now: datetime) -> list[str]:
    if not given or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", given[0]):
        return [f"expires: {given}"]
    until = datetime.fromisoformat(given[0])
    return [] if now < until < now + timedelta(days=365) else [f"expires: {until}"]


def test_whom_to_tell_of_a_leak(client: Client, settings: Any) -> None:
    settings.CONTACT = "beheer+lek@voorbeeld.nl"
    with clock.at(MOMENT):
        response = client.get(TOLD, secure=True)
        text = response.content.decode()
        assert wrong_security(text, MOMENT) == []
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.splitlines() == [
        "Contact: mailto:beheer+lek@voorbeeld.nl",
        "Expires: 2027-05-19T10:05:30Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://testserver/.well-known/security.txt",
    ]
    assert client.get("/security.txt").headers["Location"] == TOLD
    with clock.at(MOMENT + timedelta(days=400)):
        assert wrong_security(client.get(TOLD).content.decode(), MOMENT + timedelta(days=400)) == []


def test_by_http_it_names_no_address_of_its_own(client: Client, settings: Any) -> None:
    settings.CONTACT = "beheer@voorbeeld.nl"
    assert "Canonical" not in client.get(TOLD).content.decode()


def test_without_anyone_to_tell_there_is_no_file(client: Client, settings: Any) -> None:
    settings.CONTACT = ""
    assert client.get(TOLD).status_code == 404
    assert client.get("/security.txt", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Expires: 2027-01-01T00:00:00Z", "geen contact"),
        ("Contact: beheer@voorbeeld.nl\nExpires: 2027-01-01T00:00:00Z", "contact: beheer@voorbeeld.nl"),
        ("Contact: mailto:a@b.nl", "expires: []"),
        ("Contact: mailto:a@b.nl\nExpires: 2026-11-01T00:00:00Z", "expires: 2026-11-01 00:00:00+00:00"),
        ("Contact: mailto:a@b.nl\nExpires: 2028-01-01T00:00:00Z", "expires: 2028-01-01 00:00:00+00:00"),
        ("Contact: mailto:a@b.nl\nExpires: morgen", "expires: ['morgen']"),
        ("Contact: mailto:a@b.nl\nExpires: 2027-01-01T00:00:00Z\nCanonical: http://x", "canonical: http://x"),
        ("Contact: mailto:a@b.nl\nExpires: 2027-01-01T00:00:00Z\nzomaar iets", "geen veld: zomaar iets"),
        ("Contact: mailto:a@b.nl\n" + "Expires: 2027-01-01T00:00:00Z\n" * 2, "meer dan één expires"),
    ],
)
def test_a_file_that_is_wrong_is_found(text: str, found: str) -> None:
    assert wrong_security(text, MOMENT) == [found]


def robots(client: Client) -> RobotFileParser:
    """The file, as a search engine reads it."""
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def test_search_engines_leave_alone_what_is_not_for_them(client: Client) -> None:
    question = factories.make_question()
    parser = robots(client)
    closed = [f"{prefix}/{part}/" for prefix in ("", "/en") for part in CLOSED]
    assert [one for one in closed if parser.can_fetch("*", one)] == []
    assert not parser.can_fetch("*", "/beheer/vragen/")
    assert not parser.can_fetch("*", "/zoeken/?q=zorg")
    public = [
        "/",
        "/vragen/",
        "/en/vragen/",
        f"/vragen/{question.uid}/",
        "/gemeenten/assen/",
        "/privacy/",
        "/sitemap.xml",
    ]
    assert [one for one in public if not parser.can_fetch("*", one)] == []
    assert parser.site_maps() == ["http://testserver/sitemap.xml"]


def test_nothing_is_closed_that_does_not_exist() -> None:
    known = list(every_address())
    assert [part for part in CLOSED if not any(address.startswith(f"/{part}/") for address in known)] == []


def located(client: Client, address: str) -> list[tuple[str, str]]:
    """Address and day of each thing in a sitemap or its index."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = ElementTree.fromstring(response.content.decode())
    return [(one.findtext(f"{space}loc", ""), one.findtext(f"{space}lastmod", "")) for one in found]


def all_located(client: Client) -> set[str]:
    """Every address in every part, by way of the index."""
    parts = [urlsplit(part) for part, _day in located(client, "/sitemap.xml")]
    pages = [address for part in parts for address, _day in located(client, f"{part.path}?{part.query}")]
    assert len(pages) == len(set(pages))
    return {address.removeprefix("http://testserver") for address in pages}


def test_what_is_public_is_in_the_sitemap_and_nothing_else(client: Client) -> None:
    place = factories.make_municipality("Assen")
    werkplaats = factories.make_werkplaats("Noord", areas=[place])
    public, hidden, member, own = (
        factories.make_question(f"Vraag {n} over zorg?", werkplaats=werkplaats) for n in range(4)
    )
    waiting = factories.make_question("Wacht deze vraag?", public=False)
    refused = factories.make_question("Is deze geweigerd?", status=Status.REFUSED)
    withdraw_question(question=hidden, by=VISITOR)
    Entry.objects.filter(uid=member.uid).update(visibility=Visibility.NETWORK)
    Entry.objects.filter(uid=own.uid).update(visibility=Visibility.WERKPLAATS)
    Entry.objects.filter(uid=place.uid).update(url="https://elders.example/assen/")

    found = all_located(client)
    assert {address for address in found if "/vragen/v" in address} == {f"/vragen/{public.uid}/"}
    for absent in (waiting, refused, hidden, member, own):
        assert not any(absent.uid in address for address in found)
    assert {"/", "/en/", "/vragen/", "/en/vragen/", "/privacy/", "/werkplaatsen/noord/"} <= found
    assert not any("elders" in address for address in found)
    for address in found:
        assert client.get(address).status_code == 200, address


def test_the_sitemap_says_when_something_changed(client: Client) -> None:
    with clock.at(MOMENT):
        question = factories.make_question()
    days = dict(located(client, "/sitemap-vermeldingen.xml"))
    assert days[f"http://testserver/vragen/{question.uid}/"] == "2026-11-20"


def test_a_long_list_comes_in_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(Hall, "limit", 3)
    for number in range(8):
        factories.make_question(f"Vraag {number} over zorg?")
    index = [address for address, _day in located(client, "/sitemap.xml")]
    parts = [address.rpartition("/sitemap-")[2] for address in index]
    assert parts == ["paginas.xml", "vermeldingen.xml", "vermeldingen.xml?p=2", "vermeldingen.xml?p=3"]
    assert len([one for one in all_located(client) if "/vragen/v" in one]) == 8
    with django_assert_max_num_queries(2):
        assert len(located(client, "/sitemap-vermeldingen.xml?p=2")) == 3
    for nowhere in ("/sitemap-vermeldingen.xml?p=9", "/sitemap-vermeldingen.xml?p=x", "/sitemap-anders.xml"):
        assert client.get(nowhere).status_code == 404


def test_these_addresses_have_no_second_language() -> None:
    for address in ("/en/robots.txt", "/en/sitemap.xml", f"/en{TOLD}"):
        with pytest.raises(Resolver404):
            resolve(address)
