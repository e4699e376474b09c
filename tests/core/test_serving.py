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
    # A server that is killed cannot end its own workers; ending them is for who started it.
    assert ending is signal.SIGKILL or not processes_of(tmp_path)


def test_the_solver_is_loaded_beside_the_first_visit_and_not_by_it(environment: dict[str, str]) -> None:
    """What a worker of the server does: the site is ready first, then the solver comes in a thread of its own."""
    said = (
        "import sys, threading; import werkplaats.config.wsgi; print('scipy' in sys.modules)\n"
        "from werkplaats.config import serving; serving._application()\n"
        "[one.join(60) for one in threading.enumerate() if one.daemon]; print('scipy.optimize' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True)
    assert answer.stdout.split() == ["False", "True"], answer.stderr
