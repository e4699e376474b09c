"""What is done once an answer is on its way, so that how long the answer takes says nothing of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread, current_thread
from traceback import format_tb
from typing import Any

from django.db import connections

_log = logging.getLogger(__name__)
_running: set[Thread] = set()


def once_sent(response: Any, job: Callable[[], None]) -> None:
    """Do ``job`` in a thread of its own when the server closes ``response``: once, and never before.

    The thread is waited for when the process ends. What goes wrong in it is logged by its kind and place, without
    its words.
    """
    close, waiting = response.close, [job]

    def closed() -> None:
        close()
        while waiting:
            thread = Thread(target=_run, args=(waiting.pop(),), name="afterwards")
            _running.add(thread)
            thread.start()

    response.close = closed


def wait(seconds: float = 10) -> None:
    """Until all that was begun is done."""
    for thread in list(_running):
        thread.join(seconds)


def _run(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception as error:
        # Its words may name whom a mail was for.
        where = "".join(format_tb(error.__traceback__))
        _log.error("Na een antwoord ging iets mis: %s\n%s", type(error).__name__, where)
    finally:
        connections.close_all()
        _running.discard(current_thread())
