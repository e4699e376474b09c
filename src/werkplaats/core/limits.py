"""Limits on guessing and flooding, counted in the database so that all processes share them."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import InternalError, OperationalError
from django.db.models import F

from werkplaats.core import clock
from werkplaats.core.models import Attempt

# What comes often is taken from the database by so many at once, as long as there are plenty.
_HELPING = 16
# More visitors at once than a process remembers; forgetting some only makes their limit tighter.
_REMEMBERED = 5_000


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


def mailbox(address: str) -> str:
    """Whose limit an e-mail address counts for, however it is typed."""
    return "mail:" + unicodedata.normalize("NFKC", address).strip().casefold()


def _who(visitor: str, window: int) -> str:
    # Bound to the window: the same address gives another hash a quarter of an
    # hour later, so the table is no record of who came by.
    return fingerprint(f"{visitor}|{window}")


def _place(limit: Limit, visitor: str) -> tuple[dict[str, object], int]:
    seconds = int(clock.now().timestamp())
    window = seconds // limit.seconds
    key: dict[str, object] = {"what": limit.what, "who": _who(visitor, window), "window": window}
    return key, (window + 1) * limit.seconds - seconds


def _taken(key: dict[str, object], number: int, most: int) -> bool:
    """Count ``number`` attempts when that makes no more than ``most``.

    The update is one statement that only finds the row while there is room in it, so of attempts at the same
    moment, in whatever process, exactly ``most`` pass.
    """
    room = Attempt.objects.filter(**key, count__lte=most - number)
    if room.update(count=F("count") + number):
        return True
    _row, new = Attempt.objects.get_or_create(**key)
    if new:
        Attempt.objects.filter(what=key["what"], window__lt=int(str(key["window"])) - 1).delete()
    return bool(room.update(count=F("count") + number))


def count(limit: Limit, visitor: str) -> None:
    """Count one attempt and raise TooMany when it is one too many.

    Count a guess before looking whether it is right, and ``give_back`` when it was: looking first would let
    guesses that come at the same moment all be looked at.
    """
    key, left = _place(limit, visitor)
    if not _taken(key, 1, limit.most):
        raise TooMany(left)


def give_back(limit: Limit, visitor: str) -> None:
    """Undo one ``count``: it was no wrong guess after all."""
    key, _left = _place(limit, visitor)
    Attempt.objects.filter(**key, count__gt=0).update(count=F("count") - 1)


@dataclass
class _Held:
    """What this process took for one visitor and did not spend yet, and how many it may take at once: 0 ends it."""

    left: int = 0
    step: int = _HELPING


class Purse:
    """Counts what comes often without asking the database each time; a process has one.

    It takes some attempts at once while there are plenty, later one at a time. So of all processes together never
    more than ``most`` pass; a few less when one of them took some and gets no more visits to spend them on.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[object, ...], _Held] = {}
        self._lock = Lock()

    def count(self, limit: Limit, visitor: str) -> None:
        """Count one attempt and raise TooMany when it is one too many."""
        if visitor in settings.UNCOUNTED:
            return
        key, left = _place(limit, visitor)
        held = self._held_for(tuple(key.values()))
        if self._spend(held):
            return
        for step in (_HELPING, 1):
            if step <= held.step and self._take(held, key, step, limit.most if step == 1 else limit.most // 2):
                return
            held.step = min(held.step, step - 1)
        raise TooMany(left)

    def forget(self) -> None:
        """Remember nothing; what was taken counts as spent."""
        with self._lock:
            self._held.clear()

    def _held_for(self, key: tuple[object, ...]) -> _Held:
        with self._lock:
            if len(self._held) > _REMEMBERED:
                self._held.clear()
            return self._held.setdefault(key, _Held())

    def _spend(self, held: _Held) -> bool:
        with self._lock:
            found = held.left > 0
            held.left -= found
            return found

    def _take(self, held: _Held, key: dict[str, object], step: int, most: int) -> bool:
        try:
            found = _taken(key, step, most)
        except (InternalError, OperationalError):
            # Someone writes for long, or nothing can be written: no reason to refuse what can be read.
            return True
        if found:
            with self._lock:
                held.left += step - 1
        return found


often = Purse()
