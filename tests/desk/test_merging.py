"""Merging at the desk: who may, what is shown before, where old addresses lead, and back."""

from __future__ import annotations

import pytest

from tests import factories
from tests.around import Around
from werkplaats.network.models import Merge, NotTheSame, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(around: Around) -> Organisation:
    """Our partner, written down twice: nobody works with the second."""
    made = factories.make_organisation("Stichting Welzijn Utrecht", seat="Utrecht")
    made.identifiers.create(scheme="kvk", value="12345678")
    around.ours.identifiers.create(scheme="kvk", value="87654321")
    return made


def address(gone: Organisation, kept: Organisation) -> str:
    """Where the first goes up in the second."""
    return f"/beheer/samenvoegingen/van/{gone.uid}/?met={kept.uid}"


@pytest.mark.parametrize(
    ("name", "may"),
    [("landelijk", True), ("coordinator", True), ("noord", False), ("lector", False), ("partner", False),
     ("beheerder", False)],
)  # fmt: skip
def test_who_keeps_both_may_merge_them(around: Around, twin: Organisation, name: str, may: bool) -> None:
    client = around.client(name)
    client.post(address(twin, around.ours), {"version": "1", "name": "hier", "kind": "hier", "kvk": "hier"})
    assert Organisation.objects.filter(pk=twin.pk).exists() is not may
    assert ("Stichting" in client.get("/beheer/samenvoegingen/").content.decode()) is may
    for merged in Merge.objects.all():
        assert around.client("noord").get(f"/beheer/samenvoegingen/{merged.uid}/").status_code == 404


@pytest.mark.parametrize("stage", ["actief", "benaderd"])
def test_what_another_region_has_to_do_with_is_merged_by_the_national_desk(
    around: Around, twin: Organisation, stage: str
) -> None:
    factories.make_partnership(around.ours, around.noord, stage=stage)
    sent = {"version": "1", "name": "hier", "kind": "hier", "kvk": "hier"}
    around.client("coordinator").post(address(twin, around.ours), sent)
    assert Organisation.objects.filter(pk=twin.pk).exists()
    around.client("landelijk").post(address(twin, around.ours), sent)
    assert not Organisation.objects.filter(pk=twin.pk).exists()


def test_what_will_happen_is_shown_and_nothing_happens_yet(around: Around, twin: Organisation) -> None:
    factories.make_partnership(twin, around.noord)
    page = around.client("landelijk").get(address(twin, around.ours)).content.decode()
    for said in ("<li>1 samenwerking</li>", "12345678", "87654321", 'name="kvk"', "Andersom: ga verder als"):
        assert said in page, said
    assert Organisation.objects.filter(pk=twin.pk).exists()


def test_merged_and_back(around: Around, twin: Organisation) -> None:
    client, old = around.client("coordinator"), f"/beheer/organisaties/{twin.uid}/"
    client.post(address(twin, around.ours), {"version": "1", "name": "daar", "kvk": "daar"})
    kept = Organisation.objects.get(pk=around.ours.pk)
    assert (kept.name, kept.former, kept.seat) == ("Stichting Welzijn Utrecht", ["Welzijn Utrecht"], "Utrecht")
    # The old address leads on, for who may see where.
    assert client.get(old)["Location"] == f"/beheer/organisaties/{kept.uid}/"
    assert around.client("partner").get(old)["Location"] == f"/beheer/organisaties/{kept.uid}/"
    assert around.client("buur").get(old).status_code == 404
    merged = Merge.objects.get()
    assert "Maak ongedaan" in client.get(f"/beheer/samenvoegingen/{merged.uid}/").content.decode()
    client.post(f"/beheer/samenvoegingen/{merged.uid}/")
    assert "Stichting Welzijn Utrecht" in client.get(old).content.decode()
    assert Organisation.objects.get(pk=around.ours.pk).name == "Welzijn Utrecht"


def test_undoing_too_late_says_why(around: Around, twin: Organisation) -> None:
    client = around.client("landelijk")
    client.post(address(twin, around.ours), {"version": "1", "name": "hier", "kvk": "hier"})
    Organisation.objects.filter(pk=around.ours.pk).update(seat="Zeist")
    merged = Merge.objects.get()
    page = client.post(f"/beheer/samenvoegingen/{merged.uid}/", follow=True).content.decode()
    assert "sinds het samenvoegen is gewijzigd: organisatie" in page
    assert not Organisation.objects.filter(pk=twin.pk).exists()


def test_two_who_change_at_once(around: Around, twin: Organisation) -> None:
    Organisation.objects.filter(pk=around.ours.pk).update(version=2)
    sent = {"version": "1", "name": "hier", "kvk": "hier"}
    page = around.client("landelijk").post(address(twin, around.ours), sent).content.decode()
    assert "Iemand anders wijzigde dit intussen" in page and Organisation.objects.filter(pk=twin.pk).exists()


def test_pairs_are_shown_until_somebody_says_they_are_two(around: Around, twin: Organisation) -> None:
    client = around.client("coordinator")
    assert address(twin, around.ours) in client.get("/beheer/samenvoegingen/dubbel/").content.decode() or (
        address(around.ours, twin) in client.get("/beheer/samenvoegingen/dubbel/").content.decode()
    )
    assert twin.name not in around.client("lector").get("/beheer/samenvoegingen/dubbel/").content.decode()
    around.client("lector").post("/beheer/samenvoegingen/dubbel/", {"een": twin.uid, "ander": around.ours.uid})
    assert not NotTheSame.objects.exists()
    client.post("/beheer/samenvoegingen/dubbel/", {"een": twin.uid, "ander": around.ours.uid})
    assert twin.name not in client.get("/beheer/samenvoegingen/dubbel/").content.decode()


def test_the_other_is_chosen_by_any_name(around: Around, twin: Organisation) -> None:
    client = around.client("coordinator")
    there = f"/beheer/samenvoegingen/van/{twin.uid}/"
    assert f"?met={around.ours.uid}" in client.get(there).content.decode()
    assert client.get(f"{there}?other=welzijn+utrecht")["Location"] == f"{there}?met={around.ours.uid}"
    assert "Vraag het landelijk bureau" in client.get(f"{there}?other=Welzijn+Drenthe").content.decode()
