"""The trail of an entry, as its page tells it: what a visitor sees, and nothing of what is hidden."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from werkplaats.api.entries import public_entry
from werkplaats.api.parameters import Kenmerk
from werkplaats.api.problems import Refused
from werkplaats.api.trail_shapes import Keten, KetenBand, KetenLeegte, KetenStap, KetenUiteinde
from werkplaats.catalogue import story
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.trail import Step, Tie, Trail, trail_of
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE

router = Router(tags=["Keten"])


@router.get(
    "/keten/{uid}",
    response=Keten,
    operation_id="leesKeten",
    summary="De keten van een vermelding: waar zij uit voortkwam en toe leidde",
    description="Ten hoogste zes stappen, beide kanten op. Bij een gemeente, werkplaats of organisatie eindigt "
    "de keten; vraagt u naar een daarvan, dan krijgt u wat er zelf aan vastzit.",
    openapi_extra={"x-ook": ["410"]},
)
def trail(request: HttpRequest, uid: Kenmerk) -> Keten:
    """All steps with the ties between them, and what is missing."""
    entry = public_entry(uid)
    found = trail_of(entry.uid, viewer=ANYONE)
    if found is None:
        raise Refused(404, "Hier is niets openbaars met dit kenmerk. Kijk het na, of zoek in /api/v1/vermeldingen.")
    return Keten(
        uid=entry.uid,
        url=request.build_absolute_uri(f"/keten/{entry.uid}/"),
        stappen=[_step(request, found, step) for step in found.steps],
        verbanden=[_tie(tie) for tie in found.ties],
        uiteinden=[
            KetenUiteinde(**_of(request, end), verbanden=[_tie(tie) for tie in ties]) for end, ties in found.ends
        ],
        meer_uiteinden=found.more_ends,
        ontbreekt=[KetenLeegte(fase=gap.stage, wat=str(gap.text)) for gap in found.gaps],
    )


def _of(request: HttpRequest, entry: Entry) -> dict[str, str]:
    return {
        "uid": entry.uid,
        "soort": entry.kind,
        "titel": entry.title,
        "url": request.build_absolute_uri(entry.url),
    }


def _step(request: HttpRequest, found: Trail, step: Step) -> KetenStap:
    return KetenStap(
        **_of(request, step.entry),
        fase=step.stage,
        afstand=step.distance,
        via=step.parent or None,
        beantwoord=story.is_answered(step.entry),
        meer=step.more,
        verdwenen=step.gone,
    )


def _tie(tie: Tie) -> KetenBand:
    from_here, from_there = registry.TIES.get(tie.tie, (tie.tie, tie.tie))
    return KetenBand(van=tie.source, naar=tie.target, verband=tie.tie, label=from_here, label_terug=from_there)
