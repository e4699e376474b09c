"""P2: pages that nobody asked before, made anew each time, beside WordPress with pages of that weight."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from typing import Any

from .machine import Client, settle
from .packages import Missing
from .results import Result, keep, least
from .serving import Server, Timing, werkplaats
from .stage import Stage, say
from .stock import values_in
from .wordpress import wordpress

# The homes of a werkplaats and of a municipality, and the list of questions: what visitors come to. Together about
# the weight that the bar names.
_OURS = ("/werkplaatsen/utrecht/", "/gemeenten/utrecht/", "/vragen/")
# The front page with twenty posts, and pages further on.
_THEIRS = tuple(f"/?paged={number}" for number in range(1, 6))
_RATIO = 4
_WARM, _ROUNDS = 5, 40


def run(stage: Stage) -> list[Result]:
    """At each size; the peer at its own."""
    made = []
    for size in stage.scale.sizes:
        data = stage.stocked(size)
        with ExitStack() as stack:
            peer, note = None, f"WordPress is gemeten bij {stage.scale.peer} vermeldingen"
            if size == stage.scale.peer:
                try:
                    peer, note = stack.enter_context(wordpress(size, values_in(data))), ""
                except Missing as error:
                    note = str(error)
                    say(note)
            ours = stack.enter_context(werkplaats(data, WERKPLAATS_CACHE_MB="0"))
            say(f"P2 bij {size} vermeldingen ...")
            figures = _measured(stage, ours, _OURS)
            theirs = {"name": peer.name, **_measured(stage, peer, _THEIRS)} if peer else {}
        ratio = round(theirs["cpu_ms"] / figures["cpu_ms"], 1) if theirs else None
        bars = [least(f"{_RATIO}x minder CPU dan een lijst van WordPress", ratio, _RATIO)] if theirs else []
        what = "openbare pagina, nooit eerder gevraagd"
        made.append(keep(Result("P2", what, stage.scale.name, size, figures, bars, theirs, bool(theirs), note)))
    return made


def _measured(stage: Stage, server: Server, paths: tuple[str, ...]) -> dict[str, Any]:
    client, total, weights = Client(server.port), Timing(), []
    settle(*server.pids)

    def ask(path: str) -> None:
        status, page = client.ask(path)
        if status != 200:
            raise RuntimeError(f"{path} antwoordt {status}")
        weights.append(len(page))

    until = time.monotonic() + stage.scale.seconds
    for number in range(_WARM + _ROUNDS):
        (total if number >= _WARM else Timing()).add(server, ask, paths, until=until)
    client.close()
    return {**total.figures(), "bytes": round(statistics.mean(weights))}
