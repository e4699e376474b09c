"""PostgreSQL that tells when what visitors see has changed."""

from __future__ import annotations

from django.db.backends.postgresql import base

from werkplaats.core.databases.announcing import Announcing


class DatabaseWrapper(Announcing, base.DatabaseWrapper):
    """The framework's, that tells."""
