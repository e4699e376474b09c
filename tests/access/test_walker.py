"""The walker and the table themselves: what never complains would prove nothing."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect

from tests.access.table import COLUMNS, PATH, Row, Unsound, read
from tests.access.turning import leads
from tests.access.walk import Case, Fault, Walker, cases, told
from werkplaats.core import logbook
from werkplaats.core.actors import VISITOR
from werkplaats.desk.listing import as_sheet
from werkplaats.site import texts
from werkplaats.terms.models import Theme

PAGE = next(case for case in cases(read()) if case.first.address == "accessibility")
LEAK = "vraag-vreemd-wacht.woorden"


def met(walker: Walker, view: Any, **changes: Any) -> set[str]:
    """What a visitor and a coordinator notice when this view stands in place of a plain page."""
    row = replace(PAGE.first, **changes)
    with ExitStack() as stack:
        leads(stack, texts.accessibility, view)
        return {fault.what for fault in walker.faults([Case((row,))], ["bezoeker", "coordinator"])}


def says(text: str) -> Any:
    return lambda request: HttpResponse(text)


def test_a_planted_leak_is_noticed(walker: Walker) -> None:
    word = walker.world.canaries[LEAK]

    assert met(walker, says("niets bijzonders")) == set()
    assert met(walker, says(f"<p>{word}</p>")) == {f"lekt “{LEAK}”"}


def test_a_leak_in_a_header_is_noticed(walker: Walker) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("niets", headers={"X-Note": walker.world.canaries[LEAK]})

    assert met(walker, view) == {f"lekt “{LEAK}”"}


def test_a_leak_inside_a_spreadsheet_is_noticed(walker: Walker) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return as_sheet("lijst", [["vraag"], [walker.world.canaries[LEAK]]])

    assert met(walker, view) == {f"lekt “{LEAK}”"}


def test_what_may_never_be_seen_is_noticed_though_a_row_allows_it(walker: Walker) -> None:
    word = walker.world.canaries[LEAK]

    assert met(walker, says(word), shows=(LEAK,)) == {f"toont “{LEAK}”, en dat mag nergens"}


def test_what_was_sent_may_come_back(walker: Walker) -> None:
    mail = "account-vreemd.mail"

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(walker.world.canaries[mail])

    assert met(walker, view) == {f"lekt “{mail}”"}
    assert met(walker, view, sends="login={account-vreemd.email}") == set()


def test_another_answer_is_noticed(walker: Walker) -> None:
    assert met(walker, lambda request: HttpResponseForbidden()) == {"antwoordt 403 , verwacht ja"}
    assert met(walker, lambda request: HttpResponseRedirect("/")) == {"antwoordt 302 /, verwacht ja"}
    elsewhere = dict.fromkeys(PAGE.first.cells, "verder")
    assert met(walker, lambda request: HttpResponseRedirect("/"), cells=elsewhere, to="search") == {
        "leidt naar home, verwacht search"
    }


def test_a_page_that_breaks_is_noticed(walker: Walker) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("boem")

    assert met(walker, view) == {"antwoordt 500 , verwacht ja"}


def test_what_should_be_there_and_what_should_not_are_noticed(walker: Walker) -> None:
    hidden = dict.fromkeys(PAGE.first.cells, "zonder")

    assert met(walker, says("leeg"), shows=("12 resultaten",)) == {"toont niet “12 resultaten”"}
    assert met(walker, says("12 resultaten"), shows=("12 resultaten",), cells=hidden) == {"toont “12 resultaten”"}


def test_a_write_that_should_not_happen_is_noticed_and_undone(walker: Walker) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        Theme.objects.create(name="Stiekem", slug="stiekem")
        logbook.write("terms.theme.made", "thema", by=VISITOR)
        return HttpResponse("klaar")

    assert met(walker, view) == {
        "schrijft in het logboek ('terms.theme.made',), verwacht niets", "schrijft in terms_theme"
    }  # fmt: skip
    assert not Theme.objects.filter(slug="stiekem").exists()
    does = dict.fromkeys(PAGE.first.cells, "doet")
    assert met(walker, view, cells=does, verbs=("terms.theme.made",)) == set()
    assert met(walker, says("niets"), cells=does) == {"schrijft niets"}


def test_the_same_difference_is_told_once_with_everyone_who_met_it() -> None:
    faults = [Fault("regel 3: GET home [GET /]", who, "lekt “x”") for who in ("bezoeker", "account-lector")]

    assert told(faults).splitlines()[1:] == ["  regel 3: GET home [GET /]: lekt “x” (bezoeker, account-lector)"]


GOOD = "pagina,home,,,,,,," + ",".join(["ja"] * 9) + ","
HEAD = ",".join(COLUMNS)


def written(tmp_path: Path, *lines: str) -> list[Row]:
    path = tmp_path / "access.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([GOOD.replace("ja", "misschien", 1)], "regel 2: bezoeker: “misschien” is geen antwoord"),
        ([GOOD.replace("ja", "", 1)], "regel 2: bezoeker: “” is geen antwoord"),
        ([GOOD.replace("pagina", "radio")], "kanaal “radio” bestaat niet"),
        ([GOOD.replace("home", "search"), GOOD], "regel 3: staat niet op kanaal en adres"),
        ([GOOD.replace("ja", "doet", 1)], "zegt niet wat er dan in het logboek staat"),
        ([GOOD.replace("ja", "verder", 1)], "zegt niet waarheen"),
        ([GOOD + ",te veel"], "heeft niet precies de kolommen van de kop"),
        ([GOOD.removesuffix(",ja,")], "heeft niet precies de kolommen van de kop"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(Unsound, match=complaint):
        written(tmp_path, *lines)


def test_a_line_for_several_records_is_a_row_for_each(tmp_path: Path) -> None:
    rows = written(tmp_path, GOOD.replace("home,,,", "home,,een twee,").replace(",,,,ja", ",.woorden; los,,,ja", 1))

    assert [(row.record, row.shows) for row in rows] == [
        ("een", ("een.woorden", "los")), ("twee", ("twee.woorden", "los")),
    ]  # fmt: skip


def test_the_table_opens_in_a_spreadsheet() -> None:
    text = PATH.read_bytes()

    assert text.decode("utf-8").splitlines()[0] == HEAD
    assert b"\r" not in text
