"""What other people's tools see: types and style. Their settings stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys

from .plan import PYPROJECT, ROOT, SRC, modules, room


def run(*command: object, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment in the repository."""
    asked = [sys.executable, "-m", *map(str, command)]
    return subprocess.run(asked, cwd=ROOT, input=given, capture_output=True, text=True, check=False)


def test_types_of_the_shared_rooms_are_right():
    strict = [
        path
        for path in modules()
        if room(path)[0] in {"core", "catalogue", "stats", "flows"} or room(path)[1] == "actions"
    ]

    result = run("mypy", *strict)

    assert result.returncode == 0, "Types of core, catalogue, actions and flows are checked:\n" + result.stdout


def test_source_follows_the_style():
    result = run("ruff", "check", "--quiet", "--output-format=concise", ".")

    assert result.returncode == 0, "Run `ruff check --fix`, and mend the rest:\n" + result.stdout


def test_source_is_formatted():
    result = run("ruff", "format", "--check", "--quiet", "--output-format=concise", ".")

    assert result.returncode == 0, "Run `ruff format`:\n" + result.stdout


def test_untyped_and_wrongly_typed_functions_are_found(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text('def untyped(a):\n    return a\n\ndef wrong() -> int:\n    return "x"\n')

    result = run("mypy", f"--cache-dir={tmp_path}", bad)

    assert [line.split(":")[1] for line in result.stdout.splitlines() if ": error:" in line] == ["1", "5"]


def test_texts_of_choices_are_text_to_mypy(tmp_path):
    good = tmp_path / "good.py"
    good.write_text(
        "from django.db import models\nfrom django.utils.translation import gettext_lazy as _\n\n"
        'class Kind(models.TextChoices):\n    A = "a", _("a")\n\ndef one() -> str:\n    return Kind.A\n'
    )

    result = run("mypy", f"--cache-dir={tmp_path}", good)

    assert result.returncode == 0, result.stdout


def test_bad_style_is_found():
    bad = f'import os\nx = "{"a" * 130}"\nprint(_(f"{{x}} vragen"))\n'

    result = run(
        "ruff", "check", "--output-format=concise", f"--config={PYPROJECT}", "--stdin-filename=x.py", "-", given=bad
    )
    loose = run("ruff", "format", "--check", "--stdin-filename", SRC / "x.py", "-", given="x = 'a'\n")

    assert [code for code in ("F401", "E501", "INT001") if code not in result.stdout] == []
    assert loose.returncode == 1
