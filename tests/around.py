"""A small network with people at its desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests import factories
from werkplaats.network.models import Leadership, Organisation, Partnership, Phase, Werkplaats
from werkplaats.network.rules import LeadRole, Stage
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

LONG_AGO = factories.LONG_AGO


def sign_in(account: Account) -> Client:
    """A browser of this account."""
    client = Client()
    client.force_login(account, "sesame.backends.ModelBackend")
    return client


@dataclass
class Around:
    """Two regions, a partner of each and one of nobody, and somebody with each role."""

    utrecht: Werkplaats
    noord: Werkplaats
    ours: Organisation
    theirs: Organisation
    nobodys: Organisation
    our_partnership: Partnership
    their_partnership: Partnership
    accounts: dict[str, Account]

    def client(self, name: str) -> Client:
        """The browser of one of them."""
        return sign_in(self.accounts[name])


def make_around() -> Around:
    """Somebody with each role, all of Utrecht but ``noord``."""
    utrecht, noord = factories.make_werkplaats("Utrecht"), factories.make_werkplaats("Noord")
    ours, theirs = factories.make_organisation("Welzijn Utrecht"), factories.make_organisation("Welzijn Drenthe")
    common: dict[str, Any] = {"valid_from": LONG_AGO}
    our_partnership = Partnership.objects.create(
        werkplaats=utrecht, organisation=ours, stage=Stage.ACTIVE, seeks="Onze wens", **common
    )
    their_partnership = Partnership.objects.create(
        werkplaats=noord, organisation=theirs, stage=Stage.TALKING, seeks="Hun geheime wens", **common
    )
    for werkplaats, organisation in ((utrecht, ours), (noord, theirs)):
        Leadership.objects.create(werkplaats=werkplaats, organisation=organisation, role=LeadRole.LEAD, **common)
    Phase.objects.create(name="Fase 1", valid_from=LONG_AGO)
    make = factories.make_account
    accounts = {
        "coordinator": make("coordinator@example.org", RoleKind.COORDINATOR, utrecht),
        "collega": make("collega@example.org", RoleKind.COORDINATOR, utrecht),
        "noord": make("noord@example.org", RoleKind.COORDINATOR, noord),
        "lector": make("lector@example.org", RoleKind.LECTOR, utrecht),
        "partner": make("partner@example.org", RoleKind.PARTNER_EDITOR, ours),
        "buur": make("buur@example.org", RoleKind.PARTNER_EDITOR, theirs),
        "landelijk": make("landelijk@example.org", RoleKind.NATIONAL_EDITOR),
        "beheerder": make("beheerder@example.org", RoleKind.ADMINISTRATOR),
        "deelnemer": make("deelnemer@example.org", RoleKind.PARTICIPANT),
    }
    nobodys = factories.make_organisation("Nieuw Initiatief")
    return Around(utrecht, noord, ours, theirs, nobodys, our_partnership, their_partnership, accounts)
