"""Our server as users run it, and how requests to a server are timed."""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .machine import Client, cpu_seconds, free_port, running, wait_for
from .machine import answers as _answers
from .stage import PROGRAM, ROOT, environment, say

_READY = "/gezond/klaar"
# Where the text index stands in the data folder, what says whether it may be used, and that it was looked at since.
_INDEX, _STATE, _ALIVE = "search", "search/state.json", "search/alive"
_INDEX_BEGINS, _INDEX_ENDS = 10, 1_800


@dataclass(frozen=True)
class Server:
    """Something that answers on a port, by these processes."""

    name: str
    port: int
    pids: tuple[int, ...]


@contextmanager
def werkplaats(data: Path, **settings: str) -> Iterator[Server]:
    """Our server with this data and these settings, with its text index in order."""
    port, log = free_port(), data / "serve.log"
    command = [PROGRAM, "serve", "--port", port]
    since = time.time()
    with running(command, log, cwd=ROOT, env=environment(data, **settings)) as program:
        wait_for(lambda: _answers(port, _READY), seconds=60, program=program, log=log)
        _await_index(data, since)
        yield Server("Werkplaats", port, (program.pid,))


def _await_index(data: Path, since: float) -> None:
    """Wait until search reads the index; without one it reads the table, and we say so."""
    begun = time.monotonic()
    while not (data / _INDEX).exists():
        if time.monotonic() - begun > _INDEX_BEGINS:
            say("Er is geen zoekindex: gemeten wordt het zoeken in de tabel.")
            return
        time.sleep(0.1)
    while not _is_ready(data, since):
        if time.monotonic() - begun > _INDEX_ENDS:
            raise RuntimeError("De zoekindex komt niet klaar.")
        time.sleep(0.1)
    say(f"Zoekindex klaar {time.time() - since:.1f} s na de start")


def _is_ready(data: Path, since: float) -> bool:
    try:
        ready = json.loads((data / _STATE).read_text())["ready"] is True
        return ready and (data / _ALIVE).stat().st_mtime >= since
    except (OSError, ValueError, KeyError):
        return False


@dataclass
class Timing:
    """Wall times of requests and the processor time they cost together."""

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0

    def add(self, server: Server, ask: Callable[[str], None], asked: Iterable[str], *, until: float) -> None:
        """Ask one by one, not beyond a moment of time.monotonic()."""
        spent = cpu_seconds(*server.pids)
        for one in asked:
            if time.monotonic() > until:
                break
            begun = time.perf_counter()
            ask(one)
            self.seconds.append(time.perf_counter() - begun)
        self.cpu += cpu_seconds(*server.pids) - spent

    def __add__(self, other: Timing) -> Timing:
        return Timing([*self.seconds, *other.seconds], self.cpu + other.cpu)

    def figures(self) -> dict[str, float]:
        """In milliseconds, a request."""
        ordered = sorted(self.seconds)
        if not ordered:
            return {"n": 0}
        return {
            "n": len(ordered),
            "median_ms": _ms(statistics.median(ordered)),
            "p95_ms": _ms(ordered[math.ceil(len(ordered) * 0.95) - 1]),
            "cpu_ms": _ms(self.cpu / len(ordered)),
        }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


@dataclass
class Getter:
    """Asks for pages that must be there, and counts those that show something found."""

    client: Client
    mark: bytes
    asked: int = 0
    found: int = 0

    def __call__(self, path: str) -> None:
        status, page = self.client.ask(path)
        if status != 200 or not page:
            raise RuntimeError(f"{path} antwoordt {status}")
        self.asked += 1
        self.found += self.mark in page

    @property
    def share(self) -> float:
        """The part that found something."""
        return round(self.found / max(self.asked, 1), 2)
