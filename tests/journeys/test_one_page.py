"""The page of a municipality on paper: one A4 to hand over, however much there is to tell."""

from __future__ import annotations

import io

import pikepdf
import pytest
from playwright.sync_api import Page

from tests import factories
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality

pytestmark = pytest.mark.django_db(transaction=True)


def pages(page: Page, municipality: Municipality, language: str = "") -> list[tuple[float, float]]:
    """The sizes of the pages it prints, in millimetres."""
    page.goto(f"{language}{municipality.get_absolute_url()}")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        boxes = [[float(number) for number in one.mediabox] for one in paper.pages]
    return [(round((box[2] - box[0]) * 25.4 / 72), round((box[3] - box[1]) * 25.4 / 72)) for box in boxes]


def foot_is_shown(page: Page) -> bool:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1032})
    foot = page.locator(".sheet-foot").bounding_box()
    return bool(foot) and foot["y"] + foot["height"] < 1032


def test_little_to_tell_is_one_a4(page: Page) -> None:
    assert pages(page, factories.make_municipality("Ee")) == [(210, 297)]
    assert foot_is_shown(page)


def test_everything_there_can_be_is_still_one_a4(page: Page) -> None:
    name = "Nissewaard-Voorne aan Zee en Goeree-Overflakkee"
    full = factories.make_municipality(name, lat=51.9, lon=4.2, code="GM1930", population=999_999,
                                       aliases=[f"Dorp aan de lange rivier {n}" for n in range(40)])  # fmt: skip
    for n in range(6):
        factories.make_municipality(f"{name} {n}", lat=51.9, lon=4.3 + n / 10)
    for n, status in enumerate((Status.MEMBER, Status.GUEST, Status.CANDIDATE)):
        region = factories.make_werkplaats(
            f"Kennisplatform voor het Sociaal Domein in regio {n}", areas=[full], status=status
        )
        for m in range(3):
            lead = factories.make_organisation(f"Hogeschool van de Toegepaste Wetenschappen {n}{m}", municipality=full)
            region.leads.create(organisation=lead, role="trekker", valid_from=factories.LONG_AGO,
                                lectorate="Maatschappelijke participatie van mensen met een beperking")  # fmt: skip
            factories.make_partnership(lead, region)
        for m in range(12):
            care = factories.make_organisation(f"Stichting voor Zorg en Welzijn in de wijken {n}{m}", municipality=full)
            factories.make_partnership(care, region)
            text = f"Vraag {n}{m}: " + "hoe zorgen we dat wie alleen is, weer mensen om zich heen krijgt? " * 5
            question = factories.make_question(text, werkplaats=region, municipality=full if m % 2 else None)
            question.supports.create(organisation=care, mandate="ambtelijk", reason="Hier ook",
                                     valid_from=factories.LONG_AGO)  # fmt: skip
    assert pages(page, full) == [(210, 297)]
    assert foot_is_shown(page)
    assert pages(page, full, "/en") == [(210, 297)]
