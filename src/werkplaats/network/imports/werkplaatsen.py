"""Werkplaatsen, who leads them, whom they serve, phases and grants from a JSON file.

``{"werkplaatsen": [...], "phases": [...], "grants": [...]}``; the manual page
"Gegevens inlezen" names every field. Dates are 2013, 2013-09, 2013-09-20 or
~2013; an end is "up to and including".
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, tables
from werkplaats.core.actors import Actor
from werkplaats.core.dates import Moment, Precision, parse_moment
from werkplaats.core.models import Basis
from werkplaats.core.tables import Problem, Progress, Report
from werkplaats.network.forms import GrantRow, LeadRow, PhaseRow, WerkplaatsRow
from werkplaats.network.imports.finding import Finder, Unclear
from werkplaats.network.imports.shapes import GRANT, PHASE, WERKPLAATS, Text, shaped
from werkplaats.network.models import Grant, Leadership, Organisation, Phase, ServiceArea, Werkplaats
from werkplaats.network.rules import (
    NATIONAL_SHARE,
    NATIONAL_SHARE_SINCE,
    GoalStatus,
    OrganisationKind,
    Status,
    wrong_joining,
)
from werkplaats.places.models import Municipality
from werkplaats.terms.imports import load_concepts, load_synonyms, load_themes, themes_for


def import_werkplaatsen(*, path: Path, dry_run: bool, progress: Progress, by: Actor) -> Report:
    """Read the network in; raises TableError and keeps nothing when anything in it is wrong.

    A municipality or a lead no longer in a list is ended today, never deleted.
    """
    data = tables.read_json(path)
    if not isinstance(data, dict) or not isinstance(data.get("werkplaatsen"), list):
        message = _t("het bestand moet een lijst “werkplaatsen” bevatten")
        raise tables.TableError([Problem("", "werkplaatsen", message)])
    report = Report()
    rows = data["werkplaatsen"]
    with tables.all_or_nothing(dry_run=dry_run) as problems:
        load_themes(by=by)
        load_synonyms(by=by)
        load_concepts(by=by)
        source = shaped(data.get("source") or "", Text(), "", problems, "source")
        seen: set[tuple[str, ...]] = set()
        for number, row in enumerate(rows, 1):
            place = _t("werkplaats %(number)d (%(slug)s)") % {"number": number, "slug": _get(row, "slug")}
            if (good := _shaped(row, WERKPLAATS, place, problems)) and _first(good, ("slug",), place, seen, problems):
                _Reader(place, report, problems, source or "").werkplaats(good)
            progress(number, len(rows))
        for name, label, shape, key, read in (
            ("phases", _t("fase %(number)d"), PHASE, ("name",), _phase),
            ("grants", _t("subsidie %(number)d"), GRANT, ("phase", "werkplaats", "earmark"), _grant),
        ):
            seen = set()
            for number, row in enumerate(_rows(data, name, problems), 1):
                place = label % {"number": number}
                if (good := _shaped(row, shape, place, problems)) and _first(good, key, place, seen, problems):
                    read(good, place, report, problems)
        detail = {"rows": len(rows), **report.counts()}
        logbook.write("network.werkplaatsen.imported", "werkplaats", by=by, detail=detail)
    return report


def _get(row: Any, name: str) -> str:
    return str(row.get(name, "?"))[:60] if isinstance(row, dict) else "?"


def _rows(data: dict[str, Any], name: str, problems: list[Problem]) -> list[Any]:
    rows = data.get(name) or []
    if isinstance(rows, list):
        return rows
    problems.append(Problem("", name, _t("hier hoort een lijst te staan")))
    return []


def _shaped(row: Any, shape: dict[str, Any], place: str, problems: list[Problem]) -> dict[str, Any]:
    """The row when it has the shape; else nothing, and why not among the problems."""
    before = len(problems)
    found = shaped(row, shape, place, problems)
    if found == {}:
        problems.append(Problem(place, "", _t("hier staat niets in")))
    return found if len(problems) == before else {}


def _first(
    row: dict[str, Any], key: tuple[str, ...], place: str, seen: set[tuple[str, ...]], problems: list[Problem]
) -> bool:
    """Whether no row before it has the same key; of two that have, the second would quietly replace the first."""
    values = tuple(row.get(name, "").strip() for name in key)
    if any(values) and values in seen:
        problems.append(Problem(place, ", ".join(key), _t("dit staat al eerder in het bestand")))
        return False
    seen.add(values)
    return True


class _Reader:
    """Reads one werkplaats: keeps where it stands for the messages."""

    def __init__(self, place: str, report: Report, problems: list[Problem], source: str) -> None:
        self.place, self.report, self.problems, self.source = place, report, problems, source
        self.finder = Finder()
        self.changed = False

    def wrong(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.place, column, message))

    def werkplaats(self, row: dict[str, Any]) -> None:
        values = tables.checked(WerkplaatsRow(row), self.place, self.problems)
        if values is None:
            return
        found = Werkplaats.objects.filter(slug=values["slug"]).first()
        werkplaats = found or Werkplaats(slug=values["slug"])
        start = values["start"]
        wanted = {
            **self.making(werkplaats, values),
            **{name: values[name] for name in ("name", "brand", "region", "status", "guest_year", "group_word")},
            "valid_from": start.day,
            "valid_from_precision": start.precision,
            "own_themes": row.get("themes", []),
            "studies": row.get("programmes_of_study", []),
            "note": values["start_basis"],
            "source": self.source[:200],
        }
        self.keep(werkplaats, wanted)
        for name in row.get("former", []):
            _row, new = werkplaats.former_names.get_or_create(name=name)
            self.changed |= new
        self.themes(werkplaats)
        self.leads(werkplaats, row, start)
        self.areas(werkplaats, row.get("area") or {})
        if found is None:
            self.report.created.append(werkplaats.name)
        elif self.changed:
            self.report.updated.append(werkplaats.name)
        else:
            self.report.unchanged += 1

    def making(self, werkplaats: Werkplaats, values: dict[str, Any]) -> dict[str, Any]:
        """Until when it was in the making: what the file says, else what is known; an end without more is today."""
        before, status, joined = werkplaats.status, values["status"], values["joined"]
        day = joined.day if joined else None
        if day is None and status != Status.CANDIDATE:
            ended = before == Status.CANDIDATE and status == Status.ENDED
            day = werkplaats.forming_to or (clock.today() if ended else None)
        if said := wrong_joining(before, status, values["start"].day, day, clock.today()):
            self.wrong("joined", str(said))
        precision = joined.precision if joined else Precision(werkplaats.forming_to_precision)
        return {"forming_to": day, "forming_to_precision": precision if day else Precision.DAY}

    def keep(self, record: Any, wanted: dict[str, Any]) -> None:
        """Save a record when something in it differs."""
        if record.pk and all(getattr(record, name) == value for name, value in wanted.items()):
            return
        for name, value in wanted.items():
            setattr(record, name, value)
        try:
            # It may have been ended at the desk, before the start that the file gives.
            record.clean()
        except ValidationError as error:
            self.problems += tables.said(error, self.place)
            return
        record.save()
        self.changed = True

    def themes(self, werkplaats: Werkplaats) -> None:
        themes, unknown = themes_for(werkplaats.own_themes)
        if set(werkplaats.themes.all()) != set(themes):
            werkplaats.themes.set(themes)
            self.changed = True
        for word in unknown:
            words = {"place": self.place, "word": word}
            self.report.notes.append(
                _t("%(place)s: thema “%(word)s” staat niet in de themalijst; alleen in eigen woorden bewaard") % words
            )

    def leads(self, werkplaats: Werkplaats, row: dict[str, Any], start: Moment) -> None:
        lectorates = row.get("lectorates", [])
        leads = row.get("leads", [])
        seen: set[tuple[str, ...]] = set()
        before = {(one.organisation_id, one.lectorate): one for one in _going_on(werkplaats.leads)}
        for place, lead in enumerate(leads):
            own = _lectorates_of(lead, place, leads, lectorates)
            for values in [{**lead, **lectorate} for lectorate in own or [{}]]:
                if _first(values, ("organisation", "lectorate"), f"{self.place}, leads", seen, self.problems):
                    before.pop(self.lead(werkplaats, values, start), None)
        # Who works with files has all leads in them; a file that says nothing of leads ends none.
        for one in before.values() if "leads" in row else ():
            self.end(one, clock.today())

    def organisation(self, name: str, row: dict[str, Any]) -> Organisation | None:
        """By its name of now or before; else a new one."""
        try:
            found = self.finder.find(name, [], f"{self.place}, leads")
        except Unclear as unclear:
            self.wrong("leads: organisation", unclear.message)
            return None
        if found.why and found.why not in self.report.notes:
            self.report.notes.append(found.why)
        return found.organisation or Organisation.objects.create(
            name=name,
            kind=OrganisationKind.HOGESCHOOL,
            former=row.get("former_names", []),
            source=self.source[:200],
        )

    def lead(self, werkplaats: Werkplaats, row: dict[str, Any], start: Moment) -> tuple[int, str] | None:
        """Who leads, through which lectorate; None when that cannot be."""
        values = tables.checked(LeadRow(row), f"{self.place}, leads", self.problems)
        organisation = self.organisation(values["organisation"], row) if values else None
        if values is None or organisation is None:
            return None
        begin, end = values["valid_from"] or start, values["valid_to"]
        if end and end.after() <= begin.day:
            self.wrong("leads: valid_to", _t("het einde ligt vóór het begin van de werkplaats"))
            return None
        found = werkplaats.leads.filter(organisation=organisation, lectorate=values["lectorate"]).first()
        self.keep(
            found or Leadership(werkplaats=werkplaats, organisation=organisation, lectorate=values["lectorate"]),
            {
                "role": values["role"],
                "valid_from": begin.day,
                "valid_from_precision": begin.precision,
                "valid_to": end.after() if end else None,
                "valid_to_precision": end.precision if end else Precision.DAY,
                "source": self.source[:200],
            },
        )
        return organisation.pk, values["lectorate"]

    def areas(self, werkplaats: Werkplaats, area: dict[str, Any]) -> None:
        codes = area.get("municipalities", [])
        found = {one.code: one for one in Municipality.objects.filter(code__in=codes)}
        for number, code in enumerate(codes, 1):
            if code not in found:
                message = _t("gemeente %(code)s kennen we niet; lees eerst de gemeenten in") % {"code": code}
                self.wrong(f"area.municipalities[{number}]", message)
        try:
            start = _moment(area.get("valid_from"))
        except ValueError as error:
            return self.wrong("area.valid_from", str(error))
        start = start or Moment(werkplaats.valid_from, Precision(werkplaats.valid_from_precision))
        kept = {one.municipality_id: one for one in _going_on(werkplaats.areas)}
        basis = Basis.ASSUMED if "assum" in area.get("basis", "") or "aanname" in area.get("basis", "") else Basis.KNOWN
        for municipality in found.values():
            row = kept.pop(municipality.pk, None) or ServiceArea(werkplaats=werkplaats, municipality=municipality)
            wanted = {"valid_from": start.day, "valid_from_precision": start.precision, "basis": basis}
            self.keep(row, {**wanted, "source": (area.get("note") or self.source)[:200]})
        for row in kept.values():
            self.end(row, clock.today())
        return None

    def end(self, one: ServiceArea | Leadership, today: date) -> None:
        """No longer in the file: it holds until today, and not at all when it would begin later."""
        one.valid_to, one.valid_to_precision = max(today, one.valid_from), Precision.DAY
        one.save()
        self.report.ended.append(str(one))


def _going_on(rows: Any) -> Any:
    """Also those that only begin later: they are in the file too. Not those that were taken back before they began."""
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=clock.today()) & Q(valid_to__gt=F("valid_from")))


def _moment(text: Any) -> Moment | None:
    return parse_moment(str(text)) if text else None


def _lectorates_of(lead: dict[str, Any], place: int, leads: list[Any], lectorates: list[Any]) -> list[dict[str, Any]]:
    """The lectorates through which one organisation leads.

    A lectorate that names its organisation belongs there. Bare names belong to
    the only lead, or pair with the leads in order when there are as many.
    """
    own = []
    for number, lectorate in enumerate(lectorates):
        if isinstance(lectorate, dict):
            if lectorate.get("organisation") == lead.get("organisation"):
                extra = {key: lectorate[key] for key in ("valid_from", "valid_to") if key in lectorate}
                own.append({"lectorate": lectorate.get("name", ""), **extra})
        elif len(leads) == 1 or (len(leads) == len(lectorates) and number == place):
            own.append({"lectorate": lectorate})
    return own


def _phase(row: Any, place: str, report: Report, problems: list[Problem]) -> None:
    announced = row.get("announced", "")
    given = {
        **row,
        "valid_from": row.get("start"),
        "valid_to": row.get("end"),
        "announced": "; ".join(announced.values()) if isinstance(announced, dict) else announced,
    }
    values = tables.checked(PhaseRow(given), place, problems)
    if values is None:
        return
    phase = Phase.objects.filter(name=values["name"]).first() or Phase(name=values["name"])
    start, end = values["valid_from"], values["valid_to"]
    if start is None:
        problems.append(Problem(place, "start", _t("vul in wanneer de fase begon")))
        return
    wanted = {
        "valid_from": start.day,
        "valid_from_precision": start.precision,
        "valid_to": end.after() if end else None,
        "valid_to_precision": end.precision if end else Precision.DAY,
        **{name: values[name] for name in ("announced", "note", "actual", "source")},
        **_announced(values["announced_start"], values["announced_end"]),
    }
    state = _kept(phase, wanted)
    _count("changed" if _goals(phase, row.get("goals", [])) and state == "same" else state, phase.name, report)


def _announced(start: Moment | None, end: Moment | None) -> dict[str, Any]:
    return {
        "announced_from": start.day if start else None,
        "announced_from_precision": start.precision if start else Precision.DAY,
        "announced_to": end.after() if end else None,
        "announced_to_precision": end.precision if end else Precision.DAY,
    }


def _goals(phase: Phase, texts: list[str]) -> bool:
    """A row for each goal of the file; one that is no longer in it goes, unless someone wrote what came of it."""
    gone = phase.goals.exclude(text__in=texts).filter(status=GoalStatus.ANNOUNCED, sentence="").delete()[0]
    changed = bool(gone)
    for place, text in enumerate(texts, 1):
        goal, new = phase.goals.get_or_create(text=text, defaults={"place": place, "source": phase.source})
        if goal.place != place:
            goal.place = place
            goal.save()
            new = True
        changed |= new
    return changed


def _grant(row: Any, place: str, report: Report, problems: list[Problem]) -> None:
    values = tables.checked(GrantRow(row), place, problems)
    if values is None:
        return
    phase = Phase.objects.filter(name=values["phase"]).first()
    werkplaats = Werkplaats.objects.filter(slug=values["werkplaats"]).first() if values["werkplaats"] else None
    if phase is None:
        problems.append(Problem(place, "phase", _t("fase “%(name)s” kennen we niet") % {"name": values["phase"]}))
    if values["werkplaats"] and werkplaats is None:
        words = {"slug": values["werkplaats"]}
        problems.append(Problem(place, "werkplaats", _t("werkplaats “%(slug)s” kennen we niet") % words))
    if phase is None or (values["werkplaats"] and werkplaats is None):
        return
    key = {"phase": phase, "werkplaats": werkplaats, "earmark": values["earmark"]}
    grant = Grant.objects.filter(**key).first() or Grant(**key)
    wanted = {name: values[name] for name in ("amount_eur", "amount_announced", "funder", "note")}
    if values["share"] is not None or not grant.pk:
        # Of money for one purpose nobody said that a share of it is for the whole country.
        agreed = NATIONAL_SHARE if phase.valid_from >= NATIONAL_SHARE_SINCE and not values["earmark"] else None
        wanted["share"] = agreed if values["share"] is None else values["share"]
    _count(_kept(grant, wanted), str(grant), report)


def _kept(record: Any, wanted: dict[str, Any]) -> str:
    """Save when something differs; "new", "changed" or "same"."""
    if record.pk and all(getattr(record, name) == value for name, value in wanted.items()):
        return "same"
    state = "changed" if record.pk else "new"
    for name, value in wanted.items():
        setattr(record, name, value)
    record.save()
    return state


def _count(state: str, name: str, report: Report) -> None:
    if state == "same":
        report.unchanged += 1
    else:
        (report.created if state == "new" else report.updated).append(name)
