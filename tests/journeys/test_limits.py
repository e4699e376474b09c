"""Limits, and being signed in in several places, as people meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.test_accessibility import opened, sign_in
from werkplaats.core import clock, outbox
from werkplaats.core.limits import Limit
from werkplaats.site import answering, following

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_device_that_is_signed_out_elsewhere_is_out_at_its_next_click(open_page: Any) -> None:
    factories.make_account("ada@example.org")
    phone = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, user_agent="iPhone Version/18 Safari/604")
    page = open_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    for one in (phone, page):
        sign_in(one)
    page.get_by_role("link", name="Waar u bent ingelogd").click()
    devices = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(devices).to_have_count(2)
    expect(devices.first).to_contain_text("Dit apparaat")
    phone.goto("/mijn/apparaten/")
    assert opened(phone) == []
    devices.filter(has_text="Safari op iPhone").get_by_role("button", name="Log uit").click()
    expect(page.get_by_text("U bent op 1 andere plek uitgelogd.")).to_be_visible()
    expect(devices).to_have_count(1)
    phone.get_by_role("link", name="Mijn werkplaats").last.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Inloggen")
    page.get_by_role("link", name="Mijn werkplaats").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werkplaats")


def test_who_comes_back_late_is_told_and_goes_on_where_they_were(page: Page) -> None:
    factories.make_account("ada@example.org", "landelijkredacteur")
    sign_in(page)
    with clock.at(clock.now() + timedelta(hours=13)):
        page.goto("/mijn/gegevens/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
        expect(page.get_by_text("U was hier lang niet. Voor de veiligheid bent u uitgelogd.")).to_be_visible()
        page.get_by_label("E-mailadres").first.fill("ada@example.org")
        page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gegevens")


def test_who_types_a_lot_goes_on_typing(
    page: Page, indexed: Any, monkeypatch: pytest.MonkeyPatch, allowed_complaints: list[str]
) -> None:
    monkeypatch.setattr(answering, "TYPING", Limit("meetypen", most=1, seconds=900))
    factories.make_municipality("Assen")
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    allowed_complaints.append("429")
    with clock.at(clock.now()):
        page.goto("/vragen/stel/")
        box = page.get_by_label("Uw vraag, in uw eigen woorden")
        box.fill("Ik heb schulden en kom er niet uit.")
        paused = page.get_by_text("We zoeken even niet mee.")
        expect(page.locator("#antwoorden").get_by_role("article").or_(paused).first).to_be_visible()
        box.fill("Ik heb schulden en kom er niet uit. Het wordt te veel, ik kan het niet meer aan.")
        expect(paused).to_be_visible()
        expect(page.get_by_text("Uw gemeente of het wijkteam").first).to_be_visible()
        page.get_by_label("als cliënt").check()
        page.get_by_label("Uw gemeente").fill("Assen")
        page.get_by_role("button", name="Verstuur mijn vraag").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw vraag is nog niet verstuurd")
        expect(page.get_by_role("article").first).to_contain_text("Wie helpt bij schulden?")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_that_asks_to_wait_is_for_everyone(
    width: int, open_page: Any, monkeypatch: pytest.MonkeyPatch, allowed_complaints: list[str]
) -> None:
    monkeypatch.setattr(following, "GUESSING", Limit("volgcode", most=0, seconds=900))
    # A mail that nobody took away for minutes.
    with clock.at(clock.now() - timedelta(minutes=5)):
        outbox.Backend().send_messages([EmailMessage("Groet", "Dag", to=["iemand@example.org"])])
    allowed_complaints.append("429|503")
    page = open_page(viewport={"width": width, "height": 844})
    page.goto("/vragen/volg/")
    page.get_by_label("Uw volgcode").fill("ABCD-EFGH-JKMN")
    page.get_by_role("button", name="Bekijk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Even wachten")
    expect(page.get_by_label("Dit had u getypt")).to_have_value("ABCD-EFGH-JKMN")
    assert opened(page) == []
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").nth(1).fill("ada@example.org")
    page.get_by_role("button", name="Mail mij een inloglink").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mailen lukt nu even niet")
    assert opened(page) == []
