"""A werkplaats on a host name of its own, in a browser. Browsers find every name below localhost on this machine."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser import axe
from tests.site.test_regions import open_up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own_host(live_server: Any, settings: Any, allowed_complaints: list[str]) -> str:
    """The address of Noord on its own name; the network is on that of the server."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    for name in ("Noord", "Zuid"):
        place = factories.make_municipality(f"{name}dorp")
        werkplaats = factories.make_werkplaats(name, areas=[place])
        factories.make_question(f"Vraag over zorg uit {name}", werkplaats=werkplaats, municipality=place)
    noord = factories.make_werkplaats("Drenthe", areas=[factories.make_municipality("Assen")])
    open_up(noord, host="drenthe.localhost", colour="#0b4f8a", tagline="Samen in Drenthe")
    factories.make_question("Vraag over zorg uit Drenthe", werkplaats=noord)
    # To this browser the own name is another host than that of the server, and http is no safe origin there.
    allowed_complaints += ["andere host: http://drenthe.localhost"]
    return str(live_server.url.replace("localhost", "drenthe.localhost").replace("127.0.0.1", "drenthe.localhost"))


def test_a_visitor_of_the_own_name_finds_the_region_and_then_the_network(phone: Page, own_host: str) -> None:
    phone.goto(own_host)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Drenthe")
    shown = phone.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--green-700')")
    assert shown.strip() == "#0b4f8a"
    assert axe(phone) == []
    phone.locator("details.menu > summary").click()
    phone.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vragen").click()
    assert phone.url.startswith(f"{own_host}/vragen/")
    results = phone.locator(".results .result-title")
    expect(results).to_have_text(["Vraag over zorg uit Drenthe"])
    phone.get_by_role("link", name="Bekijk het hele netwerk").click()
    expect(results).to_have_count(3)
    assert phone.url.startswith(own_host)


def test_who_signs_in_does_so_at_the_network(phone: Page, own_host: str, live_server: Any) -> None:
    phone.goto(f"{own_host}/mijn/")
    assert phone.url.startswith(live_server.url)
    assert phone.context.cookies(own_host) == []


def test_the_menu_of_a_werkplaats_works_by_keyboard_and_without_scripts(open_page: Any) -> None:
    factories.make_werkplaats("Noord")
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/werkplaatsen/noord/partners/")
    page.locator(".region-menu > summary").focus()
    page.keyboard.press("Enter")
    inside = page.get_by_role("navigation", name="Menu van Noord")
    expect(inside.get_by_role("link", name="Partners")).to_have_attribute("aria-current", "page")
    inside.get_by_role("link", name="Contact").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contact")
