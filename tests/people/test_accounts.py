"""Accounts: one for an address however it is typed, and what people keep up to date about themselves."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories
from tests.core.stored import everything
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.people.actions import create_account, update_own_details
from werkplaats.people.forms import OwnDetailsForm
from werkplaats.people.models import Account, Person

pytestmark = pytest.mark.django_db


def test_an_account_comes_with_a_person_and_a_line_in_the_logbook() -> None:
    account = create_account(email="Ada@Example.org", name="Ada Jansen", password="geheim-genoeg-1", by=SYSTEM)
    kept = Account.objects.get()
    assert (kept, kept.email, kept.get_full_name(), kept.language) == (account, "ada@example.org", "Ada Jansen", "nl")
    assert kept.check_password("geheim-genoeg-1")
    assert not kept.is_superuser
    assert list(LogEntry.objects.values_list("verb", "target", "actor", "detail")) == [
        ("people.account.created", account.uid, "systeem", {})
    ]


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.Org"])
def test_an_address_is_taken_in_capitals_too(typed: str) -> None:
    create_account(email="ada@example.org", name="Ada", by=SYSTEM)
    stored = everything()
    with pytest.raises(ValidationError) as caught:
        create_account(email=typed, name="Een ander", by=SYSTEM)
    assert caught.value.messages == ["Er is al een account met dit e-mailadres."]
    assert everything() == stored
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user(typed)


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@example.ORG"])
def test_who_signs_in_may_type_capitals(typed: str) -> None:
    account = create_account(email="Ada@example.org", name="Ada", password="geheim-genoeg-1", by=SYSTEM)
    assert Account.objects.get_by_natural_key(typed) == account
    assert authenticate(None, email=typed, password="geheim-genoeg-1") == account
    assert authenticate(None, email=typed, password="geheim-genoeg-2") is None


@pytest.mark.parametrize("typed", ["", "ada", "ada@", "ada@example", "a b@example.org"])
def test_what_is_no_address_gets_no_account(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        create_account(email=typed, name="Ada", by=SYSTEM)
    assert caught.value.messages == ["Voer een geldig e-mailadres in."]
    assert not Account.objects.exists()
    assert not Person.objects.exists()


def test_without_a_password_only_a_mailed_link_opens_it() -> None:
    account = create_account(email="ada@example.org", name="Ada", by=SYSTEM)
    assert not account.has_usable_password()


def test_an_account_without_a_person_is_called_by_its_address() -> None:
    account = Account.objects.create_user("ada@example.org")
    assert str(account) == account.get_short_name() == "ada@example.org"


GOOD = {"name": "Ada Jansen", "phone": "050 123", "orcid": "https://orcid.org/0000-0002-1825-0097", "language": "en"}


def test_own_details_are_kept_and_the_logbook_says_that_but_not_what() -> None:
    account = factories.make_account()
    form = OwnDetailsForm(GOOD)
    assert form.is_valid()
    update_own_details(account=account, **form.cleaned_data, by=account)

    kept = Account.objects.get()
    assert OwnDetailsForm.from_account(kept) == {**GOOD, "orcid": "0000-0002-1825-0097"}
    assert list(LogEntry.objects.values_list("verb", "target", "actor", "detail")) == [
        ("people.account.details_changed", account.uid, account.uid, {"fields": ["name", "phone", "orcid", "language"]})
    ]


def test_an_account_without_a_person_gets_one() -> None:
    account = Account.objects.create_user("ada@example.org")
    assert OwnDetailsForm.from_account(account)["name"] == ""
    update_own_details(account=account, name="Ada", phone="", orcid="", language="nl", by=account)
    assert Account.objects.get().person == Person.objects.get(name="Ada", email="ada@example.org")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (
            "orcid",
            "0000-0002-1825-0098",
            "Dit ORCID klopt niet: zestien tekens waarvan het laatste een controleteken is. Kijk het na.",
        ),
        ("orcid", "Ada", "Dit ORCID klopt niet: zestien tekens waarvan het laatste een controleteken is. Kijk het na."),
        ("name", " ", "Dit is een verplicht veld."),
        ("language", "fr", "Selecteer een geldige keuze. fr is geen beschikbare keuze."),
    ],
)
def test_wrong_details_are_refused_in_a_dutch_sentence(field: str, typed: str, message: str) -> None:
    assert OwnDetailsForm(GOOD | {field: typed}).errors == {field: [message]}


def test_no_orcid_is_fine() -> None:
    form = OwnDetailsForm(GOOD | {"orcid": " ", "phone": ""})
    assert form.is_valid()
    assert form.cleaned_data["orcid"] == ""
