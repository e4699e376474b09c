"""The shipped tree of themes, and how the words others use map onto it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from werkplaats.core import logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.terms.models import Theme

_THEMES = Path(__file__).parent / "data" / "themes.json"


@cache
def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_THEMES.read_text())
    return data


@action
def load_themes(*, by: Actor) -> int:
    """Add the shipped themes that are not there yet, parents first; what an editor changed stays. The number added."""
    added = 0
    for row in sorted(_shipped()["themes"], key=lambda row: row["parent"] is not None):
        parent = Theme.objects.get(slug=row["parent"]) if row["parent"] else None
        _theme, new = Theme.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "parent": parent,
                "synonyms": row["synonyms"],
                "description": row["description"],
                "is_national": row["national"],
            },
        )
        added += new
    if added:
        logbook.write("terms.themes.loaded", "thema", by=by, detail={"added": added})
    return added


def themes_for(words: Iterable[str]) -> tuple[list[Theme], list[str]]:
    """The themes these strings map to (in the reviewed file), and the strings it does not know."""
    slugs: list[str] = []
    unknown: list[str] = []
    for word in words:
        mapped = _shipped()["mapping"].get(word.strip().lower())
        if mapped is None:
            unknown.append(word)
        else:
            slugs += mapped
    return list(Theme.objects.filter(slug__in=slugs)), unknown
