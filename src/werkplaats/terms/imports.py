"""The shipped tree of themes, how the words others use map onto it, and the shipped words that mean the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from werkplaats.core import logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.terms.models import SynonymGroup, Theme

_DATA = Path(__file__).parent / "data"


@cache
def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_DATA / "themes.json").read_text())
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


@action
def load_synonyms(*, by: Actor) -> int:
    """Add the shipped groups that were never here; what an editor changed or ended stays so. The number added."""
    known = set(SynonymGroup.objects.exclude(key=None).values_list("key", flat=True))
    rows = json.loads((_DATA / "synonyms.json").read_text())["groups"]
    new = [
        SynonymGroup(key=row["key"], words=row["words"], note=row.get("note", ""))
        for row in rows
        if row["key"] not in known
    ]
    SynonymGroup.objects.bulk_create(new)
    if new:
        logbook.write("terms.synonyms.loaded", "synoniem", by=by, detail={"added": len(new)})
    return len(new)


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
