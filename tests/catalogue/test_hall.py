"""The hall is true: it follows every change, and says so when it did not."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue import language, search, words
from werkplaats.catalogue.models import Entry, Facet, Link
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE, Viewer
from werkplaats.core.models import Visibility

pytestmark = pytest.mark.django_db


def titles(query: search.Query) -> list[str]:
    return [entry.title for entry in search.find(query).entries()]


def options(query: search.Query, dimension: str) -> list[search.Option]:
    return search.options(search.find(query), query, dimension)


def test_a_save_outside_an_action_is_followed_at_once() -> None:
    question = factories.make_question("Wat helpt tegen schulden?")
    question.text = "Wat helpt tegen geldzorgen?"
    question.save()
    assert Entry.objects.get(uid=question.uid).title == "Wat helpt tegen geldzorgen?"


def test_changed_ties_are_followed_from_either_side() -> None:
    question, theme, other = factories.make_question(), factories.make_theme("Armoede"), factories.make_theme("Jeugd")
    question.themes.add(theme)
    assert Entry.objects.get(uid=question.uid).facets["thema"] == [theme.uid]
    other.questions.add(question)
    assert Entry.objects.get(uid=question.uid).facets["thema"] == sorted([theme.uid, other.uid])
    theme.questions.clear()
    assert Entry.objects.get(uid=question.uid).facets["thema"] == [other.uid]
    assert set(Link.objects.filter(source=question.uid).values_list("tie", "target")) == {("gaat_over", other.uid)}


def test_a_deleted_record_leaves_a_tombstone_without_words() -> None:
    question = factories.make_question("Wat helpt tegen schulden?")
    question.changes.all().delete()
    question.delete()
    entry = Entry.objects.get(uid=question.uid)
    assert entry.removed_at is not None
    assert (entry.title, entry.body, entry.haystack) == ("", "", "")
    assert titles(search.Query("schulden")) == []


def test_renaming_a_theme_touches_no_entry_and_shows_at_once() -> None:
    theme = factories.make_theme("Armoede")
    question = factories.make_question(themes=[theme])
    before = Entry.objects.get(uid=question.uid).datestamp
    theme.name = "Bestaanszekerheid"
    theme.save()
    assert Entry.objects.get(uid=question.uid).datestamp == before
    assert [(one.label, one.count) for one in options(search.Query(), "thema")] == [("Bestaanszekerheid", 1)]


def test_an_unchanged_save_keeps_the_datestamp() -> None:
    question = factories.make_question()
    before = Entry.objects.get(uid=question.uid).datestamp
    with clock.at(clock.now() + timedelta(days=1)):
        question.save()
        assert Entry.objects.get(uid=question.uid).datestamp == before
        question.text += " En wat niet?"
        question.save()
        assert Entry.objects.get(uid=question.uid).datestamp == clock.now()


def test_a_rebuild_reports_exactly_what_was_missed_and_mends_it() -> None:
    place = factories.make_municipality()
    werkplaats = factories.make_werkplaats(areas=[place])
    good, corrupt, missed, gone, unlinked = (
        factories.make_question(f"Vraag nummer {n} over zorg", werkplaats=werkplaats) for n in range(5)
    )
    assert not rebuild()
    stamps = dict(Entry.objects.values_list("uid", "datestamp"))
    Entry.objects.filter(uid=corrupt.uid).update(title="Iets anders")
    Question.objects.filter(pk=missed.pk).update(text="Gewijzigd zonder signaal")
    Question.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN)
    Link.objects.filter(source=unlinked.uid).delete()
    Facet.objects.filter(entry__uid=werkplaats.uid, dimension="gemeente").delete()
    Entry.objects.filter(uid=place.uid).delete()
    with clock.at(clock.now() + timedelta(days=1)):
        found = rebuild()
    assert set(found.changed) == {corrupt.uid, missed.uid, werkplaats.uid}
    assert (found.missing, found.surplus) == ([place.uid], [gone.uid])
    assert set(found.links) == {unlinked.uid}
    assert Entry.objects.get(uid=corrupt.uid).title == "Vraag nummer 1 over zorg"
    assert Entry.objects.get(uid=good.uid).datestamp == stamps[good.uid]
    assert not rebuild()


def test_who_may_see_what() -> None:
    own, other = factories.make_werkplaats("Noord"), factories.make_werkplaats("Utrecht")
    for visibility, werkplaats in product(Visibility, (own, other)):
        question = factories.make_question(f"{visibility} {werkplaats.name}", werkplaats=werkplaats)
        Entry.objects.filter(uid=question.uid).update(visibility=visibility)

    def seen(viewer: Viewer) -> set[str]:
        return set(Entry.objects.visible_to(viewer).of_kind("vraag").values_list("title", flat=True))

    public = {"openbaar Noord", "openbaar Utrecht"}
    network = public | {"netwerk Noord", "netwerk Utrecht"}
    assert seen(ANYONE) == public
    assert seen(Viewer(network=True)) == network
    assert seen(Viewer(network=True, werkplaatsen=frozenset({own.uid}))) == network | {"werkplaats Noord"}


def test_every_word_must_begin_a_word() -> None:
    factories.make_question("Hoe bereik je eenzame ouderen?")
    factories.make_question("Wat helpt jongeren?")
    assert titles(search.Query("ouderen eenzame")) == ["Hoe bereik je eenzame ouderen?"]
    assert titles(search.Query("eenz")) == ["Hoe bereik je eenzame ouderen?"]
    assert titles(search.Query("ouderen jongeren")) == []
    assert titles(search.Query("deren")) == []


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("x" * 10_000, search.Trouble.TOO_LONG),
        ("de het een voor", search.Trouble.ONLY_STOPWORDS),
        ("?!", search.Trouble.NO_WORDS),
        ("c++", search.Trouble.NO_WORDS),
        ("é", search.Trouble.NO_WORDS),
        ("%' OR 1=1 --", None),
        ("", None),
    ],
)
def test_a_query_that_cannot_be_used_says_why(text: str, trouble: search.Trouble | None) -> None:
    factories.make_question()
    found = search.find(search.Query(text))
    assert found.asked.trouble == trouble
    assert bool(found[0:1]) is (text == "")
    assert found.counts("soort") == ({"vraag": 1} if text == "" else {})


@given(st.text(max_size=300))
def test_what_is_typed_never_breaks_the_words(text: str) -> None:
    wanted = words.telling(language.plain_words(text))
    assert all(f" {word}" in words.haystack(text) for word in wanted)
    assert not set(wanted) & language.stopwords()
