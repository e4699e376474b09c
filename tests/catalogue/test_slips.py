"""What people mean by a slip, a beginning or a word that is also a name; and what must find nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.quality.__main__ import NONSENSE, finders

from tests import factories
from werkplaats.agenda.queries import answers_to
from werkplaats.catalogue import search
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.reasons import Reader
from werkplaats.core import clock
from werkplaats.demo.load import load
from werkplaats.network.models import ServiceArea
from werkplaats.network.rules import Status
from werkplaats.terms.models import SynonymGroup

pytestmark = pytest.mark.django_db

Step = Callable[[], int]
QUESTIONS = Path(__file__).parents[2] / "bench" / "quality" / "questions.json"


def found(text: str) -> list[str]:
    answer = search.find(search.Query(text))
    assert answer.engine is search.Engine.INDEX
    return [hit.entry.title for hit in answer[0:20]]


def reasons(text: str) -> list[list[str]]:
    return [[str(reason) for reason in hit.reasons] for hit in search.find(search.Query(text))[0:20]]


def told(text: str) -> list[str]:
    """What the form shows to who tells this."""
    answer = answers_to(text)
    return [hit.entry.title for hit in answer.hits] if answer else []


def test_what_people_type_in_need_or_about_other_things_finds_nothing(settings: Any, indexed: Step) -> None:
    settings.IS_DEMO = True
    load(say=lambda _line: None)
    indexed()
    before, _search = finders()
    some = [one["typed"] for one in json.loads(QUESTIONS.read_text())["questions"] if one["kind"] == NONSENSE]
    wrong = {text: titles for text in some if (titles := before(text))}
    assert set(wrong) <= {"de kat van de buren is weg"}, "one is known to find a question in which something is away"


@pytest.fixture
def places() -> None:
    for name in ("Buren", "Huizen", "Overbetuwe", "Schouwen-Duiveland", "Hoogeveen"):
        factories.make_municipality(
            name, aliases={"Overbetuwe": ["Zetten"], "Schouwen-Duiveland": ["Zierikzee"]}.get(name, [])
        )
    factories.make_municipality("De Fryske Marren", aliases=["Sleat"])
    factories.make_question("Hoe herken je jonge mantelzorgers?")
    for text in ("Hoe werkt een brievenbus?", "Waar is een zwembad?", "Welke boom groeit hier?"):
        factories.make_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "onze buurvrouw woont al jaren in een oud huis", "ik zie mijn man bijna nooit", "mijn buren maken lawaai",
        "Buren maken lawaai", "de man slaat op een trommel", "er wordt een boom in huis gezet",
        "mijn buurman over de heg",
    ],
)  # fmt: skip
def test_in_a_story_places_and_beginnings_are_meant_by_nobody(places: None, indexed: Step, text: str) -> None:
    indexed()
    kinds = {hit.entry.kind for hit in getattr(answers_to(text), "hits", [])}
    assert "gemeente" not in kinds
    assert "Hoe herken je jonge mantelzorgers?" not in told(text)


def test_a_place_is_meant_as_it_is_written_also_in_a_story(places: None, indexed: Step) -> None:
    indexed()
    assert told("wie helpt mij in Buren") == ["Buren"]
    assert told("ik woon in hoogeveen") == ["Hoogeveen"]
    assert told("Hogeveen hoe dan") == ["Hoogeveen"], "a long name with one slip"
    assert found("buurvrouw") == []
    assert found("buren") == ["Buren"]
    assert found("hogeveen") == ["Hoogeveen"]


def test_a_word_is_read_as_a_place_only_when_nothing_else_is_as_near(indexed: Step) -> None:
    factories.make_municipality("Sleat")
    factories.make_question("Wie helpt bij slaap?")
    indexed()
    assert found("slaat") == ["Wie helpt bij slaap?"]
    assert told("de wekker slaat telkens af") == ["Wie helpt bij slaap?"]


def test_only_the_last_word_of_a_story_may_still_be_growing(places: None, indexed: Step) -> None:
    indexed()
    mine = "Hoe herken je jonge mantelzorgers?"
    assert told("hulp bij mijn mantelz") == [mine]
    assert told("hulp bij mijn mant") == [], "so short a word begins too many"
    assert told("mantelz hulp bij alles") == []
    assert told("hulp bij mijn mantelz.") == []
    assert found("mantelz") == found("mant") == [mine], "who searches need not type all of a word"


@pytest.mark.parametrize(("typed", "read"), [("eensaam", "eenzaam"), ("eenzam", "eenzaam"), ("eenzaa", "eenzaamheid")])
def test_a_slip_is_read_as_a_word_that_no_text_has(indexed: Step, typed: str, read: str) -> None:
    theme = factories.make_theme("Contact", synonyms=["eenzaamheid"])
    lonely = factories.make_question("Wat helpt tegen eenzaamheid?")
    filed = factories.make_question("Wie komt er langs?", themes=[theme])
    indexed()
    assert found(typed) == [lonely.text, filed.text]
    assert f"“{typed}” gelezen als “{read}”" in reasons(typed)[0]


def test_synonyms_and_themes_are_read_into_too(indexed: Step) -> None:
    theme = factories.make_theme("Armoede en schulden")
    SynonymGroup.objects.create(key="prostituee", words=["prostituee", "sekswerker"])
    filed = factories.make_question("Wie leest de post?", themes=[theme])
    other = factories.make_question("Wat doet een gemeente voor sekswerkers?")
    indexed()
    assert found("schulde") == [filed.text]
    assert found("prostitue") == [other.text]
    assert found("verlaten") == [], "another word is no slip"


def test_the_words_of_a_phrase_that_means_something_are_no_beginnings(indexed: Step) -> None:
    SynonymGroup.objects.get_or_create(key="lege-plek", defaults={"words": ["lege plek", "witte vlek"]})
    free, making, served, ended = (factories.make_municipality(f"Plaats {name}") for name in "ABCD")
    factories.make_municipality("Gulpen-Wittem")
    factories.make_werkplaats("Oost", areas=[served])
    factories.make_werkplaats("Nieuw", areas=[making], status=Status.CANDIDATE)
    over = factories.make_werkplaats("Weg", areas=[ended])
    indexed()
    expected = {free.name, making.name, "Gulpen-Wittem"}
    assert set(found("witte vlek")) == set(found("lege plek op de kaart")) == expected
    ServiceArea.objects.create(werkplaats=over, municipality=free, valid_from=factories.LONG_AGO, basis="bekend")
    over.status = Status.ENDED
    over.save()
    indexed()
    assert set(found("witte vlek")) == {free.name, making.name, ended.name, "Gulpen-Wittem"}
    assert "werkgebied: nog geen werkplaats (“witte vlek”)" in {one for some in reasons("witte vlek") for one in some}


def test_reasons_are_true(indexed: Step) -> None:
    SynonymGroup.objects.create(key="wijkteam", words=["wijkteam", "buurtteam"])
    factories.make_question("Wat doen de buurtteams?")
    factories.make_question("Hoe bereik je mensen in nood?")
    factories.make_question("Wie kent een goudvis?")
    indexed()
    assert reasons("wijkteams") == [["“buurtteam” is een ander woord voor “wijkteam”"]]
    assert reasons('"mensen in nood"') == [["in de titel: “mensen in nood”"]]
    assert reasons("goud") == [["“goud” is het begin van “goudvis”"]]


def test_an_excerpt_has_the_word_it_was_found_by_and_lines_stay_apart() -> None:
    def shown(text: str, query: str) -> str:
        entry = Entry(kind="werkplaats", title="Oost", summary="", body=text, datestamp=clock.now())
        reader = Reader(search.find(search.Query(query)).asked)
        return "".join(f"[{piece}]" if meant else piece for piece, meant in reader.excerpt(entry))

    lines = "\n".join(["Aa"] * 100 + ["Zwemles"] + ["Bb"] * 100)
    assert "[Zwemles]" in shown(lines, "zwemles")
    assert "Aa · Aa" in shown(lines, "zwemles")
    assert "[zwemles]" in shown("x" * 300 + "\nzwemles\n" + "y" * 300, "zwemles")
    assert shown("Waar is zwemles?\nEn\nwanneer?", "zwemles") == "Waar is [zwemles]? En · wanneer?"
