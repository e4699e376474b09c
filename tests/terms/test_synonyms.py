"""Words that mean the same: what counts as a group, what ships, and that an editor's word stays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from werkplaats import terms
from werkplaats.catalogue import asked
from werkplaats.catalogue.language import plain_words, root
from werkplaats.catalogue.words import telling
from werkplaats.core.actors import SYSTEM, Named
from werkplaats.core.models import LogEntry
from werkplaats.core.versions import Conflict
from werkplaats.terms.actions import end_synonyms, restore_synonyms, save_synonyms
from werkplaats.terms.forms import SynonymForm
from werkplaats.terms.imports import load_synonyms
from werkplaats.terms.models import SynonymGroup
from werkplaats.terms.rules import FEWEST, LONGEST, MOST, MOST_TELLING, Fault, clean_words

pytestmark = pytest.mark.django_db
EDITOR = Named("account-x")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Search keeps what it read for some seconds, also after a test took it back."""
    asked.forget()
    yield
    asked.forget()


def read(text: str) -> list[str]:
    """As search reads it."""
    return [root(word) for word in telling(plain_words(text))]


def others(text: str) -> set[str]:
    """The other words that search adds to the first word of a query."""
    asked.forget()
    return {other.text for other in asked.understand(text).terms[0].others}


def file(name: str) -> dict[str, Any]:
    """A reviewed file."""
    data: dict[str, Any] = json.loads(Path(terms.__path__[0], "data", name).read_text())
    return data


def shipped() -> list[dict[str, Any]]:
    """The reviewed groups."""
    groups: list[dict[str, Any]] = file("synonyms.json")["groups"]
    return groups


# What counts as a group.


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("dokter\nhuisarts", ["dokter", "huisarts"]),
        ("  witte   vlek \n\n\n lege plek\n", ["witte vlek", "lege plek"]),
        ("foto’s\ne–health", ["foto's", "e-health"]),
        ("65-plussers\ncafé", ["65-plussers", "café"]),
        ("\n".join(f"woord{n}" for n in range(MOST)), [f"woord{n}" for n in range(MOST)]),
        ("AI\nkunstmatige intelligentie", ["AI", "kunstmatige intelligentie"]),
        ("a" * LONGEST + "\nkort", ["a" * LONGEST, "kort"]),
    ],
)
def test_what_is_right_is_taken_as_it_is(typed: str, words: list[str]) -> None:
    assert clean_words(typed.splitlines(), read=read) == (words, [])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", [(Fault.FEW, 0)]),
        ("\n \n", [(Fault.FEW, 0)]),
        ("dokter", [(Fault.FEW, 0)]),
        ("dokter\n\nx", [(Fault.SHORT, 3)]),
        ("dokter, huisarts", [(Fault.SEVERAL, 1), (Fault.FEW, 0)]),
        ("dokter\nhuis/arts", [(Fault.SEVERAL, 2)]),
        ("dokter\nhuisarts!\n<b>", [(Fault.SIGN, 2), (Fault.SIGN, 3)]),
        ("dokter\nsnake_case", [(Fault.SIGN, 2)]),
        ("dokter\nDOKTER\nhuisarts", [(Fault.TWICE, 2)]),
        ("café\ncafe", [(Fault.TWICE, 2)]),
        ("dokter\nvoor een", [(Fault.SILENT, 2)]),
        ("dokter\n--", [(Fault.SILENT, 2)]),
        ("dokter\nrode gele groene blauwe paarse", [(Fault.WORDY, 2)]),
        ("dokter\n" + "a" * (LONGEST + 1), [(Fault.LONG, 2)]),
        ("\n".join(f"woord{n}" for n in range(MOST + 1)), [(Fault.MANY, 0)]),
        ("buurt\nbuurten\nde buurt", [(Fault.ALIKE, 0)]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(typed: str, wrong: list[tuple[Fault, int]]) -> None:
    assert [(one.fault, one.line) for one in clean_words(typed.splitlines(), read=read)[1]] == wrong


def test_every_fault_has_a_sentence_that_says_where_and_what_to_do() -> None:
    long = "a" * (LONGEST + 1)
    told = SynonymForm({"words": f"x\nmaat!\nmaat, vriend\nde het\n{long}\nvriend\nVriend"}, read=read).errors["words"]
    assert told == [
        "Regel 1: “x” is te kort. Schrijf een woord van minstens twee letters.",
        "Regel 2: “maat!” bevat “!”. Gebruik alleen letters, cijfers, spaties, streepjes en apostrofs.",
        "Regel 3: “maat, vriend” bevat “,”. Zet elk woord op een eigen regel.",
        "Regel 4: “de het” bestaat uit woorden die zoeken overslaat. Neem een woord dat zegt waar het om gaat.",
        "Regel 5 is te lang: 61 tekens. Er passen er 60 op een regel; kort hem in.",
        "Regel 7: “Vriend” staat er al. Haal deze regel weg.",
    ]
    for fault in Fault:
        from werkplaats.terms import forms

        assert fault in forms._SAID


def test_lines_are_counted_as_they_were_typed() -> None:
    assert "Regel 3:" in SynonymForm({"words": "\n\nx\ndokter\nhuisarts"}, read=read).errors["words"][0]


def test_the_same_group_twice_is_refused_also_in_another_order() -> None:
    group = save_synonyms(group=None, words=["Dokter", "huisarts"], by=EDITOR)
    assert "is er al" in SynonymForm({"words": "huisarts\ndokter"}, read=read).errors["words"][0]
    assert SynonymForm({"words": "huisarts\ndokter"}, group=group, read=read).is_valid()
    end_synonyms(group=group, version=1, by=EDITOR)
    assert "buiten gebruik" in SynonymForm({"words": "huisarts\ndokter"}, read=read).errors["words"][0]


# Search.


def test_a_word_saved_makes_search_know_it_until_it_is_ended() -> None:
    assert others("witte vlek") == set()
    group = save_synonyms(group=None, words=["witte vlek", "lege plek"], by=EDITOR)
    assert (others("witte vlek"), others("Lege plekken"), others("witte")) == ({"lege plek"}, {"witte vlek"}, set())
    save_synonyms(group=group, words=["witte vlek", "lege plek", "gat"], version=1, by=EDITOR)
    assert others("wat is een witte vlek") == {"lege plek", "gat"}
    end_synonyms(group=group, version=2, by=EDITOR)
    assert others("witte vlek") == set()
    restore_synonyms(group=group, version=3, by=EDITOR)
    assert others("witte vlek") == {"lege plek", "gat"}


# Writing.


def test_every_step_stands_in_the_logbook_with_the_words() -> None:
    group = save_synonyms(group=None, words=["dokter", "huisarts"], by=EDITOR)
    save_synonyms(group=group, words=["dokter", "arts"], version=1, by=EDITOR)
    end_synonyms(group=group, version=2, by=EDITOR)
    restore_synonyms(group=group, version=3, by=EDITOR)
    lines = [(one.verb, one.target, one.actor, one.detail) for one in LogEntry.objects.order_by("number")]
    before, after = ["dokter", "huisarts"], ["dokter", "arts"]
    used, unused = ({"before": {"is_used": was}, "after": {"is_used": not was}} for was in (True, False))
    assert lines == [
        ("terms.synonyms.added", group.uid, EDITOR.uid, {"before": {}, "after": {"words": before}}),
        ("terms.synonyms.changed", group.uid, EDITOR.uid, {"before": {"words": before}, "after": {"words": after}}),
        ("terms.synonyms.ended", group.uid, EDITOR.uid, {**used, "words": after}),
        ("terms.synonyms.restored", group.uid, EDITOR.uid, {**unused, "words": after}),
    ]


def test_of_a_note_the_logbook_says_that_it_changed_and_not_what() -> None:
    group = save_synonyms(group=None, words=["dokter", "huisarts"], note="Gevraagd door mevrouw Bos", by=EDITOR)
    save_synonyms(group=group, words=["dokter", "huisarts"], note="Mevrouw Bos belde", version=1, by=EDITOR)
    assert [one.detail for one in LogEntry.objects.all()] == [
        {"before": {}, "after": {}, "fields": ["note"]},
        {"before": {}, "after": {"words": ["dokter", "huisarts"]}},
    ]


def test_what_changes_nothing_says_nothing() -> None:
    group = save_synonyms(group=None, words=["dokter", "huisarts"], note="Beroep", by=EDITOR)
    save_synonyms(group=group, words=["dokter", "huisarts"], note="Beroep", version=1, by=EDITOR)
    restore_synonyms(group=group, version=1, by=EDITOR)
    end_synonyms(group=group, version=1, by=EDITOR)
    end_synonyms(group=group, version=1, by=EDITOR)
    group.refresh_from_db()
    assert (group.version, group.is_used, LogEntry.objects.count()) == (2, False, 2)


def test_of_two_who_change_a_group_the_second_hears_so() -> None:
    group = save_synonyms(group=None, words=["dokter", "huisarts"], by=EDITOR)
    save_synonyms(group=group, words=["dokter", "arts"], version=1, by=EDITOR)
    with pytest.raises(Conflict):
        save_synonyms(group=group, words=["dokter", "heelmeester"], version=1, by=EDITOR)
    with pytest.raises(Conflict):
        end_synonyms(group=group, version=1, by=EDITOR)
    group.refresh_from_db()
    assert (group.words, group.is_used, group.version) == (["dokter", "arts"], True, 2)


# Reading.


def test_groups_are_found_whatever_case_and_accents() -> None:
    groups = [
        SynonymGroup.objects.create(words=words)
        for words in (["Zorg", "hulp"], ["cliënt", "klant"], ["arts", "Dokter"])
    ]
    zorg, client, arts = groups
    assert SynonymGroup.objects.all().listed() == [arts, client, zorg]
    assert SynonymGroup.objects.all().listed("CLIENT") == [client]
    assert SynonymGroup.objects.all().listed(" dok ") == [arts]
    assert SynonymGroup.objects.all().listed("niets") == []
    assert SynonymGroup.objects.all().sharing(["KLANT", "dokter"]) == [client, arts]
    assert SynonymGroup.objects.all().same_as(["Hulp", "zorg"]) == zorg
    assert SynonymGroup.objects.all().same_as(["hulp"]) is None


# What ships.


def test_the_shipped_list_is_well_formed() -> None:
    groups = shipped()
    assert 80 <= len(groups) <= 200
    wrong = {}
    for group in groups:
        words, faults = clean_words(group["words"], read=read)
        if faults or words != group["words"] or not FEWEST <= len(words) <= MOST:
            wrong[group["key"]] = faults
        assert set(group) <= {"key", "words", "note"}
        assert len(group.get("note", "")) <= 200
        assert all(len(read(word)) <= MOST_TELLING for word in words)
    assert wrong == {}
    assert [key for key, count in Counter(group["key"] for group in groups).items() if count > 1] == []


def test_no_shipped_word_stands_in_two_groups_also_not_as_search_reads_it() -> None:
    places: dict[frozenset[str], set[str]] = {}
    for group in shipped():
        for word in group["words"]:
            places.setdefault(frozenset(read(word)), set()).add(group["key"])
    assert {" ".join(roots): keys for roots, keys in places.items() if len(keys) > 1} == {}


def test_no_shipped_group_only_repeats_a_theme() -> None:
    named = [{name.lower() for name in (row["name"], *row["synonyms"])} for row in file("themes.json")["themes"]]
    said = [{word.lower() for word in group["words"]} for group in shipped()]
    assert [words for words in said if any(words <= names for names in named)] == []


def test_loading_adds_all_once_and_says_so_once() -> None:
    assert load_synonyms(by=SYSTEM) == len(shipped()) == SynonymGroup.objects.in_use().count()
    assert load_synonyms(by=SYSTEM) == 0
    assert [(one.verb, one.detail) for one in LogEntry.objects.all()] == [
        ("terms.synonyms.loaded", {"added": len(shipped())})
    ]
    assert others("dokter") >= {"huisarts"}


def test_loading_again_keeps_what_an_editor_changed_ended_or_made() -> None:
    load_synonyms(by=SYSTEM)
    changed, ended = SynonymGroup.objects.all()[:2]
    save_synonyms(group=changed, words=["solo", "alleen"], version=1, by=EDITOR)
    end_synonyms(group=ended, version=1, by=EDITOR)
    own = save_synonyms(group=None, words=["eigen", "zelf gemaakt"], by=EDITOR)
    kept = set(SynonymGroup.objects.values_list("uid", "key", "is_used"))
    assert load_synonyms(by=SYSTEM) == 0
    assert set(SynonymGroup.objects.values_list("uid", "key", "is_used")) == kept
    assert SynonymGroup.objects.get(pk=changed.pk).words == ["solo", "alleen"]
    assert (ended.uid, ended.key, False) in kept
    assert (own.uid, None, True) in kept


def test_a_group_that_ships_later_is_added() -> None:
    load_synonyms(by=SYSTEM)
    SynonymGroup.objects.filter(key="huisarts").delete()
    assert load_synonyms(by=SYSTEM) == 1
