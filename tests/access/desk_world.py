"""What only the desk keeps: who leads, money, offers of roles, what was typed and not saved, and what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import factories
from werkplaats.core import clock, drafts
from werkplaats.core.models import LogEntry
from werkplaats.network import actions as network
from werkplaats.network.models import Campaign, Grant, Leadership, NationalBody, Phase, ServiceArea
from werkplaats.network.rules import LeadRole
from werkplaats.people import actions as people
from werkplaats.people.rules import RoleKind

if TYPE_CHECKING:
    from tests.access.world import World


def fill_desk(world: World) -> None:
    """All of it, beside what the site shows."""
    _money(world)
    _leads(world)
    _campaigns(world)
    _invitations(world)
    _acts(world)
    _drafts(world)


def _money(world: World) -> None:
    phase = Phase.objects.create(name="Fase twee", valid_from=factories.LONG_AGO)
    world.keeps("fase", phase)
    for name in ("eigen", "vreemd", "netwerk"):
        grant = Grant.objects.create(
            phase=phase, werkplaats=world.records.get(f"werkplaats-{name}"), funder="Het fonds"
        )
        world.keeps(f"subsidie-{name}", grant)
    world.keeps("doel", phase.goals.create(text="Meten wat werkt"))
    body = NationalBody.objects.create(name="Overleg van werkplaatsen", form="overleg", valid_from=factories.LONG_AGO)
    world.keeps("verband", body)
    decided = world.plant("vergadering", "besluit")
    world.keeps("vergadering", body.meetings.create(on=factories.LONG_AGO, decided=decided))


def _campaigns(world: World) -> None:
    """Of the own werkplaats, of another, and of the network: what was said stays with who works there."""
    for name in ("eigen", "vreemd", "landelijk"):
        shared = name == "landelijk"
        key, talk = f"kwartiermaken-{name}", f"overleg-{name}"
        campaign = Campaign.objects.create(
            name="Kwartiermaken landelijk" if shared else f"Project {world.plant(key, 'naam')}",
            goal="" if shared else world.plant(key, "doel"), werkplaats=world.records.get(f"werkplaats-{name}"),
            organisation=world.records["organisatie-eigen"], valid_from=factories.LONG_AGO,
        )  # fmt: skip
        world.keeps(key, campaign)
        consultation = campaign.consultations.create(
            name="Overleg landelijk" if shared else f"Overleg {world.plant(talk, 'naam')}",
            brought="" if shared else world.plant(talk, "opbrengst"),
        )  # fmt: skip
        world.keeps(talk, consultation)
    for name in ("eigen", "elders"):
        world.records[f"samenwerking-{name}"].campaign = campaign
        world.records[f"samenwerking-{name}"].save()


def _leads(world: World) -> None:
    world.records["gebied-eigen"] = ServiceArea.objects.get(werkplaats=world.records["werkplaats-eigen"])
    # Leads the own werkplaats, and takes part nowhere.
    world.keeps("organisatie-trekker", factories.make_organisation(f"Hogeschool {_name(world, 'trekker')}"))
    # Was added by somebody, and takes part nowhere.
    world.keeps("organisatie-niemand", factories.make_organisation(f"Initiatief {_name(world, 'niemand')}"))
    for name, organisation in (("eigen", "trekker"), ("vreemd", "vreemd")):
        lead = Leadership.objects.create(
            werkplaats=world.records[f"werkplaats-{name}"], organisation=world.records[f"organisatie-{organisation}"],
            role=LeadRole.LEAD, valid_from=factories.LONG_AGO,
        )  # fmt: skip
        world.keeps(f"trekkerschap-{name}", lead)
    # A number that another organisation may type.
    world.records["organisatie-elders"].identifiers.create(scheme="kvk", value="87654321")


def _name(world: World, name: str) -> str:
    return world.plant(f"organisatie-{name}", "naam")


def _invitations(world: World) -> None:
    own, foreign = world.records["werkplaats-eigen"], world.records["werkplaats-vreemd"]
    organisation = world.records["organisatie-eigen"]
    _invited(world, "eigen", "coordinator", RoleKind.PARTNER_EDITOR, organisation)
    _invited(world, "collega", "coordinator", RoleKind.COORDINATOR, own)
    _invited(world, "vreemd", "vreemd", RoleKind.PARTICIPANT, foreign)
    _invited(world, "landelijk", "beheerder", RoleKind.NATIONAL_EDITOR, None)
    # Those to whom something was offered that no longer stands, or who are no longer let in.
    for name in ("voorbij", "ingetrokken", "aangenomen"):
        _invited(world, name, "coordinator", RoleKind.PARTICIPANT, own)
    _invited(world, "afzender-weg", "verlopen", RoleKind.PARTICIPANT, own)
    _invited(world, "bekend", "coordinator", RoleKind.PARTICIPANT, own, "vreemd-bekend")
    _invited(world, "geblokkeerd", "vreemd", RoleKind.PARTICIPANT, foreign, "geblokkeerd")
    made = world.records
    made["uitnodiging-voorbij"].expires_at = clock.now() - timedelta(days=1)
    made["uitnodiging-voorbij"].save()
    people.withdraw_invitation(invitation=made["uitnodiging-ingetrokken"], by=made["account-coordinator"])
    people.accept_invitation(
        invitation=made["uitnodiging-aangenomen"], name=world.plant("uitnodiging-aangenomen", "aangenomen"),
        by=made["account-coordinator"],
    )  # fmt: skip


def _invited(world: World, name: str, by: str, kind: str, scope: Any, known: str = "") -> None:
    """An offer, and its secret: ``sleutel-...``. ``known``: to whom that has an account already."""
    key = f"uitnodiging-{name}"
    mail = world.records[f"account-{known}"].email if known else f"{world.plant(key, 'mail')}@example.org"
    about = {"scope_kind": scope.uid.partition("-")[0], "scope_uid": scope.uid} if scope else {}
    offer = people.invite(
        email=mail, name=world.plant(key, "naam"), kind=kind, by=world.records[f"account-{by}"],
        **{"scope_kind": "landelijk", **about},
    )  # fmt: skip
    world.records[key], world.records[f"sleutel-{name}"] = offer.invitation, offer.secret


def _acts(world: World) -> None:
    """What the histories of records and the logbook tell."""
    made = world.records
    for name, by in (("eigen", "coordinator"), ("benaderd", "coordinator"), ("elders", "vreemd")):
        partnership = made[f"samenwerking-{name}"]
        # What stood there once stands in no field any more.
        before = partnership.seeks
        for seeks in (world.plant(f"samenwerking-{name}", "eerder"), before):
            values = {"seeks": seeks, "valid_from": partnership.valid_from, "valid_to": None}
            partnership = network.save_partnership(
                partnership=partnership, values=values, version=partnership.version, by=made[f"account-{by}"]
            )
        made[f"samenwerking-{name}"] = partnership
    made["organisatie-eigen"] = network.save_organisation(
        organisation=made["organisatie-eigen"], numbers={}, version=1, by=made["account-landelijkredacteur"],
        values={"name": made["organisatie-eigen"].name, "former": [], "seat": "Zeist"},
    )  # fmt: skip
    made["logboekregel"] = LogEntry.objects.filter(target=partnership.uid).first()


def _drafts(world: World) -> None:
    """Two who are typing in the same form."""
    place = f"organisaties:{world.records['organisatie-eigen'].uid}"
    for name in ("coordinator", "landelijkredacteur"):
        typed = world.plant(f"concept-{name}", "tekst")
        drafts.keep(place=place, fields={"seat": [typed]}, version=2, by=world.records[f"account-{name}"])
