"""The machine: free ports, programs that stop when we do, what a family of processes costs, and a client."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_TICK = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the name: parent; time of its own (user, system); time of children that ended.
_PARENT, _TIMES = 1, slice(11, 15)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as looking:
        looking.bind((HOST, 0))
        found: int = looking.getsockname()[1]
        return found


@contextmanager
def running(command: Iterable[object], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs meanwhile, and nothing of it afterwards."""
    with log.open("ab") as told:
        asked = [str(word) for word in command]
        started = subprocess.Popen(
            asked, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True, **options
        )
    try:
        yield started
    finally:
        _stop(started)


def _stop(program: subprocess.Popen[bytes]) -> None:
    born = family(program.pid)
    program.terminate()
    try:
        program.wait(timeout=30)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    # A child that outlived it is ours too; a process that got its number since is not.
    for pid, began in born.items():
        if _born(pid) == began:
            os.kill(pid, 9)


def _stat(pid: int | str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _born(pid: int) -> str:
    fields = _stat(pid)
    return fields[19] if fields and fields[0] != "Z" else ""


def family(root: int) -> dict[int, str]:
    """The process and all below it, each with the moment it began."""
    parents = {int(path.name): _stat(path.name) for path in Path("/proc").glob("[0-9]*")}
    found = {root}
    while more := {pid for pid, fields in parents.items() if fields and int(fields[_PARENT]) in found} - found:
        found |= more
    return {pid: _born(pid) for pid in found}


def cpu_seconds(*roots: int) -> float:
    """User and system time so far of these processes, all below them, and their children that ended."""
    ticks = 0
    for root in roots:
        for pid in family(root):
            ticks += sum(map(int, _stat(pid)[_TIMES]))
    return ticks / _TICK


def wait_for(is_ready: Callable[[], bool], *, seconds: float, program: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it is ready; tell what it said when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if program.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{program.args!r} start niet:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def settle(*roots: int, most: float = 60) -> None:
    """Wait until they are at rest: what they still do after being filled is no part of answering."""
    deadline = time.monotonic() + most
    while time.monotonic() < deadline:
        spent = cpu_seconds(*roots)
        time.sleep(1)
        if cpu_seconds(*roots) - spent <= 2 / _TICK:
            return


@dataclass
class Client:
    """One visitor on one connection that is kept open."""

    port: int
    timeout: float = 120
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def ask(
        self, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and page; reconnects when the server closed the line."""
        said = dict(headers or {})
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for last in (False, True):
            if self._line is None:
                self._line = http.client.HTTPConnection(HOST, self.port, timeout=self.timeout)
            try:
                self._line.request("GET" if body is None else "POST", path, body, said)
                answer = self._line.getresponse()
                page = answer.read()
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if last:
                    raise
                continue
            self._remember(answer)
            return answer.status, page
        raise AssertionError

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
        self._line = None

    def _remember(self, answer: http.client.HTTPResponse) -> None:
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = given.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()


def answers(port: int, path: str, *, status: int = 200) -> bool:
    """Whether something there answers as it should."""
    client = Client(port, timeout=5)
    try:
        return client.ask(path)[0] == status
    except OSError:
        return False
    finally:
        client.close()
