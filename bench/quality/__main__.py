"""Recall on the demonstration: ``python -m bench.quality [-v]``, both halves side by side; -v says what is missed.

For each question: is one of its right answers among the first three, the first five; and which share of its right
answers (at most five) is among the first five. "Vooraf" is what the question form shows while someone types
(``catalogue.answers``), "zoeken" what the search page shows for the same words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from ..stage import PROGRAM, environment

QUESTIONS = Path(__file__).parent / "questions.json"
# Questions of this kind have no right answer: before asking they must find nothing.
NONSENSE = "onzin"
_FIGURES = "bij eerste 3 | bij eerste 5 | recall@5"
_HEAD = f"| deel | soort of manier | n | vooraf: {_FIGURES} | zoeken: {_FIGURES} |"
Found = Callable[[str], list[str]]


def main() -> None:
    """Measure on a demonstration of our own."""
    with tempfile.TemporaryDirectory(prefix="werkplaats-kwaliteit-") as folder:
        for command in ("prepare", "demo"):
            subprocess.run([PROGRAM, command], env=environment(Path(folder)), check=True, stdout=subprocess.DEVNULL)
        os.environ.update(environment(Path(folder)), DJANGO_SETTINGS_MODULE="werkplaats.config.settings")
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.conf import settings

    from werkplaats.catalogue.follower import Follower
    from werkplaats.catalogue.index import Folder
    from werkplaats.core import clock

    follower = Follower(Folder(settings.SEARCH_FOLDER))
    follower.step()
    # The clock stands: on a slow machine the follower would be taken for silent, and the table would answer.
    with clock.at(clock.now()):
        _report(*finders())
    follower.close()


def _report(before: Found, search: Found) -> None:
    everything = json.loads(QUESTIONS.read_text())["questions"]
    questions = [question for question in everything if question["kind"] != NONSENSE]
    print(_HEAD)
    print("|" + " --- |" * 9)
    for half in ("oefen", "apart"):
        some = [question for question in questions if question["half"] == half]
        for name, group in _groups(some):
            print(f"| {half} | {name} | {len(group)} | {_figures(group, before)} | {_figures(group, search)} |")
    if "-v" in sys.argv:
        for question in questions:
            if not set(question["right"]) & set(before(question["typed"])[:5]):
                print(f"mist ({question['half']}, {question['way']}): {question['typed']} -> {question['right'][0]}")
    nonsense = [question["typed"] for question in everything if question["kind"] == NONSENSE]
    wrong = {typed: found for typed in nonsense if (found := before(typed))}
    print(f"\nMoet niets vinden: {len(nonsense) - len(wrong)} van {len(nonsense)} vinden vooraf niets.")
    for typed, found in wrong.items():
        print(f"vindt toch: {typed} -> {', '.join(found)}")


def finders() -> tuple[Found, Found]:
    """What is found for a text, as identifiers of the questions' answers: before asking, and by the search page."""
    from werkplaats.agenda.models import Question
    from werkplaats.agenda.queries import answers_to
    from werkplaats.catalogue import search
    from werkplaats.network.models import Werkplaats
    from werkplaats.places.models import Municipality

    known = {
        **dict(Question.objects.values_list("uid", "text")),
        **dict(Werkplaats.objects.values_list("uid", "slug")),
        **dict(Municipality.objects.values_list("uid", "name")),
    }

    def named(hits: Iterable[search.Hit]) -> list[str]:
        return [known.get(hit.entry.uid, hit.entry.uid) for hit in hits]

    def before(text: str) -> list[str]:
        found = answers_to(text)
        return named(found.hits) if found else []

    return before, lambda text: named(search.find(search.Query(text))[0:5])


def _groups(some: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for question in some:
        groups[question["kind"]].append(question)
    for question in some:
        if question["kind"] == "vraag":
            groups[f"vraag, {question['way']}"].append(question)
    return [*groups.items(), ("alles", some)]


def _figures(group: list[dict[str, str]], find: Found) -> str:
    first = {3: 0, 5: 0}
    recall = 0.0
    for question in group:
        found, right = find(question["typed"]), set(question["right"])
        for most in first:
            first[most] += bool(right & set(found[:most]))
        recall += len(right & set(found[:5])) / min(len(right), 5)
    shares = [first[3] / len(group), first[5] / len(group), recall / len(group)]
    return " | ".join(f"{share:.2f}".replace(".", ",") for share in shares)


if __name__ == "__main__":
    main()
