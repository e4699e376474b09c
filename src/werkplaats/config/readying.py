"""Whether there is something to serve, and the demonstration that prepares itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

# Apart from what an installation keeps: examples never get among what people wrote.
_DEMO_FOLDER = "werkplaats-demo"
_OWN = ("WERKPLAATS_DATA", "WERKPLAATS_DATABASE")


class NotReady(Exception):
    """There is nothing to serve yet; says in Dutch what to do."""


def ready_demo(address: str) -> None:
    """Prepare the demonstration and load its examples, once a version; say how to sign in.

    Raises NotReady when the environment points at an installation that is no demonstration.
    """
    own = [name for name in _OWN if os.environ.get(name)]
    if own and os.environ.get("WERKPLAATS_DEMO", "") in {"", "0"}:
        raise NotReady(
            f"{' en '.join(own)} wijst een eigen installatie aan. In een demonstratie kan iedereen inloggen.\n"
            f"Zet WERKPLAATS_DEMO=1 als dit er een mag worden, of maak {' en '.join(own)} leeg."
        )
    os.environ["WERKPLAATS_DEMO"] = "1"
    os.environ.setdefault("WERKPLAATS_ADDRESS", address)
    folder = Path(os.environ.setdefault("WERKPLAATS_DATA", str(Path(_DEMO_FOLDER).absolute())))
    kept = folder / "demo.json"
    made = _made(kept)
    wanted = {"version": version("werkplaats"), "database": os.environ.get("WERKPLAATS_DATABASE", "")}
    if {name: made.get(name) for name in wanted} != wanted:
        print("De demonstratie wordt klaargezet; de eerste keer duurt dat even ...", flush=True)
        _run("prepare")
        wanted["told"] = _run("demo").replace("Demonstratie laden ...\n", "")
        kept.write_text(json.dumps(wanted))
        made = wanted
    print(made["told"], end="", flush=True)


def _made(kept: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(kept.read_text())
    except (OSError, ValueError):
        return {}
    return found


def _run(word: str) -> str:
    """One command in a process of its own, so that what it loads is gone before the site is; what it said."""
    command = [sys.executable, "-m", "werkplaats.config.cli", word]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise NotReady("De demonstratie kon niet worden klaargezet; hierboven staat waarom.")
    return done.stdout


def check_prepared() -> None:
    """Raise NotReady when the database is empty. One that is away now is no reason not to start."""
    from django.conf import settings
    from django.db import Error, connection
    from django.db.migrations.recorder import MigrationRecorder

    try:
        if MigrationRecorder(connection).has_table():
            return
    except Error:
        return
    finally:
        connection.close()
    raise NotReady(
        f"Er is hier nog niets klaargezet (gegevensmap: {settings.DATA}).\n"
        "  Alleen kijken?        werkplaats serve --demo\n"
        "  Een eigen site?       werkplaats prepare, en daarna de gemeenten, werkplaatsen en uw account;\n"
        "                        met werkplaats --help ziet u de opdrachten\n"
        "  Staat zij elders al?  Zet WERKPLAATS_DATA op haar gegevensmap."
    )
