"""Someone gets an account with a role somewhere in the network."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.core.stored import everything
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.flows.accounts import open_account
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.models import Account
from werkplaats.people.rules import can_enter_desk

pytestmark = pytest.mark.django_db

NOT_HERE = "is geen werkplaats of organisatie die bij deze rol past."


@pytest.fixture(autouse=True)
def around(db: None) -> None:
    """A werkplaats, and an organisation that is called as its address."""
    factories.make_werkplaats("Oost", slug="oost")
    factories.make_organisation("Welzijn Oost")
    factories.make_organisation("oost")


def opened(role: str, scope: str = "", email: str = "ada@example.org") -> set[tuple[str, str, str]]:
    """The roles of the account afterwards, with what each is about."""
    account = open_account(email=email, name="Ada", role=role, scope=scope, by=SYSTEM)
    return set(Account.objects.get(pk=account.pk).roles.values_list("kind", "scope_kind", "scope_uid"))


@pytest.mark.parametrize(
    ("role", "scope", "kind"),
    [
        ("coordinator", "oost", "werkplaats"),
        ("lector", "oost", "werkplaats"),
        ("deelnemer", "oost", "werkplaats"),
        ("deelnemer", "", "landelijk"),
        ("partnerredacteur", "Welzijn Oost", "organisatie"),
        ("partnerredacteur", "oost", "organisatie"),
        ("landelijkredacteur", "", "landelijk"),
        ("beheerder", "", "landelijk"),
    ],
)
def test_a_new_account_gets_its_role_for_what_was_named(role: str, scope: str, kind: str) -> None:
    named = {
        "werkplaats": lambda: Werkplaats.objects.get(slug=scope).uid,
        "organisatie": lambda: Organisation.objects.get(name=scope).uid,
        "landelijk": lambda: "",
    }
    assert opened(role, scope) == {(role, kind, named[kind]())}
    account = Account.objects.get()
    assert not account.is_superuser
    assert can_enter_desk(account) is (role != "deelnemer")
    about_people = LogEntry.objects.filter(verb__startswith="people.")
    assert set(about_people.values_list("verb", flat=True)) == {"people.account.created", "people.role.granted"}


def test_who_has_an_account_keeps_it_and_gets_the_role_beside_what_there_was() -> None:
    open_account(email="ada@example.org", name="Ada", role="deelnemer", password="geheim-genoeg-1", by=SYSTEM)
    roles = opened("landelijkredacteur", email="ADA@example.org")

    assert {kind for kind, _scope, _uid in roles} == {"deelnemer", "landelijkredacteur"}
    account = Account.objects.get()
    assert account.check_password("geheim-genoeg-1")
    # And once more adds nothing.
    assert opened("landelijkredacteur") == roles


@pytest.mark.parametrize(
    ("email", "role", "scope", "message"),
    [
        (
            "ada@example.org", "baas", "",
            "Deze rol bestaat niet. Kies uit: "
            "deelnemer, partnerredacteur, coordinator, lector, landelijkredacteur, beheerder.",
        ),
        ("ada@example.org", "coordinator", "west", f"“west” {NOT_HERE}"),
        ("ada@example.org", "coordinator", "Welzijn Oost", f"“Welzijn Oost” {NOT_HERE}"),
        ("ada@example.org", "partnerredacteur", "Oost", f"“Oost” {NOT_HERE}"),
        ("ada@example.org", "beheerder", "oost", f"“oost” {NOT_HERE}"),
        ("ada@example.org", "coordinator", "", "Deze rol bestaat niet voor dit bereik."),
        ("ada", "deelnemer", "", "Voer een geldig e-mailadres in."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_no_account(email: str, role: str, scope: str, message: str) -> None:
    stored = everything()
    with pytest.raises(ValidationError) as caught:
        open_account(email=email, name="Ada", role=role, scope=scope, by=SYSTEM)
    assert caught.value.messages == [message]
    assert everything() == stored
