"""What the sources tell of research: learning groups and what they yielded, projects, pilots, national themes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.core import clock
from werkplaats.core.action import action
from werkplaats.core.dates import Precision, parse_moment
from werkplaats.core.models import Visibility
from werkplaats.demo.library import publication
from werkplaats.flows.answering import answer_question
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.people.models import Account, Person
from werkplaats.places.models import Municipality
from werkplaats.research.actions import (
    save_circle,
    save_meeting,
    save_national_theme,
    save_pilot,
    save_project,
    save_theme_work,
    save_yield,
)
from werkplaats.research.models import Circle, CircleMeeting, NationalTheme, Pilot, Project, ThemeWork, Yield
from werkplaats.terms.actions import save_approach
from werkplaats.terms.models import Approach, Theme

FILE = Path(__file__).parent / "data" / "research.json"


@action
def load_research(*, by: Any) -> None:
    """In the order in which one needs the other."""
    data = json.loads(FILE.read_text())
    for row in data["approaches"]:
        values = {name: row[name] for name in ("name", "description", "synonyms", "source", "basis")}
        save_approach(approach=Approach(), values={**values, "themes": _themes(row)}, by=by)
    for row in data["national_themes"]:
        _national_theme(row, by)
    projects = {row["key"]: _project(row, by) for row in data["projects"]}
    circles = {row["key"]: _circle(row, projects, by) for row in data["circles"]}
    for row in data["pilots"]:
        _pilot(row, circles, by)


@action
def load_answers(*, by: Any) -> None:
    """What became of questions, now that what answers them is on the site."""
    for row in json.loads(FILE.read_text())["answers"]:
        _answer(row)


def _national_theme(row: dict[str, Any], by: Any) -> None:
    values = {"name": row["name"], "description": row["about"], "themes": _themes(row), **_shown(row)}
    theme = save_national_theme(theme=NationalTheme(), values=values, by=by)
    for one in row["werkplaatsen"]:
        work = {"tasks": one["tasks"], "what": one["what"], "source": row["source"], "basis": row["basis"]}
        save_theme_work(
            work=ThemeWork(), values={"national_theme": theme, "werkplaats": _region(one["werkplaats"]), **work}, by=by
        )


def _project(row: dict[str, Any], by: Any) -> Project:
    values = {
        **{name: row.get(name, "") for name in ("title", "summary", "why", "plan", "state")},
        "werkplaats": _region(row["werkplaats"]),
        "organisation": Organisation.objects.get(name=row["organisation"]),
        "themes": _themes(row),
        "questions": [Question.objects.get(text=text) for text in row["questions"]],
        "publications": [publication(key) for key in row["products"]],
        "national_theme": NationalTheme.objects.filter(name=row.get("national_theme", "")).first(),
        **_shown(row),
        **_period(row),
    }
    return save_project(project=Project(), values=values, partners=_parts(row["partners"]), by=by)


def _circle(row: dict[str, Any], projects: dict[str, Project], by: Any) -> Circle:
    values = {
        "name": row["name"],
        "summary": row["about"],
        "looks_at": row.get("looks_at", ""),
        "state": row.get("state", "afgerond"),
        "werkplaats": _region(row["werkplaats"]),
        "project": projects.get(row.get("project", "")),
        "themes": _themes(row),
        "approaches": _approaches(row),
        "persons": list(Person.objects.filter(email__in=row.get("persons", ()))),
        **_shown(row),
        **_period(row),
    }
    members, partners = _parts(row.get("members", ())), _parts(row["partners"])
    circle = save_circle(circle=Circle(), values=values, members=members, partners=partners, by=by)
    for one in row.get("meetings", ()):
        _meeting(one, circle, row, by)
    for one in row["yields"]:
        _yield(one, circle, row, by)
    return circle


def _meeting(one: dict[str, Any], circle: Circle, row: dict[str, Any], by: Any) -> None:
    """Days count from today, so that there is always something to do."""
    values = {
        **{name: one[name] for name in ("place", "discussed", "notes", "notes_for")},
        "on": clock.today() - timedelta(days=one["days_ago"]),
        **{name: row[name] for name in ("source", "basis")},
    }
    steps = [
        {
            "what": step["what"],
            "who": step["who"],
            "due": None if step["due_in"] is None else clock.today() + timedelta(days=step["due_in"]),
            "done_on": clock.today() - timedelta(days=step["done_ago"]) if "done_ago" in step else None,
        }
        for step in one["steps"]
    ]
    save_meeting(meeting=CircleMeeting(circle=circle), values=values, steps=steps, by=by)


def _yield(one: dict[str, Any], circle: Circle, row: dict[str, Any], by: Any) -> None:
    values = {
        **{name: one[name] for name in ("title", "kind", "strand", "why")},
        "description": one["text"],
        "audience": one.get("for_whom", ""),
        "werkplaats": circle.werkplaats,
        "circle": circle,
        "municipalities": _places(one.get("municipalities", ())),
        "themes": _themes(row),
        "points_at": publication(one["publication"]).uid if "publication" in one else "",
        **_shown(row),
    }
    # Made with whom the group worked with, unless the source says otherwise.
    parts = _parts(one.get("partners", row["partners"]))
    _was_public(save_yield(made=Yield(), values=values, partners=parts, by=by))


def _pilot(row: dict[str, Any], circles: dict[str, Circle], by: Any) -> None:
    circle = circles[row["circle"]]
    values = {
        "title": row["title"],
        "tries": row["what"],
        "tried": publication(row["publication"]).uid,
        "design": row["design"],
        "outcome": row["came_of_it"],
        "state": "afgerond",
        "werkplaats": circle.werkplaats,
        "circle": circle,
        "municipalities": _places([row["municipality"]]),
        "themes": list(circle.themes.all()),
        **_shown(row),
        **_period(row),
    }
    parts = [{"organisation": Organisation.objects.get(name=name), "role": ""} for name in row["organisations"]]
    _was_public(save_pilot(pilot=Pilot(), values=values, partners=parts, by=by))


def _answer(row: dict[str, Any]) -> None:
    """By the account of the demonstration that may: an answer is somebody's."""
    question = Question.objects.get(text=row["question"])
    entries = [publication(key).uid for key in row["publications"]]
    entries += [one.uid for one in Yield.objects.filter(title__in=row["yields"])]
    by = Account.objects.get(email=row["by"])
    answer_question(
        question=question, version=question.version, status=Status.ANSWERED, text=row["text"], entries=entries, by=by
    )


def _was_public(record: Any) -> None:
    """What a source published itself needs no second reader here."""
    if record.awaits_reader:
        record.read, record.read_by, record.read_at = record.written(), record.written_by, clock.now()
        record.save()


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {"visibility": Visibility.PUBLIC, "source": row["source"], "basis": row["basis"]}


def _period(row: dict[str, Any]) -> dict[str, Any]:
    start = parse_moment(row["from"]) if row["from"] else None
    end = parse_moment(row["to"]) if row["to"] else None
    return {
        "valid_from": start.day if start else None,
        "valid_from_precision": start.precision if start else Precision.DAY,
        "valid_to": end.after() if end else None,
        "valid_to_precision": end.precision if end else Precision.DAY,
    }


def _parts(rows: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Who takes part; a member without an organisation is a role alone."""
    return [
        {"organisation": Organisation.objects.get(name=name) if name else None, "role": role} for name, role in rows
    ]


def _themes(row: dict[str, Any]) -> list[Theme]:
    return list(Theme.objects.filter(slug__in=row["themes"]))


def _approaches(row: dict[str, Any]) -> list[Approach]:
    return list(
        Approach.objects.filter(name__iregex=rf"^({'|'.join(row['approaches'])})$") if row["approaches"] else []
    )


def _places(codes: Iterable[str]) -> list[Municipality]:
    return list(Municipality.objects.filter(code__in=list(codes)))


def _region(slug: str) -> Werkplaats:
    return Werkplaats.objects.get(slug=slug)
