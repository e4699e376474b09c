"""P3: the whole page of search over HTTP, beside WordPress with the same texts and the same questions."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .machine import Client, settle
from .packages import Missing
from .queries import Query, our_path, rounds, wordpress_path
from .results import Result, keep, least, most
from .serving import Getter, Server, Timing, werkplaats
from .stage import Stage, say
from .stock import Values, values_in
from .wordpress import wordpress

# The page that searches everything and counts four facets: kinds, themes, werkplaatsen, gemeenten.
# WordPress counts none.
PAGES = {"/zoeken/": "zoekpagina met vier facetten"}
_PEER = "peer"
_MARK, _PEER_MARK = b'class="results"', b"wp-block-post-title"
# The bars: most milliseconds (p95) by size; and how many times less processor time, by which size.
_P95 = {100_000: 50, 1_000_000: 200}
_P95_ELSEWHERE = 50
_RATIO, _RATIO_AT = 50, 100_000
# Sixty questions each; the first, to warm up, is not counted.
_ROUNDS = 6


@dataclass
class _Runner:
    """One page of one server, measured in blocks: questions as they are, and those with facets chosen."""

    server: Server
    path: Callable[[Query], str]
    asker: Getter
    # What it may still use of its time.
    left: float
    plain: Timing = field(default_factory=Timing)
    chosen: Timing = field(default_factory=Timing)

    def block(self, queries: list[Query], *, warm: bool) -> None:
        """A round of questions, as far as there is time."""
        begun = time.monotonic()
        until = begun + (self.left / 3 if warm else self.left)
        for timing, has_facets in ((self.plain, False), (self.chosen, True)):
            asked = [self.path(query) for query in queries if bool(query.theme) is has_facets]
            (Timing() if warm else timing).add(self.server, self.asker, asked, until=until)
        self.left -= time.monotonic() - begun

    def figures(self) -> dict[str, Any]:
        """Of all its questions, and of the two sorts apart."""
        return {
            **(self.plain + self.chosen).figures(),
            "found": self.asker.share,
            "plain": self.plain.figures(),
            "chosen": self.chosen.figures(),
        }


def run(stage: Stage) -> list[Result]:
    """Each page at each size; the peer at its own."""
    made: list[Result] = []
    for size in stage.scale.sizes:
        data = stage.stocked(size)
        values = values_in(data)
        with ExitStack() as stack:
            peer, note = None, f"WordPress is gemeten bij {stage.scale.peer} vermeldingen"
            if size == stage.scale.peer:
                try:
                    peer, note = stack.enter_context(wordpress(size, values)), ""
                except Missing as error:
                    note = str(error)
                    say(note)
            ours = stack.enter_context(werkplaats(data))
            say(f"P3 bij {size} vermeldingen ...")
            made += _figures(stage, size, _measured(stage, values, ours, peer), note)
    return made


def _measured(stage: Stage, values: Values, ours: Server, peer: Server | None) -> dict[str, _Runner]:
    """All pages in turns, so that what else the machine does hits each alike."""
    seconds = stage.scale.seconds
    runners = {
        page: _Runner(ours, partial(our_path, page, values), Getter(Client(ours.port), _MARK), seconds)
        for page in PAGES
    }
    if peer:
        asker = Getter(Client(peer.port), _PEER_MARK)
        runners[_PEER] = _Runner(peer, partial(wordpress_path, values), asker, seconds)
    for server in filter(None, (ours, peer)):
        settle(*server.pids)
    for turn, queries in enumerate(rounds(_ROUNDS)):
        for runner in runners.values():
            runner.block(queries, warm=turn == 0)
    for runner in runners.values():
        runner.asker.client.close()
    return runners


def _figures(stage: Stage, size: int, measured: dict[str, _Runner], note: str) -> list[Result]:
    theirs = measured.get(_PEER)
    peer = {"name": theirs.server.name, **theirs.figures()} if theirs else {}
    limit = _P95.get(size, _P95_ELSEWHERE)
    named = size in _P95 and (not peer or size == _RATIO_AT)
    made = []
    for page, what in PAGES.items():
        figures = measured[page].figures()
        bars = [most(f"p95 ten hoogste {limit} ms", figures.get("p95_ms"), limit)]
        if peer:
            # Told apart: with a category chosen WordPress looks at few posts.
            for part, how in (("plain", "woorden alleen"), ("chosen", "met gekozen filters")):
                ratio = _ratio(peer[part], figures[part])
                bars.append(least(f"{_RATIO}x minder CPU dan WordPress, {how}", ratio, _RATIO))
        made.append(keep(Result("P3", what, stage.scale.name, size, figures, bars, peer, named, note)))
    return made


def _ratio(peer: dict[str, Any], ours: dict[str, Any]) -> float | None:
    """How many times more processor time a question costs the peer; unknown when one was not measured."""
    if not peer["n"] or not ours["n"]:
        return None
    return round(float(peer["cpu_ms"]) / max(float(ours["cpu_ms"]), 0.01), 1)
