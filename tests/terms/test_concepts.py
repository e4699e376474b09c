"""The glossary: what is shipped, what editors change, and how it is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.around import Around
from werkplaats import terms
from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.terms.imports import load_concepts, load_themes
from werkplaats.terms.models import Concept

pytestmark = pytest.mark.django_db


def shipped() -> list[dict[str, Any]]:
    """The reviewed file."""
    rows: list[dict[str, Any]] = json.loads(Path(terms.__path__[0], "data", "concepts.json").read_text())["concepts"]
    return rows


def make_concept(term: str = "Kenniskring", **fields: Any) -> Concept:
    """A word explained."""
    slug = term.lower().replace(" ", "-")
    given = {"slug": slug, "meaning": f"Wat {term.lower()} betekent, in gewone woorden.", **fields}
    concept: Concept = Concept.objects.create(term=term, **given)
    return concept


def test_all_shipped_words_come_in_once_tied_to_each_other_and_to_themes() -> None:
    load_themes(by=SYSTEM)
    assert load_concepts(by=SYSTEM) == len(shipped()) == Concept.objects.count()
    assert load_concepts(by=SYSTEM) == 0
    assert {row["slug"]: set(row["see_also"]) for row in shipped()} == {
        one.slug: {other.slug for other in one.see_also.all()} for one in Concept.objects.all()
    }
    assert {row["slug"]: set(row["themes"]) for row in shipped()} == {
        one.slug: {theme.slug for theme in one.themes.all()} for one in Concept.objects.all()
    }
    assert LogEntry.objects.filter(verb="terms.concepts.loaded").count() == 1


def test_every_shipped_word_says_what_it_means_in_both_languages_and_where_that_comes_from() -> None:
    load_concepts(by=SYSTEM)
    lacking = [
        one.term
        for one in Concept.objects.all()
        if not (one.meaning and one.more and one.english and one.english_meaning and one.source and one.places)
    ]
    assert lacking == []
    for one in Concept.objects.all():
        one.full_clean()
    # Plain: what it means is said in short sentences.
    long = {
        one.slug: sentence
        for one in Concept.objects.all()
        for sentence in one.meaning.replace("?", ".").replace(":", ".").split(".")
        if len(sentence.split()) > 25
    }
    assert long == {}


def test_what_an_editor_changed_or_took_out_of_use_stays_so() -> None:
    load_concepts(by=SYSTEM)
    Concept.objects.filter(slug="pilot").update(meaning="Anders gezegd.", is_used=False)
    load_concepts(by=SYSTEM)
    assert Concept.objects.filter(slug="pilot").values_list("meaning", "is_used").get() == ("Anders gezegd.", False)


def test_who_searches_for_a_word_finds_its_explanation_first(client: Client, indexed: Any) -> None:
    load_themes(by=SYSTEM)
    load_concepts(by=SYSTEM)
    factories.make_question("Hoe maken wij een agenda van kennis die iedereen gebruikt, een implementatie agenda?")
    for number in range(12):
        factories.make_question(f"Vraag {number}: wat staat er op de kennisagenda over de agenda en kennis?")
    indexed()
    for text, term in {
        "kennisimplementatie-agenda": "Kennisimplementatie-agenda",
        "Kennisimplementatieagenda": "Kennisimplementatie-agenda",
        "dekkend netwerk": "Dekkend netwerk",
        "wat is een kenniskring?": "Kenniskring",
        "wmo-praktijk": "Wmo-praktijk",
        "noaberschap": "Naoberschap",
        "Wmo-raad": "Adviesraad sociaal domein",
    }.items():
        found = client.get("/api/v1/vermeldingen", {"q": text}).json()["resultaten"]
        assert (text, found[0]["titel"], found[0]["soort"]) == (text, term, "begrip")


def test_a_word_out_of_use_leaves_the_hall_and_its_address_says_so(client: Client) -> None:
    concept = make_concept()
    assert Entry.objects.get(uid=concept.uid).url == "/begrippen/kenniskring/"
    concept.is_used = False
    concept.save()
    assert Entry.objects.get(uid=concept.uid).removed_at
    answer = client.get("/begrippen/kenniskring/")
    assert answer.status_code == 410
    assert concept.meaning not in answer.content.decode()
    assert "Kenniskring" not in client.get("/begrippen/").content.decode()


def test_the_list_goes_from_a_to_z_whatever_the_case_and_the_quotation_marks(client: Client) -> None:
    for term in ("Zelfregie", "“Hier ook”", "élan", "De Kanteling", "eigen kracht"):
        make_concept(term, slug=f"s{len(term)}-{term[0:1].lower() if term[0].isascii() else 'x'}")
    assert [(letter, [one.term for one in ones]) for letter, ones in Concept.objects.in_use().by_letter()] == [
        ("D", ["De Kanteling"]), ("E", ["eigen kracht", "élan"]), ("H", ["“Hier ook”"]), ("Z", ["Zelfregie"]),
    ]  # fmt: skip
    page = client.get("/begrippen/").content.decode()
    assert page.index("De Kanteling") < page.index("élan") < page.index("“Hier ook”") < page.index("Zelfregie")
    assert 'href="#letter-h"' in page and 'id="letter-h"' in page


def test_a_page_leads_to_what_is_built_and_not_to_what_is_not(client: Client) -> None:
    places = [{"path": "/vragen/", "label": "Alle vragen"}, {"path": "/nog-niet-gebouwd/", "label": "Later"}]
    other = make_concept("Atelier")
    concept = make_concept(places=places, english="learning circle", english_meaning="People who learn together.")
    concept.see_also.add(other)
    page = client.get("/begrippen/kenniskring/").content.decode()
    assert '<a href="/vragen/" lang="nl">Alle vragen</a>' in page
    assert "nog-niet-gebouwd" not in page
    assert '<a href="/begrippen/atelier/">Atelier</a>' in page
    english = client.get("/en/begrippen/kenniskring/").content.decode()
    assert "People who learn together." in english and concept.meaning in english
    assert '<a href="/en/vragen/" lang="nl">Alle vragen</a>' in english
    assert client.get(f"/begrippen/{concept.uid}/").headers["Location"] == "/begrippen/kenniskring/"


def fields(**changed: str) -> dict[str, str]:
    """What the form of a word sends."""
    return {
        "term": "Halen en brengen", "other_words": "ruilen\n", "meaning": "Wat u komt halen en wat u meebrengt.",
        "more": "", "origin": "", "places": "/werkplaatsen/ Alle werkplaatsen\n/vragen/ Alle vragen", "english": "",
        "english_meaning": "", "source": "", "basis": "bekend", "is_used": "on", **changed,
    }  # fmt: skip


def test_a_national_editor_adds_a_word_that_is_on_the_site_at_once(around: Around, client: Client) -> None:
    around.client("landelijk").post("/beheer/begrippen/nieuw/", fields())
    concept = Concept.objects.get()
    assert (concept.slug, concept.other_words) == ("halen-en-brengen", ["ruilen"])
    assert concept.places == [
        {"path": "/werkplaatsen/", "label": "Alle werkplaatsen"}, {"path": "/vragen/", "label": "Alle vragen"},
    ]  # fmt: skip
    assert "Wat u komt halen" in client.get("/begrippen/halen-en-brengen/").content.decode()
    shown = around.client("landelijk").get(f"/beheer/begrippen/{concept.uid}/").content.decode()
    assert "/werkplaatsen/ Alle werkplaatsen\n/vragen/ Alle vragen</textarea>" in shown


@pytest.mark.parametrize("name", ["coordinator", "lector", "partner", "beheerder"])
def test_others_at_the_desk_read_and_change_nothing(around: Around, name: str) -> None:
    concept = make_concept("Pilot")
    around.client(name).post("/beheer/begrippen/nieuw/", fields())
    around.client(name).post(f"/beheer/begrippen/{concept.uid}/", fields(version="1"))
    assert list(Concept.objects.values_list("term", flat=True)) == ["Pilot"]
    assert "Wat pilot betekent" in around.client(name).get(f"/beheer/begrippen/{concept.uid}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"places": "/nergens/ Hier"}, "Het adres /nergens/ bestaat niet op deze site."),
        ({"places": "https://elders.nl/ Elders"}, "begint niet met een adres van de site"),
        ({"places": "/vragen/"}, "begint niet met een adres van de site"),
        ({"term": "Pilot"}, "Dit begrip is er al."),
        ({"meaning": "x" * 601}, "600"),
    ],
)
def test_bad_input_is_told_and_nothing_is_half_kept(around: Around, changed: dict[str, str], said: str) -> None:
    make_concept("Pilot")
    answer = around.client("landelijk").post("/beheer/begrippen/nieuw/", fields(**changed)).content.decode()
    assert said in answer
    assert "ruilen" in answer, "what was typed is still there"
    assert Concept.objects.count() == 1


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(
    client: Client, django_assert_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_num_queries(1, exact=False) as counted:
            client.get("/begrippen/")
        return len(counted)

    make_concept("Atelier")
    few = asked()
    for number in range(5):
        make_concept(f"Woord {number}")
    assert asked() == few
