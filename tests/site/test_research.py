"""Research on the site: who sees what, the region's own word, honest gaps, and lists that ask little."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.around import Around, sign_in
from werkplaats.agenda.actions import refuse_question
from werkplaats.core.models import Basis, Visibility
from werkplaats.research import actions
from werkplaats.research.models import CircleMeeting, NationalTheme, Pilot, ThemeWork
from werkplaats.terms.models import Approach

pytestmark = pytest.mark.django_db

LISTS = {
    "project": "/onderzoek/projecten/",
    "kenniskring": "/onderzoek/kringen/",
    "pilot": "/onderzoek/pilots/",
    "opbrengst": "/onderzoek/opbrengsten/",
}


def page(client: Client, address: str) -> str:
    """What it says, without the mark-up; nothing when it is not there."""
    answer = client.get(address)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()) if answer.status_code == 200 else ""


def one_of_each(around: Around, seen_by: str) -> dict[str, Any]:
    """A record of each kind that only these see, with a word of its own in it."""
    common = {"visibility": seen_by}
    circle = factories.make_circle(f"Kring {seen_by}zicht", around.utrecht, **common)
    return {
        "kenniskring": circle,
        "project": factories.make_project(f"Project {seen_by}zicht", around.utrecht, **common),
        "pilot": factories.make_pilot(f"Pilot {seen_by}zicht", around.utrecht, **common),
        "opbrengst": factories.make_yield(f"Opbrengst {seen_by}zicht", around.utrecht, **common),
    }


SEES = {
    Visibility.PUBLIC: {"bezoeker", "noord", "coordinator"},
    Visibility.NETWORK: {"noord", "coordinator"},
    Visibility.WERKPLAATS: {"coordinator"},
}


@pytest.mark.parametrize("seen_by", SEES)
def test_only_who_may_see_a_record_finds_it_anywhere(around: Around, seen_by: str) -> None:
    records = one_of_each(around, seen_by)
    readers = {"bezoeker": Client(), **{name: around.client(name) for name in ("noord", "coordinator")}}
    for kind, record in records.items():
        places = {
            "page": lambda who, one=record: page(who, one.get_absolute_url()),
            "list": lambda who, one=kind: page(who, LISTS[one]),
            "search": lambda who: page(who, f"/zoeken/?q={seen_by}zicht"),
            "csv": lambda who, one=kind: who.get(f"/zoeken/lijst.csv?soort={one}").getvalue().decode(),
        }
        for name, look in places.items():
            found = {reader for reader, client in readers.items() if str(record) in look(client)}
            assert found == SEES[Visibility(seen_by)], (kind, name)
        # What programs read is for everyone or for nobody.
        public = seen_by == Visibility.PUBLIC
        for address in (f"/api/v1/vermeldingen/{record.uid}", f"/api/v1/vermeldingen?soort={kind}"):
            assert (str(record) in readers["coordinator"].get(address).content.decode()) is public
        feed = readers["coordinator"].get(f"/feeds/vermeldingen/?soort={kind}").content.decode()
        assert (str(record) in feed) is public


def test_a_group_goes_by_the_word_of_its_region(client: Client) -> None:
    region = factories.make_werkplaats("Zuid", group_word="leeratelier")
    circle = factories.make_circle("Wonen", region)
    made = factories.make_yield(circle=circle)
    for address in (
        circle.get_absolute_url(), "/onderzoek/", made.get_absolute_url(), "/werkplaatsen/zuid/", "/zoeken/?q=wonen",
    ):  # fmt: skip
        said = page(client, address).lower()
        assert "leeratelier" in said and "kenniskring" not in said, address


def test_what_is_not_known_is_said_to_be_so(client: Client) -> None:
    pilot = factories.make_pilot()
    said = page(client, pilot.get_absolute_url())
    assert "Wat eruit kwam Nog niet bekend." in said
    assert "Periode Periode onbekend" in said
    assert "Opzet Onbekend" in said
    assert "Bron niet genoemd (bekend)" in said


def test_an_outcome_that_nobody_read_over_is_told_of_without_its_words(around: Around, client: Client) -> None:
    values = {"title": "Proef", "tries": "Iets", "outcome": "Geheim nog", "visibility": "openbaar"}
    pilot = actions.save_pilot(pilot=Pilot(werkplaats=around.utrecht), values=values, by=around.accounts["lector"])
    said = page(client, pilot.get_absolute_url())
    assert "Wat eruit kwam, wordt nog nagelezen." in said and "Geheim" not in said
    actions.approve_result(record=pilot, version=pilot.version, by=around.accounts["collega"])
    assert "Wat eruit kwam Geheim nog" in page(client, pilot.get_absolute_url())


def test_a_question_that_is_hidden_leaves_a_gap_and_nothing_else(around: Around, client: Client) -> None:
    shown, hidden = (factories.make_question(text, werkplaats=around.utrecht) for text in ("Wie eet mee?", "Wie weet?"))
    project = factories.make_project(werkplaats=around.utrecht, questions=[shown, hidden])
    assert "niet openbaar" not in page(client, project.get_absolute_url())
    refuse_question(question=hidden, version=hidden.version, reason="dubbel", by=around.accounts["coordinator"])
    said = client.get(project.get_absolute_url()).content.decode()
    assert "Het kwam ook voort uit een vraag die niet openbaar is." in said
    assert "Wie eet mee?" in said and "Wie weet?" not in said and hidden.uid not in said
    # And the other way round.
    assert "Samen eten" in page(client, shown.get_absolute_url())


def test_pages_lead_on_both_ways(client: Client) -> None:
    place = factories.make_municipality("Woerden")
    region = factories.make_werkplaats("Utrecht", areas=[place])
    circle = factories.make_circle("Zeggenschap", region)
    made = factories.make_yield("Een meter", circle=circle)
    pilot = factories.make_pilot("Meten in Woerden", region, circle=circle, tried=made.uid, municipalities=[place])
    ways = [
        (made, circle), (circle, made), (circle, pilot), (pilot, circle), (pilot, made), (made, pilot),
        (circle, region), (region, circle), (place, pilot), (pilot, place),
    ]  # fmt: skip
    for here, there in ways:
        said = client.get(here.get_absolute_url()).content.decode()
        assert f'href="{there.get_absolute_url()}"' in said, (here, there)


def test_a_national_theme_names_who_works_on_it_and_what_they_do(client: Client) -> None:
    theme = NationalTheme.objects.create(name="Eenzaamheid", visibility="openbaar")
    region = factories.make_werkplaats("Noord")
    ThemeWork.objects.create(
        national_theme=theme, werkplaats=region, tasks=["monitoren"], valid_from=date(2013, 1, 1),
        valid_from_precision="jaar",
    )  # fmt: skip
    project = factories.make_project(werkplaats=region, national_theme=theme)
    said = page(client, theme.get_absolute_url())
    assert "Noord sinds 2013; volgen hoe het gaat" in said
    assert project.title in said
    assert "Eenzaamheid" in page(client, f"/onderzoek/landelijk/?werkplaats={region.uid}")


def test_notes_are_for_the_inside_and_names_for_nobody(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)
    circle.persons.add(around.accounts["deelnemer"].person)
    for notes_for in (Visibility.NETWORK, Visibility.WERKPLAATS):
        meeting = CircleMeeting.objects.create(
            circle=circle, place="Zeist", discussed=f"Over {notes_for}", notes=f"Intern {notes_for}",
            notes_for=notes_for,
        )  # fmt: skip
        meeting.steps.create(what=f"Doen {notes_for}")
    readers = {"bezoeker": Client(), "noord": around.client("noord"), "coordinator": around.client("coordinator")}
    seen = {name: page(reader, circle.get_absolute_url()) for name, reader in readers.items()}
    assert all("Over netwerk" in said and "Over werkplaats" in said for said in seen.values())
    for word in ("Intern", "Doen"):
        assert {name for name, said in seen.items() if f"{word} netwerk" in said} == {"noord", "coordinator"}
        assert {name for name, said in seen.items() if f"{word} werkplaats" in said} == {"coordinator"}
    assert all("Deelnemer" not in said for said in seen.values())


def test_lists_narrow_by_where_it_stands_and_by_strand(client: Client) -> None:
    region = factories.make_werkplaats()
    factories.make_project("Loopt nog", region)
    factories.make_project("Is klaar", region, state="afgerond")
    factories.make_yield("Een werkwijze", region, strand="vorm")
    factories.make_yield("Een inzicht", region, strand="inhoud")
    running = page(client, "/onderzoek/projecten/?stand=loopt")
    assert "Loopt nog" in running and "Is klaar" not in running
    form = page(client, "/onderzoek/opbrengsten/?krachtlijn=vorm")
    assert "Een werkwijze" in form and "Een inzicht" not in form
    home = page(client, "/onderzoek/")
    assert "Loopt nog" in home and "Is klaar" not in home and "Een inzicht" in home
    rows = client.get("/zoeken/lijst.csv?soort=opbrengst&krachtlijn=vorm").getvalue().decode("utf-8-sig")
    table = csv.DictReader(io.StringIO(rows), delimiter=";")
    assert [(row["titel"], row["krachtlijn"]) for row in table] == [("Een werkwijze", "vorm")]


def test_an_empty_list_says_what_would_fill_it(client: Client) -> None:
    for address in (*LISTS.values(), "/onderzoek/landelijk/", "/aanpakken/"):
        assert "Nog niets in deze lijst Zodra" in page(client, address)
    assert "Op dit moment loopt er niets" in page(client, "/onderzoek/")


def test_what_was_taken_off_answers_that_it_is_gone_and_why(around: Around, client: Client) -> None:
    pilot = factories.make_pilot(werkplaats=around.utrecht)
    pilot.withdrawn = "stond er dubbel"
    pilot.save()
    answer = client.get(pilot.get_absolute_url())
    assert (answer.status_code, "De reden: stond er dubbel." in answer.content.decode()) == (410, True)


def test_a_demo_says_so_and_where_it_comes_from(client: Client) -> None:
    circle = factories.make_circle(basis=Basis.DEMO, source="brontekst 003")
    said = page(client, circle.get_absolute_url())
    assert "Bron brontekst 003 (demo)" in said and "loopt demo" in said


@pytest.mark.parametrize("address", ["/onderzoek/", *LISTS.values()])
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(address: str, settings: Any) -> None:
    region = factories.make_werkplaats(group_word="atelier")
    place, theme = factories.make_municipality(), factories.make_theme()

    def made(number: int) -> None:
        circle = factories.make_circle(f"Kring {number}", region, themes=[theme])
        factories.make_project(f"Project {number}", region, themes=[theme], municipalities=[place])
        factories.make_pilot(f"Pilot {number}", region, circle=circle, municipalities=[place])
        factories.make_yield(f"Opbrengst {number}", circle=circle)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert Client().get(address).status_code == 200
        return len(queries)

    made(0)
    made(1)
    asked()
    few = asked()
    for number in range(2, 30):
        made(number)
    assert asked() == few


def test_a_page_asks_no_more_for_many_yields_than_for_two(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)

    def asked() -> int:
        reader = sign_in(around.accounts["coordinator"])
        reader.get(circle.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(circle.get_absolute_url()).status_code == 200
        return len(queries)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            factories.make_yield(f"Opbrengst {number}", circle=circle)
            meeting = CircleMeeting.objects.create(circle=circle, discussed="Veel", notes="Stil")
            meeting.steps.create(what="Doen")
            circle.members.create(organisation=around.ours, role=f"rol {number}")

    more(0, 2)
    few = asked()
    more(2, 25)
    assert asked() == few


def test_a_werkplaats_shows_the_newest_of_each_kind_whatever_came_after(client: Client) -> None:
    region = factories.make_werkplaats("Zuid")
    factories.make_pilot("De oude pilot", region)
    for number in range(7):
        factories.make_yield(f"Opbrengst {number}", region)
    said = page(client, "/werkplaatsen/zuid/")
    assert "De oude pilot" in said
    assert [number for number in range(7) if f"Opbrengst {number}" in said.partition("Vragen uit de regio")[0]] == [
        3, 4, 5, 6,
    ]  # fmt: skip


def test_what_came_of_a_pilot_that_is_over_is_not_still_to_come(around: Around) -> None:
    runs, over = (factories.make_pilot(state, around.utrecht, state=state) for state in ("loopt", "afgerond"))
    assert "Wat eruit kwam Nog niet bekend." in page(Client(), runs.get_absolute_url())
    assert "Wat eruit kwam Niet bekend." in page(Client(), over.get_absolute_url())


def test_what_is_no_step_of_a_trail_does_not_call_itself_one(around: Around) -> None:
    theme = NationalTheme.objects.create(name="Informele zorg", visibility="openbaar")
    way = Approach.objects.create(name="Presentie")
    project = factories.make_project(werkplaats=around.utrecht)
    for record, said in (
        (theme, "Bekijk wat hieraan vastzit"),
        (way, "Bekijk wat hieraan vastzit"),
        (project, "Bekijk de keten: van vraag tot antwoord"),
    ):
        assert said in page(Client(), record.get_absolute_url())
