"""In which transaction an entry was written, so that the index can follow without missing one.

On PostgreSQL transactions commit in another order than they begin: a plain sequence would pass over what commits late.
There the number is that of the transaction, and a reader goes on from the oldest that was still running when it last
looked. SQLite has one writer at a time; a number counted up under its lock is in order of commit.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connection, models

from werkplaats.catalogue.models import Entry


def this_transaction() -> int:
    """The number for entries written now. Call it within the transaction of the write."""
    if connection.vendor == "postgresql":
        return _number("SELECT pg_current_xact_id()::text::bigint")
    return _highest() + 1


def settled() -> int:
    """All transactions below this number have ended: what they wrote can be read now."""
    if connection.vendor == "postgresql":
        return _number("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return _highest() + 1


def database() -> str:
    """Which database this is: differs after it was replaced by another, or its table filled anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()),"
                " pg_relation_filenode(%s::regclass) FROM pg_control_system()",
                [Entry._meta.db_table],
            )
            return "-".join(map(str, cursor.fetchone()))
    path = Path(str(connection.settings_dict["NAME"]))
    return f"{path.stat().st_dev}-{path.stat().st_ino}" if path.exists() else ""


def _highest() -> int:
    highest: int | None = Entry.objects.aggregate(highest=models.Max("changed_in"))["highest"]
    return highest or 0


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
