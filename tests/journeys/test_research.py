"""A coordinator makes a group and notes a yield on a telephone; a visitor finds it and goes on from there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.journeys.test_week import accessible, heading, sign_in
from werkplaats.catalogue.models import Entry
from werkplaats.research.models import Circle


@pytest.fixture
def around(transactional_db: None) -> Any:
    """The small network of the desk, with its own word for such a group."""
    from tests.around import make_around

    made = make_around()
    made.utrecht.group_word = "leeratelier"
    made.utrecht.save()
    return made


def test_from_a_yield_on_a_telephone_to_the_werkplaats(around: Any, page: Page, open_page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "coordinator@example.org")
    page.goto("/beheer/kringen/nieuw/")
    page.get_by_label("Naam").fill("Eropaf bij schulden")
    page.get_by_label("In het kort").fill("Hoe merk je geldzorgen op voordat het misgaat?")
    page.get_by_label("Wie doen mee").fill("Welzijn Utrecht: maatschappelijk werk")
    page.get_by_label("Zichtbaar voor").select_option("openbaar")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, "Eropaf bij schulden")
    expect(page.get_by_text("Op de site heet dit: leeratelier.")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Voeg een bijeenkomst toe").click()
    page.get_by_label("Wanneer").fill("2026-10-02")
    page.get_by_label("Waar het over ging").fill("Wie ziet een ongeopende stapel post het eerst?")
    page.get_by_label("Aantekeningen", exact=True).fill("Alleen voor ons.")
    page.get_by_label("Afspraak 1", exact=True).fill("Werkwijze opschrijven")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, re.compile("2 oktober 2026"))
    accessible(page)

    page.get_by_role("link", name="Noteer een opbrengst").click()
    heading(page, "Noteer een opbrengst")
    accessible(page)
    page.get_by_label("Wat leverde het op?").fill("Training voor wie aan de deur komt")
    page.get_by_label("Soort opbrengst").select_option("training")
    page.get_by_label("relaties: wie elkaar vinden").check()
    # Nothing but these three, and it fits the screen.
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Bewaar").click()
    heading(page, "Training voor wie aan de deur komt")
    assert Entry.objects.living().of_kind("opbrengst").count() == 1
    circle = Circle.objects.get()

    visitor = open_page(viewport={"width": 390, "height": 844})
    visitor.goto("/onderzoek/")
    assert axe(visitor) == []
    visitor.get_by_role("link", name="Training voor wie aan de deur komt").click()
    heading(visitor, "Training voor wie aan de deur komt")
    assert axe(visitor) == []
    expect(visitor.get_by_text("leeratelier", exact=True)).to_be_visible()
    visitor.get_by_role("link", name="Eropaf bij schulden").click()
    heading(visitor, "Eropaf bij schulden")
    expect(visitor.get_by_text("Wie ziet een ongeopende stapel post het eerst?")).to_be_visible()
    expect(visitor.get_by_text("Alleen voor ons.")).to_have_count(0)
    expect(visitor.get_by_text("kenniskring")).to_have_count(0)
    assert visitor.url.endswith(circle.get_absolute_url())
    visitor.locator("aside").get_by_role("link", name="Utrecht").click()
    heading(visitor, re.compile("^Utrecht"))
    expect(visitor.get_by_role("link", name="Eropaf bij schulden")).to_be_visible()
