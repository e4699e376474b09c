"""Roles: where they may be, from when to when they hold, and what follows from them at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from tests import factories
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE, SYSTEM, Viewer
from werkplaats.core.models import LogEntry
from werkplaats.people.actions import end_role, grant_role
from werkplaats.people.models import Account, Role
from werkplaats.people.rules import RoleKind, Scope, can_enter_desk, has_role, scopes_of, viewer_for

pytestmark = pytest.mark.django_db

# By hand, from the decided roles: not from the rules themselves.
EXIST = {
    ("deelnemer", "landelijk"),
    ("deelnemer", "werkplaats"),
    ("partnerredacteur", "organisatie"),
    ("coordinator", "werkplaats"),
    ("lector", "werkplaats"),
    ("landelijkredacteur", "landelijk"),
    ("beheerder", "landelijk"),
}
AT_THE_DESK = {"partnerredacteur", "coordinator", "lector", "landelijkredacteur", "beheerder"}
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def again(account: Account) -> Account:
    """The account as the next request finds it."""
    return Account.objects.get(pk=account.pk)


def uid_for(scope: str) -> str:
    """A uid such a scope can have."""
    return "" if scope == Scope.NATIONAL else f"{scope}-01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize(("kind", "scope"), list(product(RoleKind.values, Scope.values)))
def test_a_role_exists_only_where_it_means_something(kind: str, scope: str) -> None:
    account = factories.make_account()
    if (kind, scope) in EXIST:
        role = grant_role(account=account, kind=kind, scope_kind=scope, scope_uid=uid_for(scope), by=SYSTEM)
        assert (role.kind, role.scope_kind, role.scope_uid) == (kind, scope, uid_for(scope))
        assert role.valid_from == clock.today()
    else:
        with pytest.raises(ValidationError) as caught:
            grant_role(account=account, kind=kind, scope_kind=scope, scope_uid=uid_for(scope), by=SYSTEM)
        assert caught.value.messages == ["Deze rol bestaat niet voor dit bereik."]
        assert not account.roles.exists()


@pytest.mark.parametrize(
    ("kind", "scope", "uid"),
    [("coordinator", "werkplaats", ""), ("landelijkredacteur", "landelijk", "werkplaats-01ARZ3NDEKTSV4RRFFQ69G5FAV")],
)
def test_a_scope_has_a_uid_unless_it_is_national(kind: str, scope: str, uid: str) -> None:
    account = factories.make_account()
    with pytest.raises(ValidationError, match="Deze rol bestaat niet voor dit bereik"):
        grant_role(account=account, kind=kind, scope_kind=scope, scope_uid=uid, by=SYSTEM)
    assert not account.roles.exists()


def test_a_role_holds_from_its_first_day_until_its_end() -> None:
    werkplaats = factories.make_werkplaats()
    account = factories.make_account()
    account.roles.create(
        kind="coordinator", scope_kind="werkplaats", scope_uid=werkplaats.uid,
        valid_from=date(2026, 11, 20), valid_to=date(2026, 12, 1),
    )  # fmt: skip
    holds = {}
    for day in (19, 20, 30, 31):
        with clock.at(datetime(2026, 11, 1, 11, tzinfo=UTC) + timedelta(days=day - 1)):
            # The same object, that asked before: a day later it asks again.
            holds[day] = (has_role(account, "coordinator", werkplaats.uid), can_enter_desk(account))
    assert holds == {19: (False, False), 20: (True, True), 30: (True, True), 31: (False, False)}


@pytest.mark.parametrize("kind", RoleKind.values)
def test_an_ended_role_ends_entry_to_the_desk_at_once(kind: str) -> None:
    scope = {"partnerredacteur": factories.make_organisation, "coordinator": factories.make_werkplaats,
             "lector": factories.make_werkplaats}.get(kind)  # fmt: skip
    account = factories.make_account()
    role = grant_role(
        account=account,
        kind=kind,
        scope_kind=next(scope for name, scope in sorted(EXIST) if name == kind),
        scope_uid=scope().uid if scope else "",
        by=SYSTEM,
    )
    before = again(account)
    assert can_enter_desk(before) is before.has_perm("wagtailadmin.access_admin") is (kind in AT_THE_DESK)

    if kind == "beheerder":
        grant_role(account=factories.make_account("tweede@example.org"), kind=kind, scope_kind="landelijk", by=SYSTEM)
    end_role(role=role, by=SYSTEM)
    after = again(account)
    assert can_enter_desk(after) is after.has_perm("wagtailadmin.access_admin") is False
    assert not after.has_perm("wagtailcore.delete_page")
    assert after.current_roles() == []


def test_nobody_passes_by_the_rules_of_the_house() -> None:
    account = factories.make_account()
    for kind in ("landelijkredacteur", "beheerder"):
        grant_role(account=account, kind=kind, scope_kind="landelijk", by=SYSTEM)
    assert not again(account).is_superuser
    assert not again(account).has_perm("wagtailcore.delete_page")


def test_the_last_beheerder_stays_until_there_is_another() -> None:
    first, second = factories.make_account("a@example.org"), factories.make_account("b@example.org")
    role = grant_role(account=first, kind="beheerder", scope_kind="landelijk", by=SYSTEM)
    with pytest.raises(ValidationError, match="laatste beheerder"):
        end_role(role=role, by=first)
    assert has_role(again(first), "beheerder")
    grant_role(account=second, kind="beheerder", scope_kind="landelijk", by=SYSTEM)
    end_role(role=role, by=first)
    assert (has_role(again(first), "beheerder"), has_role(again(second), "beheerder")) == (False, True)


def test_a_blocked_beheerder_does_not_count_as_another() -> None:
    first, blocked = factories.make_account("a@example.org"), factories.make_account("b@example.org", is_active=False)
    role = grant_role(account=first, kind="beheerder", scope_kind="landelijk", by=SYSTEM)
    grant_role(account=blocked, kind="beheerder", scope_kind="landelijk", by=SYSTEM)
    with pytest.raises(ValidationError, match="laatste beheerder"):
        end_role(role=role, by=first)


def test_a_role_already_held_is_not_given_twice() -> None:
    account = factories.make_account()
    with clock.at(NOON):
        first = grant_role(account=account, kind="landelijkredacteur", scope_kind="landelijk", by=SYSTEM)
        second = grant_role(account=account, kind="landelijkredacteur", scope_kind="landelijk", by=SYSTEM)
    assert (first, account.roles.count()) == (second, 1)
    line = LogEntry.objects.get()
    assert (line.verb, line.target, line.actor, line.detail["account"]) == (
        "people.role.granted", first.uid, "systeem", account.uid,
    )  # fmt: skip
    assert (line.detail["after"]["kind"], line.detail["after"]["valid_from"]) == ("landelijkredacteur", "2026-11-20")


def test_a_role_is_ended_and_not_deleted_and_can_be_given_again() -> None:
    account = factories.make_account()
    with clock.at(NOON):
        first = grant_role(account=account, kind="landelijkredacteur", scope_kind="landelijk", by=SYSTEM)
    with clock.at(NOON + timedelta(days=10)):
        end_role(role=first, by=account)
        assert not has_role(again(account), "landelijkredacteur")
        second = grant_role(account=account, kind="landelijkredacteur", scope_kind="landelijk", by=SYSTEM)
    assert set(account.roles.values_list("uid", "valid_from", "valid_to")) == {
        (first.uid, TODAY, TODAY + timedelta(days=10)),
        (second.uid, TODAY + timedelta(days=10), None),
    }
    assert LogEntry.objects.get(verb="people.role.ended").actor == account.uid


def test_a_role_taken_back_on_its_first_day_no_longer_holds_that_day() -> None:
    account = factories.make_account()
    with clock.at(NOON):
        role = grant_role(account=account, kind="landelijkredacteur", scope_kind="landelijk", by=SYSTEM)
        end_role(role=role, by=SYSTEM)
        assert list(account.roles.current()) == []
    # Empty: it ends on the day it began, so nobody later reads that it held the day before.
    assert (Role.objects.get().valid_from, Role.objects.get().valid_to) == (TODAY, TODAY)


def test_a_role_ended_before_it_begins_never_holds() -> None:
    account = factories.make_account()
    begin = TODAY + timedelta(days=10)
    role = account.roles.create(kind="landelijkredacteur", scope_kind="landelijk", valid_from=begin)
    with clock.at(NOON):
        end_role(role=role, by=SYSTEM)
    held = [Role.objects.on(TODAY + timedelta(days=n)).exists() for n in range(20)]
    assert held == [False] * 20


def test_ending_a_role_that_ended_does_not_rewrite_when_it_did() -> None:
    account = factories.make_account()
    role = account.roles.create(
        kind="landelijkredacteur", scope_kind="landelijk", valid_from=date(2020, 1, 1), valid_to=date(2023, 1, 1)
    )
    end_role(role=role, by=SYSTEM)
    assert Role.objects.get().valid_to == date(2023, 1, 1)
    assert not LogEntry.objects.exists()


def test_what_someone_sees_in_the_hall_follows_the_roles_of_today() -> None:
    mine, other = factories.make_werkplaats("Oost"), factories.make_werkplaats("West")
    welfare = factories.make_organisation()
    accounts = {
        "nobody": AnonymousUser(),
        "no role": factories.make_account("geen@example.org"),
        "participant": factories.make_account("d@example.org", "deelnemer"),
        "coordinator": factories.make_account("c@example.org", "coordinator", mine),
        "partner": factories.make_account("p@example.org", "partnerredacteur", welfare),
        "editor": factories.make_account("l@example.org", "landelijkredacteur"),
    }
    former = factories.make_account("oud@example.org")
    over = {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 1, 1)}
    former.roles.create(kind="lector", scope_kind="werkplaats", scope_uid=other.uid, **over)
    blocked = factories.make_account("weg@example.org", "coordinator", mine, is_active=False)

    assert {name: viewer_for(account) for name, account in accounts.items()} == {
        "nobody": ANYONE,
        "no role": ANYONE,
        "participant": Viewer(network=True),
        "coordinator": Viewer(network=True, werkplaatsen=frozenset({mine.uid})),
        "partner": Viewer(network=True),
        "editor": Viewer(network=True),
    }
    assert (viewer_for(former), viewer_for(blocked)) == (ANYONE, ANYONE)
    assert not can_enter_desk(blocked)


def test_several_roles_are_each_for_their_own_scope() -> None:
    oost, west = factories.make_werkplaats("Oost"), factories.make_werkplaats("West")
    account = factories.make_account("c@example.org", "coordinator", oost)
    for kind, werkplaats in (("coordinator", west), ("lector", west)):
        grant_role(account=account, kind=kind, scope_kind="werkplaats", scope_uid=werkplaats.uid, by=SYSTEM)
    account = again(account)

    assert scopes_of(account, "coordinator") == sorted([oost.uid, west.uid])
    assert scopes_of(account, "lector") == [west.uid]
    assert not has_role(account, "lector", oost.uid)
    assert not has_role(account, "coordinator")
    assert viewer_for(account).werkplaatsen == {oost.uid, west.uid}
    assert set(Role.objects.for_account(account).of_kind("coordinator", "lector").about("werkplaats", west.uid)) == set(
        account.roles.filter(scope_uid=west.uid)
    )
