"""Limits on guessing and flooding, counted in the database so that all processes share them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from werkplaats.core import clock
from werkplaats.core.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts by one visitor in each stretch of ``seconds``."""

    what: str
    most: int
    seconds: int


class TooMany(Exception):
    """The limit is reached; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def fingerprint(visitor: str) -> str:
    """A keyed hash of an address that nobody without the key can turn back."""
    return hmac.new(settings.SECRET_KEY.encode(), visitor.encode(), hashlib.sha256).hexdigest()


def _who(visitor: str, window: int) -> str:
    # Bound to the window: the same address gives another hash a quarter of an
    # hour later, so the table is no record of who came by.
    return fingerprint(f"{visitor}|{window}")


def _place(limit: Limit, visitor: str) -> tuple[dict[str, object], int]:
    seconds = int(clock.now().timestamp())
    window = seconds // limit.seconds
    key: dict[str, object] = {"what": limit.what, "who": _who(visitor, window), "window": window}
    return key, (window + 1) * limit.seconds - seconds


def check(limit: Limit, visitor: str) -> None:
    """Raise TooMany when this visitor has used up the limit; counts nothing."""
    key, left = _place(limit, visitor)
    if Attempt.objects.filter(**key, count__gte=limit.most).exists():
        raise TooMany(left)


def count(limit: Limit, visitor: str) -> None:
    """Count one attempt and raise TooMany when it is one too many.

    The update is one statement that only finds the row while there is room in it, so of attempts at the same
    moment, in whatever process, exactly ``most`` pass.
    """
    key, left = _place(limit, visitor)
    room = Attempt.objects.filter(**key, count__lt=limit.most)
    if room.update(count=F("count") + 1):
        return
    _row, new = Attempt.objects.get_or_create(**key)
    if new:
        Attempt.objects.filter(what=limit.what, window__lt=int(str(key["window"])) - 1).delete()
    if not room.update(count=F("count") + 1):
        raise TooMany(left)
