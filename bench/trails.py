"""KETEN: the page of a trail over HTTP, with its picture: from any step, from a crowded one, and from a werkplaats."""

from __future__ import annotations

import time

from .machine import Client, settle
from .results import Result, keep
from .serving import Getter, Server, Timing, werkplaats
from .stage import Stage, say
from .trail_stock import starts_in

_MARK = b"trail-box"
_WHAT = {"willekeurig": "keten van een stap", "druk": "keten van een drukke stap", "werkplaats": "van een werkplaats"}
_WARM = 10
_NOTE = "er is geen eis gesteld"


def run(stage: Stage) -> list[Result]:
    """At each size."""
    made: list[Result] = []
    for size in stage.scale.sizes:
        data = stage.stocked(size, "bench.trail_stock")
        with werkplaats(data) as ours:
            say(f"KETEN bij {size} vermeldingen ...")
            made += _measured(stage, size, ours, starts_in(data))
    return made


def _measured(stage: Stage, size: int, ours: Server, starts: dict[str, list[str]]) -> list[Result]:
    asker = Getter(Client(ours.port), _MARK)
    settle(*ours.pids)
    made = []
    for name, what in _WHAT.items():
        paths, timing = [f"/keten/{uid}/" for uid in starts[name]], Timing()
        until = time.monotonic() + stage.scale.seconds / len(_WHAT)
        Timing().add(ours, asker, paths[:_WARM], until=until)
        # None is asked twice, so that nothing that was kept helps.
        timing.add(ours, asker, paths[_WARM:] or paths, until=until)
        figures = {**timing.figures(), "found": asker.share}
        made.append(keep(Result("KETEN", what, stage.scale.name, size, figures, note=_NOTE)))
    asker.client.close()
    return made
