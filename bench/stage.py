"""What the figures share: how large, how long, and an installation filled with so many texts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The command that users run, of the environment that runs this.
PROGRAM = Path(sys.executable).with_name("werkplaats")


@dataclass(frozen=True)
class Scale:
    """``sizes``: entries, and ten times as many; ``peer``: the size that others are measured at."""

    name: str
    sizes: tuple[int, int]
    peer: int
    # Most seconds that one measurement takes at one size, ours or a peer's; it then stops with what it has.
    seconds: float


SCALES = {
    scale.name: scale
    for scale in (
        Scale("tenth", (1_000, 10_000), peer=10_000, seconds=50),
        Scale("1", (10_000, 100_000), peer=100_000, seconds=150),
        # WordPress is not asked for a million: a round of its searches would take hours.
        Scale("full", (100_000, 1_000_000), peer=100_000, seconds=240),
    )
}


def say(text: str) -> None:
    """Tell what is going on, beside the results."""
    print(text, file=sys.stderr, flush=True)


@dataclass
class Stage:
    """Folders of data in one place that is removed at the end."""

    scale: Scale
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="werkplaats-bench-")))
    _filled: dict[tuple[int, str], Path] = field(default_factory=dict)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def stocked(self, count: int, stock: str = "bench.stock") -> Path:
        """The data folder of an installation with this many texts, filled by this module; made once."""
        key = (count, stock)
        if key not in self._filled:
            begun = time.monotonic()
            data = self.folder / f"{stock}-{count}"
            shutil.copytree(self._empty(), data)
            self._run(data, sys.executable, "-m", stock, str(count))
            self._filled[key] = data
            say(f"{count} vermeldingen klaar in {time.monotonic() - begun:.0f} s")
        return self._filled[key]

    def _empty(self) -> Path:
        """An installation with the demonstration only: its themes, werkplaatsen and municipalities."""
        data = self.folder / "demo"
        if not data.exists():
            say("Installatie klaarzetten ...")
            self._run(data, PROGRAM, "prepare")
            self._run(data, PROGRAM, "demo")
        return data

    def _run(self, data: Path, *command: str | Path) -> None:
        subprocess.run(command, cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL)


def environment(data: Path, **more: str) -> dict[str, str]:
    """Settings of an installation of our own, whatever the settings of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WERKPLAATS_")}
    # One machine asks here what takes hundreds of visitors elsewhere.
    alone = {"WERKPLAATS_UNCOUNTED": "127.0.0.1"}
    return {**kept, **alone, "WERKPLAATS_DATA": str(data), "WERKPLAATS_DEMO": "1", **more}
