"""Publications that the sources name. The files themselves are with those who made them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from werkplaats.core.action import action
from werkplaats.core.dates import parse_moment
from werkplaats.library.actions import bring_in, save_publication
from werkplaats.library.models import Publication
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.terms.models import Theme

FILE = Path(__file__).parent / "data" / "library.json"


@action
def load_library(*, by: Any) -> None:
    """Each publication of the file, as one that was public long before it stood here."""
    for row in json.loads(FILE.read_text()):
        made = [{"name": name, "is_group": True, "organisation": _organisation(name)} for name in row["organisations"]]
        values = {name: row[name] for name in ("kind", "title", "summary", "source", "basis")}
        kept = save_publication(
            publication=Publication(),
            values={**values, "body": row.get("body", ""), **_day(row["date"])},
            makers=made,
            by=by,
        )
        kept.werkplaatsen.set(Werkplaats.objects.filter(slug__in=row["werkplaatsen"]))
        kept.organisations.set(one["organisation"] for one in made)
        kept.themes.set(Theme.objects.filter(slug__in=row["themes"]))
        bring_in(publication=kept, by=by)


def publication(key: str) -> Publication:
    """The publication that a file calls by this key. Raises KeyError."""
    titles = {row["key"]: row["title"] for row in json.loads(FILE.read_text())}
    return Publication.objects.get(title=titles[key])


def _organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def _day(said: str) -> dict[str, Any]:
    if not said:
        return {}
    moment = parse_moment(said)
    return {"issued_on": moment.day, "issued_precision": moment.precision}
