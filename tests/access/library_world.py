"""Publications in each state and for each circle of readers, in the own library and elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import factories
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.library.models import File, Publication
from werkplaats.library.rules import State

if TYPE_CHECKING:
    from tests.access.world import World

# Name: (werkplaats, visibility) of what is on the site for some only.
_CLOSED = {
    "netwerk": ("vreemd", Visibility.NETWORK), "besloten-eigen": ("eigen", Visibility.WERKPLAATS),
    "besloten-vreemd": ("vreemd", Visibility.WERKPLAATS),
}  # fmt: skip
# Name: (werkplaats, who wrote it, who put it forward).
_DRAFTS = {
    "concept-eigen": ("eigen", "coordinator", ""), "concept-vreemd": ("vreemd", "vreemd", ""),
    "concept-landelijk": ("", "landelijkredacteur", ""), "concept-partner": ("eigen", "partnerredacteur", ""),
    "wacht-eigen": ("eigen", "partnerredacteur", "coordinator"), "wacht-lector": ("eigen", "lector", "lector"),
    "wacht-vreemd": ("vreemd", "vreemd", "vreemd"),
    "wacht-landelijk": ("", "landelijkredacteur", "landelijkredacteur"),
}  # fmt: skip


def fill_library(world: World) -> None:
    """All of it, kept as it would stand after the acts that lead there. Titles of what everyone may read are plain."""
    for name in ("eigen", "vreemd", "ingetrokken", "embargo", "zonder", "partner"):
        later = {"embargo_until": clock.today() + timedelta(days=60)} if name == "embargo" else {}
        place = "vreemd" if name == "vreemd" else "eigen"
        by = "partnerredacteur" if name == "partner" else "coordinator"
        made = _made(world, name, place, by, title=f"Verslag {name} voor iedereen", **later)
        _published(made)
        if name == "ingetrokken":
            made.state, made.withdrawn_at, made.withdrawn_reason = State.WITHDRAWN, clock.now(), "Er stond een fout in."
            made.save()
    # A next version of what is on the site: not published yet.
    changes = world.plant("publicatie-vreemd", "wijzigingen")
    world.records["publicatie-vreemd"].versions.create(number=2, changes=changes)
    File.objects.filter(version__publication=world.records["publicatie-zonder"]).update(
        withdrawn_at=clock.now(), withdrawn_reason="Rechten van een ander."
    )
    for name, (place, visibility) in _CLOSED.items():
        title = world.plant(f"publicatie-{name}", "titel")
        _published(_made(world, name, place, "coordinator", title=title, visibility=visibility))
    for name, (place, by, forward) in _DRAFTS.items():
        made = _made(world, name, place, by, title=world.plant(f"publicatie-{name}", "titel"))
        if forward:
            made.state, made.put_forward_at = State.READING, clock.now()
            made.put_forward_by = world.records[f"account-{forward}"].uid
            made.save()
    # Who made what everyone may read is on the site for that, without the rest; who made what only some may is not.
    for name, said, of in (("maker", "Uitgeverij De Brug", "vreemd"), ("binnen", "Binnenkant", "besloten-vreemd")):
        organisation = world.records[f"organisatie-{name}"] = factories.make_organisation(said)
        world.records[f"publicatie-{of}"].organisations.add(organisation)
    world.records["publicatie-besloten-vreemd"].organisations.add(world.records["organisatie-maker"])
    # Takes part nowhere, and stands in a draft of another alone.
    named = world.records["organisatie-gebruikt"] = factories.make_organisation("Uitgeverij Elders")
    world.records["publicatie-concept-vreemd"].organisations.add(named)


def _made(world: World, name: str, place: str, by: str, **values: Any) -> Publication:
    """A draft with one file, written by this account; with what its addresses call its parts."""
    key, writer = f"publicatie-{name}", world.records[f"account-{by}"].uid
    made: Any = Publication.objects.create(kind="rapport", changed_by=writer, **values)
    if place:
        made.werkplaatsen.set([world.records[f"werkplaats-{place}"]])
    if by == "partnerredacteur":
        made.organisations.set([world.records["organisatie-eigen"]])
    file = File(version=made.versions.create(), name="Hele tekst", file=planted.upload(planted.pdf(), "a.pdf"))
    file.save()
    made.number, made.form, made.file = 1, "ris", file.uid
    world.records[key] = made
    # That a published one is there is no secret, unless it is for some.
    if name in _CLOSED or name in _DRAFTS:
        world.knows(key, "kenmerk", made.uid)
    return made


def _published(made: Publication) -> None:
    made.state, made.published_at = State.PUBLISHED, clock.now()
    made.save()
    made.versions.update(published_at=made.published_at, said=made.cited().as_plain())
