"""Organisations from a CSV file.

Columns: name, kind; optional seat, municipality_code, source, former_names (with
; between), kvk, rsin, ror, isni, and for an organisation that takes part:
werkplaats (slug), stage, role, basis, valid_from, valid_to (up to and including).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, tables
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment, Precision
from werkplaats.core.models import Basis
from werkplaats.core.tables import Problem, Progress, Report
from werkplaats.network.forms import OrganisationRow
from werkplaats.network.imports.finding import Finder, Found, Unclear
from werkplaats.network.models import Identifier, Organisation, Partnership, StageChange, Werkplaats
from werkplaats.network.queries import Known, Look
from werkplaats.network.rules import PartnerRole, Stage

_REQUIRED = ("name", "kind")
_OPTIONAL = (
    "seat", "municipality_code", "source", "former_names", "kvk", "rsin", "ror", "isni",
    "werkplaats", "stage", "role", "basis", "valid_from", "valid_to",
)  # fmt: skip

# Column -> what it says of the organisation.
_FACTS = {"seat": "seat", "municipality_code": "municipality", "source": "source"}


def import_organisations(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read organisations in; raises TableError and keeps nothing when a row is wrong. Found as ``finding`` says."""
    rows = tables.read_csv(path, required=_REQUIRED, optional=_OPTIONAL)
    report = Report()
    known, finder = Known(Organisation.objects.all()), Finder()
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        for number, (place, row) in enumerate(rows, 1):
            form = OrganisationRow(row)
            values = tables.checked(form, place, problems)
            if values:
                # A column that is not in the file says nothing; an empty cell says that it is not known.
                facts = {field: values[name] for name, field in _FACTS.items() if name in row}
                try:
                    found = finder.find(values["name"], form.identifiers(), place)
                except Unclear as unclear:
                    problems.append(Problem(place, unclear.column, unclear.message))
                    continue
                if found.organisation is None:
                    _warn(values, place, known, report)
                elif found.why:
                    report.notes.append(found.why)
                kept = _keep(found, values, facts, form.identifiers(), place, report, problems)
                finder.add(kept, values["name"])
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
    found: Found,
    values: dict[str, Any],
    facts: dict[str, Any],
    numbers: list[tuple[str, str]],
    place: str,
    report: Report,
    problems: list[Problem],
) -> Organisation:
    organisation = found.organisation or Organisation(name=values["name"])
    former = [name.strip() for name in values["former_names"].split(";") if name.strip()]
    # What it was called before stays: also by that name it has to be found the next time.
    former = [name for name in dict.fromkeys([*organisation.former, *former]) if name != organisation.name]
    wanted = {"kind": values["kind"], **facts, "former": former}
    new = found.organisation is None
    changed = new or any(getattr(organisation, name) != value for name, value in wanted.items())
    if changed:
        for name, value in wanted.items():
            setattr(organisation, name, value)
        organisation.version += 0 if new else 1
        organisation.save()
    added = _number(organisation, numbers, place, problems)
    joined = _join(organisation, values, place, problems) if values["werkplaats"] else False
    if new:
        report.created.append(organisation.name)
    elif changed or added or joined:
        report.updated.append(organisation.name)
    else:
        report.unchanged += 1
    return organisation


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
    common = {"organisation": organisation, "werkplaats": werkplaats}
    found = _partnership(Partnership.objects.filter(**common), start, end)
    # What the row does not say stays as it is.
    role = values["role"] or (found.role if found else PartnerRole.PARTNER)
    basis = values["basis"] or (found.basis if found else Basis.KNOWN)
    wanted = {"role": role, "source": values["source"], "basis": basis}
    stage = values["stage"] or (found.stage if found else Stage.ACTIVE)
    if found is None:
        period = {"valid_from": start.day, "valid_from_precision": start.precision}
        if end:
            period |= {"valid_to": end.after(), "valid_to_precision": end.precision}
        # Whoever reads a file in keeps the network: with whom an organisation works besides is known here.
        Partnership.objects.create(**common, **wanted, **period, stage=stage, shared_at=clock.now())
        return True
    second = found.steps.all()[1:2]
    if second and start.day > second[0].on:
        words = {"step": str(second[0])}
        message = _t("dit ligt na een stap die wij al kennen (%(step)s); verbeter die stap in het beheer") % words
        problems.append(Problem(place, "valid_from", message))
        return False
    changed = _step(found, stage, start, end)
    shared = found.shared_at is not None or not found.counts()
    if not changed and shared and all(getattr(found, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(found, name, value)
    found.follow_steps()
    found.shared_at = found.shared_at or clock.now()
    # Whoever has the form open is told.
    found.version += 1
    found.save()
    return True


def _partnership(known: Any, start: Moment, end: Moment | None) -> Partnership | None:
    """The one that a row is about: that began on this day, else that goes on in this period, nearest by its start.

    So a beginning that is corrected in the file is corrected here, and does not make a second one.
    """
    periods = [
        one for one in known if one.valid_from == start.day or one.meets(start.day, end.after() if end else None)
    ]
    return min(periods, key=lambda one: abs((one.valid_from - start.day).days), default=None)


def _step(partnership: Partnership, stage: str, start: Moment, end: Moment | None) -> bool:
    """Let the steps say what the row says; whether that was new. What the desk added after it stays."""
    steps = list(partnership.steps.all())
    first, last = steps[0], steps[-1]
    changed = _begun(partnership, start) if first.stage == Stage.ENDED else _moved(first, start.day, start.precision)
    if end:
        day = max(end.after() if end.precision == Precision.DAY else end.day, start.day)
        if last.stage == Stage.ENDED and (last is not first or partnership.valid_to):
            changed |= _moved(last, day, end.precision)
        elif not last.actor:
            source = partnership.source
            partnership.steps.create(stage=Stage.ENDED, on=day, precision=end.precision, source=source)
            changed = True
    # Where the desk took a step, it knows better than the file. After an end nothing goes on.
    if steps[-1].stage == Stage.ENDED or partnership.steps.last().stage == Stage.ENDED:
        return changed
    if stage == Stage.ENDED or stage in {step.stage for step in steps} or any(step.actor for step in steps):
        return changed
    # One that nobody changed since: the file corrects it. Else it came to this after what is known.
    if len(steps) == 1:
        first.stage = stage
        first.save()
    else:
        partnership.steps.create(stage=stage, on=clock.today(), source=partnership.source)
    return True


def _begun(partnership: Partnership, start: Moment) -> bool:
    """Of what one only knows that it ended the beginning stands with the record, not in a step."""
    known = (partnership.valid_from, partnership.valid_from_precision)
    partnership.valid_from, partnership.valid_from_precision = start.day, start.precision
    return known != (start.day, start.precision)


def _moved(step: StageChange, day: date, precision: str) -> bool:
    if (step.on, step.precision) == (day, precision) or step.actor:
        return False
    step.on, step.precision = day, precision
    step.save()
    return True
