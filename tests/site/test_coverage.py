"""The page of coverage: what it counts, what it says of a wrong question, and where it would begin."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from werkplaats.core import clock
from werkplaats.core.models import Attempt, Basis
from werkplaats.network.models import ServiceArea, Werkplaats
from werkplaats.network.queries import planning
from werkplaats.network.rules import LeadRole, OrganisationKind, Status
from werkplaats.site.coverage import PLANNING
from werkplaats.site.templatetags.pages import share_of
from werkplaats.stats import location

pytestmark = pytest.mark.django_db
LONG_AGO = factories.LONG_AGO


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.at(datetime(2026, 11, 20, 11, tzinfo=UTC)):
        yield


@pytest.fixture(autouse=True)
def nothing_worked_out_before() -> None:
    planning.forget()


@pytest.fixture
def network(db: Any) -> dict[str, Any]:
    """One municipality in an area, three blank ones of which two lie close together, and a candidate for these."""
    zeeland = factories.make_province("Zeeland")
    places = {
        "assen": factories.make_municipality("Assen", population=1_000_000, lat=52.99, lon=6.56),
        "goes": factories.make_municipality("Goes", population=40_000, lat=51.50, lon=3.89, province=zeeland),
        "kapelle": factories.make_municipality("Kapelle", population=13_000, lat=51.49, lon=3.96, province=zeeland),
        "vaals": factories.make_municipality("Vaals", population=10_000, lat=50.77, lon=6.02),
    }
    theme = factories.make_theme("Eenzaamheid", parent=factories.make_theme("Meedoen"))
    noord = factories.make_werkplaats("Noord", areas=[places["assen"]], themes=[theme])
    factories.make_werkplaats("Zeeland", areas=[places["goes"], places["kapelle"]], status=Status.CANDIDATE)
    return {**places, "noord": noord, "theme": theme}


def read(client: Client, **asked: str) -> str:
    """The page as one line of plain words."""
    response = client.get("/dekking/", asked)
    assert response.status_code == 200
    body = re.search("<main.*</main>", response.content.decode(), re.S)
    assert body
    return " ".join(unescape(re.sub("<[^>]+>", " ", body[0])).split())


def test_it_says_how_many_municipalities_and_people_and_which_are_left(client: Client, network: dict[str, Any]) -> None:
    said = read(client)
    assert "Op 20 november 2026: 1 van de 4 gemeenten ligt in een werkgebied." in said
    assert "Daar wonen 1,0 miljoen van de 1,1 miljoen mensen." in said
    assert "In een werkgebied 1 1.000.000 94 % 3 63.000" in said
    assert (
        "Zeeland 2 van de 2 gemeenten, 53.000 inwoners, alle in het gebied van een werkplaats in opbouw Goes Kapelle"
        in said
    )
    assert "Drenthe 1 van de 2 gemeenten, 10.000 inwoners Vaals" in said
    assert "Eén overeenkomst met Zeeland sluit 2 gemeenten met 53.000 inwoners." in said
    assert "Een werkplaats in opbouw (Zeeland) telt in geen van de drie lagen mee" in said


def test_the_plan_names_the_fewest_places_and_what_each_serves(client: Client, network: dict[str, Any]) -> None:
    said = read(client, straal="20")
    assert "Met 2 plekken ligt elke lege plek binnen 20 kilometer van een ervan. Met minder kan het niet." in said
    # As many people from Goes as from Kapelle: then the lowest code.
    assert "Goes Goes, Kapelle 53.000 Vaals Vaals 10.000" in said
    assert "1 53.000 53.000 84 % 2 63.000 10.000 100 %" in said
    assert "Met 3 plekken ligt elke" in read(client, straal="1")


def test_of_another_layer_other_spots_are_blank_and_no_agreement_closes_them(
    client: Client, network: dict[str, Any]
) -> None:
    said = read(client, laag="partner")
    assert "0 van de 4 gemeenten hebben een partner" in said
    assert "Assen" in said.partition("Lege plekken per provincie")[2].partition("Waar beginnen?")[0]
    assert "overeenkomst met" not in said


def test_on_another_day_and_of_a_theme(client: Client, network: dict[str, Any]) -> None:
    assert "0 van de 4 gemeenten liggen" in read(client, datum="31-12-2013")
    assert "Op 1 januari 2020: 1 van de 4" in read(client, datum="2020-01-01")
    assert "Op 2 februari 2020: 1 van de 4" in read(client, datum="2/2/2020", thema="meedoen")
    other = factories.make_theme("Geld")
    assert "0 van de 4" in read(client, thema="geld") and "0 van de 4" in read(client, thema=other.uid)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("datum", "31-2", "“31-2” is geen hele datum. Schrijf dag, maand en jaar: 31-12-2013."),
        ("datum", "31-2-2024", "“31-2-2024” bestaat niet op de kalender. Kijk dag en maand na."),
        ("datum", "1-1-0000", "“1-1-0000” bestaat niet op de kalender."),
        ("datum", "01-01-0001", "Kies een dag van 1 januari 2000 tot en met 31 december 2100."),
        ("datum", "31-12-1999", "Van andere dagen is hier niets bekend."),
        ("datum", "1-1-2101", "Kies een dag van 1 januari 2000 tot en met 31 december 2100."),
        ("thema", "roddel", "Dit thema kennen we niet. Kies er een uit de lijst."),
        ("laag", "roddel", "Deze laag kennen we niet. Kies er een uit de lijst."),
        ("straal", "-1", "Vul een heel aantal kilometers in, van 1 tot en met 150."),
        ("straal", "veel", "Vul een heel aantal kilometers in"),
        ("straal", "7,5", "Vul een heel aantal kilometers in"),
        ("straal", "151", "Vul een heel aantal kilometers in"),
        ("straal", "²", "Vul een heel aantal kilometers in"),
    ],
)
def test_a_wrong_question_is_told_beside_its_field_and_what_was_typed_stays(
    client: Client, network: dict[str, Any], name: str, typed: str, said: str
) -> None:
    asked = {"datum": "3-4-2021", "thema": "eenzaamheid", "straal": "33", name: typed}
    page = unescape(client.get("/dekking/", asked).content.decode())
    assert said in page
    assert f'id="{name}-fout"' in page
    for kept, value in asked.items():
        if (kept, value) not in {("thema", "roddel"), ("laag", "roddel")}:
            assert f'value="{value}"' in page
    # A wrong radius is no reason to hide the figures; of a wrong day or theme there are none.
    assert ("Drie lagen in cijfers" in page) is (name == "straal")
    assert "Met 2 plekken" not in page


def test_the_radius_may_have_its_unit(client: Client, network: dict[str, Any]) -> None:
    assert "binnen 25 kilometer" in read(client, straal=" 25 km")


def test_a_place_without_a_point_is_named_and_not_planned(client: Client, network: dict[str, Any]) -> None:
    factories.make_municipality("Nieuwstad", population=5)
    said = read(client)
    assert "Van Nieuwstad weten wij niet waar zij op de kaart ligt; zij staat daarom buiten het plan." in said
    assert "Met 2 plekken" in said and "alle lege plekken: 63.000 inwoners" in said


def test_without_any_point_there_is_no_plan_and_it_says_of_whom(client: Client) -> None:
    factories.make_municipality("Nieuwstad", population=5)
    said = read(client)
    assert "Van Nieuwstad weten wij niet waar" in said and "ligt elke lege plek" not in said


def test_what_takes_too_long_is_said_and_the_figures_stay(
    client: Client, network: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_SECONDS", 0.0)
    said = read(client)
    assert "Dit is te veel om nu uit te rekenen" in said
    assert "In een werkgebied 1 1.000.000" in said and "Met 2 plekken" not in said


def test_while_another_plan_is_worked_out_the_figures_stay_and_what_is_kept_is_shown(
    client: Client, network: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_WAITING", 0.0)
    assert "Met 2 plekken" in read(client)
    with planning._turn:
        assert "Met 2 plekken" in read(client)
        said = read(client, straal="30")
        assert "Dit is te veel om nu uit te rekenen" in said and "In een werkgebied 1 1.000.000" in said
    assert "Dit is te veel" not in read(client, straal="30")


def test_what_was_cut_short_is_said(client: Client, network: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_CURVE_SECONDS", 0.0)
    monkeypatch.setattr(location, "_MOST_TIES", 0)
    said = read(client)
    assert "Met 2 plekken" in said
    assert "welke dan de beste is, was niet op tijd uitgezocht" in said
    assert "De reeks is afgebroken toen de rekentijd om was." in said


def test_only_a_plan_that_has_to_be_worked_out_counts_for_the_limit(client: Client, network: dict[str, Any]) -> None:
    def counted() -> int:
        return sum(Attempt.objects.filter(what=PLANNING.what).values_list("count", flat=True))

    read(client)
    assert counted() == 1
    # Kept, with nothing to close, wrong: as often as you like.
    for asked in ({}, {"straal": "20"}, {"thema": "roddel"}, {"straal": "veel"}, {"datum": "20-11-2026"}):
        client.get("/dekking/", asked)
    assert counted() == 1
    read(client, straal="30")
    assert counted() == 2


def test_all_is_said_only_of_all_and_none_only_of_none(client: Client, network: dict[str, Any]) -> None:
    factories.make_partnership(factories.make_organisation(municipality=network["vaals"]), network["noord"])
    network["assen"].population = 100_000_000
    network["assen"].save()
    said = read(client)
    assert "In een werkgebied 1 100.000.000 99,9 % 3 63.000" in said
    assert "Heeft een partner 1 10.000 bijna 0 % 3" in said
    assert "Gemeente is medetrekker 0 0 0 % 4" in said
    network["vaals"].population = None
    network["vaals"].save()
    ServiceArea.objects.create(werkplaats=network["noord"], municipality=network["goes"], valid_from=LONG_AGO)
    ServiceArea.objects.create(werkplaats=network["noord"], municipality=network["kapelle"], valid_from=LONG_AGO)
    said = read(client)
    assert "In een werkgebied 3 100.053.000 bijna 100 % 1 0" in said, "nobody knows how many live in Vaals"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 10, "0 %"), (10, 10, "100 %"), (1, 3, "33 %"), (996, 1000, "99,6 %"), (99_996, 100_000, "bijna 100 %"),
     (4, 1000, "0,4 %"), (4, 100_000, "bijna 0 %")],
)  # fmt: skip
def test_a_share_is_rounded_to_all_or_none_only_when_it_is(part: int, whole: int, said: str) -> None:
    assert share_of(part, whole) == said


def test_one_is_said_as_one(client: Client, network: dict[str, Any]) -> None:
    assen = factories.make_organisation(
        "Gemeente Assen", kind=OrganisationKind.MUNICIPALITY, municipality=network["assen"]
    )
    factories.make_partnership(assen, network["noord"])
    network["noord"].leads.create(organisation=assen, role=LeadRole.CO_LEAD, valid_from=LONG_AGO)
    said = read(client, laag="partner")
    assert "1 van de 4 gemeenten heeft een partner." in said
    assert "gemeente ligt in een werkgebied 1 gemeente heeft een partner 1 gemeente is zelf medetrekker 1" in said


def test_of_an_ended_candidate_there_is_no_link(client: Client, network: dict[str, Any]) -> None:
    Werkplaats.objects.filter(name="Zeeland").update(
        status=Status.ENDED, forming_to=date(2026, 1, 1), valid_to=date(2026, 1, 1)
    )
    said = read(client, datum="1-6-2025")
    assert "Een werkplaats die toen in opbouw was, had 2 gemeenten met 53.000 inwoners kunnen sluiten." in said
    assert 'href=""' not in client.get("/dekking/", {"datum": "1-6-2025"}).content.decode()


def test_without_blank_spots_or_municipalities_it_says_so(client: Client) -> None:
    assert "Er zijn nog geen gemeenten ingelezen." in read(client)
    factories.make_werkplaats(areas=[factories.make_municipality("Assen")])
    said = read(client)
    assert "Geen: in deze laag is elke gemeente gedekt." in said and "Waar beginnen?" not in said


def table(client: Client, **asked: str) -> list[dict[str, str]]:
    response = client.get("/dekking/lijst.csv", asked)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))


def test_the_table_has_every_municipality_and_through_whom(client: Client, network: dict[str, Any]) -> None:
    ServiceArea.objects.filter(werkplaats=network["noord"]).update(basis=Basis.ASSUMED)
    organisation = factories.make_organisation(municipality=network["vaals"])
    factories.make_partnership(organisation, network["noord"])
    rows = {row["gemeente"]: row for row in table(client, thema="eenzaamheid", datum="1-1-2024")}
    assert list(rows) == ["Assen", "Vaals", "Goes", "Kapelle"]
    assert rows["Assen"] == {
        "datum": "2024-01-01", "thema": "Eenzaamheid", "code": network["assen"].code, "gemeente": "Assen",
        "provincie": "Drenthe", "inwoners": "1000000", "werkgebied": "ja", "werkplaatsen": "Noord", "aanname": "ja",
        "partner": "nee", "partner_van": "", "medetrekker": "nee", "medetrekker_van": "", "kandidaat": "nee",
    }  # fmt: skip
    assert (rows["Vaals"]["partner"], rows["Vaals"]["partner_van"], rows["Vaals"]["aanname"]) == ("ja", "Noord", "")
    assert [rows[name]["kandidaat"] for name in rows] == ["nee", "nee", "nee", "nee"], "not of this theme"
    assert [row["kandidaat"] for row in table(client)] == ["nee", "nee", "ja", "ja"]


def test_a_table_of_a_wrong_question_leads_to_where_it_is_told(client: Client) -> None:
    response = client.get("/dekking/lijst.csv", {"datum": "31-2"})
    assert response.headers["Location"] == "/dekking/?datum=31-2"


def test_the_page_leads_to_its_table_and_to_the_same_figures_for_programs(
    client: Client, network: dict[str, Any]
) -> None:
    page = unescape(client.get("/dekking/", {"datum": "1-1-2024", "thema": "meedoen"}).content.decode())
    assert 'href="/dekking/lijst.csv?datum=01-01-2024&thema=meedoen"' in page
    (api,) = re.findall('href="(/api/v1/dekking[^"]*)"', page)
    assert client.get(api).json()["totalen"]["werkgebied"]["gemeenten"] == 1
    assert {row["werkgebied"] for row in table(client, datum="01-01-2024", thema="meedoen")} == {"ja", "nee"}


def test_it_is_found_from_every_page(client: Client) -> None:
    assert f'href="{reverse("coverage")}"' in client.get("/").content.decode()


def test_more_municipalities_cost_no_more_questions(client: Client, django_assert_num_queries: Any) -> None:
    def add(number: int) -> None:
        place = factories.make_municipality(
            f"P{number}", province=factories.make_province(f"Provincie {number}"), lat=52 + number / 10, lon=5
        )
        factories.make_werkplaats(f"W{number}", areas=[place] if number % 2 else [])

    add(0)
    # Then the plan is kept, and nothing has to be counted.
    read(client)
    with django_assert_num_queries(7):
        read(client)
    for number in range(1, 8):
        add(number)
    read(client)
    with django_assert_num_queries(7):
        assert "4 van de 8 gemeenten" in read(client)
