"""The national office sees the blank spot, what it would take to close it, and closes it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.network.shipped import load_organisations, load_werkplaatsen
from tests.places.shipped import load_municipalities
from werkplaats.core import clock
from werkplaats.network.models import Werkplaats
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"bureau": {"width": 1280, "height": 900}, "telefoon": {"width": 390, "height": 844}}


def sign_in(page: Page) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").first.fill("landelijk@example.org")
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn/")


@pytest.mark.parametrize("screen", SIZES)
def test_from_the_blank_spot_to_a_covered_country(screen: str, open_page: Any) -> None:
    load_municipalities()
    load_werkplaatsen()
    load_organisations()
    factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)
    page: Page = open_page(viewport=SIZES[screen])

    page.goto("/")
    page.locator("footer").get_by_role("link", name="Dekking").click()
    expect(page.get_by_text("329 van de 342 gemeenten liggen in een werkgebied")).to_be_visible()
    said = "Kaart van Nederland, laag “in een werkgebied”: 329 gemeenten wel, 13 niet."
    expect(page.get_by_role("img", name=said)).to_be_visible()
    expect(page.get_by_role("heading", name="Zeeland 13 van de 13 gemeenten")).to_be_visible()
    expect(page.get_by_text("Eén overeenkomst met Zeeland sluit 13 gemeenten")).to_be_visible()
    expect(page.get_by_text("Met 3 plekken ligt elke lege plek binnen 20 kilometer")).to_be_visible()

    page.get_by_label("Straal in kilometers").fill("60")
    page.get_by_role("button", name="Reken uit").click()
    expect(page.get_by_text("Met 1 plek ligt elke lege plek binnen 60 kilometer")).to_be_visible()

    page.get_by_label("Dag", exact=True).fill("31-12-2013")
    page.get_by_role("button", name="Bekijk").click()
    expect(page.get_by_text("273 van de 342 gemeenten")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="als tabel (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig")), delimiter=";"))
    assert sum(row["werkgebied"] == "ja" for row in rows) == 273

    sign_in(page)
    zeeland = Werkplaats.objects.get(slug="zeeland")
    page.goto(f"/beheer/werkplaatsen/{zeeland.uid}/")
    page.get_by_label("Status").select_option("lid")
    page.get_by_label("Lid of meelopend vanaf").fill(str(clock.today()))
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.get_by_text("Bewaard").first).to_be_visible()

    page.goto("/dekking/")
    expect(page.get_by_text("342 van de 342 gemeenten liggen in een werkgebied")).to_be_visible()
    expect(page.get_by_text("Eén overeenkomst met")).to_have_count(0)

    # The past stays what it was.
    yesterday = clock.today() - timedelta(days=1)
    page.goto(f"/dekking/?datum={yesterday:%d-%m-%Y}")
    expect(page.get_by_text("329 van de 342 gemeenten liggen in een werkgebied")).to_be_visible()
    expect(page.get_by_text("Eén overeenkomst met")).to_be_visible()
