"""Identifiers: a wrong digit is noticed, a right one comes out in its usual form."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from werkplaats.core.identifiers import clean

ROR_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
quick = settings(deadline=None, max_examples=60)


def ror(number: int) -> str:
    """ISO 7064 mod 97-10 by its definition: the number with its check digits leaves 1 when divided by 97."""
    letters = "".join(ROR_LETTERS[number >> (5 * place) & 31] for place in reversed(range(6)))
    [check] = [check for check in range(2, 99) if (number * 100 + check) % 97 == 1]
    return f"0{letters}{check:02}"


def rsin(number: int) -> str | None:
    """The eleven-test by its definition; None when no last digit fits."""
    digits = f"{number:08}"
    fits = [
        last
        for last in range(10)
        if (sum(int(d) * w for d, w in zip(digits, range(9, 1, -1), strict=True)) - last) % 11 == 0
    ]
    return f"{digits}{fits[0]}" if fits else None


def isni(number: int) -> str:
    """ISO 7064 mod 11-2 by its definition: weighted with powers of two it leaves 1 when divided by 11."""
    digits = f"{number:015}"
    weighted = sum(int(d) * 2**place for place, d in zip(range(15, 0, -1), digits, strict=True))
    [last] = [last for last in range(11) if (weighted + last) % 11 == 1]
    return digits + ("X" if last == 10 else str(last))


def refused(scheme: str, value: str) -> str:
    """What is said about a wrong one."""
    with pytest.raises(ValidationError) as caught:
        clean(scheme, value)
    [message] = caught.value.messages
    return message


@quick
@given(st.integers(0, 32**6 - 1), st.data())
def test_a_ror_with_one_sign_changed_is_refused(number: int, data: st.DataObject) -> None:
    right = ror(number)
    assert clean("ror", right) == right

    place = data.draw(st.integers(0, 8))
    sign = data.draw(st.sampled_from(ROR_LETTERS if place < 7 else ROR_LETTERS[:10]))
    assume(sign != right[place])
    assert refused("ror", right[:place] + sign + right[place + 1 :]) in {
        "Dit ROR klopt niet: de twee controlecijfers passen er niet bij.",
        "Een ROR is 0, zes letters of cijfers en twee cijfers, zoals 02fcva121.",
    }


@quick
@given(st.integers(1, 10**8 - 1), st.data())
def test_an_rsin_with_one_digit_changed_is_refused(number: int, data: st.DataObject) -> None:
    right = rsin(number)
    assume(right is not None)
    assert right is not None
    assert clean("rsin", right) == right

    place, digit = data.draw(st.integers(0, 8)), data.draw(st.sampled_from("0123456789"))
    assume(digit != right[place])
    changed = right[:place] + digit + right[place + 1 :]
    assert refused("rsin", changed) == "Dit RSIN klopt niet: het doorstaat de elfproef niet."


@pytest.mark.parametrize(("scheme", "dash"), [("isni", " "), ("orcid", "-")])
@quick
@given(number=st.integers(0, 10**15 - 1), data=st.data())
def test_an_isni_or_orcid_with_one_digit_changed_is_refused(
    scheme: str, dash: str, number: int, data: st.DataObject
) -> None:
    right = isni(number)
    usual = dash.join(right[n : n + 4] for n in range(0, 16, 4))
    assert clean(scheme, right) == clean(scheme, usual) == usual

    place = data.draw(st.integers(0, 15))
    digit = data.draw(st.sampled_from("0123456789X" if place == 15 else "0123456789"))
    assume(digit != right[place])
    assert refused(scheme, right[:place] + digit + right[place + 1 :]) == (
        f"Dit {scheme.upper()} klopt niet: zestien tekens waarvan het laatste een controleteken is. Kijk het na."
    )


@pytest.mark.parametrize(
    ("scheme", "given", "usual"),
    [
        # Of real organisations and of the registries' own examples.
        ("ror", "02fcva121", None),
        ("ror", "05dxps055", "05dxps055"),
        ("ror", "04pp8hn57", "04pp8hn57"),
        ("ror", " https://ror.org/04PP8HN57 ", "04pp8hn57"),
        ("ror", "ror.org/04pp8hn57", "04pp8hn57"),
        ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid", "orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid", "0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("isni", "0000000121032683", "0000 0001 2103 2683"),
        ("isni", "0000 0001 2281 955x", "0000 0001 2281 955X"),
        ("rsin", "1234.56.782", "123456782"),
        ("kvk", "01 234 567", "01234567"),
        ("cbs", "gm1731", "GM1731"),
        ("cbs", " GM0014 ", "GM0014"),
    ],
)
def test_real_ones_come_out_in_their_usual_form(scheme: str, given: str, usual: str | None) -> None:
    if usual is None:
        # The example in our own message shows the form; nobody has this number.
        assert refused(scheme, given) == "Dit ROR klopt niet: de twee controlecijfers passen er niet bij."
    else:
        assert clean(scheme, given) == usual


@pytest.mark.parametrize(
    ("scheme", "wrong", "message"),
    [
        ("kvk", "1234567", "Een KvK-nummer heeft acht cijfers."),
        ("kvk", "123456789", "Een KvK-nummer heeft acht cijfers."),
        ("kvk", "1234567a", "Een KvK-nummer heeft acht cijfers."),
        # Digits of other scripts look the same to Python, not to the register.
        ("kvk", "１２３４５６７８", "Een KvK-nummer heeft acht cijfers."),
        ("cbs", "1731", "Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731."),
        ("cbs", "GM173", "Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731."),
        ("cbs", "GM١٧٣١", "Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731."),
        ("rsin", "12345678", "Een RSIN heeft negen cijfers."),
        ("rsin", "", "Een RSIN heeft negen cijfers."),
        ("rsin", "123456780", "Dit RSIN klopt niet: het doorstaat de elfproef niet."),
        ("rsin", "000000000", "Dit RSIN klopt niet: het doorstaat de elfproef niet."),
        (
            "ror",
            "https://orcid.org/04pp8hn57",
            "Een ROR is 0, zes letters of cijfers en twee cijfers, zoals 02fcva121.",
        ),
        # i, l, o and u are no letters of a ROR: too much like digits and each other.
        ("ror", "0abcilo12", "Een ROR is 0, zes letters of cijfers en twee cijfers, zoals 02fcva121."),
    ],
)
def test_a_wrong_one_is_refused_in_a_dutch_sentence(scheme: str, wrong: str, message: str) -> None:
    assert refused(scheme, wrong) == message


@pytest.mark.parametrize("scheme", ["ror", "rsin", "isni", "orcid", "kvk", "cbs"])
@quick
@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_answered(scheme: str, text: str) -> None:
    try:
        found = clean(scheme, text)
    except ValidationError as error:
        assert len(error.messages) == 1
    else:
        assert clean(scheme, found) == found
        assert found.isascii()


def test_an_unknown_register_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        clean("bsn", "123456782")
