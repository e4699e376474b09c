"""Everyone walks past every address, with own and foreign records in each state, and gets what the table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings

from tests.access.table import REST, read
from tests.access.walk import ENGLISH, Asked, Case, Fault, Walker, cases, sample, told
from tests.access.world import ACTORS

BY_ADDRESS: dict[str, list[Case]] = defaultdict(list)
for _case in cases(read()):
    BY_ADDRESS[_case.first.address].append(_case)
# In these channels something is looked for, and either the index or the table may answer.
SEARCHED = {"api", "export", "feed", "pagina", "zoeken"}
# Of so many cases of an address it is asked once more how they are asked in another way.
_FEW = 5


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_everyone_gets_what_the_table_says(walker: Walker, address: str) -> None:
    faults = list(walker.faults(BY_ADDRESS[address]))

    assert faults == [], told(faults)


@pytest.mark.parametrize("address", [a for a, some in BY_ADDRESS.items() if some[0].first.channel in SEARCHED])
def test_the_same_while_the_index_is_away(without_index: Walker, address: str) -> None:
    faults = [
        fault
        for number, case in enumerate(BY_ADDRESS[address])
        for fault in without_index.faults([case], sample(number))
    ]

    assert faults == [], told(faults)


def read_only(case: Case) -> bool:
    """Whether a case reads one page or list."""
    return case.first.method == "GET" and case.first.channel != "regel" and not case.first.address.endswith(REST)


def a_few(address: str) -> list[Case]:
    """Some of the reading cases of an address, spread over its records: another way of asking goes for all."""
    some = [case for case in BY_ADDRESS[address] if read_only(case)]
    return some[:: 1 + len(some) // _FEW]


def whole(case: Case) -> Case:
    """All that is said of this address and record, whatever query goes along: a form has none."""
    about = [other for other in BY_ADDRESS[case.first.address] if other.first.record == case.first.record]
    return Case((*case.rows, *(row for other in about if other != case for row in other.rows)))


def asked_otherwise(walker: Walker, address: str, make: Callable[[Asked], Asked]) -> list[Fault]:
    """Faults in what the sample gets when reading cases of an address are asked in another way."""
    found = []
    for number, case in enumerate(a_few(address)):
        for actor in sample(number):
            for name in ACTORS[actor] or ("",):
                for asked in walker.requests(case):
                    found += walker.judged(case, actor, name, make(asked))
    return found


READ = [address for address, some in BY_ADDRESS.items() if any(map(read_only, some))]


@pytest.mark.parametrize("address", READ)
def test_asking_only_for_the_head_gives_the_same_answer(walker: Walker, address: str) -> None:
    faults = asked_otherwise(walker, address, lambda asked: replace(asked, method="HEAD"))

    assert faults == [], told(faults)


def in_two_languages(address: str) -> bool:
    """Whether an address of the table also stands below /en/."""
    channel = BY_ADDRESS[address][0].first.channel
    return channel not in {"api", "beheer", "bestand", "sitemap"} and not address.startswith("health")


@pytest.mark.parametrize("address", [address for address in READ if in_two_languages(address)])
def test_in_english_everyone_gets_the_same(walker: Walker, address: str) -> None:
    faults = asked_otherwise(walker, address, lambda asked: replace(asked, path=f"{ENGLISH}{asked.path}"))

    assert settings.LANGUAGE_CODE == "nl"
    assert faults == [], told(faults)


@pytest.mark.parametrize("address", READ)
def test_an_empty_form_writes_nothing_and_tells_nothing(walker: Walker, address: str) -> None:
    """Also where the table names no form: nothing may be listening there."""
    faults = []
    for number, case in enumerate(map(whole, a_few(address))):
        for actor in sample(number):
            for asked in walker.requests(case):
                empty = Asked("POST", asked.path)
                answer = walker.ask((ACTORS[actor] or ("",))[0], empty)
                wrong = [f"schrijft in {table}" for table in sorted(answer.wrote)]
                wrong += walker.leaks(case, actor, empty, answer)
                wrong += ["breekt"] if answer.status >= 500 else []
                faults += [Fault(f"{case.name}, een leeg formulier", actor, one) for one in wrong]

    assert faults == [], told(faults)
