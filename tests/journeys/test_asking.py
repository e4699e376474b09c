"""Journey 1, first half: a resident asks, the own coordinator publishes, the resident follows and withdraws."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.people.rules import RoleKind

WORDS = "Mijn buurvrouw Fatima de Vries (06-12345678) komt sinds de winter de deur niet meer uit. Wat helpt haar?"


@pytest.fixture
def network(transactional_db: None) -> dict[str, Any]:
    place = factories.make_municipality("Midden-Drenthe", aliases=["Beilen"])
    noord = factories.make_werkplaats("Noord", areas=[place])
    utrecht = factories.make_werkplaats("Utrecht", areas=[factories.make_municipality("Woerden")])
    factories.make_theme("Eenzaamheid")
    factories.make_account("noord@example.org", RoleKind.COORDINATOR, noord)
    factories.make_account("utrecht@example.org", RoleKind.COORDINATOR, utrecht)
    return {"noord": noord, "utrecht": utrecht}


def sign_in(page: Page, email: str) -> None:
    page.goto("/beheer/")
    page.get_by_label("E-mailadres").first.fill(email)
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/beheer/")


def ask(page: Page) -> str:
    """Find the region, ask, look again at what was pointed out; the follow code."""
    page.goto("/")
    page.get_by_role("link", name="Welke werkplaats hoort bij uw gemeente?").click()
    box = page.get_by_role("searchbox", name="Uw gemeente of plaats")
    box.fill("beilen")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeente Midden-Drenthe")
    page.get_by_role("main").get_by_role("link", name="Stel een vraag").first.click()
    expect(page.get_by_label("Uw gemeente")).to_have_value("Midden-Drenthe")
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf hier uw vraag.")
    page.get_by_label("Uw vraag, in uw eigen woorden").fill(WORDS)
    page.get_by_label("als inwoner, mantelzorger of vrijwilliger").check()
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    warning = page.get_by_role("main").get_by_text("Staat er iets over iemand anders in?")
    expect(warning).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=re.compile("^Fatima de Vries$"))).to_be_visible()
    page.get_by_role("button", name="Verstuur zoals het er nu staat").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    return re.sub(r"\s", "", page.locator("#volgcode").text_content() or "")


def follow(page: Page, code: str) -> None:
    page.goto("/vragen/volg/")
    page.get_by_label("Uw volgcode").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Bekijk mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag")
    assert code not in page.url


@pytest.mark.parametrize("visitor", ["phone", "no_js_page"])
def test_a_resident_asks_and_the_own_coordinator_publishes(
    visitor: str, page: Page, network: dict[str, Any], request: Any, open_page: Any, allowed_complaints: list[str]
) -> None:
    resident: Page = request.getfixturevalue(visitor)
    code = ask(resident)
    follow(resident, code)
    expect(resident.get_by_text("Uw vraag wacht op een coördinator.")).to_be_visible()

    other = open_page(viewport={"width": 1280, "height": 900})
    sign_in(other, "utrecht@example.org")
    other.goto("/beheer/vragen/")
    expect(other.get_by_text("Er wacht niets op u.")).to_be_visible()
    expect(other.get_by_text("Fatima")).to_have_count(0)

    sign_in(page, "noord@example.org")
    page.get_by_role("link", name=re.compile("^Mijn buurvrouw Fatima")).click()
    expect(page.get_by_label("Fatima de Vries")).to_be_checked()
    page.get_by_label("Bericht aan de vrager").fill("Dank u wel. We zoeken uit wat er in Beilen al is.")
    page.get_by_role("button", name="Zet op de site").click()
    expect(page.get_by_text("De vraag staat nu op de site.")).to_be_visible()

    follow(resident, code)
    expect(resident.get_by_text("We zoeken uit wat er in Beilen al is.")).to_be_visible()
    resident.get_by_role("link", name="Zo staat hij op de site").click()
    public = resident.url
    words = resident.get_by_role("main").text_content() or ""
    assert "[naam weggelaten]" in words
    assert "[telefoonnummer weggelaten]" in words
    assert "Fatima" not in resident.content()
    resident.goto("/zoeken/?q=buurvrouw")
    expect(resident.get_by_role("link", name=re.compile("Mijn buurvrouw"))).to_be_visible()

    follow(resident, code)
    resident.get_by_role("button", name="Ik wil mijn vraag intrekken").click()
    resident.get_by_role("button", name="Nee, terug").click()
    resident.get_by_role("button", name="Ik wil mijn vraag intrekken").click()
    resident.get_by_role("button", name="Ja, trek mijn vraag in").click()
    expect(resident.get_by_text("Uw woorden zijn gewist.")).to_be_visible()
    allowed_complaints.append("410")
    resident.goto(public)
    expect(resident.get_by_text("Hij kwam uit de regio Noord.")).to_be_visible()
    assert Question.objects.get().text == ""


def test_what_was_typed_survives_a_reload_and_is_forgotten_after_sending(page: Page, network: dict[str, Any]) -> None:
    page.goto("/vragen/stel/")
    field = page.get_by_label("Uw vraag, in uw eigen woorden")
    field.fill("Hoe vinden nieuwe bewoners de weg?")
    expect(page.get_by_text("Uw browser onthoudt in dit tabblad")).to_be_visible()
    page.reload()
    expect(field).to_have_value("Hoe vinden nieuwe bewoners de weg?")
    page.get_by_label("als beroepskracht in zorg of welzijn").check()
    page.get_by_label("Uw gemeente").fill("woerden")
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is verstuurd")
    page.goto("/vragen/stel/")
    expect(field).to_have_value("")


def test_an_organisation_says_hier_ook(page: Page, network: dict[str, Any]) -> None:
    organisation = factories.make_organisation("Welzijnswerk Midden Drenthe")
    factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)
    question = factories.make_question("Wat helpt tegen eenzaamheid?", werkplaats=network["noord"])
    page.goto(f"/vragen/{question.uid}/")
    page.get_by_role("link", name="Speelt dit bij uw organisatie ook?").click()
    page.get_by_label("E-mailadres").first.fill("partner@example.org")
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Speelt dit bij uw organisatie ook?")
    page.get_by_label(re.compile("namens het bestuur")).check()
    page.get_by_label("Hoe speelt deze vraag bij u?").fill("In drie dorpen.")
    page.get_by_role("button", name="Zeg “hier ook”").click()
    expect(page.get_by_text("Uw organisatie staat nu bij deze vraag.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Welzijnswerk Midden Drenthe")).to_be_visible()
    page.goto("/mijn/")
    expect(page.get_by_role("link", name="Wat helpt tegen eenzaamheid?")).to_be_visible()
