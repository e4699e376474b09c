"""Which records were touched, so that the hall can be refreshed in the same transaction.

An action gathers uids and flushes them once, at its end. A save outside any
action is flushed at once. What a flush does is set by the catalogue; the core
does not know it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Flush = Callable[[set[str]], None]

_local = threading.local()
_flush: list[Flush] = []


def set_flush(handler: Flush) -> None:
    """Say what happens to touched uids."""
    _flush[:] = [handler]


def mark(uids: Iterable[str]) -> None:
    """These records changed."""
    stack: list[set[str]] = getattr(_local, "stack", [])
    if stack:
        stack[-1].update(uids)
    elif found := set(uids):
        _run(found)


def _run(uids: set[str]) -> None:
    for handler in _flush:
        handler(uids)


@contextmanager
def gathered() -> Iterator[None]:
    """Gather marks; the outermost block flushes at its end, and not at all when it fails."""
    stack: list[set[str]] = getattr(_local, "stack", [])
    _local.stack = stack
    stack.append(set())
    try:
        yield
    except BaseException:
        stack.pop()
        raise
    uids = stack.pop()
    if stack:
        stack[-1].update(uids)
    elif uids:
        _run(uids)
