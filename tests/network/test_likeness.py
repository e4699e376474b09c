"""Organisations that look alike: found by any name, asked about once, remembered."""

from __future__ import annotations

import random
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.around import Around, make_around
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.network.imports import import_organisations
from werkplaats.network.models import NotTheSame, Organisation
from werkplaats.network.queries import Known, Look

pytestmark = pytest.mark.django_db


def quiet(done: int, total: int) -> None:
    """Tells nobody how far it is."""


@pytest.fixture
def around() -> Around:
    """People at the desk."""
    return make_around()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"name": "Stichting Café Zonnebloem"}, {"name": "cafe zonnebloem B.V."}, "zelfde naam"),
        (
            {"name": "Dwarsverband"},
            {"name": "Nieuw Elan", "former": ["Stichting Dwarsverband"]},
            "zelfde vroegere naam",
        ),
        ({"name": "Welzijnsgroep Sedna"}, {"name": "Welzijngroep Sedna"}, "lijkt erop"),
        ({"name": "Welzijn Emmen"}, {"name": "Welzijn Gemeente Emmen", "seat": ""}, ""),
        ({"name": "Buurtzorg Emmen", "seat": "Emmen"}, {"name": "Buurtzorg Emme", "seat": "emmen"}, "zelfde plaats"),
        # The same slip, in another place: another organisation.
        ({"name": "Buurtzorg Emmen", "seat": "Emmen"}, {"name": "Buurtzorg Ermen", "seat": "Ermelo"}, ""),
        ({"name": "Hogeschool Utrecht"}, {"name": "Gemeente Utrecht"}, ""),
        ({"name": "Sociaal Wijkteam 1", "seat": "Emmen"}, {"name": "Sociaal Wijkteam 2", "seat": "Emmen"}, ""),
        ({"name": "???"}, {"name": "!!!"}, ""),
    ],
)
def test_what_looks_alike(one: dict, other: dict, why: str) -> None:
    found = Look.at(**one).why(Look.at(**other))
    assert (why in found) if why else found == ""
    assert Look.at(**other).why(Look.at(**one)) == found


def test_a_former_name_is_found_everywhere(around: Around) -> None:
    factories.make_organisation("Nieuw Elan", former=["Stichting Café Dwars"])
    client = around.client("coordinator")
    assert "Nieuw Elan" in client.get("/beheer/organisaties/?q=café+dwars").content.decode()
    names = client.get("/beheer/organisaties/namen/?q=cafe dw").json()
    assert names == {"namen": ["Nieuw Elan"], "vroeger": {"Nieuw Elan": "Stichting Café Dwars"}}
    assert Organisation.objects.named("stichting café dwars")[0].name == "Nieuw Elan"
    sent = {"organisation": "Stichting Café Dwars", "stage": "benaderd", "role": "partner", "start": "2026"}
    client.post("/beheer/samenwerkingen/nieuw/", sent)
    assert Organisation.objects.get(name="Nieuw Elan").partnerships.count() == 1


def test_a_name_of_now_goes_before_a_former_one() -> None:
    factories.make_organisation("Nieuw Elan", former=["Dwars"])
    now = factories.make_organisation("Dwars")
    assert Organisation.objects.named("dwars") == [now]


def test_a_new_one_that_looks_the_same_is_asked_about_once(around: Around) -> None:
    client, fields = around.client("coordinator"), {"name": "Stichting Welzijn Utrecht", "kind": "overig"}
    asked = client.post("/beheer/organisaties/nieuw/", fields).content.decode()
    assert "Is het een van deze?" in asked and f"/beheer/organisaties/{around.ours.uid}/" in asked
    assert not Organisation.objects.filter(name="Stichting Welzijn Utrecht").exists()
    assert 'value="Stichting Welzijn Utrecht"' in asked
    client.post("/beheer/organisaties/nieuw/", {**fields, "others": [around.ours.uid]})
    made = Organisation.objects.get(name="Stichting Welzijn Utrecht")
    assert NotTheSame.others_than(made.uid) == {around.ours.uid} and NotTheSame.others_than(around.ours.uid) == {
        made.uid
    }
    assert LogEntry.objects.filter(verb="network.organisation.told_apart").count() == 1
    # Asked once: renaming it back and forth asks nothing.
    for name in ("Stichting Welzijn Utrecht Oost", "Stichting Welzijn Utrecht"):
        made.refresh_from_db()
        client.post(f"/beheer/organisaties/{made.uid}/", {**fields, "name": name, "version": str(made.version)})
        assert Organisation.objects.get(pk=made.pk).name == name


def test_saying_that_another_is_another_says_nothing_of_this_one(around: Around) -> None:
    fields = {"name": "Stichting Welzijn Utrecht", "kind": "overig", "others": [around.theirs.uid, "x"]}
    asked = around.client("coordinator").post("/beheer/organisaties/nieuw/", fields).content.decode()
    assert "Is het een van deze?" in asked and not NotTheSame.objects.exists()


def test_while_typing_it_says_what_is_there(around: Around) -> None:
    told = around.client("coordinator").get("/beheer/organisaties/lijkt-op/?naam=welzijn+utrecht").json()
    assert [one["adres"] for one in told["lijkt"]] == [f"/beheer/organisaties/{around.ours.uid}/"]
    # Only what this account may see.
    assert around.client("buur").get("/beheer/organisaties/lijkt-op/?naam=welzijn+utrecht").json()["lijkt"] == []


def test_reading_in_warns_with_the_row(tmp_path: Path) -> None:
    factories.make_organisation("Welzijn Utrecht")
    path = tmp_path / "organisaties.csv"
    rows = ["name,kind", "Welzijn Utrecht,overig", "Stichting Welzijn Utrecht,overig", "Iets Anders,overig"]
    path.write_text("\n".join([*rows, "Iets Andrs,overig"]), encoding="utf-8")
    report = import_organisations(path=path, dry_run=False, progress=quiet, by=SYSTEM)
    assert len(report.created) == 3 and len(report.notes) == 2
    assert "3" in report.notes[0] and "Welzijn Utrecht (zelfde naam)" in report.notes[0]
    # Also what stands twice in the file itself.
    assert "5" in report.notes[1] and "Iets Anders (lijkt erop)" in report.notes[1]
    # Reading in again knows them by name.
    assert import_organisations(path=path, dry_run=False, progress=quiet, by=SYSTEM).notes == []


def test_each_pair_is_named_once() -> None:
    one, two = factories.make_organisation("Welzijn Utrecht"), factories.make_organisation("Stichting Welzijn Utrecht")
    known = Known(Organisation.objects.all())
    assert [{a.uid, b.uid} for a, b, _why in known.pairs(without=[])] == [{one.uid, two.uid}]
    assert known.pairs(without=[frozenset((one.uid, two.uid))]) == []


_KINDS = ("Stichting", "Gemeente", "Buurtzorg", "Sociaal Wijkteam", "Hogeschool", "Welzijnsgroep", "Het Oude", "MEE")
_PLACES = ("Emmen", "Ermelo", "Utrecht", "Midden-Drenthe", "Assen", "Goes", "Ede", "Oldambt", "Noord", "Weert")


def slipped(chance: random.Random, text: str) -> str:
    """With now and then a letter more, less or another, and words the other way around."""
    letters = list(text)
    for _slip in range(chance.randint(0, 2)):
        place = chance.randrange(len(letters))
        letters[place : place + 1] = chance.choice(([], ["e"], [letters[place], "n"], [" "]))
    words = "".join(letters).split()
    return " ".join(reversed(words) if chance.random() < 0.2 else words) or text


def looks(seed: int, number: int) -> list[Look]:
    """Organisations of a few hundred names, many of them nearly the same."""
    chance = random.Random(seed)
    found = []
    for count in range(number):
        names = []
        for _name in range(chance.choice((1, 1, 1, 2, 3))):
            wijk = chance.choice(("", "", f" {chance.randint(1, 20)}", f" {chance.choice(_PLACES)}"))
            names.append(slipped(chance, f"{chance.choice(_KINDS)} {chance.choice(_PLACES)}{wijk}"))
        seat, town = chance.choice(("", "", *_PLACES, "assen")), chance.choice((None, None, 1, 2, 3))
        found.append(Look.at(names[0], names[1:], seat, town, f"organisatie-{count}"))
    return found


def known(some: list[Look]) -> Known:
    made = Known(Organisation.objects.none())
    for look in some:
        made.add(look)
    return made


@pytest.mark.parametrize("seed", range(6))
def test_looking_only_where_names_come_near_finds_all_that_the_rule_calls_alike(seed: int) -> None:
    some = [*looks(seed, 220), Look.at("???"), Look.at("")]
    expected = [(one, two, why) for one, two in combinations(some, 2) if (why := one.why(two))]
    assert len(expected) > 50

    assert known(some).pairs(without=()) == expected
    told_apart = {frozenset((one.uid, two.uid)) for one, two, _why in expected[::2]}
    left = [row for row in expected if frozenset((row[0].uid, row[1].uid)) not in told_apart]
    assert known(some).pairs(without=told_apart) == left
    for look in some[:40]:
        alike = [one.uid for one in some if one.uid != look.uid and look.why(one)]
        assert [one.uid for one in known(some).like(look)] == alike


def test_five_thousand_organisations_are_compared_at_once() -> None:
    chance = random.Random(3)
    letters = "abcdefghijklmnoprstuvwz"

    def word() -> str:
        return "".join(chance.choice(letters) for _n in range(chance.randint(4, 11)))

    towns = [word() for _n in range(342)]
    some: list[Any] = [
        Look.at(f"{chance.choice(_KINDS)} {word()} {word()}", (), chance.choice(("", *towns)), uid=f"organisatie-{n}")
        for n in range(4990)
    ]
    some += [Look.at(f"{one.name}s", (), one.seat, uid=f"{one.uid}-bis") for one in some[:10]]
    everything = known(some)
    began = time.process_time()
    found = everything.pairs(without=())
    spent = time.process_time() - began

    assert {(one.uid, two.uid) for one, two, _why in found} >= {(one.uid, f"{one.uid}-bis") for one in some[:10]}
    assert spent < 1, f"{spent:.2f} s"
