"""Municipalities are found by what people call them."""

from __future__ import annotations

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from werkplaats.places.forms import MunicipalityField
from werkplaats.places.models import Municipality
from werkplaats.places.rules import plain_name

pytestmark = pytest.mark.django_db


def named(text: str) -> list[str]:
    """The codes of those that go by this name."""
    return sorted(one.code for one in Municipality.objects.current().named(text))


def resembling(text: str, most: int = 8) -> list[str]:
    """The names of those that look like it."""
    return [one.name for one in Municipality.objects.current().resembling(text, most)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Den Haag", ["GM0518"]),
        ("'s-gravenhage", ["GM0518"]),
        ("’s Gravenhage", ["GM0518"]),
        ("The Hague", ["GM0518"]),
        ("midden drenthe", ["GM1731"]),
        ("  MIDDEN-DRENTHE ", ["GM1731"]),
        ("Hengelo", ["GM0164"]),
        ("Hengelo (Gelderland)", ["GM1876"]),
        ("gemeente Utrecht", ["GM0344"]),
        ("sudwest fryslan", ["GM1900"]),
        ("Súdwest-Fryslân", ["GM1900"]),
        ("Den Bosch", ["GM0796"]),
        ("Bergen", ["GM0373", "GM0893"]),
        ("bergen nh", ["GM0373"]),
        ("Bergen (L.)", ["GM0893"]),
        ("Beilen", ["GM1731"]),
        ("Groningn", []),
        ("gemeente", []),
        ("", []),
        ("?!", []),
    ],
)  # fmt: skip
def test_by_any_name_however_it_is_spelled(netherlands: None, text: str, codes: list[str]) -> None:
    assert named(text) == codes


def test_each_is_found_by_its_own_name_and_suggested_first(netherlands: None) -> None:
    everyone = list(Municipality.objects.all())
    lost = [one.name for one in everyone if one.code not in named(one.name)]
    not_first = [one.name for one in everyone if resembling(one.name)[:1] != [one.name]]
    assert (len(everyone), lost, not_first) == (342, [], [])


def test_each_is_found_without_capitals_accents_and_dashes(netherlands: None) -> None:
    everyone = list(Municipality.objects.all())
    assert [one.name for one in everyone if one.code not in named(f"gemeente {plain_name(one.name)}")] == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Groningn", ["Groningen"]),
        ("Utregt", ["Utrecht"]),
        ("midden drente", ["Midden-Drenthe"]),
        ("sgravenhage", ["'s-Gravenhage"]),
        ("den haa", ["'s-Gravenhage"]),
        ("Leeuwaarden", ["Leeuwarden"]),
        ("Bergen", ["Bergen (L.)", "Bergen (NH.)", "Bergen op Zoom"]),
        ("x", []),
        ("", []),
    ],
)
def test_who_makes_a_mistake_is_offered_the_right_one_first(netherlands: None, typed: str, first: list[str]) -> None:
    assert sorted(resembling(typed)[: len(first) or 1]) == sorted(first)


def test_no_more_are_offered_than_asked_for_and_none_twice(netherlands: None) -> None:
    offered = resembling("ber", most=5)
    assert len(offered) == len(set(offered)) == 5
    # Who typed a beginning gets names that begin so.
    begins = set(Municipality.objects.filter(names__plain__startswith="ber").values_list("name", flat=True))
    assert set(offered) <= begins


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "é" * 10_000,
        "den haag " * 1_200,
        "ﷺ" * 10_000,
        "e" + "\u0301" * 9_999,
        "\x00" * 10_000,
        "<script>alert(1)</script>" * 400,
        "'; DROP TABLE places_municipality; --",
        "%_%",
        "\u202egnirednirG",
        "👩‍👩‍👧‍👧",
    ],
    ids=range(11),
)
def test_far_too_much_text_and_odd_signs_find_nothing_and_do_no_harm(netherlands: None, text: str) -> None:
    assert named(text) == []
    assert len(resembling(text)) <= 8
    assert Municipality.objects.count() == 342


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=80))
def test_whatever_is_typed_is_answered(netherlands: None, text: str) -> None:
    assert len(resembling(text, most=3)) <= 3
    assert all(len(code) == 6 for code in named(text))
    assert plain_name(plain_name(text)) in {plain_name(text), plain_name(text).removeprefix("gemeente ")}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("'s-Gravenhage", "s gravenhage"),
        ("Bergen (NH.)", "bergen nh"),
        ("gemeente Midden-Drenthe", "midden drenthe"),
        ("Gemeente", "gemeente"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("Su\u0301dwest-Frysla\u0302n", "sudwest fryslan"),
        ("IJsselstein", "ijsselstein"),
        ("ĳsselstein", "ijsselstein"),
        ("---", ""),
    ],
)
def test_names_are_compared_bare(written: str, plain: str) -> None:
    assert plain_name(written) == plain


class Where(forms.Form):
    """A form that asks for a municipality."""

    place = MunicipalityField(required=False)


@pytest.mark.parametrize(("typed", "code"), [("den haag", "GM0518"), ("Beilen", "GM1731"), ("", None), ("  ", None)])
def test_a_form_takes_any_of_the_names(netherlands: None, typed: str, code: str | None) -> None:
    form = Where({"place": typed})
    assert form.is_valid()
    assert getattr(form.cleaned_data["place"], "code", None) == code


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Bergen", "“Bergen” kan meer gemeenten zijn: Bergen (L.), Bergen (NH.). Typ de hele naam."),
        ("Xqzzk", "Gemeente “Xqzzk” kennen we niet. Typ de naam van de gemeente waar u woont of werkt."),
        ("q" * 10_000, f"Gemeente “{'q' * 60}” kennen we niet. Typ de naam van de gemeente waar u woont of werkt."),
    ],
)
def test_a_form_says_what_to_do_about_a_name_it_does_not_know(netherlands: None, typed: str, message: str) -> None:
    assert Where({"place": typed}).errors == {"place": [message]}


def test_a_form_asks_which_was_meant(netherlands: None) -> None:
    [message] = Where({"place": "Groningn"}).errors["place"]
    assert message == "Gemeente “Groningn” kennen we niet. Bedoelt u: Groningen?"
