"""People at organisations and what was said with them: who reads it, what is remembered, and being forgotten."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.around import Around
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.models import Draft, LogEntry, Visibility
from werkplaats.core.uid import new_uid
from werkplaats.core.versions import Conflict
from werkplaats.flows import persons
from werkplaats.network.models import Contact, Function
from werkplaats.network.rules import Stage
from werkplaats.people import actions as people
from werkplaats.people.models import Person
from werkplaats.research.models import CircleMeeting, YieldPartner

pytestmark = pytest.mark.django_db

# A Wednesday.
TODAY = datetime(2026, 11, 25, 11, tzinfo=UTC)
PEOPLE = ["coordinator", "collega", "noord", "lector", "partner", "buur", "landelijk", "beheerder", "deelnemer"]


@pytest.fixture(autouse=True)
def wednesday() -> Any:
    """The day on which everything here happens."""
    with clock.at(TODAY):
        yield


def function_at(around: Around, organisation: Any = None, **fields: Any) -> Function:
    """Someone at our partner, written down by Utrecht."""
    person = Person.objects.create(name="Mies Proefpersoon", email="mies@example.org", phone="06-00000000")
    values = {"what": "adviseur", "werkplaats": around.utrecht, "valid_from": factories.LONG_AGO, **fields}
    made: Function = Function.objects.create(person=person, organisation=organisation or around.ours, **values)
    return made


def contact_with(function: Function, around: Around, **fields: Any) -> Contact:
    """What the coordinator of Utrecht wrote down."""
    values = {
        "organisation": function.organisation, "person": function.person, "werkplaats": around.utrecht,
        "account": around.accounts["coordinator"], "said": "Mies Proefpersoon twijfelt nog", **fields,
    }  # fmt: skip
    made: Contact = Contact.objects.create(**values)
    return made


def text(answer: Any) -> str:
    """What a page says; nothing when it does not exist for this account."""
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_is_seen_only_by_coordinators_who_work_with_the_organisation(around: Around, name: str) -> None:
    one, client = function_at(around), around.client(name)
    contact_with(one, around)
    places = (
        "contactpersonen/", "contactpersonen/uitvoer.csv", f"contactpersonen/{one.uid}/",
        f"organisaties/{around.ours.uid}/", "contactpersonen/?q=mies",
    )  # fmt: skip
    seen = {place: "mies@example.org" in text(client.get(f"/beheer/{place}")) for place in places}
    assert set(seen.values()) == {name in {"coordinator", "collega"}}, seen


@pytest.mark.parametrize("name", PEOPLE)
def test_what_was_said_is_read_only_by_the_region_that_wrote_it(around: Around, name: str) -> None:
    # Both regions work with this organisation, and share it.
    factories.make_partnership(around.ours, around.noord, shared_at=clock.now())
    one, client = function_at(around), around.client(name)
    contact = contact_with(one, around)
    places = (
        "contactmomenten/", "contactmomenten/uitvoer.csv", f"contactmomenten/{contact.uid}/",
        f"organisaties/{around.ours.uid}/", f"contactpersonen/{one.uid}/", "contactmomenten/?q=twijfelt",
    )  # fmt: skip
    seen = {place: "twijfelt nog" in text(client.get(f"/beheer/{place}")) for place in places}
    assert set(seen.values()) == {name in {"coordinator", "collega"}}, seen
    assert ("mies@example.org" in text(client.get(f"/beheer/contactpersonen/{one.uid}/"))) is (
        name in {"coordinator", "collega", "noord"}
    )


def test_approaching_the_partner_of_another_shows_nobody(around: Around) -> None:
    one = function_at(around)
    factories.make_partnership(around.ours, around.noord, stage=Stage.APPROACHED)
    client = around.client("noord")
    assert client.get(f"/beheer/contactpersonen/{one.uid}/").status_code == 404
    # Whom Noord finds there itself, it does see.
    own = function_at(around, werkplaats=around.noord)
    assert client.get(f"/beheer/contactpersonen/{own.uid}/").status_code == 200


def test_nobody_is_found_in_the_hall(around: Around) -> None:
    contact_with(function_at(around), around)
    assert not any("Mies" in f"{entry.title} {entry.summary} {entry.body}" for entry in Entry.objects.all())


def sent(around: Around, **more: str) -> dict[str, str]:
    """What the form of a contact person sends."""
    return {
        "organisation": around.ours.name, "name": "Jan Nieuw", "email": "jan@example.org", "phone": "",
        "what": "wijkteam", "start": "2026-01", "end": "", **more,
    }  # fmt: skip


def test_a_contact_person_is_kept_without_words_in_the_logbook(around: Around) -> None:
    client = around.client("coordinator")
    client.post("/beheer/contactpersonen/nieuw/", sent(around))
    one = Function.objects.select_related("person").get()
    assert (one.person.name, one.werkplaats, one.what) == ("Jan Nieuw", around.utrecht, "wijkteam")
    client.post(f"/beheer/contactpersonen/{one.uid}/", sent(around, version="1", phone="010-1234567", what="directie"))
    one = Function.objects.select_related("person").get()
    assert (one.person.phone, one.what, one.version) == ("010-1234567", "directie", 2)
    lines = [f"{line.verb} {line.detail}" for line in LogEntry.objects.filter(verb__regex="person|function")]
    assert len(lines) == 4
    assert not any(word in line for line in lines for word in ("Jan", "jan@", "1234567", "wijkteam", "directie"))


def test_of_two_who_change_a_person_the_second_is_told(around: Around) -> None:
    one = function_at(around)
    address = f"/beheer/contactpersonen/{one.uid}/"
    fields = sent(around, version="1", name="Mies Proefpersoon", email="mies@example.org", what="adviseur")
    around.client("coordinator").post(address, {**fields, "phone": "1111"})
    shown = around.client("collega").post(address, {**fields, "phone": "2222"}).content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd" in shown and "1111" in shown
    assert Person.objects.get(pk=one.person_id).phone == "1111"


def test_one_person_at_two_organisations_is_one_person(around: Around) -> None:
    second = factories.make_organisation("Zorg Utrecht")
    factories.make_partnership(second, around.utrecht)
    client = around.client("coordinator")
    client.post("/beheer/contactpersonen/nieuw/", sent(around))
    client.post("/beheer/contactpersonen/nieuw/", sent(around, organisation="Zorg Utrecht"))
    assert Function.objects.count() == 2 and Person.objects.filter(name="Jan Nieuw").count() == 1
    again = text(client.post("/beheer/contactpersonen/nieuw/", sent(around)))
    assert "staat al bij deze organisatie" in again


def test_forms_about_one_person_at_two_organisations_do_not_overwrite_each_other(around: Around) -> None:
    one = function_at(around)
    second = factories.make_organisation("Zorg Utrecht")
    factories.make_partnership(second, around.utrecht)
    other = Function.objects.create(person=one.person, organisation=second, valid_from=factories.LONG_AGO)
    fields = sent(around, version="1", name="Mies Proefpersoon", email="mies@example.org")
    around.client("coordinator").post(f"/beheer/contactpersonen/{one.uid}/", {**fields, "phone": "1111"})
    fields |= {"organisation": "Zorg Utrecht", "phone": "2222"}
    shown = text(around.client("collega").post(f"/beheer/contactpersonen/{other.uid}/", fields))
    assert "Iemand anders heeft dit intussen gewijzigd" in shown and "1111" in shown and "2222" in shown
    assert Person.objects.get(pk=one.person_id).phone == "1111"
    # Only what they do there: nothing else is in the way of anybody.
    around.client("collega").post(f"/beheer/contactpersonen/{other.uid}/", {**fields, "version": "2", "phone": "1111"})
    assert (Function.objects.get(pk=one.pk).version, Function.objects.get(pk=other.pk).what) == (2, "wijkteam")


def test_who_was_erased_meanwhile_does_not_come_back(around: Around) -> None:
    one, by = function_at(around), around.accounts["coordinator"]
    read = Person.objects.get(pk=one.person_id)
    details = {"name": read.name, "email": read.email, "phone": "1111"}
    persons.erase(person=read, by=by)
    with pytest.raises(ValidationError, match="intussen gewist"):
        persons.keep_function(function=one, person=read, details=details, values={}, version=1, by=by)
    same = {"name": "", "email": "", "phone": ""}
    values = {"organisation": around.nobodys, "valid_from": factories.LONG_AGO}
    with pytest.raises(ValidationError, match="intussen gewist"):
        persons.keep_function(function=Function(), person=read, details=same, values=values, by=by)
    kept = Person.objects.get(pk=read.pk)
    assert (kept.name, kept.phone, kept.erased_at, Function.objects.count()) == ("", "", TODAY, 1)


def test_what_somebody_read_of_a_person_before_it_changed_is_not_kept(around: Around) -> None:
    one, by = function_at(around), around.accounts["coordinator"]
    read = Person.objects.get(pk=one.person_id)
    people.keep_person(person=read, name=read.name, email=read.email, phone="1111", by=by)
    with pytest.raises(Conflict):
        people.keep_person(person=read, name=read.name, email=read.email, phone="2222", by=by)
    assert Person.objects.get(pk=read.pk).phone == "1111"


@pytest.mark.parametrize(
    ("start", "end", "may"),
    [
        ("2021", "2022", True),
        ("2021", "2023-01", False),
        ("2025", "", False),
        ("2026-06", "", True),
        ("2019", "", False),
    ],
)
def test_a_person_is_at_an_organisation_once_at_a_time(around: Around, start: str, end: str, may: bool) -> None:
    # From 2023 up to and including May 2026.
    one = function_at(around, valid_from=date(2023, 1, 1), valid_to=date(2026, 6, 1))
    fields = sent(around, name="Mies Proefpersoon", email="mies@example.org", start=start, end=end)
    shown = text(around.client("coordinator").post("/beheer/contactpersonen/nieuw/", fields))
    assert (Function.objects.filter(person=one.person).count(), "staat al bij deze" in shown) == (1 + may, not may)


def test_an_end_by_being_erased_is_a_day(around: Around) -> None:
    one = function_at(around, valid_to=date(2028, 1, 1), valid_to_precision="jaar")
    persons.erase(person=one.person, by=around.accounts["coordinator"])
    kept = Function.objects.get()
    assert (kept.valid_to, kept.valid_to_precision) == (clock.today(), "dag")


def test_whom_the_writer_does_not_see_stays_with_what_was_said(around: Around) -> None:
    theirs = function_at(around, around.theirs, werkplaats=around.noord)
    contact = contact_with(theirs, around)
    client, address = around.client("coordinator"), f"/beheer/contactmomenten/{contact.uid}/"
    assert "iemand die u niet ziet; dat blijft zo" in text(client.get(address))
    fields = moment(around, organisation=around.theirs.name, version="1", person="", said="Ook gemaild")
    client.post(address, fields)
    kept = Contact.objects.get()
    assert (kept.said, kept.person_id) == ("Ook gemaild", theirs.person_id)
    # Whom one does see, one may take away.
    own = contact_with(function_at(around), around)
    client.post(f"/beheer/contactmomenten/{own.uid}/", moment(around, version="1", person=""))
    assert Contact.objects.get(pk=own.pk).person is None


def test_the_form_of_someone_known_says_since_when(around: Around) -> None:
    one = function_at(around, valid_from=date(2022, 5, 1), valid_from_precision="maand")
    client, address = around.client("coordinator"), f"/beheer/contactpersonen/{one.uid}/"
    start = re.search(r'name="start" value="([^"]*)"', text(client.get(address)))
    new = re.search(r'name="start" value="([^"]*)"', text(client.get("/beheer/contactpersonen/nieuw/")))
    assert start and new and (start[1], new[1]) == ("2022-05", "2026-11-25")


def test_what_is_typed_for_one_organisation_is_not_put_back_at_another(around: Around) -> None:
    client, second = around.client("coordinator"), factories.make_organisation("Zorg Utrecht")
    for kind, field in (("contactpersonen", "name"), ("contactmomenten", "said")):
        here, there = (f"/beheer/{kind}/nieuw/?organisatie={one.uid}" for one in (around.ours, second))
        place = re.search(r'data-place="([^"]+)"', text(client.get(here)))
        assert place and around.ours.uid in place[1]
        kept = client.post("/beheer/concept/", {"plek": place[1], "version": "0", field: "Half getypt"})
        assert kept.status_code == 200
        assert "Half getypt" in text(client.get(here)) and "Half getypt" not in text(client.get(there))
        assert "Half getypt" not in text(client.get(f"/beheer/{kind}/nieuw/"))
        # The pile on the desk leads back to it.
        ways = re.findall(r'href="([^"]+)"[^>]*>\s*Concept', text(client.get("/beheer/")))
        assert any("Half getypt" in text(client.get(way.replace("&amp;", "&"))) for way in ways), ways


def test_what_was_saved_is_no_draft_any_more(around: Around) -> None:
    client = around.client("coordinator")
    place = re.search(r'data-place="([^"]+)"', text(client.get("/beheer/contactpersonen/nieuw/")))
    assert place
    client.post("/beheer/concept/", {"plek": place[1], "version": "0", "name": "Jan"})
    wrong = text(client.post("/beheer/contactpersonen/nieuw/", sent(around, start="ooit")))
    assert f'data-place="{place[1]}"' in wrong
    client.post("/beheer/contactpersonen/nieuw/", sent(around))
    assert Function.objects.exists() and not Draft.objects.exists()


def moment(around: Around, **more: str) -> dict[str, str]:
    """What the form of a moment of contact sends."""
    return {"organisation": around.ours.name, "day": "2026-11-24", "said": "Gebeld over de kenniskring", **more}


def test_a_moment_of_contact_reminds_of_the_next_step(around: Around) -> None:
    one, client = function_at(around), around.client("coordinator")
    fields = moment(around, person=str(one.person_id), next_step="Overeenkomst sturen", next_on="2026-11-25")
    client.post("/beheer/contactmomenten/nieuw/", fields)
    contact = Contact.objects.get()
    assert (contact.werkplaats, contact.account) == (around.utrecht, around.accounts["coordinator"])
    assert "Overeenkomst sturen" in text(client.get("/beheer/"))
    # Of a colleague who is still there it is that colleague's.
    assert "Overeenkomst sturen" not in text(around.client("collega").get("/beheer/"))
    around.accounts["coordinator"].roles.update(valid_to=clock.today())
    assert "Overeenkomst sturen" in text(around.client("collega").get("/beheer/"))
    done = {**fields, "version": "1", "done": "on"}
    around.client("collega").post(f"/beheer/contactmomenten/{contact.uid}/", done)
    assert Contact.objects.get().done_on == date(2026, 11, 25)
    assert "Overeenkomst sturen" not in text(around.client("collega").get("/beheer/"))
    assert not any("Overeenkomst" in str(line.detail) for line in LogEntry.objects.all())


@pytest.mark.parametrize(
    ("day", "steps"),
    [("2026-11-24", {"laat", "open"}), ("2026-11-25", {"week", "open"}), ("2026-11-29", {"week", "open"}),
     ("2026-11-30", {"open"})],
)  # fmt: skip
def test_next_steps_are_found_by_when(around: Around, day: str, steps: set[str]) -> None:
    contact_with(function_at(around), around, said="", next_step="Bellen", next_on=date.fromisoformat(day))
    client = around.client("coordinator")
    found = {
        step
        for step in ("laat", "week", "open", "gedaan")
        if "Bellen" in text(client.get(f"/beheer/contactmomenten/?stap={step}"))
    }
    assert found == steps


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"next_step": "Bellen"}, "Wanneer doet u dit?"),
        ({"next_on": "2026-12-01"}, "Wat gaat u dan doen?"),
        ({"said": ""}, "Schrijf op wat er gezegd is"),
        ({"organisation": "Bestaat Niet"}, "kennen we niet"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(around: Around, fields: dict[str, str], said: str) -> None:
    answer = text(around.client("coordinator").post("/beheer/contactmomenten/nieuw/", moment(around, **fields)))
    assert said in answer and not Contact.objects.exists()
    assert fields.get("said") == "" or "Gebeld over de kenniskring" in answer


def test_someone_of_elsewhere_cannot_be_chosen(around: Around) -> None:
    theirs = function_at(around, around.theirs, werkplaats=around.noord)
    fields = moment(around, person=str(theirs.person_id))
    answer = text(around.client("coordinator").post("/beheer/contactmomenten/nieuw/", fields))
    assert "Mies" not in answer and not Contact.objects.exists()


def test_who_asks_is_forgotten_everywhere(around: Around) -> None:
    one = function_at(around)
    contact = contact_with(one, around, next_step="mies@example.org mailen", next_on=date(2026, 12, 1))
    Draft.objects.create(
        account="account-x", place=f"contactpersonen:{one.uid}", fields={"name": ["Mies"]}, kept_at=clock.now()
    )
    client = around.client("coordinator")
    page = text(client.get(f"/beheer/contactpersonen/{one.uid}/wissen/"))
    assert "Wis deze persoon" in page and Person.objects.get(pk=one.person_id).name
    client.post(f"/beheer/contactpersonen/{one.uid}/wissen/")
    person, contact = Person.objects.get(pk=one.person_id), Contact.objects.get(pk=contact.pk)
    assert (person.name, person.email, person.phone) == ("", "", "") and person.erased_at == TODAY
    assert (contact.said, contact.next_step, contact.person) == ("[…] twijfelt nog", "[…] mailen", None)
    assert Function.objects.get().valid_to == clock.today() and not Draft.objects.exists()
    line = LogEntry.objects.get(verb="people.person.erased")
    assert (line.target, line.actor, line.detail) == (person.uid, around.accounts["coordinator"].uid, {})
    assert client.get(f"/beheer/contactpersonen/{one.uid}/").status_code == 404


def test_being_forgotten_leaves_the_words_of_others_whole(around: Around) -> None:
    one = function_at(around)
    Person.objects.filter(pk=one.person_id).update(name="Jan van der Wit")
    said = "In januari was de kamer wit; Jan Smit nam het over van Jan van der Wit."
    other = Contact.objects.create(organisation=one.organisation, said=said, werkplaats=around.noord)
    around.client("coordinator").post(f"/beheer/contactpersonen/{one.uid}/wissen/")
    other.refresh_from_db()
    assert other.said == "In januari was de kamer wit; Jan Smit nam het over van […]."


def test_who_sat_in_a_group_is_forgotten_there(around: Around) -> None:
    one = function_at(around)
    circle = factories.make_circle("Samenspel", around.utrecht)
    circle.persons.add(one.person)
    meeting = CircleMeeting.objects.create(
        circle=circle, discussed="Mies Proefpersoon vertelde over wonen.", notes="Bel 06-00000000. Mies twijfelt."
    )
    meeting.steps.create(what="Mail naar mies@example.org", who="mies proefpersoon")
    elsewhere = CircleMeeting.objects.create(
        circle=factories.make_circle("Buiten", around.utrecht), notes="Gesproken met Mies Proefpersoon"
    )
    for place, typed in (
        (f"kringbijeenkomsten:{meeting.uid}", "Mies zegt"),
        (f"projecten:{new_uid('project')}", "volgens Mies Proefpersoon"),
        (f"kringen:nieuw:{new_uid('werkplaats')}", "Mies en anderen"),
    ):
        Draft.objects.create(account="account-x", place=place, fields={"notes": [typed]}, kept_at=clock.now())
    client = around.client("coordinator")
    address = f"/beheer/contactpersonen/{one.uid}/wissen/"
    there = [f"/beheer/kringbijeenkomsten/{row.uid}/" for row in (meeting, elsewhere)]
    before = text(client.get(address))
    assert all(one in before for one in there)
    after = text(client.post(address))
    # Told once more, with where to go; not who it was.
    assert all(one in after for one in there) and "Mies" not in after and "Proefpersoon" not in after
    meeting.refresh_from_db()
    (step,) = meeting.steps.all()
    assert (meeting.discussed, meeting.notes) == ("[…] vertelde over wonen.", "Bel […]. Mies twijfelt.")
    assert (step.what, step.who, meeting.version) == ("Mail naar […]", "[…]", 2)
    assert not circle.persons.exists()
    # A first name in another form may be another's.
    assert [draft.place.partition(":")[0] for draft in Draft.objects.all()] == ["kringen"]
    assert "Mies" not in str(list(LogEntry.objects.values_list("detail", flat=True)))
    # Another of that name may be meant: that is for people to read.
    elsewhere.refresh_from_db()
    assert elsewhere.notes == "Gesproken met Mies Proefpersoon"


def test_of_where_a_name_stands_one_hears_only_what_one_may_read(around: Around) -> None:
    one = function_at(around)
    name = one.person.name
    theirs = factories.make_circle("Besloten", around.noord, visibility=Visibility.WERKPLAATS, summary=name)
    meeting = CircleMeeting.objects.create(circle=theirs, notes=name)
    shown = factories.make_project("Wonen", around.noord, summary=f"Geleid door {name}.")
    ours = factories.make_yield("Een training", around.utrecht, visibility=Visibility.WERKPLAATS)
    YieldPartner.objects.create(made=ours, organisation=around.ours, role=f"gegeven door {name}")
    page = text(around.client("coordinator").get(f"/beheer/contactpersonen/{one.uid}/wissen/"))
    assert ours.uid in page and shown.get_absolute_url() in page
    assert theirs.uid not in page and meeting.uid not in page


@pytest.mark.parametrize("name", ["noord", "lector", "partner", "landelijk", "beheerder"])
def test_only_who_sees_a_person_can_erase_them(around: Around, name: str) -> None:
    one = function_at(around)
    around.client(name).post(f"/beheer/contactpersonen/{one.uid}/wissen/")
    assert Person.objects.get(pk=one.person_id).name == "Mies Proefpersoon"


def test_who_has_an_account_keeps_the_own_details(around: Around) -> None:
    person = around.accounts["partner"].person
    one = Function.objects.create(
        person=person, organisation=around.ours, werkplaats=around.utrecht, valid_from=factories.LONG_AGO
    )
    client = around.client("coordinator")
    client.post(f"/beheer/contactpersonen/{one.uid}/", sent(around, version="1", name="Anders"))
    assert Person.objects.get(pk=person.pk).name == person.name
    assert Function.objects.get().what == "wijkteam"
    with pytest.raises(ValidationError, match="heeft een account"):
        persons.erase(person=person, by=around.accounts["coordinator"])
    assert Function.objects.get().valid_to is None
