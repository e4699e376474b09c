"""What hangs together with a record, both ways, as the viewer may see it: read from the hall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core.actors import Viewer
from werkplaats.site.filtering import related_to, rows_of

# In this order, each under its own heading.
HEADINGS: dict[str, Any] = {
    "vraag": _("Begon bij deze vragen"),
    "landelijkthema": _("Hoort bij een landelijk thema"),
    "project": _("Projecten"),
    "kenniskring": _("Leren in een groep"),
    "opbrengst": _("Wat het opleverde"),
    "publicatie": _("Publicaties"),
    "pilot": _("Pilots"),
}


# So many of each kind on the home of a werkplaats.
_NEWEST = 4


@dataclass(frozen=True)
class Group:
    """Records of one kind, as rows; ``more`` leads to all of them."""

    kind: str
    heading: str
    rows: list[dict[str, Any]]
    more: str = ""


class Newest(NamedTuple):
    """The newest of a kind, and how many there are in all."""

    entries: list[Entry]
    count: int


def beside(entry: Entry, viewer: Viewer) -> dict[str, list[Any]]:
    """What stands beside a record on its page: ``groups`` of what is tied to it, in either direction, and ``related``.

    The questions that it answers come first. What both are filed under is asked for once.
    """
    entries, answered = _tied(entry.uid, viewer)
    labels = Labels()
    labels.expect(entries)
    akin = related_to(entry.uid, entry=entry, labels=labels, without={one.uid for one in entries})
    return {"groups": _grouped(entries, list(HEADINGS), answered, labels), "related": akin}


def _tied(uid: str, viewer: Viewer) -> tuple[list[Entry], set[str]]:
    """The entries that are tied to it, and which of them are questions that it answers."""
    # What is tried stands among the facts, and what answers a question with its answer.
    shown = Q(source=uid) & ~Q(tie="beproeft") | Q(target=uid) & ~Q(tie="beantwoordt")
    ties = list(Link.objects.filter(shown).values_list("source", "tie", "target"))
    answered = {target for _source, tie, target in ties if tie == "beantwoordt"}
    others = {one for source, _tie, target in ties for one in (source, target)} - {uid}
    return list(Entry.objects.visible_to(viewer).filter(uid__in=others).of_kind(*HEADINGS).by_name()), answered


def newest_each(entries: EntryQuerySet, kinds: Iterable[str], most: int = _NEWEST) -> dict[str, Newest]:
    """The newest of these entries by kind, and how many there are, in one question to the database."""
    order = [F("published_at").desc(nulls_last=True), F("pk").desc()]
    place = Window(RowNumber(), partition_by=F("kind"), order_by=order)
    numbered = entries.of_kind(*kinds).annotate(place=place, many=Window(Count("pk"), partition_by=F("kind")))
    found: dict[str, Newest] = {}
    for one in numbered.filter(place__lte=most).newest_first():
        found.setdefault(one.kind, Newest([], one.many)).entries.append(one)
    return found


def as_groups(
    newest: Mapping[str, Newest], dimension: str, value: str, *, kinds: Mapping[str, str], labels: Labels
) -> list[Group]:
    """The newest of these kinds as rows, each with the address of all of them."""
    entries = [one for kind in kinds if kind in newest for one in newest[kind].entries[:_NEWEST]]
    return [
        Group(one.kind, one.heading, one.rows, _list_of(one.kind, kinds[one.kind], dimension, value))
        for one in _grouped(entries, list(kinds), set(), labels)
    ]


def _list_of(kind: str, name: str, dimension: str, value: str) -> str:
    return f"{reverse(name)}?{f'soort={kind}&' if name == 'search' else ''}{dimension}={value}"


def _grouped(
    entries: Sequence[Entry], kinds: Sequence[str], answered: set[str], labels: Labels | None = None
) -> list[Group]:
    labels = labels or Labels()
    labels.expect(entries)
    questions = [entry for entry in entries if entry.uid in answered]
    entries = [entry for entry in entries if entry.uid not in answered]
    rows = rows_of(questions, show_kind=False, labels=labels)
    found = [Group("vraag", _t("Geeft antwoord op deze vragen"), rows)] if questions else []
    for kind in (name for name in HEADINGS if name in kinds):
        some = [entry for entry in entries if entry.kind == kind]
        if some:
            rows = rows_of(some, show_kind=kind in {"kenniskring"}, labels=labels)
            found.append(Group(kind, str(HEADINGS[kind]), rows))
    return found


def named(uids: Iterable[str], viewer: Viewer) -> dict[str, tuple[str, str]]:
    """(title, address) of those of these records that the viewer may see."""
    wanted = [uid for uid in uids if uid]
    rows = Entry.objects.visible_to(viewer).filter(uid__in=wanted) if wanted else []
    return {entry.uid: (entry.title or _t("zonder titel"), entry.url) for entry in rows}
