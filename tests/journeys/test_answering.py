"""Journeys 1 and 2: from a worry to an answer that is read by code; and what there is for one's own municipality."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser import axe
from tests.journeys.test_asking import sign_in
from werkplaats.catalogue.models import Link
from werkplaats.core import clock
from werkplaats.people.rules import RoleKind

WORRY = "Mijn buurman komt de deur niet meer uit sinds de bus niet meer rijdt. Hij is vaak alleen. Wat helpt hem?"
CRY = f"{WORRY} Hij zegt dat hij niet meer wil leven."
ANSWER = "In drie dorpen haalt een vaste groep buren mensen op. Dat helpt het best."


@pytest.fixture
def network(transactional_db: None, indexed: Any) -> Any:
    """Two regions, with three things that look like an answer; the clock stands, so that the index is not silent."""
    place, woerden = factories.make_municipality("Beilen"), factories.make_municipality("Woerden")
    lonely = factories.make_theme("Eenzaamheid")
    noord = factories.make_werkplaats("Noord", areas=[place])
    utrecht = factories.make_werkplaats("Utrecht", areas=[woerden])
    factories.make_account("noord@example.org", RoleKind.COORDINATOR, noord)
    office = factories.make_organisation("Gemeente Woerden", kind="gemeente", municipality=woerden)
    factories.make_account("ambtenaar@example.org", RoleKind.PARTNER_EDITOR, office)
    for text in ("Wat helpt tegen alleen zijn zonder bus?", "Wie haalt buren op die de deur niet uit komen?"):
        factories.make_question(text, werkplaats=noord, themes=[lonely])
    news = factories.make_page("Buren halen buren op, ook zonder bus", noord, intro="Zo is niemand alleen.")
    factories.make_question("Hoe vinden jongeren hier werk?", werkplaats=utrecht, municipality=woerden)
    with clock.at(clock.now()):
        indexed()
        yield {"news": news, "woerden": woerden, "indexed": indexed}


def type_worry(resident: Page) -> None:
    """First what reads as a cry for help, then the worry itself."""
    resident.goto("/vragen/stel/")
    box = resident.get_by_label("Uw vraag, in uw eigen woorden")
    box.fill(CRY)
    expect(resident.locator("#antwoorden").get_by_role("link", name=re.compile("113"))).to_be_visible()
    expect(resident.get_by_text("Is uw vraag er al, of een antwoord?")).to_have_count(0)
    box.fill(WORRY)
    expect(resident.get_by_text("Is uw vraag er al, of een antwoord?")).to_be_visible()
    rows = resident.locator("#antwoorden .result")
    expect(rows).to_have_count(3)
    for number in range(3):
        expect(rows.nth(number).locator(".reasons, .result-reasons, ul").first).to_be_visible()


def send(resident: Page) -> str:
    resident.get_by_label("als inwoner, mantelzorger of vrijwilliger").check()
    resident.get_by_label("Uw gemeente").fill("Beilen")
    resident.get_by_role("button", name="Verstuur mijn vraag").last.click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    return re.sub(r"\s", "", resident.locator("#volgcode").text_content() or "")


def answer(desk: Page) -> None:
    """Publish, look for what answers it, tick it, write, let know."""
    sign_in(desk, "noord@example.org")
    desk.get_by_role("link", name=re.compile("^Mijn buurman komt")).click()
    desk.get_by_role("button", name="Zet op de site").click()
    desk.get_by_role("link", name=re.compile("^Mijn buurman komt")).click()
    desk.get_by_role("link", name="Beantwoord deze vraag").click()
    desk.get_by_label("beantwoord", exact=True).check()
    desk.get_by_label("Wat de vrager leest").fill(ANSWER)
    desk.get_by_label("Zoek op woorden").fill("buren ophalen")
    desk.get_by_label("Zoek op woorden").press("Enter")
    expect(desk.get_by_text("Gevonden bij “buren ophalen”:")).to_be_visible()
    expect(desk.get_by_label("Wat de vrager leest")).to_have_value(ANSWER)
    desk.get_by_label("Buren halen buren op, ook zonder bus").check()
    assert axe(desk) == []
    desk.get_by_role("button", name="Laat het de vrager weten").click()
    expect(desk.get_by_text("De vrager leest dit met de volgcode")).to_be_visible()


@pytest.mark.parametrize("visitor", ["phone"])
def test_a_worry_becomes_a_question_and_the_asker_reads_by_code_what_was_done(
    visitor: str, page: Page, network: dict[str, Any], request: Any
) -> None:
    resident: Page = request.getfixturevalue(visitor)
    type_worry(resident)
    code = send(resident)
    answer(page)
    resident.goto("/vragen/volg/")
    resident.get_by_label("Uw volgcode").fill(code)
    resident.get_by_role("button", name="Bekijk mijn vraag").click()
    expect(resident.get_by_text("Uw vraag is beantwoord.")).to_be_visible()
    expect(resident.get_by_text(ANSWER)).to_be_visible()
    expect(resident.get_by_role("link", name="Buren halen buren op, ook zonder bus")).to_be_visible()
    assert axe(resident) == []
    resident.get_by_role("link", name="Wat er met uw vraag gebeurde: de keten").click()
    expect(resident.get_by_role("heading", level=1)).to_have_text("De keten")
    told = resident.locator(".trail-list")
    expect(told).to_contain_text("wordt beantwoord door")
    expect(resident.get_by_text("Nog geen antwoord")).to_have_count(0)
    # By keyboard through the picture, and on to where a box leads.
    box = resident.locator(".trail-tall").get_by_role(
        "link", name="Nieuwsbericht: Buren halen buren op, ook zonder bus"
    )
    box.focus()
    box.press("Enter")
    expect(resident.get_by_role("heading", level=1)).to_have_text("Buren halen buren op, ook zonder bus")
    resident.get_by_role("link", name="Bekijk de keten: van vraag tot antwoord").click()
    expect(resident.locator(".trail-list")).to_contain_text("beantwoordt")
    assert axe(resident) == []


def test_an_officer_of_woerden_finds_what_is_there_and_says_hier_ook(page: Page, network: dict[str, Any]) -> None:
    Link.objects.create(source=network["news"].uid, tie="gaat_over", target=network["woerden"].uid)
    page.goto("/gemeenten/")
    page.get_by_role("searchbox", name="Uw gemeente of plaats").fill("woerden")
    page.get_by_role("searchbox", name="Uw gemeente of plaats").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeente Woerden")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Utrecht", exact=True).first).to_be_visible()
    expect(main.get_by_role("link", name="Hoe vinden jongeren hier werk?")).to_be_visible()
    expect(main.get_by_role("heading", name="Onderzoek en resultaten in deze gemeente")).to_be_visible()
    expect(main.get_by_role("link", name="Buren halen buren op, ook zonder bus")).to_be_visible()
    main.get_by_role("link", name="Bekijk wat hieraan vastzit").click()
    expect(page.locator(".trail-list")).to_contain_text("Hoe vinden jongeren hier werk?")
    # A question of another region, that plays here too.
    page.goto("/vragen/?q=bus")
    page.get_by_role("link", name="Wat helpt tegen alleen zijn zonder bus?").click()
    page.get_by_role("link", name="Speelt dit bij uw organisatie ook?").click()
    page.get_by_label("E-mailadres").first.fill("ambtenaar@example.org")
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_label(re.compile("namens de medewerkers")).check()
    page.get_by_label("Hoe speelt deze vraag bij u?").fill("In de kleine kernen.")
    page.get_by_role("button", name="Zeg “hier ook”").click()
    expect(page.get_by_text("Uw organisatie staat nu bij deze vraag.")).to_be_visible()
    page.goto("/gemeenten/woerden/")
    expect(page.get_by_role("heading", name="Vragen die hier ook spelen")).to_be_visible()
    expect(page.get_by_role("link", name="Wat helpt tegen alleen zijn zonder bus?")).to_be_visible()
