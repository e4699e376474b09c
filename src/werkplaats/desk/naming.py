"""Where somebody still stands in words: all that this account may read, in whichever part of the desk or the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CASCADE, CharField, JSONField, Model, TextField
from django.http import Http404, HttpRequest
from wagtail import hooks

from werkplaats.catalogue.models import Entry
from werkplaats.core import registry
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network.models import Contact, Function
from werkplaats.people.models import Person
from werkplaats.people.rules import Named, viewer_for
from werkplaats.research.models import CircleMeeting


@dataclass(frozen=True)
class Traces:
    """Where a person may stand in words: how one is named, and of whom one knows that the words are about this one.

    ``reworded``: model -> keys of the records in which erasing puts […]. ``near``: those in which a first name alone
    may well be this person. Whatever else names the person is for people to read: it may be another of that name, or
    the author of a book.
    """

    named: Named
    reworded: Mapping[Any, frozenset[int]]
    near: Mapping[Any, frozenset[int]]


def traces(person: Person) -> Traces:
    """What erasing this person will and will not find; asked before, since afterwards nobody knows."""
    there = Contact.objects.filter(organisation__in=person.functions.values("organisation"))
    meetings = frozenset(CircleMeeting.objects.filter(circle__persons=person).values_list("pk", flat=True))
    reworded: dict[Any, frozenset[int]] = {
        Function: frozenset(person.functions.values_list("pk", flat=True)),
        Contact: frozenset(there.values_list("pk", flat=True)),
        CircleMeeting: meetings,
    }
    return Traces(Named.of(person), reworded, {CircleMeeting: meetings})


@dataclass(frozen=True)
class Mention:
    """A record in which somebody is named: of what kind, what it is called, and where one rewords it."""

    kind: str
    title: str
    address: str


def mentions(request: HttpRequest, found: Traces) -> list[Mention]:
    """Of all that this account may change the records that name someone, then what it may only read on the site.

    What erasing rewords by itself is looked at as it will be. Every part of the desk is asked, also later ones.
    """
    known: dict[str, Mention] = {}
    for desk in _desks():
        try:
            records = desk.records(request)
        except Http404:
            continue
        for record in _naming(records, found):
            if desk.reads_all(request, record):
                kind = str(desk.model._meta.verbose_name)
                known[record.uid] = Mention(kind, str(record), desk.address(record))
    for entry in Entry.objects.visible_to(viewer_for(request.user)).exclude(uid__in=known).order_by("kind", "title"):
        if found.named.whole.search(f"{entry.title}\n{entry.summary}\n{entry.body}"):
            source = registry.sources.get(entry.kind)
            known[entry.uid] = Mention(str(source.label) if source else entry.kind, str(entry), entry.url)
    return list(known.values())


def _desks() -> Iterator[DeskViewSet]:
    for register in hooks.get_hooks("register_admin_viewset"):
        made = register()
        yield from (one for one in (made if isinstance(made, list) else [made]) if isinstance(one, DeskViewSet))


def _naming(records: Iterable[Any], found: Traces) -> list[Any]:
    """Those of these records of one kind that name someone, themselves or in the rows that are part of them."""
    every = {record.pk: record for record in records}
    words = {key: list(_words(record)) for key, record in every.items()}
    for record in list(every.values())[:1]:
        for one in record._meta.related_objects:
            # What goes when the record goes is part of it.
            if one.on_delete is CASCADE and one.one_to_many:
                for row in one.related_model._base_manager.filter(**{f"{one.field.name}__in": list(every)}):
                    words[getattr(row, one.field.attname)] += _words(row)
    return [every[key] for key, some in words.items() if _is_named(type(every[key]), key, "\n".join(some), found)]


def _is_named(model: type[Model], key: Any, text: str, found: Traces) -> bool:
    if key in found.reworded.get(model, ()):
        text = found.named.without(text)
    near = key in found.near.get(model, ()) and found.named.parts.search(text)
    return bool(near or found.named.whole.search(text))


def _words(row: Model) -> Iterator[str]:
    for one in row._meta.concrete_fields:
        if isinstance(one, CharField | TextField | JSONField) and not one.choices:
            value = getattr(row, one.attname)
            yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
