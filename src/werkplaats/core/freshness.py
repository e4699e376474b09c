"""Whether what visitors may see has changed: one row with a word that every such write replaces, as it commits.

Who keeps something that was made from the database remembers the word that stood there before it was made, and throws
away what it has when another stands there. The word is chance, not a number: one that is put back by a restored
database is never taken for a newer one.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.conf import settings

from werkplaats.core.models import Freshness

_READS = frozenset({"SELECT", "SAVEPO", "RELEAS", "ROLLBA", "BEGIN ", "PRAGMA", "EXPLAI", "CREATE", "ALTER ", "DROP T"})
_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+\"?(\w+)",
    re.IGNORECASE,
)
# Of what begins otherwise (WITH ..., TRUNCATE ...) we only see that it writes.
_ANY_WRITE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE)\b", re.IGNORECASE)


def is_seen(sql: str) -> bool:
    """Whether this statement writes something that a page for everyone may be made from (see ``UNSEEN_TABLES``)."""
    if sql[:6] in _READS:
        return False
    if found := _WRITE.match(sql):
        return found[1] not in settings.UNSEEN_TABLES
    return bool(_ANY_WRITE.search(sql))


def word() -> str:
    """The word that stands there now; empty in a new database."""
    return Freshness.objects.values_list("word", flat=True).first() or ""


def replace(cursor: Any) -> None:
    """Put another word there, in the transaction of the cursor."""
    cursor.execute(
        f"INSERT INTO {Freshness._meta.db_table} (id, word) VALUES (1, %s)"
        " ON CONFLICT (id) DO UPDATE SET word = excluded.word",
        [secrets.token_hex(8)],
    )
