"""The lists that come with the house, loaded once for a module of tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from werkplaats import demo
from werkplaats.core.actors import SYSTEM
from werkplaats.core.tables import Report, TableError
from werkplaats.places.imports import import_municipalities

DATA = Path(demo.__path__[0]) / "data"
MUNICIPALITIES = DATA / "municipalities.csv"


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def load_municipalities(path: Path = MUNICIPALITIES, *, dry_run: bool = False) -> Report:
    """Read them in."""
    return import_municipalities(path=path, dry_run=dry_run, progress=quiet, by=SYSTEM)


def problems_of(read: Any, *args: Any, **options: Any) -> list[str]:
    """What an import said was wrong; empty when nothing was."""
    try:
        read(*args, **options)
    except TableError as error:
        return [problem.told() for problem in error.problems]
    return []


@contextmanager
def for_a_module(blocker: Any) -> Iterator[None]:
    """What is loaded within stays for all tests of the module, and is undone after the last."""
    with blocker.unblock():
        module = transaction.atomic()
        module.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            module.__exit__(None, None, None)
