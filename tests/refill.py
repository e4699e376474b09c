"""What the migrations put in the database stays there, also after a test that commits.

Such a test (one with a live server) ends by emptying all tables; Wagtail's root page, collection, locale and
groups and our own first rows would be gone for every test after it. Here they are put back as they were, with the
same keys, so that whatever remembers a key stays right. Cheaper than Django's own means to this end: no
permissions made anew, no models loaded, a few hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase


class Kept:
    """The rows of all tables at this moment."""

    def __init__(self) -> None:
        self.tables: list[str] = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self.rows: dict[str, tuple[str, list[Any]]] = {}
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                if rows := cursor.fetchall():
                    self.rows[table] = (self._insert(table, [column[0] for column in cursor.description]), rows)

    @staticmethod
    def _insert(table: str, columns: list[str]) -> str:
        quote = connection.ops.quote_name
        names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
        return f"INSERT INTO {quote(table)} ({names}) VALUES ({places})"

    def put_back(self) -> None:
        """Make all tables as they were."""
        # Both databases look at foreign keys when the transaction ends, so the order does not matter.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            for insert, rows in self.rows.values():
                cursor.executemany(insert, rows)
        cache.clear()

    @contextmanager
    def after_each_flush(self) -> Iterator[None]:
        """Do so at the end of every test that commits, in place of Django's emptying."""
        with mock.patch.object(TransactionTestCase, "_fixture_teardown", lambda _case: self.put_back()):
            yield
