"""Check published identifiers: their form, and their check digit where they have one.

Sources of the rules: ISO 7064 mod 97-10 (ROR), mod 11-2 (ISNI, ORCID), the
eleven-test (RSIN), as kept by python-stdnum; KvK and CBS codes have only a form.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import isni
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def _ror(value: str) -> str:
    short = value.strip().lower().removeprefix("https://").removeprefix("ror.org/")
    if not re.fullmatch(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", short):
        raise ValidationError(_("Een ROR is 0, zes letters of cijfers en twee cijfers, zoals 02fcva121."))
    number = 0
    for letter in short[:7]:
        number = number * 32 + _BASE32.index(letter)
    if int(short[7:]) != 98 - (number * 100) % 97:
        raise ValidationError(_("Dit ROR klopt niet: de twee controlecijfers passen er niet bij."))
    return short


def _rsin(value: str) -> str:
    digits = re.sub(r"[.\s]", "", value)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise ValidationError(_("Een RSIN heeft negen cijfers."))
    try:
        return str(bsn.validate(digits))
    except StdnumError:
        raise ValidationError(_("Dit RSIN klopt niet: het doorstaat de elfproef niet.")) from None


def _mod_11_2(value: str, name: str) -> str:
    try:
        plain = str(isni.validate(value.strip().removeprefix("https://").removeprefix("orcid.org/")))
    except StdnumError:
        raise ValidationError(
            _("Dit %(name)s klopt niet: zestien tekens waarvan het laatste een controleteken is. Kijk het na.")
            % {"name": name}
        ) from None
    return (" " if name == "ISNI" else "-").join(plain[n : n + 4] for n in range(0, 16, 4))


def _form(value: str, pattern: str, message: object) -> str:
    short = re.sub(r"[.\s]", "", value).upper()
    if not re.fullmatch(pattern, short):
        raise ValidationError(str(message))
    return short


def clean(scheme: str, value: str) -> str:
    """The identifier in its usual form.

    ``scheme`` is ror, rsin, isni, orcid, kvk or cbs. Raises ValidationError with a
    Dutch sentence when the form or the check digit is wrong, KeyError for another scheme.
    """
    return {
        "ror": _ror,
        "rsin": _rsin,
        "isni": lambda v: _mod_11_2(v, "ISNI"),
        "orcid": lambda v: _mod_11_2(v, "ORCID"),
        "kvk": lambda v: _form(v, r"[0-9]{8}", _("Een KvK-nummer heeft acht cijfers.")),
        "cbs": lambda v: _form(
            v, r"GM[0-9]{4}", _("Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731.")
        ),
    }[scheme](value)
