"""Rooms of the domain apps, and names that hide what is in a room."""

from __future__ import annotations

from pathlib import Path

import pytest

from .plan import DOMAIN_APPS, ROOMS, SRC, told

BESIDES = {"__init__.py", "apps.py", "migrations", "data", "README.md"}
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers"}


def odd_rooms(root: Path) -> list[str]:
    """What stands in a domain app and is no room."""
    allowed = BESIDES | ROOMS | {f"{room}.py" for room in ROOMS}
    return [
        f"{app}/{path.name}"
        for app in sorted(DOMAIN_APPS)
        if (root / app).is_dir()
        for path in sorted((root / app).iterdir())
        if path.name not in allowed and path.name != "__pycache__"
    ]


def empty_names(root: Path) -> list[str]:
    """Modules and folders whose name says nothing."""
    found = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_dir() or path.suffix == ".py")
    return [str(path) for path in found if EMPTY_WORDS & set(path.stem.split("_"))]


def test_domain_apps_have_only_the_agreed_rooms():
    odd = odd_rooms(SRC)

    assert odd == [], told(
        f"A domain app has only these rooms: {', '.join(sorted(ROOMS))}. Views and templates belong in site, desk "
        "or api; a story that crosses apps in flows; a room that grows past 400 lines becomes a folder",
        odd,
    )


@pytest.mark.parametrize("root", [SRC, Path(__file__).parents[1]], ids=["src", "tests"])
def test_no_name_is_empty(root):
    empty = empty_names(root)

    assert empty == [], told("Name a module after what it knows, not after being handy", empty)


def test_odd_rooms_and_empty_names_are_found(tmp_path):
    for name in ("people/views.py", "people/models.py", "people/data/names.txt", "terms/rules/tree.py", "core/x.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("people/templates", "site/utils", "desk/form_helpers.py", "terms/rules/common.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix else path.mkdir()

    assert odd_rooms(tmp_path) == ["people/templates", "people/views.py"]
    assert empty_names(tmp_path) == ["desk/form_helpers.py", "site/utils", "terms/rules/common.py"]
