"""A contact person looks by a mailed link at what we know, corrects it, and confirms it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests import factories
from tests.around import Around, make_around
from werkplaats.core import clock
from werkplaats.core.models import LogEntry
from werkplaats.flows import persons
from werkplaats.network.models import Check, Function, Organisation
from werkplaats.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Around:
    """People at the desk."""
    return make_around()


@pytest.fixture
def function(around: Around) -> Function:
    """Whom Utrecht knows at its partner."""
    person = Person.objects.create(name="Mies Proefpersoon", email="mies@example.org")
    made: Function = Function.objects.create(
        person=person, organisation=around.ours, werkplaats=around.utrecht, what="adviseur",
        valid_from=factories.LONG_AGO,
    )  # fmt: skip
    return made


def asked(around: Around, function: Function, name: str = "coordinator") -> str:
    """The secret in the mail that was sent; nothing when none was."""
    before = len(mail.outbox)
    around.client(name).post(f"/beheer/bevestigingen/vraag/{function.uid}/")
    if len(mail.outbox) == before:
        return ""
    found = re.search(r"/bevestigen/\?sleutel=(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def answer(secret: str, **changed: str) -> Any:
    """What somebody without account sends."""
    return Client().post("/bevestigen/", {"sleutel": secret, **fields(**changed)})


def fields(**changed: str) -> dict[str, str]:
    """The form as it stands, with some of it otherwise; ``org_`` for the organisation."""
    known = {
        "org-name": "Welzijn Utrecht", "org-seat": "", "org-kvk": "", "name": "Mies Proefpersoon", "what": "adviseur",
        "email": "mies@example.org", "phone": "", "note": "", "versie": "1",
    }  # fmt: skip
    return {**known, **{name.replace("org_", "org-"): value for name, value in changed.items()}}


def test_the_mail_is_warm_and_its_page_shows_what_we_know(around: Around, function: Function) -> None:
    around.ours.identifiers.create(scheme="kvk", value="12345678")
    secret = asked(around, function)
    message = mail.outbox[0]
    assert message.to == ["mies@example.org"] and message.reply_to == ["coordinator@example.org"]
    assert "Dag Mies Proefpersoon," in message.body and "Welzijn Utrecht" in message.subject
    page = Client().get(f"/bevestigen/?sleutel={secret}").content.decode()
    assert all(word in page for word in ("Welzijn Utrecht", "12345678", "Mies Proefpersoon", "adviseur"))
    # Looking is not confirming: a scanner of mail opens links.
    assert Organisation.objects.get(pk=around.ours.pk).confirmed_on is None
    # Of the secret only a hash is kept.
    assert not Check.objects.filter(secret_hash=secret).exists() and secret not in str(LogEntry.objects.values())


def test_confirming_keeps_own_details_at_once_and_the_day(around: Around, function: Function) -> None:
    answer(asked(around, function), phone="030-1234567", what="teamleider")
    person, one = Person.objects.get(pk=function.person_id), Function.objects.get(pk=function.pk)
    assert (person.phone, one.what) == ("030-1234567", "teamleider")
    assert Organisation.objects.get(pk=around.ours.pk).confirmed_on == clock.today()
    assert not Check.objects.get().waits()
    verbs = [line.verb for line in LogEntry.objects.order_by("number")][-3:]
    assert verbs == ["network.check.sent", "people.person.changed", "network.organisation.confirmed"]
    assert not any(word in str(line.detail) for line in LogEntry.objects.all() for word in ("1234567", "teamleider"))


def test_what_they_change_of_the_organisation_waits_for_the_coordinator(around: Around, function: Function) -> None:
    answer(asked(around, function), org_name="Welzijn Utrecht-Stad", org_kvk="87654321", note="Wij zijn verhuisd")
    kept = Organisation.objects.get(pk=around.ours.pk)
    assert kept.name == "Welzijn Utrecht" and not kept.identifiers.exists()
    check, client = Check.objects.get(), around.client("coordinator")
    assert f"/beheer/bevestigingen/{check.uid}/" in client.get("/beheer/").content.decode()
    page = client.get(f"/beheer/bevestigingen/{check.uid}/").content.decode()
    assert "Welzijn Utrecht-Stad" in page and "Wij zijn verhuisd" in page
    for name in ("noord", "lector", "partner", "landelijk"):
        sent = {"besluit": "overnemen"}
        assert around.client(name).post(f"/beheer/bevestigingen/{check.uid}/", sent).status_code == 404
    client.post(f"/beheer/bevestigingen/{check.uid}/", {"besluit": "overnemen"})
    kept.refresh_from_db()
    assert (kept.name, kept.former) == ("Welzijn Utrecht-Stad", ["Welzijn Utrecht"])
    assert kept.identifiers.get().value == "87654321"
    check.refresh_from_db()
    assert (check.proposal, check.note) == ({}, "")


def test_not_taken_over_changes_nothing(around: Around, function: Function) -> None:
    answer(asked(around, function), org_name="Onzin")
    check = Check.objects.get()
    around.client("collega").post(f"/beheer/bevestigingen/{check.uid}/", {"besluit": "laten"})
    assert Organisation.objects.get(pk=around.ours.pk).name == "Welzijn Utrecht"
    check.refresh_from_db()
    assert check.proposal == {} and not check.waits()


def test_a_link_works_once_in_time_and_for_this_alone(around: Around, function: Function) -> None:
    secret = asked(around, function)
    assert Client().get("/bevestigen/?sleutel=geraden").status_code == 410
    assert Client().get(f"/uitnodiging/?sleutel={secret}").status_code == 410
    with clock.at(clock.now() + timedelta(days=31)):
        gone = Client().get(f"/bevestigen/?sleutel={secret}")
        assert gone.status_code == 410 and "Antwoord dan op de mail" in gone.content.decode()
    assert "vandaag door u bevestigd" in answer(secret).content.decode()
    assert answer(secret, name="Een Ander").status_code == 410
    assert Person.objects.get(pk=function.person_id).name == "Mies Proefpersoon"


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"org_kvk": "123"}, "acht cijfers"), ({"email": "mies"}, "e-mailadres"), ({"name": ""}, "naam")],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    around: Around, function: Function, changed: dict[str, str], said: str
) -> None:
    page = answer(asked(around, function), phone="030-1234567", **changed).content.decode()
    assert said in page.lower() and "030-1234567" in page
    assert Person.objects.get(pk=function.person_id).phone == "" and Check.objects.get().is_open()


def test_what_the_desk_changed_meanwhile_is_not_overwritten_unseen(around: Around, function: Function) -> None:
    secret = asked(around, function)
    sent = {"name": "Mies Proefpersoon", "email": "mies@example.org", "phone": "030-7654321", "start": "2020-01-01"}
    around.client("coordinator").post(f"/beheer/contactpersonen/{function.uid}/", {"version": "1", **sent})
    page = answer(secret, phone="030-1234567", what="teamleider").content.decode()
    assert "Iemand wijzigde intussen" in page and "Hier staat nu: 030-7654321" in page and "030-1234567" in page
    assert Person.objects.get(pk=function.person_id).phone == "030-7654321" and Check.objects.get().is_open()
    # Looked at again: now it is meant.
    assert 'name="versie" value="2"' in page
    answer(secret, phone="030-1234567", versie="2")
    assert Person.objects.get(pk=function.person_id).phone == "030-1234567"


def test_who_left_is_not_written_again(around: Around, function: Function) -> None:
    # They would stay until somewhere in a year to come.
    end = {"valid_to": date(clock.today().year + 2, 1, 1), "valid_to_precision": "jaar"}
    Function.objects.update(**end)
    assert "niet meer werkt" in answer(asked(around, function), left="on").content.decode()
    kept = Function.objects.get()
    assert (kept.valid_to, kept.valid_to_precision) == (clock.today(), "dag")
    assert Organisation.objects.get(pk=around.ours.pk).confirmed_on is None
    assert asked(around, function) == ""


def test_who_was_erased_is_not_met_by_an_empty_name(around: Around, function: Function) -> None:
    secret = asked(around, function)
    persons.erase(person=function.person, by=around.accounts["coordinator"])
    assert Client().get(f"/bevestigen/?sleutel={secret}").status_code == 410


@pytest.mark.parametrize("name", ["noord", "lector", "partner", "landelijk", "beheerder"])
def test_only_who_knows_a_person_writes_to_them(around: Around, function: Function, name: str) -> None:
    assert asked(around, function, name) == ""


def test_a_second_mail_within_a_month_is_not_sent(around: Around, function: Function) -> None:
    assert asked(around, function) and not asked(around, function)
    with clock.at(clock.now() + timedelta(days=31)):
        assert asked(around, function)


def test_a_round_goes_to_partners_nobody_confirmed_for_a_year(around: Around, function: Function) -> None:
    client = around.client("coordinator")
    other = factories.make_organisation("Zorg Utrecht", confirmed_on=clock.today() - timedelta(days=10))
    factories.make_partnership(other, around.utrecht)
    silent = factories.make_organisation("Stil Utrecht", confirmed_on=clock.today() - timedelta(days=400))
    factories.make_partnership(silent, around.utrecht)
    found = client.get("/beheer/organisaties/?bevestigd=oud").content.decode()
    assert "Welzijn Utrecht" in found and "Stil Utrecht" in found and "Zorg Utrecht" not in found
    page = client.get("/beheer/bevestigingen/ronde/").content.decode()
    # Nobody is known at the second.
    assert "mies@example.org" in page and "Stil Utrecht" in page and "Zorg Utrecht" not in page
    client.post("/beheer/bevestigingen/ronde/", {"wie": [function.uid]})
    assert [message.to for message in mail.outbox] == [["mies@example.org"]]
    page = client.get("/beheer/bevestigingen/ronde/").content.decode()
    assert "mies@example.org" not in page
    # Whom nobody knows is told apart from who was asked already.
    nobody, already = page.split("De laatste dertig dagen al gevraagd")
    assert f"/beheer/contactpersonen/nieuw/?organisatie={silent.uid}" in nobody and "Welzijn Utrecht" not in nobody
    assert "Welzijn Utrecht" in already and "Stil Utrecht" not in already


def test_a_partner_of_another_region_cannot_be_in_a_round(around: Around, function: Function) -> None:
    client = around.client("noord")
    assert "mies@example.org" not in client.get("/beheer/bevestigingen/ronde/").content.decode()
    client.post("/beheer/bevestigingen/ronde/", {"wie": [function.uid]})
    assert mail.outbox == []
