"""Looking at what someone wrote before it is sent: persons, and cries for help."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import help, privacy

DATA = Path(privacy.__file__).parents[1] / "data"
NAMES = json.loads((DATA / "name_examples.json").read_text())
HELP = json.loads((DATA / "help_examples.json").read_text())
DEMO = json.loads((DATA.parents[1] / "demo" / "data" / "questions.json").read_text())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel mij op 06-12345678 of 0593 12 34 56.", [("telefoon", "06-12345678"), ("telefoon", "0593 12 34 56")]),
        (
            "Mijn nummer (06-12345678) en +31 6 1234 5678",
            [("telefoon", "06-12345678"), ("telefoon", "+31 6 1234 5678")],
        ),
        ("Mail jan.de.boer@example.nl alsjeblieft", [("mail", "jan.de.boer@example.nl")]),
        ("In 2013 waren er 14 werkplaatsen en 1.105.476 inwoners.", []),
        ("De postcode is 9411 en het budget 20000000 euro.", []),
    ],
)
def test_numbers_and_addresses_are_pointed_out(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.words) for one in privacy.find(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mijn buurvrouw riet de vries", ["riet de vries"]),
        ("MIJN BUURVROUW RIET DE VRIES KOMT NIET", ["RIET DE VRIES"]),
        ("Mijn buurvrouw RIET DE VRIES komt niet", ["RIET DE VRIES"]),
        ("mijn buurvrouw riet komt niet", ["riet"]),
        ("mijn buurvrouw riet de hele dag alleen", ["riet"]),
        ("mijn buurvrouw riet van hiernaast, mijn zoon daan van 12", ["riet", "daan"]),
        ("mijn buurvrouw riet Jansen", ["riet Jansen"]),
        ("mijn moeder, jannie postma, woont alleen", ["jannie postma"]),
        ("mijn kleinzoon daan", ["daan"]),
        ("mijn kinderen fatima, daan en noor", ["fatima", "daan", "noor"]),
        ("mijn zoon mark, tante truus en juf marloes", ["mark", "truus", "marloes"]),
        ("mevrouw de vries", ["de vries"]),
        ("MEVROUW DE VRIES", ["DE VRIES"]),
        ("mw jansen en mw. j. van den berg-de wit", ["jansen", "j. van den berg-de wit"]),
        (
            "dokter smit, dhr bouzian, familie yildirim en de heer el amrani",
            ["smit", "bouzian", "yildirim", "el amrani"],
        ),
        ("meneer van 't hof en mevrouw bakker is boos", ["van 't hof", "bakker"]),
        ("ik sprak riet gisteren", []),
    ],
)
def test_names_are_found_without_or_in_capitals(text: str, names: list[str]) -> None:
    assert [(one.kind, one.words) for one in privacy.find(text)] == [("naam", name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "mevrouw die valt, meneer is ziek, dokter zegt niets, familie en vrienden, dokter kan niet",
        "hoe kan ik mevrouw helpen en krijgt mevrouw recht op hulp",
        "mevrouw wacht al jaren en meneer al drie weken op de dokter in Assen",
        "of mevrouw de medicijnen neemt en meneer de trap op kan",
        "familie van cliënten, familie zonder auto, met familie contact houden",
        "meneer van boven en mevrouw van 84 ten minste een keer bezoeken",
        "mevrouw wilde naar huis, meneer had pijn, mevrouw kookt graag",
        "MIJN MAN IS ZIEK EN DE DOKTER KOMT NIET",
        "burgemeester en wethouders, de juf van groep 4, een goede meester worden",
        "mijn zoon wil werk, mijn man is ziek, mijn kind met autisme, coach worden",
        *[row["text"] for row in DEMO],
        *[row["text"] for row in HELP],
    ],
)
def test_nothing_is_found_where_no_one_is_named(text: str) -> None:
    assert privacy.find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ik woon op Hoofdstraat 12, 9411 AB Beilen.", [("adres", "Hoofdstraat 12"), ("adres", "9411 AB")]),
        ("Op Hoofdstraat 12", [("adres", "Hoofdstraat 12")]),
        ("kerkweg 3a en Van Goghlaan 4-2", [("adres", "kerkweg 3a"), ("adres", "Van Goghlaan 4-2")]),
        ("bij Burgemeester de Vlugtlaan 12-II", [("adres", "Burgemeester de Vlugtlaan 12-II")]),
        ("Laan van Meerdervoort 501", [("adres", "Laan van Meerdervoort 501")]),
        ("HOOFDSTRAAT 12 9411AB IN 2013 IS", [("adres", "HOOFDSTRAAT 12"), ("adres", "9411AB")]),
        ("Mijn buurman Henk Hoofdstraat 12", [("adres", "Henk Hoofdstraat 12")]),
        ("kerkweg 0593-123456", [("telefoon", "0593-123456")]),
        ("onderweg 3 dagen, in de kerkstraat 3 gezinnen, de weg 12 km, in 2013 is er 1200 km", []),
        ("rekening NL91ABNA0417164300", [("nummer", "NL91ABNA0417164300")]),
        ("nl91 abna 0417 1643 00, graag", [("nummer", "nl91 abna 0417 1643 00")]),
        ("111222333 en 123456789", [("nummer", "111222333")]),
        ("bsn: 123456789", [("nummer", "123456789")]),
        ("geboren 12-03-1950, geb. 1 mei 1943", [("nummer", "12-03-1950"), ("nummer", "1 mei 1943")]),
        ("De vergadering van 12-03-2020; geboren in 1950", []),
        ("riet @ ziggo.nl of @rietje55", [("mail", "riet @ ziggo.nl"), ("mail", "@rietje55")]),
        ("3 kaartjes @ 5 euro", []),
    ],
)
def test_streets_and_numbers_of_persons_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.words) for one in privacy.find(text)] == found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("In januari komt Jan, jan en JAN.", "jan", ["Jan", "jan", "JAN"]),
        ("Riet de  Vries en riet de\nvries", "riet  de vries", ["Riet de  Vries", "riet de\nvries"]),
        ("Bel (06-12) of 06-123.", "(06-12)", ["(06-12)"]),
        ("Mevrouw A.B. komt.", "A.B.", ["A.B."]),
        ("Fatima’s zoon", "fatima", ["Fatima"]),
        ("januari", "jan", []),
        ("iets", "  ", []),
    ],
)
def test_typed_words_are_hidden_as_whole_words(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in privacy.spans_of(text, words)] == found


def test_names_of_others_are_found_in_most_sentences() -> None:
    missed = [
        (row["text"], name)
        for row in NAMES
        for name in row["names"]
        if not any(name in one.words or one.words in name for one in privacy.find(row["text"]) if one.kind == "naam")
    ]
    names = sum(len(row["names"]) for row in NAMES)
    assert names >= 40
    assert len(missed) <= names // 20, missed


def test_places_institutes_and_laws_are_no_persons() -> None:
    wrong = [
        (row["text"], [one.words for one in privacy.find(row["text"])])
        for row in NAMES
        if not row["names"] and privacy.find(row["text"])
    ]
    assert wrong == []


PIECES = st.sampled_from(
    "mevrouw de van den riet Riet DE VRIES jansen - , . mijn zoon daan Hoofdstraat weg 12 3a 9411 AB NL91 ABNA "
    "0417164300 111222333 06- 12345678 @ ziggo.nl geboren 1-2-1950 İ ß al 't hof ( ) J. \u00a0 \n".split(" ")
)


@given(st.text(max_size=400) | st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=30).map("".join))
def test_findings_lie_in_order_within_the_text_and_apart(text: str) -> None:
    place = 0
    for one in privacy.find(text):
        assert place <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        place = one.end


@given(st.text(alphabet=st.characters(exclude_characters="[]"), max_size=200), st.data())
def test_nothing_under_a_mask_is_shown_and_all_the_rest_is(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    masks = [{"start": min(pair), "end": max(pair), "kind": "naam"} for pair in spans if pair[0] != pair[1]]
    hidden = {place for mask in masks for place in range(mask["start"], mask["end"])}
    shown = Question(text=text, masks=masks).public_text.replace("[naam weggelaten]", "")
    assert shown == "".join(letter for place, letter in enumerate(text) if place not in hidden)


@pytest.mark.parametrize("row", HELP, ids=lambda row: row["text"][:40])
def test_a_cry_for_help_is_heard_and_an_ordinary_question_is_not_one(row: dict[str, list[str]]) -> None:
    assert set(help.needs(str(row["text"]))) == set(row["needs"])


def test_questions_from_the_demo_are_no_cries_for_help() -> None:
    assert [row["text"] for row in DEMO if help.needs(row["text"])] == []
    assert len(DEMO) >= 46


def test_every_phrase_in_the_list_is_heard() -> None:
    silent = [
        phrase
        for group in json.loads((DATA / "help_phrases.json").read_text())
        for phrase in group["phrases"] + group["alike"]
        if group["need"] not in help.needs(phrase.replace("...", "").replace("*", "").rstrip(" ."))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Ik hoor haar gillen.", True),
        ("Ik hoor haar in de nacht hard gillen.", False),
        ("Ik hoor u niet. Zij gillen.", False),
        ("Ik hoor haar, elke nacht, gillen.", True),
    ],
)
def test_a_gap_is_four_words_within_a_sentence(text: str, heard: bool) -> None:
    assert bool(help.needs(text)) is heard


@pytest.mark.parametrize(
    "text",
    ["ik wil niet meer ", "mijn moeder ligt en ik hoor de buurvrouw ", "zelfmoordx ", "a ", "x", "mishandeling "],
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    long = (text * 2000)[:2000]
    spent = []
    for _ in range(20):
        start = time.perf_counter()
        help.needs(long)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.005
