"""What can be broken and mended: the website with all beside it, a PostgreSQL, a mail server."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.machine import answers, family, free_port
from tests.node import node
from tests.postgres import programs

ROOT = Path(__file__).parents[1]
READY = "/gezond/klaar"


def until(done: Callable[[], bool], what: str, seconds: float = 120) -> float:
    """Wait; the seconds it took. Raises AssertionError when it does not come."""
    begun = time.monotonic()
    while not done():
        assert time.monotonic() - begun < seconds, what
        time.sleep(0.05)
    return time.monotonic() - begun


class Postgres:
    """A database server that keeps what it said it kept, also when it is killed."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="werkplaats-torture-", dir="/tmp"))
        self.port = free_port()
        root = os.geteuid() == 0
        self.who: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
        if root:
            shutil.chown(self.folder, "postgres", "postgres")
        self.who |= {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
        make = [programs() / "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **self.who)
        self.start()
        known = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "werkplaats"]
        subprocess.run([programs() / "createdb", *known], check=True, **self.who)
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/werkplaats"

    def start(self) -> None:
        """Begin, after a kill by way of its own repair."""
        settings = ["listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}"]
        command = [programs() / "postgres", "-D", "data", *(word for one in settings for word in ("-c", one))]
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **self.who)
        ready = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]
        until(lambda: subprocess.run(ready, **self.who).returncode == 0, "PostgreSQL start niet")

    def kill(self) -> None:
        """kill -9, all of it."""
        for pid in family(self.running.pid):
            _kill(pid)
        self.running.wait()

    def remove(self) -> None:
        """Nothing of it stays."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Post:
    """A mail server that can be away, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.times = folder, free_port(), 0
        self.start()

    def start(self) -> None:
        """Take mail again."""
        self.times += 1
        kept = self.folder / f"mail{self.times}"
        kept.mkdir()
        command = [node(), str(ROOT / "tests/mail_sink.mjs"), str(kept), str(self.port)]
        self.running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        assert self.running.stdout
        assert self.running.stdout.readline().strip(), "de mailserver start niet"

    def stop(self) -> None:
        """Be away."""
        self.running.kill()
        self.running.communicate()

    def taken(self) -> list[str]:
        """To whom a mail came in, as often as one did."""
        lines = [path.read_text(errors="replace") for path in self.folder.glob("mail*/*.eml")]
        return [line.partition("\n")[0].partition(":")[2].strip() for line in lines]


class Site:
    """``werkplaats serve`` with a data folder and a database of its own."""

    def __init__(self, folder: Path, *, database: str = "", mail: str = "", **more: str) -> None:
        self.folder, self.port = folder, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WERKPLAATS_", "DJANGO_"))}
        self.environment = {
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "WERKPLAATS_DATA": str(folder),
            "WERKPLAATS_DATABASE": database,
            "WERKPLAATS_MAIL": mail,
            "WERKPLAATS_DEMO": "1",
            # Every client here comes by one address; one trusted proxy lets each have its own.
            "WERKPLAATS_PROXIES": "1",
            "WERKPLAATS_ADDRESS": f"http://127.0.0.1:{self.port}",
            **more,
        }
        self.running: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> str:
        """What one command says."""
        command = [sys.executable, "-m", "werkplaats.config.cli", *words]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def start(self, **options: Any) -> float:
        """Serve; the seconds until it answers."""
        command = [sys.executable, "-m", "werkplaats.config.cli", "serve", "--port", str(self.port)]
        with (self.folder / "serve.log").open("ab") as log:
            self.running = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True, **options
            )
        return until(self.is_ready, "de site antwoordt niet")

    def is_ready(self) -> bool:
        """Whether it answers, and its database."""
        return answers(self.port, READY)

    def pids(self, kind: str) -> list[int]:
        """Its processes: "web", "volger", "verzender", or "serve", the one that watches."""
        assert self.running
        words = {"volger": b"follow", "verzender": b"tasks"}
        found = []
        for pid in family(self.running.pid):
            try:
                told = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            is_it = (
                words[kind] in told
                if kind in words
                else b"serve" in told and (pid == self.running.pid) != (kind == "web")
            )
            if is_it:
                found.append(pid)
        return found

    def kill(self, kind: str) -> int:
        """kill -9 one of that kind; how many there were."""
        found = self.pids(kind)
        for pid in found[:1]:
            _kill(pid)
        if kind == "serve" and self.running:
            self.running.wait()
        return len(found)

    def stop(self) -> None:
        """As an operator does."""
        if self.running and self.running.poll() is None:
            self.running.terminate()
            self.running.wait(60)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
