"""Break things and look: ``python -m torture [ROUNDS]``; writes the table in docs/betrouwbaarheid.md."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from .breakable import ROOT, Post, Postgres, Site
from .rounds import Trial, conflict, database_away, disk_full, index_broken, kills, mail_away, together

REPORT = ROOT / "docs/betrouwbaarheid.md"
_BEGIN, _END = "<!-- gemaakt door make torture -->", "<!-- einde -->"


def run(rounds: int, *, sqlite: bool = True, say: Callable[[str], None] = lambda _text: None) -> list[Trial]:
    """All trials. What is wrong stands in the faults of each; an error of a trial is one of its faults."""
    folder, trials = Path(tempfile.mkdtemp(prefix="werkplaats-torture-")), []
    folder.chmod(0o755)
    postgres = Postgres()
    posts, sites = [], []

    def tried(bar: str, what: str, trial: Callable[[], Trial]) -> None:
        say(f"{bar} {what} ...")
        try:
            made = trial()
        except Exception as error:
            made = Trial(bar, what, "", [f"{type(error).__name__}: {error}"])
        trials.append(made)
        say(f"   {made.seen} {made.faults or 'goed'}")

    def ready(name: str, database: str) -> tuple[Site, Post]:
        own = folder / name
        own.mkdir()
        posts.append(Post(own))
        sites.append(Site(own, database=database, mail=f"smtp://127.0.0.1:{posts[-1].port}"))
        sites[-1].command("prepare")
        sites[-1].command("demo")
        return sites[-1], posts[-1]

    try:
        site, post = ready("postgres", postgres.url)
        site.start()
        tried("R7", "tegelijk", lambda: together(site))
        tried("R7", "twee redacteuren", lambda: conflict(site))
        tried("R5", "database weg", lambda: database_away(site, postgres))
        tried("R5", "zoekindex stuk", lambda: index_broken(site))
        tried("R5", "mailserver weg", lambda: mail_away(site, post))
        tried("R1", "PostgreSQL", lambda: kills(site, post, postgres, rounds))
        site.stop()
        if sqlite:
            light, light_post = ready("sqlite", "")
            tried("R5", "schijf vol", lambda: disk_full(light.folder))
            light.start()
            tried("R1", "SQLite", lambda: kills(light, light_post, None, rounds))
            light.stop()
    finally:
        for one in sites:
            one.stop()
        for one in posts:
            one.stop()
        postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)
    return trials


def table(trials: list[Trial]) -> str:
    """The trials as Markdown."""
    rows = [("eis", "beproeving", "gezien", "gehaald"), ("---",) * 4]
    rows += [
        (one.bar, one.what, one.seen, "ja" if not one.faults else f"nee: {'; '.join(one.faults[:5])}") for one in trials
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _keep(made: str) -> None:
    before, _begin, rest = REPORT.read_text().partition(_BEGIN)
    REPORT.write_text(f"{before}{_BEGIN}\n\n{made}\n\n{_END}{rest.partition(_END)[2]}")


def main() -> int:
    """Try everything, write the table; 1 when something did not hold."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: sys.exit(128 + got))
    begun = time.monotonic()
    trials = run(rounds, say=lambda text: print(text, flush=True))
    load = os.getloadavg()[0]
    where = f"{os.cpu_count()} kernen, Python {platform.python_version()}, belasting {load:.0f} aan het eind"
    told = f"Op {datetime.now(UTC):%Y-%m-%d}, in {time.monotonic() - begun:.0f} s, {where}."
    _keep(f"{table(trials)}\n\n{told}")
    print(table(trials))
    return 1 if any(one.faults for one in trials) else 0


if __name__ == "__main__":
    sys.exit(main())
