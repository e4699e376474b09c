"""Journey 1, the half before asking: what is there already is found, by words, by worry, by keyboard."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests import factories
from tests.journeys.test_asking import sign_in
from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.core import clock
from werkplaats.people.rules import RoleKind

Step = Callable[[], int]

FITS = "Wie helpt bij schulden als je de post niet meer durft te openen?"
WORRY = "Sinds de papegaai weg is heb ik schudlen en durf de post niet te openen. Wat nu?"
# Of these words nothing may be found again where others could read it.
TELLING = re.compile(r"papegaai|schudlen|durf|openen", re.IGNORECASE)
# Which answer it is, is said by what only a screen reader reads.
MARK, UNMARK = (
    re.compile(rf"^{said} ?: {re.escape(FITS)}$") for said in ("Dit is mijn antwoord", "Toch niet mijn antwoord")
)
OFFER = "Staat uw antwoord er al?"
SENT = "Uw vraag is verstuurd"


@pytest.fixture(autouse=True)
def standing_still(request: Any) -> Iterator[None]:
    """The clock stands, so that on a slow machine the index is not taken for silent; not beside a real follower."""
    if "indexed" not in request.fixturenames:
        yield
        return
    with clock.at(clock.now()):
        yield


@pytest.fixture
def network(transactional_db: None, indexed: Step) -> dict[str, Any]:
    """A region with a few public questions, one of which may be the answer."""
    place = factories.make_municipality("Midden-Drenthe", aliases=["Beilen"])
    noord = factories.make_werkplaats("Noord", areas=[place])
    money, living = factories.make_theme("Geld"), factories.make_theme("Wonen")
    fits = factories.make_question(FITS, werkplaats=noord, themes=[money])
    for text in ("Waar is een zwembad?", "Welke boom groeit hier?", "Hoe help ik iemand die niet meer wil leven?"):
        factories.make_question(text, werkplaats=noord, themes=[living])
    indexed()
    return {"fits": fits, "noord": noord}


def requests_of(page: Page) -> list[Request]:
    """All that this visitor's browser asks for from now on."""
    made: list[Request] = []
    page.context.on("request", lambda request: made.append(request))
    return made


def words_box(page: Page) -> Locator:
    return page.get_by_label("Uw vraag, in uw eigen woorden")


def answers_box(page: Page) -> Locator:
    return page.locator("#antwoorden")


def fill_rest(page: Page) -> None:
    page.get_by_label("als cliënt").check()
    page.get_by_label("Uw gemeente").fill("beilen")
    page.get_by_label("Geld").check()


def expect_rest(page: Page, text: str) -> None:
    """Everything that was filled in stands there."""
    expect(words_box(page)).to_have_value(text)
    expect(page.get_by_label("als cliënt")).to_be_checked()
    expect(page.get_by_label("Uw gemeente")).to_have_value(re.compile("beilen", re.IGNORECASE))
    expect(page.get_by_label("Geld")).to_be_checked()
    expect(page.get_by_label("Wonen")).not_to_be_checked()


def expect_heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def expect_unread(page: Page, made: list[Request], caplog: pytest.LogCaptureFixture) -> None:
    """What was typed stands in no address and in no line of the log; the log did listen."""
    page.goto("/nergens/te-vinden/")
    assert "/nergens/te-vinden/" in caplog.text
    assert [unquote_plus(one.url) for one in made if TELLING.search(unquote_plus(one.url))] == []
    assert TELLING.findall(caplog.text) == []


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_resident_sees_what_is_there_and_asks_all_the_same(
    screen: str, network: dict[str, Any], request: Any, caplog: Any, allowed_complaints: list[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    allowed_complaints.append("404")
    page: Page = request.getfixturevalue(screen)
    made = requests_of(page)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Stel een vraag").first.click()
    words_box(page).press_sequentially(WORRY, delay=5)
    found = answers_box(page).get_by_role("article")
    expect(found).to_have_count(1)
    expect(found.get_by_role("link", name=FITS)).to_be_visible()
    expect(found.get_by_label("Waarom dit past")).to_contain_text("“schudlen” gelezen als “schulden”")
    expect(page.locator("#antwoorden-stand")).to_have_text("Eén mogelijk antwoord gevonden, onder uw vraag.")
    expect(words_box(page)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    words_box(page).fill("")
    expect(found).to_have_count(0)
    expect(page.locator("#antwoorden-stand")).to_have_text("")
    words_box(page).fill(WORRY)
    expect(found).to_have_count(1)
    asked = [parse_qs(one.post_data or "") for one in made if one.url.endswith("/vragen/antwoorden/")]
    assert asked, "it was asked of the server"
    assert {name for sent in asked for name in sent} <= {"text", "csrfmiddlewaretoken"}, "the words, and nothing else"
    fill_rest(page)
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect_heading(page, SENT)
    expect(page.locator("#volgcode")).to_have_text(re.compile(r"^\s*\w{4}-\w{4}-\w{4}\s*$"))
    assert (Question.objects.waiting().get().text, FoundAnswer.objects.count()) == (WORRY, 0)
    expect_unread(page, made, caplog)


def test_without_scripts_the_answers_are_a_step_that_comes_once(
    no_js_page: Page, network: dict[str, Any], caplog: pytest.LogCaptureFixture, allowed_complaints: list[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    allowed_complaints.append("404")
    page = no_js_page
    made = requests_of(page)
    page.goto("/vragen/stel/")
    words_box(page).fill(WORRY)
    fill_rest(page)
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect_heading(page, "Uw vraag is nog niet verstuurd")
    expect(page.get_by_role("heading", name=OFFER)).to_be_visible()
    expect(answers_box(page).get_by_role("link", name=FITS)).to_be_visible()
    expect_rest(page, WORRY)
    assert Question.objects.waiting().count() == 0
    page.get_by_role("button", name="Verstuur zoals het er nu staat").last.click()
    expect_heading(page, SENT)
    assert Question.objects.waiting().get().text == WORRY
    expect_unread(page, made, caplog)


@pytest.mark.parametrize("visitor", ["page", "no_js_page"])
def test_this_is_my_answer_counts_once_and_can_be_taken_back(
    visitor: str, network: dict[str, Any], request: Any
) -> None:
    page: Page = request.getfixturevalue(visitor)
    address = f"/vragen/{network['fits'].uid}/"
    for _twice in range(2):
        find_answer(page)
        page.get_by_role("button", name=MARK).click()
        expect_heading(page, "Fijn dat u iets vond")
        page.get_by_role("main").get_by_role("link", name=FITS).click()
        assert page.url.endswith(address)
        expect(page.get_by_text("1 bezoeker vond hier een antwoord")).to_be_visible()
    page.goto("/vragen/mijn-antwoord/")
    page.get_by_role("button", name=UNMARK).click()
    expect_heading(page, "Ongedaan gemaakt")
    expect(page.get_by_role("link", name=FITS)).to_have_count(0)
    page.goto(address)
    expect(page.get_by_text("vond hier een antwoord")).to_have_count(0)
    assert Question.objects.waiting().count() == 0


@pytest.mark.parametrize("visitor", ["page", "phone", "no_js_page"])
def test_the_way_back_to_the_question_brings_everything_along(
    visitor: str, network: dict[str, Any], request: Any
) -> None:
    page: Page = request.getfixturevalue(visitor)
    find_answer(page)
    page.get_by_role("button", name=MARK).click()
    page.get_by_role("button", name="Terug naar mijn vraag").click()
    expect_rest(page, WORRY)
    find_answer(page)
    page.get_by_role("button", name=MARK).click()
    page.get_by_role("button", name=UNMARK).click()
    expect_heading(page, "Ongedaan gemaakt")
    page.get_by_role("button", name="Terug naar mijn vraag").click()
    expect_rest(page, WORRY)
    page.get_by_role("button", name=re.compile("^Verstuur")).last.click()
    expect_heading(page, "Uw vraag is nog niet verstuurd")
    page.get_by_role("button", name="Verstuur zoals het er nu staat").last.click()
    expect_heading(page, SENT)
    assert Question.objects.waiting().get().text == WORRY


@pytest.mark.parametrize("visitor", ["page", "phone", "no_js_page"])
def test_who_reads_an_answer_first_keeps_the_question(visitor: str, network: dict[str, Any], request: Any) -> None:
    """Reading it is what the list is for; it opens beside the form, in which every word stays."""
    page: Page = request.getfixturevalue(visitor)
    find_answer(page)
    with page.expect_popup() as opened:
        answers_box(page).get_by_role("link", name=FITS).click()
    expect(opened.value.get_by_role("blockquote")).to_contain_text(FITS)
    expect_rest(page, WORRY)


@pytest.mark.parametrize("visitor", ["page", "phone", "no_js_page"])
def test_enter_in_a_field_sends_the_question_and_marks_nothing(
    visitor: str, network: dict[str, Any], request: Any
) -> None:
    page: Page = request.getfixturevalue(visitor)
    find_answer(page)
    page.get_by_label("Uw gemeente").press("Enter")
    expect_heading(page, SENT)
    assert (Question.objects.waiting().get().text, FoundAnswer.objects.count()) == (WORRY, 0)


def find_answer(page: Page) -> None:
    """Fill in the form until an answer stands in it: while typing, or as the step without scripts."""
    page.goto("/vragen/stel/")
    # What the browser had kept is no typing.
    words_box(page).fill("")
    words_box(page).fill(WORRY)
    fill_rest(page)
    if page.locator("#antwoorden article").count() == 0 and page.locator(".draft-note").is_hidden():
        page.get_by_role("button", name="Verstuur mijn vraag").click()
        expect_heading(page, "Uw vraag is nog niet verstuurd")
    expect(answers_box(page).get_by_role("link", name=FITS)).to_be_visible()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_cry_for_help_shows_whom_to_call_while_it_is_typed(
    screen: str, network: dict[str, Any], request: Any
) -> None:
    page: Page = request.getfixturevalue(screen)
    page.goto("/vragen/stel/")
    words_box(page).press_sequentially("ik wil niet meer leven", delay=5)
    call = answers_box(page).get_by_role("link", name="Bel 0800-0113")
    expect(call).to_be_visible()
    expect(call).to_have_attribute("href", "tel:08000113")
    expect(answers_box(page).get_by_role("link", name="Bel 112")).to_be_visible()
    offer = answers_box(page).get_by_role("heading", name=OFFER)
    expect(offer).to_be_visible()
    above, below = call.bounding_box(), offer.bounding_box()
    assert above and below
    assert above["y"] < below["y"]
    words_box(page).fill("Ik wil leren zwemmen in een zwembad.")
    expect(call).to_have_count(0)
    expect(answers_box(page).get_by_role("link", name="Waar is een zwembad?")).to_be_visible()


# With a real follower


@contextmanager
def following(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The process that ``werkplaats serve`` starts beside the web, on the database of this test."""
    command = [sys.executable, "-m", "werkplaats.config.cli", "catalogue", "follow"]
    with subprocess.Popen(command, env=environment) as running:
        try:
            yield running
        finally:
            running.terminate()


def test_what_a_coordinator_publishes_is_found_at_once(
    transactional_db: None, environment: dict[str, str], open_page: Any, settings: Any, tmp_path: Path
) -> None:
    settings.SEARCH_FOLDER = tmp_path / "search"
    noord = factories.make_werkplaats("Noord")
    factories.make_account("noord@example.org", RoleKind.COORDINATOR, noord)
    factories.make_theme("Wonen")
    factories.make_question("Welke buurtteams zijn er?", werkplaats=noord)
    text = "Wat kunnen de wijkteams doen voor wie geen huis heeft?"
    factories.make_question(text, werkplaats=noord, public=False)
    desk, visitor = (
        open_page(viewport={"width": 1280, "height": 900}),
        open_page(viewport={"width": 1280, "height": 900}),
    )
    with following(environment) as running:
        sign_in(desk, "noord@example.org")
        desk.get_by_role("link", name=text).click()
        desk.get_by_label("Wonen").check()
        desk.get_by_role("button", name="Zet op de site").click()
        expect(desk.get_by_text("De vraag staat nu op de site.")).to_be_visible()
        # The end of a compound: only the index knows that "teams" is in it.
        until_found(visitor, "/zoeken/?q=team", text, running)
        expect(visitor.get_by_text("“team” zit in “wijkteams”")).to_be_visible()
        expect(visitor.get_by_role("main").get_by_role("article")).to_have_count(2)
        visitor.get_by_role("group", name="Thema").get_by_label("Wonen").check()
        visitor.get_by_role("button", name="Toon resultaten").click()
        expect(visitor.get_by_role("main").get_by_role("article")).to_have_count(1)
        expect(visitor.get_by_role("link", name=text)).to_be_visible()
        expect(visitor.get_by_text("Zoeken kan nu alleen op de woorden zoals u ze typt.")).to_have_count(0)
        assert running.poll() is None
    assert running.returncode == 0, "told to stop, it stops by itself"


def until_found(page: Page, address: str, title: str, running: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Ask again until it is there; fail when that takes too long or nobody follows."""
    end = time.monotonic() + seconds
    while True:
        page.goto(address)
        if page.get_by_role("link", name=title).count():
            return
        assert running.poll() is None, "the follower stopped"
        assert time.monotonic() < end, "it took too long"


# With the keyboard only


def tab_to(page: Page, place: Locator, most: int = 80) -> None:
    """Press Tab until the focus is there, and can be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if place.evaluate("one => one === document.activeElement"):
            expect(place).to_be_in_viewport()
            return
    pytest.fail(f"niet te bereiken met Tab: {place}", pytrace=False)


def said_in(address: str) -> set[tuple[str, str]]:
    return set(parse_qsl(urlsplit(address).query))


def shown(page: Page) -> list[str]:
    return page.get_by_role("main").get_by_role("article").get_by_role("heading").all_inner_texts()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_with_the_keyboard_from_the_search_box_to_results_order_and_filters(
    screen: str, transactional_db: None, indexed: Step, request: Any
) -> None:
    theme = factories.make_theme("Wonen")
    for text, themes in (("Altijd zorg?", []), ("Citroen en zorg?", [theme]), ("Beter zorg?", [theme])):
        factories.make_question(text, themes=themes)
    indexed()
    page: Page = request.getfixturevalue(screen)
    page.goto("/zoeken/")
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("zorg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("article")).to_have_count(3)
    assert said_in(page.url) == {("q", "zorg")}
    tab_to(page, page.get_by_role("link", name="Op naam"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Op naam")).to_have_attribute("aria-current", "true")
    assert shown(page) == ["Altijd zorg?", "Beter zorg?", "Citroen en zorg?"]
    by_name = page.url
    assert said_in(by_name) == {("q", "zorg"), ("sorteer", "naam")}
    if screen == "phone":
        tab_to(page, page.locator("details.facets > summary"))
        page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Wonen"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Toon resultaten"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("article")).to_have_count(2)
    stays_the_same(page, by_name, theme.uid)
    # The results themselves, and a filter that is taken away.
    tab_to(page, page.get_by_role("link", name="Haal dit filter weg: Wonen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("article")).to_have_count(3)
    assert page.url == by_name
    tab_to(page, page.get_by_role("link", name="Beter zorg?"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("blockquote")).to_contain_text("Beter zorg?")


def stays_the_same(page: Page, before: str, theme: str) -> None:
    """The address holds words, filter and order; reloading, going back and forward keep them."""
    filtered, address = ["Beter zorg?", "Citroen en zorg?"], page.url
    assert said_in(address) == {("q", "zorg"), ("sorteer", "naam"), ("thema", theme)}
    assert shown(page) == filtered
    page.reload()
    assert (page.url, shown(page)) == (address, filtered)
    expect(page.get_by_role("searchbox")).to_have_value("zorg")
    page.go_back()
    assert (page.url, len(shown(page))) == (before, 3)
    page.go_forward()
    assert (page.url, shown(page)) == (address, filtered)
