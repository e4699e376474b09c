"""A table that would not notice a wrong rule guards nothing: each rule is turned around, and the walk must fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.mutations import MUTATIONS
from tests.access.table import read
from tests.access.turning import Flip
from tests.access.walk import Case, Fault, Walker, cases

CASES = cases(read())


def named(flip: Flip) -> Iterator[Case]:
    """The cases that this flip should break."""
    yield from (case for case in CASES if case.key.startswith(flip.first))


def counts(flip: Flip, fault: Fault) -> bool:
    """Whether a fault shows that the table knows better, and not merely that the program broke."""
    return flip.breaks or "antwoordt 500" not in fault.what


@pytest.mark.parametrize("flip", MUTATIONS, ids=lambda flip: f"{flip.rule}: {flip.says}")
def test_a_turned_rule_is_noticed(walker: Walker, flip: Flip) -> None:
    with flip.applied(), walker.anew():
        noticed = next((one for one in walker.faults(named(flip)) if counts(flip, one)), None)

    where = ", ".join(flip.first)
    assert noticed, f"bij {where} merkt de tabel dit niet: voeg daar een regel toe die het verschil laat zien"


@pytest.mark.parametrize("flip", MUTATIONS, ids=lambda flip: f"{flip.rule}: {flip.says}")
def test_it_is_looked_for_where_it_should_be(flip: Flip) -> None:
    """The test above walks what each flip names, and no more."""
    keys = [case.key for case in CASES]

    assert [one for one in flip.first if not any(key.startswith(one) for key in keys)] == []
