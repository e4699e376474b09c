"""The glossary docs/woordenlijst.md holds every model, under the name people see, with a real meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from .plan import ROOT, told

GLOSSARY = ROOT / "docs" / "woordenlijst.md"
LEAST_WORDS = 8


class Row(NamedTuple):
    """A model as the glossary knows it."""

    code: str
    dutch: str
    app: str
    meaning: str


def tables(text: str) -> dict[tuple[str, ...], list[list[str]]]:
    """The rows of each table in a page, by the words at its head."""
    found: dict[tuple[str, ...], list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            rows = None
        elif rows is None:
            rows = found.setdefault(tuple(cells), [])
        elif set("".join(cells)) - set("-:"):
            rows.append(cells)
    return found


def wrong_meanings(meanings: Iterable[tuple[str, str]]) -> list[str]:
    """Meanings that say too little, or say the same as another."""
    wrong, seen = [], {}
    for word, meaning in meanings:
        plain = meaning.lower().rstrip(".")
        if len(meaning.split()) < LEAST_WORDS:
            wrong.append(f"{word}: say what it means in at least {LEAST_WORDS} words")
        if plain in seen:
            wrong.append(f"{word}: the same meaning as {seen[plain]}")
        seen[plain] = word
    return wrong


def wrong_rows(rows: Iterable[list[str]], found: Iterable[type[models.Model]]) -> list[str]:
    """Models without a row, rows without a model, and rows that call a model something else."""
    wrong = [f"{' | '.join(cells)}: a row has four cells" for cells in rows if len(cells) != 4 or not all(cells)]
    known = [Row(*cells) for cells in rows if len(cells) == 4]
    with translation.override("nl"):
        names = {(m._meta.app_label, m.__name__): str(m._meta.verbose_name) for m in found}
    listed = {(row.app, row.code): row for row in known}
    wrong += [f"{app}.{code} ({names[app, code]}) has no row" for app, code in names if (app, code) not in listed]
    wrong += [f"{app}.{code} does not exist (any more)" for app, code in listed if (app, code) not in names]
    wrong += [
        f"{app}.{code} is called “{row.dutch}” here and “{names[app, code]}” on the screen"
        for (app, code), row in listed.items()
        if (app, code) in names and names[app, code] != row.dutch
    ]
    if len(listed) != len(known):
        wrong.append("a model stands in the list twice")
    return wrong + wrong_meanings((f"{row.app}.{row.code}", row.meaning) for row in known)


def our_models() -> list[type[models.Model]]:
    """The concrete models of our apps."""
    return [model for model in apps.get_models() if model.__module__.startswith("werkplaats.")]


def rows(head: tuple[str, ...]) -> list[list[str]]:
    """The rows of one table of the glossary."""
    found = tables(GLOSSARY.read_text())
    assert head in found, f"docs/woordenlijst.md has no table | {' | '.join(head)} |"
    return found[head]


def test_every_model_stands_in_the_glossary():
    wrong = wrong_rows(rows(("code", "Nederlands", "app", "betekenis")), our_models())

    assert wrong == [], told("Write or mend the row in docs/woordenlijst.md, in plain Dutch", wrong)


def test_other_words_mean_something():
    others = rows(("woord", "betekenis"))

    assert wrong_meanings((cells[0], cells[1]) for cells in others) == []


@pytest.mark.parametrize("head", [("code", "Nederlands", "app", "betekenis"), ("woord", "betekenis")])
def test_words_stand_in_order_and_once(head):
    words = [(cells[0].lower(), cells[2] if len(cells) > 2 else "") for cells in rows(head)]

    assert words == sorted(set(words)), "Keep the glossary in alphabetical order, each word once"


def test_a_wrong_glossary_is_found():
    page = """# Lijst

| code | Nederlands | app | betekenis |
|---|---|---|---|
| Theme | onderwerp | terms | Een onderwerp in een kleine boom waaronder wij vragen ordenen. |
| Person | persoon | people | Iemand. |
| Account | account | people | een onderwerp in een kleine boom waaronder wij vragen ordenen |
| Ghost | geest | people | Wat ooit een model was en nu nergens meer te vinden is. |
| Role | rol |

| woord | betekenis |
|---|---|
| trekker | Wie trekt. |
"""
    found = tables(page)
    known = [model for model in our_models() if model.__name__ in {"Theme", "Person", "Account", "Role", "Province"}]

    wrong = wrong_rows(found["code", "Nederlands", "app", "betekenis"], known)

    assert sorted(line.partition(":")[0].partition(" ")[0] for line in wrong) == [
        "Role",
        "people.Account",
        "people.Ghost",
        "people.Person",
        "people.Role",
        "places.Province",
        "terms.Theme",
    ]
    assert found["woord", "betekenis"] == [["trekker", "Wie trekt."]]
