"""The website and what runs beside it, as one command: what dies is started again, and nothing stays behind.

This process only watches. It forks the web workers, which share what it loaded, and starts beside them what keeps the
index and what does the waiting work, as programs of their own.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from werkplaats.config import readying

# A process that dies at once is not started again at once.
_PAUSE_SECONDS = 1.0
# How long what runs may take to end what it is at; then it is ended.
_PATIENCE_SECONDS = 8
_LOOK_SECONDS = 0.2
_STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
# What runs beside the website, as words of the command line.
_BESIDE = (("catalogue", "follow"), ("tasks", "work"))


def serve(host: str, port: int) -> int:
    """Serve until stopped; the answer is the exit code."""
    if not _is_free(host, port):
        print(f"Poort {port} is bezet. Kies een andere, bijvoorbeeld PORT={port + 1}.", file=sys.stderr)
        return 1
    _workers()
    _load()
    readying.check_prepared()
    print(f"Werkplaats staat op http://{host}:{port}/ (stoppen: Ctrl+C)", flush=True)
    asked = threading.Event()
    with ExitStack() as stack:
        for words in _BESIDE:
            command = [sys.executable, "-m", "werkplaats.config.cli", *words, "--beside", str(os.getpid())]
            stack.enter_context(_kept_running(command))
        while not asked.is_set():
            # It ends, too, when a worker dies time and again: then once more, after a pause.
            with suppress(SystemExit):
                _web(host, port, asked)
            asked.wait(_PAUSE_SECONDS)
    return 0


def leave_when_told() -> None:
    """A signal to stop ends this process in good order, from the first moment."""
    for one in _STOPS:
        signal.signal(one, lambda _number, _frame: sys.exit(0))


def _workers() -> int:
    wanted = os.environ.get("WERKPLAATS_WORKERS") or "2"
    if not wanted.isascii() or not wanted.isdigit() or int(wanted) < 1:
        raise readying.NotReady(f"WERKPLAATS_WORKERS is een aantal processen, bijvoorbeeld 2, en niet {wanted!r}.")
    return int(wanted)


def _load() -> None:
    """Load the site once, before the workers are forked: they share its memory, and are ready at once."""
    import django

    django.setup()
    import werkplaats.config.urls  # noqa: F401

    gc.collect()
    gc.freeze()


def _web(host: str, port: int, asked: threading.Event) -> None:
    """The web workers, until ``asked`` is set by a signal or they cannot be kept alive."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "werkplaats.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_workers(),
        blocking_threads=4,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE_SECONDS + 2,
    )
    server.on_startup(partial(_heed, server, asked))
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def _heed(server: Any, asked: threading.Event) -> None:
    """Stop when told, also while a worker is being started again: the server may forget it then (granian 2.8.7)."""

    def stop(_number: int, _frame: Any) -> None:
        asked.set()

    def insist() -> None:
        asked.wait()
        while True:
            server.signal_handler_interrupt()
            time.sleep(_LOOK_SECONDS)

    for one in _STOPS:
        signal.signal(one, stop)
    threading.Thread(target=insist, daemon=True).start()


def told_to_stop(beside: int | None) -> Callable[[], bool]:
    """Whether this process was asked to stop, or lost the one it runs beside (its process number)."""
    parent = beside or os.getppid()
    asked = threading.Event()
    for one in _STOPS:
        signal.signal(one, lambda _number, _frame: asked.set())
    return lambda: asked.is_set() or os.getppid() != parent


@contextmanager
def _kept_running(command: Sequence[str]) -> Iterator[None]:
    """A process beside ours, started again when it dies. It ends with us, also when we are killed: it watches."""
    stopping, spawning = threading.Event(), threading.Lock()
    running: list[int] = []

    def keep() -> None:
        while True:
            with spawning:
                if stopping.is_set():
                    return
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
        with spawning:
            stopping.set()
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in list(running):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
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


# A worker is forked with stop signals held back: one that came before the worker could listen would be lost, and the
# worker would never stop. Its own thread takes them, see _mind.
os.register_at_fork(
    before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, _STOPS),
    after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, _STOPS),
)


def _application(parent: int) -> Callable[..., object]:
    """The site, in a worker process of the server."""
    # Out of the group of the terminal: it is told to stop by the server.
    os.setpgid(0, 0)
    threading.Thread(target=_mind, args=(parent, signal.getsignal(signal.SIGTERM)), daemon=True).start()
    from werkplaats.config.wsgi import application

    threading.Thread(target=_warm, name="warm", daemon=True).start()
    return application


def _mind(parent: int, inherited: Any) -> None:
    """End this worker when it is told to stop, or has lost its parent; once, however often it is told.

    A worker that is told twice never stops (granian 2.8.7): that happens with Ctrl+C, and with service managers that
    tell every process. So only this thread hears signals.
    """
    while not signal.sigpending() & _STOPS and os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    stop = signal.getsignal(signal.SIGTERM)
    if callable(stop) and stop is not inherited:
        stop(signal.SIGTERM, None)
        time.sleep(_PATIENCE_SECONDS)
    os._exit(0)


def _warm() -> None:
    """Load what planning reckons with: more than a second, which no visitor has to wait for."""
    from werkplaats.stats import location

    location.load()
