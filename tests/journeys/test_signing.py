"""Signing in: by mailed link, by password, and a new one when it is forgotten."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(text: str) -> str:
    found = re.search(r"http://\S+", text)
    assert found
    return found.group()


def test_a_mailed_link_signs_in_once(page: Page, mailbox: Mailbox, allowed_complaints: list[str]) -> None:
    factories.make_account("ada@example.org", password=None)
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").nth(1).fill("ADA@example.org")
    page.get_by_role("button", name="Mail mij een inloglink").click()
    expect(page.get_by_role("main")).to_contain_text("ADA@example.org")
    message = mailbox.wait(1)[0]
    assert message["X-Envelope-To"] == "ada@example.org"
    link = link_in(message.get_content())
    page.goto(link)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werkplaats")
    page.get_by_role("link", name="Uitloggen").click()
    page.get_by_role("button", name="Uitloggen").click()
    allowed_complaints.append("403")
    page.goto(link)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("link", name=re.compile("nieuwe", re.I)).first).to_be_visible()
    page.goto("/mijn/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_an_unknown_address_gets_the_same_page_and_no_mail(page: Page, mailbox: Mailbox) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").nth(1).fill("niemand@example.org")
    page.get_by_role("button", name="Mail mij een inloglink").click()
    expect(page.get_by_role("main")).to_contain_text("niemand@example.org")
    assert mailbox.messages() == []


def test_a_forgotten_password_is_replaced(page: Page, mailbox: Mailbox) -> None:
    factories.make_account("ada@example.org")
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").first.fill("ada@example.org")
    page.get_by_label("Wachtwoord").fill("verkeerd-geraden-1")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit e-mailadres en wachtwoord horen niet bij elkaar.")
    page.get_by_role("link", name="Wachtwoord vergeten").click()
    page.get_by_label("E-mailadres").fill("ada@example.org")
    page.get_by_role("main").get_by_role("button").click()
    page.goto(link_in(mailbox.wait(1)[0].get_content()))
    page.get_by_label("Nieuw wachtwoord", exact=True).fill("kort")
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill("kort")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit wachtwoord is te kort.")
    page.get_by_label("Nieuw wachtwoord", exact=True).fill("een-heel-ander-woord-7")
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill("een-heel-ander-woord-7")
    page.get_by_role("main").get_by_role("button").click()
    page.goto("/mijn/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werkplaats")
    page.get_by_role("link", name="Mijn gegevens").click()
    page.get_by_label("ORCID").fill("0000-0002-1825-0098")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit ORCID klopt niet")
    page.get_by_label("ORCID").fill("https://orcid.org/0000-0002-1825-0097")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Uw gegevens zijn bewaard.")).to_be_visible()
