"""The table of results in Dutch, in Markdown: ``python -m bench.report`` for the last of each that was kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .results import kept

_HEAD = (
    "cijfer",
    "wat",
    "vermeldingen",
    "metingen",
    "mediaan",
    "p95",
    "CPU per vraag",
    "vergeleken met",
    "eis",
    "gehaald",
)
_MET = {True: "ja", False: "nee", None: "onbekend"}


def table(lines: Iterable[dict[str, Any]]) -> str:
    """Markdown of lines as they are kept."""
    lines = list(lines)
    rows = [_HEAD, ("---",) * len(_HEAD), *map(_row, lines)]
    notes = dict.fromkeys(f"- {line['name']}: {line['note']}" for line in lines if line.get("note"))
    made = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return "\n\n".join(part for part in (made, "\n".join(notes), _where(lines)) if part)


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    met = _MET[line["met"]]
    if not line["named"] and line["met"] is not None:
        # The bar was set for another size.
        met = f"({met})"
    return (
        line["name"],
        line["what"],
        _number(line["size"]),
        _number(line.get("n")),
        _ms(line.get("median_ms")),
        _ms(line.get("p95_ms")),
        _ms(line.get("cpu_ms")),
        _peer(line.get("peer") or {}),
        "; ".join(bar["what"] + (f" (gezien: {_plain(bar['seen'])})" if bar["seen"] else "") for bar in line["bars"]),
        met,
    )


def _peer(peer: dict[str, Any]) -> str:
    if "n" not in peer:
        return str(peer.get("name", ""))
    return (
        f"{peer['name']}: mediaan {_ms(peer['median_ms'])}, p95 {_ms(peer['p95_ms'])}, CPU {_ms(peer['cpu_ms'])} "
        f"(n = {peer['n']})"
    )


def _where(lines: list[dict[str, Any]]) -> str:
    def one(line: dict[str, Any]) -> str:
        on, day = line["machine"], line["date"][:10]
        return f"{on['cores']} kernen, {on['system']}, Python {on['python']}, versie {line['version']}, {day}"

    told = "; ".join(dict.fromkeys(map(one, lines)))
    return f"Gemeten op: {told}. Tussen haakjes: de eis is voor een andere omvang gesteld." if told else ""


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}".replace(",", ".")


def _plain(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") if value < 100 else f"{value:.0f}"


def _ms(value: float | None) -> str:
    return "" if value is None else f"{_plain(value)} ms"


if __name__ == "__main__":
    print(table(kept()))
