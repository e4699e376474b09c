"""Search keeps finding what people ask: the practice half of the questions with right answers, on the demonstration."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.quality.__main__ import finders

from werkplaats.demo.load import load

QUESTIONS = Path(__file__).parents[2] / "bench" / "quality" / "questions.json"
# Shares with a right answer among the first five, a little under what was measured (docs/zoeken.md), so that a change
# that costs more than a question or two is noticed. Raise them when search gets better.
FLOORS = {"typefout": 0.95, "samenstelling": 0.85, "eigen woorden": 0.7, "andere woorden": 0.3, "naam": 0.95}


@pytest.mark.django_db
def test_what_people_type_finds_a_right_answer(settings: Any, indexed: Callable[[], int]) -> None:
    settings.IS_DEMO = True
    load(say=lambda _line: None)
    indexed()
    before, _search = finders()
    questions = [one for one in json.loads(QUESTIONS.read_text())["questions"] if one["half"] == "oefen"]
    shares = {}
    for way in FLOORS:
        some = [one for one in questions if one["way"] == way]
        shares[way] = sum(bool(set(one["right"]) & set(before(one["typed"])[:5])) for one in some) / len(some)
    assert {way: share for way, share in shares.items() if share < FLOORS[way]} == {}
