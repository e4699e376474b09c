"""What was typed and not saved yet: kept for its writer alone, for a month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from werkplaats.core import clock
from werkplaats.core.actors import Actor
from werkplaats.core.models import Draft

KEPT = timedelta(days=30)
# A form is some kilobytes; more is no form.
MOST = 60_000
_SENTENCES = re.compile(r"[.!?\n]+")
# A sentence that is shorter may be anyone's.
_TELLING = 20


class TooLong(Exception):
    """More was typed than a form can hold."""


def keep(*, place: str, fields: Mapping[str, list[str]], version: int, by: Actor) -> Draft:
    """Keep the fields (name -> values as they were sent) of one form of one person. Raises TooLong."""
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > MOST:
        raise TooLong(place)
    with transaction.atomic():
        Draft.objects.filter(kept_at__lt=clock.now() - KEPT).delete()
        draft, _new = Draft.objects.update_or_create(
            account=by.uid,
            place=place,
            defaults={"fields": dict(fields), "version": version, "kept_at": clock.now()},
        )
    return draft


def find(*, place: str, by: Actor) -> Draft | None:
    """What this person typed in this form before; None when there is nothing, or it is too old."""
    return Draft.objects.filter(account=by.uid, place=place, kept_at__gte=clock.now() - KEPT).first()


def drop(*, place: str, by: Actor) -> None:
    """It was saved, or thrown away."""
    Draft.objects.filter(account=by.uid, place=place).delete()


def forget(*, about: str) -> None:
    """The record is gone: whatever anyone typed in forms about it goes too. ``about`` is how their places begin."""
    Draft.objects.filter(place__startswith=about).delete()


def forget_matching(words: re.Pattern[str], *, about: str = "") -> None:
    """Whatever anyone typed with these words in it goes, in whichever form. ``about``: only of forms about this uid."""
    for draft in Draft.objects.filter(place__contains=about).order_by("pk"):
        if any(words.search(value) for values in draft.fields.values() for value in values):
            draft.delete()


def forget_words(*, uid: str, words: str) -> None:
    """The words of a record are gone: so are drafts that were begun from it, that name it, or in which they stand.

    Forms show the first words of what they name, and people copy sentences: both would come back from a draft.
    """
    told = [part for part in map(_bare, _SENTENCES.split(words)) if len(part) >= _TELLING] or [_bare(words)]
    held = [
        draft.pk
        for draft in Draft.objects.iterator()
        if draft.place.endswith(f":{uid}") or _holds(draft, uid.lower(), [part for part in told if part])
    ]
    Draft.objects.filter(pk__in=held).delete()


def _holds(draft: Draft, uid: str, parts: list[str]) -> bool:
    typed = [_bare(str(value)) for values in draft.fields.values() for value in values]
    return any(uid in text or any(part in text for part in parts) for text in typed)


def _bare(text: str) -> str:
    return " ".join(text.lower().split())
