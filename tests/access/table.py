"""The table ``tests/access.csv``: what it says, and whether it is sound. See README.md for how to add a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

PATH = Path(__file__).parents[1] / "access.csv"
ACTORS = (
    "bezoeker", "deelnemer", "partnerredacteur", "coordinator", "lector", "landelijkredacteur", "beheerder",
    "verlopen", "geblokkeerd",
)  # fmt: skip
COLUMNS = ("kanaal", "adres", "methode", "record", "stuurt", "toont", "naar", "logboek", *ACTORS, "opmerking")
CHANNELS = (
    "api", "beheer", "bestand", "export", "feed", "overal", "pagina", "regel", "sitemap", "zoeken",
)  # fmt: skip
# What a cell may say of an address; README.md tells what each means.
ANSWERS = {
    "ja": 200, "zonder": 200, "doet": 0, "verder": 302, "inloggen": 302, "mag niet": 403, "nee": 404, "niet zo": 405,
    "weg": 410, "fout": 400, "stuk": 500,
}  # fmt: skip
RULES = {"ja", "nee"}
EVERYWHERE = {"mag", "nooit", "openbaar"}
REST = "…"


class Unsound(Exception):
    """The table cannot be read as it stands: what is wrong, by line."""


@dataclass(frozen=True)
class Row:
    """One line for one record: what each actor gets there."""

    line: int
    channel: str
    address: str
    method: str
    record: str
    sends: str
    shows: tuple[str, ...]
    to: str
    verbs: tuple[str, ...]
    cells: dict[str, str]

    @property
    def case(self) -> tuple[str, str, str, str]:
        """Rows with the same case are about one and the same request."""
        return self.address, self.method, self.record, self.sends


def read(path: Path = PATH) -> list[Row]:
    """All rows, one for each record that a line names. Raises Unsound with all that is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        lines = list(table)
    if tuple(table.fieldnames or ()) != COLUMNS:
        raise Unsound(f"De kolommen zijn: {', '.join(COLUMNS)}")
    wrong = [f"regel {number}: {fault}" for number, line in enumerate(lines, 2) for fault in _faults(line)]
    places = [(line["kanaal"], line["adres"]) for line in lines]
    wrong += [f"regel {n}: staat niet op kanaal en adres" for n, (a, b) in enumerate(pairwise(places), 3) if a > b]
    if wrong:
        raise Unsound("\n".join(wrong))
    return [row for number, line in enumerate(lines, 2) for row in _rows(number, line)]


def _faults(line: dict[str, str]) -> Iterator[str]:
    channel = line["kanaal"]
    if None in line or None in line.values():
        yield "heeft niet precies de kolommen van de kop"
        return
    if channel not in CHANNELS:
        yield f"kanaal “{channel}” bestaat niet; kies uit {', '.join(CHANNELS)}"
    if not line["adres"]:
        yield "noemt geen adres"
    if channel == "overal" and not line["toont"]:
        yield "zegt niet om welke kanarie het gaat (kolom toont)"
    known = {"regel": RULES, "overal": EVERYWHERE}.get(channel, set(ANSWERS))
    for actor in ACTORS:
        if line[actor] not in known:
            yield f"{actor}: “{line[actor]}” is geen antwoord; kies uit {', '.join(sorted(known))}"
    if "doet" in {line[actor] for actor in ACTORS} and not line["logboek"]:
        yield "schrijft, maar zegt niet wat er dan in het logboek staat (een streepje als dat niets is)"
    if "verder" in {line[actor] for actor in ACTORS} and not line["naar"]:
        yield "leidt verder, maar zegt niet waarheen (kolom naar)"


def _rows(number: int, line: dict[str, str]) -> Iterator[Row]:
    for record in line["record"].split() or [""]:
        yield Row(
            line=number,
            channel=line["kanaal"],
            address=line["adres"],
            method=line["methode"] or "GET",
            record=record,
            sends=line["stuurt"],
            shows=tuple(_full(one, record) for one in _listed(line["toont"])),
            to=line["naar"],
            verbs=tuple(one for one in _listed(line["logboek"]) if one != "-"),
            cells={actor: line[actor] for actor in ACTORS},
        )


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _full(what: str, record: str) -> str:
    """ ".woorden" is a canary of the record that the line is about."""
    return f"{record}{what}" if what.startswith(".") else what


def covers(row: Row, key: str, route: str) -> bool:
    """Whether a row is about an address: by its name, by its route, or by the beginning of that."""
    if row.address.endswith(REST):
        return route.startswith(row.address.removesuffix(REST))
    return row.address in {key, route}


def everywhere(rows: Iterable[Row], canaries: Iterable[str]) -> dict[str, dict[str, str]]:
    """Canary -> actor -> "openbaar", "mag" or "nooit", by the first of the rows "overal" that names it."""
    shut = [row for row in rows if row.channel == "overal"]
    found = {}
    for canary in canaries:
        row = next((one for one in shut if any(fnmatchcase(canary, name) for name in one.shows)), None)
        if row:
            found[canary] = row.cells
    return found
