"""What the guards know of the plan: floors, rooms, and where the source lies.

The floors are read from pyproject.toml, where import-linter reads them too.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "werkplaats"
PYPROJECT = ROOT / "pyproject.toml"

_SHOWN = 60
_contracts = {c["id"]: c for c in tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]}


def _line(text: str) -> list[str]:
    return [name.strip().strip("()") for name in text.split("|")]


# From the top floor to the ground: [["site", "desk", "api"], ["flows"], ...]
FLOORS = [_line(text) for text in _contracts["floors"]["layers"]]
HEIGHT = {app: len(FLOORS) - number for number, line in enumerate(FLOORS) for app in line}
DOORS = set(FLOORS[0])
# These know no domain and name their rooms after what they know.
OWN_ROOMS = {"core", "stats", "catalogue"}
DOMAIN_APPS = set(HEIGHT) - DOORS - OWN_ROOMS - {"flows"}
ROOMS = {room for text in _contracts["rooms"]["layers"] for room in _line(text)}
ROOMED_APPS = {container.removeprefix("werkplaats.") for container in _contracts["rooms"]["containers"]}


@cache
def modules(root: Path = SRC) -> tuple[Path, ...]:
    """All Python modules below a folder, without migrations, which machines write."""
    return tuple(path for path in sorted(root.rglob("*.py")) if "migrations" not in path.relative_to(root).parts)


@cache
def templates(root: Path = SRC) -> tuple[Path, ...]:
    """All templates below a folder."""
    return tuple(p for p in sorted(root.rglob("*")) if p.is_file() and "templates" in p.relative_to(root).parts)


def room(path: Path, root: Path = SRC) -> tuple[str, str]:
    """The app and the room of a module: network/imports/organisations.py is ("network", "imports")."""
    parts = path.relative_to(root).with_suffix("").parts
    return parts[0], parts[1] if len(parts) > 1 else "__init__"


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(), str(path))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(node: ast.AST) -> Iterator[Function]:
    """Every function and method below a node."""
    return (found for found in ast.walk(node) if isinstance(found, Function))


def public_functions(module: ast.Module) -> Iterator[Function]:
    """The functions other modules may call."""
    return (node for node in module.body if isinstance(node, Function) and not node.name.startswith("_"))


def imported(module: ast.Module) -> dict[str, str]:
    """What the imported names of a module stand for: {"tz": "django.utils.timezone"}."""
    names = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The full name of an expression such as tz.now, through the imports; empty when it is no plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, names)
        return f"{base}.{node.attr}" if base else ""
    return ""


def at(path: Path, node: ast.AST, root: Path = ROOT) -> str:
    """Where something stands, to click on: src/werkplaats/core/dates.py:12."""
    return f"{path.relative_to(root)}:{getattr(node, 'lineno', 1)}"


def told(advice: str, wrong: list[str]) -> str:
    """What a failing guard says: what to do, then where."""
    more = [f"... and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
    return "\n  ".join([f"{advice} ({len(wrong)} found)", *wrong[:_SHOWN], *more])
