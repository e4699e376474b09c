"""The command line, in processes of its own as an operator starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.core.conftest import Run
from tests.core.stored import everything
from tests.core.test_serving import free_port
from werkplaats.core.models import LogEntry
from werkplaats.places.models import Municipality

HEADER = "code,name,province,population\n"


def loaded(said: str) -> set[str]:
    """The top-level packages that ``-X importtime`` names."""
    return {name.split(".")[0] for name in re.findall(r"^import time:.*\| +([\w.]+)$", said, re.MULTILINE)}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["import", "--help"], 0),
        ([], 2),
        (["onzin"], 2),
        (["import", "planeten", "bestand.csv"], 2),
        (["import", "municipalities"], 2),
        (["account", "create", "ada@example.org"], 2),
        (["logbook", "verify", "--zegel", "1234"], 2),
        (["logbook", "verify", "--from", "0"], 2),
        (["serve", "--port", "80000"], 2),
        (["serve", "--demo", "--help"], 0),
    ],
)
def test_help_version_and_wrong_arguments_need_no_django(run: Run, tmp_path: Path, words: list[str], code: int) -> None:
    answer = run(*words, python=("-X", "importtime"))

    assert answer.returncode == code
    assert "argparse" in loaded(answer.stderr)
    said = re.sub(r"^import time:.*$", "", answer.stderr, flags=re.MULTILINE) + answer.stdout
    english = r"usage|argument|option|error|required|show|choose|invalid"
    assert not re.search(rf"\b({english})", said), said
    assert loaded(answer.stderr) & {"django", "wagtail", "granian", "psycopg", "numpy", "scipy"} == set()
    assert not (tmp_path / "data").exists()


def test_it_says_what_it_can_do_and_which_version_it_is(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("werkplaats")
    said = {
        word: subprocess.run([program, word], capture_output=True, text=True).stdout for word in ("--help", "--version")
    }

    assert said["--version"] == f"werkplaats {version('werkplaats')}\n"
    commands = re.findall(r"^    (\w+)(?:  |$)", said["--help"], re.MULTILINE)
    assert commands == [
        "prepare",
        "serve",
        "demo",
        "import",
        "map",
        "catalogue",
        "tasks",
        "logbook",
        "roles",
        "account",
        "django",
    ]


@pytest.mark.parametrize(
    ("given", "words", "told"),
    [
        ({"PORT": "poort"}, [], "een poort is een heel getal"),
        ({"WERKPLAATS_WORKERS": "veel"}, [], "WERKPLAATS_WORKERS is een aantal processen"),
        ({"WERKPLAATS_DATABASE": ""}, [], "Er is hier nog niets klaargezet"),
        ({}, ["--demo"], "WERKPLAATS_DATA en WERKPLAATS_DATABASE wijst een eigen installatie aan"),
    ],
)
def test_what_cannot_be_served_is_told_with_what_to_do(
    environment: dict[str, str], tmp_path: Path, given: dict[str, str], words: list[str], told: str
) -> None:
    command = [sys.executable, "-m", "werkplaats.config.cli", "serve", *words]
    said = {**environment, "PORT": str(free_port()), **given}
    answer = subprocess.run(command, env=said, capture_output=True, text=True, timeout=60)
    assert answer.returncode in {1, 2}
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_an_import_can_be_tried_and_then_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gemeenten.csv"
    path.write_text(f"{HEADER}GM0014,Groningen,Groningen,243768\nGM1731,Midden-Drenthe,Drenthe,34000\n")
    before = everything()

    tried = run("import", "municipalities", str(path), "--dry-run")
    assert (tried.returncode, tried.stdout) == (
        0,
        "Proef: dit zou er gebeuren, er is niets bewaard.\n2 nieuw, 0 gewijzigd, 0 beëindigd, 0 ongewijzigd.\n",
    )
    assert "2 van 2 rijen" in tried.stderr
    assert everything() == before

    done = run("import", "municipalities", str(path))
    assert (done.returncode, done.stdout) == (
        0, "Ingelezen.\n2 nieuw, 0 gewijzigd, 0 beëindigd, 0 ongewijzigd.\n"
    )  # fmt: skip
    assert set(Municipality.objects.values_list("code", "name", "population")) == {
        ("GM0014", "Groningen", 243768),
        ("GM1731", "Midden-Drenthe", 34000),
    }
    assert list(LogEntry.objects.values_list("verb", "actor", "detail")) == [
        (
            "places.municipalities.imported",
            "systeem",
            {"rows": 2, "created": 2, "updated": 0, "ended": 0, "unchanged": 0},
        )
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_an_import_with_mistakes_tells_all_of_them_and_keeps_nothing(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    path = tmp_path / "gemeenten.csv"
    path.write_text(f"{HEADER}GM0014,Groningen,Groningen,243.768\nGM1731,Midden-Drenthe,Drenthe,\n1680,,Drenthe,veel\n")
    before = everything()

    answer = run("import", "municipalities", str(path), *words)
    assert (answer.returncode, answer.stdout) == (1, "")
    problems = answer.stderr.partition("rijen\n")[2]
    assert problems == (
        "Niets ingelezen: 4 fout(en) in het bestand.\n"
        "  rij 2: population: Voer een geheel getal in.\n"
        "  rij 4: code: Een CBS-code van een gemeente is GM met vier cijfers, zoals GM1731.\n"
        "  rij 4: name: Dit is een verplicht veld.\n"
        "  rij 4: population: Voer een geheel getal in.\n"
    )
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_an_account_that_cannot_be_is_refused_in_a_sentence(run: Run) -> None:
    before = everything()
    answer = run("account", "create", "ada@example.org", "--name", "Ada", "--role", "coordinator", "--scope", "nergens")
    assert (answer.returncode, answer.stdout, answer.stderr) == (
        1, "", "“nergens” is geen werkplaats of organisatie die bij deze rol past.\n"
    )  # fmt: skip
    assert everything() == before
