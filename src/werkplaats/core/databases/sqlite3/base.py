"""SQLite that tells when what visitors see has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

from werkplaats.core.databases.announcing import Announcing


class DatabaseWrapper(Announcing, base.DatabaseWrapper):
    """The framework's, that tells."""

    def _alone(self, execute: Callable[..., Any], *asked: Any) -> Any:
        if " RETURNING " not in asked[0]:
            return super()._alone(execute, *asked)
        # Its rows are fetched after this, and until then it cannot be committed. What is written meanwhile is in the
        # same transaction: that ends when the last statement does.
        answer = execute(*asked)
        self._tell()
        return answer
