"""What is written about the house is there: links lead somewhere, and files that are named exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.plan import ROOT, SRC, told

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
# A file of ours as texts name it: `agenda/actions.py`, `docs/huis.md`, `tests/access.csv`.
_NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|md|csv|json|html|toml|css|js|mjs))`")
_TEXTS = [
    *sorted(ROOT.glob("*.md")),
    *(path for folder in ("docs", "src", "tests", "bench") for path in sorted((ROOT / folder).rglob("*.md"))),
]
# Made while the program runs, in the folder of its data.
_MADE = {"search/state.json"}
# What was decided stays as it was written, also when the house changed since.
_NOW = [path for path in _TEXTS if "adr" not in path.parts]


def dead_links(text: Path) -> Iterator[str]:
    """Links to no file of ours, or to no heading in it. Addresses elsewhere are nobody's to check here."""
    for link in _LINK.findall(text.read_text()):
        target, _hash, place = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        leads = (text.parent / unquote(target)) if target else text
        if not leads.exists() or (
            place
            and leads.suffix == ".md"
            and place not in {_anchor(one) for one in _HEADING.findall(leads.read_text())}
        ):
            yield f"{text.name}: {link}"


def _anchor(heading: str) -> str:
    bare = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower())
    return re.sub(r"\s", "-", bare)


def unknown_files(text: Path) -> Iterator[str]:
    """Names of files that do not exist: from the root, below the source, or beside the text itself."""
    for name in set(_NAMED.findall(text.read_text())) - _MADE:
        if not any((place / name).exists() for place in (ROOT, SRC, text.parent, text.parent.parent, ROOT / "tests")):
            yield f"{text.name}: {name}"


@pytest.mark.parametrize("text", _TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_texts_lead_somewhere(text: Path) -> None:
    wrong = list(dead_links(text))
    assert wrong == [], told("Mend the link", wrong)


@pytest.mark.parametrize("text", _NOW, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_texts_name_exist(text: Path) -> None:
    wrong = list(unknown_files(text))
    assert wrong == [], told("Name the file as it is called now", wrong)


def test_dead_links_and_unknown_files_are_found(tmp_path: Path) -> None:
    text = tmp_path / "wrong.md"
    text.write_text(
        "# Een kop\n[goed](wrong.md#een-kop) [weg](weg.md) [nergens](#andere-kop) `core/weg.py` `core/clock.py`\n"
    )
    assert list(dead_links(text)) == ["wrong.md: weg.md", "wrong.md: #andere-kop"]
    assert list(unknown_files(text)) == ["wrong.md: core/weg.py"]
