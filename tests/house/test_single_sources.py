"""What has one place in the house: the clock, and the signals."""

from __future__ import annotations

import ast

from .plan import SRC, at, dotted, imported, modules, told, tree

CLOCK = "core/clock.py"
SIGNALS = "catalogue/marking.py"

ASKING_THE_TIME = {
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "django.db.models.functions.Now",
}
# These only ask the time when they get nothing to convert.
ASKING_WITHOUT_ARGUMENTS = {"django.utils.timezone.localtime", "time.localtime", "time.gmtime"}


def asks_the_time(module: ast.Module) -> list[tuple[ast.AST, str]]:
    """Every use of another clock than ours, called or handed on, and self-dating fields."""
    names = imported(module)
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node, names) in ASKING_THE_TIME:
            found.append((node, dotted(node, names)))
        if isinstance(node, ast.Call):
            if not node.args and not node.keywords and dotted(node.func, names) in ASKING_WITHOUT_ARGUMENTS:
                found.append((node, dotted(node.func, names)))
            found += [(node, word.arg) for word in node.keywords if word.arg in {"auto_now", "auto_now_add"}]
    return found


def listens(module: ast.Module) -> list[tuple[ast.AST, str]]:
    """Every place that listens to a signal."""
    names = imported(module)
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node, names) == "django.dispatch.receiver":
            found.append((node, "@receiver"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
            base = dotted(node.func.value, names)
            # A module that happens to have a function connect (sqlite3, our own marking) is no signal.
            if base.partition(".")[0] not in {name.partition(".")[0] for name in names.values()} or "signals" in base:
                found.append((node, f"{base or 'something'}.connect"))
    return found


def _outside(only: str, check) -> list[str]:
    return [f"{at(path, node)} {what}" for path in modules() if path != SRC / only for node, what in check(tree(path))]


def test_only_the_clock_asks_the_time():
    wrong = _outside(CLOCK, asks_the_time)

    assert wrong == [], told(
        "Use werkplaats.core.clock.now() or today(), so that tests and replays can set the clock; "
        "a field gets its moment from the action (or default=clock.now), never auto_now",
        wrong,
    )


def test_only_marking_listens_to_signals():
    wrong = _outside(SIGNALS, listens)

    assert wrong == [], told(
        "Nothing happens behind a save: write it in the action, or as a flow. "
        "Only catalogue/marking.py listens, to mark what was touched",
        wrong,
    )


def test_the_one_place_does_what_it_is_for():
    assert asks_the_time(tree(SRC / CLOCK)), "the clock no longer asks the time: look at CLOCK in this module"
    assert listens(tree(SRC / SIGNALS)), "nothing listens any more: look at SIGNALS in this module"


def test_other_clocks_are_found():
    source = """
import datetime, time
import datetime as dt
from datetime import date as day, datetime as moment
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone as tz
from django.utils.timezone import now as right_now, localdate, localtime
from werkplaats.core import clock
bad = [datetime.datetime.now(), dt.date.today(), day.today(), moment.utcnow(), Now(), tz.now(), right_now(),
    localdate(), localtime(), time.time(), models.DateTimeField(default=tz.now, auto_now_add=True)]
good = [clock.now(), clock.today(), localtime(x), moment(2026, 1, 1), time.monotonic(), row.now(), day(2026, 1, 1)]
"""
    found = asks_the_time(ast.parse(source))

    assert sorted(what for node, what in found if node.lineno == 10) == [
        "datetime.date.today",
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "django.db.models.functions.Now",
        "django.utils.timezone.now",
        "django.utils.timezone.now",
    ]
    assert sorted(what for node, what in found if node.lineno == 11) == [
        "auto_now_add",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
        "django.utils.timezone.now",
        "time.time",
    ]
    assert [node.lineno for node, _what in found if node.lineno not in {10, 11}] == []


def test_listeners_are_found():
    source = """
import sqlite3
from django.core import signals
from django.db.models.signals import post_save as saved
from django.dispatch import Signal, receiver
from django.db import connection
from werkplaats.catalogue import marking
mine = Signal()
saved.connect(print)
signals.request_finished.connect(print)
mine.connect(print)
@receiver(saved)
def listen(**rest): ...
sqlite3.connect("x")
marking.connect()
connection.connect()
"""
    assert sorted(node.lineno for node, _what in listens(ast.parse(source))) == [9, 10, 11, 12]
