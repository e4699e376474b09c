"""How organisations came, in the demonstration: what the sources tell, and beside it what is marked as demo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from werkplaats.core import clock
from werkplaats.core.action import action
from werkplaats.core.dates import Precision, parse_moment
from werkplaats.network.models import Campaign, NationalBody, Organisation, Partnership, Phase, Werkplaats
from werkplaats.network.rules import day_of_ending

FILE = Path(__file__).parent / "data" / "joining.json"


@action
def load_joining(*, by: Any) -> None:
    """Campaigns, steps, agreements, what came of goals, and the national body."""
    data = json.loads(FILE.read_text())
    for row in data["partnerships"]:
        if "kind" in row:
            _organisation(row)
    for row in data["campaigns"]:
        _campaign(row)
    for row in data["partnerships"]:
        _partnership(row)
    for row in data["agreements"]:
        partnership = Partnership.objects.get(organisation__name=row["organisation"])
        partnership.agreements.create(notice=row["notice"], **_sourced(row), **_period(row))
    for name, goals in data["goals"].items():
        for goal in Phase.objects.get(name=name).goals.all():
            goal.status, goal.sentence = goals.get(goal.text, goals["*"])
            goal.save()
    for row in data["bodies"]:
        _body(row)


def _sourced(row: dict[str, Any]) -> dict[str, Any]:
    return {"source": row["source"], "basis": row["basis"]}


def _period(row: dict[str, Any]) -> dict[str, Any]:
    start = parse_moment(row["from"])
    end = parse_moment(row["to"]) if row["to"] else None
    return {
        "valid_from": start.day,
        "valid_from_precision": start.precision,
        "valid_to": end.after() if end else None,
        "valid_to_precision": end.precision if end else Precision.DAY,
    }


def _organisation(row: dict[str, Any]) -> None:
    Organisation.objects.get_or_create(name=row["organisation"], defaults={"kind": row["kind"], **_sourced(row)})


def _campaign(row: dict[str, Any]) -> None:
    campaign = Campaign.objects.create(
        name=row["name"],
        werkplaats=Werkplaats.objects.filter(slug=row["werkplaats"]).first(),
        organisation=Organisation.objects.get(name=row["organisation"]),
        **{name: row[name] for name in ("lead_role", "goal", "story")},
        target=row.get("target"),
        on_site=bool(row["story"]),
        **_sourced(row),
        **_period(row),
    )
    for one in row["consultations"]:
        when = parse_moment(one["when"]) if "when" in one else None
        day = {"on": when.day, "precision": when.precision} if when else {}
        campaign.consultations.create(name=one["name"], brought=one.get("brought", ""), **day, **_sourced(one))


def _partnership(row: dict[str, Any]) -> None:
    campaign = Campaign.objects.filter(name=row.get("campaign", "")).first()
    talks = list(campaign.consultations.all()) if campaign and "consultation" in row else []
    first, *later = row["steps"]
    start = parse_moment(first[1])
    partnership = Partnership.objects.create(
        organisation=Organisation.objects.get(name=row["organisation"]),
        werkplaats=Werkplaats.objects.get(slug=row["werkplaats"]),
        stage=first[0],
        valid_from=start.day,
        valid_from_precision=start.precision,
        brings=row.get("brings", ""),
        campaign=campaign,
        consultation=talks[row["consultation"]] if talks else None,
        **_sourced(row),
    )
    for stage, on, *reason in later:
        moment = parse_moment(on)
        day = day_of_ending(moment.after(), moment.precision) if stage == "beëindigd" else moment.day
        partnership.steps.create(
            stage=stage, on=day, precision=moment.precision, reason="".join(reason), **_sourced(row)
        )
    partnership.follow_steps()
    partnership.shared_at = clock.now()
    partnership.save()


def _body(row: dict[str, Any]) -> None:
    facts = {name: row[name] for name in ("name", "form", "about", "chair_role")}
    body = NationalBody.objects.create(**facts, **_sourced(row), **_period(row))
    for one in row["meetings"]:
        when = parse_moment(one["on"])
        said = {name: one[name] for name in ("place", "decided")}
        body.meetings.create(on=when.day, precision=when.precision, on_site=True, **said, **_sourced(one))
