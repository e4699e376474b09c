"""P11: how long until the command line and the website answer, and what each process holds in memory."""

from __future__ import annotations

import math
import statistics
import subprocess
import time
from pathlib import Path

from .machine import Client, answers, family, free_port, running, wait_for
from .results import Result, keep, most
from .stage import PROGRAM, ROOT, Stage, environment

_WORDS = (["--help"], ["--version"], ["import", "--help"], ["onzin"])
_ROUNDS, _STARTS, _PAGES = 5, 3, 200
_ASKED = (
    "/",
    "/vragen/",
    "/werkplaatsen/",
    "/zoeken/?q=jongeren",
    "/bibliotheek/",
    "/dekking/",
    "/api/v1/vermeldingen",
)
_LINE_MS, _READY_MS, _MB = 500, 5_000, 200
# What tells one process from another, as words of its command; the first that fits.
_KINDS = (("volger", b"follow"), ("verzender", b"tasks"), ("serve", b"serve"))


def run(stage: Stage) -> list[Result]:
    """All three, on the smallest installation: size is no part of this."""
    size = stage.scale.sizes[0]
    data = stage.stocked(size)
    return [_line(stage, size), *_site(stage, size, data)]


def _figures(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "n": len(ordered),
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[math.ceil(len(ordered) * 0.95) - 1] * 1000, 1),
    }


def _line(stage: Stage, size: int) -> Result:
    seconds = []
    for words in _WORDS * _ROUNDS:
        begun = time.perf_counter()
        subprocess.run([PROGRAM, *words], capture_output=True, cwd=stage.folder, check=False)
        seconds.append(time.perf_counter() - begun)
    figures = _figures(seconds)
    bar = most(f"p95 ten hoogste {_LINE_MS} ms", figures["p95_ms"], _LINE_MS)
    return keep(Result("P11", "opdrachtregel zonder database", stage.scale.name, size, figures, [bar], named=True))


def _site(stage: Stage, size: int, data: Path) -> list[Result]:
    seconds, memory = [], {}
    for _time in range(_STARTS):
        port, log = free_port(), data / "serve.log"
        begun = time.perf_counter()
        with running([PROGRAM, "serve", "--port", port], log, cwd=ROOT, env=environment(data)) as program:
            wait_for(lambda port=port: answers(port, "/gezond/klaar"), seconds=120, program=program, log=log)
            seconds.append(time.perf_counter() - begun)
            if not memory:
                memory = _memory(program.pid, port)
    figures = _figures(seconds)
    ready = most(f"klaar binnen {_READY_MS} ms", figures["p95_ms"], _READY_MS)
    bars = [
        most(f"{kind} ten hoogste {_MB} MB", seen["pss"], _MB)
        for kind, seen in sorted(memory.items())
        if kind.endswith("pagina's")
    ]
    # Web workers share what the server loaded before it forked them: in RSS that counts once for each of them.
    note = "MB, met gedeeld geheugen naar rato (PSS, de eis), en tussen haakjes alles wat het proces ziet (RSS): "
    note += "; ".join(f"{kind} {seen['pss']:.0f} ({seen['rss']:.0f})" for kind, seen in sorted(memory.items()))
    return [
        keep(Result("P11", "start van de website", stage.scale.name, size, figures, [ready], named=True)),
        keep(Result("P11", "geheugen per proces", stage.scale.name, size, {"mb": memory}, bars, named=True, note=note)),
    ]


def _memory(root: int, port: int) -> dict[str, dict[str, float]]:
    # What is loaded beside the first visits has to be there.
    time.sleep(10)
    found = {f"{kind}, start": seen for kind, seen in _held(root).items()}
    client = Client(port)
    for number in range(_PAGES):
        client.ask(_ASKED[number % len(_ASKED)])
        if number % 20 == 19:
            # A new line goes to whichever worker takes it.
            client.close()
    client.close()
    return {**found, **{f"{kind}, na {_PAGES} pagina's": seen for kind, seen in _held(root).items()}}


def _held(root: int) -> dict[str, dict[str, float]]:
    """Of each kind of process the one that holds most, in MB."""
    found: dict[str, dict[str, float]] = {}
    for pid in family(root):
        told = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        kind = next((name for name, word in _KINDS if word in told), "")
        if kind == "serve" and pid != root:
            kind = "webproces"
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes = {line.split(":")[0].lower(): int(line.split()[1]) / 1024 for line in lines[1:] if line.endswith("kB")}
        seen = {"rss": round(sizes["rss"], 1), "pss": round(sizes["pss"], 1)}
        if kind and seen["rss"] > found.get(kind, {"rss": 0})["rss"]:
            found[kind] = seen
    return found
