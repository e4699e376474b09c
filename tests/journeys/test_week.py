"""Three people do their week at the desk: a coordinator of Utrecht, a partner, and the national editor."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser import axe
from tests.mailbox import Mailbox
from werkplaats.core.models import LogEntry
from werkplaats.network.models import Organisation, Partnership
from werkplaats.people.models import Role


@pytest.fixture
def around(transactional_db: None) -> Any:
    """The small network of the desk, kept for real."""
    from tests.around import make_around

    return make_around()


def sign_in(page: Page, email: str) -> None:
    page.goto("/beheer/")
    page.get_by_label("E-mailadres").first.fill(email)
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/beheer/")


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    # What fades in has its colours only when it is there.
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    assert axe(page) == []


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_coordinator_of_utrecht_and_a_new_partner(
    around: Any, page: Page, open_page: Any, mailbox: Mailbox, allowed_complaints: list[str]
) -> None:
    sign_in(page, "coordinator@example.org")
    accessible(page)
    menu(page, "Organisaties")
    accessible(page)
    page.get_by_role("link", name="Toevoegen").click()
    page.get_by_label("Naam").fill("Buurthuis De Kring")
    page.get_by_label("Soort").select_option("zorg of welzijn")
    page.get_by_label("KvK").fill("1234")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nog niet bewaard")
    accessible(page)
    page.get_by_label("KvK").fill("12345678")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, "Buurthuis De Kring")

    menu(page, "Samenwerkingen")
    page.get_by_role("link", name="Toevoegen").click()
    page.get_by_label("Organisatie").press_sequentially("buurth")
    expect(page.locator("datalist option")).to_have_attribute("value", "Buurthuis De Kring")
    page.get_by_label("Organisatie").fill("Buurthuis De Kring")
    page.get_by_label("Komt brengen").fill("Een keuken voor veertig mensen")
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    # Called away; back tomorrow, by what waits on the home of the desk.
    page.goto("/beheer/")
    page.get_by_role("link", name="Concept").click()
    expect(page.get_by_label("Komt brengen")).to_have_value("Een keuken voor veertig mensen")
    page.get_by_role("combobox", name="Stadium").select_option("getekend")
    page.get_by_label("In dit stadium sinds").fill("2026-11")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, re.compile("Buurthuis De Kring"))
    accessible(page)
    assert Partnership.objects.get(organisation__name="Buurthuis De Kring").werkplaats == around.utrecht

    menu(page, "Mensen")
    page.get_by_role("link", name="Nodig iemand uit").click()
    accessible(page)
    page.get_by_label("E-mailadres").fill("kring@example.org")
    page.get_by_label("Naam").fill("Kim van de Kring")
    page.get_by_label("Rol").select_option(label="Buurthuis De Kring")
    page.get_by_label("Persoonlijk woord").fill("Fijn dat je meedoet!")
    page.get_by_role("button", name="Verstuur de uitnodiging").click()
    expect(page.get_by_text("De mail naar kring@example.org is onderweg.")).to_be_visible()
    expect(page.get_by_role("link", name="kring@example.org")).to_be_visible()
    message = mailbox.wait(1)[0]
    assert message["X-Envelope-To"] == "kring@example.org"
    assert message["Reply-To"] == "coordinator@example.org"
    body = message.get_content()
    assert "Fijn dat je meedoet!" in body and "partnerredacteur (Buurthuis De Kring)" in body

    partner: Page = open_page(viewport={"width": 390, "height": 844}, is_mobile=True)
    link = re.search(r"http://\S+", body)
    assert link
    partner.goto(link.group())
    heading(partner, "U bent uitgenodigd")
    accessible(partner)
    expect(partner.get_by_label("Uw naam")).to_have_value("Kim van de Kring")
    partner.get_by_role("button", name="Neem de rol aan").click()
    heading(partner, "Beheer")
    partner.get_by_role("link", name="Buurthuis De Kring").click()
    partner.get_by_label("Plaats").fill("Woerden")
    partner.get_by_role("button", name="Bewaar").click()
    heading(partner, "Buurthuis De Kring")
    assert Organisation.objects.get(name="Buurthuis De Kring").seat == "Woerden"
    allowed_complaints.append("404")
    foreign = (
        f"organisaties/{around.theirs.uid}/", f"samenwerkingen/{around.their_partnership.uid}/",
        f"werkplaatsen/{around.noord.uid}/", "accounts/", "logboek/", "woorden/", "subsidies/nieuw/",
    )  # fmt: skip
    for address in foreign:
        answer = partner.goto(f"/beheer/{address}")
        assert answer is not None and (answer.status == 404 or partner.url.endswith("/beheer/"))
    allowed_complaints.append("410")
    partner.goto(link.group())
    heading(partner, "Deze uitnodiging geldt niet meer")

    menu(page, "Organisaties")
    page.get_by_role("link", name="Buurthuis De Kring").click()
    page.get_by_role("link", name="Geschiedenis").click()
    row = page.get_by_role("row").filter(has_text="Woerden")
    expect(row).to_contain_text("Plaats")
    expect(page.get_by_text("door Kim van de Kring")).to_be_visible()
    accessible(page)
    menu(page, "Mensen")
    page.get_by_role("link", name="Kim van de Kring").click()
    page.get_by_role("button", name="Ja, deze rol blijft").click()
    expect(page.get_by_text("Nagelopen: deze rol blijft nog een jaar.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Beëindig").click()
    expect(page.get_by_text("De rol van Kim van de Kring is beëindigd.")).to_be_visible()
    # At the next click the desk is closed.
    allowed_complaints.append("403")
    partner.goto("/beheer/organisaties/")
    expect(partner.get_by_role("main")).not_to_contain_text("Buurthuis De Kring")


def test_the_national_editor_and_the_beheerder(around: Any, page: Page, open_page: Any, mailbox: Mailbox) -> None:
    factories.make_municipality("Woerden")
    sign_in(page, "landelijk@example.org")
    menu(page, "Werkplaatsen")
    page.get_by_role("link", name="Utrecht").click()
    page.get_by_role("link", name="0 gemeenten").click()
    page.get_by_label("Gemeente").first.fill("woerdn")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("Bedoelt u: Woerden?")).to_be_visible()
    page.get_by_label("Gemeente").first.fill("Woerden")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("heading", name="1 gemeente vandaag")).to_be_visible()
    accessible(page)
    assert around.utrecht.areas.get().municipality.name == "Woerden"

    page.goto("/beheer/themas/nieuw/")
    page.get_by_label("Naam").fill("Eenzaamheid")
    page.get_by_label("Andere woorden").fill("alleen voelen")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, "Eenzaamheid")
    page.goto("/beheer/fasen/")
    page.get_by_role("link", name="Fase 1").click()
    page.get_by_role("textbox", name="Werkelijk", exact=True).fill("Liep een jaar uit")
    page.get_by_role("button", name="Bewaar").click()
    heading(page, "Fase 1")
    accessible(page)

    beheerder: Page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(beheerder, "beheerder@example.org")
    menu(beheerder, "Accounts")
    beheerder.get_by_role("link", name="Buur", exact=True).click()
    accessible(beheerder)
    beheerder.get_by_role("button", name="Blokkeer dit account").click()
    expect(beheerder.get_by_role("button", name="Laat weer toe")).to_be_visible()
    menu(beheerder, "Logboek")
    expect(beheerder.get_by_role("row").nth(1)).to_contain_text("people.account.blocked")
    accessible(beheerder)
    beheerder.get_by_role("row").nth(1).get_by_role("link").click()
    expect(beheerder.get_by_role("row").filter(has_text="is_active")).to_be_visible()
    assert LogEntry.objects.filter(verb="people.account.blocked").count() == 1
    assert Role.objects.filter(account__email="buur@example.org").get().valid_to is None
