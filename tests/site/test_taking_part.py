"""The page of a municipality says how it takes part, what is next and what is done nearby."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from werkplaats.core import clock
from werkplaats.network.queries.coverage import coverage
from werkplaats.network.rules import LeadRole, OrganisationKind, Status
from werkplaats.places.models import Municipality
from werkplaats.site import maps

pytestmark = pytest.mark.django_db
CODES = {"Assen": "GM0106", "Groningen": "GM0014", "Utrecht": "GM0344"}


def body(client: Client, municipality: Municipality) -> str:
    return client.get(municipality.get_absolute_url()).content.decode()


def ways(page: str) -> dict[str, tuple[bool, str]]:
    """Way of taking part -> whether it holds, and what is said of it."""
    found = re.findall(
        r'<li class="way( way--done)?"><span class="way-title">([^<]*)</span> <span class="way-said">([^<]*)</span>',
        page,
    )
    return {title: (bool(done), said) for done, title, said in found}


def step(page: str) -> str:
    block = page[page.index('class="next-step"') :]
    return " ".join(re.sub(r"<[^>]*>", " ", block[block.index("<p>") : block.index("</section>")]).split())


def test_one_in_no_area_is_told_where_to_begin(client: Client) -> None:
    page = body(client, factories.make_municipality("Assen"))
    assert ways(page) == {
        "In het werkgebied": (False, "Nog niet"), "Partner": (False, "Nog niet"), "Medetrekker": (False, "Nog niet"),
    }  # fmt: skip
    assert step(page).startswith("Assen hoort nog bij geen werkplaats.")
    assert "Met wie: het landelijk netwerk." in step(page)


def test_one_where_a_werkplaats_is_being_formed(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    forming = factories.make_werkplaats("Zeeland", areas=[assen], status=Status.CANDIDATE)
    forming.leads.create(organisation=factories.make_organisation("Hogeschool Zee"), role=LeadRole.LEAD,
                         valid_from=factories.LONG_AGO)  # fmt: skip
    page = body(client, assen)
    assert ways(page)["In het werkgebied"] == (False, "In opbouw")
    assert step(page).startswith("Er wordt hier een werkplaats opgericht.")
    assert "de oprichters (Hogeschool Zee), en tot die tijd het landelijk netwerk." in step(page)


def test_from_area_to_partner_to_co_leader(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", areas=[assen])
    school = factories.make_organisation("Hanzehogeschool", kind=OrganisationKind.HOGESCHOOL)
    noord.leads.create(organisation=school, role=LeadRole.HOLDER, lectorate="Meedoen", valid_from=factories.LONG_AGO)
    page = body(client, assen)
    assert {title: done for title, (done, _said) in ways(page).items()} == {
        "In het werkgebied": True, "Partner": False, "Medetrekker": False,
    }  # fmt: skip
    assert "De werkplaats wordt geleid door Hanzehogeschool (Meedoen)." in page
    assert step(page).startswith("Assen ligt in het werkgebied, maar hier is nog niemand partner.")
    assert "Met wie: Hanzehogeschool (Meedoen)." in step(page)

    town = factories.make_organisation("Gemeente Assen", kind=OrganisationKind.MUNICIPALITY, municipality=assen)
    factories.make_partnership(town, noord)
    page = body(client, assen)
    assert ways(page)["Partner"] == (True, "Ja, 1 partner")
    assert step(page).startswith("Uit Assen doen al partners mee.")

    noord.leads.create(organisation=town, role=LeadRole.CO_LEAD, valid_from=factories.LONG_AGO)
    page = body(client, assen)
    assert ways(page)["Medetrekker"][0] is True
    assert step(page).startswith("Assen is een van de trekkers.")


def test_only_the_municipality_itself_co_leads_and_one_organisation_counts_once(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    noord, oost = (factories.make_werkplaats(name, areas=[assen]) for name in ("Noord", "Oost"))
    school = factories.make_organisation("Hogeschool", kind=OrganisationKind.HOGESCHOOL, municipality=assen)
    noord.leads.create(organisation=school, role=LeadRole.CO_LEAD, valid_from=factories.LONG_AGO)
    for place in (noord, oost):
        factories.make_partnership(school, place)
    shown = ways(body(client, assen))
    assert shown["Medetrekker"] == (False, "Nog niet")
    assert shown["Partner"] == (True, "Ja, 1 partner")


def test_a_co_leader_beyond_its_own_area_is_told_of_which_werkplaats(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    factories.make_werkplaats("Noord", areas=[assen])
    town = factories.make_organisation("Gemeente Assen", kind=OrganisationKind.MUNICIPALITY, municipality=assen)
    oost = factories.make_werkplaats("Oost")
    oost.leads.create(organisation=town, role=LeadRole.CO_LEAD, valid_from=factories.LONG_AGO)
    page = body(client, assen)
    assert ways(page)["Medetrekker"] == (True, "Ja, van werkplaats Oost, sinds 1 januari 2020")
    assert step(page).startswith("Assen is een van de trekkers.")
    assert {row.is_co_lead for row in coverage(clock.today()).rows} == {True}


def test_page_map_and_coverage_look_at_the_dates_of_the_werkplaats_itself(client: Client) -> None:
    """The areas go on; the werkplaats has not begun, or is over."""
    places = {name: factories.make_municipality(name, code=code) for name, code in CODES.items()}
    day = timedelta(days=1)
    for name, dates in {
        "Assen": {"valid_from": clock.today() + day},
        "Groningen": {"valid_to": clock.today()},
        "Utrecht": {"valid_to": clock.today() + day},
    }.items():
        one = factories.make_werkplaats(f"W {name}", areas=[places[name]], **dates)
        factories.make_partnership(factories.make_organisation(f"O {name}", municipality=places[name]), one)
    found = coverage(clock.today())
    for row in found.rows:
        inside = row.municipality.name == "Utrecht"
        page = body(client, row.municipality)
        told = {title: done for title, (done, _said) in ways(page).items()}
        assert (row.in_area, row.has_partner) == (inside, inside)
        assert (told["In het werkgebied"], told["Partner"]) == (inside, inside)
    assert {one.name: bool(one.served_by) for one in maps.places_today()} == {
        "Assen": False, "Groningen": False, "Utrecht": True,
    }  # fmt: skip


def test_who_was_only_approached_is_nobodys_business(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", areas=[assen])
    factories.make_partnership(factories.make_organisation("Stil", municipality=assen), noord, stage="in gesprek")
    page = body(client, assen)
    assert ways(page)["Partner"] == (False, "Nog niet") and "Stil" not in page


def test_the_nearest_are_shown_with_what_they_do(client: Client) -> None:
    here = factories.make_municipality("Assen", lat=53.0, lon=6.55)
    places = {
        name: factories.make_municipality(name, lat=lat, lon=lon)
        for name, lat, lon in (
            ("Aa en Hunze", 53.0, 6.7), ("Noordenveld", 53.12, 6.43), ("Tynaarlo", 53.08, 6.6),
            ("Westerveld", 52.85, 6.3), ("Midden-Drenthe", 52.87, 6.5), ("Maastricht", 50.85, 5.69),
        )
    }  # fmt: skip
    factories.make_municipality("Nergens")
    noord = factories.make_werkplaats("Noord", areas=[places["Tynaarlo"]])
    forming = factories.make_werkplaats("Zuid", areas=[places["Westerveld"]], status=Status.CANDIDATE)
    factories.make_partnership(factories.make_organisation("Bijna", municipality=places["Westerveld"]), forming)
    factories.make_partnership(factories.make_organisation("Welzijn", municipality=places["Tynaarlo"]), noord)
    factories.make_question("Wat helpt hier?", municipality=places["Tynaarlo"], werkplaats=noord)
    factories.make_question("Nog niet openbaar", municipality=places["Tynaarlo"], werkplaats=noord, public=False)
    page = body(client, here)
    table = page[page.index('aria-labelledby="buren"') :]
    rows = re.findall(r"<tr><th scope=\"row\"><a[^>]*>([^<]*)</a></th>(.*?)</tr>", table, re.DOTALL)
    cells = {name: re.findall(r"<td[^>]*>([^<]*)</td>", rest) for name, rest in rows}
    assert list(cells) == ["Tynaarlo", "Aa en Hunze", "Midden-Drenthe", "Noordenveld", "Westerveld"]
    assert cells["Tynaarlo"] == ["Noord", "1", "1"]
    assert cells["Westerveld"] == ["Zuid (in opbouw)", "0", "0"]
    assert cells["Noordenveld"] == ["geen", "0", "0"]


def test_its_place_on_the_map_is_marked(client: Client) -> None:
    assen, groningen, utrecht = (
        factories.make_municipality(name, code=code)
        for name, code in (("Assen", "GM0106"), ("Groningen", "GM0014"), ("Utrecht", "GM0344"))
    )
    factories.make_werkplaats("Noord", areas=[assen, groningen])
    page = body(client, assen)
    legend = re.findall(r"</svg> ([^<]+?) <span class=\"map-count\">\((\d+)\)", page)
    assert legend == [("deze gemeente", "1"), ("zelfde werkplaats", "1"), ("bij geen werkplaats", "1")]
    assert (
        str(utrecht) == "Utrecht"
        and "waar de gemeente Assen ligt, met de andere gemeenten van werkplaats Noord" in page
    )


def test_in_english_it_leads_to_english_pages(client: Client) -> None:
    here = factories.make_municipality("Assen", lat=53.0, lon=6.55)
    factories.make_municipality("Tynaarlo", lat=53.08, lon=6.6)
    page = client.get(f"/en{here.get_absolute_url()}").content.decode()
    assert 'href="/en/gemeenten/tynaarlo/"' in page


def dates_and_source(page: str) -> Any:
    return re.search(r'<p class="sheet-foot">(.*?)</p>', page, re.DOTALL)


def test_paper_says_where_it_comes_from_and_when(client: Client) -> None:
    from datetime import UTC, datetime

    from werkplaats.core import clock

    assen = factories.make_municipality("Assen")
    with clock.at(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        foot = dates_and_source(body(client, assen))
    assert foot and "5 maart 2026" in foot.group(1)
    assert "http://testserver/gemeenten/assen/" in foot.group(1) and "CBS" in foot.group(1)
