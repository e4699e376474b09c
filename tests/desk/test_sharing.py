"""An organisation of two werkplaatsen: what a region says alone gives it nothing of another's; sharing does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.around import Around
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.dates import Moment, Precision
from werkplaats.core.models import LogEntry
from werkplaats.flows import merging, roles
from werkplaats.network import actions
from werkplaats.network.models import Function, Leadership, Organisation, Partnership
from werkplaats.network.rules import LeadRole, Stage
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind, Scope

pytestmark = pytest.mark.django_db
SECRET = "geheim@example.org"


@pytest.fixture
def person(around: Around) -> Function:
    """Whom Utrecht knows at its partner."""
    mies = Person.objects.create(name="Mies Proefpersoon", email=SECRET)
    made: Function = Function.objects.create(
        person=mies, organisation=around.ours, werkplaats=around.utrecht, valid_from=factories.LONG_AGO
    )
    return made


def text(answer: Any) -> str:
    """What a page says; nothing when it does not exist for this account."""
    return answer.content.decode() if answer.status_code == 200 else ""


def appointed(around: Around, name: str) -> bool:
    """Whether this account may name who speaks for the partner of Utrecht."""
    about = {"kind": RoleKind.PARTNER_EDITOR, "scope_kind": Scope.ORGANISATION, "scope_uid": around.ours.uid}
    offered = {(one.kind, one.uid) for one in roles.choices_for(by=around.accounts[name])}
    may = roles.may_give(**about, by=around.accounts[name])
    assert ((RoleKind.PARTNER_EDITOR, around.ours.uid) in offered) is may
    return may


def changed(around: Around, name: str) -> bool:
    """Whether this account can change the partner of Utrecht."""
    one = Organisation.objects.get(pk=around.ours.pk)
    seat = f"Door {name}, {one.version}"
    sent = {"name": one.name, "kind": "overig", "seat": seat, "version": str(one.version)}
    around.client(name).post(f"/beheer/organisaties/{one.uid}/", sent)
    return Organisation.objects.get(pk=one.pk).seat == seat


def reached(around: Around, name: str = "noord") -> set[str]:
    """What this account gets of the partner of Utrecht."""
    client = around.client(name)
    person = Function.objects.get(werkplaats=around.utrecht)
    places = (
        "contactpersonen/", "contactpersonen/uitvoer.csv", "contactpersonen/?q=geheim", "contactmomenten/nieuw/",
        "bevestigingen/ronde/", f"contactpersonen/{person.uid}/", f"contactpersonen/{person.uid}/geschiedenis/",
        f"organisaties/{around.ours.uid}/", f"samenwerkingen/{around.our_partnership.uid}/",
    )  # fmt: skip
    told = [text(client.get(f"/beheer/{place}")) for place in places]
    got = {"persons"} if any(word in page for page in told for word in (SECRET, "Mies")) else set()
    got |= {"partnership"} if any("Onze wens" in page for page in told) else set()
    got |= {"roles"} if appointed(around, name) else set()
    got |= {"pim"} if "Partner" in text(client.get("/beheer/mensen/")) else set()
    return got | ({"organisation"} if changed(around, name) else set())


def signs(around: Around, **more: str) -> Partnership:
    """The coordinator of Noord writes down that the partner of Utrecht signed there."""
    sent = {"organisation": around.ours.name, "stage": "getekend", "role": "partner", "start": "1990", **more}
    around.client("noord").post("/beheer/samenwerkingen/nieuw/", sent)
    return Partnership.objects.get(organisation=around.ours, werkplaats=around.noord, valid_to=None)


def by_steps(around: Around) -> Partnership:
    """First approached, then the first step is said to have been a signature, long ago."""
    one = signs(around, stage="benaderd")
    step = one.steps.get()
    on = Moment(factories.LONG_AGO, Precision.DAY)
    actions.correct_step(step=step, stage=Stage.ACTIVE, on=on, version=1, by=around.accounts["noord"])
    return one


def signed_again(around: Around) -> Partnership:
    """Shared once, ended, and begun again."""
    one = signs(around)
    actions.share(partnership=one, by=around.accounts["landelijk"])
    today = Moment(clock.today(), Precision.DAY)
    for stage, version in ((Stage.ENDED, 1), (Stage.ACTIVE, 2)):
        with clock.at(clock.now() + timedelta(days=version)):
            today = Moment(clock.today(), Precision.DAY)
            actions.change_stage(
                partnership=one, stage=stage, on=today, reason="Omdat", version=version, by=around.accounts["noord"]
            )
    # What came back is a partnership of its own.
    return Partnership.objects.filter(organisation=one.organisation, werkplaats=around.noord).latest("valid_from")


def moved(around: Around) -> Partnership:
    """Signed with another organisation before Utrecht did with theirs, shared there, and put in its place."""
    with clock.at(clock.now() - timedelta(days=900)):
        one = factories.make_partnership(factories.make_organisation("Welzijn Elders"), around.noord)
    actions.share(partnership=one, by=around.accounts["landelijk"])
    values = {"organisation": around.ours, "valid_from": one.valid_from}
    return actions.save_partnership(partnership=one, values=values, version=1, by=around.accounts["noord"])


def merged(around: Around) -> Partnership:
    """The national desk lets an organisation of Noord, older and shared, go up in that of Utrecht."""
    with clock.at(clock.now() - timedelta(days=900)):
        one = factories.make_partnership(factories.make_organisation("Welzijn Utrecht e.o."), around.noord)
    actions.share(partnership=one, by=around.accounts["landelijk"])
    values = {name: getattr(around.ours, name) for name in ("name", "kind", "seat", "former")}
    merging.merge(
        kept=around.ours,
        gone=one.organisation,
        values=values,
        numbers=set(),
        version=1,
        by=around.accounts["landelijk"],
    )
    return one


WAYS = [signs, by_steps, signed_again, moved, merged]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_region_s_own_word_gives_it_nothing_of_another_s(
    around: Around, person: Function, way: Callable[[Around], Partnership]
) -> None:
    # Who leads is the national desk's word; here Utrecht only signed.
    Leadership.objects.all().delete()
    one = way(around)
    with clock.at(clock.now() + timedelta(days=3)):
        one.refresh_from_db()
        assert one.organisation == around.ours and one in Partnership.objects.public()
        assert reached(around) == set()
        assert reached(around, "coordinator") == {"persons", "partnership", "roles", "pim", "organisation"}


def test_noord_keeps_its_own_side_of_it(around: Around, person: Function) -> None:
    Leadership.objects.all().delete()
    one, client = signs(around, seeks="Wat Noord zoekt"), around.client("noord")
    page = text(client.get(f"/beheer/samenwerkingen/{one.uid}/"))
    assert "Wat Noord zoekt" in page and "Wacht op bevestiging" in page and "Utrecht" in page
    own = {"organisation": around.ours.name, "name": "Jan Nieuw", "start": "2026-01", "what": "", "email": ""}
    client.post("/beheer/contactpersonen/nieuw/", own)
    assert "Jan Nieuw" in text(client.get("/beheer/contactpersonen/"))
    assert "Jan Nieuw" not in text(around.client("coordinator").get("/beheer/contactpersonen/"))


@pytest.mark.parametrize("name", ["coordinator", "landelijk"])
def test_who_holds_it_or_the_national_desk_shares_it(around: Around, person: Function, name: str) -> None:
    one, client = signs(around), around.client(name)
    there = f"/beheer/samenwerkingen/{one.uid}/delen/"
    assert there in text(client.get("/beheer/")) and there in text(
        client.get(f"/beheer/organisaties/{around.ours.uid}/")
    )
    page = text(client.get(there))
    assert "Noord" in page and around.ours.name in page
    client.post(there, {"wat": "deel"})
    assert reached(around) == {"persons", "roles", "pim", "organisation"}
    assert there not in text(client.get("/beheer/"))
    line = LogEntry.objects.get(verb="network.partnership.shared")
    assert (line.actor, line.target) == (around.accounts[name].uid, one.uid)
    assert "Wacht op bevestiging" not in text(around.client("noord").get(f"/beheer/samenwerkingen/{one.uid}/"))


@pytest.mark.parametrize("name", ["noord", "lector", "partner", "buur", "beheerder", "deelnemer"])
def test_nobody_else_does(around: Around, person: Function, name: str) -> None:
    one = signs(around)
    around.client(name).post(f"/beheer/samenwerkingen/{one.uid}/delen/", {"wat": "deel"})
    with pytest.raises(PermissionDenied):
        actions.share(partnership=one, by=around.accounts[name])
    assert Partnership.objects.get(pk=one.pk).shared_at is None


def test_who_is_not_shared_with_shares_with_nobody(around: Around, person: Function) -> None:
    signs(around)
    zee = factories.make_werkplaats("Zee")
    third = factories.make_partnership(around.ours, zee)
    with pytest.raises(PermissionDenied):
        actions.share(partnership=third, by=around.accounts["noord"])


def test_the_national_desk_takes_it_back_and_the_coordinator_does_not(around: Around, person: Function) -> None:
    one = signs(around)
    there = f"/beheer/samenwerkingen/{one.uid}/delen/"
    around.client("coordinator").post(there, {"wat": "deel"})
    around.client("coordinator").post(there, {"wat": "niet"})
    assert "persons" in reached(around)
    around.client("landelijk").post(there, {"wat": "niet"})
    assert reached(around) == set()


def test_who_is_first_does_not_see_the_people_of_who_came_later(around: Around, person: Function) -> None:
    Leadership.objects.all().delete()
    with clock.at(clock.now() - timedelta(days=900)):
        # By its own word before Utrecht ever signed: it may keep the organisation, and sees nobody of another.
        factories.make_partnership(around.theirs, around.utrecht)
    Partnership.objects.filter(pk=around.their_partnership.pk).update(stage=Stage.TALKING)
    jan = Person.objects.create(name="Jan Buitenpost", email="jan@example.org")
    row: Any = {"organisation": around.theirs, "werkplaats": around.noord, "valid_from": factories.LONG_AGO}
    Function.objects.create(person=jan, **row)
    client = around.client("coordinator")
    assert "Jan Buitenpost" not in text(client.get("/beheer/contactpersonen/"))
    # Nor does who speaks for the organisation read what Noord says of its talks.
    assert "Hun geheime wens" not in text(around.client("buur").get("/beheer/samenwerkingen/?q=geheime"))
    today = Moment(clock.today(), Precision.DAY)
    actions.change_stage(
        partnership=around.their_partnership, stage=Stage.SIGNED, on=today, version=1, by=around.accounts["noord"]
    )
    actions.share(partnership=around.their_partnership, by=around.accounts["coordinator"])
    assert "Jan Buitenpost" not in text(client.get("/beheer/contactpersonen/"))
    # Noord opens its own.
    ours = Partnership.objects.get(organisation=around.theirs, werkplaats=around.utrecht)
    actions.share(partnership=ours, by=around.accounts["noord"])
    assert "Jan Buitenpost" in text(client.get("/beheer/contactpersonen/"))


def test_whoever_leads_holds_it_and_a_region_alone_is_as_it_was(around: Around) -> None:
    assert changed(around, "coordinator") and appointed(around, "coordinator")
    # Led elsewhere: the national desk said so.
    lone = factories.make_organisation("Hogeschool Samen")
    Leadership.objects.create(
        werkplaats=around.utrecht, organisation=lone, role=LeadRole.LEAD, valid_from=factories.LONG_AGO
    )
    one = factories.make_partnership(lone, around.noord)
    held = Organisation.objects.held_by
    assert lone in held([around.utrecht.uid]) and lone not in held([around.noord.uid])
    actions.share(partnership=one, by=around.accounts["coordinator"])
    assert lone in held([around.noord.uid])


def test_taking_a_merge_back_gives_each_what_it_had(around: Around) -> None:
    one = merged(around)
    one.refresh_from_db()
    assert one.shared_at is None
    around.ours.refresh_from_db()
    merging.undo(merged=around.ours.merges.get(), by=around.accounts["landelijk"])
    one.refresh_from_db()
    assert one.shared_at is not None and one.counted_at < around.our_partnership.counted_at


def test_the_warning_of_one_that_is_there_already_tells_no_more_than_name_and_place(around: Around) -> None:
    Organisation.objects.filter(pk=around.theirs.pk).update(seat="Assen", source="Gesprek van Noord in mei")
    Leadership.objects.all().delete()
    answer = around.client("coordinator").get("/beheer/organisaties/lijkt-op/", {"naam": "Welzijn Drente"})
    assert answer.json()["lijkt"] == [
        {"naam": "Welzijn Drenthe, Assen (lijkt erop)", "adres": f"/beheer/organisaties/{around.theirs.uid}/"}
    ]
    sent = {"name": "Welzijn Drenthe", "kind": "overig", "version": "0"}
    page = text(around.client("coordinator").post("/beheer/organisaties/nieuw/", sent))
    assert "Welzijn Drenthe" in page
    for words in (page, text(around.client("coordinator").get(f"/beheer/organisaties/{around.theirs.uid}/"))):
        assert not any(told in words for told in ("Noord", "in gesprek", "Hun geheime wens", "Gesprek van"))


def test_what_the_operator_reads_in_is_shared(around: Around, tmp_path: Any) -> None:
    from werkplaats.network.imports.organisations import import_organisations

    one = signs(around)
    file = tmp_path / "partners.csv"
    slug = around.noord.slug
    file.write_text(f"name,kind,werkplaats,stage,valid_from\n{around.ours.name},overig,{slug},getekend,1990\n")
    assert around.ours not in Organisation.objects.held_by([around.noord.uid])
    import_organisations(path=file, dry_run=False, progress=lambda *_: None, by=SYSTEM)
    one.refresh_from_db()
    assert one.shared_at is not None and around.ours in Organisation.objects.held_by([around.noord.uid])
