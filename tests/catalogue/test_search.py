"""Search understands Dutch, says why, counts right, and answers from the table while the index is away."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests import factories
from werkplaats.catalogue import changes, search
from werkplaats.catalogue.answers import answers
from werkplaats.catalogue.models import Entry, Facet
from werkplaats.catalogue.reasons import Reader
from werkplaats.catalogue.related import related
from werkplaats.catalogue.words import haystack
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE, Viewer
from werkplaats.core.models import Visibility
from werkplaats.terms.models import SynonymGroup

pytestmark = pytest.mark.django_db

Step = Callable[[], int]


def found(text: str, **more: Any) -> list[str]:
    """The titles, best first; from the index, or the test fails."""
    answer = search.find(search.Query(text, **more))
    assert answer.engine is search.Engine.INDEX
    return [hit.entry.title for hit in answer[0:20]]


def reasons(text: str) -> list[list[str]]:
    return [[str(reason) for reason in hit.reasons] for hit in search.find(search.Query(text))[0:20]]


def pieces(marked_text: list[tuple[str, bool]]) -> str:
    return "".join(f"[{piece}]" if meant else piece for piece, meant in marked_text)


def test_forms_of_a_word_find_each_other(indexed: Step) -> None:
    texts = ["Hoe bereik je eenzame ouderen?", "Wie helpt bij schulden?", "Zorg voor arme gezinnen", "Hout uit het bos"]
    for text in texts:
        factories.make_question(text)
    indexed()
    assert found("eenzaamheid") == found("eenzaam") == [texts[0]]
    assert found("schuld") == [texts[1]]
    assert found("armoede") == [texts[2]]
    assert found("houten") == [texts[3]]
    assert found("oudere eenzaam") == [texts[0]]
    assert found("eenz") == [texts[0]], "the beginning of a word will do"
    assert found("ouder") == [], "a word that we know is not taken for the beginning of another"
    assert found("deren") == []


def test_compounds_are_found_by_their_parts_and_the_other_way_round(indexed: Step) -> None:
    texts = ["Wat doen de wijkteams?", "Een project voor bemiddeling in de buurt", "Het team van de wijk"]
    for text in texts:
        factories.make_question(text)
    indexed()
    assert set(found("wijk")) == {texts[0], texts[2]}
    assert found("wijkteam")[0] == texts[0]
    assert set(found("wijkteam")) == {texts[0], texts[2]}
    assert found("buurtbemiddelingsproject") == [texts[1]]
    assert ["“wijk” zit in “wijkteams”"] in reasons("wijk")


def test_a_slip_of_the_keys_is_read_as_the_nearest_word_and_said(indexed: Step) -> None:
    factories.make_question("Wat helpt tegen eenzaamheid?")
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    assert found("eenzaamhied") == ["Wat helpt tegen eenzaamheid?"]
    assert found("schudlen") == ["Wie helpt bij schulden?"]
    assert "“schudlen” gelezen als “schulden”" in reasons("schudlen")[0]
    assert found("eenzaam") == ["Wat helpt tegen eenzaamheid?"]
    assert found("xyzzyqw") == []


def test_other_words_for_the_same_thing_are_found_and_said(indexed: Step) -> None:
    SynonymGroup.objects.create(words=["witte vlek", "lege plek"])
    theme = factories.make_theme("Eenzaamheid", synonyms=["alleen voelen"])
    factories.make_question("Hoe vul je een lege plek op de kaart?")
    factories.make_question("Wie komt er langs?", themes=[theme])
    factories.make_question("Hoe kook je alleen?")
    indexed()
    assert found("witte vlek") == ["Hoe vul je een lege plek op de kaart?"]
    assert reasons("witte vlek") == [["“lege plek” is een ander woord voor “witte vlek”"]]
    assert found("ik voel me alleen")[0] == "Wie komt er langs?"
    assert "gaat over Eenzaamheid (“alleen voelen”)" in reasons("ik voel me alleen")[0]
    assert found("alleen") == ["Hoe kook je alleen?"], "half a name means nothing"


def test_words_in_quotes_must_stand_so(indexed: Step) -> None:
    factories.make_question("De sociale basis van de wijk")
    factories.make_question("Een basis voor sociale zorg")
    indexed()
    assert found("“sociale basis”") == ["De sociale basis van de wijk"]
    assert found('"basis sociale"') == []
    assert found('"basis" zorg') == ["Een basis voor sociale zorg"]


def test_when_nothing_has_all_words_it_gives_some_and_says_so(indexed: Step) -> None:
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    answer = search.find(search.Query("schulden in Timboektoe"))
    assert (answer.loosened, answer.count()) == (True, 1)
    assert search.find(search.Query("schulden")).loosened is False


def test_what_was_looked_for_is_marked(indexed: Step) -> None:
    question = factories.make_question(
        "Wie helpt? " + "Er is veel gaande. " * 40 + "Dan zijn er schulden en <b>zorgen</b>."
    )
    indexed()
    entry = Entry.objects.get(uid=question.uid)
    reader = Reader(search.find(search.Query("schuld helpen")).asked)
    assert pieces(reader.marked("Wie helpt bij Schulden?")) == "Wie [helpt] bij [Schulden]?"
    assert "[schulden] en <b>zorgen</b>" in pieces(reader.excerpt(entry))
    assert len(pieces(reader.excerpt(entry))) < 320


def test_order(indexed: Step) -> None:
    now = clock.now()
    for days, text in ((3, "Beer en zorg"), (1, "aap en zorg"), (2, "Citroen en zorg")):
        question = factories.make_question(text)
        question.published_at = now - timedelta(days=days)
        question.save()
    factories.make_municipality("Zorg aan Zee")
    indexed()
    texts = ["aap en zorg", "Citroen en zorg", "Beer en zorg"]
    assert found("zorg", sort=search.Sort.NEWEST, kinds=frozenset({"vraag"})) == texts
    assert found("zorg", sort=search.Sort.NAME, kinds=frozenset({"vraag"})) == sorted(texts, key=str.lower)
    assert found("") == [*texts, "Zorg aan Zee"], "what has no date comes last"
    pages = [search.find(search.Query("zorg", sort=search.Sort.NEWEST))[n : n + 1][0].entry.title for n in range(4)]
    assert pages == [*texts, "Zorg aan Zee"]


def test_nobody_finds_what_they_may_not_see(indexed: Step) -> None:
    own, other = factories.make_werkplaats("Noord"), factories.make_werkplaats("Utrecht")
    for visibility in Visibility:
        for werkplaats in (own, other):
            question = factories.make_question(f"zorg {visibility} {werkplaats.name}", werkplaats=werkplaats)
            Entry.objects.filter(uid=question.uid).update(
                visibility=visibility, changed_in=changes.this_transaction(), datestamp=clock.now()
            )
    indexed()

    def seen(viewer: Viewer) -> set[str]:
        query = search.Query("zorg", viewer=viewer)
        answer = search.find(query)
        titles = {hit.entry.title.removeprefix("zorg ") for hit in answer[0:20]}
        assert answer.count() == len(titles) == sum(answer.counts("soort").values())
        return titles

    public = {"openbaar Noord", "openbaar Utrecht"}
    network = public | {"netwerk Noord", "netwerk Utrecht"}
    assert seen(ANYONE) == public
    assert seen(Viewer(network=True)) == network
    assert seen(Viewer(network=True, werkplaatsen=frozenset({own.uid}))) == network | {"werkplaats Noord"}


def test_what_left_a_moment_ago_is_not_shown(indexed: Step) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    indexed()
    Entry.objects.filter(uid=question.uid).update(removed_at=clock.now())
    assert found("schulden") == []


# The facets of the entries below: some have none, some several.
VALUES = {"thema": ["t1", "t2", "t3", "t4"], "werkplaats": ["w1", "w2"], "gemeente": ["g1", "g2", "g3"]}
KINDS = ["vraag", "werkplaats", "gemeente"]
WORDS = ["zorg", "buurt", "schulden", "jeugd", "eenzaam"]


def stock(number: int) -> None:
    """Entries with any number of values in each facet."""
    dice = random.Random(7)
    for n in range(number):
        title = " ".join(dice.sample(WORDS, dice.randint(1, 3)))
        facets = {name: sorted(dice.sample(some, dice.randint(0, len(some) - 1))) for name, some in VALUES.items()}
        facets = {name: values for name, values in facets.items() if values}
        entry = Entry.objects.create(
            uid=f"vraag-{n}", kind=dice.choice(KINDS), title=title, haystack=haystack(title), facets=facets,
            datestamp=clock.now(), removed_at=clock.now() if n % 11 == 0 else None,
        )  # fmt: skip
        Facet.objects.bulk_create(
            Facet(entry=entry, dimension=name, value=value) for name, values in facets.items() for value in values
        )


def fits(entry: Entry, query: search.Query, skip: str = "") -> bool:
    """Brute force: whether a row of the table is what the query asks, but for one facet."""
    return (
        entry.removed_at is None
        and all(word in entry.title.split() for word in query.text.split())
        and (not query.kinds or skip == "soort" or entry.kind in query.kinds)
        and all(
            not values or name == skip or bool(values & set(entry.facets.get(name, [])))
            for name, values in query.chosen.items()
        )
    )


def counted(entries: list[Entry], query: search.Query, dimension: str) -> Mapping[str, int]:
    every = VALUES[dimension] if dimension != "soort" else KINDS
    numbers = {
        value: sum(
            (value == entry.kind if dimension == "soort" else value in entry.facets.get(dimension, []))
            for entry in entries
            if fits(entry, query, dimension)
        )
        for value in every
    }
    return {value: number for value, number in numbers.items() if number}


@pytest.mark.parametrize("engine", list(search.Engine))
def test_counts_equal_brute_force_under_any_combination_of_filters(engine: search.Engine, indexed: Step) -> None:
    stock(80)
    entries = list(Entry.objects.all())
    if engine is search.Engine.INDEX:
        indexed()
    some = {name: st.frozensets(st.sampled_from(values)) for name, values in VALUES.items()}

    @given(
        st.sets(st.sampled_from(WORDS), max_size=2), st.frozensets(st.sampled_from(KINDS)), st.fixed_dictionaries(some)
    )
    @trying(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def check(text: set[str], kinds: frozenset[str], chosen: dict[str, frozenset[str]]) -> None:
        query = search.Query(" ".join(sorted(text)), kinds, chosen)
        answer = search.find(query, counted=list(VALUES))
        assert answer.engine is engine
        right = {entry.uid for entry in entries if fits(entry, query)}
        if not answer.loosened:
            assert {entry.uid for entry in answer.entries()} == right
            assert answer.count() == len(right)
            for dimension in ("soort", *VALUES):
                assert answer.counts(dimension) == counted(entries, query, dimension)
        else:
            assert not right

    check()


def test_answers_are_for_what_is_told_in_whole_sentences(indexed: Step) -> None:
    for text in ("Hoe bereik je mensen in verborgen armoede?", "Wat helpt tegen eenzaamheid?", "Hoe werkt het weer?"):
        factories.make_question(text)
    indexed()
    told = "Mijn buurman heeft bijna geen geld en schaamt zich. Hoe bereik je zulke mensen in armoede?"
    hits = answers(told).hits
    assert [hit.entry.title for hit in hits] == ["Hoe bereik je mensen in verborgen armoede?"]
    assert "in de titel: bereik, mensen, armoede" in [str(reason) for reason in hits[0].reasons]
    assert answers("de het een").hits == []
    assert answers("").hits == []


def test_related_entries_say_what_they_share(indexed: Step) -> None:
    poor, young = factories.make_theme("Armoede"), factories.make_theme("Jeugd")
    mine = factories.make_question("Hoe bereik je jongeren met schulden?", themes=[poor, young])
    near = factories.make_question("Wat helpt jongeren met schulden?", themes=[poor])
    factories.make_question("Hoe breekt het ijs?")
    entry = Entry.objects.get(uid=mine.uid)
    for engine in ("table", "index"):
        if engine == "index":
            indexed()
        hits = related(entry)
        assert [hit.entry.uid for hit in hits] == [near.uid], engine
        assert [str(reason) for reason in hits[0].reasons][:1] == ["ook over Armoede"], engine
    assert related(entry, without=[near.uid]) == []


@given(text=st.text(max_size=400), story=st.booleans())
@trying(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_breaks_it(indexed: Step, text: str, story: bool) -> None:
    if not Entry.objects.exists():
        factories.make_question("Wie helpt bij schulden?")
    indexed()
    answer = search.find(search.Query(text, story=story))
    assert answer.engine is search.Engine.INDEX
    assert answer.count() >= len(answer[0:20])
