"""What a group is called that its werkplaats keeps to itself: nobody else reads it beside what came from it."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.around import Around
from werkplaats.catalogue.models import Entry
from werkplaats.core.models import Visibility
from werkplaats.research import actions
from werkplaats.research.models import Circle, Project
from werkplaats.research.rules import seen_by_all_of

pytestmark = pytest.mark.django_db

SECRET, PLAN = "Kring Onder Ons", "Project Stilte"


@pytest.fixture
def made(around: Around) -> dict[str, Any]:
    """A yield and a pilot that everyone may read, of a group and a project that only Utrecht may."""
    theme = factories.make_theme("Rouw")
    own: dict[str, Any] = {"visibility": Visibility.WERKPLAATS, "themes": [theme]}
    circle = factories.make_circle(SECRET, around.utrecht, **own)
    project = factories.make_project(PLAN, around.utrecht, **own)
    by = around.accounts["coordinator"]
    one = factories.make_yield("Training voor iedereen", around.utrecht)
    one = actions.save_yield(made=one, values={"circle": circle, "project": project}, version=one.version, by=by)
    other = factories.make_yield("Nog een training", around.utrecht)
    other = actions.save_yield(made=other, values={"project": project}, version=other.version, by=by)
    pilot = factories.make_pilot("Proef voor iedereen", around.utrecht)
    pilot = actions.save_pilot(pilot=pilot, values={"circle": circle, "project": project}, version=pilot.version, by=by)
    return {"circle": circle, "project": project, "yield": one, "other": other, "pilot": pilot, "theme": theme}


def pages(around: Around, made: dict[str, Any], name: str) -> dict[str, str]:
    """All that somebody reads at the desk and on the site of these."""
    client = around.client(name)
    addresses = ["/beheer/opbrengsten/", "/beheer/opbrengsten/uitvoer.csv", "/beheer/pilots/", "/beheer/kringen/"]
    for kind, part in (("yield", "opbrengsten"), ("other", "opbrengsten"), ("pilot", "pilots")):
        uid = made[kind].uid
        addresses += [f"/beheer/{part}/{uid}/", f"/beheer/{part}/{uid}/geschiedenis/", f"/onderzoek/{part}/{uid}/"]
        addresses += [f"/api/v1/vermeldingen/{uid}", f"/keten/{uid}/"]
    addresses += ["/zoeken/?q=onder+ons", "/zoeken/?q=stilte", "/onderzoek/opbrengsten/"]
    return {address: client.get(address).content.decode() for address in addresses}


def test_who_may_not_read_the_group_reads_that_there_is_one(around: Around, made: dict[str, Any]) -> None:
    hidden = (SECRET, PLAN, made["circle"].uid, made["project"].uid)
    for name in ("landelijk", "noord", "deelnemer"):
        leaks = {(address, one) for address, text in pages(around, made, name).items() for one in hidden if one in text}
        assert leaks == set(), name
    told = pages(around, made, "landelijk")
    assert "een besloten kring" in told["/beheer/opbrengsten/"]
    assert "een besloten project" in told["/beheer/opbrengsten/uitvoer.csv"]
    for kind, part in (("yield", "opbrengsten"), ("pilot", "pilots")):
        assert "een besloten kring" in told[f"/beheer/{part}/{made[kind].uid}/"]
        assert "een besloten project" in told[f"/beheer/{part}/{made[kind].uid}/"]
        assert "een besloten kring" in told[f"/beheer/{part}/{made[kind].uid}/geschiedenis/"]


def test_who_works_there_reads_the_name_and_keeps_the_tie(around: Around, made: dict[str, Any]) -> None:
    told = pages(around, made, "coordinator")
    assert SECRET in told["/beheer/opbrengsten/"]
    for kind, part in (("yield", "opbrengsten"), ("pilot", "pilots")):
        for address in (f"/beheer/{part}/{made[kind].uid}/", f"/beheer/{part}/{made[kind].uid}/geschiedenis/"):
            assert SECRET in told[address] and PLAN in told[address] and "besloten kring" not in told[address]


def test_themes_of_a_closed_group_stay_inside(around: Around, made: dict[str, Any]) -> None:
    entry = Entry.objects.get(uid=made["yield"].uid)
    assert made["theme"].uid not in entry.facets.get("thema", [])
    by = around.accounts["coordinator"]
    for kind, save in (("circle", actions.save_circle), ("project", actions.save_project)):
        fresh = factories.fresh(made[kind])
        save(**{kind: fresh}, values={"visibility": Visibility.PUBLIC}, version=fresh.version, by=by)
        entry.refresh_from_db()
        assert entry.facets["thema"] == [made["theme"].uid]
        fresh = factories.fresh(made[kind])
        save(**{kind: fresh}, values={"visibility": Visibility.WERKPLAATS}, version=fresh.version, by=by)
        entry.refresh_from_db()
        assert "thema" not in entry.facets


@pytest.mark.parametrize("above", Visibility.values)
@pytest.mark.parametrize("record", Visibility.values)
def test_only_what_all_readers_may_read_tells_its_themes(around: Around, above: str, record: str) -> None:
    order = [Visibility.WERKPLAATS, Visibility.NETWORK, Visibility.PUBLIC]
    one, other = (
        Circle(werkplaats=around.utrecht, visibility=above),
        Project(werkplaats=around.utrecht, visibility=record),
    )
    assert seen_by_all_of(one, other) is (order.index(above) >= order.index(record))
    other.werkplaats = around.noord
    assert seen_by_all_of(one, other) is (order.index(above) >= order.index(record) and above != Visibility.WERKPLAATS)
