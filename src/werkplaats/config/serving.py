"""The website and what runs beside it, as one command."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# A process that dies at once is not started again at once.
_PAUSE_SECONDS = 1.0
# It ends by itself when we are gone; this long we wait to see it end.
_PATIENCE_SECONDS = 10.0


def serve(host: str, port: int) -> int:
    """Serve until stopped; the answer is the exit code."""
    if not _is_free(host, port):
        print(f"Poort {port} is bezet. Kies een andere, bijvoorbeeld PORT={port + 1}.", file=sys.stderr)
        return 1
    from granian.constants import Interfaces
    from granian.server import Server

    print(f"Werkplaats staat op http://{host}:{port}/ (stoppen: Ctrl+C)", flush=True)
    follow = [sys.executable, "-m", "werkplaats.config.cli", "catalogue", "follow", "--beside", str(os.getpid())]
    with _kept_running(follow):
        Server(
            "werkplaats.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=int(os.environ.get("WERKPLAATS_WORKERS", "2")),
            blocking_threads=4,
            log_level="warning",
        ).serve(target_loader=_application, wrap_loader=False)
    return 0


def told_to_stop(beside: int | None) -> Callable[[], bool]:
    """Whether this process was asked to stop, or lost the one it runs beside (its process number)."""
    parent = beside or os.getppid()
    asked = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda _number, _frame: asked.set())
    return lambda: asked.is_set() or os.getppid() != parent


@contextmanager
def _kept_running(command: list[str]) -> Iterator[None]:
    """A process beside ours, started again when it dies. It ends with us, also when we are killed: it watches."""
    stopping = threading.Event()
    running: list[int] = []

    def keep() -> None:
        while not stopping.is_set():
            # Not by subprocess: it waits for the end of a pipe that a worker of the server, forked at that moment,
            # keeps open for ever. In a session of its own, so that Ctrl+C reaches it through us and not twice.
            running[:] = [os.posix_spawn(command[0], command, os.environ, setsid=True)]
            os.waitpid(running[0], 0)
            running.clear()
            stopping.wait(_PAUSE_SECONDS)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        keeper.join(_PATIENCE_SECONDS)


def _is_free(host: str, port: int) -> bool:
    """Whether nobody listens there; the server itself would share a port with another Werkplaats, unnoticed."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _application() -> Callable[..., object]:
    """The site, loaded in a worker process of the server.

    Ctrl+C goes to every process of the terminal's group, and a worker that is told to stop twice, by the terminal
    and by the server, never stops (granian 2.8.7). Outside that group it is told once.
    """
    os.setpgid(0, 0)
    from werkplaats.config.wsgi import application

    threading.Thread(target=_warm, daemon=True).start()
    return application


def _warm() -> None:
    """Load what planning reckons with: more than a second, which no visitor has to wait for."""
    from werkplaats.stats import location

    location.load()
