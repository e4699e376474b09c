"""Measure: ``python -m bench [P3 P4 KETEN ...]``, all when none is named; SCALE=tenth (default), 1 or full."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable

from . import p1_hot, p2_cold, p3_search, p4_answers, p11_start, report, trails
from .results import Result, kept
from .stage import PROGRAM, SCALES, Scale, Stage, say

FIGURES: dict[str, Callable[[Stage], list[Result]]] = {
    "P1": p1_hot.run,
    "P2": p2_cold.run,
    "P3": p3_search.run,
    "P4": p4_answers.run,
    "P11": p11_start.run,
    "KETEN": trails.run,
}


def main() -> int:
    """Measure what is asked and show the table. A bar that is not reached is a result, not an error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Meet snelheid en schaal.")
    parser.add_argument("figures", nargs="*", type=str.upper, metavar="CIJFER", help=f"uit: {', '.join(FIGURES)}")
    asked = parser.parse_args().figures or list(FIGURES)
    unknown = [name for name in asked if name not in FIGURES]
    name = os.environ.get("SCALE") or "tenth"
    if unknown or name not in SCALES:
        parser.error(f"kies uit {', '.join(FIGURES)}, en SCALE uit {', '.join(SCALES)}")
    if not PROGRAM.exists():
        parser.error("Werkplaats staat niet in deze omgeving: gebruik make bench")
    # Leave by way of the tidying up, whoever ends us.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: sys.exit(128 + got))
    return _run(asked, SCALES[name])


def _run(asked: list[str], scale: Scale) -> int:
    begun = time.monotonic()
    measured: set[tuple[str, str, int]] = set()
    failed = []
    with Stage(scale) as stage:
        for name in asked:
            try:
                measured |= {(one.name, one.what, one.size) for one in FIGURES[name](stage)}
            except Exception as error:
                # The other figures can still be had.
                failed.append(name)
                say(f"{name} is mislukt: {type(error).__name__}: {error}")
    lines = [line for line in kept() if (line["name"], line["what"], line["size"]) in measured]
    print(f"\n{report.table(lines)}\n\nIn {time.monotonic() - begun:.0f} s, omvang {scale.name}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
