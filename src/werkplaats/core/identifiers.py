"""Check published identifiers: their form, and their check digit where they have one.

Sources of the rules: ISO 7064 mod 97-10 (ROR), mod 11-2 (ISNI, ORCID), the
eleven-test (RSIN), ISBN and ISSN, as kept by python-stdnum; KvK and CBS codes
have only a form. DOI (ISO 26324), Handle (RFC 3650) and URN:NBN (RFC 8458) have
a prefix and whatever the register put behind it.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import isbn, isni, issn
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


def _without(value: str, *beginnings: str) -> str:
    """Without what people copy along from the bar of a browser."""
    short = "".join(value.split())
    for beginning in beginnings:
        if short.lower().startswith(beginning):
            short = short[len(beginning) :]
    return short


_WEB = ("https://", "http://", "www.")


def _doi(value: str) -> str:
    short = _without(value, *_WEB, "dx.doi.org/", "doi.org/", "doi:").lower()
    if len(short) > 200 or not re.fullmatch(r"10\.[0-9]{4,9}(\.[0-9]+)*/[^\x00-\x20\x7f\"\\{}]+", short):
        raise ValidationError(_("Een DOI begint met 10. en een nummer, dan een schuine streep: 10.1234/abcd."))
    return short


def _isbn(value: str) -> str:
    try:
        return str(isbn.format(isbn.validate(_without(value, "isbn:", "isbn"), convert=True)))
    except StdnumError:
        raise ValidationError(
            _("Dit ISBN klopt niet: het heeft tien of dertien cijfers, en het laatste moet bij de andere passen.")
        ) from None


def _issn(value: str) -> str:
    try:
        return str(issn.format(issn.validate(_without(value, "issn:", "issn"))))
    except StdnumError:
        raise ValidationError(
            _("Dit ISSN klopt niet: acht tekens waarvan het laatste een controleteken is, zoals 0317-8471.")
        ) from None


def _handle(value: str) -> str:
    short = _without(value, *_WEB, "hdl.handle.net/", "hdl:")
    if len(short) > 200 or not re.fullmatch(r"[0-9]+(\.[0-9]+)*/[^\x00-\x20\x7f\"\\{}]+", short):
        raise ValidationError(_("Een handle is een nummer, een schuine streep en wat erbij hoort: 20.500.12470/12."))
    return short


def _urn(value: str) -> str:
    short = _without(value)
    if len(short) > 200 or not re.fullmatch(r"(?i:urn:nbn):[A-Za-z]{2}(:[A-Za-z0-9]+)*-[!-~]+", short):
        raise ValidationError(_("Een URN:NBN ziet eruit als urn:nbn:nl:ui:10-1234."))
    return f"urn:nbn{short[7:]}"


def clean(scheme: str, value: str) -> str:
    """The identifier in its usual form.

    ``scheme`` is ror, rsin, isni, orcid, kvk, cbs, doi, isbn, issn, handle or urn. Raises ValidationError with a
    Dutch sentence when the form or the check digit is wrong, KeyError for another scheme.
    """
    return {
        "ror": _ror,
        "rsin": _rsin,
        "isni": lambda v: _mod_11_2(v, "ISNI"),
        "orcid": lambda v: _mod_11_2(v, "ORCID"),
        "doi": _doi,
        "isbn": _isbn,
        "issn": _issn,
        "handle": _handle,
        "urn": _urn,
        "kvk": lambda v: _form(v, r"[0-9]{8}", _("Een KvK-nummer heeft acht cijfers.")),
        "cbs": lambda v: _form(
            v, r"GM[0-9]{4}", _("Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731.")
        ),
    }[scheme](value)
