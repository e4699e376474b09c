"""The seals of the logbook: each binds one row to all rows before it.

A seal holds a row by the digest of its details, not by the details themselves: these can be wiped one day, with the
salt that keeps them from being guessed, and every seal stays as it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime
from decimal import Decimal

# What the first row is bound to.
START = "0" * 64


def _number(text: str) -> float | int:
    # PostgreSQL gives 1e+20 back as 100000000000000000000, and no zero below zero. No float is longer than this.
    exact = Decimal(text)
    return int(exact) if exact.adjusted() < 400 and exact == exact.to_integral_value() else float(text)


_read = json.JSONDecoder(parse_float=_number).decode
_spell = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(text: str) -> str:
    """The one spelling of a JSON text, whichever database it comes from; raises ValueError when it is none."""
    return _spell(_read(text))


def new_salt() -> str:
    """Sixteen bytes that nobody can guess, in hex."""
    return secrets.token_hex(16)


def digest(salt: str, text: str) -> str:
    """Stands for details, given as JSON text, in hex; raises ValueError when that is no JSON."""
    return _hash(salt + canonical(text))


def moment(at: datetime) -> str:
    """An aware moment as it is sealed: in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def seal(previous: str, number: int, at: str, verb: str, target: str, actor: str, digest: str) -> str:
    """The seal, in hex, of a row after the row with seal ``previous``; ``at`` comes from ``moment``."""
    return _hash(json.dumps([previous, number, at, verb, target, actor, digest], default=repr))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
