"""Joining at the desk: steps, reasons that stay at home, agreements and when it is time to talk."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from tests.around import Around
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.models import LogEntry
from werkplaats.network.models import Agreement, Partnership
from werkplaats.network.rules import Stage
from werkplaats.people.models import Person

pytestmark = pytest.mark.django_db
SECRET = "De nieuwe directeur ziet het niet zitten"


def page(around: Around, name: str, address: str) -> str:
    """What a page says; nothing when it is not for this account."""
    answer = around.client(name).get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


def of(partnership: Partnership, rest: str = "") -> str:
    """Its address."""
    return f"/beheer/samenwerkingen/{partnership.uid}/{rest}"


def stepped(around: Around, name: str = "coordinator", **changed: str) -> Partnership:
    """Send the form of a step, and read the partnership."""
    one = around.our_partnership
    sent = {"version": "1", "stage": "niet nu", "on": "2026-03", "reason": SECRET, **changed}
    around.client(name).post(of(one, "stap/"), sent)
    return Partnership.objects.get(pk=one.pk)


def test_a_step_is_set_with_day_and_reason_and_stands_in_the_story(around: Around) -> None:
    one = stepped(around)
    assert (one.stage, one.version, [str(step) for step in one.steps.all()]) == (
        "niet nu", 2, ["actief, 1 januari 2020", "niet nu, maart 2026"],
    )  # fmt: skip
    shown = page(around, "coordinator", of(one))
    assert "Niet nu" in shown and "maart 2026" in shown and SECRET in shown
    assert "Stap gezet" in page(around, "coordinator", of(one, "geschiedenis/"))


@pytest.mark.parametrize(
    ("name", "reads"), [("lector", True), ("landelijk", True), ("partner", False), ("buur", False)]
)
def test_why_it_did_not_go_on_is_the_region_s_own(around: Around, name: str, reads: bool) -> None:
    one = stepped(around)
    assert (SECRET in page(around, name, of(one))) is reads
    assert SECRET not in page(around, name, of(one, "geschiedenis/"))
    assert SECRET not in around.client("beheerder").get("/beheer/logboek/").content.decode()


@pytest.mark.parametrize(("name", "reads"), [("lector", True), ("landelijk", True), ("partner", False)])
def test_who_did_what_is_read_by_who_works_there_and_not_by_the_partner(around: Around, name: str, reads: bool) -> None:
    account = around.accounts["coordinator"]
    account.person = Person.objects.create(name="Mevrouw Coördinator")
    account.save()
    one, agreement = stepped(around), signed(around)
    for address in (of(one, "geschiedenis/"), f"/beheer/overeenkomsten/{agreement.uid}/geschiedenis/", of(one)):
        shown = page(around, name, address)
        assert shown and ("Mevrouw Coördinator" in shown) is reads, address
        assert (account.uid in shown) is False


@pytest.mark.parametrize("name", ["lector", "partner", "noord", "buur", "landelijk", "beheerder"])
def test_only_its_own_coordinator_sets_steps(around: Around, name: str) -> None:
    assert stepped(around, name).stage == "actief"
    first = around.our_partnership.steps.get()
    sent = {"version": "1", "stage": "benaderd", "on": "2019", "reason": ""}
    around.client(name).post(f"/beheer/samenwerkingen/stap/{first.uid}/", sent)
    around.client(name).post(of(around.our_partnership, "nagelopen/"), {"version": "1"})
    kept = Partnership.objects.get(pk=around.our_partnership.pk)
    assert (kept.steps.get().stage, kept.looked_at) == ("actief", None)


def test_a_step_of_another_region_does_not_exist(around: Around) -> None:
    theirs = around.their_partnership.steps.get()
    address = f"/beheer/samenwerkingen/stap/{theirs.uid}/"
    sent = {"version": "1", "stage": "actief", "on": "2019"}
    assert around.client("coordinator").post(address, sent).status_code == 404
    assert around.their_partnership.steps.get().stage == "in gesprek"
    around.client("noord").post(address, sent)
    assert around.their_partnership.steps.get().stage == "actief"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "waarom"),
        ({"on": "2031"}, "nog niet geweest"),
        ({"on": "morgen"}, "is geen datum"),
        ({"version": "7"}, "Iemand anders heeft dit intussen gewijzigd"),
        ({"stage": "actief"}, "twee stappen"),
        ({"stage": ""}, "Dit is een verplicht veld"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(around: Around, changed: dict[str, str], said: str) -> None:
    sent = {"version": "1", "stage": "niet nu", "on": "2026-03", "reason": SECRET, "brings": "", **changed}
    shown = around.client("coordinator").post(of(around.our_partnership, "stap/"), sent).content.decode()
    assert said in shown and (sent["reason"] in shown) and f'value="{sent["on"]}"' in shown
    assert around.our_partnership.steps.count() == 1


def test_who_comes_back_gets_a_new_partnership_and_both_lead_to_each_other(around: Around) -> None:
    one = stepped(around, stage=Stage.ENDED, on="2022-03-01")
    assert "Deze samenwerking is beëindigd" in page(around, "coordinator", of(one, "stap/"))
    sent = {"version": str(one.version), "stage": "in gesprek", "on": "2026-02", "reason": ""}
    answer = around.client("coordinator").post(of(one, "stap/"), sent, follow=True)
    again = Partnership.objects.exclude(pk=one.pk).get(organisation=one.organisation)
    assert answer.redirect_chain[-1][0] == of(again)
    assert "doet weer mee: dit is een nieuwe samenwerking" in answer.content.decode()
    assert of(one) in answer.content.decode() and of(again) in page(around, "coordinator", of(one))
    # Another one sees no more of them than before.
    assert of(one) not in page(around, "noord", f"/beheer/organisaties/{one.organisation.uid}/")


def test_a_step_that_never_was_is_taken_away(around: Around) -> None:
    one = stepped(around)
    last = one.steps.last()
    address = f"/beheer/samenwerkingen/stap/{last.uid}/"
    assert "haal hem weg" in page(around, "coordinator", address)
    around.client("coordinator").post(address, {"version": "2", "wat": "vervalt"})
    assert Partnership.objects.get(pk=one.pk).stage == "actief"
    assert LogEntry.objects.filter(verb="network.partnership.step_removed").exists()


# Agreements


def signed(around: Around, **changed: object) -> Agreement:
    """Add an agreement with its paper at the desk."""
    one = around.our_partnership
    sent = {
        "version": "0", "start": "2024-01", "end": "2026-12", "notice": "drie maanden", "note": SECRET, "source": "",
        "basis": "bekend", "file": planted.upload(planted.pdf(), "Geheim contract.pdf"), **changed,
    }  # fmt: skip
    around.client("coordinator").post(f"/beheer/overeenkomsten/nieuw/?samenwerking={one.uid}", sent)
    return Agreement.objects.get()


def test_an_agreement_is_kept_with_its_paper_written_anew(around: Around) -> None:
    one = signed(around)
    assert (one.partnership, one.period, one.notice) == (
        around.our_partnership, "januari 2024 t/m december 2026", "drie maanden",
    )  # fmt: skip
    assert Path(one.file.name).name == f"{one.uid}.pdf"
    answer = around.client("coordinator").get(f"/beheer/overeenkomsten/{one.uid}/bestand/")
    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="overeenkomst-welzijn-utrecht.pdf"'
    assert "no-store" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]
    assert SECRET not in str(list(LogEntry.objects.values_list("detail", flat=True)))
    # Changed without a new file: the paper stays.
    sent = {"version": "1", "start": "2024-01", "end": "2027-12", "notice": "", "note": "", "basis": "bekend"}
    around.client("coordinator").post(f"/beheer/overeenkomsten/{one.uid}/", sent)
    kept = Agreement.objects.get()
    assert (kept.valid_to, kept.file.name) == (date(2028, 1, 1), one.file.name)


@pytest.mark.parametrize("how", ["replaced", "removed", "both"])
def test_a_paper_that_is_replaced_or_removed_is_gone_from_the_disk(
    around: Around, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    one = signed(around)
    old = one.file.name
    sent: dict[str, Any] = {"version": "1", "start": "2024-01", "notice": "", "note": "", "basis": "bekend"}
    sent |= {} if how == "replaced" else {"without": "on"}
    sent |= {} if how == "removed" else {"file": planted.upload(planted.pdf(), "nieuw.pdf")}
    with django_capture_on_commit_callbacks(execute=False) as after:
        around.client("coordinator").post(f"/beheer/overeenkomsten/{one.uid}/", sent)
    assert default_storage.exists(old), "not before it is certain"
    for done in after:
        done()
    kept = Agreement.objects.get()
    assert not default_storage.exists(old) and bool(kept.file) is (how != "removed")
    assert not kept.file or default_storage.exists(kept.file.name)
    assert "gewijzigd; de inhoud staat niet in het logboek" in page(
        around, "coordinator", f"/beheer/overeenkomsten/{one.uid}/geschiedenis/"
    )


def test_an_agreement_without_a_paper_offers_no_removal(around: Around) -> None:
    with_paper = signed(around)
    without = around.our_partnership.agreements.create(valid_from=date(2020, 1, 1))
    label = "Haal het bestand weg"
    assert label in page(around, "coordinator", f"/beheer/overeenkomsten/{with_paper.uid}/")
    assert label not in page(around, "coordinator", f"/beheer/overeenkomsten/{without.uid}/")


SEES_OURS = {"coordinator", "lector", "partner", "landelijk"}


@pytest.mark.parametrize("name", [*sorted(SEES_OURS), "noord", "buur", "beheerder"])
def test_the_paper_is_for_who_sees_the_partnership(around: Around, name: str) -> None:
    one = signed(around)
    answer = around.client(name).get(f"/beheer/overeenkomsten/{one.uid}/bestand/")
    assert answer.getvalue().startswith(b"%PDF-") is (name in SEES_OURS)
    for address in (f"/beheer/overeenkomsten/{one.uid}/", "/beheer/overeenkomsten/?q=directeur"):
        assert ("drie maanden" in page(around, name, address) or "januari 2024" in page(around, name, address)) is (
            name in SEES_OURS
        )


@pytest.mark.parametrize("name", ["noord", "lector", "partner", "landelijk"])
def test_an_agreement_is_added_and_changed_by_the_own_coordinator_only(around: Around, name: str) -> None:
    one = signed(around)
    address = f"/beheer/overeenkomsten/nieuw/?samenwerking={around.our_partnership.uid}"
    sent = {"version": "1", "start": "2020", "notice": "Anders", "basis": "bekend"}
    around.client(name).post(address, sent)
    around.client(name).post(f"/beheer/overeenkomsten/{one.uid}/", sent)
    assert Agreement.objects.get().notice == "drie maanden"


def test_what_is_no_pdf_is_refused_with_words(around: Around) -> None:
    address = f"/beheer/overeenkomsten/nieuw/?samenwerking={around.our_partnership.uid}"
    sent = {"version": "0", "start": "2024", "basis": "bekend", "file": planted.upload(b"MZ kwaad", "contract.pdf")}
    shown = around.client("coordinator").post(address, sent).content.decode()
    assert "geen PDF die wij kunnen lezen" in shown and not Agreement.objects.exists()


def test_nobody_reads_the_paper_past_the_desk(around: Around) -> None:
    name = signed(around).file.name
    assert default_storage.exists(name)
    for address in (f"/media/{name}", f"/{name}", f"/documenten/{Path(name).stem}/"):
        assert around.client("coordinator").get(address).status_code == 404


# Time to talk


def test_what_ends_soon_waits_for_the_coordinator_and_can_be_listed(around: Around) -> None:
    one = around.our_partnership
    one.looked_at = clock.today()
    one.save()
    home, filtered = "/beheer/", "/beheer/samenwerkingen/?aandacht=loopt-af"
    assert "Partners om mee te praten" not in page(around, "coordinator", home)
    one.agreements.create(valid_from=date(2024, 1, 1), valid_to=clock.today() + timedelta(days=30))
    shown = page(around, "coordinator", home)
    assert "Partners om mee te praten" in shown and "overeenkomst tot en met" in shown
    assert "Welzijn Utrecht" in page(around, "coordinator", filtered)
    assert "Partners om mee te praten" not in page(around, "noord", home) or "Welzijn Utrecht" not in page(
        around, "noord", home
    )
    assert "Overeenkomst loopt af" in page(around, "coordinator", of(one))


def test_the_yearly_look_is_asked_and_noted(around: Around) -> None:
    one = around.our_partnership
    assert "een jaar niet nagelopen" in page(around, "coordinator", "/beheer/")
    assert "Welzijn Utrecht" in page(around, "coordinator", "/beheer/samenwerkingen/?aandacht=nalopen")
    around.client("coordinator").post(of(one, "nagelopen/"), {"version": str(one.version)})
    assert Partnership.objects.get(pk=one.pk).looked_at == clock.today()
    assert "een jaar niet nagelopen" not in page(around, "coordinator", "/beheer/")


def test_a_new_partner_begins_with_a_reason_where_one_is_needed(around: Around) -> None:
    sent = {
        "version": "0", "organisation": "Nieuw Initiatief", "stage": Stage.NOT_NOW, "start": "2026-01", 
        "role": "partner",
    }  # fmt: skip
    shown = around.client("coordinator").post("/beheer/samenwerkingen/nieuw/", sent).content.decode()
    assert "Schrijf bij “niet nu” waarom" in shown
    around.client("coordinator").post("/beheer/samenwerkingen/nieuw/", sent | {"reason": SECRET})
    step = Partnership.objects.get(organisation=around.nobodys).steps.get()
    assert (step.reason, step.actor) == (SECRET, around.accounts["coordinator"].uid)
