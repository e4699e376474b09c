"""Host names of their own: the same addresses, of one werkplaats; two in one process know nothing of each other."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from tests import factories
from tests.around import Around
from tests.site.test_pages import titles
from tests.site.test_regions import fields, open_up
from werkplaats.agenda.models import Question
from werkplaats.news.models import RegionalSite

pytestmark = pytest.mark.django_db

NORTH, SOUTH = "noord.example.org", "zuid.example.org"
NETWORK = "http://netwerk.example"


@pytest.fixture(autouse=True)
def address_of_the_network(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = NETWORK


@pytest.fixture
def two(db: None) -> tuple[RegionalSite, RegionalSite]:
    """Two werkplaatsen with a host name, each with a question of its own and of its own colour."""
    made = []
    for name, host, colour in (("Noord", NORTH, "#0b4f8a"), ("Zuid", SOUTH, "#7a2e5d")):
        place = factories.make_municipality(f"{name}dorp")
        werkplaats = factories.make_werkplaats(name, areas=[place])
        factories.make_question(f"Vraag over zorg uit {name}", werkplaats=werkplaats, municipality=place)
        made.append(open_up(werkplaats, host=host, colour=colour, tagline=f"Wij van {name}"))
    return made[0], made[1]


def body(host: str, address: str, **more: Any) -> str:
    answer = Client(headers={"host": host}).get(address, **more)
    assert answer.status_code == 200, (host, address)
    return str(answer.content.decode())


def test_the_front_is_the_home_of_the_werkplaats_in_its_colours_with_its_menu(two: Any) -> None:
    page = body(NORTH, "/")
    assert "<h1>Noord</h1>" in page and "Wij van Noord" in page
    assert "/stijl/0b4f8a-" in page
    assert f'<link rel="canonical" href="{NETWORK}/werkplaatsen/noord/">' in page
    assert re.search(r'<nav class="main-nav".*?href="/werkplaatsen/noord/contact/"', page, re.S)
    assert f'<a href="{NETWORK}/">Het hele netwerk</a>' in page
    assert "Wij van Zuid" not in page and "Vraag over zorg uit Zuid" not in page
    english = body(NORTH, "/en/")
    assert f'<link rel="canonical" href="{NETWORK}/en/werkplaatsen/noord/">' in english


def test_on_the_host_of_the_network_nothing_changes(two: Any, client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'rel="canonical"' not in page and "/stijl/" not in page and "Waar loopt u tegenaan" in page


def test_lists_begin_with_the_region_and_lead_to_the_whole_network(two: Any) -> None:
    page = body(NORTH, "/vragen/")
    assert titles(page) == ["Vraag over zorg uit Noord"]
    assert f'<link rel="canonical" href="{NETWORK}/vragen/">' in page
    whole = re.search(r'U ziet wat bij Noord hoort\.\s*<a href="([^"]+)">Bekijk het hele netwerk', page)
    assert whole
    assert sorted(titles(body(NORTH, whole[1].replace("&amp;", "&")))) == [
        "Vraag over zorg uit Noord", "Vraag over zorg uit Zuid",
    ]  # fmt: skip
    found = body(NORTH, "/zoeken/?q=zorg")
    assert "Vraag over zorg uit Noord" in " ".join(titles(found)) and "uit Zuid" not in " ".join(titles(found))
    # Who chose another region gets that one.
    assert titles(body(NORTH, f"/vragen/?werkplaats={two[1].werkplaats.uid}")) == ["Vraag over zorg uit Zuid"]
    # The form of the filters remembers that the region was taken away.
    assert '<input type="hidden" name="heel-netwerk" value="1">' in body(NORTH, "/vragen/?heel-netwerk=1")


@pytest.mark.parametrize(
    "host",
    ["elders.example.org", "noord.example.org.boef.nl", "boef.nl:80", "xnoord.example.org", "noord.example.org@boef.nl",
     "noord.example.org boef.nl", "[::9]", "..", "noord.example.org/x"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/vragen/", "/gezond/live", "/api/v1/werkplaatsen"])
def test_a_name_that_is_nobodys_is_refused_before_anything_is_shown(two: Any, host: str, path: str) -> None:
    answer = Client(headers={"host": host}).get(path)
    assert answer.status_code == 400
    assert "boef" not in answer.content.decode() and "Vraag over zorg" not in answer.content.decode()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_what_a_proxy_or_visitor_says_in_other_headers_is_not_believed(two: Any) -> None:
    for header in ("x-forwarded-host", "x-host", "forwarded", "x-original-host"):
        page = Client(headers={"host": NORTH, header: SOUTH}).get("/").content.decode()
        assert "<h1>Noord</h1>" in page and SOUTH not in page
        feed = Client(headers={"host": NORTH, header: "boef.nl"}).get("/feeds/vermeldingen/").content.decode()
        assert "boef" not in feed


def test_capitals_and_a_port_make_no_other_host(two: Any) -> None:
    assert "<h1>Noord</h1>" in body("NOORD.example.org:8080", "/")


def test_accounts_the_desk_and_programs_are_at_the_network_only(two: Any) -> None:
    visitor = Client(headers={"host": NORTH})
    for path in ("/inloggen/?next=/mijn/", "/beheer/", "/mijn/", "/api/v1/werkplaatsen?pagina=1", "/sitemap.xml",
                 "/en/inloggen/", "/wachtwoord/vergeten/", "/.well-known/security.txt"):  # fmt: skip
        answer = visitor.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"{NETWORK}{path}")
        assert not answer.cookies
    assert visitor.post("/inloggen/", {"login": "a@example.org", "password": "x"}).status_code == 400
    assert f"Sitemap: {NETWORK}/sitemap.xml" in body(NORTH, "/robots.txt")


def test_a_session_of_the_network_is_nobody_on_another_name(around: Around) -> None:
    """Browsers keep cookies per name; even one that is carried over opens nothing there."""
    open_up(around.noord, host=NORTH)
    signed_in = around.client("landelijk")
    assert "Mijn werkplaats" in signed_in.get("/vragen/").content.decode()
    assert signed_in.get("/mijn/", headers={"host": NORTH})["Location"] == f"{NETWORK}/mijn/"
    assert settings.SESSION_COOKIE_DOMAIN is None and settings.CSRF_COOKIE_DOMAIN is None


def test_a_question_is_asked_on_the_own_name_with_its_own_key(two: Any) -> None:
    visitor = Client(enforce_csrf_checks=True, headers={"host": NORTH})
    page = visitor.get("/vragen/stel/").content.decode()
    assert visitor.cookies["csrftoken"]["domain"] == ""
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    sent |= {"text": "Wat helpt bij eenzaamheid in een dorp als het onze?", "asker_role": "inwoner",
             "municipality": "Noorddorp", "gezien": "1"}  # fmt: skip
    refused = visitor.post("/vragen/stel/", sent, headers={"origin": "http://boef.nl"})
    assert refused.status_code == 403
    kept = Question.objects.count()
    answer = visitor.post("/vragen/stel/", sent, headers={"origin": f"http://{NORTH}"})
    if answer.status_code == 200:
        again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()))
        answer = visitor.post("/vragen/stel/", {**sent, **again}, headers={"origin": f"http://{NORTH}"})
    assert answer.status_code == 302 and answer["Location"] == "/vragen/verstuurd/"
    assert Question.objects.count() == kept + 1
    # Another region's name is another origin.
    assert visitor.post("/vragen/stel/", sent, headers={"origin": f"http://{SOUTH}"}).status_code == 403


def test_a_feed_names_things_the_same_by_whatever_name_it_came(two: Any) -> None:
    asked = "/feeds/vermeldingen/?soort=vraag"

    def ids(text: str) -> set[str]:
        return set(re.findall(r"<id>([^<]+)</id>", text))

    north, south = ids(body(NORTH, f"{asked}&heel-netwerk=1")), ids(body(SOUTH, f"{asked}&heel-netwerk=1"))
    assert {one for one in north if "/vragen/" in one} == {one for one in south if "/vragen/" in one}
    assert all(one.startswith(NETWORK) for one in north if "/vragen/vraag-" in one)
    assert len([one for one in ids(body(NORTH, asked)) if "/vragen/vraag-" in one]) == 1


def test_one_that_ended_or_lost_its_name_answers_no_more(two: Any) -> None:
    RegionalSite.objects.filter(host=NORTH).update(host=None)
    two[1].werkplaats.status = "beeindigd"
    two[1].werkplaats.save()
    assert [Client(headers={"host": host}).get("/").status_code for host in (NORTH, SOUTH)] == [400, 400]


@pytest.mark.django_db(transaction=True)
def test_two_names_at_once_in_one_process_never_show_each_others(two: Any) -> None:
    wrong: list[str] = []

    def visit(host: str, own: str, other: str) -> None:
        try:
            visitor = Client(headers={"host": host})
            for _turn in range(12):
                for address in ("/", "/vragen/", "/zoeken/?q=zorg"):
                    page = visitor.get(address).content.decode()
                    shown = " ".join(titles(page))
                    if f"Vraag over zorg uit {own}" not in shown or f"Vraag over zorg uit {other}" in shown:
                        wrong.append(f"{host}{address}")
                    if {"Noord": "7a2e5d", "Zuid": "0b4f8a"}[own] in page:
                        wrong.append(f"kleur {host}{address}")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=visit, args=given)
        for given in ((NORTH, "Noord", "Zuid"), (SOUTH, "Zuid", "Noord")) * 2
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    # And in one thread, turn by turn with the network.
    for _turn in range(3):
        assert "<h1>Noord</h1>" in body(NORTH, "/")
        assert "Waar loopt u tegenaan" in body("testserver", "/")
        assert "<h1>Zuid</h1>" in body(SOUTH, "/")
        assert len(titles(body("testserver", "/vragen/"))) == 2


# Giving a name


def test_who_runs_the_installation_gives_a_name_and_nothing_else(around: Around) -> None:
    site = open_up(around.utrecht)
    address = f"/beheer/sites/{site.uid}/"
    desk = around.client("beheerder")
    desk.post(address, {"version": str(site.version), "host": "https://Utrecht.Example.org/pad", "colour": "#7a2e5d"})
    kept = RegionalSite.objects.get(pk=site.pk)
    assert (kept.host, kept.colour) == ("utrecht.example.org", "")
    assert "<h1>Utrecht" in body("utrecht.example.org", "/")
    desk.post(address, {"version": str(kept.version), "host": ""})
    assert RegionalSite.objects.get(pk=site.pk).host is None


@pytest.mark.parametrize("name", ["coordinator", "landelijk", "noord", "lector", "partner"])
def test_nobody_else_gives_one(around: Around, name: str) -> None:
    site = open_up(around.utrecht)
    around.client(name).post(f"/beheer/sites/{site.uid}/", fields(site, host="utrecht.example.org"))
    assert RegionalSite.objects.get(pk=site.pk).host is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("noord", "“noord” is geen hostnaam"),
        ("127.0.0.2", "is geen hostnaam"),
        ("een naam.nl", "is geen hostnaam"),
        ("*.example.org", "is geen hostnaam"),
        ("netwerk.example", "is de naam van de landelijke site"),
        ("testserver.example", ""),
        ("noord.example.org", "noord.example.org is al van Noord."),
        ("sub.huis.nl", "is de naam van de landelijke site"),
    ],
)
def test_a_name_that_cannot_be_is_told(around: Around, typed: str, said: str) -> None:
    open_up(around.noord, host="noord.example.org")
    site = open_up(around.utrecht)
    with override_settings(ALLOWED_HOSTS=["testserver", ".huis.nl"]):
        sent = {"version": str(site.version), "host": typed}
        answer = around.client("beheerder").post(f"/beheer/sites/{site.uid}/", sent)
    assert (RegionalSite.objects.get(pk=site.pk).host is None) is bool(said)
    assert said in answer.content.decode()
