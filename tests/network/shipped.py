"""The network that comes with the house, and a small one to break."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.places.shipped import DATA, quiet
from werkplaats.core.actors import SYSTEM
from werkplaats.core.tables import Report
from werkplaats.network.imports import import_organisations, import_werkplaatsen

WERKPLAATSEN, ORGANISATIONS = DATA / "werkplaatsen.json", DATA / "organisations.csv"


def load_werkplaatsen(path: Path = WERKPLAATSEN, *, dry_run: bool = False) -> Report:
    """Read them in."""
    return import_werkplaatsen(path=path, dry_run=dry_run, progress=quiet, by=SYSTEM)


def load_organisations(path: Path = ORGANISATIONS, *, dry_run: bool = False) -> Report:
    """Read them in."""
    return import_organisations(path=path, dry_run=dry_run, progress=quiet, by=SYSTEM)


def listed() -> dict[str, Any]:
    """What the shipped file says."""
    data: dict[str, Any] = json.loads(WERKPLAATSEN.read_text())
    return data


def small() -> dict[str, Any]:
    """A network of two; its municipalities are GM0001 to GM0003."""
    return {
        "source": "proef",
        "werkplaatsen": [
            {
                "slug": "oost",
                "name": "Oost",
                "former": ["Wmo-werkplaats Oost"],
                "region": "het oosten",
                "start": "2013-09",
                "status": "member",
                "themes": ["armoede", "eigen woorden"],
                "lectorates": ["Samen Leven"],
                "leads": [{"organisation": "Hogeschool Oost", "role": "trekker"}],
                "area": {"municipalities": ["GM0001", "GM0002"], "basis": "aanname"},
            },
            {
                "slug": "west",
                "name": "West",
                "region": "het westen",
                "start": "2020",
                "status": "guest",
                "leads": [
                    {
                        "organisation": "Hogeschool West",
                        "role": "penvoerder",
                        "valid_from": "2020",
                        "valid_to": "2022-12",
                        "former_names": ["Academie West"],
                    }
                ],
                "area": {"municipalities": ["GM0003"], "valid_from": "2021"},
            },
        ],
        "phases": [
            {
                "name": "Fase 4",
                "start": "2020-01",
                "end": "2022-12",
                "announced": {"duur": "drie jaar", "doel": "een dekkend netwerk"},
                "goals": ["meten"],
            }
        ],
        "grants": [
            {"phase": "Fase 4", "werkplaats": "oost", "amount_eur": 555000},
            {"phase": "Fase 4", "funder": "ministerie"},
        ],
    }


def written(folder: Path, data: Any) -> Path:
    """A file with this in it."""
    path = folder / "netwerk.json"
    path.write_text(json.dumps(data, ensure_ascii=True))
    return path
