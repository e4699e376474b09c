"""Floors and rooms: who may import whom. The contracts stand in pyproject.toml under [tool.importlinter]."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .plan import DOMAIN_APPS, FLOORS, PYPROJECT, ROOMED_APPS, ROOT, SRC, told

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the contracts of the house on the package in ``source``."""
    return subprocess.run(
        [LINT, "--config", PYPROJECT, "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_keep_to_the_floors_and_rooms():
    result = lint(ROOT, SRC.parent)

    assert result.returncode == 0, (
        "An import points up or sideways. Move the code to the later app, pass the value in, or let "
        "core.registry collect it; a story that crosses apps belongs in flows (docs/huis.md).\n" + result.stdout
    )


def test_every_domain_app_is_under_the_rooms_contract():
    built = {app for app in DOMAIN_APPS if (SRC / app).is_dir()}

    assert built == ROOMED_APPS, (
        "The domain apps in src and the containers of the contract 'rooms' in pyproject.toml differ; "
        f"add or remove there: {sorted(built ^ ROOMED_APPS)}"
    )


def test_floors_are_those_of_the_plan():
    assert [set(line) for line in FLOORS] == [
        {"site", "desk", "api"},
        {"flows"},
        {"news"},
        {"learning"},
        {"research"},
        {"practices"},
        {"agenda", "library", "events", "instruments"},
        {"network"},
        {"people", "places", "terms", "stats", "catalogue"},
        {"core"},
    ], "The floors in pyproject.toml changed. Is that wall better? Then write an ADR and change this list with it."


BAD = {
    "core/trail.py": "from werkplaats.site import pages",
    "people/models.py": "from werkplaats.places import models",
    "agenda/rules.py": "from werkplaats.agenda import models",
    "agenda/models.py": "from werkplaats.agenda import actions",
    "agenda/actions.py": "from werkplaats.agenda import imports",
    "terms/entries.py": "from werkplaats.terms import actions",
    "site/pages.py": "from werkplaats.demo import load",
    "desk/views.py": "from werkplaats.config import settings",
    "config/cli.py": "from werkplaats.demo import load",
    "extra/__init__.py": "",
    **dict.fromkeys(
        ("demo/load.py", "config/settings.py", "places/models.py", "agenda/imports.py", "terms/actions.py"), ""
    ),
}


def test_the_contracts_catch_what_they_should(tmp_path):
    apps = {name for line in FLOORS for name in line} | {"config", "demo"}
    for name, text in {**{f"{app}/__init__.py": "" for app in apps}, "__init__.py": "", **BAD}.items():
        path = tmp_path / "werkplaats" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    said = lint(tmp_path, tmp_path)

    missed = [
        wrong
        for wrong in (
            "werkplaats.core.trail -> werkplaats.site.pages",
            "werkplaats.people.models -> werkplaats.places.models",
            "werkplaats.agenda.rules -> werkplaats.agenda.models",
            "werkplaats.agenda.models -> werkplaats.agenda.actions",
            "werkplaats.agenda.actions -> werkplaats.agenda.imports",
            "werkplaats.terms.entries -> werkplaats.terms.actions",
            "werkplaats.site.pages -> werkplaats.demo.load",
            "werkplaats.desk.views -> werkplaats.config.settings",
            "extra",
        )
        if wrong not in said.stdout
    ]
    assert missed == [], told("import-linter no longer catches these", missed) + said.stdout + said.stderr
    assert "config.cli ->" not in said.stdout, "the command line may load the demo"
