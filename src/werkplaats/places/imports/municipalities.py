"""Municipalities from a file.

Columns: code, name, province; optional population, land_km2, lat, lon, aliases
(with ; between), valid_from, valid_to (up to and including), successors (CBS
codes), listed_on (the day of the division it follows) and population_on (the
day its people were counted). A column that is not in the file changes nothing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, tables
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment, Precision
from werkplaats.core.tables import Problem, Progress, Report
from werkplaats.places.forms import MunicipalityRow
from werkplaats.places.models import Municipality, PlaceName, Province
from werkplaats.places.rules import LIST_DAY, POPULATION_DAY, plain_name

_ALIASES = Path(__file__).parents[1] / "data" / "aliases.csv"
_REQUIRED = ("code", "name", "province")
_FACTS = ("population", "land_km2", "lat", "lon")
_DAYS = {"listed_on": LIST_DAY, "population_on": POPULATION_DAY}
_OPTIONAL = (*_FACTS, *_DAYS, "aliases", "valid_from", "valid_to", "successors")


def import_municipalities(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read municipalities in by their CBS code; raises TableError and keeps nothing when a row is wrong."""
    rows = tables.read_csv(path, required=_REQUIRED, optional=_OPTIONAL)
    report = Report()
    known = _shipped_aliases()
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        seen: dict[str, str] = {}
        follow: list[tuple[str, Municipality, list[str]]] = []
        for number, (place, row) in enumerate(rows, 1):
            values = tables.checked(MunicipalityRow(row), place, problems)
            if values:
                if earlier := seen.get(values["code"]):
                    message = _t("deze gemeente staat ook al in %(row)s") % {"row": earlier}
                    problems.append(Problem(place, "code", message))
                    continue
                seen[values["code"]] = place
                aliases = [*known[values["code"]], *values["aliases"]]
                # A column that is not in the file says nothing; an empty cell says that it is not known.
                facts = [name for name in (*_FACTS, *_DAYS, "valid_from", "valid_to") if name in row]
                municipality = _keep(values, facts, aliases, place, report, problems)
                follow.append((place, municipality, values["successors"]))
            progress(number, len(rows))
        for place, municipality, codes in follow:
            _succeed(municipality, codes, place, problems)
        detail = {"rows": len(rows), **report.counts()}
        logbook.write("places.municipalities.imported", "gemeente", by=by, detail=detail)
    return report


def _shipped_aliases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with _ALIASES.open(newline="") as file:
        for row in csv.DictReader(file):
            found[row["code"]].append(row["alias"])
    return found


def _keep(
    values: dict[str, Any],
    facts: list[str],
    aliases: list[str],
    place: str,
    report: Report,
    problems: list[Problem],
) -> Municipality:
    province, _new = Province.objects.get_or_create(name=values["province"])
    found = Municipality.objects.filter(code=values["code"]).first()
    municipality = found or Municipality(code=values["code"], slug=_slug(values["name"], values["code"]))
    wanted = {
        "name": values["name"],
        "province": province,
        **{name: values[name] for name in facts if name in _FACTS},
        **{name: values[name] or usual for name, usual in _DAYS.items() if found is None or name in facts},
        **_period(values, [name for name in ("valid_from", "valid_to") if found is None or name in facts]),
    }
    same = found is not None and all(getattr(found, name) == value for name, value in wanted.items())
    former = [found.name] if found else []
    for name, value in wanted.items():
        setattr(municipality, name, value)
    try:
        municipality.clean()
    except ValidationError as error:
        problems += tables.said(error, place)
        return municipality
    if not same:
        municipality.save()
    named = _name(municipality, [values["name"], *former, *aliases])
    if found is None:
        report.created.append(municipality.name)
    elif same and not named:
        report.unchanged += 1
    else:
        report.updated.append(municipality.name)
    return municipality


def _period(values: dict[str, Any], facts: list[str]) -> dict[str, Any]:
    """Beginning and end, as far as they are among the facts."""
    found: dict[str, Any] = {}
    if "valid_from" in facts:
        start = values["valid_from"] or Moment(values["listed_on"] or LIST_DAY, Precision.DAY)
        found |= {"valid_from": start.day, "valid_from_precision": start.precision}
    if "valid_to" in facts:
        end = values["valid_to"]
        found |= {
            "valid_to": end.after() if end else None,
            "valid_to_precision": end.precision if end else Precision.DAY,
        }
    return found


def _slug(name: str, code: str) -> str:
    slug = slugify(name)[:53] or code.lower()
    return f"{slug}-{code.lower()}" if Municipality.objects.filter(slug=slug).exists() else slug


def _name(municipality: Municipality, names: list[str]) -> int:
    """Add the names it is looked up by that were missing; the number added."""
    wanted = {plain_name(name): name.strip() for name in reversed(names) if plain_name(name)}
    bare = municipality.name.partition(" (")[0]
    wanted.setdefault(plain_name(bare), bare)
    have = set(municipality.names.values_list("plain", flat=True))
    missing = [(plain, name) for plain, name in sorted(wanted.items()) if plain not in have]
    for plain, name in missing:
        PlaceName.objects.create(municipality=municipality, name=name, plain=plain)
    return len(missing)


def _succeed(municipality: Municipality, codes: list[str], place: str, problems: list[Problem]) -> None:
    found = {one.code: one for one in Municipality.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            message = _t("gemeente %(code)s kennen we niet") % {"code": code}
            problems.append(Problem(place, "successors", message))
    if municipality.pk and codes:
        municipality.successors.set(found.values())
