"""What editors do with themes, ways of working, words that mean the same, and words explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify

from werkplaats.core import logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.versions import locked
from werkplaats.terms.models import Approach, Concept, SynonymGroup, Theme


@action
def save_synonyms(
    *, group: SynonymGroup | None, words: Sequence[str], note: str = "", version: int = 0, by: Actor
) -> SynonymGroup:
    """Keep a new group, or other words in one that was read at ``version``; ``words`` come from ``SynonymForm``.

    Raises Conflict when someone else changed it meanwhile. Saving what stands there already changes nothing.
    """
    if group is None:
        new: SynonymGroup = SynonymGroup.objects.create(words=list(words), note=note)
        detail = logbook.changed({}, {"words": new.words})
        logbook.write("terms.synonyms.added", new.uid, by=by, detail=detail)
        return new
    fresh = locked(group, version)
    before, noted = fresh.words, fresh.note
    if (before, noted) != (list(words), note):
        fresh.words, fresh.note = list(words), note
        fresh.save()
        detail = logbook.changed({"words": before}, {"words": fresh.words})
        # A note may name people.
        hidden = {"fields": ["note"]} if noted != note else {}
        logbook.write("terms.synonyms.changed", fresh.uid, by=by, detail={**detail, **hidden})
    return fresh


@action
def end_synonyms(*, group: SynonymGroup, version: int, by: Actor) -> SynonymGroup:
    """Take a group out of use: search no longer knows it. Raises Conflict; doing it twice changes nothing."""
    return _use(group, version, False, by)


@action
def restore_synonyms(*, group: SynonymGroup, version: int, by: Actor) -> SynonymGroup:
    """Put a group back into use. Raises Conflict; doing it twice changes nothing."""
    return _use(group, version, True, by)


def _use(group: SynonymGroup, version: int, is_used: bool, by: Actor) -> SynonymGroup:
    if SynonymGroup.objects.get(pk=group.pk).is_used == is_used:
        return group
    fresh = locked(group, version)
    detail = logbook.changed({"is_used": fresh.is_used}, {"is_used": is_used})
    fresh.is_used = is_used
    fresh.save()
    verb = "restored" if is_used else "ended"
    logbook.write(f"terms.synonyms.{verb}", fresh.uid, by=by, detail={**detail, "words": fresh.words})
    return fresh


@action
def save_theme(*, theme: Theme, values: Mapping[str, Any], version: int = 0, by: Actor) -> Theme:
    """Keep a new theme or what was changed of one; its address stays as it was. Raises Conflict."""
    if not theme.slug:
        theme.slug = _free_slug(values["name"], Theme)
    return versions.save(theme, values, version=version, verb="terms.theme", by=by)


@action
def save_approach(*, approach: Approach, values: Mapping[str, Any], version: int = 0, by: Actor) -> Approach:
    """Keep a new way of working or what was changed of one. Raises Conflict."""
    return versions.save(approach, values, version=version, verb="terms.approach", by=by)


@action
def save_concept(*, concept: Concept, values: Mapping[str, Any], version: int = 0, by: Actor) -> Concept:
    """Keep a new word with its explanation or what was changed of one; its address stays as it was. Raises Conflict."""
    if not concept.slug:
        concept.slug = _free_slug(values["term"], Concept)
    return versions.save(concept, values, version=version, verb="terms.concept", by=by)


def _free_slug(name: str, kind: type[Any]) -> str:
    first = slugify(name)[:56] or "woord"
    taken = set(kind.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    return next(slug for slug in (first, *(f"{first}-{n}" for n in range(2, 999))) if slug not in taken)
