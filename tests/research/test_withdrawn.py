"""What was taken off the site leaves a gap where it hung, and not one of its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client

from tests import factories
from werkplaats.catalogue.models import Entry, Facet, Link
from werkplaats.catalogue.refresh import rebuild
from werkplaats.catalogue.trail import trail_of
from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.research.models import CirclePartner, PilotPartner, ProjectPartner, YieldPartner

pytestmark = pytest.mark.django_db
REASON = "dubbel"
# A record that is withdrawn, the one that it hung on, and what it is kept with.
Planted = tuple[Any, Any]


def words_in(record: Any, word: str) -> dict[str, str]:
    """This word in every field of free text that the record has."""
    free = {"withdrawn", "tried", "points_at"}
    fields = [
        field for field in record._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices and field.editable and field.name not in free
    ]  # fmt: skip
    return {field.name: f"{word} {field.name}" for field in fields}


def project(word: str) -> Planted:
    noord = factories.make_werkplaats("Noord")
    question = factories.make_question("Wie eet er alleen?", werkplaats=noord)
    made = factories.make_project(word, noord, questions=[question], themes=[factories.make_theme("Jeugd")])
    ProjectPartner.objects.create(project=made, organisation=factories.make_organisation("Stichting Weg"), role=word)
    return made, question


def circle(word: str) -> Planted:
    noord = factories.make_werkplaats("Noord")
    above = factories.make_project("Samen eten", noord)
    made = factories.make_circle(word, noord, project=above)
    CirclePartner.objects.create(circle=made, organisation=factories.make_organisation("Stichting Weg"), role=word)
    return made, above


def pilot(word: str) -> Planted:
    noord = factories.make_werkplaats("Noord")
    above = factories.make_circle("Samenspel", noord)
    place = factories.make_municipality("Assen")
    made = factories.make_pilot(word, noord, circle=above, municipalities=[place])
    PilotPartner.objects.create(pilot=made, organisation=factories.make_organisation("Stichting Weg"), role=word)
    return made, above


def found(word: str) -> Planted:
    above = factories.make_circle("Samenspel", factories.make_werkplaats("Noord"))
    made = factories.make_yield(word, circle=above)
    YieldPartner.objects.create(made=made, organisation=factories.make_organisation("Stichting Weg"), role=word)
    return made, above


PLANTS = {"project": project, "kenniskring": circle, "pilot": pilot, "opbrengst": found}
kinds = pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)


def fill(record: Any, word: str) -> None:
    for name, text in words_in(record, word).items():
        setattr(record, name, text[: record._meta.get_field(name).max_length or None])
    record.save()


def hall() -> set[tuple[Any, ...]]:
    """All that the hall holds, but for when and in which order it was written."""
    when = {"id", "datestamp", "changed_in", "removed_at", "published_at", "facets"}
    names = [field.name for field in Entry._meta.concrete_fields if field.name not in when]
    return {
        *((row[0] is None, *row[1:]) for row in Entry.objects.values_list("removed_at", *names)),
        *Facet.objects.values_list("entry__uid", "dimension", "value"),
        *Link.objects.values_list("source", "tie", "target"),
    }


@kinds
def test_what_it_hung_on_says_that_there_is_a_gap(client: Client, plant: Callable[[str], Planted]) -> None:
    made, above = plant("Stilleven")
    trail = trail_of(above.uid)
    assert trail is not None
    assert {made.uid, above.uid} <= {one.uid for one in trail.steps} and not trail.start.gone
    made.withdrawn = REASON
    made.save()
    trail = trail_of(above.uid)
    assert trail is not None
    assert made.uid not in {one.uid for one in trail.steps}
    assert trail.start.gone
    assert (
        "hing vast aan een stap die niet meer openbaar is"
        in client.get(f"/keten/{above.uid}/").content.decode().lower()
    )
    assert client.get(f"/api/v1/keten/{above.uid}").json()["stappen"][0]["verdwenen"] is True
    # Nothing that the record was about, or belonged to, hangs on its tombstone.
    assert {target for target in Link.objects.filter(source=made.uid).values_list("target", flat=True)} == {above.uid}
    # Back on the site it is a step again.
    made.withdrawn = ""
    made.save()
    trail = trail_of(above.uid)
    assert trail is not None
    assert made.uid in {one.uid for one in trail.steps} and not trail.start.gone
    assert not rebuild()


@kinds
def test_what_only_the_network_saw_leaves_a_gap_for_the_network_alone(plant: Callable[[str], Planted]) -> None:
    made, above = plant("Stilleven")
    made.visibility = Visibility.NETWORK
    made.save()
    made.withdrawn = REASON
    made.save()
    trail = trail_of(above.uid)
    assert trail is not None and not trail.start.gone


@kinds
def test_none_of_its_words_is_left_anywhere_outside(plant: Callable[[str], Planted]) -> None:
    word = "Zwaluwtong"
    made, above = plant(word)
    fill(made, word)
    assert word in str(hall())
    made.withdrawn = REASON
    made.save()
    client = Client()
    addresses = (
        f"/keten/{above.uid}/", f"/keten/{above.uid}/tekening.svg", f"/keten/{made.uid}/", f"/api/v1/keten/{above.uid}",
        f"/api/v1/vermeldingen/{made.uid}", f"/api/v1/vermeldingen/{above.uid}", made.get_absolute_url(),
        above.get_absolute_url(), f"/zoeken/?q={word}", f"/api/v1/vermeldingen?soort={above.uid.partition('-')[0]}",
    )  # fmt: skip
    told = {address: client.get(address).content.decode().replace(f"?q={word}", "") for address in addresses}
    told["hal"] = str(hall())
    # What was searched for stands in the field of search; organisations are no part of the record.
    assert {place for place, text in told.items() if word in text} <= {f"/zoeken/?q={word}"}
    assert "Niets gevonden" in told[f"/zoeken/?q={word}"]


@kinds
def test_a_rebuild_buries_as_following_does(plant: Callable[[str], Planted]) -> None:
    made, _above = plant("Stilleven")
    with transaction.atomic():
        made.withdrawn = REASON
        made.save()
        followed = hall()
        assert not rebuild()
        assert hall() == followed
        transaction.set_rollback(True)
    type(made).objects.filter(pk=made.pk).update(withdrawn=REASON)
    # A table's own way of saving: nobody is told.
    with clock.at(clock.now()):
        # Who took part in nothing else that is public goes with it.
        assert made.uid in rebuild().surplus
    assert hall() == followed
