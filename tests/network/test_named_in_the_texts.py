"""The demonstration: all that the five texts name is there, found under every name, and there is work to do."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.around import sign_in
from tests.network.shipped import DATA
from werkplaats.core import clock
from werkplaats.demo.load import load
from werkplaats.network.models import Campaign, Contact, Function, Grant, Leadership, Organisation, Partnership
from werkplaats.network.rules import Stage
from werkplaats.people.models import Account
from werkplaats.places.models import Municipality, Province

pytestmark = pytest.mark.django_db

# How the texts name them -> (the text, what it says of them here).
NAMED: dict[str, tuple[str, str]] = {
    "MOgroep": ("000", "leidt kwartiermaken"),
    "Verdiwel": ("000", ""),
    "Ministerie van VWS": ("000", ""),
    "Gezondheidsraad": ("001", ""),
    "De Haagse Hogeschool": ("002", "trekt den-haag-leiden"),
    "Hogeschool Leiden": ("002", "trekt den-haag-leiden"),
    "Tweede Kamer": ("002", ""),
    "Hogeschool Utrecht": ("003", "trekt utrecht"),
    "Kenniscentrum Sociale Innovatie": ("003", "deed mee in utrecht"),
    "LESI": ("003", "deed mee in utrecht"),
    "CliëntenBelang Utrecht": ("003", "deed mee in utrecht"),
    "Gemeente Amersfoort": ("003", "deed mee in utrecht"),
    "Gemeente Woerden": ("003", "deed mee in utrecht"),
    "Gemeente Leusden": ("003", "deed mee in utrecht"),
    # For its professionals a training was made; that it took part, the text does not say.
    "Gemeentelijke kredietbank Utrecht": ("003", ""),
    "Sociale Vraagstukken": ("003", ""),
    "Gemeente Groningen": ("004", "doet mee in noord"),
    "Gemeente Midden-Drenthe": ("004", "doet mee in noord"),
    "Gemeente Oldambt": ("004", "doet mee in noord"),
    "Gemeente Opsterland": ("004", "doet mee in noord"),
    "MJD": ("004", "doet mee in noord"),
    "Noorderbrug": ("004", "doet mee in noord"),
    "het Oude Ambt": ("004", "doet mee in noord"),
    "Timpaan": ("004", "doet mee in noord"),
    "Welzijnswerk Midden Drenthe": ("004", "doet mee in noord"),
    "STAMM CMO": ("004", "doet mee in noord"),
    "CMO Groningen": ("004", "doet mee in noord"),
    "Partoer": ("004", "doet mee in noord"),
    "Movisie": ("openbare pagina's", ""),
    "Hanzehogeschool Groningen": ("openbare pagina's", "trekt noord"),
}
# Where text 003 tells of experiments and pilots, and what 002 calls the region of its werkplaats.
PLACES = {
    "utrecht": ("Amersfoort", "Nieuwegein", "Utrecht", "Veenendaal", "Woerden", "Leusden"),
    "den-haag-leiden": ("'s-Gravenhage", "Leiden"),
    "noord": ("Groningen", "Midden-Drenthe", "Oldambt"),
}
# As the texts and people call a werkplaats, beside the names in the file.
NICKNAMES = {
    "den-haag-leiden": ("Wmo-werkplaats SIO", "regio Den Haag en Leiden", "Zuid Holland Noord", "SIO"),
    "utrecht": ("kUS", "wmowerkplaats utrecht", "kennisplatform utrecht"),
    "noord": ("werkplaats groningen drenthe", "Groningen-Drenthe"),
    "noord-holland": ("kennisplatform noord-holland",),
    "zuid-holland-zuid": ("werkplaats rotterdam",),
    "arnhem-nijmegen": ("werkplaats nijmegen",),
}


def tie_of(organisation: Organisation) -> str:
    """What it does in the demonstration, in a few words; its row says so with the basis that it has."""
    lead = Leadership.objects.filter(organisation=organisation).select_related("werkplaats").first()
    partnership = Partnership.objects.filter(organisation=organisation).select_related("werkplaats").first()
    if Campaign.objects.filter(organisation=organisation).exists():
        return "leidt kwartiermaken"
    if lead:
        return f"trekt {lead.werkplaats.slug}"
    if partnership is None:
        return ""
    assert (partnership.basis, partnership.valid_from_precision) == ("aanname", "omstreeks"), organisation.name
    verb = "deed" if partnership.stage == Stage.ENDED else "doet"
    return f"{verb} mee in {partnership.werkplaats.slug}"


def names_in_file() -> dict[str, set[str]]:
    """Slug -> every name the file has for it."""
    rows = json.loads((DATA / "werkplaatsen.json").read_text())["werkplaatsen"]
    return {
        row["slug"]: {row["name"], row["region"], *row.get("former", []), *filter(None, [row.get("brand")])}
        for row in rows
    }


def shared(name: str) -> Path:
    """A file of the mission that stands beside the house, where it does."""
    return Path(__file__).parents[3] / "shared" / name


@pytest.fixture
def demo(settings: Any) -> None:
    """As ``werkplaats demo`` lays it down."""
    settings.IS_DEMO = True
    load(say=lambda _line: None)


@pytest.mark.usefixtures("demo")
def test_all_that_is_named_is_there_with_its_tie_its_source_and_how_sure_it_is() -> None:
    known = {one.name: one for one in Organisation.objects.all()}
    assert {name: tie_of(known[name]) for name in NAMED} == {name: tie for name, (_text, tie) in NAMED.items()}
    unsourced = {name: known[name].source for name, (text, _tie) in NAMED.items() if text not in known[name].source}
    assert unsourced == {}
    assert {known[name].basis for name in NAMED} == {"bekend"}
    for slug, places in PLACES.items():
        area = Municipality.objects.filter(areas__werkplaats__slug=slug)
        assert set(places) <= set(area.values_list("name", flat=True)), slug
    assert Grant.objects.filter(funder__icontains="VWS").exists(), "the ministry stands with the money"
    others = Organisation.objects.exclude(name__in=NAMED).exclude(leads__isnull=False)
    assert {one.basis for one in others} == {"demo"}
    assert [one.name for one in others if not one.name.startswith("Demo ")] == []
    if (listed := shared("data/organisations.csv")).exists():
        with listed.open(encoding="utf-8") as file:
            assert {row["name"] for row in csv.DictReader(file)} - set(NAMED) == set()


@pytest.mark.usefixtures("demo")
def test_every_name_of_a_werkplaats_finds_it(client: Client, indexed: Callable[[], int]) -> None:
    with clock.at(clock.now()):
        indexed()
        missed = {}
        for slug, names in names_in_file().items():
            for name in (*names, *NICKNAMES.get(slug, ())):
                # Who types a province means its municipalities as well: they come first, unless it is a werkplaats.
                also = {"soort": "werkplaats"} if Province.objects.filter(name=name).exists() else {}
                found = client.get("/api/v1/vermeldingen", {"q": name, **also}).json()["resultaten"]
                if not any(one["url"].endswith(f"/werkplaatsen/{slug}/") for one in found[:5]):
                    missed[name] = [one["titel"] for one in found[:5]]
    assert missed == {}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("place", ["utrecht", "noord"])
def test_work_waits_for_a_coordinator_of_the_demonstration(place: str) -> None:
    account = Account.objects.get(email=f"coordinator.{place}@demo.invalid")
    page = sign_in(account).get("/beheer/").content.decode()
    own = Contact.objects.filter(werkplaats__slug=place)
    for contact in own.due():
        assert contact.next_step in page
    assert own.due().exists()
    answered = Function.objects.filter(werkplaats__slug=place, checks__answered_at__isnull=False)
    assert answered.get().organisation.name in page
    assert Function.objects.filter(werkplaats__slug=place, checks__answered_at=None, checks__isnull=False).exists()
    for function in Function.objects.select_related("person", "organisation"):
        assert function.person.name.startswith("Demo ")
        assert function.person.email.endswith("@demo.invalid")
        assert function.organisation.basis == "demo", "nothing invented is said of who is real"


@pytest.mark.usefixtures("demo")
def test_nothing_invented_is_laid_down_twice() -> None:
    before = (Function.objects.count(), Contact.objects.count())
    with clock.at(clock.now() + timedelta(days=3)):
        load(say=lambda _line: None)
    assert (Function.objects.count(), Contact.objects.count()) == before
