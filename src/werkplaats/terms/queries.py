"""Finding themes, ways of working, words that mean the same, and words explained."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Self

from django.db import models

from werkplaats.terms.rules import plain


class ThemeQuerySet(models.QuerySet):
    """Themes of the tree."""

    def top(self) -> Self:
        """The first level."""
        return self.filter(parent=None)

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


class ApproachQuerySet(models.QuerySet):
    """Ways of working."""

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


class SynonymGroupQuerySet(models.QuerySet):
    """Groups of words that mean the same. There are some hundreds at most, so their words are compared here."""

    def in_use(self) -> Self:
        """Those that search uses."""
        return self.filter(is_used=True)

    def groups(self) -> list[list[str]]:
        """The words of each group in use."""
        return list(self.in_use().values_list("words", flat=True))

    def listed(self, text: str = "") -> list[Any]:
        """By their first word; with ``text`` only groups in which it stands, whatever its case and accents."""
        wanted = " ".join(plain(text).split())
        found = [group for group in self if any(wanted in plain(word) for word in group.words)]
        return sorted(found, key=lambda group: [plain(word) for word in group.words])

    def sharing(self, words: Iterable[str]) -> list[Any]:
        """Groups with one of these words."""
        wanted = {plain(word) for word in words}
        return [group for group in self if not wanted.isdisjoint(plain(word) for word in group.words)]

    def same_as(self, words: Iterable[str]) -> Any | None:
        """A group with these words and no others, in any order."""
        wanted = {plain(word) for word in words}
        return next((group for group in self if {plain(word) for word in group.words} == wanted), None)


class ConceptQuerySet(models.QuerySet):
    """Words of the network, explained."""

    def in_use(self) -> Self:
        """Those on the site."""
        return self.filter(is_used=True)

    def by_letter(self) -> list[tuple[str, list[Any]]]:
        """From a to z as people look them up, whatever the case and accents: (letter, its words)."""
        listed = sorted(self, key=lambda one: (one.initial, plain(one.term).lstrip("'\"").lower()))
        return [(letter, list(ones)) for letter, ones in groupby(listed, key=lambda one: one.initial)]
