"""Two organisations become one, and are taken apart again: exactly, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import factories
from tests.around import Around, make_around
from werkplaats.agenda.models import Support
from werkplaats.agenda.rules import Mandate
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.flows import merging
from werkplaats.flows.sections import follow_the_day
from werkplaats.network.forms import MergeForm
from werkplaats.network.models import (
    Campaign,
    Consultation,
    Contact,
    Function,
    Leadership,
    Merge,
    Organisation,
    Partnership,
)
from werkplaats.network.rules import LeadRole, Stage
from werkplaats.people.models import Person, Role
from werkplaats.people.rules import RoleKind

# What a merge leaves behind by design: its own record, the logbook, and the hall, which is made anew.
BESIDE = {"network.Merge", "core.LogEntry", "core.LogHead"}


def rows() -> dict[str, list[Any]]:
    """Every row of the apps that keep records, and of the hall what it says."""
    kept = {"network", "agenda", "library", "people", "places", "terms"}
    found = {
        model._meta.label: sorted(model._base_manager.values_list(), key=str)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in kept and model._meta.label not in BESIDE
    }
    # What was on the site for a moment leaves a tombstone.
    seen = apps.get_model("catalogue", "Entry").objects.filter(removed_at=None)
    hall = seen.values_list("uid", "title", "summary", "body", "facets")
    return {**found, "hall": sorted(hall, key=str)}


def merged(kept: Organisation, gone: Organisation, by: Any, **chosen: str) -> Merge:
    """As the form says it."""
    form = MergeForm(None, kept=kept, gone=gone)
    sent = {**{name: field.initial for name, field in form.fields.items()}, **chosen}
    form = MergeForm(sent, kept=kept, gone=gone)
    assert form.is_valid(), form.errors
    values, numbers = form.values(), form.foreign_numbers()
    return merging.merge(kept=kept, gone=gone, values=values, numbers=numbers, version=kept.version, by=by)


def full(around: Around) -> tuple[Organisation, Organisation]:
    """Two that are one, with everything that can point at an organisation."""
    gone = factories.make_organisation("Stg. Welzijn Utrecht", seat="Utrecht", former=["Welzijn Oud"])
    for one, kvk in ((around.ours, "11111111"), (gone, "22222222")):
        one.identifiers.create(scheme="kvk", value=kvk)
    gone.identifiers.create(scheme="ror", value="04pp8hn57")
    factories.make_partnership(gone, around.noord, seeks="Rust")
    person = Person.objects.create(name="Mies Proefpersoon")
    Function.objects.create(person=person, organisation=gone, valid_from=factories.LONG_AGO)
    Contact.objects.create(organisation=gone, person=person, said="Gebeld", werkplaats=around.noord)
    Leadership.objects.create(
        werkplaats=around.noord, organisation=gone, role=LeadRole.LEAD, valid_from=factories.LONG_AGO
    )
    both, one = factories.make_question(werkplaats=around.utrecht), factories.make_question("Een andere vraag dan die?")
    for question, organisation in ((both, around.ours), (both, gone), (one, gone)):
        Support.objects.create(
            question=question, organisation=organisation, mandate=Mandate.values[0], valid_from=factories.LONG_AGO
        )
    factories.make_account("redactie@example.org", RoleKind.PARTNER_EDITOR, gone)
    # From both together, and from the one that goes.
    factories.make_publication("Van beide", organisations=[around.ours, gone])
    publication = factories.make_publication("Van een", organisations=[gone], makers=["Stg. Welzijn Utrecht"])
    publication.contributors.update(is_group=True, organisation=gone)
    return around.ours, gone


@pytest.fixture
def around(db: None) -> Around:
    """People at the desk."""
    return make_around()


def test_everything_that_points_at_one_points_at_the_other(around: Around) -> None:
    kept, gone = full(around)
    merged(kept, gone, around.accounts["landelijk"])
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    kept.refresh_from_db()
    assert kept.former == ["Welzijn Oud", "Stg. Welzijn Utrecht"] and kept.seat == "Utrecht"
    assert dict(kept.identifiers.values_list("scheme", "value")) == {"kvk": "11111111", "ror": "04pp8hn57"}
    counts = [kept.partnerships, kept.leads, kept.functions, kept.contacts, kept.supports]
    assert [one.count() for one in counts] == [2, 2, 1, 1, 2]
    assert Role.objects.get(account__email="redactie@example.org").scope_uid == kept.uid
    # Found by the name that went.
    assert Organisation.objects.named("stg. welzijn utrecht") == [kept]
    line = LogEntry.objects.get(verb="network.organisation.merged")
    assert (line.target, line.actor) == (kept.uid, around.accounts["landelijk"].uid)


def test_what_was_chosen_stays(around: Around) -> None:
    kept, gone = full(around)
    merged(kept, gone, around.accounts["landelijk"], name="daar", kvk="daar")
    kept.refresh_from_db()
    assert (kept.name, kept.former) == ("Stg. Welzijn Utrecht", ["Welzijn Oud", "Welzijn Utrecht"])
    assert kept.identifiers.get(scheme="kvk").value == "22222222"


def test_undo_gives_every_row_back(around: Around) -> None:
    kept, gone = full(around)
    factories.make_partnership(gone, around.utrecht, seeks="Ook iets", valid_from=date(2019, 1, 1))
    before = rows()
    made = merged(kept, gone, around.accounts["landelijk"], name="daar", kvk="daar")
    assert rows() != before
    joined = kept.partnerships.get(werkplaats=around.utrecht)
    assert (joined.valid_from, joined.seeks) == (date(2019, 1, 1), "Onze wens\nOok iets")
    merging.undo(merged=made, by=around.accounts["landelijk"])
    assert rows() == before


class TestUndo(TestCase):
    """Whatever two organisations have, merging and undoing leaves every row as it was."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_merge_and_undo_is_nothing(self, data: st.DataObject) -> None:
        around = make_around()
        two = [around.ours, factories.make_organisation("Welzijn Utrecht e.o.")]
        schemes, flags = st.sampled_from(["kvk", "ror", "rsin"]), st.booleans()
        for number, one in enumerate(two):
            for scheme in data.draw(st.sets(schemes)):
                one.identifiers.create(scheme=scheme, value=f"{scheme}{number}")
            one.seat = data.draw(st.sampled_from(["", "Utrecht", "Zeist"]))
            one.former = data.draw(st.lists(st.sampled_from(["Oud", "Ouder", "Welzijn Utrecht"]), max_size=2))
            one.save()
            for year, region in data.draw(st.sets(st.tuples(st.integers(2012, 2016), flags), max_size=3)):
                factories.make_partnership(
                    one, around.noord if region else around.utrecht, valid_from=date(year, 1, 1),
                    valid_to=date(year + 1, 1, 1), stage=data.draw(st.sampled_from([Stage.ACTIVE, Stage.SIGNED])),
                )  # fmt: skip
        kept, gone = two if data.draw(flags) else reversed(two)
        before = rows()
        if merging.Plan.of(kept, gone, by=around.accounts["landelijk"]).refusals:
            with pytest.raises(ValidationError):
                merged(kept, gone, around.accounts["landelijk"])
            assert rows() == before
            return
        chosen = {"name": data.draw(st.sampled_from(["hier", "daar"]))}
        made = merged(kept, gone, around.accounts["landelijk"], **chosen)
        merging.undo(merged=made, by=around.accounts["landelijk"])
        assert rows() == before


def test_partnerships_that_contradict_each_other_are_told(around: Around) -> None:
    kept, gone = full(around)
    factories.make_partnership(gone, around.utrecht, stage=Stage.TALKING)
    before = rows()
    with pytest.raises(ValidationError, match="Beide doen tegelijk mee in Utrecht"):
        merged(kept, gone, around.accounts["landelijk"])
    assert rows() == before


def test_undo_refuses_when_something_changed_since(around: Around) -> None:
    kept, gone = full(around)
    made = merged(kept, gone, around.accounts["landelijk"])
    Organisation.objects.filter(pk=kept.pk).update(seat="Zeist")
    before = rows()
    with pytest.raises(ValidationError, match="is gewijzigd: organisatie"):
        merging.undo(merged=made, by=around.accounts["landelijk"])
    assert rows() == before


def test_undo_is_for_thirty_days(around: Around) -> None:
    kept, gone = full(around)
    made = merged(kept, gone, around.accounts["landelijk"])
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(ValidationError, match="dertig dagen"):
        merging.undo(merged=made, by=around.accounts["landelijk"])
    merging.undo(merged=made, by=around.accounts["landelijk"])
    with pytest.raises(ValidationError, match="al ongedaan"):
        merging.undo(merged=made, by=around.accounts["landelijk"])


def test_a_second_merge_leads_the_first_one_on(around: Around) -> None:
    kept, gone = full(around)
    first = merged(kept, gone, around.accounts["landelijk"])
    kept.refresh_from_db()
    last = factories.make_organisation("Alles Samen")
    second = merged(last, kept, around.accounts["landelijk"])
    assert Merge.objects.now_of(gone.uid) == last
    with pytest.raises(ValidationError, match="is gewijzigd"):
        merging.undo(merged=first, by=around.accounts["landelijk"])
    merging.undo(merged=second, by=around.accounts["landelijk"])
    merging.undo(merged=first, by=around.accounts["landelijk"])
    assert Organisation.objects.filter(uid=gone.uid).exists() and Merge.objects.now_of(gone.uid) is None


def test_what_a_person_said_is_not_kept_with_the_merge(around: Around) -> None:
    kept, gone = full(around)
    made = merged(kept, gone, around.accounts["landelijk"])
    assert "Gebeld" not in str(made.steps) and "Mies" not in str(made.steps)
    assert Partnership.objects.filter(organisation=kept).count() == 2


def test_a_night_wipes_what_can_be_undone_no_more_and_nothing_else(around: Around) -> None:
    kept, gone = full(around)
    old = merged(kept, gone, around.accounts["landelijk"])
    with clock.at(clock.now() + timedelta(days=20)):
        kept.refresh_from_db()
        new = merged(kept, around.nobodys, around.accounts["landelijk"])
    assert old.steps and new.steps
    with clock.at(old.undo_until - timedelta(minutes=1)):
        follow_the_day(by=SYSTEM)
    assert Merge.objects.exclude(steps=[]).count() == 2, "as long as it can be undone"
    with clock.at(old.undo_until + timedelta(minutes=1)):
        follow_the_day(by=SYSTEM)
        follow_the_day(by=SYSTEM)
    assert list(Merge.objects.exclude(steps=[])) == [new]
    lines = LogEntry.objects.filter(verb="network.organisation.merge_settled")
    assert [(line.target, line.actor, line.detail) for line in lines] == [(old.uid, SYSTEM.uid, {})]


def campaigns(around: Around) -> tuple[Campaign, Campaign, Consultation]:
    """Two projects, and a consultation of the first."""
    one, two = (
        Campaign.objects.create(name=name, organisation=around.theirs, valid_from=factories.LONG_AGO)
        for name in ("Werven 2020", "Werven 2022")
    )
    return one, two, Consultation.objects.create(campaign=one, name="Wethoudersoverleg")


def both_take_part(around: Around, here: dict[str, Any], there: dict[str, Any]) -> Organisation:
    """The one that goes takes part in Utrecht at the same time as ours."""
    Partnership.objects.filter(pk=around.our_partnership.pk).update(**here)
    gone = factories.make_organisation("Stg. Welzijn Utrecht")
    factories.make_partnership(gone, around.utrecht, **there)
    return gone


def test_what_only_the_joined_partnership_says_is_kept_told_before_and_given_back(around: Around) -> None:
    one, _two, talk = campaigns(around)
    there = {"campaign": one, "consultation": talk, "looked_at": date(2026, 5, 1), "source": "Jaarverslag 2021"}
    gone = both_take_part(around, {"source": "Brief", "basis": "aanname", "looked_at": date(2025, 5, 1)}, there)
    before = rows()
    ((said, facts),) = merging.Plan.of(around.ours, gone, by=around.accounts["landelijk"]).joins
    assert "dat wordt één samenwerking" in said
    assert {label.lower(): text for label, text in facts} == {
        "kwam door kwartiermaakproject": "Werven 2020", "kwam uit overleg": "Wethoudersoverleg",
        "nagelopen op": "1 mei 2026", "bron": "Brief; Jaarverslag 2021", "zekerheid": "bekend",
    }  # fmt: skip
    made = merged(around.ours, gone, around.accounts["landelijk"])
    left = Partnership.objects.get(werkplaats=around.utrecht)
    assert (left.campaign, left.consultation, left.looked_at, left.source, left.basis) == (
        one, talk, date(2026, 5, 1), "Brief; Jaarverslag 2021", "bekend",
    )  # fmt: skip
    merging.undo(merged=made, by=around.accounts["landelijk"])
    assert rows() == before


def test_another_project_than_one_s_own_is_kept_in_words(around: Around) -> None:
    one, two, talk = campaigns(around)
    gone = both_take_part(around, {"campaign": two}, {"campaign": one, "consultation": talk})
    merged(around.ours, gone, around.accounts["landelijk"])
    left = Partnership.objects.get(werkplaats=around.utrecht)
    assert (left.campaign, left.consultation) == (two, None)
    assert left.source == "kwam ook door Werven 2020; kwam ook uit overleg Wethoudersoverleg"


def test_sources_that_do_not_fit_together_are_not_cut_off(around: Around) -> None:
    gone = both_take_part(around, {"source": "a" * 120}, {"source": "b" * 120})
    before = rows()
    with pytest.raises(ValidationError, match="langer dan 200 tekens"):
        merged(around.ours, gone, around.accounts["landelijk"])
    assert rows() == before
