"""What is shipped: the tree of themes, how the words others use map onto it, synonyms, and words explained."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from werkplaats.core import logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.terms.models import Concept, SynonymGroup, Theme

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


@action
def load_concepts(*, by: Actor) -> int:
    """Add the shipped words that are not there yet, then tie them; what an editor changed stays. The number added."""
    rows = json.loads((_DATA / "concepts.json").read_text())["concepts"]
    plain = ("term", "other_words", "meaning", "more", "origin", "places", "english", "english_meaning", "source")
    known = set(Concept.objects.values_list("slug", flat=True)) | set(Concept.objects.values_list("term", flat=True))
    new = [row for row in rows if row["slug"] not in known and row["term"] not in known]
    for row in new:
        Concept.objects.create(slug=row["slug"], **{name: row[name] for name in plain if name in row})
    # Only then, as words point at each other.
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    concepts = {concept.slug: concept for concept in Concept.objects.all()}
    for row in new:
        concept = concepts[row["slug"]]
        concept.see_also.set(concepts[slug] for slug in row.get("see_also", []) if slug in concepts)
        concept.themes.set(themes[slug] for slug in row.get("themes", []) if slug in themes)
    if new:
        logbook.write("terms.concepts.loaded", "begrip", by=by, detail={"added": len(new)})
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
