"""The menu on a phone closes with Escape."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.django_db(transaction=True)
def test_escape_closes_the_menu_and_gives_the_focus_back(phone: Page) -> None:
    phone.goto("/")
    summary = phone.locator("details.menu > summary")
    summary.click()
    link = phone.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vragen")
    expect(link).to_be_visible()
    link.focus()
    phone.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()
