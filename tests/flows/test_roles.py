"""Who gives whom which role, by invitation; who confirms and ends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.around import Around
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM, VISITOR
from werkplaats.core.models import LogEntry
from werkplaats.flows import roles
from werkplaats.network.models import Partnership
from werkplaats.network.rules import Stage
from werkplaats.people import actions as people
from werkplaats.people.models import Account, Invitation, Role
from werkplaats.people.rules import can_enter_desk, has_role, year_after

pytestmark = pytest.mark.django_db

# By hand: who may offer which role, for what.
MAY: dict[str, set[tuple[str, str]]] = {
    "coordinator": {("coordinator", "Utrecht"), ("deelnemer", "Utrecht"), ("partnerredacteur", "Welzijn Utrecht")},
    # The organisation of Noord is only being talked with: nobody speaks for it yet.
    "noord": {("coordinator", "Noord"), ("deelnemer", "Noord")},
    "lector": set(),
    "partner": {("partnerredacteur", "Welzijn Utrecht")},
    "deelnemer": set(),
    "landelijk": {
        *((kind, name) for kind in ("coordinator", "lector", "deelnemer") for name in ("Utrecht", "Noord")),
        *(("partnerredacteur", name) for name in ("Welzijn Utrecht", "Welzijn Drenthe", "Nieuw Initiatief")),
        ("deelnemer", ""),
    },
}
MAY["beheerder"] = MAY["landelijk"] | {("landelijkredacteur", ""), ("beheerder", "")}


def choice(network: Around, who: str, kind: str, name: str) -> roles.Choice:
    """One that this account may offer."""
    found = roles.choices_for(by=network.accounts[who])
    return next(one for one in found if (one.kind, one.name) == (kind, name))


@pytest.mark.parametrize("who", sorted(MAY))
def test_who_may_offer_which_role(around: Around, who: str) -> None:
    account = around.accounts[who]
    assert {(one.kind, one.name) for one in roles.choices_for(by=account)} == MAY[who]
    # The rule, the list to choose from and the list of roles to end say the same, of every role there could be.
    every = roles.choices_for(by=around.accounts["beheerder"])
    for one in every:
        may = (one.kind, one.name) in MAY[who]
        assert roles.may_give(kind=one.kind, scope_kind=one.scope_kind, scope_uid=one.uid, by=account) is may
        other = factories.make_account(f"x{who}{one.kind}{one.uid}@example.org".lower())
        role = other.roles.create(
            kind=one.kind, scope_kind=one.scope_kind, scope_uid=one.uid, valid_from=factories.LONG_AGO
        )
        assert roles.roles_given_by(by=account).filter(pk=role.pk).exists() is may
        if not may:
            with pytest.raises(PermissionDenied):
                roles.invite(email="nieuw@example.org", name="Nieuw", choice=one, by=account)
            with pytest.raises(PermissionDenied):
                roles.end(role=role, by=account)
    assert not Invitation.objects.exists()


def invited(network: Around, who: str = "coordinator", email: str = "nieuw@example.org", **more: Any) -> people.Invited:
    """Somebody new is asked to speak for the own organisation."""
    asked = choice(network, who, more.pop("kind", "partnerredacteur"), more.pop("name", "Welzijn Utrecht"))
    return roles.invite(email=email, name="Nieuw", choice=asked, by=network.accounts[who])


def accepted(secret: str) -> Account:
    return roles.accept(secret=secret, name="Nieuwe Collega", by=VISITOR)


def test_whoever_has_the_link_takes_the_role_once(around: Around) -> None:
    offer = invited(around)
    account = accepted(offer.secret)
    assert (account.email, str(account)) == ("nieuw@example.org", "Nieuwe Collega")
    assert has_role(account, "partnerredacteur", around.ours.uid) and can_enter_desk(account)
    with pytest.raises(people.NotOpen):
        accepted(offer.secret)
    kept = Invitation.objects.get()
    assert (kept.email, kept.name, kept.message, kept.account) == ("", "", "", account)
    assert offer.secret not in str(Invitation.objects.values())
    verbs = list(LogEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == [
        "people.invitation.sent", "people.account.created", "people.role.granted", "people.invitation.accepted",
    ]  # fmt: skip
    assert "nieuw@" not in str(LogEntry.objects.values())


def test_an_account_that_exists_gets_the_role_beside_its_own(around: Around) -> None:
    account = accepted(invited(around, email="DEELNEMER@example.org").secret)
    assert account == around.accounts["deelnemer"]
    assert str(account) == "Deelnemer"
    assert {role.kind for role in account.roles.all()} == {"deelnemer", "partnerredacteur"}


@pytest.mark.parametrize("what", ["withdrawn", "late", "sender left", "partnership ended", "renewed", "blocked"])
def test_an_offer_that_no_longer_stands_gives_nothing(around: Around, what: str) -> None:
    sender = around.accounts["coordinator"]
    email = "deelnemer@example.org" if what == "blocked" else "nieuw@example.org"
    offer = invited(around, email=email)
    at = clock.now()
    if what == "withdrawn":
        people.withdraw_invitation(invitation=offer.invitation, by=sender)
        assert Invitation.objects.get().email == ""
    elif what == "late":
        at += timedelta(days=14, minutes=1)
    elif what == "sender left":
        people.end_role(role=sender.roles.get(), by=SYSTEM)
    elif what == "partnership ended":
        Partnership.objects.filter(pk=around.our_partnership.pk).update(stage=Stage.ENDED)
    elif what == "blocked":
        people.block_account(account=around.accounts["deelnemer"], by=around.accounts["beheerder"])
    else:
        people.renew_invitation(invitation=offer.invitation, by=sender)
    with clock.at(at), pytest.raises(people.NotOpen):
        accepted(offer.secret)
    assert not Role.objects.filter(kind="partnerredacteur", account__email=email).exists()


def test_addresses_of_offers_long_past_are_forgotten(around: Around) -> None:
    invited(around)
    with clock.at(clock.now() + timedelta(days=14 + 91)):
        invited(around, email="ander@example.org")
    assert list(Invitation.objects.order_by("id").values_list("email", "name")) == [
        ("", ""),
        ("ander@example.org", "Nieuw"),
    ]


def test_nobody_offers_a_role_to_oneself_or_one_that_is_held(around: Around) -> None:
    with pytest.raises(ValidationError, match="uw eigen adres"):
        invited(around, email="Coordinator@example.org")
    with pytest.raises(ValidationError, match="heeft deze rol al"):
        invited(around, email="partner@example.org")
    assert not Invitation.objects.exists()


def test_a_second_offer_replaces_the_first(around: Around) -> None:
    first, second = invited(around), invited(around)
    with pytest.raises(people.NotOpen):
        accepted(first.secret)
    assert accepted(second.secret).email == "nieuw@example.org"


def test_a_role_ends_on_a_later_day_and_everyone_may_lay_down_their_own(around: Around) -> None:
    today = clock.today()
    partner = around.accounts["partner"]
    role = partner.roles.get()
    with pytest.raises(ValidationError, match="Deze dag is voorbij"):
        roles.end(role=role, on=today - timedelta(days=1), by=partner)
    roles.end(role=role, on=today + timedelta(days=7), by=partner)
    role.refresh_from_db()
    assert role.holds_on(today + timedelta(days=6)) and not role.holds_on(today + timedelta(days=7))
    with pytest.raises(PermissionDenied):
        roles.end(role=around.accounts["noord"].roles.get(), by=around.accounts["coordinator"])


def test_a_role_is_looked_at_once_a_year_by_another(around: Around) -> None:
    coordinator, role = around.accounts["coordinator"], around.accounts["partner"].roles.get()
    assert role in roles.roles_given_by(by=coordinator).due()
    with pytest.raises(PermissionDenied):
        roles.confirm(role=coordinator.roles.get(), by=coordinator)
    with pytest.raises(PermissionDenied):
        roles.confirm(role=role, by=around.accounts["partner"])
    roles.confirm(role=role, by=coordinator)
    assert role not in roles.roles_given_by(by=coordinator).due()
    with clock.at(clock.now() + timedelta(days=366)):
        assert role in roles.roles_given_by(by=coordinator).due()


@pytest.mark.parametrize(("day", "after"), [("2026-11-22", "2027-11-22"), ("2024-02-29", "2025-03-01")])
def test_a_year_later(day: str, after: str) -> None:
    assert year_after(date.fromisoformat(day)) == date.fromisoformat(after)
