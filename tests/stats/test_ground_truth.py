"""What we count agrees with cases that others worked out.

Every file in the folder named by ``WERKPLAATS_GROUND_TRUTH`` (by default ``tests/data/ground_truth``) is a case of a
task. A task that is built has a runner, and ``PROMISED`` names the keys it must get right; the other keys of a case are
a menu. A task that is not built stands in ``PENDING``.
"""

from __future__ import annotations

import importlib
import json
import math
import os
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stats import runners
from werkplaats import stats

FOLDER = Path(os.environ.get("WERKPLAATS_GROUND_TRUTH") or Path(__file__).parents[1] / "data" / "ground_truth")

Answer = dict[str, Any]

# Task -> from the input and the options of a case to the answer, with our public functions.
RUNNERS: dict[str, Callable[[Answer, Answer], Answer]] = {"location": runners.location}
# Task -> what is promised, in every case that names it. Of ``optimal_sets`` any is right; we give one.
PROMISED: dict[str, tuple[str, ...]] = {
    "location": (
        "mclp.covered_population",
        "mclp.share",
        "mclp.optimal_sets",
        "p_median.objective",
        "p_median.set",
        "p_median.mean_distance",
        "lscp.min_sites_for_reachable",
        "lscp.unreachable_nodes",
    ),
}
PENDING = {
    "effect_size_binary", "effect_size_individual", "effect_size_pre_post_control", "effect_size_two_group",
    "equal_shares", "equal_shares_weighted", "funnel", "group_ranking", "icc", "k_anonymity", "kappa", "meta_analysis",
    "meta_regression", "module_cover", "near_duplicates", "network_measures", "reliability", "scale_scoring",
    "small_cell_suppression", "survey", "test_retest", "three_level", "trend_test",
}  # fmt: skip
# How many are not built yet. It may only fall: whoever builds one lowers it.
STILL_PENDING = 23


def cases(folder: Path = FOLDER) -> list[Answer]:
    """All cases of a folder, by name of the file."""
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def of(case: Answer) -> str:
    return str(case["id"])


def found_at(tree: Any, path: str) -> Any:
    """The value at ``mclp.share``; KeyError when it is not there."""
    for name in path.split("."):
        tree = tree[name]
    return tree


def keys_of(tree: Any, before: str = "") -> list[str]:
    """All paths of a tree that lead to a value."""
    if not isinstance(tree, dict):
        return [before]
    return [path for name, value in tree.items() for path in keys_of(value, f"{before}.{name}".strip("."))]


def tolerance(case: Answer, path: str) -> Answer:
    """Of the longest path above this one that has its own, else the default."""
    own = case["tolerance"].get("paths", {})
    above = [one for one in own if path == one or path.startswith(f"{one}.")]
    chosen: Answer = own[max(above, key=len)] if above else case["tolerance"]["default"]
    return chosen


def same(wanted: Any, given: Any, within: Answer) -> bool:
    """Whether two values agree, lists and names one by one."""
    if isinstance(wanted, dict):
        return (
            isinstance(given, dict)
            and wanted.keys() == given.keys()
            and all(same(wanted[key], given[key], within) for key in wanted)
        )
    if isinstance(wanted, list):
        return (
            isinstance(given, (list, tuple))
            and len(wanted) == len(given)
            and all(same(one, other, within) for one, other in zip(wanted, given, strict=True))
        )
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (wanted, given))
    if not numbers:
        return type(wanted) is type(given) and wanted == given
    return math.isclose(wanted, given, rel_tol=within.get("rel", 0.0), abs_tol=within.get("abs", 0.0))


def wrong(case: Answer, answer: Answer, paths: tuple[str, ...]) -> Iterator[str]:
    """What is not as the case says, for the paths it knows."""
    for path in paths:
        try:
            wanted = found_at(case["expected"], path)
        except KeyError:
            continue
        try:
            given = found_at(answer, path)
        except (KeyError, TypeError):
            yield f"{path}: niets gegeven"
            continue
        right = wanted if path.endswith("optimal_sets") else [wanted]
        ours = given if path.endswith("optimal_sets") else [given]
        within = tolerance(case, path)
        if not ours or not all(any(same(one, other, within) for one in right) for other in ours):
            yield f"{path}: {given} in plaats van {wanted}"


@pytest.mark.parametrize("case", [one for one in cases() if one["task"] in RUNNERS], ids=of)
def test_what_is_promised_agrees(case: Answer) -> None:
    paths = PROMISED[case["task"]]
    assert any(path in keys_of(case["expected"]) for path in paths), "this case has nothing of what is promised"
    answer = RUNNERS[case["task"]](case["input"], case["options"])
    assert list(wrong(case, answer, paths)) == []


def test_every_file_is_of_a_task_that_is_built_or_known_to_be_missing() -> None:
    found = cases()
    assert found, f"no cases in {FOLDER}"
    assert {one["schema"] for one in found} == {"werkplaats-ground-truth/1"}
    unknown = {one["task"] for one in found} - RUNNERS.keys() - PENDING
    assert unknown == set(), "build these, or name them in PENDING and say why in the report"


def test_what_is_pending_only_becomes_less() -> None:
    assert len(PENDING) == STILL_PENDING, "lower STILL_PENDING with what you built; it never rises"
    built = PENDING & RUNNERS.keys() | PENDING & PROMISED.keys()
    assert built == set(), "these have a runner: take them from PENDING"
    assert RUNNERS.keys() == PROMISED.keys()
    assert all(PROMISED.values())


def built_meanwhile() -> dict[str, Callable[..., Any]]:
    """What bears the name of a pending task: a runner, or a public function of stats."""
    found = {name: getattr(runners, name) for name in PENDING if hasattr(runners, name)}
    for module in pkgutil.walk_packages(stats.__path__, f"{stats.__name__}."):
        loaded = importlib.import_module(module.name)
        found |= {name: getattr(loaded, name) for name in PENDING if callable(getattr(loaded, name, None))}
    return found


def passes(case: Answer, run: Callable[..., Any]) -> bool:
    """Whether this gives all of what the case expects, called as a runner or with the input by name."""
    paths = tuple(keys_of(case["expected"]))
    for call in (lambda: run(case["input"], case["options"]), lambda: run(**case["input"])):
        try:
            if not list(wrong(case, call(), paths)):
                return True
        except Exception:
            continue
    return False


def test_no_pending_task_secretly_passes() -> None:
    built = built_meanwhile()
    passing = {one["task"] for one in cases() if one["task"] in built and passes(one, built[one["task"]])}
    assert passing == set(), "these work: give them a runner, put their keys in PROMISED and lower STILL_PENDING"


# Whether the guards above would see it.

CASE: Answer = {
    "id": "proef",
    "task": "icc",
    "input": {"x": 2},
    "options": {},
    "expected": {"a": {"b": 2.0, "optimal_sets": [[0], [1]]}, "c": [1, "x", True]},
    "tolerance": {"default": {"rel": 1e-9}, "paths": {"a.b": {"abs": 0.5}}},
}
PATHS = ("a.b", "a.optimal_sets", "c", "not.named")


@pytest.mark.parametrize(
    ("answer", "complaints"),
    [
        ({"a": {"b": 2.4, "optimal_sets": [[1]]}, "c": [1, "x", True]}, []),
        ({"a": {"b": 2.6, "optimal_sets": [[1]]}, "c": [1, "x", True]}, ["a.b"]),
        ({"a": {"b": 2.0, "optimal_sets": [[2]]}, "c": [1, "x", True]}, ["a.optimal_sets"]),
        ({"a": {"b": 2.0, "optimal_sets": []}, "c": [1, "x", True]}, ["a.optimal_sets"]),
        ({"a": {"b": 2.0, "optimal_sets": [[0]]}, "c": [1.1, "x", True]}, ["c"]),
        ({"a": {"b": 2.0, "optimal_sets": [[0]]}, "c": [1, "x", 1]}, ["c"]),
        ({"a": {"b": float("nan"), "optimal_sets": [[0]]}}, ["a.b", "c"]),
        ({}, ["a.b", "a.optimal_sets", "c"]),
    ],
)
def test_a_wrong_answer_is_seen(answer: Answer, complaints: list[str]) -> None:
    assert [one.partition(":")[0] for one in wrong(CASE, answer, PATHS)] == complaints


@pytest.mark.parametrize("run", [lambda given, options: CASE["expected"], lambda x: CASE["expected"]])
def test_a_task_that_was_built_in_secret_is_seen(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert not passes(CASE, lambda x: {})
    assert passes(CASE, run)
    monkeypatch.setattr(runners, "icc", run, raising=False)
    assert built_meanwhile() == {"icc": run}
