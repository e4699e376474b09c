"""Where nothing is found there is a way on; and lists that are taken along, by those who follow them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import feedparser
import pytest
from django.test import Client
from django.utils.http import urlencode

from tests import factories
from tests.site.test_pages import body, titles
from werkplaats.core import clock
from werkplaats.network.rules import Status

pytestmark = pytest.mark.django_db

Step = Callable[[], int]
FEED = "/feeds/vermeldingen/"


@pytest.fixture(autouse=True)
def standing_still() -> Iterator[None]:
    with clock.at(clock.now()):
        yield


@pytest.mark.parametrize("typed", ["x", "👍", '"', "c++", "é", "?!"])
def test_what_is_no_word_gets_advice_and_no_count(client: Client, typed: str) -> None:
    page = body(client, "/zoeken/?" + urlencode({"q": typed}))
    assert "Hier staat geen woord waarop we kunnen zoeken. Typ een of twee woorden, bijvoorbeeld eenzaam." in page
    assert "Niets gevonden" not in page
    assert "0 resultaten" not in page


def test_nothing_found_leads_on_to_themes_and_to_asking(client: Client) -> None:
    top = factories.make_theme("Meedoen")
    factories.make_theme("Eenzaamheid", parent=top)
    page = body(client, "/zoeken/?q=timboektoe")
    assert f'href="/vragen/?hoofdthema={top.uid}">Meedoen</a>' in page
    assert "Stel uw vraag" in page
    assert "haal een filter weg" not in page
    assert "haal een filter weg" in body(client, f"/zoeken/?q=timboektoe&thema={top.uid}")
    factories.make_question("Wie woont in Timboektoe?")
    assert "Of kijk rond per thema" not in body(client, "/zoeken/?q=timboektoe")


def test_the_title_of_a_search_names_its_words(client: Client) -> None:
    for address, name in (("/zoeken/", "Zoeken"), ("/vragen/", "Vragen")):
        assert f"<title>“schuld &lt;b&gt;” – {name} –" in body(client, f"{address}?q=schuld+<b>")
        assert f"<title>{name} –" in body(client, address)


def test_taking_all_filters_away_keeps_words_and_order(client: Client) -> None:
    theme = factories.make_theme("Wonen")
    for text in ("Een over zorg", "Twee over zorg"):
        factories.make_question(text, themes=[theme])
    page = body(client, f"/zoeken/?q=zorg&thema={theme.uid}&sorteer=naam")
    [address] = re.findall(r'class="chosen-clear" href="([^"]*)"', page)
    assert html.unescape(address) == "/zoeken/?q=zorg&sorteer=naam"


def test_a_feed_has_an_author_no_empty_summary_and_is_sent_once(client: Client) -> None:
    factories.make_question("Wat is goede zorg?")
    response = client.get(f"{FEED}?q=zorg")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.feed.author == "Werkplaats"
    assert [("summary" in one, one.title) for one in feed.entries] == [(False, "Wat is goede zorg?")]
    assert feedparser.parse(response.content).entries
    again = client.get(f"{FEED}?q=zorg", headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(f"{FEED}?q=zorg", headers={"if-modified-since": response.headers["Last-Modified"]})
    assert since.status_code == 304
    factories.make_question("Wat is snelle zorg?")
    assert client.get(f"{FEED}?q=zorg", headers={"if-none-match": response.headers["ETag"]}).status_code == 200


def test_pages_tell_a_feed_reader_where_the_feed_is(client: Client) -> None:
    factories.make_question("Wat is goede zorg?")
    for address, kind in (("/zoeken/?q=zorg", ""), ("/vragen/?q=zorg", "&soort=vraag")):
        page = body(client, address)
        [link] = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]*)">', page)
        assert html.unescape(link) == f"{FEED}?q=zorg{kind}"
        assert "Kopieer dit adres naar uw feedlezer." in page


def places(client: Client, typed: str) -> str:
    return body(client, "/gemeenten/?" + urlencode({"q": typed}))


def test_a_province_leads_to_its_municipalities(client: Client) -> None:
    for name, province in (("Ede", "Gelderland"), ("Assen", "Drenthe"), ("Sneek", "Fryslân")):
        factories.make_municipality(name, province=factories.make_province(province))
    for typed, province, inside in (("gelderland", "Gelderland", "Ede"), ("Friesland", "Fryslân", "Sneek")):
        page = places(client, typed)
        assert f"{province} is een provincie. Kies hieronder uw gemeente." in page
        assert f">{inside}</a>" in page
        assert ">Assen</a>" not in page


def test_a_province_leads_to_its_werkplaatsen_before_its_municipalities(client: Client) -> None:
    province = factories.make_province("Groningen")
    city, other = (factories.make_municipality(name, province=province) for name in ("Groningen", "Veendam"))
    assen = factories.make_municipality("Assen")
    factories.make_werkplaats("Klein", areas=[other], status=Status.CANDIDATE)
    factories.make_werkplaats("Noord", areas=[city, other, assen])
    factories.make_werkplaats("Elders", areas=[assen])
    factories.make_werkplaats("Voorbij", areas=[city], status=Status.ENDED)

    page = places(client, "groningen")

    said = re.findall(r'<a href="/werkplaatsen/[a-z]+/">([^<]+)</a>(.*?)</li>', page)
    assert [name for name, _more in said] == ["Werkplaats Noord", "Werkplaats Klein"]
    assert "2 gemeenten in Groningen" in said[0][1] and "in opbouw" in said[1][1]
    assert page.index("Werkplaats Noord") < page.index(city.get_absolute_url()) < page.index(other.get_absolute_url())
    assert ">Assen</a>" not in page
    found = body(client, "/zoeken/?q=Groningen")
    assert found.index("Werkplaats Noord") < found.index('class="results"')
    assert "Werkplaatsen in" not in body(client, "/zoeken/?q=Assen")
    assert client.get("/gemeenten/?q=assen").headers["Location"] == assen.get_absolute_url()


def test_a_werkplaats_is_found_where_a_municipality_is_looked_for(client: Client) -> None:
    place = factories.make_municipality("Enschede", province=factories.make_province("Overijssel"))
    twente = factories.make_werkplaats("Wmo Oost", region="Twente en omstreken", areas=[place], brand="Samen Oost")
    twente.former_names.create(name="Wmo-werkplaats Twente")
    for typed in ("Twente", "samen oost", "Wmo-werkplaats Twente", "wmo oost"):
        page = places(client, typed)
        assert '<a href="/werkplaatsen/wmo-oost/">Werkplaats Wmo Oost</a>' in page, typed
        assert "kennen we niet" not in page
    assert "kennen we niet" in places(client, "Twent en om")
    assert "In Zeeland werkt nog geen werkplaats." in places(client, "Zeeland")


def test_only_names_that_are_nearly_so_are_offered_and_by_which_name(client: Client) -> None:
    for name in ("Assen", "Hoogeveen", "Laarbeek", "Rotterdam", "Nissewaard"):
        factories.make_municipality(name)
    factories.make_municipality("Velsen", aliases=["IJmuiden"])

    def offered(typed: str) -> list[str]:
        found = re.search(r"Bedoelt u:</h2>.*?</ul>", places(client, typed), re.DOTALL)
        return re.findall(r"<li><a[^>]*>([^<]+)</a>", found.group() if found else "")

    assert offered("asen") == ["Assen"]
    assert offered("Hoogvliet") == []
    assert offered("ijmuidn") == ["Velsen"]
    assert "(“IJmuiden” hoort erbij)" in places(client, "ijmuidn")


def test_the_source_of_an_earlier_round_is_said_in_words(client: Client) -> None:
    question = factories.make_question("Wat helpt?", source="brontekst 003")
    page = body(client, f"/vragen/{question.uid}/")
    assert "<dd>Uit een eerdere ronde van de werkplaats</dd>" in page
    assert "brontekst 003" in page[page.index("Waar deze vraag vandaan komt") :]


def test_very_common_words_are_no_likeness(client: Client, indexed: Step) -> None:
    first = factories.make_question("Hoe krijgen mensen goede zorg van beroepskrachten in kassen?")
    factories.make_question("Waarom krijgen mensen goede zorg van beroepskrachten in kelders?")
    for number in range(60):
        factories.make_question(f"Zorg van beroepskrachten, deel {number}")
    indexed()
    page = body(client, f"/vragen/{first.uid}/")
    assert "zelfde woorden" not in page[page.index("Wat er met de vraag gebeurt") :]


def test_a_municipality_says_what_its_related_are(client: Client) -> None:
    theme, place = factories.make_theme("Wonen"), factories.make_municipality("Assen")
    factories.make_werkplaats("Noord", areas=[place], themes=[theme])
    other = factories.make_question("Wie gaat er mee?", themes=[theme])
    page = body(client, "/gemeenten/assen/")
    part = page.replace("&#x27;", "'").partition("Over thema's die in deze regio spelen")[2]
    assert titles(part)[0] == other.text
    assert "gaat over Wonen" in part
    assert "ook over Wonen" not in page
