"""The map in a browser: with a mouse, by keyboard, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_pointing_says_a_name_and_a_click_goes_there(page: Page) -> None:
    assen = factories.make_municipality("Assen", code="GM0106")
    factories.make_municipality("Utrecht", code="GM0344")
    factories.make_werkplaats("Noord", areas=[assen])
    page.goto("/werkplaatsen/")
    tile = page.locator("path[data-to='/gemeenten/assen/']")
    tile.hover()
    expect(page.locator("[data-map-said]")).to_have_text("Assen: Noord")
    # By keyboard: the link in the list, and the map shows where it lies.
    page.get_by_text("Noord 1 gemeente").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Assen", exact=True)).to_be_focused()
    expect(tile).to_have_class(re.compile("is-lit"))
    tile.click()
    page.wait_for_url("**/gemeenten/assen/")


def test_without_scripts_all_is_in_the_list(no_js_page: Page) -> None:
    factories.make_municipality("Utrecht", code="GM0344")
    no_js_page.goto("/werkplaatsen/")
    expect(no_js_page.get_by_role("img", name=re.compile("1 in geen werkgebied"))).to_be_visible()
    no_js_page.get_by_role("link", name="Utrecht", exact=True).click()
    no_js_page.wait_for_url("**/gemeenten/utrecht/")
