"""A PostgreSQL that lives as long as one command.

    python tests/postgres.py -- COMMAND ...

Makes a database server in a folder of its own, tells the command where in WERKPLAATS_DATABASE, and afterwards
removes all of it; the answer is the exit code of the command.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Nothing here is worth keeping, so nothing needs to reach the disk.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs() -> Path:
    """The folder with PostgreSQL's programs, 15 before any other; Debian does not put it on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3] != "15")
    if not found:
        sys.exit("PostgreSQL ontbreekt; installeer het met: apt install postgresql")
    return found[0].parent


@contextmanager
def server() -> Iterator[str]:
    """A running server with an empty database; gives its address."""
    here = programs()
    # PostgreSQL refuses to run as root: then it runs as the user that Debian made for it.
    root = os.geteuid() == 0
    who: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
    # Not where TMPDIR points: that may be a folder only root can enter.
    folder = Path(tempfile.mkdtemp(prefix="werkplaats-pg-", dir="/tmp"))
    if root:
        shutil.chown(folder, "postgres", "postgres")
    who |= {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, "stdin": subprocess.DEVNULL}
    running = None
    try:
        initdb = [here / "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **who)
        running, port = _start(here, folder, who)
        subprocess.run([here / "createdb", "-h", folder, "-p", port, "-U", "postgres", "werkplaats"], check=True, **who)
        yield f"postgresql://postgres@127.0.0.1:{port}/werkplaats"
    finally:
        if running:
            # Its "immediate" stop: at once, without tidying up.
            running.send_signal(signal.SIGQUIT)
            running.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(here: Path, folder: Path, who: dict[str, Any]) -> tuple[subprocess.Popen[bytes], str]:
    # Another program may take the port between looking and starting; then once more.
    for _attempt in range(5):
        with socket.socket() as looking:
            looking.bind(("127.0.0.1", 0))
            port = str(looking.getsockname()[1])
        settings = [*HASTY, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
        command = [here / "postgres", "-D", "data", *(word for setting in settings for word in ("-c", setting))]
        with (folder / "log").open("wb") as log:
            # A group of its own, so that Ctrl+C reaches the tests first and the server only at the end.
            running = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **who)
        ready = [here / "pg_isready", "-q", "-h", folder, "-p", port]
        deadline = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < deadline:
            if subprocess.run(ready, **who).returncode == 0:
                return running, port
            time.sleep(0.05)
        running.kill()
        running.wait()
    sys.exit(f"PostgreSQL start niet:\n{(folder / 'log').read_text()}")


def main() -> int:
    """Run the command with a server beside it."""
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        del command[0]
    if not command:
        sys.exit(__doc__)
    # Leave by way of the tidying up, whoever ends us.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: sys.exit(128 + got))
    with server() as url:
        child = subprocess.Popen(command, env={**os.environ, "WERKPLAATS_DATABASE": url})
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal told the command too; it may say its last words.
            return child.wait(timeout=15)
        finally:
            child.terminate()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
