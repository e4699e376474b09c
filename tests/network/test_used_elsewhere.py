"""An organisation that another region uses, in whichever table, is not a coordinator's to rename or let go up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.around import Around
from werkplaats.core import clock
from werkplaats.core.pointers import keys_to, uids_as_text, ways
from werkplaats.desk.organisations import organisations_changed_by
from werkplaats.flows import merging
from werkplaats.library.models import Contributor
from werkplaats.network.models import (
    Campaign,
    Contact,
    Function,
    Leadership,
    Merge,
    Organisation,
    Werkplaats,
)
from werkplaats.network.queries.organisations import PARTS_OF_IT
from werkplaats.network.rules import LeadRole, Stage
from werkplaats.news.models import RegionalSite
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind
from werkplaats.research.models import (
    CircleMember,
    CirclePartner,
    PilotPartner,
    ProjectPartner,
    YieldPartner,
)

pytestmark = pytest.mark.django_db

Make = Callable[[Werkplaats | None, Organisation], Any]
SINCE: dict[str, Any] = {"valid_from": factories.LONG_AGO}


def _contributed(where: Werkplaats | None, whom: Organisation) -> Any:
    made = factories.make_publication("Een boek", werkplaatsen=[where] if where else [], makers=[whom.name])
    return made.contributors.update(is_group=True, organisation=whom)


def _published(where: Werkplaats | None, whom: Organisation) -> Any:
    return factories.make_publication("Van hen", werkplaatsen=[where] if where else [], organisations=[whom])


def _site(where: Werkplaats | None, whom: Organisation) -> Any:
    return RegionalSite.objects.update_or_create(werkplaats=where, defaults={"responsible": whom})


def _person() -> Person:
    person: Person = Person.objects.create(name="Mies Proefpersoon")
    return person


# A row of each table that points at an organisation, of a werkplaats: a new table belongs here too.
USES: dict[str, Make] = {
    "network.Leadership": lambda where, whom: Leadership.objects.create(
        werkplaats=where, organisation=whom, role=LeadRole.LEAD, **SINCE
    ),
    "network.Campaign": lambda where, whom: Campaign.objects.create(
        name="Kwartiermaken", werkplaats=where, organisation=whom, **SINCE
    ),
    "network.Function": lambda where, whom: Function.objects.create(
        person=_person(), organisation=whom, werkplaats=where, **SINCE
    ),
    "network.Contact": lambda where, whom: Contact.objects.create(organisation=whom, werkplaats=where, said="Gebeld"),
    "network.Partnership": lambda where, whom: factories.make_partnership(whom, where, stage=Stage.TALKING),  # type: ignore[arg-type]
    "library.Publication_organisations": _published,
    "library.Contributor": _contributed,
    "research.Project": lambda where, whom: factories.make_project(werkplaats=where, organisation=whom),
    "research.ProjectPartner": lambda where, whom: ProjectPartner.objects.create(
        project=factories.make_project(werkplaats=where), organisation=whom
    ),
    "research.CircleMember": lambda where, whom: CircleMember.objects.create(
        circle=factories.make_circle(werkplaats=where), organisation=whom
    ),
    "research.CirclePartner": lambda where, whom: CirclePartner.objects.create(
        circle=factories.make_circle(werkplaats=where), organisation=whom
    ),
    "research.PilotPartner": lambda where, whom: PilotPartner.objects.create(
        pilot=factories.make_pilot(werkplaats=where), organisation=whom
    ),
    "research.YieldPartner": lambda where, whom: YieldPartner.objects.create(
        made=factories.make_yield(werkplaats=where), organisation=whom
    ),
    "news.RegionalSite": _site,
}
# Of these a row may be of no werkplaats: then it is the national desk's.
NATIONAL = (
    "network.Campaign", "library.Publication_organisations", "library.Contributor",
    "research.Project", "research.ProjectPartner",
)  # fmt: skip


def may(around: Around, whom: Organisation) -> tuple[bool, bool]:
    """Whether the coordinator of Utrecht may rename it, and let it go up in another."""
    by = around.accounts["coordinator"]
    return (
        organisations_changed_by(by).filter(pk=whom.pk).exists(),
        merging.mergeable_by(by=by).filter(pk=whom.pk).exists(),
    )


def test_every_table_that_points_at_an_organisation_is_known_here() -> None:
    found = {model._meta.label for model, _key in keys_to(Organisation)} - PARTS_OF_IT

    assert found == set(USES), "maak hierboven een rij van elke tabel die naar een organisatie wijst"


def test_of_every_table_one_can_tell_whose_its_rows_are() -> None:
    lost = [
        model._meta.label
        for model, _key in keys_to(Organisation)
        if model._meta.label not in PARTS_OF_IT and not ways(model, Werkplaats, but=Organisation)
    ]

    assert lost == [], "wat hier staat telt als van een ander: zo kan een coördinator de eigen partner niet bijhouden"


def test_every_place_for_a_uid_is_known() -> None:
    """Who may write for an organisation is kept as text; what else is, is looked at too."""
    assert {model._meta.label for model, _one in uids_as_text(but=PARTS_OF_IT)} == {
        "people.Role", "people.Invitation", "agenda.AnsweringEntry", "agenda.FoundAnswer", "research.Pilot",
        "research.Yield",
    }  # fmt: skip


@pytest.mark.parametrize("table", USES)
def test_what_another_region_uses_is_not_free(around: Around, table: str) -> None:
    assert may(around, around.nobodys) == (True, True)
    USES[table](around.noord, around.nobodys)
    assert may(around, around.nobodys) == (False, False)


@pytest.mark.parametrize("table", NATIONAL)
def test_what_the_national_desk_uses_is_not_free(around: Around, table: str) -> None:
    USES[table](None, around.nobodys)
    assert may(around, around.nobodys) == (False, False)


@pytest.mark.parametrize("table", USES)
def test_what_only_the_own_region_uses_stays_its_own(around: Around, table: str) -> None:
    USES[table](around.utrecht, around.nobodys)
    assert may(around, around.nobodys) == (True, True)


@pytest.mark.parametrize("table", USES)
def test_of_an_own_partner_that_another_uses_nothing_is_moved(around: Around, table: str) -> None:
    """Who holds it keeps its data; what others wrote about it is not theirs to move."""
    USES[table](around.noord, around.ours)
    # That others talked with it is known to nobody else, and goes along.
    assert may(around, around.ours) == (True, table == "network.Contact")


def test_what_belongs_to_two_regions_is_not_one_s_own(around: Around) -> None:
    factories.make_publication("Samen", werkplaatsen=[around.utrecht, around.noord], organisations=[around.nobodys])
    assert may(around, around.nobodys) == (False, False)


def test_approaching_who_is_used_elsewhere_gives_nothing(around: Around) -> None:
    USES["library.Contributor"](around.noord, around.nobodys)
    factories.make_partnership(around.nobodys, around.utrecht, stage=Stage.APPROACHED)
    assert may(around, around.nobodys) == (False, False)


def test_what_somebody_may_write_for_is_not_free(around: Around) -> None:
    factories.make_account("voorhen@example.org", RoleKind.PARTNER_EDITOR, around.nobodys)
    assert may(around, around.nobodys) == (False, False)


@pytest.mark.parametrize("table", ["network.Function", "network.Contact"])
def test_whom_the_national_desk_knows_there_binds_nobody(around: Around, table: str) -> None:
    USES[table](None, around.nobodys)
    assert may(around, around.nobodys) == (True, True)


def test_of_what_another_region_once_did_with_both_nothing_is_told(around: Around) -> None:
    for whom in (around.ours, around.nobodys):
        factories.make_partnership(whom, around.noord, stage=Stage.NOT_NOW)
    factories.make_partnership(around.nobodys, around.utrecht, stage=Stage.TALKING, valid_from=clock.today())
    address = f"/beheer/samenvoegingen/van/{around.nobodys.uid}/?met={around.ours.uid}"
    client = around.client("coordinator")
    pages = client.get(address), client.post(address, {"version": "1", "name": "hier"})
    for page in (one.content.decode() for one in pages):
        assert "Vraag het landelijk bureau" in page and "Noord" not in page
        assert "<li>1 samenwerking</li>" in page
    assert Organisation.objects.filter(pk=around.nobodys.pk).exists()


def _merge(around: Around, gone: Organisation, name: str) -> Merge:
    kept = around.ours
    values = {one: getattr(kept, one) for one in ("name", "kind", "seat", "former")}
    by = around.accounts[name]
    return merging.merge(kept=kept, gone=gone, values=values, numbers=set(), version=kept.version, by=by)


@pytest.mark.parametrize("name", ["coordinator", "noord", "lector", "partner", "beheerder", "deelnemer"])
def test_the_flow_itself_asks_who_may(around: Around, name: str) -> None:
    USES["library.Contributor"](around.noord, around.nobodys)
    with pytest.raises(ValidationError, match="landelijk bureau"):
        _merge(around, around.nobodys, name)
    assert Organisation.objects.filter(pk=around.nobodys.pk).exists()
    assert Contributor.objects.get().organisation == around.nobodys


def test_a_merge_is_taken_apart_by_who_may_merge(around: Around) -> None:
    made = _merge(around, around.nobodys, "coordinator")
    for name in ("noord", "lector", "partner"):
        with pytest.raises(ValidationError, match="landelijk bureau"):
            merging.undo(merged=made, by=around.accounts[name])
    # Since then another region used what was kept.
    USES["research.PilotPartner"](around.noord, around.ours)
    with pytest.raises(ValidationError, match="landelijk bureau"):
        merging.undo(merged=made, by=around.accounts["coordinator"])
    merging.undo(merged=made, by=around.accounts["landelijk"])
    assert Organisation.objects.filter(uid=around.nobodys.uid).exists()


def test_the_plan_tells_nothing_of_what_one_may_not_see(around: Around) -> None:
    """A region's moments of contact and its closed groups: not how many, nor whether there are any."""
    address = f"/beheer/samenvoegingen/van/{around.nobodys.uid}/?met={around.ours.uid}"

    def told() -> list[str]:
        page = around.client("landelijk").get(address).content.decode()
        part = page[page.index("<h2>Wat meegaat</h2>") :]
        return [line.strip() for line in part[: part.index("</form>")].splitlines() if "csrf" not in line]

    empty = told()
    USES["network.Contact"](around.noord, around.nobodys)
    closed = factories.make_circle("Besloten", around.noord, visibility="werkplaats")
    CircleMember.objects.create(circle=closed, organisation=around.nobodys)
    assert told() == empty
    USES["library.Contributor"](around.noord, around.nobodys)
    assert [line for line in told() if line not in empty] == ["<ul><li>1 maker</li></ul>"]
