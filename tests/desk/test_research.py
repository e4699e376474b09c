"""Research at the desk: who keeps what, what may be chosen, what waits, and what two people do at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import factories
from tests.around import Around
from werkplaats.agenda import actions as agenda
from werkplaats.core import clock, logbook
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import Draft, Visibility
from werkplaats.network.models import Function
from werkplaats.people.models import Person
from werkplaats.research.models import Circle, CircleMeeting, Pilot, Project, ThemeWork, Yield
from werkplaats.research.models.national import NationalTheme

pytestmark = pytest.mark.django_db
PROJECT = {
    "version": "0", "title": "Samen eten", "state": "loopt", "visibility": "openbaar", "basis": "bekend",
    "partners": "Welzijn Utrecht: kookt", "start": "2025-09",
}  # fmt: skip
YIELD = {"version": "0", "title": "Een inzicht", "kind": "training", "strand": "inhoud", "visibility": "openbaar"}
YIELD["basis"] = "bekend"


def page(around: Around, name: str, address: str) -> str:
    """What a page says; nothing when it is not for this account."""
    answer = around.client(name).get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


MAKES = {
    "coordinator": "Utrecht", "lector": "Utrecht", "noord": "Noord", "landelijk": "", "partner": None,
    "beheerder": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "whose"), MAKES.items())
def test_who_makes_a_project_and_for_whom(around: Around, name: str, whose: str | None) -> None:
    around.client(name).post("/beheer/projecten/nieuw/", PROJECT)
    found = Project.objects.first()
    assert (None if found is None else found.werkplaats.name if found.werkplaats else "") == whose
    if found:
        assert [str(one) for one in found.partners.all()] == ["Welzijn Utrecht: kookt"]
        assert found.period == "sinds september 2025"


def test_a_foreign_record_is_in_no_view_and_no_choice(around: Around) -> None:
    theirs = factories.make_circle("Hun kring", around.noord)
    own = factories.make_circle("Onze kring", around.utrecht)
    project = factories.make_project("Hun project", around.noord, visibility=Visibility.WERKPLAATS)
    made = factories.make_yield("Iets", circle=own)
    client = around.client("coordinator")
    form = page(around, "coordinator", f"/beheer/opbrengsten/{made.uid}/")
    assert "Onze kring" in form and "Hun kring" not in form and "Hun project" not in form
    for address in (f"/beheer/kringen/{theirs.uid}/", f"/beheer/kringen/{theirs.uid}/geschiedenis/"):
        assert client.get(address).status_code == 404
    for field, foreign in (("circle", theirs), ("project", project)):
        client.post(f"/beheer/opbrengsten/{made.uid}/", YIELD | {"version": "1", field: str(foreign.pk)})
        assert getattr(Yield.objects.get(pk=made.pk), field) != foreign
    # Nor may one begin at theirs.
    client.post(f"/beheer/kringbijeenkomsten/nieuw/?kring={theirs.uid}", {"notes_for": "netwerk", "basis": "bekend"})
    assert not CircleMeeting.objects.exists()


def test_who_takes_part_in_a_project_reads_it_and_does_not_change_it(around: Around) -> None:
    project = factories.make_project("Samen", around.noord, visibility=Visibility.WERKPLAATS, others=[around.utrecht])
    assert "U kunt dit lezen, niet wijzigen." in page(around, "coordinator", f"/beheer/projecten/{project.uid}/")
    around.client("coordinator").post(f"/beheer/projecten/{project.uid}/", PROJECT | {"version": "1"})
    assert Project.objects.get(pk=project.pk).title == "Samen"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("partners", "Onbekende club: kookt", "Regel 1: Organisatie “Onbekende club” kennen we niet"),
        ("municipalities", "Timboektoe", "Regel 1: Gemeente “Timboektoe” kennen we niet"),
        ("questions", "dit is geen adres", "“dit is geen adres” kennen we niet. Plak het adres van de pagina."),
        ("start", "vorig jaar", "“vorig jaar” is geen datum"),
        ("end", "2020", "Het einde (2020) ligt vóór het begin (september 2025)"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(around: Around, field: str, typed: str, said: str) -> None:
    shown = around.client("coordinator").post("/beheer/projecten/nieuw/", PROJECT | {field: typed}).content.decode()
    assert said in shown and typed in shown and "Samen eten" in shown
    assert not Project.objects.exists()


def test_a_project_begins_at_a_question_and_names_only_those_one_may_see(around: Around) -> None:
    public = factories.make_question("Wie eet er alleen?", werkplaats=around.noord)
    waiting = factories.make_question("Nog niet gelezen", public=False, werkplaats=around.noord)
    assert public.uid in page(around, "coordinator", f"/beheer/projecten/nieuw/?vraag={public.uid}")
    assert (
        waiting.uid
        not in page(around, "coordinator", f"/beheer/projecten/nieuw/?vraag={waiting.uid}")
        .partition("<form")[2]
        .partition("</textarea>")[0]
        .partition("questions")[2]
    )
    client = around.client("coordinator")
    client.post("/beheer/projecten/nieuw/", PROJECT | {"questions": f"https://site.nl/vragen/{waiting.uid}/"})
    assert not Project.objects.exists()
    client.post("/beheer/projecten/nieuw/", PROJECT | {"questions": f"https://site.nl/vragen/{public.uid}/"})
    assert list(Project.objects.get().questions.all()) == [public]


def test_three_fields_make_a_yield_of_the_group_where_one_stands(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)
    client, address = around.client("coordinator"), f"/beheer/opbrengsten/nieuw/?kring={circle.uid}"
    form = client.get(address).content.decode()
    first, _later, rest = form.partition("<form")[2].partition("<details")
    assert all(f'name="{name}"' in first for name in ("title", "kind", "strand", "circle"))
    assert 'name="description"' in rest and 'name="description"' not in first
    # What the form sends when only these three are filled in.
    client.post(address, YIELD | {"circle": str(circle.pk)})
    made = Yield.objects.get()
    assert (made.circle, made.werkplaats, made.visibility) == (circle, around.utrecht, Visibility.PUBLIC)


def test_two_who_change_a_pilot_at_once_are_both_kept(around: Around) -> None:
    pilot = factories.make_pilot("Proef", around.utrecht)
    sent = {"version": "1", "tries": "Iets", "state": "loopt", "design": "onbekend", "visibility": "openbaar"}
    sent["basis"] = "bekend"
    address = f"/beheer/pilots/{pilot.uid}/"
    around.client("coordinator").post(address, sent | {"title": "Van de een"})
    shown = around.client("lector").post(address, sent | {"title": "Van de ander"}).content.decode()
    assert "Van de ander" in shown and "Nu staat er:" in shown and "Van de een" in shown
    assert Pilot.objects.get().title == "Van de een"


def test_a_draft_of_a_meeting_leads_back_to_its_group(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)
    Draft.objects.create(
        account=around.accounts["coordinator"].uid, place=f"kringbijeenkomsten:nieuw:{circle.uid}",
        fields={"place": ["Zeist"]}, kept_at=clock.now(),
    )  # fmt: skip
    assert f"/beheer/kringbijeenkomsten/nieuw/?kring={circle.uid}" in page(around, "coordinator", "/beheer/")
    assert "Zeist" in page(around, "coordinator", f"/beheer/kringbijeenkomsten/nieuw/?kring={circle.uid}")


def test_a_meeting_keeps_who_would_do_what_and_when_it_is_done(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)
    client = around.client("coordinator")
    sent = {"version": "0", "when": "2026-03", "notes": "Stil", "notes_for": "netwerk", "basis": "bekend"}
    step = {"wat_0": "Verslag sturen", "wie_0": "lector", "dag_0": "1-4-2026"}
    client.post(f"/beheer/kringbijeenkomsten/nieuw/?kring={circle.uid}", sent | {"wie_0": "lector"})
    assert not CircleMeeting.objects.exists()
    client.post(f"/beheer/kringbijeenkomsten/nieuw/?kring={circle.uid}", sent | step)
    meeting = CircleMeeting.objects.get()
    assert meeting.when == "maart 2026"
    assert list(meeting.steps.values_list("what", "who", "due", "done_on")) == [
        ("Verslag sturen", "lector", date(2026, 4, 1), None)
    ]
    done = sent | step | {"version": str(meeting.version), "gedaan_0": "2-4-2026", "wat_1": "Nog iets"}
    client.post(f"/beheer/kringbijeenkomsten/{meeting.uid}/", done)
    assert list(meeting.steps.values_list("what", "done_on")) == [
        ("Verslag sturen", date(2026, 4, 2)),
        ("Nog iets", None),
    ]


def test_who_sits_in_a_group_by_name_is_for_its_coordinators(around: Around) -> None:
    person = Person.objects.create(name="Mies Proefpersoon")
    Function.objects.create(
        person=person, organisation=around.ours, werkplaats=around.utrecht, valid_from=factories.LONG_AGO
    )
    circle = factories.make_circle(werkplaats=around.utrecht)
    address = f"/beheer/kringen/{circle.uid}/"
    sent = {"version": "1", "name": "Wonen", "state": "loopt", "visibility": "openbaar", "basis": "bekend"}
    around.client("coordinator").post(address, sent | {"persons": str(person.pk), "members": "bewoners"})
    assert list(circle.persons.all()) == [person]
    shown = {name for name in ("coordinator", "lector", "landelijk") if "Mies" in page(around, name, address)}
    assert shown == {"coordinator"}
    # Who does not see them, does not take them away.
    around.client("lector").post(address, sent | {"version": "2", "name": "Wonen en zorg"})
    circle.refresh_from_db()
    assert (circle.name, list(circle.persons.all())) == ("Wonen en zorg", [person])
    assert "Mies" not in page(around, "coordinator", f"{address}geschiedenis/")


def waits(around: Around, name: str) -> set[str]:
    """Which piles of research wait for someone."""
    shown = page(around, name, "/beheer/")
    piles = {
        "lezen": "Resultaten om na te lezen", "terug": "Teruggegeven door de tweede lezer",
        "afspraken": "Afspraken van kringen die te laat zijn", "klaar": "Zou al klaar zijn",
    }  # fmt: skip
    return {pile for pile, title in piles.items() if title in shown}


def test_what_waits_waits_for_those_who_can_do_it(around: Around) -> None:
    yesterday = clock.today() - timedelta(days=1)
    factories.make_project(werkplaats=around.utrecht, valid_to=yesterday)
    circle = factories.make_circle(werkplaats=around.utrecht)
    meeting = CircleMeeting.objects.create(circle=circle)
    meeting.steps.create(what="Verslag sturen", due=yesterday)
    assert waits(around, "coordinator") == {"afspraken", "klaar"}
    assert waits(around, "noord") == waits(around, "landelijk") == set()
    sent = {"version": "0", "title": "Proef", "tries": "Iets", "state": "loopt", "design": "onbekend", "basis": "demo"}
    sent |= {"visibility": "openbaar", "outcome": "Het hielp."}
    around.client("coordinator").post("/beheer/pilots/nieuw/", sent)
    assert {name for name in around.accounts if "lezen" in waits(around, name)} == {"collega", "lector", "landelijk"}
    pilot = Pilot.objects.get()
    address = f"/beheer/pilots/{pilot.uid}/nalezen/"
    around.client("lector").post(address, {"version": str(pilot.version), "besluit": "terug", "reason": "Hoeveel?"})
    assert "terug" in waits(around, "coordinator") and "lezen" not in waits(around, "collega")
    assert "Hoeveel?" in page(around, "coordinator", f"/beheer/pilots/{pilot.uid}/")


def test_each_werkplaats_says_what_it_does_for_a_national_theme(around: Around) -> None:
    theme = NationalTheme.objects.create(name="Eenzaamheid", visibility="openbaar")
    address = f"/beheer/themawerk/nieuw/?thema={theme.uid}"
    sent: dict[str, Any] = {"version": "0", "tasks": ["onderzoeken", "ontwikkelen"], "start": "2012", "basis": "bekend"}
    client = around.client("coordinator")
    client.post(address, sent | {"werkplaats": str(around.noord.pk)})
    assert not ThemeWork.objects.exists()
    client.post(address, sent | {"werkplaats": str(around.utrecht.pk)})
    work = ThemeWork.objects.get()
    assert (work.tasks, work.period) == (["ontwikkelen", "onderzoeken"], "sinds 2012")
    assert Circle.objects.count() == 0


def test_a_meeting_of_which_nothing_is_known_is_not_kept(around: Around) -> None:
    circle = factories.make_circle(werkplaats=around.utrecht)
    address = f"/beheer/kringbijeenkomsten/nieuw/?kring={circle.uid}"
    sent = {"version": "0", "notes_for": "netwerk", "basis": "bekend", "source": "verslag"}
    answer = around.client("coordinator").post(address, sent).content.decode()
    assert "Schrijf wanneer de groep bijeenkwam, of waar het over ging." in answer
    assert not CircleMeeting.objects.exists()


def test_a_line_that_is_not_understood_says_what_to_do_there(around: Around) -> None:
    client = around.client("coordinator")
    sent = {"version": "0", "name": "Samenspel", "state": "loopt", "visibility": "openbaar", "basis": "bekend"}
    lines = "Stichting Nergens: kookt\n: kookt"
    answer = client.post("/beheer/kringen/nieuw/", sent | {"members": lines, "partners": lines}).content.decode()
    assert (
        "Regel 1: Organisatie “Stichting Nergens” kennen we niet. Schrijf haar naam zoals bij Organisaties, of"
        in answer
    )
    assert "Is het een rol? Laat de dubbele punt dan weg." in answer
    assert answer.count("Regel 2: voor de dubbele punt staat geen organisatie.") == 2
    pilot = {"version": "0", "title": "Proef", "tries": "Iets", "municipalities": "Nergenshuizerdijkstede"}
    answer = client.post("/beheer/pilots/nieuw/", pilot).content.decode()
    assert "Schrijf de naam van een gemeente van nu." in answer
    assert "waar u woont" not in answer


def test_a_national_theme_has_no_own_werkplaats(around: Around) -> None:
    form = around.client("landelijk").get("/beheer/landelijke-themas/nieuw/").content.decode()
    assert "werkplaatsen die eraan werken" in form
    assert "eigen werkplaats" not in form


def test_the_history_keeps_words_of_before_to_the_own_werkplaats(around: Around) -> None:
    # Kept before the logbook left out the words of what is closed.
    project = factories.make_project("Nu open", around.utrecht, others=[around.noord])
    then = {"title": "Toen besloten", "visibility": "werkplaats"}
    now = {"title": "Nu open", "visibility": "openbaar"}
    detail = {"before": then, "after": now}
    logbook.write("research.project.changed", project.uid, by=around.accounts["coordinator"], detail=detail)
    address = f"/beheer/projecten/{project.uid}/geschiedenis/"
    said = {name: page(around, name, address) for name in ("coordinator", "lector", "noord", "landelijk")}
    assert all("Gewijzigd" in text and "openbaar" in text for text in said.values())
    assert {name for name, text in said.items() if "Toen besloten" in text} == {"coordinator", "lector"}
    assert "de inhoud leest alleen wie dit bijhoudt" in said["landelijk"]


def test_what_one_may_not_read_stands_in_the_form_without_its_name_and_stays(around: Around) -> None:
    theirs, project = factories.make_circle("Hun kring", around.noord), factories.make_project(werkplaats=around.noord)
    hidden = {"visibility": Visibility.WERKPLAATS}
    closed = factories.make_project("Hun project", around.noord, **hidden)
    made = factories.make_yield("Iets", werkplaats=around.utrecht, circle=theirs, project=closed)
    client, address = around.client("coordinator"), f"/beheer/opbrengsten/{made.uid}/"
    form = client.get(address).content.decode()
    assert "Hun project" not in form
    assert f'<option value="{closed.pk}" selected>een besloten project</option>' in form
    sent = {"version": "1", "title": "Beter", "kind": "training", "strand": "inhoud", "visibility": "openbaar"}
    client.post(address, sent | {"basis": "bekend", "circle": theirs.pk, "project": closed.pk})
    kept = factories.fresh(made)
    assert (kept.title, kept.circle, kept.project) == ("Beter", theirs, closed)
    # What stands there, one may take away.
    open_one = factories.make_yield("Iets", werkplaats=around.noord, circle=theirs, project=project)
    around.client("noord").post(f"/beheer/opbrengsten/{open_one.uid}/", sent | {"basis": "bekend"})
    assert factories.fresh(open_one).project is None


def test_words_of_a_question_that_was_withdrawn_stand_in_no_draft(around: Around) -> None:
    asked = factories.make_question("Mijn buurman eet al weken alleen. Wie kent een eettafel?", werkplaats=around.noord)
    client = around.client("coordinator")
    address = f"/beheer/projecten/nieuw/?vraag={asked.uid}"
    begun = client.get(address).content.decode().partition('data-place="')[2].partition('"')[0]
    assert begun == f"projecten:nieuw:{asked.uid}"

    def keep(place: str, **typed: str) -> None:
        assert client.post("/beheer/concept/", {"plek": place, "version": "0", **typed}).status_code == 200

    project = factories.make_project("Eten", around.utrecht)
    keep(begun, title="Samen eten", why="In eigen woorden")
    keep(f"projecten:{project.uid}", questions=f"{asked.uid}  Mijn buurman eet al weken alleen.")
    keep("kringen:nieuw", looks_at="Iemand schreef: mijn  buurman\neet al weken alleen. Wij ook.")
    keep("pilots:nieuw", tries="Samen eten in de buurt")
    agenda.withdraw_question(question=asked, by=VISITOR)
    assert list(Draft.objects.values_list("place", flat=True)) == ["pilots:nieuw"]
    assert "buurman" not in page(around, "coordinator", address)
