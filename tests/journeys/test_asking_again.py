"""On a computer that others use too: who goes back after sending finds an empty form."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from werkplaats.agenda.models import Question

WORDS = "Hoe vinden nieuwe bewoners hier de weg?"


@pytest.fixture
def place(transactional_db: None) -> Any:
    return factories.make_municipality("Midden-Drenthe", aliases=["Beilen"])


def fill(page: Page) -> None:
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(WORDS)
    page.get_by_label("als beroepskracht in zorg of welzijn").check()
    page.get_by_label("Uw gemeente").fill("beilen")


def expect_empty(page: Page) -> None:
    expect(page.get_by_label("Uw vraag, in uw eigen woorden")).to_have_value("")
    expect(page.get_by_label("als beroepskracht in zorg of welzijn")).not_to_be_checked()
    expect(page.get_by_label("Uw gemeente")).to_have_value("")


@pytest.mark.parametrize("visitor", ["page", "phone"])
def test_going_back_after_sending_shows_no_words_and_sends_nothing_twice(
    visitor: str, place: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(visitor)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Stel een vraag").first.click()
    fill(page)
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stel een vraag")
    expect_empty(page)
    page.reload()
    expect_empty(page)
    page.goto("/")
    page.go_back()
    expect_empty(page)
    assert page.evaluate("JSON.stringify(sessionStorage)").count(WORDS) == 0
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf hier uw vraag.")
    assert Question.objects.count() == 1


def test_without_scripts_going_back_after_sending_shows_no_words(no_js_page: Page, place: Any) -> None:
    page = no_js_page
    page.goto("/vragen/stel/")
    fill(page)
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    page.go_back()
    expect(page.get_by_label("Uw vraag, in uw eigen woorden")).to_have_value("")


def test_who_only_looks_elsewhere_finds_the_words_again(page: Page, place: Any) -> None:
    page.goto("/vragen/stel/")
    fill(page)
    page.get_by_role("link", name="Wat we bewaren en wat niet").click()
    page.go_back()
    expect(page.get_by_label("Uw vraag, in uw eigen woorden")).to_have_value(WORDS)
    expect(page.get_by_label("als beroepskracht in zorg of welzijn")).to_be_checked()
    expect(page.get_by_label("Uw gemeente")).to_have_value("beilen")
