"""Finding themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models

from werkplaats.terms.rules import begins


class ThemeQuerySet(models.QuerySet):
    """Themes of the tree."""

    def top(self) -> Self:
        """The first level."""
        return self.filter(parent=None)

    def meant_by(self, word: str) -> list[str]:
        """The uids of themes with a word in name or synonyms that begins so; there are at most some dozens."""
        rows = self.values_list("uid", "name", "synonyms")
        return [uid for uid, name, others in rows if any(begins(text, word) for text in [name, *others])]

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))
