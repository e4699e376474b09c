"""The peer: Debian's WordPress with MariaDB, nginx and PHP-FPM, in a folder of its own on this machine only.

Nothing of the machine's own servers or settings is used or changed, and all of it is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import packages
from .machine import HOST, answers, free_port, running, wait_for
from .serving import Server
from .stage import say
from .stock import Values
from .wordpress_stock import load

_HERE = Path(__file__).parent / "peer"
_DEBIAN = Path("/usr/share/wordpress")
_THEME = "twentytwentythree"
# Debian's account for web servers: neither MariaDB nor PHP likes to be root.
_ACCOUNT = "www-data"
# Room for all of it, so that the disk is not what is measured.
_MARIA = (
    "--no-defaults", "--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=2", "--skip-networking",
    "--skip-log-bin", "--innodb-log-file-size=512M", "--character-set-server=utf8mb4",
)  # fmt: skip


@dataclass
class _Place:
    """A folder, a port and as whom programs run there."""

    folder: Path
    port: int
    who: dict[str, Any]

    def fill_in(self, name: str, target: Path) -> Path:
        """A file of ours with this place written in it."""
        text = (_HERE / name).read_text().replace("FOLDER", str(self.folder)).replace("PORT", str(self.port))
        target.write_text(text)
        return target

    def run(self, *command: object, given: str | None = None, cwd: Path | None = None) -> str:
        """Let a program do its work; tells what it said when it fails."""
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(word) for word in command],
            input=given, text=True, capture_output=True, timeout=900, check=False, cwd=cwd or self.folder, **self.who,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def sql(self, statements: str) -> str:
        """Ask the database."""
        client = packages.program("mariadb", "mysql")
        return self.run(client, "--no-defaults", f"--socket={self.folder}/maria.sock", "-u", "root", given=statements)


@contextmanager
def wordpress(count: int, values: Values) -> Iterator[Server]:
    """A WordPress with the first ``count`` texts. Raises Missing when it cannot be had."""
    _need()
    root = os.geteuid() == 0
    # Not where TMPDIR points: that may be a folder only root can enter.
    folder = Path(tempfile.mkdtemp(prefix="werkplaats-wp-", dir="/tmp"))
    who: dict[str, Any] = {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []} if root else {}
    place = _Place(folder, free_port(), who | {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}})
    try:
        if root:
            shutil.chown(folder, _ACCOUNT, _ACCOUNT)
        with ExitStack() as stack:
            say(f"WordPress met {count} berichten klaarzetten ...")
            maria = _database(place, stack)
            version = _site(place)
            web = _web(place, stack)
            load(count, values, folder / "load", place.sql)
            yield Server(f"WordPress {version}", place.port, (maria, *web))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _need() -> None:
    packages.need(
        "WordPress",
        {
            "wordpress": (_DEBIAN / "wp-load.php").exists(),
            "wordpress-theme-twentytwentythree": (_DEBIAN / "wp-content" / "themes" / _THEME).exists(),
            "mariadb-server-core": bool(packages.program("mariadbd")),
            "mariadb-client-core": bool(packages.program("mariadb")),
            "nginx": bool(packages.program("nginx")),
            "php": bool(packages.program("php")),
            "php-fpm": bool(packages.php_fpm()),
            "php-mysql": any(Path("/usr/lib/php").glob("*/mysqli.so")),
        },
    )


def _database(place: _Place, stack: ExitStack) -> int:
    """MariaDB with an empty database; its process."""
    data, log = place.folder / "maria", place.folder / "maria.log"
    place.run(
        packages.program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", "--skip-test-db",
        "--auth-root-authentication-method=normal",
    )  # fmt: skip
    command = [
        packages.program("mariadbd"), *_MARIA, f"--datadir={data}",
        f"--socket={place.folder}/maria.sock", f"--pid-file={place.folder}/maria.pid", f"--tmpdir={place.folder}",
    ]  # fmt: skip
    program = stack.enter_context(running(command, log, cwd=place.folder, **place.who))
    wait_for((place.folder / "maria.sock").exists, seconds=120, program=program, log=log)
    place.sql(
        "CREATE DATABASE wordpress; CREATE USER wordpress@localhost; GRANT ALL ON wordpress.* TO wordpress@localhost;"
    )
    return program.pid


def _site(place: _Place) -> str:
    """A copy of Debian's files, installed by WordPress itself; its version."""
    site = place.folder / "site"
    # Links lead to Debian's own settings and files elsewhere.
    shutil.copytree(_DEBIAN, site, ignore=shutil.ignore_patterns(".htaccess", "wp-config.php", "languages"))
    place.fill_in("wp-config.php", site / "wp-config.php")
    place.fill_in("install.php", site / "install.php")
    plugins = site / "wp-content" / "mu-plugins"
    plugins.mkdir(exist_ok=True)
    place.fill_in("facets.php", plugins / "facets.php")
    version = place.run(packages.program("php"), "install.php", f"{HOST}:{place.port}", cwd=site).split()[-1]
    (site / "install.php").unlink()
    return version


def _web(place: _Place, stack: ExitStack) -> list[int]:
    """PHP and nginx; their processes."""
    pids = []
    php = place.fill_in("php-fpm.conf", place.folder / "php-fpm.conf")
    nginx = place.fill_in("nginx.conf", place.folder / "nginx.conf")
    log = place.folder / "web.log"
    for command in (
        [packages.php_fpm(), "--nodaemonize", "--fpm-config", php],
        [packages.program("nginx"), "-c", nginx, "-e", place.folder / "nginx.log"],
    ):
        program = stack.enter_context(running(command, log, cwd=place.folder, **place.who))
        pids.append(program.pid)
    wait_for(lambda: answers(place.port, "/"), seconds=60, program=program, log=log)
    return pids
