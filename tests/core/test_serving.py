"""The website and what runs beside it, as one command: it starts again what dies, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest


def until(done: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Look twenty times a second; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, what
        threading.Event().wait(0.05)


def _running(folder: Path) -> Iterator[tuple[int, bytes]]:
    """Processes that were started with this data folder, with their commands."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                ours = f"WERKPLAATS_DATA={folder}".encode() in (process / "environ").read_bytes().split(b"\0")
                if ours and (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    yield int(process.name), (process / "cmdline").read_bytes()
            except OSError:
                continue


def followers_of(folder: Path) -> set[int]:
    """The processes that follow into this data folder."""
    return {pid for pid, command in _running(folder) if b"follow" in command.split(b"\0")}


def answers(port: int) -> bool:
    """Whether the website is up, and its database."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/gezond/klaar", timeout=5) as response:
            return response.read().strip() == b"ok"
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(folder: Path) -> set[int]:
    """All processes with this data folder, but for the test itself."""
    return {pid for pid, _command in _running(folder)}


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[None]:
    """Whatever happens, nothing keeps running after the test."""
    yield
    for pid in processes_of(tmp_path):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_follower_is_started_again_and_ends_with_the_website(
    environment: dict[str, str], tmp_path: Path, clean: None, ending: signal.Signals
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "werkplaats.config.cli", "serve", "--port", str(port)]
    one_worker = {**environment, "WERKPLAATS_WORKERS": "1"}
    serving = subprocess.Popen(command, env=one_worker, stdout=subprocess.DEVNULL, start_new_session=True)
    until(lambda: answers(port), "the website does not answer")
    until(lambda: len(followers_of(tmp_path)) == 1, "nobody follows")
    until((tmp_path / "search" / "state.json").exists, "there is no index")
    (first,) = followers_of(tmp_path)
    os.kill(first, signal.SIGKILL)
    until(lambda: bool(followers_of(tmp_path) - {first}), "the follower was not started again")
    assert answers(port)
    serving.send_signal(ending)
    serving.wait(30)
    until(lambda: not followers_of(tmp_path), "the follower stayed behind")
    until(lambda: not processes_of(tmp_path), "something stayed behind")


def workers_of(serving: subprocess.Popen[bytes]) -> set[int]:
    """The web workers: forked by the server, so with the words it was started with."""
    words = Path(f"/proc/{serving.pid}/cmdline").read_bytes()
    found = set()
    for child in Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text().split():
        with suppress(OSError):
            if Path(f"/proc/{child}/cmdline").read_bytes() == words:
                found.add(int(child))
    return found


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """The site with two web workers, not yet ready."""
    command = [sys.executable, "-m", "werkplaats.config.cli", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("moment", "everyone"), [("a worker begins", False), ("both begin", True), ("asked a lot", False), ("idle", True)]
)
def test_it_stops_whenever_it_is_told(
    environment: dict[str, str], tmp_path: Path, clean: None, moment: str, everyone: bool
) -> None:
    """A worker that began used to take the signal for its parent's, and one that is told twice never stopped."""
    port, stop = free_port(), threading.Event()
    serving = start(environment, port)
    until(lambda: len(workers_of(serving)) >= (2 if moment == "both begin" else 1), "no worker")
    if moment in {"asked a lot", "idle"}:
        until(lambda: answers(port), "the website does not answer")
    if moment == "asked a lot":
        asking = [
            threading.Thread(target=lambda: until(lambda: stop.is_set() or not answers(port), "")) for _ in "abcd"
        ]
        for one in asking:
            one.start()
    for pid in processes_of(tmp_path) if everyone else [serving.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    begun = time.monotonic()
    assert serving.wait(30) == 0
    assert time.monotonic() - begun < 15
    assert not processes_of(tmp_path)
    stop.set()


@pytest.mark.django_db(transaction=True)
def test_a_web_worker_that_dies_is_started_again_time_and_again(
    environment: dict[str, str], tmp_path: Path, clean: None
) -> None:
    port = free_port()
    serving = start(environment, port)
    for _time in range(4):
        until(lambda: len(workers_of(serving)) == 2 and answers(port), "the website does not answer")
        dies = min(workers_of(serving))
        os.kill(dies, signal.SIGKILL)
        until(lambda dies=dies: dies not in workers_of(serving), "it lives on")  # type: ignore[misc]
    until(lambda: len(workers_of(serving)) == 2 and answers(port), "the website does not answer")
    assert serving.poll() is None
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(30) == 0


def test_the_solver_is_loaded_beside_the_first_visit_and_not_by_it(environment: dict[str, str]) -> None:
    """What a worker of the server does: the site is ready first, then the solver comes in a thread of its own."""
    said = (
        "import sys, threading; import werkplaats.config.wsgi; print('scipy' in sys.modules)\n"
        "import os; from werkplaats.config import serving; serving._application(os.getppid())\n"
        "[one.join(60) for one in threading.enumerate() if one.name == 'warm']; print('scipy.optimize' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True)
    assert answer.stdout.split() == ["False", "True"], answer.stderr
