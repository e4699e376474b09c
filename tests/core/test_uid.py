"""Uids: their form, their kind, never the same, in order of creation."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from werkplaats.core.uid import UidConverter, UidField, kind_of, new_uid
from werkplaats.people.models import Person

FORM = re.compile(r"[a-z]+-[0-9A-HJKMNP-TV-Z]{26}")


def test_a_uid_is_a_kind_and_a_ulid() -> None:
    uid = new_uid("vraag")
    assert FORM.fullmatch(uid)
    assert kind_of(uid) == "vraag"


def test_uids_sort_in_the_order_they_were_made_and_no_two_are_the_same() -> None:
    made = [new_uid("vraag") for _ in range(2000)]
    assert sorted(set(made)) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vraag",
        "vraag-",
        "vraag-123",
        "Vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAVX",
        "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV\n",
    ],
)
def test_what_is_no_uid_has_no_kind(text: str) -> None:
    with pytest.raises(ValueError, match="geen uid"):
        kind_of(text)


@given(st.data())
def test_an_address_is_read_in_either_case(data: st.DataObject) -> None:
    uid = new_uid("vraag")
    kind, _dash, ulid = uid.partition("-")
    typed = "".join(data.draw(st.sampled_from([sign.lower(), sign])) for sign in ulid)
    assert re.fullmatch(UidConverter.regex, f"{kind}-{typed}")
    assert UidConverter().to_python(f"{kind}-{typed}") == uid
    assert UidConverter().to_url(uid) == uid


def test_the_addresses_of_the_site_use_it() -> None:
    uid = new_uid("vraag")
    address = reverse("question", args=[uid])
    assert resolve(address.replace(uid, uid.lower())).kwargs == {"uid": uid}


def test_each_kind_belongs_to_one_model() -> None:
    kinds = [
        field.kind for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, UidField)
    ]
    assert sorted(kinds) == sorted(set(kinds))
    assert all(re.fullmatch("[a-z]+", kind) for kind in kinds)


@pytest.mark.django_db
def test_a_record_gets_its_uid_when_it_is_made_and_keeps_it() -> None:
    person = Person.objects.create(name="Ada")
    uid = person.uid
    person.name = "Ada L."
    person.save()
    person.refresh_from_db()
    assert (person.uid, kind_of(uid)) == (uid, "persoon")
    assert Person(name="B").uid != Person(name="C").uid
    assert kind_of(factories.make_municipality().uid) == "gemeente"
