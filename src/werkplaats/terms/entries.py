"""What the hall knows of themes: their names, looked up when shown."""

from __future__ import annotations

from werkplaats.core import registry
from werkplaats.terms.models import Theme


def register() -> None:
    """Tell the core how themes are called."""
    registry.add_labels("thema", Theme.objects.with_uids)
    registry.add_labels("hoofdthema", Theme.objects.with_uids)
    registry.add_finder("thema", Theme.objects.meant_by)
    registry.add_finder("hoofdthema", lambda word: Theme.objects.top().meant_by(word))
