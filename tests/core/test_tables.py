"""Files: every mistake named by row and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from werkplaats.core.forms import WholeNumberField
from werkplaats.core.tables import Problem, Report, TableError, checked, read_csv, read_json

REQUIRED, OPTIONAL = ("code", "name"), ("note",)
GOOD = [("rij 2", {"code": "1", "name": "één", "note": "a, b"}), ("rij 3", {"code": "2", "name": "twee", "note": ""})]


def written(folder: Path, content: str | bytes) -> Path:
    """A file with this in it."""
    path = folder / "bestand"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def told(path: Path) -> list[str]:
    """What is wrong with a CSV file."""
    with pytest.raises(TableError) as caught:
        read_csv(path, required=REQUIRED, optional=OPTIONAL)
    return [problem.told() for problem in caught.value.problems]


def told_of_json(path: Path) -> list[str]:
    """What is wrong with a JSON file."""
    with pytest.raises(TableError) as caught:
        read_json(path)
    return [problem.told() for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        'code,name,note\n1,één,"a, b"\n2,twee,\n',
        'code,name,note\r\n1,één,"a, b"\r\n2,twee,\r\n',
        "\ufeffcode;name;note\n1;één;a, b\n2;twee;\n",
        'note;name;code\n"a, b";"één";1\n;twee;2',
        'code , name,note\n 1 , één ,"a, b"\n2,twee,\n\n,,\n',
    ],
    ids=["comma", "windows", "spreadsheet", "other order", "spaces and empty rows"],
)
def test_files_as_spreadsheets_save_them_give_the_same_rows(tmp_path: Path, content: str) -> None:
    assert read_csv(written(tmp_path, content), required=REQUIRED, optional=OPTIONAL) == GOOD


def test_optional_columns_may_be_left_out_and_rows_count_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,name\n1,"twee\nregels"\n\n2,b\n')
    assert read_csv(path, required=REQUIRED, optional=OPTIONAL) == [
        ("rij 2", {"code": "1", "name": "twee\nregels"}),
        ("rij 4", {"code": "2", "name": "b"}),
    ]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", ["rij 1: code: deze kolom ontbreekt", "rij 1: name: deze kolom ontbreekt"]),
        ("code\n1\n", ["rij 1: name: deze kolom ontbreekt"]),
        (
            "code,name,naam,\n1,2,3,4\n",
            [
                "rij 1: naam: deze kolom kennen we niet; bekend zijn: code, name, note",
                "rij 1: ?: deze kolom kennen we niet; bekend zijn: code, name, note",
            ],
        ),
        ("code,name,code\n1,2,3\n", ["rij 1: een kolom staat er twee keer in"]),
        ("code,name\n1,2\n1\n1,2,3\n", ["rij 3: 1 cellen in plaats van 2", "rij 4: 3 cellen in plaats van 2"]),
        ('code,name\n1,"open\n', ["Het bestand is geen CSV: unexpected end of data."]),
    ],
)
def test_what_is_wrong_with_the_columns_is_said_all_at_once(tmp_path: Path, content: str, problems: list[str]) -> None:
    assert told(written(tmp_path, content)) == problems


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    for reader in (told, told_of_json):
        assert reader(written(tmp_path, "code,name\n1,Súdwest-Fryslân\n".encode("latin-1"))) == [
            "Het bestand is geen UTF-8-tekst. Bewaar het opnieuw als “CSV UTF-8” of JSON."
        ]


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "weg.csv"
    assert told(missing) == [f"Het bestand {missing} is niet te lezen."]
    assert told_of_json(tmp_path) == [f"Het bestand {tmp_path} is niet te lezen."]


def test_a_file_that_is_far_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert told(path) == ["Het bestand is groter dan 50 MB. Splits het."]


@settings(deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_in_a_file_it_is_rows_or_an_answer(tmp_path_factory: Any, content: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp(), b"code,name\n" + content)
    try:
        rows = read_csv(path, required=REQUIRED, optional=OPTIONAL)
    except TableError as error:
        assert error.problems
    else:
        assert all(set(row) == set(REQUIRED) for _place, row in rows)


def test_json_says_in_which_line_it_breaks(tmp_path: Path) -> None:
    assert read_json(written(tmp_path, '\ufeff{"a": [1, "é"]}')) == {"a": [1, "é"]}
    assert told_of_json(written(tmp_path, '{\n"a": 1,\n"b" 2\n}')) == [
        "regel 3: geen geldige JSON: Expecting ':' delimiter"
    ]
    assert told_of_json(written(tmp_path, "")) == ["regel 1: geen geldige JSON: Expecting value"]


@pytest.mark.parametrize("content", ["[" * 200_000, "9" * 10_000])
def test_json_made_to_choke_on_is_refused(tmp_path: Path, content: str) -> None:
    assert told_of_json(written(tmp_path, content)) == ["een getal is te lang of de lijsten zitten te diep in elkaar"]


def test_an_import_tells_its_mistakes_in_lines() -> None:
    error = TableError([Problem("rij 3", "code", "klopt niet"), Problem("", "", "Het bestand is leeg.")])
    assert error.told() == (
        "Niets ingelezen: 2 fout(en) in het bestand.\n  rij 3: code: klopt niet\n  Het bestand is leeg."
    )


def test_an_import_tells_what_it_did() -> None:
    report = Report(created=["a", "b"], updated=["c"], ended=["d"], unchanged=4, notes=["let op"])
    counts = "2 nieuw, 1 gewijzigd, 1 beëindigd, 4 ongewijzigd.\n  let op"
    assert report.told(dry_run=False) == f"Ingelezen.\n{counts}"
    assert report.told(dry_run=True) == f"Proef: dit zou er gebeuren, er is niets bewaard.\n{counts}"


class Row(forms.Form):
    """A row with a number."""

    number = WholeNumberField(required=False, max_value=300)

    def clean(self) -> None:
        """Thirteen is refused as a whole."""
        if self.cleaned_data.get("number") == 13:
            raise forms.ValidationError("ongeluk")


@pytest.mark.parametrize(("typed", "value"), [("0", 0), (" 243 ", 243), ("007", 7), ("", None)])
def test_a_whole_number_is_bare_digits(typed: str, value: int | None) -> None:
    problems: list[Problem] = []
    assert checked(Row({"number": typed}), "rij 2", problems) == {"number": value}
    assert problems == []


@pytest.mark.parametrize("typed", ["243.000", "243,0", "243.0", "-1", "1e2", "２４", "²", "twaalf"])
def test_a_number_with_a_dot_is_not_quietly_made_a_thousand_times_smaller(typed: str) -> None:
    problems: list[Problem] = []
    assert checked(Row({"number": typed}), "rij 2", problems) is None
    assert problems == [Problem("rij 2", "number", "Voer een geheel getal in.")]


def test_a_mistake_of_a_whole_row_names_no_column() -> None:
    problems: list[Problem] = []
    assert checked(Row({"number": "13"}), "rij 2", problems) is None
    assert [problem.told() for problem in problems] == ["rij 2: ongeluk"]
