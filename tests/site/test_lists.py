"""Lists in words, order and filters, and on each page what is akin to it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests import factories
from tests.site.finding import CSV, FEED, Step, days_ago, hide, reasons_on, take_away
from tests.site.test_pages import body, fill, titles
from werkplaats.catalogue.index import Folder
from werkplaats.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_still")]
AWAY = "Zoeken kan nu alleen op de woorden zoals u ze typt."


# Lists


def test_the_order_is_a_choice_that_stands_in_the_address(client: Client, searchable: Step) -> None:
    for days, text in ((2, "Beter zorg voor zorg?"), (1, "Altijd zorgen?"), (3, "Citroen bij de zorg?")):
        days_ago(days, text)
    searchable()
    newest = ["Altijd zorgen?", "Beter zorg voor zorg?", "Citroen bij de zorg?"]
    by_name = sorted(newest)
    for address, words in (("/vragen/", ""), ("/zoeken/", ""), ("/vragen/", "q=zorg"), ("/zoeken/", "q=zorg")):
        page = body(client, f"{address}?{words}")
        links = dict(re.findall(r'<a href="([^"]*)"[^>]*>(Best passend|Nieuwste eerst|Op naam)</a>', page))
        offered = {label: html.unescape(link) for link, label in links.items()}
        assert list(offered) == [*(["Best passend"] if words else []), "Nieuwste eerst", "Op naam"]
        assert titles(body(client, offered["Nieuwste eerst"])) == newest
        assert titles(body(client, offered["Op naam"])) == by_name
        for label, link in offered.items():
            now = re.findall(r'<nav class="sorting".*?</nav>', body(client, link), re.DOTALL)[0]
            assert re.findall(r'aria-current="true">([^<]*)<', now) == [label]
    assert titles(body(client, "/vragen/?sorteer=onzin")) == newest
    kept = body(client, "/zoeken/?q=zorg&sorteer=naam")
    assert kept.count('<input type="hidden" name="sorteer" value="naam">') == 2, "in the search box and the filters"


def test_who_searches_is_told_when_only_the_table_answers(client: Client, indexed: Step) -> None:
    factories.make_question("Wie helpt bij schulden?")
    assert AWAY in body(client, "/zoeken/?q=schulden")
    assert AWAY not in body(client, "/zoeken/"), "a list without words loses nothing"
    indexed()
    for address in ("/zoeken/", "/vragen/"):
        page = body(client, f"{address}?q=schudlen")
        assert titles(page) == ["Wie helpt bij schulden?"]
        assert AWAY not in page
    with clock.at(clock.now() + timedelta(minutes=1)):
        page = body(client, "/zoeken/?q=schulden")
        assert AWAY in page, "no sign of life for a minute"
        assert titles(page) == ["Wie helpt bij schulden?"]


def test_a_damaged_index_is_a_notice_and_no_error(client: Client, indexed: Step, settings: Any) -> None:
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    for path in Folder(settings.SEARCH_FOLDER).path.iterdir():
        if path.suffix in {".idx", ".term", ".fast", ".store", ".pos", ".fieldnorm"}:
            path.write_bytes(bytes(len(path.read_bytes())))
    for address in ("/zoeken/?q=schulden", "/vragen/?q=schulden&sorteer=naam", "/zoeken/", f"{FEED}?q=schulden"):
        assert "Wie helpt bij schulden?" in re.sub("</?mark>", "", body(client, address)), address
    assert AWAY in body(client, "/zoeken/?q=schulden")
    indexed()
    assert AWAY not in body(client, "/zoeken/?q=schulden"), "the follower mends it"


def test_when_no_place_has_all_words_that_is_said(client: Client, indexed: Step) -> None:
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    loosened = "Nergens staan al deze woorden bij elkaar."
    page = body(client, "/zoeken/?q=schulden+Timboektoe")
    assert titles(page) == ["Wie helpt bij schulden?"]
    assert loosened in page
    assert loosened not in body(client, "/zoeken/?q=schulden")
    nothing = body(client, "/zoeken/?q=Timboektoe+Xanadu")
    assert "Niets gevonden" in nothing
    assert loosened not in nothing, "there is nothing to explain"


def test_what_was_looked_for_is_marked_and_markup_stays_text(client: Client, searchable: Step) -> None:
    script = "Mag <script>alert(1)</script> & <mark>meer</mark> in een titel over zorg?"
    factories.make_question(script + " Lees ook <img src=x onerror=alert(2)>. " * 8)
    searchable()
    page = body(client, "/zoeken/?q=script+img+zorg")
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; &lt;mark&gt;meer" in page
    assert "&lt;<mark>img</mark> src=x" in page
    for typed in ("script", "lt", "amp", "mark", "<script>", "</mark><script>", '"><img src=x onerror=alert(3)>'):
        page = body(client, "/zoeken/?" + urlencode({"q": typed}))
        assert "<script>alert" not in page, typed
        assert "<img src=x" not in page, typed
        assert not re.search(r"&[^;\s]{0,6}<mark>|<mark>(lt|gt|amp)</mark>", page), typed
        assert set(re.findall(r"<mark>(.*?)</mark>", page)) <= {"script", "mark", "img", "src", "onerror", "alert", "x"}


def test_each_row_says_why_it_is_there(client: Client, indexed: Step) -> None:
    theme = factories.make_theme("Eenzaamheid", synonyms=["alleen voelen"])
    factories.make_question("Wie helpt bij schulden?")
    factories.make_question("Wat doen de wijkteams?")
    factories.make_question("Wie komt er langs?", themes=[theme])
    indexed()
    for typed, said in (
        ("schuld", ["in de titel: schulden"]),
        ("schudlen", ["in de titel: schulden", "“schudlen” gelezen als “schulden”"]),
        ("team", ["“team” zit in “wijkteams”"]),
        ("alleen voelen", ["gaat over Eenzaamheid (“alleen voelen”)"]),
    ):
        assert reasons_on(body(client, f"/vragen/?q={typed}")) == said
    assert reasons_on(body(client, "/vragen/")) == []


def test_of_many_values_the_most_used_are_offered_and_the_rest_is_told(client: Client, searchable: Step) -> None:
    places = [factories.make_municipality(f"Plaats {number:02}") for number in range(45)]
    for number, place in enumerate(places):
        for _more in range(1 if number else 2):
            factories.make_question("Vraag over zorg", municipality=place)
    searchable()
    page = body(client, "/vragen/")
    offered = re.findall(r'name="gemeente"[^>]*value="([^"]+)"', page)
    assert offered == [place.uid for place in places[:40]]
    assert "5 met minder resultaten staan hier niet. Typ de naam in het zoekveld." in page
    chosen = body(client, f"/vragen/?gemeente={places[-1].uid}")
    assert re.search(rf'name="gemeente"[^>]*value="{places[-1].uid}"[^>]* checked', chosen)
    assert "4 met minder resultaten staan hier niet." in chosen
    assert titles(body(client, "/vragen/?q=Plaats+44")) == ["Vraag over zorg"], "as the advice says"


@pytest.mark.parametrize(
    "address", ["/zoeken/", "/zoeken/?q=zorg", "/vragen/", "/vragen/?q=zorg", f"{FEED}?soort=vraag", f"{CSV}?q=zorg"]
)
def test_a_longer_list_from_the_index_costs_no_more_questions_to_the_database(
    client: Client, indexed: Step, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def read() -> None:
        response = client.get(address)
        said = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert b"Vraag 0 over" in re.sub(rb"</?mark>", b"", said)

    fill(1)
    indexed()
    read()
    with django_assert_max_num_queries(12) as first:
        read()
    before = len(first)
    for number in range(1, 6):
        theme, place = factories.make_theme(f"Thema {number}"), factories.make_municipality(f"Plaats {number}")
        werkplaats = factories.make_werkplaats(f"Werkplaats {number}", areas=[place], themes=[theme])
        common: dict[str, Any] = {"werkplaats": werkplaats, "municipality": place, "themes": [theme]}
        factories.make_question(f"Vraag {number} over zorg", **common)
    indexed()
    read()
    with django_assert_num_queries(before):
        read()


# Related


def related_on(client: Client, address: str) -> dict[str, list[str]]:
    """Title -> reasons, under the heading "Verwant"."""
    found = re.search(r'<section class="related".*?</section>', body(client, address), re.DOTALL)
    rows = re.findall(r'<article class="result">.*?</article>', found.group() if found else "", re.DOTALL)
    return {titles(row)[0]: reasons_on(row) for row in rows}


def test_pages_show_what_is_akin_and_say_how(client: Client, searchable: Step) -> None:
    theme, other = factories.make_theme("Eenzaamheid"), factories.make_theme("Wonen")
    assen, ede = factories.make_municipality("Assen"), factories.make_municipality("Ede")
    noord = factories.make_werkplaats("Noord", areas=[assen], themes=[theme])
    valley = factories.make_werkplaats("Vallei", areas=[ede], themes=[theme])
    own = factories.make_question("Wie belt er aan?", themes=[theme], werkplaats=noord, municipality=assen)
    far = factories.make_question("Wie gaat er mee?", themes=[theme], werkplaats=valley, municipality=ede)
    factories.make_question("Waar staat een huis?", themes=[other])
    inner, gone = (factories.make_question(f"Wie {what} er?", themes=[theme]) for what in ("zwijgt", "vertrekt"))
    hide(inner)
    take_away(gone)
    searchable()
    about = "ook over Eenzaamheid"
    question = related_on(client, f"/vragen/{own.uid}/")
    assert set(question) == {far.text, "Noord", "Vallei"}
    assert question[far.text] == [about]
    assert question["Noord"] == [about, "ook uit Assen"]
    werkplaats = related_on(client, "/werkplaatsen/noord/")
    assert set(werkplaats) == {far.text, "Vallei"}, "its own newest questions stand there already"
    assert werkplaats[far.text] == werkplaats["Vallei"] == [about]
    assert related_on(client, "/gemeenten/assen/") == {far.text: [about], "Vallei": [about]}
    factories.make_municipality("Tholen")
    searchable()
    assert related_on(client, "/gemeenten/tholen/") == {}
