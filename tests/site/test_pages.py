"""Lists, finding one's region, languages, headers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import get_language

from tests import factories
from werkplaats.core.models import Basis
from werkplaats.network.models import Phase, ServiceArea
from werkplaats.network.rules import Status
from werkplaats.news.models import AboutPage
from werkplaats.people.rules import RoleKind
from werkplaats.terms.models import Theme

pytestmark = pytest.mark.django_db


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def titles(page: str) -> list[str]:
    found = re.findall(r'class="result-title"[^>]*><a href="[^"]*"[^>]*>(.*?)(?:<span class="new-tab">.*?)?</a>', page)
    return [re.sub(r"</?mark>", "", title) for title in found]


def fill(number: int) -> None:
    """``number`` of everything a list can show."""
    for n in range(number):
        theme = factories.make_theme(f"Thema {n}")
        place = factories.make_municipality(f"Plaats {n}")
        werkplaats = factories.make_werkplaats(f"Werkplaats {n}", areas=[place], themes=[theme])
        organisation = factories.make_organisation(f"Organisatie {n}", municipality=place)
        werkplaats.partnerships.create(organisation=organisation, stage="actief", valid_from=factories.LONG_AGO)
        werkplaats.leads.create(organisation=organisation, role="trekker", valid_from=factories.LONG_AGO)
        factories.make_question(f"Vraag {n} over zorg", werkplaats=werkplaats, themes=[theme], municipality=place)


@pytest.mark.parametrize(
    "address",
    ["/", "/werkplaatsen/", "/gemeenten/", "/gemeenten/?q=plaats", "/vragen/", "/zoeken/?q=zorg",
     "/werkplaatsen/werkplaats-0/", "/gemeenten/plaats-0/"],
)  # fmt: skip
def test_a_longer_list_costs_no_more_questions_to_the_database(
    client: Client, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    fill(1)
    # Names and synonyms are read once in some seconds, not for each page.
    body(client, address)
    with django_assert_max_num_queries(12) as first:
        body(client, address)
    made, asked, theme = 1, len(first), Theme.objects.get(name="Thema 0")
    for upto in (3, 30):
        for n in range(made, upto):
            region = factories.make_municipality(f"Plaats {n}")
            werkplaats = factories.make_werkplaats(f"Werkplaats {n}", areas=[region])
            factories.make_question(f"Vraag {n} over zorg", werkplaats=werkplaats, municipality=region, themes=[theme])
        made = upto
        body(client, address)
        with django_assert_num_queries(asked):
            body(client, address)


def test_a_full_page_of_a_region_or_municipality_costs_no_more_questions_to_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    place, theme = factories.make_municipality("Assen"), factories.make_theme()
    noord = factories.make_werkplaats("Noord", areas=[place], themes=[theme])
    factories.make_sections(noord)
    factories.make_page("Wie wij zijn", noord, model=AboutPage)
    noord.grants.create(phase=Phase.objects.create(name="Fase 1", valid_from=factories.LONG_AGO))
    for n in range(8):
        organisation = factories.make_organisation(f"Organisatie {n}", municipality=place)
        factories.make_partnership(organisation, noord)
        noord.leads.create(organisation=organisation, role="trekker", valid_from=factories.LONG_AGO)
        own = {"themes": [factories.make_theme(f"Thema {n}")]}
        factories.make_question(f"Vraag {n} over zorg", werkplaats=noord, municipality=place, **own)
        factories.make_publication(f"Boek {n}", werkplaatsen=[noord], **own)
        factories.make_page(f"Bericht {n}", noord, **own)
        factories.make_project(f"Project {n}", noord, municipalities=[place], **own)
        factories.make_yield(f"Opbrengst {n}", noord)
        factories.make_municipality(f"Buur {n}", lat=52.0 + n, lon=6.0)
    for address in ("/werkplaatsen/noord/", "/gemeenten/assen/"):
        body(client, address)
        with django_assert_max_num_queries(12):
            page = body(client, address)
        assert "Project 7" in page and "Vraag 7 over zorg" in page


def test_filters_stand_in_the_address_and_can_be_taken_away(client: Client) -> None:
    fill(3)
    page = body(client, "/vragen/")
    assert sorted(titles(page)) == [f"Vraag {n} over zorg" for n in range(3)]
    wanted = re.search(r'name="werkplaats"[^>]*value="([^"]+)"', page)
    assert wanted
    filtered = body(client, f"/vragen/?q=zorg&werkplaats={wanted.group(1)}")
    assert len(titles(filtered)) == 1
    assert 'href="/vragen/?q=zorg"' in filtered


def test_a_question_without_a_date_never_stands_before_a_new_one(client: Client) -> None:
    place = factories.make_municipality("Assen")
    werkplaats = factories.make_werkplaats("Noord", areas=[place])
    common = {"werkplaats": werkplaats, "municipality": place}
    for text in ("Aan zorg zonder datum?", "Nog zorg zonder datum?"):
        factories.make_question(text, received_at=None, published_at=None, **common)
    factories.make_question("Welke zorg is nieuw?", **common)
    factories.make_question("Zorg zonder datum na de nieuwe?", received_at=None, published_at=None, **common)
    for address in ("/", "/vragen/", "/zoeken/?q=zorg", "/gemeenten/assen/", "/werkplaatsen/noord/"):
        page = body(client, address)
        shown = [page.find(text) for text in ("Welke zorg is nieuw?", "Aan zorg zonder datum?", "Zorg zonder datum na")]
        assert shown[0] == min(shown), address


def test_pages_of_twenty(client: Client) -> None:
    for n in range(21):
        factories.make_question(f"Vraag {n:02} over zorg")
    first, second = titles(body(client, "/vragen/")), titles(body(client, "/vragen/?pagina=2"))
    assert (len(first), len(second)) == (20, 1)
    assert len({*first, *second}) == 21
    assert titles(body(client, "/vragen/?pagina=onzin")) == first


def test_too_long_and_empty_words_are_told_apart(client: Client) -> None:
    factories.make_question()
    for address in ("/zoeken/", "/vragen/"):
        long, empty = body(client, f"{address}?q=" + "x" * 10_000), body(client, f"{address}?q=de+het+een")
        assert "Dat is te lang om op te zoeken: ten hoogste 200 tekens." in long
        assert "Met alleen woorden als “de” of “voor” is niet te zoeken." in empty
        assert titles(long) == titles(empty) == []


@pytest.mark.parametrize("typed", ["Den Haag", "'s-Gravenhage", "DEN HAAG", "gemeente den haag", "s gravenhage"])
def test_a_region_is_found_by_any_name(client: Client, typed: str) -> None:
    factories.make_municipality("'s-Gravenhage", aliases=["Den Haag"], slug="s-gravenhage")
    response = client.get("/gemeenten/", {"q": typed})
    assert response.headers["Location"] == "/gemeenten/s-gravenhage/"


def test_the_page_of_a_municipality_says_whose_it_is_and_how_sure(client: Client) -> None:
    known, assumed, empty, forming = (factories.make_municipality(name) for name in ("Assen", "Ede", "Tholen", "Goes"))
    factories.make_werkplaats("Noord", areas=[known])
    valley = factories.make_werkplaats("Vallei")
    ServiceArea.objects.create(
        werkplaats=valley, municipality=assumed, valid_from=factories.LONG_AGO, basis=Basis.ASSUMED
    )
    factories.make_werkplaats("Zeeland", areas=[forming], status=Status.CANDIDATE)
    assert 'Uw werkplaats is <a href="/werkplaatsen/noord/">Noord</a>.' in body(client, f"/gemeenten/{known.slug}/")
    assert "(aanname: afgeleid" in body(client, f"/gemeenten/{assumed.slug}/")
    assert "een lege plek op de kaart" in body(client, f"/gemeenten/{empty.slug}/")
    assert "opgericht" in body(client, f"/gemeenten/{forming.slug}/")


def test_permanent_identifiers_lead_to_the_readable_address(client: Client) -> None:
    place, werkplaats = factories.make_municipality("Assen"), factories.make_werkplaats("Noord")
    question = factories.make_question()
    lower = question.uid.lower()
    assert client.get(f"/werkplaatsen/{werkplaats.uid}/").headers["Location"] == "/werkplaatsen/noord/"
    assert client.get(f"/gemeenten/{place.uid}/").headers["Location"] == "/gemeenten/assen/"
    assert client.get(f"/vragen/{question.uid}/wat-helpt/").headers["Location"] == f"/vragen/{question.uid}/"
    assert question.text in body(client, f"/vragen/{lower}/")


def test_english_is_the_same_site_with_the_words_of_askers_left_dutch(client: Client) -> None:
    question = factories.make_question("Wat helpt tegen schulden?")
    page = body(client, f"/en/vragen/{question.uid}/")
    assert '<html lang="en">' in page
    assert "Ask a question" in page
    assert re.search(r'lang="nl"[^>]*>\s*(?:<[^>]+>\s*)*Wat helpt tegen schulden\?', page)
    assert f'href="/vragen/{question.uid}/"' in page
    for address in ("/en/", "/en/vragen/", "/en/werkplaatsen/", "/en/gemeenten/"):
        leaks = re.findall(
            r'href="(/(?!en/|static/|api/|vragen/|werkplaatsen/|gemeenten/|")[^"]*)"', body(client, address)
        )
        assert leaks == []


def test_an_english_visit_leaves_no_english_behind(client: Client) -> None:
    body(client, "/en/vragen/")
    assert get_language() == "nl"
    assert "begrijpen we niet" in client.get("/zoeken/?q=%00").content.decode()


def test_public_pages_set_no_cookie(client: Client) -> None:
    fill(1)
    for address in ("/", "/vragen/", "/werkplaatsen/", "/gemeenten/", "/zoeken/", "/privacy/", "/toegankelijkheid/"):
        assert client.get(address).cookies == {}, address


def test_hier_ook_is_for_editors_of_the_own_organisation(client: Client) -> None:
    own, other = factories.make_organisation("MJD"), factories.make_organisation("Timpaan")
    question = factories.make_question()
    address = f"/vragen/{question.uid}/hier-ook/"
    assert client.get(address).headers["Location"] == f"/inloggen/?next={address}"
    client.force_login(factories.make_account("zonder@example.org"), "sesame.backends.ModelBackend")
    assert "Dit kan alleen namens een organisatie" in client.get(address).content.decode()
    account = factories.make_account("met@example.org", RoleKind.PARTNER_EDITOR, own)
    client.force_login(account, "sesame.backends.ModelBackend")
    data = {"organisation": other.uid, "mandate": "ambtelijk", "reason": "Ook hier"}
    assert "U kunt dit alleen doen voor uw eigen organisatie." in client.post(address, data).content.decode()
    assert not question.supports.exists()
    client.post(address, {**data, "organisation": own.uid})
    assert "MJD" in client.get(f"/vragen/{question.uid}/").content.decode()
    support = question.supports.get()
    client.post(address, {"stap": "terug", "steun": support.uid})
    assert not question.supports.current().exists()


@pytest.mark.parametrize(
    "address",
    ["/vragen/?status=bogus", "/vragen/?thema=Bel+0900-1234", "/zoeken/?soort=x&thema=y&hoofdthema=z&pagina=999999"],
)
def test_a_filter_that_does_not_exist_finds_nothing_and_repeats_nothing(client: Client, address: str) -> None:
    factories.make_question()
    page = body(client, address)
    assert titles(page) == []
    assert "0900-1234" not in re.sub(r'(?:href|value)="[^"]*"', "", page)


@pytest.mark.parametrize("address", ["/vragen/?thema=%00", "/zoeken/?q=a%00b", "/vragen/stel/?gemeente=%00", "/%00/"])
def test_a_zero_character_is_refused_politely(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "begrijpen we niet" in response.content.decode()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_pages_are_read_and_sent_to_and_nothing_else(client: Client, method: str) -> None:
    assert client.generic(method, "/vragen/").status_code == 405


def test_a_theme_is_found_by_the_words_people_use(client: Client) -> None:
    top = factories.make_theme("Bestaanszekerheid")
    theme = factories.make_theme("Armoede en schulden", parent=top, synonyms=["geldzorgen"])
    region = factories.make_werkplaats("Regio Zwolle")
    factories.make_question("Hoe kom je rond?", themes=[theme], werkplaats=region)
    factories.make_question("Hoe blijf je gezond?")
    for words in ("geldzorgen", "schulden", "bestaanszekerheid", "zwolle rond"):
        assert titles(body(client, f"/vragen/?q={words}")) == ["Hoe kom je rond?"]
    assert titles(body(client, f"/vragen/?hoofdthema={top.uid}")) == ["Hoe kom je rond?"]


def test_a_new_search_keeps_the_filters(client: Client) -> None:
    fill(2)
    wanted = re.search(r'name="werkplaats"[^>]*value="([^"]+)"', body(client, "/vragen/"))
    assert wanted
    page = body(client, f"/vragen/?werkplaats={wanted.group(1)}")
    box = page[page.index('role="search"') : page.index("</form>", page.index('role="search"'))]
    assert f'<input type="hidden" name="werkplaats" value="{wanted.group(1)}">' in box


def test_an_explanation_of_hier_ook_names_nobody(client: Client) -> None:
    own = factories.make_organisation("MJD")
    question = factories.make_question()
    account = factories.make_account("met@example.org", RoleKind.PARTNER_EDITOR, own)
    client.force_login(account, "sesame.backends.ModelBackend")
    data = {"organisation": own.uid, "mandate": "ambtelijk", "reason": "Bel mevrouw Jansen, 06-12345678"}
    page = client.post(f"/vragen/{question.uid}/hier-ook/", data).content.decode()
    assert "Dit lijkt naar een persoon te wijzen: Jansen, 06-12345678." in page
    assert not question.supports.exists()
