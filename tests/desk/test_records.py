"""Records at the desk: each sees and changes the own ones, nothing is overwritten unseen, nothing typed is lost."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import factories
from tests.around import Around
from werkplaats.agenda.actions import note_answer
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import Draft, LogEntry
from werkplaats.network.models import Leadership, Organisation, Partnership, Phase, Werkplaats
from werkplaats.network.queries.coverage import coverage
from werkplaats.network.rules import LeadRole, OrganisationKind, Stage, Status
from werkplaats.people import actions as people
from werkplaats.terms.models import Theme

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    """What a page says; nothing when it does not exist for this account."""
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


def partnership_fields(partnership: Partnership, **changed: str) -> dict[str, str]:
    """What the form of a partnership sends."""
    return {
        "version": str(partnership.version), "organisation": partnership.organisation.name,
        "stage": partnership.stage, "role": partnership.role, "seeks": partnership.seeks,
        "brings": partnership.brings, "source": "", "start": "2020-01-01", "end": "", **changed,
    }  # fmt: skip


SEES_THEIRS = {"noord", "buur", "landelijk"}


@pytest.mark.parametrize(
    "name", ["coordinator", "lector", "partner", "noord", "buur", "landelijk", "beheerder", "deelnemer"]
)
@pytest.mark.parametrize("view", ["", "uitvoer.csv", "{uid}/", "{uid}/geschiedenis/", "?q=geheime"])
def test_a_partnership_of_another_region_is_nowhere_to_be_found(around: Around, name: str, view: str) -> None:
    secret = around.their_partnership
    shown = text(around.client(name), f"/beheer/samenwerkingen/{view.format(uid=secret.uid)}")
    # The history says nothing of what it is about but the name.
    assert ("Welzijn Drenthe" in shown or "Hun geheime wens" in shown) is (name in SEES_THEIRS)


def test_the_history_of_a_record_of_another_region_does_not_exist(around: Around) -> None:
    address = f"/beheer/samenwerkingen/{around.their_partnership.uid}/geschiedenis/"
    assert around.client("coordinator").get(address).status_code == 404
    assert around.client("noord").get(address).status_code == 200


@pytest.mark.parametrize("name", ["coordinator", "lector", "partner", "buur", "landelijk", "beheerder"])
def test_only_its_own_coordinator_changes_a_partnership(around: Around, name: str) -> None:
    sent = partnership_fields(around.their_partnership, role="kernpartner")
    around.client(name).post(f"/beheer/samenwerkingen/{around.their_partnership.uid}/", sent)
    assert Partnership.objects.get(pk=around.their_partnership.pk).role == "partner"


def test_a_change_is_kept_and_told_with_what_was_there_before(around: Around) -> None:
    one = around.our_partnership
    client = around.client("coordinator")
    client.post(f"/beheer/samenwerkingen/{one.uid}/", partnership_fields(one, role="kernpartner", brings="Plek"))
    kept = Partnership.objects.get(pk=one.pk)
    assert (kept.role, kept.brings, kept.version) == ("kernpartner", "Plek", 2)
    line = LogEntry.objects.get(verb="network.partnership.changed")
    assert (line.target, line.actor) == (one.uid, around.accounts["coordinator"].uid)
    assert line.detail["before"]["role"] == "partner" and line.detail["after"]["role"] == "kernpartner"
    history = text(client, f"/beheer/samenwerkingen/{one.uid}/geschiedenis/")
    assert "Gewijzigd" in history and "kernpartner" in history and "Coordinator" in history


def test_saving_what_stands_there_changes_nothing(around: Around) -> None:
    one = around.our_partnership
    around.client("coordinator").post(f"/beheer/samenwerkingen/{one.uid}/", partnership_fields(one))
    assert Partnership.objects.get(pk=one.pk).version == one.version
    assert not LogEntry.objects.filter(verb__startswith="network.").exists()


def test_of_two_who_change_the_second_sees_both(around: Around) -> None:
    one = around.our_partnership
    address = f"/beheer/samenwerkingen/{one.uid}/"
    first = partnership_fields(one, seeks="Wat de eerste schreef")
    second = partnership_fields(one, seeks="Wat de tweede schreef")
    around.client("coordinator").post(address, first)
    shown = around.client("collega").post(address, second).content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd" in shown
    assert "Wat de tweede schreef" in shown and "Wat de eerste schreef" in shown
    assert Partnership.objects.get(pk=one.pk).seeks == "Wat de eerste schreef"
    # Having seen both, the second decides.
    assert 'name="version" value="2"' in shown
    around.client("collega").post(address, {**second, "version": "2"})
    assert Partnership.objects.get(pk=one.pk).seeks == "Wat de tweede schreef"


def test_an_organisation_takes_part_once_at_a_time(around: Around) -> None:
    sent = partnership_fields(around.our_partnership, start="2026-01-01")
    shown = around.client("coordinator").post("/beheer/samenwerkingen/nieuw/", sent).content.decode()
    assert "Deze organisatie doet al mee" in shown
    assert Partnership.objects.filter(organisation=around.ours).count() == 1


def test_a_new_partnership_is_for_the_own_region_whatever_is_sent(around: Around) -> None:
    sent = partnership_fields(around.their_partnership, organisation="Nieuw Initiatief", werkplaats=around.noord.uid)
    around.client("coordinator").post(f"/beheer/samenwerkingen/nieuw/?werkplaats={around.noord.uid}", sent)
    assert Partnership.objects.get(organisation=around.nobodys).werkplaats == around.utrecht


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "Bestaat Niet", "kennen we niet"),
        ("start", "vorig jaar", "is geen datum"),
        ("start", "2031", "nog niet geweest"),
        ("stage", "bedacht", "bedacht"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept_or_lost(around: Around, field: str, value: str, said: str) -> None:
    sent = partnership_fields(
        around.our_partnership, **{"organisation": "Nieuw Initiatief", "brings": "Een buurthuis", field: value}
    )
    shown = around.client("coordinator").post("/beheer/samenwerkingen/nieuw/", sent).content.decode()
    assert said in shown and "Een buurthuis" in shown and "Nog niet bewaard" in shown
    assert not Partnership.objects.filter(organisation=around.nobodys).exists()


# Organisations


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("coordinator", {"ours", "nobodys"}),
        ("noord", {"theirs", "nobodys"}),
        ("partner", {"ours"}),
        ("buur", {"theirs"}),
        ("lector", set()),
        ("landelijk", {"ours", "theirs", "nobodys"}),
        ("beheerder", set()),
        ("deelnemer", set()),
    ],
)
def test_who_changes_which_organisation(around: Around, name: str, changed: set[str]) -> None:
    found = set()
    for which in ("ours", "theirs", "nobodys"):
        one: Organisation = getattr(around, which)
        sent = {"version": "1", "name": one.name, "kind": one.kind, "seat": "Elders"}
        around.client(name).post(f"/beheer/organisaties/{one.uid}/", sent)
        if Organisation.objects.get(pk=one.pk).seat == "Elders":
            found.add(which)
    assert found == changed


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"stage": Stage.NOT_NOW}, False),
        ({"stage": Stage.ENDED}, False),
        ({"valid_from": date(2999, 1, 1)}, False),
        ({"valid_to": date(2021, 1, 1)}, False),
    ],
)
def test_an_organisation_is_changed_by_who_works_with_it_today(
    around: Around, changed: dict[str, Any], may: bool
) -> None:
    around.ours.leads.all().delete()
    Partnership.objects.filter(pk=around.our_partnership.pk).update(**changed)
    sent = {"version": "1", "name": around.ours.name, "kind": around.ours.kind, "seat": "Elders"}
    around.client("coordinator").post(f"/beheer/organisaties/{around.ours.uid}/", sent)
    assert (Organisation.objects.get(pk=around.ours.pk).seat == "Elders") is may


@pytest.mark.parametrize(
    ("elsewhere", "may"), [(Stage.ACTIVE, False), (Stage.SIGNED, False), (Stage.TALKING, False), (Stage.NOT_NOW, True)]
)
def test_who_approaches_the_partner_of_another_region_does_not_rewrite_it(
    around: Around, elsewhere: Stage, may: bool
) -> None:
    around.theirs.leads.all().delete()
    Partnership.objects.filter(organisation=around.theirs).update(stage=elsewhere)
    add = {"version": "0", "organisation": around.theirs.name, "stage": "benaderd", "role": "partner", "start": "2026"}
    around.client("coordinator").post("/beheer/samenwerkingen/nieuw/", add)
    assert Partnership.objects.filter(organisation=around.theirs, werkplaats=around.utrecht).exists()
    sent = {"version": "1", "name": around.theirs.name, "kind": around.theirs.kind, "seat": "Elders"}
    around.client("coordinator").post(f"/beheer/organisaties/{around.theirs.uid}/", sent)
    assert (Organisation.objects.get(pk=around.theirs.pk).seat == "Elders") is may


def test_a_partner_finds_no_other_organisation(around: Around) -> None:
    client = around.client("partner")
    assert "Welzijn Utrecht" in text(client, "/beheer/organisaties/")
    assert client.get(f"/beheer/organisaties/{around.theirs.uid}/").status_code == 404
    assert client.get("/beheer/organisaties/namen/?q=Welzijn").json()["namen"] == ["Welzijn Utrecht"]
    assert around.client("coordinator").get("/beheer/organisaties/namen/?q=Welz").json()["namen"] == [
        "Welzijn Drenthe",
        "Welzijn Utrecht",
    ]


def test_a_name_that_changes_stays_findable(around: Around) -> None:
    one = around.ours
    sent = {"version": "1", "name": "Sociaal Utrecht", "kind": one.kind, "former": "Buurtwerk", "kvk": "12345678"}
    around.client("partner").post(f"/beheer/organisaties/{one.uid}/", sent)
    kept = Organisation.objects.get(pk=one.pk)
    assert (kept.name, kept.former) == ("Sociaal Utrecht", ["Buurtwerk", "Welzijn Utrecht"])
    assert [str(number) for number in kept.identifiers.all()] == ["KvK 12345678"]


@pytest.mark.parametrize(
    ("who", "owner"), [("coordinator", "van Welzijn Drenthe"), ("partner", "van een andere organisatie")]
)
def test_a_number_of_another_is_refused_by_name_to_who_may_know_it(around: Around, who: str, owner: str) -> None:
    around.theirs.identifiers.create(scheme="kvk", value="12345678")
    sent = {"version": "1", "name": around.ours.name, "kind": around.ours.kind, "kvk": "12345678"}
    shown = around.client(who).post(f"/beheer/organisaties/{around.ours.uid}/", sent).content.decode()
    assert f"Dit nummer is al {owner}." in shown
    assert not around.ours.identifiers.exists()


# The werkplaats, its area, themes


def test_a_candidate_becomes_a_member_on_a_day_that_is_asked_for(around: Around) -> None:
    goes = factories.make_municipality("Goes")
    forming = factories.make_werkplaats("Zeeland", areas=[goes], status=Status.CANDIDATE)
    address, client = f"/beheer/werkplaatsen/{forming.uid}/", around.client("landelijk")
    sent = {
        "version": "1", "name": "Zeeland", "slug": "zeeland", "status": "lid", "region": "Zeeland", "basis": "bekend",
        "start": "2020-01-01", "joined": "", "note": "Wat er getypt was",
    }  # fmt: skip
    page = client.post(address, sent).content.decode()
    assert "Deze werkplaats was in opbouw. Vul in vanaf welke dag zij lid is of meeloopt." in page
    assert "Wat er getypt was" in page
    for wrong in ("2999-01-01", "2019-12-31", "gisteren"):
        client.post(address, {**sent, "joined": wrong})
    assert Werkplaats.objects.get(pk=forming.pk).status == Status.CANDIDATE
    client.post(address, {**sent, "joined": "2025-09-01"})
    assert Werkplaats.objects.get(pk=forming.pk).status == Status.MEMBER
    assert 'value="2025-09-01"' in text(client, address)
    for day, inside in ((date(2025, 8, 31), False), (date(2025, 9, 1), True)):
        (row,) = [one for one in coverage(day).rows if one.municipality == goes]
        assert (row.in_area, row.candidate) == (inside, not inside)


def test_a_co_lead_of_which_the_municipality_is_not_known_is_to_be_filled_in(around: Around) -> None:
    town = factories.make_organisation("Gemeente Ergens", kind=OrganisationKind.MUNICIPALITY)
    around.utrecht.leads.create(organisation=town, role=LeadRole.CO_LEAD, valid_from=factories.LONG_AGO)
    said = "Bij medetrekker Gemeente Ergens is niet ingevuld welke gemeente het is."
    address = f"/beheer/werkplaatsen/{around.utrecht.uid}/"
    assert said in text(around.client("coordinator"), address)
    town.municipality = factories.make_municipality("Ergens")
    town.save()
    assert said not in text(around.client("coordinator"), address)


def test_a_coordinator_changes_the_own_werkplaats_but_not_its_name(around: Around) -> None:
    sent = {"version": "1", "name": "Gekaapt", "brand": "kUS", "region": "Utrecht", "group_word": "kenniskring"}
    client = around.client("coordinator")
    client.post(f"/beheer/werkplaatsen/{around.utrecht.uid}/", {**sent, "former_names": "Oude Naam\n\nOuder"})
    kept = Werkplaats.objects.get(pk=around.utrecht.pk)
    assert (kept.name, kept.brand, kept.group_word) == ("Utrecht", "kUS", "kenniskring")
    assert set(kept.former_names.values_list("name", flat=True)) == {"Oude Naam", "Ouder"}
    assert client.post(f"/beheer/werkplaatsen/{around.noord.uid}/", sent).status_code == 404


def test_the_national_desk_adds_and_ends_a_municipality_of_an_area(around: Around) -> None:
    factories.make_municipality("Woerden")
    address = f"/beheer/werkplaatsen/{around.utrecht.uid}/werkgebied/"
    sent = {"wat": "erbij", "municipality": "woerden", "start": "2026-01-01"}
    assert around.client("coordinator").post(address, sent).headers["Location"] == "/beheer/"
    assert not around.utrecht.areas.exists()
    client = around.client("landelijk")
    client.post(address, sent)
    area = around.utrecht.areas.get()
    assert (area.municipality.name, area.valid_from) == ("Woerden", date(2026, 1, 1))
    assert "hoort al bij dit werkgebied" in client.post(address, sent).content.decode()
    client.post(address, {"wat": "einde", "area": str(area.pk), "end": "2026-06-30"})
    area.refresh_from_db()
    assert area.valid_to == date(2026, 7, 1)


def test_a_theme_falls_under_one_of_the_first_level_only(around: Around) -> None:
    top = factories.make_theme("Armoede")
    under = factories.make_theme("Schulden", parent=top)
    client = around.client("landelijk")
    sent = {"version": "1", "name": "Geldzorgen", "parent": str(under.pk)}
    assert "parent_error" in client.post("/beheer/themas/nieuw/", sent).content.decode()
    client.post("/beheer/themas/nieuw/", {**sent, "parent": str(top.pk), "synonyms": "krap zitten\nrood staan"})
    made = Theme.objects.get(name="Geldzorgen")
    assert (made.parent, made.slug, made.synonyms) == (top, "geldzorgen", ["krap zitten", "rood staan"])
    assert around.client("coordinator").get("/beheer/themas/nieuw/").headers["Location"] == "/beheer/"


# Lists


def test_a_list_is_the_same_as_a_file_and_the_logbook_says_who_took_it(around: Around) -> None:
    around.ours.seat = "=1+1"
    around.ours.save()
    client = around.client("coordinator")
    rows = list(
        csv.reader(io.StringIO(client.get("/beheer/organisaties/uitvoer.csv?q=welzijn").content.decode("utf-8-sig")))
    )
    assert [row[0] for row in rows] == ["naam", "Welzijn Drenthe", "Welzijn Utrecht"]
    assert rows[2][2] == "'=1+1"
    sheet = load_workbook(io.BytesIO(client.get("/beheer/organisaties/uitvoer.xlsx?q=welzijn").content)).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert client.get("/beheer/organisaties/uitvoer.exe").status_code == 404
    lines = LogEntry.objects.filter(verb="desk.organisaties.exported").order_by("number")
    assert [(line.actor, line.detail) for line in lines] == [
        (around.accounts["coordinator"].uid, {"rows": 2, "narrowed": True, "as": kind}) for kind in ("csv", "xlsx")
    ]


def queries(client: Client, address: str) -> int:
    """How many questions a page asks the database, when everything is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


LISTS = [
    "samenwerkingen", "organisaties", "werkplaatsen", "trekkers", "mensen", "uitnodigingen", "fasen", "subsidies",
    "themas", "gemeenten", "hier-ook", "vragen",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_as_much_for_thirty_as_for_a_few(around: Around, name: str) -> None:
    client = around.client("landelijk")
    more_of_all(around, range(3))
    few = queries(client, f"/beheer/{name}/")
    more_of_all(around, range(3, 30))
    assert queries(client, f"/beheer/{name}/") == few


def more_of_all(around: Around, numbers: range) -> None:
    """Some more of each."""
    phase = Phase.objects.get()
    for number in numbers:
        place = factories.make_municipality(f"Plaats {number}")
        organisation = factories.make_organisation(f"Extra {number}", municipality=place)
        werkplaats = factories.make_werkplaats(f"Regio {number}")
        common: dict[str, Any] = {"werkplaats": werkplaats, "valid_from": factories.LONG_AGO}
        Partnership.objects.create(organisation=organisation, stage=Stage.ACTIVE, **common)
        Leadership.objects.create(organisation=organisation, role=LeadRole.LEAD, **common)
        phase.grants.create(werkplaats=werkplaats)
        factories.make_theme(f"Thema {number}", parent=factories.make_theme(f"Top {number}"))
        factories.make_account(f"c{number}@example.org", "coordinator", werkplaats)
        people.invite(
            email=f"n{number}@example.org", name="Nieuw", kind="coordinator", scope_kind="werkplaats",
            scope_uid=werkplaats.uid, by=around.accounts["landelijk"],
        )  # fmt: skip
        question = factories.make_question(f"Vraag {number}?", municipality=place, owner=around.accounts["landelijk"])
        question.supports.create(organisation=organisation, mandate="ambtelijk", valid_from=factories.LONG_AGO)


def test_what_was_found_is_counted_for_the_own_region(around: Around) -> None:
    ours = factories.make_question("Wat helpt in Utrecht?", werkplaats=around.utrecht)
    theirs = factories.make_question("Wat helpt in Noord?", werkplaats=around.noord)
    for number, question in enumerate((ours, ours, theirs)):
        note_answer(entry=question.uid, browser=str(number), by=VISITOR)
    lines = around.client("coordinator").get("/beheer/gevonden/uitvoer.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [["Wat helpt in Utrecht?", "vraag", "2"]]
    assert "Wat helpt in Noord?" in text(around.client("landelijk"), "/beheer/gevonden/")
    assert around.client("partner").get("/beheer/gevonden/").status_code == 404


# Drafts


def test_what_was_typed_and_not_saved_is_there_again_for_its_writer_alone(around: Around) -> None:
    one, client = around.our_partnership, around.client("coordinator")
    place = f"samenwerkingen:{one.uid}"
    typed = {**partnership_fields(one, seeks="Half af"), "plek": place}
    assert client.post("/beheer/concept/", typed).json().keys() == {"om"}
    assert Partnership.objects.get(pk=one.pk).seeks == "Onze wens"
    again = text(client, f"/beheer/samenwerkingen/{one.uid}/")
    assert "Half af" in again and "nog niet bewaarde" in again
    assert "Half af" not in text(around.client("collega"), f"/beheer/samenwerkingen/{one.uid}/")
    assert f"/beheer/samenwerkingen/{one.uid}/" in text(client, "/beheer/")

    client.post(f"/beheer/samenwerkingen/{one.uid}/", {"concept": "weg"})
    assert "Half af" not in text(client, f"/beheer/samenwerkingen/{one.uid}/")

    client.post("/beheer/concept/", typed)
    client.post(f"/beheer/samenwerkingen/{one.uid}/", partnership_fields(one, seeks="Helemaal af"))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"), [({"plek": "../../x"}, 400), ({}, 400), ({"plek": "a:b", "t": "x" * 70_000}, 413)]
)
def test_a_draft_that_is_none_is_not_kept(around: Around, sent: dict[str, str], status: int) -> None:
    assert around.client("coordinator").post("/beheer/concept/", sent).status_code == status
    assert not Draft.objects.exists()
