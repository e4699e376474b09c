"""A publication from the desk to someone's list of literature: written, read by another, found, cited, taken along."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import rispy
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser import axe
from tests.news import planted
from werkplaats.core import clock
from werkplaats.library.models import Publication
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, email: str) -> None:
    page.goto("/beheer/")
    page.get_by_label("E-mailadres").first.fill(email)
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/beheer/")


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    # What fades in has its colours only when it is there.
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    assert axe(page) == []


def save(page: Page) -> None:
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.wait_for_load_state()


def test_a_publication_from_the_desk_to_a_list_of_literature(
    page: Page, open_page: Any, indexed: Any, tmp_path: Path
) -> None:
    region = factories.make_werkplaats("Utrecht")
    factories.make_sections(region)
    factories.make_account("ann@example.org", RoleKind.COORDINATOR, region)
    factories.make_account("bob@example.org", RoleKind.LECTOR, region)
    wrong, paper = tmp_path / "leeg.pdf", tmp_path / "boek.pdf"
    wrong.write_bytes(b"MZ dit is geen boek")
    paper.write_bytes(planted.pdf())

    sign_in(page, "ann@example.org")
    page.get_by_role("navigation").get_by_role("link", name="Bibliotheek", exact=True).click()
    page.get_by_role("link", name="Toevoegen").click()
    page.locator("[name=title]").fill("Kringen in de wijk & daarbuiten")
    page.locator("[name=kind]").select_option("boek")
    page.locator("[name=makers-0-name]").fill("Mirjam van der Plas")
    page.locator("[name=when]").fill("2012-05")
    page.locator("[name=numbers-0-scheme]").select_option("isbn")
    page.locator("[name=numbers-0-value]").fill("978-90-8850-000-1")
    save(page)
    # Nothing typed is lost by a wrong number.
    expect(page.get_by_text("Rij 1, Nummer: Dit ISBN klopt niet", exact=False)).to_be_visible()
    expect(page.locator("[name=makers-0-name]")).to_have_value("Mirjam van der Plas")
    page.locator("[name=numbers-0-value]").fill("978-90-8850-000-8")
    accessible(page)
    save(page)
    expect(page.get_by_text("Plas, M. van der (2012). Kringen in de wijk & daarbuiten.", exact=False)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Voeg een bestand toe").click()
    page.locator("[name=name]").fill("Hele boek")
    page.locator("[name=upload]").set_input_files(wrong)
    save(page)
    expect(page.get_by_text("geen soort bestand dat wij kennen", exact=False)).to_be_visible()
    page.locator("[name=upload]").set_input_files(paper)
    accessible(page)
    save(page)
    page.get_by_role("button", name="Draag voor om te publiceren").click()
    expect(page.get_by_text("Wordt tegengelezen.")).to_be_visible()
    assert page.get_by_role("button", name="Zet op de site").count() == 0

    with clock.at(clock.now()):
        reader = open_page()
        sign_in(reader, "bob@example.org")
        accessible(reader)
        reader.get_by_role("link", name="Kringen in de wijk & daarbuiten").click()
        accessible(reader)
        reader.get_by_role("button", name="Zet op de site").click()
        expect(reader.locator(".desk-lead")).to_contain_text("Op de site sinds")

        indexed()
        visitor = open_page()
        visitor.goto("/zoeken/?q=kringen+van+der+plas")
        visitor.get_by_role("link", name="Kringen in de wijk & daarbuiten").click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Kringen in de wijk & daarbuiten")
        expect(visitor.locator("#citaat")).to_contain_text("Plas, M. van der (2012).")
        visitor.get_by_text("RIS", exact=True).click()
        with visitor.expect_download() as ris:
            visitor.get_by_role("link", name="Download als RIS").click()
        with visitor.expect_download() as book:
            visitor.get_by_role("link", name="Hele boek").click()

    record = rispy.loads(ris.value.path().read_text())[0]
    assert (record["title"], record["authors"]) == ("Kringen in de wijk & daarbuiten", ["Plas, Mirjam van der"])
    assert record["urls"][0].endswith(Publication.objects.get().get_absolute_url())
    assert book.value.suggested_filename == "kringen-in-de-wijk-daarbuiten-hele-boek.pdf"
    with pikepdf.open(io.BytesIO(book.value.path().read_bytes())) as taken:
        assert len(taken.pages) == 1


def test_what_is_typed_at_the_desk_is_there_again(page: Page) -> None:
    region = factories.make_werkplaats("Utrecht")
    factories.make_sections(region)
    factories.make_account("ann@example.org", RoleKind.COORDINATOR, region)
    sign_in(page, "ann@example.org")
    page.goto("/beheer/publicaties/nieuw/")
    page.locator("[name=title]").fill("Halverwege")
    page.locator("[name=makers-1-name]").fill("Tweede Maker")
    page.get_by_text("Concept bewaard om", exact=False).wait_for()

    page.goto("/beheer/")
    page.goto("/beheer/publicaties/nieuw/")

    expect(page.locator("[name=title]")).to_have_value("Halverwege")
    expect(page.locator("[name=makers-0-name]")).to_have_value("Tweede Maker")
