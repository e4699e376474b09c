"""Fills the hall of an installation with texts: ``python -m bench.stock COUNT``, with WERKPLAATS_DATA set.

Beside the data it leaves ``facets.json``: the values that the texts' facets stand for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from .texts import STATUSES, Text, texts

if TYPE_CHECKING:
    from werkplaats.catalogue.models import Entry

_FACETS = "facets.json"
_BATCH = 2_000


class Values(TypedDict):
    """What a text points at. ``thema``: slug -> uid; ``hoofdthema``: slug -> uid of the theme it falls under."""

    thema: dict[str, str]
    hoofdthema: dict[str, str]
    werkplaats: list[str]
    gemeente: list[str]
    status: list[str]


def values_in(data: Path) -> Values:
    """The values of an installation that was filled."""
    found: Values = json.loads((data / _FACETS).read_text())
    return found


def facets_of(text: Text, values: Values) -> dict[str, list[str]]:
    """Its facets as the hall has them, without the empty ones."""
    facets = {
        "thema": sorted(values["thema"][slug] for slug in text.themes),
        "hoofdthema": sorted({values["hoofdthema"][slug] for slug in text.themes}),
        "werkplaats": sorted(_at(values["werkplaats"], number) for number in text.werkplaatsen),
        "gemeente": sorted(_at(values["gemeente"], number) for number in text.gemeenten),
        "status": [_at(values["status"], text.status)] if text.kind == "vraag" else [],
    }
    return {name: sorted(set(some)) for name, some in facets.items() if some}


def _at(known: list[str], number: int) -> str:
    return known[number % len(known)]


def uid_of(text: Text) -> str:
    """A uid of the right form that says it is ours."""
    return f"{text.kind}-01BENCH{text.number:019d}"


def entry_of(text: Text, values: Values) -> Entry:
    """How a text stands in the hall; whatever columns an entry gets, this is the only place that makes one."""
    from werkplaats.catalogue.models import Entry
    from werkplaats.catalogue.words import haystack

    return Entry(
        uid=uid_of(text),
        kind=text.kind,
        title=text.title,
        summary=text.summary,
        body=text.body,
        haystack=haystack(text.title, text.summary, text.body),
        url=f"/vragen/{uid_of(text)}/",
        facets=facets_of(text, values),
        published_at=text.published_at,
        datestamp=text.published_at,
    )


def fill(count: int, values: Values) -> None:
    """Add so many entries with their facet rows."""
    from werkplaats.catalogue.models import Entry, Facet

    for some in batches(texts(count)):
        entries = Entry.objects.bulk_create(entry_of(text, values) for text in some)
        Facet.objects.bulk_create(
            Facet(entry=entry, dimension=name, value=value)
            for entry in entries
            for name, chosen in entry.facets.items()
            for value in chosen
        )


def batches(given: Iterator[Text]) -> Iterator[list[Text]]:
    """As many at a time as one write takes."""
    while some := list(islice(given, _BATCH)):
        yield some


def known_values() -> Values:
    """The values that this installation has."""
    from werkplaats.agenda.rules import PUBLIC
    from werkplaats.network.models import Werkplaats
    from werkplaats.places.models import Municipality
    from werkplaats.terms.models import Theme

    themes = list(Theme.objects.select_related("parent").order_by("slug"))

    def uids(model: Any, order: str) -> list[str]:
        return list(model.objects.order_by(order).values_list("uid", flat=True))

    return {
        "thema": {theme.slug: theme.uid for theme in themes},
        "hoofdthema": {theme.slug: theme.top.uid for theme in themes},
        "werkplaats": uids(Werkplaats, "slug"),
        "gemeente": uids(Municipality, "code"),
        "status": sorted(map(str, PUBLIC))[:STATUSES],
    }


def main() -> None:
    """Fill the installation that the environment points at."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "werkplaats.config.settings"
    import django
    from django.db import transaction

    django.setup()
    values = known_values()
    with transaction.atomic():
        fill(int(sys.argv[1]), values)
    (Path(os.environ["WERKPLAATS_DATA"]) / _FACETS).write_text(json.dumps(values))


if __name__ == "__main__":
    main()
