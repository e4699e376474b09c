"""How the values of facets are called now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import registry


class Labels:
    """Labels for one page: each value is asked for once, those of a facet together."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = defaultdict(dict)
        self._expected: dict[str, set[str]] = defaultdict(set)

    def know(self, dimension: str, names: Mapping[str, str]) -> None:
        """Value -> label, of what the page read already."""
        self._known[dimension].update(names)

    def expect(self, entries: Iterable[Any]) -> None:
        """These entries will be shown too: what they are filed under is asked for along with the first of them."""
        for entry in entries:
            for dimension, values in entry.facets.items():
                self._expected[dimension].update(values)

    def of(self, dimension: str, values: Iterable[str]) -> dict[str, str]:
        """Value -> label, in at most one question to the database; every value gets a label. "soort" for kinds."""
        wanted = list(values)
        known = self._known[dimension]
        missing = [value for value in wanted if value not in known]
        if missing:
            expected = self._expected.pop(dimension, set()) - known.keys()
            known.update(_look_up(dimension, list(dict.fromkeys([*missing, *sorted(expected)]))))
        return {value: known[value] for value in wanted}


def label_of(dimension: str, values: Iterable[str]) -> dict[str, str]:
    """Value -> label, for who asks once."""
    return Labels().of(dimension, values)


def _look_up(dimension: str, values: list[str]) -> dict[str, str]:
    if dimension == "soort":
        return {kind: str(registry.sources[kind].label) for kind in values}
    lookup = registry.labels.get(dimension)
    if lookup is None:
        return {value: value for value in values}
    return {**dict.fromkeys(values, _t("onbekend")), **lookup(values)}
