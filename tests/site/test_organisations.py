"""The organisations that lead or take part: their list, the page of each, and who does not stand there."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.site.finding import CSV, FEED, Step, reasons_on
from tests.site.test_pages import body, titles
from werkplaats.catalogue import asked
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core import clock
from werkplaats.flows.merging import merge, undo
from werkplaats.network.actions import save_leadership
from werkplaats.network.models import Organisation, Partnership
from werkplaats.network.queries import ROLES_READ, roles_of
from werkplaats.network.rules import Stage, Status
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
LIST = "/organisaties/"


def took_part(name: str, werkplaats: Any, *steps: tuple[str, date], **fields: Any) -> Organisation:
    """An organisation with these steps, each a stage and a day."""
    organisation = factories.make_organisation(name, **fields)
    first, *later = steps
    partnership = factories.make_partnership(organisation, werkplaats, stage=first[0], valid_from=first[1])
    for stage, day in later:
        partnership.steps.create(stage=stage, on=day)
    partnership.follow_steps()
    partnership.save()
    return organisation


def test_the_page_says_what_it_is_where_it_takes_part_and_since_when(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", areas=[assen])
    mjd = took_part(
        "MJD", noord, ("benaderd", date(2019, 2, 1)), ("getekend", date(2020, 3, 1)), municipality=assen,
        former=["Maatschappelijke Dienst"], confirmed_on=date(2026, 10, 1), source="gehoord op de markt",
    )  # fmt: skip
    mjd.identifiers.create(scheme="kvk", value="12345678")
    oost = factories.make_werkplaats("Oost")
    oost.leads.create(
        organisation=mjd, role="trekker", lectorate="Samen Leven", valid_from=date(2014, 1, 1),
        valid_to=date(2018, 1, 1), valid_from_precision="jaar", valid_to_precision="jaar",
    )  # fmt: skip

    lead = {"role": "penvoerder", "valid_from": date(2021, 6, 1), "organisation": mjd}
    for lectorate in ("Rehabilitatie", "Leefbaarheid"):
        oost.leads.create(lectorate=lectorate, **lead)

    page = body(client, mjd.get_absolute_url())

    assert "penvoerder (Rehabilitatie, Leefbaarheid), sinds 1 juni 2021" in page
    now, before = page.split("Deed eerder mee in", 1)
    assert 'href="/werkplaatsen/noord/"' in now
    assert "partner, sinds 1 maart 2020" in now
    assert 'href="/werkplaatsen/oost/"' in before
    assert "trekker (Samen Leven), 2014 t/m 2017" in before
    for said in ("Maatschappelijke Dienst", "12345678", "1 oktober 2026", "/gemeenten/assen/"):
        assert said in page
    assert "gehoord op de markt" not in page, "where the record comes from is for who may change it"
    assert "februari 2019" not in page, "when it was approached is for who approached it"


def test_both_ways_there_is_a_link(client: Client) -> None:
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", areas=[assen])
    mjd, school = factories.make_organisation("MJD", municipality=assen), factories.make_organisation("Hogeschool")
    factories.make_partnership(mjd, noord)
    noord.leads.create(organisation=school, role="trekker", valid_from=factories.LONG_AGO)
    home, place = body(client, noord.get_absolute_url()), body(client, assen.get_absolute_url())

    assert f'href="{mjd.get_absolute_url()}"' in home
    assert f'href="{school.get_absolute_url()}"' in home
    assert f'href="{mjd.get_absolute_url()}"' in place
    assert f'href="{LIST}"' in body(client, "/werkplaatsen/")
    assert f"{LIST}?gemeente={assen.uid}" in place
    assert titles(body(client, f"{LIST}?gemeente={assen.uid}")) == ["MJD"]
    assert f'href="/en{mjd.get_absolute_url()}"' in body(client, f"/en{noord.get_absolute_url()}")


def test_who_was_only_talked_with_is_nowhere(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    coming = [
        took_part(f"Stil {stage}", noord, (stage, factories.LONG_AGO))
        for stage in ("benaderd", "in gesprek", "toegezegd", "niet nu")
    ]
    coming.append(took_part("Stil en weg", noord, ("in gesprek", date(2020, 1, 1)), ("beëindigd", date(2021, 1, 1))))
    day = date(2022, 5, 5)
    coming.append(took_part("Stil en vergist", noord, ("benaderd", day), ("getekend", day), ("beëindigd", day)))
    gone = factories.make_werkplaats("Voorbij", status=Status.ENDED)
    coming.append(took_part("Stil elders", gone, ("actief", factories.LONG_AGO)))

    for address in (LIST, "/zoeken/?q=stil", CSV, FEED, "/sitemap-vermeldingen.xml", noord.get_absolute_url()):
        response = client.get(address)
        text = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert b"Stil" not in text.replace(b"stil", b""), address
        assert not [one.name for one in coming if one.uid.encode() in text], address
    *never, mistaken, _elsewhere = coming
    assert {client.get(one.get_absolute_url()).status_code for one in never} == {404}
    assert client.get(mistaken.get_absolute_url()).status_code == 410, "it stood there for a moment"


def test_one_that_signs_appears_at_once_and_one_that_stops_stays_as_such(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    buurt = took_part("Buurtwerk", noord, ("in gesprek", date(2024, 1, 1)))
    partnership = buurt.partnerships.get()

    def step(stage: str, day: date) -> None:
        partnership.steps.create(stage=stage, on=day)
        partnership.follow_steps()
        partnership.save()

    assert titles(body(client, LIST)) == []
    step("getekend", date(2025, 1, 1))
    assert titles(body(client, LIST)) == ["Buurtwerk"]
    assert titles(body(client, f"{LIST}?deelname=nu")) == ["Buurtwerk"]
    step("beëindigd", date(2026, 1, 1))
    assert titles(body(client, f"{LIST}?deelname=nu")) == []
    assert titles(body(client, f"{LIST}?deelname=eerder")) == ["Buurtwerk"]
    page = body(client, buurt.get_absolute_url())
    assert "partner, 1 januari 2025 t/m 31 december 2025" in page
    assert "Doet mee in" not in page
    assert not rebuild()


def test_the_list_is_found_through_as_every_list(client: Client, searchable: Step) -> None:
    assen, goes = factories.make_municipality("Assen"), factories.make_municipality("Goes")
    noord, zee = factories.make_werkplaats("Noord"), factories.make_werkplaats("Zee")
    took_part("Welzijn Assen", noord, ("actief", factories.LONG_AGO), municipality=assen, former=["Het Wijkhuis"])
    took_part("Buurtzaak", noord, ("actief", factories.LONG_AGO))
    took_part("Zeeschool", zee, ("actief", factories.LONG_AGO), municipality=goes, kind="hogeschool")
    searchable()

    assert titles(body(client, LIST)) == ["Buurtzaak", "Welzijn Assen", "Zeeschool"], "by name"
    assert titles(body(client, f"{LIST}?werkplaats={noord.uid}")) == ["Buurtzaak", "Welzijn Assen"]
    assert titles(body(client, f"{LIST}?organisatiesoort=hogeschool")) == ["Zeeschool"]
    assert titles(body(client, f"{LIST}?provincie={assen.province.uid}")) == ["Welzijn Assen", "Zeeschool"]
    assert titles(body(client, f"{LIST}?q=wijkhuis")) == ["Welzijn Assen"]
    narrowed = body(client, f"{LIST}?gemeente={assen.uid}")
    assert titles(narrowed) == ["Welzijn Assen"]
    assert f"{CSV}?gemeente={assen.uid}&amp;soort=organisatie" in narrowed
    table = b"".join(client.get(f"{CSV}?gemeente={assen.uid}&soort=organisatie").streaming_content)  # type: ignore[attr-defined]
    assert b"Welzijn Assen" in table
    assert b"Zeeschool" not in table
    feed = client.get(f"{FEED}?organisatiesoort=hogeschool&soort=organisatie").content.decode()
    assert "Zeeschool" in feed
    assert "Welzijn Assen" not in feed
    found = client.get("/api/v1/vermeldingen?soort=organisatie&q=wijkhuis").json()["resultaten"]
    assert [one["titel"] for one in found] == ["Welzijn Assen"]
    assert "Wij kennen geen organisatie" in body(client, f"{LIST}?q=bestaatniet")


def test_organisations_do_not_crowd_what_is_akin_on_the_pages_of_others(client: Client, searchable: Step) -> None:
    noord = factories.make_werkplaats("Noord")
    for number in range(6):
        took_part(f"Partner {number}", noord, ("actief", factories.LONG_AGO))
    shop = factories.make_question("Wat helpt een dorp zonder winkel?", werkplaats=noord)
    other = factories.make_question("Wie rijdt de belbus?", werkplaats=noord)
    searchable()

    question = body(client, shop.get_absolute_url())
    assert other.text in titles(question)
    assert not [one for one in titles(question) if one.startswith("Partner")]
    page = body(client, Organisation.objects.get(name="Partner 1").get_absolute_url())
    assert set(titles(page)) == {shop.text, other.text}
    assert reasons_on(page) == ["ook uit Noord", "ook uit Noord"]


def test_one_that_went_up_in_another_leads_there_until_that_is_taken_back(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    kept, gone = (took_part(name, noord, ("actief", factories.LONG_AGO)) for name in ("Samen", "Dubbel"))
    quiet, other = factories.make_organisation("Stil"), factories.make_organisation("Stiller")
    desk = factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)

    def join(one: Organisation, two: Organisation) -> Any:
        values = {"name": one.name, "former": [two.name]}
        return merge(kept=one, gone=two, values=values, numbers=set(), version=one.version, by=desk)

    address, silent = gone.get_absolute_url(), other.get_absolute_url()
    merged = join(kept, gone)
    join(quiet, other)

    assert client.get(address)["Location"] == kept.get_absolute_url()
    assert client.get(f"/en{address}")["Location"] == f"/en{kept.get_absolute_url()}"
    assert client.get(silent).status_code == 404, "neither was ever on the site"
    assert titles(body(client, LIST)) == ["Samen"]
    undo(merged=merged, by=desk)
    assert "Dubbel" in body(client, address)
    assert titles(body(client, LIST)) == ["Dubbel", "Samen"]
    assert not rebuild()


def test_one_that_was_there_by_mistake_is_gone_and_not_forgotten(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    school, right = factories.make_organisation("Verkeerde School"), factories.make_organisation("Goede School")
    lead = noord.leads.create(organisation=school, role="trekker", valid_from=factories.LONG_AGO)
    assert titles(body(client, LIST)) == ["Verkeerde School"]
    desk = factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)

    save_leadership(leadership=lead, values={"organisation": right}, version=lead.version, by=desk)

    assert titles(body(client, LIST)) == ["Goede School"]
    response = client.get(school.get_absolute_url())
    assert response.status_code == 410
    assert "Verkeerde School" not in response.content.decode()
    assert client.get(f"{LIST}organisatie-{'0' * 26}/").status_code == 404


@pytest.mark.parametrize("seed", range(4))
def test_who_stands_there_is_who_has_something_to_show(seed: int) -> None:
    chance = random.Random(seed)
    today = clock.today()
    places = [factories.make_werkplaats("Noord"), factories.make_werkplaats("Weg", status=Status.ENDED)]
    for number in range(60):
        organisation = factories.make_organisation(f"Organisatie {number}")
        days = sorted(today + timedelta(days=chance.choice((-900, -400, -400, -30, 0, 0, 3))) for _n in range(4))
        steps = [(chance.choice(Stage.values), day) for day in days[: chance.randint(1, 4)]]
        partnership = Partnership.objects.create(
            organisation=organisation, werkplaats=chance.choice(places), stage=steps[0][0], valid_from=steps[0][1],
        )  # fmt: skip
        for stage, day in steps[1:]:
            partnership.steps.create(stage=stage, on=day, precision=chance.choice(("dag", "dag", "maand")))
        if chance.random() < 0.2:
            start = chance.choice((today - timedelta(days=9), today, today + timedelta(days=9)))
            length = chance.choice((None, 0, 4))
            end = None if length is None else start + timedelta(days=length)
            lead = {"role": "trekker", "valid_from": start, "valid_to": end}
            chance.choice(places).leads.create(organisation=organisation, **lead)

    every = Organisation.objects.prefetch_related(*ROLES_READ)
    assert set(Organisation.objects.on_site()) == {one for one in every if roles_of(one)}
    rebuild()
    living = set(Entry.objects.living().filter(kind="organisatie").values_list("uid", flat=True))
    assert living == set(Organisation.objects.on_site().values_list("uid", flat=True))


@pytest.mark.parametrize("searching", ["", "?q=organisatie"])
def test_a_longer_list_costs_no_more_questions_to_the_database(
    client: Client, searching: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def add(number: int) -> None:
        place = factories.make_municipality(f"Plaats {number}")
        werkplaats = factories.make_werkplaats(f"Regio {number}")
        took_part(f"Organisatie {number}", werkplaats, ("actief", factories.LONG_AGO), municipality=place)

    add(0)
    # Names and synonyms are read anew after some seconds: here each time, however slow the machine.
    asked.forget()
    with django_assert_max_num_queries(24) as first:
        body(client, f"{LIST}{searching}")
    for number in range(1, 30):
        add(number)
    asked.forget()
    with django_assert_num_queries(len(first)):
        body(client, f"{LIST}{searching}")


def test_more_roles_on_a_page_cost_no_more_questions_to_the_database(
    client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    noord = factories.make_werkplaats("Noord")
    mjd = took_part("MJD", noord, ("actief", factories.LONG_AGO))
    noord.leads.create(organisation=mjd, role="trekker", valid_from=factories.LONG_AGO)
    body(client, mjd.get_absolute_url())
    with django_assert_max_num_queries(12) as first:
        body(client, mjd.get_absolute_url())
    for number in range(8):
        werkplaats = factories.make_werkplaats(f"Regio {number}")
        factories.make_partnership(mjd, werkplaats)
        werkplaats.leads.create(organisation=mjd, role="trekker", valid_from=factories.LONG_AGO)
    with django_assert_num_queries(len(first)):
        body(client, mjd.get_absolute_url())
