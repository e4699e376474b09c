"""What leaves as a citation comes back in other people's programs as it was."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from typing import Any

import bibtexparser
import pybtex.database
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given, settings
from hypothesis import strategies as st

from werkplaats.library.exports import as_bibtex, as_csl, as_ris, as_text
from werkplaats.library.exports.lines import one_line
from werkplaats.library.rules.cited import Cited, Maker
from werkplaats.library.rules.names import parse

BOOK = Cited(
    uid="publicatie-01ARZ3NDEKTSV4RRFFQ69G5FAV",
    kind="boek",
    title="Zorg & welzijn: 100% {samen}",
    subtitle="een_verhaal #1 ~ $5 ^ \\ uit de wijk",
    summary="Eerste regel.\nTweede regel; met 'aanhaling' en é.",
    address="https://voorbeeld.nl/bibliotheek/publicatie-01ARZ3NDEKTSV4RRFFQ69G5FAV/",
    makers=(
        Maker("Mirjam van der Plas"),
        Maker("J.-P. in 't Veld"),
        Maker("Balkenende de Vries, José"),
        Maker("Werkgroep Wmo, Zorg and Zo", is_group=True),
        Maker("Änne Löwe", role="redacteur"),
    ),
    year=2012, month=9, day=20, publisher="Uitgeverij Zus & Zo", place="Utrecht", pages="12–34", edition="2e druk",
    licence="cc-by", numbers=(("doi", "10.1234/ab_c%d(1)"), ("isbn", "978-90-8850-000-0")),
)  # fmt: skip


def ris(cited: Cited) -> dict[str, Any]:
    """Read by rispy."""
    found = rispy.loads(as_ris(cited))
    assert len(found) == 1
    return found[0]


def csl(cited: Cited) -> Any:
    """Read by citeproc-py."""
    return CiteProcJSON(json.loads(as_csl(cited)))[cited.uid.lower()]


def of_latex(text: str) -> str:
    """What LaTeX shows of a text, of the signs that we write."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
             "textasciicircum": "^"}  # fmt: skip
    shown = re.compile(r"\\([a-z]+)\{\}|\\(.)|[{}]")
    return shown.sub(lambda found: named[found[1]] if found[1] else found[2] or "", text)


def test_ris_is_read_back():
    found = ris(BOOK)

    assert found["type_of_reference"] == "BOOK"
    assert found["title"] == BOOK.whole_title
    assert found["authors"] == [
        "Plas, Mirjam van der", "Veld, J.-P. in 't", "Balkenende de Vries, José", "Werkgroep Wmo, Zorg and Zo",
    ]  # fmt: skip
    assert found["secondary_authors"] == ["Löwe, Änne"]
    assert (found["year"], found["date"]) == ("2012", "2012/09/20/")
    assert (found["start_page"], found["end_page"]) == ("12", "34")
    assert found["abstract"] == "Eerste regel. Tweede regel; met 'aanhaling' en é."
    assert (found["doi"], found["issn"]) == ("10.1234/ab_c%d(1)", "978-90-8850-000-0")
    assert found["urls"] == [BOOK.address]


def test_bibtex_is_read_back_by_two_programs():
    text = as_bibtex(BOOK)
    entry = pybtex.database.parse_string(text, "bibtex").entries["plas2012zorg"]
    other = bibtexparser.parse_string(text)

    assert entry.type == "book"
    assert [(one.prelast_names, one.last_names, one.first_names) for one in entry.persons["author"]] == [
        (["van", "der"], ["Plas"], ["Mirjam"]),
        (["in", "'t"], ["Veld"], ["J.-P."]),
        ([], ["{Balkenende de Vries}"], ["José"]),
        ([], ["{Werkgroep Wmo, Zorg and Zo}"], []),
    ]
    assert of_latex(entry.fields["title"]) == BOOK.whole_title
    assert (entry.fields["publisher"], entry.fields["pages"]) == (r"Uitgeverij Zus \& Zo", "12--34")
    assert entry.fields["doi"] == "10.1234/ab_c%d(1)"
    assert not other.failed_blocks
    assert of_latex(other.entries_dict["plas2012zorg"]["title"]) == BOOK.whole_title


def test_csl_is_read_back():
    found = csl(BOOK)

    assert found.type == "book" and found.key == BOOK.uid.lower()
    assert (str(found.title), str(found.publisher)) == (BOOK.whole_title, "Uitgeverij Zus & Zo")
    names = json.loads(as_csl(BOOK))[0]["author"]
    assert names[0] == {"family": "Plas", "given": "Mirjam", "non-dropping-particle": "van der"}
    assert names[3] == {"literal": "Werkgroep Wmo, Zorg and Zo"}
    assert (found.issued.year, found.issued.month, found.issued.day) == (2012, 9, 20)


def test_the_line_for_a_list_of_literature():
    assert as_text(BOOK) == (
        "Plas, M. van der, Veld, J.-P. in 't, Balkenende de Vries, J., & Werkgroep Wmo, Zorg and Zo (2012). "
        "Zorg & welzijn: 100% {samen}: een_verhaal #1 ~ $5 ^ \\ uit de wijk (2e druk). Uitgeverij Zus & Zo. "
        "https://doi.org/10.1234/ab_c%25d(1)"
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"year": 0}, "Boer, A. de (z.d.). Wijs. https://voorbeeld.nl/"),
        ({"about": True}, "Boer, A. de (ca. 2011). Wijs. https://voorbeeld.nl/"),
        ({"makers": ()}, "Wijs. (2011). https://voorbeeld.nl/"),
        ({"title": "Wat helpt?"}, "Boer, A. de (2011). Wat helpt? https://voorbeeld.nl/"),
        ({"title": "Wat helpt?", "subtitle": "Een zoektocht"}, "Boer, A. de (2011). Wat helpt? Een zoektocht. https://voorbeeld.nl/"),
        ({"kind": "film", "month": 3, "day": 4}, "Boer, A. de (2011, 4 maart). Wijs [Film]. https://voorbeeld.nl/"),
        ({"makers": (Maker("Anna de Boer", "redacteur"),)}, "Boer, A. de (Red.) (2011). Wijs. https://voorbeeld.nl/"),
        (
            {"kind": "artikel", "container": "Sociaal Bestek", "volume": "73", "issue": "4", "pages": "12-15"},
            "Boer, A. de (2011). Wijs. Sociaal Bestek, 73(4), 12-15. https://voorbeeld.nl/",
        ),
        (
            {"kind": "hoofdstuk", "container": "Het boek",
             "makers": (Maker("Anna de Boer"), Maker("Piet Pop", "redacteur"))},
            "Boer, A. de (2011). Wijs. In Pop, P. (Red.), Het boek. https://voorbeeld.nl/",
        ),
        ({"makers": (Maker("Movimento", is_group=True),), "publisher": "Movimento"}, "Movimento (2011). Wijs. https://voorbeeld.nl/"),
    ],
)  # fmt: skip
def test_lines_of_all_sorts(changes, line):
    plain = Cited(uid="publicatie-1", kind="boek", title="Wijs", address="https://voorbeeld.nl/", year=2011)
    assert as_text(replace(plain, makers=(Maker("Anna de Boer"),))) == "Boer, A. de (2011). Wijs. https://voorbeeld.nl/"

    assert as_text(replace(plain, **{"makers": (Maker("Anna de Boer"),), **changes})) == line


def test_twenty_one_names_are_shortened():
    many = replace(BOOK, makers=tuple(Maker(f"A. Naam{letter}") for letter in string.ascii_lowercase[:21]))

    line = as_text(many)

    assert "Naams, A., … Naamu, A. (2012)" in line and "Naamt" not in line


def test_what_is_not_known_is_left_out():
    bare = Cited(uid="publicatie-1", kind="overig", title="Wijs", address="https://voorbeeld.nl/")

    assert set(ris(bare)) == {"type_of_reference", "id", "title", "language", "urls"}
    assert set(json.loads(as_csl(bare))[0]) == {"id", "type", "title", "language", "URL"}
    entry = pybtex.database.parse_string(as_bibtex(bare), "bibtex").entries["zdwijs"]
    assert set(entry.fields) == {"title", "language", "url"} and not entry.persons


@pytest.mark.parametrize(
    ("printed", "family", "given", "particle", "listed"),
    [
        ("Mirjam van der Plas", "Plas", "Mirjam", "van der", "Plas, M. van der"),
        ("Plas, Mirjam van der", "Plas", "Mirjam", "van der", "Plas, M. van der"),
        ("J.P. Balkenende", "Balkenende", "J.P.", "", "Balkenende, J. P."),
        ("Balkenende de Vries, Jan Peter", "Balkenende de Vries", "Jan Peter", "", "Balkenende de Vries, J. P."),
        ("Jan-Willem de l'Orme", "l'Orme", "Jan-Willem", "de", "l'Orme, J.-W. de"),
        ("Van Ewijk", "Ewijk", "", "Van", "Ewijk, Van"),
        ("Multatuli", "Multatuli", "", "", "Multatuli"),
        ("Hans van 't Veer", "Veer", "Hans", "van 't", "Veer, H. van 't"),
        ("Øystein Åse", "Åse", "Øystein", "", "Åse, Ø."),
    ],
)
def test_names_in_their_parts(printed, family, given, particle, listed):
    name = parse(printed)

    assert (name.family, name.given, name.particle, name.sorted_name) == (family, given, particle, listed)


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SOME = ANY.filter(lambda text: any(one.isalnum() for one in text))
WORD = st.text(st.characters(categories=["Lu", "Ll", "Lt", "Lo"]), min_size=1, max_size=20)
PART = WORD | st.sampled_from(["van", "der", "de", "&", "and", "{x}", "10%"])
PERSON = st.lists(PART, min_size=1, max_size=5).map(" ".join)
MAKER = st.builds(Maker, PERSON | SOME, st.sampled_from(["auteur", "redacteur"]), st.booleans())
RECORD = st.builds(
    replace, st.just(BOOK), title=SOME, subtitle=ANY, summary=ANY, publisher=ANY, place=ANY, container=ANY,
    pages=ANY, edition=ANY, makers=st.lists(MAKER, max_size=5).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(RECORD)
@example(BOOK)
def test_whatever_is_typed_each_program_reads_one_record(cited):
    title = one_line(cited.whole_title)

    assert ris(cited)["title"] == title
    made = json.loads(as_csl(cited))
    assert made[0]["title"] == title and csl(cited).title is not None
    text = as_bibtex(cited)
    entries = pybtex.database.parse_string(text, "bibtex").entries
    assert len(entries) == 1
    entry = next(iter(entries.values()))
    assert of_latex(entry.fields["title"]) == title
    for role, name in (("auteur", "author"), ("redacteur", "editor")):
        named = [one for one in cited.by(role) if one_line(one.name)]
        assert len(entry.persons.get(name, [])) == len(named)
    assert not bibtexparser.parse_string(text).failed_blocks
    assert "\n" not in as_text(cited)
