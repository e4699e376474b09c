"""What both databases have more: a transaction that wrote something visible replaces the word of ``freshness``.

It does so last of all, just before it commits: who holds that row waits for nothing any more. And it sees the
statements themselves, so no way of writing escapes it: a save, ``update()``, ``bulk_create()`` or SQL by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction


class Announcing:
    """To be mixed into a ``DatabaseWrapper``."""

    alias: str
    in_atomic_block: bool
    execute_wrappers: list[Callable[..., Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_changed = False
        self._can_tell = False
        self.execute_wrappers.append(self._watched)

    def commit(self) -> None:
        """Tell first, so that it is told exactly when it is so."""
        if self._has_changed:
            self._tell()
        super().commit()  # type: ignore[misc]

    def rollback(self) -> None:
        """Nothing has changed."""
        self._has_changed = False
        super().rollback()  # type: ignore[misc]

    def close(self) -> None:
        """What was not committed has not changed."""
        self._has_changed = False
        super().close()  # type: ignore[misc]

    def _watched(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        from werkplaats.core import freshness

        said = str(sql)
        if not freshness.is_seen(said):
            # Migrations also go back, to before there was anything to tell.
            self._can_tell = self._can_tell and not said.startswith("DROP TABLE")
            return execute(sql, params, many, context)
        if self.in_atomic_block or not self.get_autocommit():  # type: ignore[attr-defined]
            answer = execute(sql, params, many, context)
            self._has_changed = True
            return answer
        return self._alone(execute, sql, params, many, context)

    def _alone(self, execute: Callable[..., Any], *asked: Any) -> Any:
        """A statement that is its own transaction is told of within it."""
        with transaction.atomic(using=self.alias):
            answer = execute(*asked)
            self._has_changed = True
        return answer

    def _tell(self) -> None:
        from werkplaats.core import freshness
        from werkplaats.core.models import Freshness

        self._has_changed = False
        # Not yet there while the first tables are made.
        self._can_tell = self._can_tell or Freshness._meta.db_table in self.introspection.table_names()  # type: ignore[attr-defined]
        if self._can_tell:
            with self.cursor() as cursor:  # type: ignore[attr-defined]
                freshness.replace(cursor)
