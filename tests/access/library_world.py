"""Publications in each state and for each circle of readers, in the own library and elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import factories
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.library import actions
from werkplaats.library.models import Publication

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
    """All of it. Titles of what everyone may read are plain words."""
    _public(world)
    for name, (place, visibility) in _CLOSED.items():
        title = world.plant(f"publicatie-{name}", "titel")
        made = _made(world, name, place, "coordinator", title=title, visibility=visibility)
        _kept(world, name, actions.bring_in(publication=made, by=world.records["account-vreemd"]))
    for name, (place, by, forward) in _DRAFTS.items():
        made = _made(world, name, place, by, title=world.plant(f"publicatie-{name}", "titel"))
        if forward:
            account = world.records[f"account-{forward}"]
            made = actions.put_forward(publication=made, version=made.version, by=account)
        _kept(world, name, made)


def _public(world: World) -> None:
    by = world.records["account-coordinator"]
    for name, place in (("eigen", "eigen"), ("vreemd", "vreemd"), ("ingetrokken", "eigen"), ("embargo", "eigen")):
        later = {"embargo_until": clock.today() + timedelta(days=60)} if name == "embargo" else {}
        made = _made(world, name, place, "coordinator", title=f"Verslag {name} voor iedereen", **later)
        made = actions.bring_in(publication=made, by=by)
        if name == "ingetrokken":
            reason = "Er stond een fout in."
            made = actions.withdraw_publication(publication=made, reason=reason, version=made.version, by=by)
        _kept(world, name, made)
    # A next version of what is on the site: not published yet.
    made = world.records["publicatie-vreemd"]
    edition = actions.add_version(publication=made, version=made.version, by=world.records["account-vreemd"])
    edition.changes = world.plant("publicatie-vreemd", "wijzigingen")
    edition.save()
    made.refresh_from_db()
    withdrawn = _made(world, "zonder", "eigen", "coordinator", title="Verslag zonder bestand voor iedereen")
    withdrawn = actions.bring_in(publication=withdrawn, by=by)
    file = withdrawn.versions.get().files.get()
    actions.withdraw_file(file=file, reason="Rechten van een ander.", version=withdrawn.version, by=by)
    withdrawn.refresh_from_db()
    _kept(world, "zonder", withdrawn)


def _made(world: World, name: str, place: str, by: str, **values: Any) -> Publication:
    """A draft with one file, written by this account."""
    account = world.records[f"account-{by}"]
    tied: dict[str, Any] = {"werkplaatsen": [world.records[f"werkplaats-{place}"]] if place else []}
    if by == "partnerredacteur":
        tied["organisations"] = [world.records["organisatie-eigen"]]
    made = actions.save_publication(publication=Publication(), values={"kind": "rapport", **tied, **values}, by=account)
    common = {"version": made.version, "by": account}
    file = planted.upload(planted.pdf(), "a.pdf")
    actions.add_file(edition=made.versions.get(), file=file, values={"name": "Hele tekst"}, **common)
    made.refresh_from_db()
    return made


def _kept(world: World, name: str, made: Publication) -> None:
    """With what its addresses call its parts. That a published one is there is no secret, unless it is for some."""
    key = f"publicatie-{name}"
    kept: Any = factories.fresh(made)
    kept.number, kept.form = 1, "ris"
    kept.file = made.versions.first().files.first().uid
    world.records[key] = kept
    if name in _CLOSED or name in _DRAFTS:
        world.knows(key, "kenmerk", kept.uid)
