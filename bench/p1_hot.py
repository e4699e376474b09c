"""P1: a published page that was asked before, beside nginx that gives the same bytes from a file."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from . import packages
from .machine import Client, answers, free_port, running, settle, wait_for
from .packages import Missing
from .results import Result, keep, most
from .serving import Server, Timing, werkplaats
from .stage import Stage, say

# The page nearest to the weight that the bar names.
_CANDIDATES = ("/gemeenten/utrecht/", "/werkplaatsen/utrecht/", "/werkplaatsen/", "/vragen/", "/zoeken/")
_WEIGHT = 60_000
_TIMES, _BLOCK, _ROUNDS = 3.0, 4_000, 5
_MICRO = 1_000_000
_HERE = Path(__file__).parent / "peer"
_FILE = "page.html"


def run(stage: Stage) -> list[Result]:
    """At each size: the page does not become heavier to give, however much there is."""
    return [_at(stage, size) for size in stage.scale.sizes]


def _at(stage: Stage, size: int) -> Result:
    with ExitStack() as stack:
        # One process each: of more, the first visitors of every one make the page anew.
        ours = stack.enter_context(werkplaats(stage.stocked(size), WERKPLAATS_WORKERS="1"))
        client = Client(ours.port)
        path, page = _page(client)
        peer, note = None, ""
        try:
            peer = stack.enter_context(_nginx(page))
        except Missing as error:
            note = str(error)
            say(note)
        say(f"P1 bij {size} vermeldingen: {path}, {len(page)} bytes ...")
        runners = [(ours, client, path)] + ([(peer, Client(peer.port), f"/{_FILE}")] if peer else [])
        timings = [_timed(*runner, page) for runner in _settled(runners)]
    figures = {**timings[0].figures(), "bytes": len(page), "cpu_us": _micro(timings[0])}
    theirs = {"name": "nginx", **timings[1].figures(), "cpu_us": _micro(timings[1])} if peer else {}
    ratio = round(figures["cpu_us"] / max(theirs["cpu_us"], 0.1), 1) if theirs else None
    bars = [most(f"ten hoogste {_TIMES:.0f}x de CPU van nginx met dezelfde bytes", ratio, _TIMES)] if peer else []
    return keep(
        Result("P1", "openbare pagina, eerder gevraagd", stage.scale.name, size, figures, bars, theirs, True, note)
    )


def _settled(runners: list[tuple[Server, Client, str]]) -> list[tuple[Server, Client, str]]:
    for server, _client, _path in runners:
        settle(*server.pids)
    return runners


def _page(client: Client) -> tuple[str, bytes]:
    found = []
    for path in _CANDIDATES:
        status, page = client.ask(path)
        if status == 200:
            found.append((abs(len(page) - _WEIGHT), path, page))
    _far, path, page = min(found)
    return path, page


def _timed(server: Server, client: Client, path: str, page: bytes) -> Timing:
    """Blocks of the same question; the first is not counted."""
    total = Timing()

    def ask(asked: str) -> None:
        status, got = client.ask(asked)
        if status != 200 or len(got) != len(page):
            raise RuntimeError(f"{asked} antwoordt {status} met {len(got)} bytes")

    for number in range(_ROUNDS):
        until = time.monotonic() + 60
        (total if number else Timing()).add(server, ask, [path] * _BLOCK, until=until)
    return total


def _micro(timing: Timing) -> float:
    return round(timing.cpu / len(timing.seconds) * _MICRO, 1)


@contextmanager
def _nginx(page: bytes) -> Iterator[Server]:
    """Debian's, with this page as a file. Raises Missing when it cannot be had."""
    packages.need("nginx", {"nginx": bool(packages.program("nginx"))})
    folder = Path(tempfile.mkdtemp(prefix="werkplaats-nginx-", dir="/tmp"))
    try:
        # Its workers are another account when it is started as root.
        folder.chmod(0o755)
        (folder / "site").mkdir()
        (folder / "site" / _FILE).write_bytes(page)
        port = free_port()
        text = (_HERE / "nginx-file.conf").read_text().replace("FOLDER", str(folder)).replace("PORT", str(port))
        (folder / "nginx.conf").write_text(text)
        log = folder / "web.log"
        command = [packages.program("nginx"), "-c", folder / "nginx.conf", "-e", folder / "nginx.log"]
        with running(command, log, cwd=folder, env={"PATH": os.environ["PATH"]}) as program:
            wait_for(lambda: answers(port, f"/{_FILE}"), seconds=30, program=program, log=log)
            yield Server("nginx", port, (program.pid,))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
