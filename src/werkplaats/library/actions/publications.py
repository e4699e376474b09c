"""Keeping what is known of publications, and throwing away drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, drafts, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.models import Visibility
from werkplaats.library.models import Contributor, File, Publication, PublicationIdentifier
from werkplaats.library.rules import sooner, wider_than

Values = Mapping[str, Any]
# The logbook keeps no names.
_MAKER = ("role", "name", "is_group", "organisation", "orcid")


@action
def save_publication(
    *,
    publication: Publication,
    values: Values,
    makers: Sequence[Values] | None = None,
    numbers: Sequence[tuple[str, str]] | None = None,
    version: int = 0,
    by: Actor,
) -> Publication:
    """Keep a new publication or what was changed of one. Raises Conflict, and ValidationError while it is being read.

    ``makers``: who made it in order, each a mapping of role, name, is_group, organisation and orcid; ``numbers``:
    (register, number); None leaves them as they are. A new one begins with a first version without files.
    """
    new = publication._state.adding
    if not new:
        publication.refuse_while_read()
        _refuse_wider(publication, values)
    was = [] if new else _rows(publication)
    other_makers = makers is not None and was != [_row(one) for one in makers]
    known = [] if new else sorted(publication.numbers.values_list("scheme", "value"))
    other_numbers = numbers is not None and known != sorted(set(numbers))
    also = other_makers or other_numbers
    private = _unseen(publication, values)
    kept = versions.save(
        publication, values, version=version, verb="library.publication", by=by, private=private, also=also
    )
    if new:
        kept.versions.create()
    if other_makers:
        _set_makers(kept, makers or (), by)
    if other_numbers:
        _set_numbers(kept, known, numbers or (), by)
    if new or also or kept.version != version:
        Publication.objects.filter(pk=kept.pk).update(changed_by=by.uid)
        kept.changed_by = by.uid
    return kept


@action
def delete_publication(*, publication: Publication, version: int, by: Actor) -> None:
    """Throw a draft away, with its files. Raises Conflict, and ValidationError for what was ever published."""
    fresh = versions.locked(publication, version)
    if fresh.was_published or fresh.waits:
        raise ValidationError(_t("Alleen een concept dat nooit op de site stond, kunt u weggooien. Trek het in."))
    files = list(File.objects.filter(version__publication=fresh))
    logbook.write("library.publication.removed", fresh.uid, by=by, detail={"files": len(files)})
    drafts.forget(about=f"publicaties:{fresh.uid}")
    File.remove_from_disk(files)
    fresh.delete()


_TWO = _("Op de site laten twee mensen samen meer toe. Kies boven aan deze pagina “Laat meer mensen toe”.")


def _refuse_wider(publication: Publication, values: Values) -> None:
    """Of what is on the site nobody widens alone who may have it: that two read it was about those who may."""
    known = Publication.objects.get(pk=publication.pk)
    if not known.is_published:
        return
    faults: dict[str, Any] = {}
    if values.get("visibility", known.visibility) in wider_than(known.visibility):
        faults["visibility"] = _TWO
    if sooner(known.embargo_until, values.get("embargo_until", known.embargo_until), clock.today()):
        faults["embargo_until"] = _TWO
    if known.visibility == Visibility.WERKPLAATS and "werkplaatsen" in values:
        added = {one.uid for one in values["werkplaatsen"]} - known.regions
        if added:
            faults["werkplaatsen"] = _t(
                "Dit is alleen voor de eigen werkplaats. Er een bij zetten laat meer mensen toe. Kies boven aan deze "
                "pagina “Laat meer mensen toe”; of trek haar in, zet de werkplaats erbij en draag haar opnieuw voor."
            )
    if faults:
        raise ValidationError(faults)


def _unseen(publication: Publication, values: Values) -> set[str]:
    """Of which fields the logbook keeps no words: all of what is not on the site, or not for the whole network."""
    out = Publication.objects.published().filter(pk=publication.pk).exists()
    return set() if out and not versions.is_closed(publication, values) else versions.words(Publication)


def _row(values: Values) -> tuple[Any, ...]:
    blank = {"role": "auteur", "is_group": False, "organisation": None, "orcid": ""}
    return tuple({**blank, **values}[name] for name in _MAKER)


def _rows(publication: Publication) -> list[tuple[Any, ...]]:
    found = publication.contributors.select_related("organisation")
    return [tuple(getattr(one, name) for name in _MAKER) for one in found]


def _set_makers(publication: Publication, makers: Sequence[Values], by: Actor) -> None:
    publication.contributors.all().delete()
    for place, one in enumerate(makers, 1):
        Contributor.objects.create(publication=publication, position=place, **one)
    _forget_read(publication, "contributors")
    logbook.write("library.publication.changed", publication.uid, by=by, detail={"fields": ["contributors"]})


def _set_numbers(
    publication: Publication, known: list[tuple[str, str]], numbers: Sequence[tuple[str, str]], by: Actor
) -> None:
    publication.numbers.all().delete()
    for scheme, value in dict.fromkeys(numbers):
        PublicationIdentifier.objects.create(publication=publication, scheme=scheme, value=value)
    _forget_read(publication, "numbers")
    detail = {
        "before": {"numbers": [f"{scheme} {value}" for scheme, value in known]},
        "after": {"numbers": [f"{scheme} {value}" for scheme, value in numbers]},
    }
    logbook.write("library.publication.numbered", publication.uid, by=by, detail=detail)


def _forget_read(publication: Publication, name: str) -> None:
    """What was read before of its rows is no longer so."""
    getattr(publication, "_prefetched_objects_cache", {}).pop(name, None)
