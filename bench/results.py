"""Results: one line of JSON for each figure, to read later, and a table to read now."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .stage import ROOT

_FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Bar:
    """Something to reach: how it is called, what was seen, and whether that will do."""

    what: str
    seen: float | None
    met: bool | None


@dataclass(frozen=True)
class Result:
    """One figure at one size. ``named``: the bar was set for this size; at another it says only where we are."""

    name: str
    what: str
    scale: str
    size: int
    figures: dict[str, Any]
    bars: list[Bar] = field(default_factory=list)
    peer: dict[str, Any] = field(default_factory=dict)
    named: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether all bars are reached; unknown when one is."""
        known = [bar.met for bar in self.bars]
        if False in known:
            return False
        return None if None in known or not known else True


def most(what: str, seen: float | None, limit: float) -> Bar:
    """A bar that is reached at or below the limit."""
    return Bar(what, seen, None if seen is None else seen <= limit)


def least(what: str, seen: float | None, limit: float) -> Bar:
    """A bar that is reached at or above the limit."""
    return Bar(what, seen, None if seen is None else seen >= limit)


def keep(result: Result) -> Result:
    """Print the line and add it to the file of this figure."""
    made = asdict(result)
    line = {**made.pop("figures"), **made, "met": result.met, "machine": _machine(), "version": _version()}
    order = ("name", "what", "scale", "size", "named", "n", "median_ms", "p95_ms", "cpu_ms", "peer", "bars", "met")
    first = {name: line.pop(name) for name in order if name in line}
    text = json.dumps({**first, **line, "date": datetime.now(UTC).isoformat(timespec="seconds")}, ensure_ascii=False)
    print(text, flush=True)
    _FOLDER.mkdir(exist_ok=True)
    with (_FOLDER / f"{result.name.lower()}.jsonl").open("a") as file:
        file.write(text + "\n")
    return result


def kept() -> list[dict[str, Any]]:
    """All lines so far, of each figure at each size the last one."""
    last: dict[tuple[Any, ...], dict[str, Any]] = {}
    for path in sorted(_FOLDER.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            found = json.loads(line)
            last[found["name"], found["what"], found["size"]] = found
    return sorted(last.values(), key=lambda found: (found["name"], found["what"], found["size"]))


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.machine(),
        "load": round(os.getloadavg()[0], 2),
    }


def _version() -> str:
    """Which code this was; with a plus when it was being worked on."""
    asked = ["git", "-c", f"safe.directory={ROOT}", "describe", "--always", "--dirty=+"]
    try:
        return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
