"""Publications that the sources name; their files are with who made them. And one of our own, with files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from werkplaats.core.action import action
from werkplaats.core.dates import parse_moment
from werkplaats.core.models import Basis
from werkplaats.demo.papers import as_pdf
from werkplaats.library.actions import add_file, add_version, bring_in, save_publication, save_version
from werkplaats.library.models import Publication
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.terms.models import Theme

FILE = Path(__file__).parent / "data" / "library.json"
HANDOUT = Path(__file__).parent / "data" / "handout.json"


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


@action
def load_handout(*, by: Any) -> None:
    """One that is made up, with what the others lack: files, a second version that corrects the first, a licence."""
    row = json.loads(HANDOUT.read_text())
    values = {name: row[name] for name in ("kind", "title", "subtitle", "summary", "licence")}
    kept = save_publication(
        publication=Publication(),
        values={**values, "source": "demonstratie", "basis": Basis.DEMO, **_day(row["date"])},
        makers=[{"name": row["maker"], "is_group": True}],
        by=by,
    )
    kept.werkplaatsen.set(Werkplaats.objects.filter(slug=row["werkplaats"]))
    kept.themes.set(Theme.objects.filter(slug__in=row["themes"]))
    for told in row["versions"]:
        _add_edition(kept, told, row["title"], by)


def _add_edition(record: Publication, told: dict[str, Any], title: str, by: Any) -> None:
    """A version with its file, on the site."""
    fresh = Publication.objects.get(pk=record.pk)
    edition = fresh.versions.filter(published_at=None).first()
    if edition is None:
        edition = add_version(publication=fresh, version=fresh.version, by=by)
    values = {"label": told["label"], "changes": told["changes"], **_day(told["when"])}
    fresh = save_version(edition=edition, values=values, version=Publication.objects.get(pk=record.pk).version, by=by)
    file = ContentFile(as_pdf(title=title, parts=told["parts"]), name="koffie-op-de-galerij.pdf")
    add_file(edition=edition, file=file, values={"name": "hele handreiking"}, version=fresh.version, by=by)
    bring_in(publication=Publication.objects.get(pk=record.pk), by=by)


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
