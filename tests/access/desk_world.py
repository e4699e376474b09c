"""What only the desk keeps: who leads, money, offers of roles, what was typed and not saved, and what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import factories
from werkplaats.core import clock, drafts
from werkplaats.core.models import LogEntry
from werkplaats.core.uid import new_uid
from werkplaats.flows.steps import Steps
from werkplaats.network import actions as network
from werkplaats.network.models import (
    Campaign,
    Check,
    Contact,
    Function,
    Grant,
    Leadership,
    Merge,
    NationalBody,
    Organisation,
    Phase,
    ServiceArea,
)
from werkplaats.network.rules import LeadRole
from werkplaats.people import actions as people
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind, secret_hash

if TYPE_CHECKING:
    from tests.access.world import World


def fill_desk(world: World) -> None:
    """All of it, beside what the site shows."""
    _money(world)
    _leads(world)
    _campaigns(world)
    _invitations(world)
    _people(world)
    _checks(world)
    _merges(world)
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
    leads = {"eigen": "eigen", "vreemd": "vreemd", "landelijk": "vreemd"}
    for name in leads:
        shared = name == "landelijk"
        key, talk = f"kwartiermaken-{name}", f"overleg-{name}"
        campaign = Campaign.objects.create(
            name="Kwartiermaken landelijk" if shared else f"Project {world.plant(key, 'naam')}",
            goal="" if shared else world.plant(key, "doel"), werkplaats=world.records.get(f"werkplaats-{name}"),
            organisation=world.records[f"organisatie-{leads[name]}"], valid_from=factories.LONG_AGO,
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
    # Was on the site by a mistake that was put right.
    world.records["organisatie-weg"] = factories.make_organisation("Stichting Vergist")
    mistake = factories.make_partnership(world.records["organisatie-weg"], world.records["werkplaats-eigen"])
    mistake.delete()
    # A number that another organisation may type.
    world.records["organisatie-elders"].identifiers.create(scheme="kvk", value="87654321")


def _people(world: World) -> None:
    """Who works where, and what was said: of both regions with one organisation, and of the national desk."""
    made = world.records
    for name, organisation, by in (
        ("eigen", "eigen", "coordinator"),
        ("vreemd", "vreemd", "vreemd"),
        ("landelijk", "niemand", "landelijkredacteur"),
    ):
        function = f"functie-{name}"
        person = Person.objects.create(
            name=f"Mens {world.plant(function, 'naam')}", email=f"{world.plant(function, 'mail')}@example.org",
            phone=world.plant(function, "telefoon"),
        )  # fmt: skip
        werkplaats = made.get(f"werkplaats-{name}")
        row = Function.objects.create(
            person=person, organisation=made[f"organisatie-{organisation}"], werkplaats=werkplaats,
            what=world.plant(function, "wat"), valid_from=factories.LONG_AGO,
        )  # fmt: skip
        world.keeps(function, row)
        contact = f"contact-{name}"
        talked = Contact.objects.create(
            organisation=made["organisatie-niemand" if name == "landelijk" else "organisatie-eigen"],
            person=None if name == "vreemd" else person, werkplaats=werkplaats, account=made[f"account-{by}"],
            said=world.plant(contact, "woorden"), next_step=world.plant(contact, "stap"), next_on=clock.today(),
        )  # fmt: skip
        world.keeps(contact, talked)


def _checks(world: World) -> None:
    """Asked by mail: one that was answered, and one of another region whose link still works."""
    made, now = world.records, clock.now()
    for name, secret in (("eigen", "beantwoord"), ("vreemd", "bevestiging")):
        key = f"bevestiging-{name}"
        made[f"sleutel-{secret}"] = f"geheim-{secret}"
        answered = name == "eigen"
        check = Check.objects.create(
            function=made[f"functie-{name}"], secret_hash=secret_hash(f"geheim-{secret}"),
            sent_at=now - timedelta(days=40), expires_at=now + timedelta(days=1), answered_at=now if answered else None,
            proposal={"seat": world.plant(key, "voorstel")} if answered else {},
            note=world.plant(key, "toelichting") if answered else "",
        )  # fmt: skip
        world.keeps(key, check)


def _merges(world: World) -> None:
    """What went up in another, of the own region and of another one; the last too long ago to take back."""
    made = world.records
    gone, kept = factories.make_organisation("Initiatief Dubbel"), factories.make_organisation("Initiatief Samen")
    made["organisatie-opgegaan"] = Organisation(uid=gone.uid)
    gone.name = world.plant("samenvoeging-eigen", "naam")
    gone.save()
    # By hand: the logbook tells of other acts.
    steps = Steps()
    steps.drop(gone)
    one = Merge.objects.create(
        kept=kept, gone_uid=gone.uid, gone_name=gone.name, steps=steps.done, account=made["account-coordinator"]
    )
    world.keeps("samenvoeging-eigen", one)
    made["organisatie-samen"] = kept
    other = Merge.objects.create(
        kept=made["organisatie-vreemd"], gone_uid=new_uid("organisatie"),
        gone_name=world.plant("samenvoeging-vreemd", "naam"), merged_at=clock.now() - timedelta(days=60),
    )  # fmt: skip
    world.keeps("samenvoeging-vreemd", other)


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
