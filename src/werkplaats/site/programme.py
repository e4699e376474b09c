"""The network as a programme: its phases and money, how it met nationally, and how partners came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _t

from werkplaats.core import charts, clock
from werkplaats.core.models import Basis
from werkplaats.network.models import BodyMeeting, Campaign, Grant, NationalBody, Phase
from werkplaats.network.queries import ends_of, funnel
from werkplaats.network.rules import PUBLIC_STAGES, added, euro, meter


@dataclass(frozen=True)
class Joined:
    """How many signed or were active, by time: a drawing, and the same in rows.

    ``unsure``: some of it is assumed, or made up for the demonstration.
    """

    chart: charts.Columns
    rows: list[tuple[str, int]]
    unsure: bool


def joined_over_time(partnerships: Any) -> Joined | None:
    """Of these partnerships only what anyone may know: how many had signed or were active. None for none."""
    steps = list(partnerships.steps())
    begun = [on for _one, on, stage in steps if stage in PUBLIC_STAGES]
    if not begun:
        return None
    today = clock.today()
    points = funnel(steps, ends_of(min(begun), today))
    rows = [(_name(point.day), point.of(PUBLIC_STAGES)) for point in points]
    unsure = partnerships.exclude(basis=Basis.KNOWN).exists()
    return Joined(charts.columns([(name, [number]) for name, number in rows]), rows, unsure)


def _name(day: Any) -> str:
    return _t("nu") if day == clock.today() else formats.date_format(day, "M Y").lower()


def national(request: HttpRequest) -> HttpResponse:
    """In what the werkplaatsen meet, now and before."""
    shown = BodyMeeting.objects.filter(on_site=True)
    bodies = NationalBody.objects.prefetch_related(Prefetch("meetings", shown, to_attr="on_the_site"))
    rows = [(one, one.holds_on(clock.today())) for one in bodies.order_by("-valid_from")]
    return render(request, "site/programme/national.html", {"bodies": rows})


def phases(request: HttpRequest) -> HttpResponse:
    """Each phase: what was announced beside what came of it, its goals, the money as far as known; and campaigns."""
    grants = Grant.objects.select_related("werkplaats").order_by("werkplaats__name", "pk")
    rows = [_phase(one) for one in Phase.objects.prefetch_related("goals", Prefetch("grants", grants))]
    campaigns = Campaign.objects.filter(on_site=True).select_related("organisation", "werkplaats")
    told = [
        (one, joined_over_time(one.partnerships.all()), list(one.consultations.all()))
        for one in campaigns.prefetch_related("consultations")
    ]
    return render(request, "site/programme/phases.html", {"phases": rows, "campaigns": told})


def _phase(phase: Phase) -> dict[str, Any]:
    grants = list(phase.grants.all())
    own = [one for one in grants if one.werkplaats]
    shared = [found for one in own if (found := meter(one))]
    return {
        "phase": phase,
        "runs": phase.holds_on(clock.today()),
        "goals": list(phase.goals.all()),
        "grants": [(one, euro(one.amount_announced), euro(one.amount_eur)) for one in grants],
        "sum": added(one.amount_eur for one in own).words if own else "",
        "national": added(one.due for one in shared).words if shared else "",
    }
