"""Who no longer wants a role lays it down, without asking anyone and without a desk."""

from __future__ import annotations

import pytest

from tests.around import Around
from werkplaats.people.models import Role
from werkplaats.people.rules import can_enter_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["deelnemer", "partner", "coordinator", "lector", "landelijk"])
def test_everyone_finds_where_to_lay_down_a_role(around: Around, name: str) -> None:
    client = around.client(name)
    role = Role.objects.current().get(account=around.accounts[name])
    address = f"/mijn/rollen/{role.uid}/"
    assert address in client.get("/mijn/").content.decode()
    client.post(address, {"on": "2999-01-01"})
    role.refresh_from_db()
    assert role.valid_to.year == 2999, "on a later day it is held until then"
    assert client.post(address, {"on": ""}).context["form"].errors
    client.post(address, {"on": role.valid_from.isoformat()})
    assert Role.objects.current().filter(account=around.accounts[name]).exists(), "not in the past"


def test_the_desk_is_shut_from_then_on(around: Around) -> None:
    client, account = around.client("landelijk"), around.accounts["landelijk"]
    role = Role.objects.current().get(account=account)
    today = client.get(f"/mijn/rollen/{role.uid}/").context["form"].initial["on"].isoformat()
    said = client.post(f"/mijn/rollen/{role.uid}/", {"on": today}, follow=True).content.decode()
    assert "U heeft uw rol neergelegd" in said
    assert not can_enter_desk(type(account).objects.get(pk=account.pk))


def test_the_last_who_keeps_the_accounts_stays(around: Around) -> None:
    client = around.client("beheerder")
    role = Role.objects.current().get(account=around.accounts["beheerder"])
    today = client.get(f"/mijn/rollen/{role.uid}/").context["form"].initial["on"].isoformat()
    assert "Dit is de laatste beheerder" in client.post(f"/mijn/rollen/{role.uid}/", {"on": today}).content.decode()
    assert Role.objects.current().filter(pk=role.pk).exists()


def test_a_role_of_another_is_not_there(around: Around) -> None:
    theirs = Role.objects.current().get(account=around.accounts["lector"])
    today = around.client("lector").get(f"/mijn/rollen/{theirs.uid}/").context["form"].initial["on"].isoformat()
    assert around.client("coordinator").post(f"/mijn/rollen/{theirs.uid}/", {"on": today}).status_code == 404
    assert Role.objects.current().filter(pk=theirs.pk).exists()
