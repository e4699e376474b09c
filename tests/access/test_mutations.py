"""A table that would not notice a wrong rule guards nothing: each rule is turned around, and the walk must fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.mutations import MUTATIONS
from tests.access.table import read
from tests.access.turning import Flip
from tests.access.walk import Case, Fault, Walker, cases

CASES = cases(read())


def likely_first(flip: Flip) -> Iterator[Case]:
    """All cases, those that this flip should break before the rest."""
    for beginning in flip.first:
        yield from (case for case in CASES if case.key.startswith(beginning))
    yield from (case for case in CASES if not case.key.startswith(flip.first))


def counts(flip: Flip, fault: Fault) -> bool:
    """Whether a fault shows that the table knows better, and not merely that the program broke."""
    return flip.breaks or "antwoordt 500" not in fault.what


@pytest.mark.parametrize("flip", MUTATIONS, ids=lambda flip: f"{flip.rule}: {flip.says}")
def test_a_turned_rule_is_noticed(walker: Walker, flip: Flip) -> None:
    with flip.applied(), walker.anew():
        noticed = next((one for one in walker.faults(likely_first(flip)) if counts(flip, one)), None)

    assert noticed, "de tabel merkt dit niet: voeg een regel toe die het verschil laat zien"


@pytest.mark.parametrize("flip", MUTATIONS, ids=lambda flip: f"{flip.rule}: {flip.says}")
def test_it_is_looked_for_where_it_should_be(flip: Flip) -> None:
    """Else the test above walks everything, and takes a minute for each."""
    keys = [case.key for case in CASES]

    assert [one for one in flip.first if not any(key.startswith(one) for key in keys)] == []
