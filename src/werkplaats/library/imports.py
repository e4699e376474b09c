"""Publications from a JSON file: what was public long before it stood here, so nobody reads it again.

A list of objects. Each has ``title`` and ``kind``, and what is known of: subtitle, makers (names, or objects with name,
role, is_group and orcid), when, summary, body, numbers (register -> number), publisher, place, container, volume,
issue, pages, lang, licence, address, embargo_until, werkplaatsen (slugs), organisations (names), visibility, source,
basis, and themes (slugs, or words that the shipped list maps onto them).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, tables
from werkplaats.core.actors import Actor
from werkplaats.core.tables import Problem, Progress, Report
from werkplaats.library import actions
from werkplaats.library.forms import PublicationForm
from werkplaats.library.models import Publication
from werkplaats.library.queries import plain_title
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.terms.imports import themes_for
from werkplaats.terms.models import Theme

_TEXTS = (
    "title", "kind", "subtitle", "when", "summary", "body", "publisher", "place", "container", "volume", "issue",
    "pages", "address", "embargo_until", "source",
)  # fmt: skip
_CHOSEN = {"lang": "nl", "licence": "onbekend", "visibility": "openbaar", "basis": "bekend"}
_LISTS = ("makers", "werkplaatsen", "organisations", "themes")
_KNOWN = frozenset({*_TEXTS, *_CHOSEN, *_LISTS, "numbers"})


def import_publications(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read publications in by title and kind; raises TableError and keeps nothing when a row is wrong."""
    rows = tables.read_json(path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise tables.TableError([Problem("", "", _t("Het bestand is geen lijst van publicaties tussen [ en ]."))])
    report = Report()
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        for number, row in enumerate(rows, 1):
            place = f"publicatie {number}"
            faults = list(_faults(row, place))
            problems += faults
            if not faults:
                _keep(row, place, by, report, problems)
            progress(number, len(rows))
        logbook.write("library.publications.imported", "publicatie", by=by, detail=report.counts())
    return report


def _faults(row: dict[str, Any], place: str) -> Iterable[Problem]:
    """What is wrong with the shape of a row."""
    known = ", ".join(sorted(_KNOWN))
    for name in sorted(set(row) - _KNOWN):
        yield Problem(place, name, _t("deze naam kennen we niet; bekend zijn: %(known)s") % {"known": known})
    for name in (*_TEXTS, *_CHOSEN):
        if name in row and not isinstance(row[name], str):
            yield Problem(place, name, _t("hier hoort tekst tussen aanhalingstekens"))
    for name in _LISTS:
        if name in row and not isinstance(row[name], list):
            yield Problem(place, name, _t("hier hoort een lijst tussen [ en ]"))
    if not isinstance(row.get("numbers", {}), dict):
        yield Problem(place, "numbers", _t("hier horen nummers tussen { en }: register en nummer"))


def _keep(row: dict[str, Any], place: str, by: Actor, report: Report, problems: list[Problem]) -> None:
    found = Publication.objects.filter(plain_title=plain_title(row.get("title", "")), kind=row.get("kind", "")).first()
    form = PublicationForm(
        _sent(row, place, problems), instance=found or Publication(), seen=Organisation.objects.all()
    )
    if tables.checked(form, place, problems) is None:
        return
    record = Publication.objects.get(pk=found.pk) if found else Publication()
    version = record.version
    try:
        kept = actions.save_publication(publication=record, values=form.values(), **form.rows(), version=version, by=by)
    except ValidationError as error:
        problems += tables.said(error, place)
        return
    if not kept.was_published:
        kept = actions.bring_in(publication=kept, by=by)
    if found is None:
        report.created.append(kept.title)
    elif kept.version != version:
        report.updated.append(kept.title)
    else:
        report.unchanged += 1


def _sent(row: dict[str, Any], place: str, problems: list[Problem]) -> QueryDict:
    """The row as the form of the desk sends it: the same rules hold."""
    sent = QueryDict(mutable=True)
    for name in _TEXTS:
        sent[name] = row.get(name, "")
    for name, usual in _CHOSEN.items():
        sent[name] = row.get(name, usual)
    # Which may be the same was looked at before: a file says what it means.
    sent["anyway"] = "on"
    sent["organisations"] = "\n".join(map(str, row.get("organisations", ())))
    sent.setlist("werkplaatsen", _werkplaatsen(row.get("werkplaatsen", ()), place, problems))
    sent.setlist("themes", _themes([str(one) for one in row.get("themes", ())], place, problems))
    for number, maker in enumerate(row.get("makers", ())):
        facts = maker if isinstance(maker, dict) else {"name": maker}
        for name, usual in (("name", ""), ("role", "auteur"), ("orcid", "")):
            sent[f"makers-{number}-{name}"] = str(facts.get(name, usual))
        if facts.get("is_group"):
            sent[f"makers-{number}-is_group"] = "on"
    for number, (scheme, value) in enumerate(row.get("numbers", {}).items()):
        sent[f"numbers-{number}-scheme"], sent[f"numbers-{number}-value"] = scheme, str(value)
    return sent


def _werkplaatsen(slugs: Iterable[Any], place: str, problems: list[Problem]) -> list[str]:
    known = dict(Werkplaats.objects.values_list("slug", "pk"))
    unknown = [str(slug) for slug in slugs if slug not in known]
    problems += [
        Problem(place, "werkplaatsen", _t("werkplaats “%(name)s” kennen we niet") % {"name": one}) for one in unknown
    ]
    return [str(known[slug]) for slug in slugs if slug in known]


def _themes(words: list[str], place: str, problems: list[Problem]) -> list[str]:
    known = dict(Theme.objects.values_list("slug", "pk"))
    mapped, unknown = themes_for(one for one in words if one not in known)
    problems += [Problem(place, "themes", _t("thema “%(name)s” kennen we niet") % {"name": one}) for one in unknown]
    return [str(pk) for pk in [*(known[one] for one in words if one in known), *(one.pk for one in mapped)]]
