"""Identifiers: ``<kind>-<ULID>``, given at creation, never reused.

The kind is the Dutch word a visitor sees in an address; the ULID sorts by time
of creation and cannot be guessed.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from ulid import ULID

PATTERN = r"[a-z]+-[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}"
_whole = re.compile(PATTERN)


def new_uid(kind: str) -> str:
    """A fresh uid of this kind."""
    return f"{kind}-{ULID()}"


def kind_of(uid: str) -> str:
    """The kind in a uid; raises ValueError when it is no uid."""
    if not _whole.fullmatch(uid):
        raise ValueError(f"geen uid: {uid!r}")
    return uid.partition("-")[0]


class UidConverter:
    """A uid in an address; the ULID is read in either case."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        kind, _dash, ulid = value.partition("-")
        return f"{kind}-{ulid.upper()}"

    def to_url(self, value: str) -> str:
        return value


class UidField(models.CharField):
    """The uid of a record; ``kind`` is its first part."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        kwargs.setdefault("verbose_name", _("kenmerk"))
        super().__init__(*args, **{**kwargs, "max_length": 44, "unique": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "editable"):
            kwargs.pop(fixed, None)
        return name, path, list(args), {**kwargs, "kind": self.kind}

    def has_default(self) -> bool:
        return True

    def get_default(self) -> str:
        return new_uid(self.kind)
