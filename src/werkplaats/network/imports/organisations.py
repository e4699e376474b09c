"""Organisations from a CSV file.

Columns: name, kind; optional seat, municipality_code, source, former_names (with
; between), kvk, rsin, ror, isni, and for an organisation that takes part:
werkplaats (slug), stage, role, valid_from, valid_to (up to and including).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import logbook, tables
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Precision
from werkplaats.core.tables import Problem, Progress, Report
from werkplaats.network.forms import OrganisationRow
from werkplaats.network.models import Identifier, Organisation, Partnership, Werkplaats
from werkplaats.network.queries import Known, Look
from werkplaats.network.rules import PartnerRole, Stage

_REQUIRED = ("name", "kind")
_OPTIONAL = (
    "seat", "municipality_code", "source", "former_names", "kvk", "rsin", "ror", "isni",
    "werkplaats", "stage", "role", "valid_from", "valid_to",
)  # fmt: skip

# Column -> what it says of the organisation.
_FACTS = {"seat": "seat", "municipality_code": "municipality", "source": "source"}


def import_organisations(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read organisations in by name; raises TableError and keeps nothing when a row is wrong."""
    rows = tables.read_csv(path, required=_REQUIRED, optional=_OPTIONAL)
    report = Report()
    known = Known(Organisation.objects.all())
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        for number, (place, row) in enumerate(rows, 1):
            form = OrganisationRow(row)
            values = tables.checked(form, place, problems)
            if values:
                # A column that is not in the file says nothing; an empty cell says that it is not known.
                facts = {field: values[name] for name, field in _FACTS.items() if name in row}
                _warn(values, place, known, report)
                _keep(values, facts, form.identifiers(), place, report, problems)
            progress(number, len(rows))
        detail = {"rows": len(rows), **report.counts()}
        logbook.write("network.organisations.imported", "organisatie", by=by, detail=detail)
    return report


def _warn(values: dict[str, Any], place: str, known: Known, report: Report) -> None:
    """Say of one that is not known by name which it may be; it is read in all the same."""
    if any(one.name == values["name"] for one in known.looks):
        return
    town = values["municipality_code"]
    former = [name.strip() for name in values["former_names"].split(";")]
    look = Look.at(values["name"], former, values["seat"], town and town.pk)
    if alike := known.like(look):
        words = {"place": place, "name": values["name"], "alike": "; ".join(str(one) for one in alike[:3])}
        message = _t(
            "Let op, %(place)s: “%(name)s” lijkt op %(alike)s. Is het dezelfde? Voeg ze dan samen in het beheer."
        )
        report.notes.append(message % words)
    known.add(look)


def _keep(
    values: dict[str, Any],
    facts: dict[str, Any],
    numbers: list[tuple[str, str]],
    place: str,
    report: Report,
    problems: list[Problem],
) -> None:
    found = Organisation.objects.filter(name=values["name"]).first()
    organisation = found or Organisation(name=values["name"])
    former = [name.strip() for name in values["former_names"].split(";") if name.strip()]
    wanted = {"kind": values["kind"], **facts, "former": former or organisation.former}
    changed = found is None or any(getattr(found, name) != value for name, value in wanted.items())
    if changed:
        for name, value in wanted.items():
            setattr(organisation, name, value)
        organisation.save()
    added = _number(organisation, numbers, place, problems)
    joined = _join(organisation, values, place, problems) if values["werkplaats"] else False
    if found is None:
        report.created.append(organisation.name)
    elif changed or added or joined:
        report.updated.append(organisation.name)
    else:
        report.unchanged += 1


def _number(organisation: Organisation, numbers: list[tuple[str, str]], place: str, problems: list[Problem]) -> bool:
    changed = False
    for scheme, value in numbers:
        other = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).first()
        if other:
            message = _t("dit nummer is al van %(name)s") % {"name": other.organisation.name}
            problems.append(Problem(place, scheme, message))
            continue
        _row, new = Identifier.objects.get_or_create(organisation=organisation, scheme=scheme, value=value)
        changed = changed or new
    return changed


def _join(organisation: Organisation, values: dict[str, Any], place: str, problems: list[Problem]) -> bool:
    werkplaats = Werkplaats.objects.filter(slug=values["werkplaats"]).first()
    if werkplaats is None:
        message = _t("werkplaats “%(slug)s” kennen we niet") % {"slug": values["werkplaats"]}
        problems.append(Problem(place, "werkplaats", message))
        return False
    start, end = values["valid_from"], values["valid_to"]
    found = Partnership.objects.filter(organisation=organisation, werkplaats=werkplaats, valid_from=start.day).first()
    partnership = found or Partnership(organisation=organisation, werkplaats=werkplaats)
    wanted = {
        "stage": values["stage"] or Stage.ACTIVE,
        "role": values["role"] or PartnerRole.PARTNER,
        "valid_from": start.day,
        "valid_from_precision": start.precision,
        "valid_to": end.after() if end else None,
        "valid_to_precision": end.precision if end else Precision.DAY,
        "source": values["source"],
    }
    if found and all(getattr(found, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(partnership, name, value)
    partnership.save()
    return True
