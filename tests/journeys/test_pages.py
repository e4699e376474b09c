"""From a blank page to a visitor who reads it: written, approved by someone else, found, and taken off again."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import factories
from werkplaats.core import clock
from werkplaats.news.models import NewsPage, Picture
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, email: str) -> Page:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").first.fill(email)
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn/")
    return page


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 700), "#0b5c4f").save(out, "JPEG")
    return out.getvalue()


def add_block(page: Page, name: str) -> None:
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=name).first.click()


def test_news_is_written_approved_found_and_taken_off(
    open_page: Any, indexed: Any, settings: Any, tmp_path: Any, allowed_complaints: list[str]
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    utrecht = factories.make_werkplaats("Utrecht", slug="utrecht")
    factories.make_theme("Mantelzorg")
    organisation = factories.make_organisation("Welzijn Utrecht")
    factories.make_partnership(organisation, utrecht)
    factories.make_sections(utrecht)
    factories.make_account("pim@example.org", RoleKind.PARTNER_EDITOR, organisation)
    factories.make_account("ann@example.org", RoleKind.COORDINATOR, utrecht)
    # While it is being typed a picture without words cannot be kept; the desk says so, and keeps trying.
    allowed_complaints.append("400|410")
    desk = {"viewport": {"width": 1280, "height": 900}}

    writer = sign_in(open_page(**desk), "pim@example.org")
    writer.goto("/beheer/")
    writer.get_by_role("link", name="Pagina's").click()
    writer.get_by_role("link", name="Schrijf een nieuwsbericht").click()
    writer.locator("#id_title").fill("Kenniskring mantelzorg begint")
    writer.locator("#id_intro").fill("Twaalf mensen oefenen een jaar lang.")
    add_block(writer, "Tekst")
    writer.locator("[contenteditable=true]").first.click()
    writer.keyboard.type("In het dorpshuis van Woerden zoeken zij uit wie er voor wie zorgt.")
    add_block(writer, "Afbeelding")
    writer.get_by_role("button", name=re.compile("afbeelding", re.I)).first.click()
    writer.get_by_role("tab", name="Uploaden").click()
    file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    writer.locator("input[type=file]").last.set_input_files(file)
    writer.locator("#id_image-chooser-upload-title").fill("Rond de tafel")
    writer.get_by_role("button", name="Uploaden").last.click()
    expect(writer.locator(".modal")).to_have_count(0)
    writer.locator("input[name$='-alt']").fill("Mensen om een tafel in het dorpshuis.")
    writer.get_by_label("Mantelzorg").check()
    expect(writer.get_by_text("Opgeslagen").first).to_be_visible()
    writer.locator("footer .w-dropdown__toggle").last.click()
    writer.get_by_role("button", name="Vraag goedkeuring").click()
    expect(writer.get_by_text("ter goedkeuring ingediend")).to_be_visible()
    assert Picture.objects.get().uploaded_by_user.email == "pim@example.org"

    reader = sign_in(open_page(**desk), "ann@example.org")
    reader.goto("/beheer/")
    reader.get_by_role("link", name="Kenniskring mantelzorg begint").click()
    shown = reader.frame_locator("iframe.desk-preview")
    expect(shown.get_by_alt_text("Mensen om een tafel in het dorpshuis.")).to_be_visible()
    reader.get_by_role("button", name="Goedkeuren en publiceren").click()
    expect(reader.get_by_text("staat nu op de site")).to_be_visible()

    with clock.at(clock.now()):
        indexed()
    visitor = open_page(viewport={"width": 390, "height": 844})
    visitor.goto("/zoeken/?q=dorpshuis")
    visitor.get_by_role("link", name="Kenniskring mantelzorg begint").click()
    expect(visitor.get_by_role("heading", name="Kenniskring mantelzorg begint")).to_be_visible()
    picture = visitor.get_by_alt_text("Mensen om een tafel in het dorpshuis.")
    picture.scroll_into_view_if_needed()
    visitor.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle())
    address = NewsPage.objects.get().get_absolute_url()

    reader.goto(f"/beheer/pages/{NewsPage.objects.get().pk}/unpublish/")
    reader.get_by_role("button", name=re.compile("Ja", re.I)).click()
    reader.wait_for_url("**/beheer/pages/**")
    visitor.goto(address)
    expect(visitor.get_by_role("heading", name="Deze pagina is er niet meer")).to_be_visible()
    with clock.at(clock.now()):
        indexed()
    visitor.goto("/nieuws/")
    expect(visitor.get_by_role("heading", name="Nog geen nieuws")).to_be_visible()
