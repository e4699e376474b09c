"""Fills the hall with stories to walk: ``python -m bench.trail_stock COUNT``, with WERKPLAATS_DATA set.

The same texts, now as questions and what came of them, each tied to earlier ones; a smaller set is the beginning of a
larger one.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from .stock import Values, batches, entry_of, known_values, uid_of
from .texts import Text, texts
from .words import SEED

# As a network might have them.
_SHARES = {"vraag": 40, "project": 10, "kenniskring": 5, "pilot": 15, "opbrengst": 10, "publicatie": 15, "nieuws": 5}
# The first is a book on which every so manieth leans.
_LEANS = 20
_STARTS = "starts.json"
Row = tuple[str, str, str]


def starts_in(data: Path) -> dict[str, list[str]]:
    """Where to walk from in an installation that was filled: uids by what they are."""
    found: dict[str, list[str]] = json.loads((data / _STARTS).read_text())
    return found


def _dice(number: int) -> random.Random:
    return random.Random(f"{SEED} keten {number}")


def kind_of(number: int) -> str:
    """What the text with this number is in the story."""
    return _dice(number).choices(list(_SHARES), list(_SHARES.values()))[0] if number else "publicatie"


def _told(text: Text) -> Text:
    return text._replace(kind=kind_of(text.number))


def ties_of(text: Text, values: Values, kinds: list[str]) -> set[Row]:
    """What it hangs on: a werkplaats, a municipality, and earlier steps when it is no question."""
    rng, uid = _dice(-text.number - 1), uid_of(text)
    found = {(uid, "hoort_bij", rng.choice(values["werkplaats"])), (uid, "gaat_over", rng.choice(values["gemeente"]))}
    if text.number and text.kind != "vraag":
        for _turn in range(rng.choice((1, 2, 3))):
            other = rng.randrange(text.number)
            found.add((uid, "komt_voort_uit", uid_of(text._replace(number=other, kind=kinds[other]))))
    if text.number and text.number % _LEANS == 0:
        found.add((uid, "steunt_op", uid_of(text._replace(number=0, kind=kinds[0]))))
    return found


def fill(count: int, values: Values) -> None:
    """Add so many entries with their ties."""
    from werkplaats.catalogue.models import Entry, Link

    kinds = [kind_of(number) for number in range(count)]
    for some in batches(map(_told, texts(count))):
        Entry.objects.bulk_create(entry_of(text, values) for text in some)
        rows = sorted(row for text in some for row in ties_of(text, values, kinds))
        Link.objects.bulk_create((Link(source=source, tie=tie, target=target) for source, tie, target in rows))


def _starts(count: int, values: Values) -> Iterator[tuple[str, list[str]]]:
    from werkplaats.catalogue.models import Entry

    some = random.Random(f"{SEED} begin").sample(range(1, count), 80)
    tails = [f"01BENCH{number:019d}" for number in some]
    yield "willekeurig", [f"{kind_of(number)}-{tail}" for number, tail in zip(some, tails, strict=True)]
    yield "druk", list(Entry.objects.filter(uid=f"publicatie-01BENCH{0:019d}").values_list("uid", flat=True)) * 10
    yield "werkplaats", values["werkplaats"][:10]


def main() -> None:
    """Fill the installation that the environment points at."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "werkplaats.config.settings"
    import django
    from django.db import transaction

    django.setup()
    values, count = known_values(), int(sys.argv[1])
    with transaction.atomic():
        fill(count, values)
    (Path(os.environ["WERKPLAATS_DATA"]) / _STARTS).write_text(json.dumps(dict(_starts(count, values))))


if __name__ == "__main__":
    main()
