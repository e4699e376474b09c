"""The tree of themes that comes with the house, and the words that lead to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.places.shipped import DATA
from werkplaats import terms
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.network.rules import Status
from werkplaats.terms.imports import load_themes, themes_for
from werkplaats.terms.models import Theme

pytestmark = pytest.mark.django_db


def shipped() -> dict[str, Any]:
    """The reviewed file."""
    data: dict[str, Any] = json.loads(Path(terms.__path__[0], "data", "themes.json").read_text())
    return data


def words_in_use() -> set[str]:
    """Every theme that the demonstration mentions."""
    network = json.loads((DATA / "werkplaatsen.json").read_text())["werkplaatsen"]
    questions = json.loads((DATA / "questions.json").read_text())
    return {word for row in [*network, *questions] for word in row["themes"]}


def test_the_tree_is_small_and_two_levels_deep() -> None:
    assert load_themes(by=SYSTEM) == Theme.objects.count() == len(shipped()["themes"])
    assert Theme.objects.count() <= 25
    tops = set(Theme.objects.top())
    assert all(theme.parent in tops for theme in Theme.objects.exclude(parent=None))
    assert all(theme.top == (theme.parent or theme) for theme in Theme.objects.all())
    assert {row["slug"]: row["parent"] for row in shipped()["themes"]} == {
        theme.slug: theme.parent and theme.parent.slug for theme in Theme.objects.all()
    }


def test_every_theme_says_what_it_is_and_how_citizens_call_it() -> None:
    load_themes(by=SYSTEM)
    assert [theme.name for theme in Theme.objects.all() if not theme.description or not theme.synonyms] == []


def test_every_word_of_the_demonstration_leads_to_a_theme() -> None:
    load_themes(by=SYSTEM)
    words = words_in_use()
    assert len(words) > 30
    assert themes_for(words)[1] == []
    assert [word for word in words if not themes_for([word])[0]] == []


def test_the_mapping_leads_only_to_themes_there_are() -> None:
    data = shipped()
    slugs = {row["slug"] for row in data["themes"]}
    assert {slug for mapped in data["mapping"].values() for slug in mapped} <= slugs
    # It is looked up in lower case; what is written otherwise would never be found.
    assert [word for word in data["mapping"] if word != word.strip().lower()] == []


def test_a_word_nobody_reviewed_is_told_and_not_guessed() -> None:
    load_themes(by=SYSTEM)
    themes, unknown = themes_for([" Armoede ", "ruimtevaart", "armoede en schulden"])
    assert ([theme.slug for theme in themes], unknown) == (["armoede-en-schulden"], ["ruimtevaart"])


def test_loading_again_adds_nothing_and_keeps_what_an_editor_changed() -> None:
    load_themes(by=SYSTEM)
    theme = Theme.objects.get(slug="eenzaamheid")
    theme.name, theme.synonyms, theme.is_national, theme.parent = "Alleen zijn", ["solo"], False, None
    theme.save()

    assert load_themes(by=SYSTEM) == 0
    kept = Theme.objects.get(slug="eenzaamheid")
    assert (kept.uid, kept.name, kept.synonyms, kept.is_national, kept.parent) == (
        theme.uid, "Alleen zijn", ["solo"], False, None,
    )  # fmt: skip
    assert LogEntry.objects.filter(verb="terms.themes.loaded").count() == 1


def test_only_what_is_missing_is_added() -> None:
    load_themes(by=SYSTEM)
    Theme.objects.filter(slug="dementie").delete()
    assert load_themes(by=SYSTEM) == 1
    assert LogEntry.objects.filter(verb="terms.themes.loaded").first().detail == {"added": 1}  # type: ignore[union-attr]


def test_a_renamed_theme_is_shown_by_its_new_name_everywhere() -> None:
    theme = factories.make_theme("Eenzaamheid")
    werkplaats = factories.make_werkplaats(themes=[theme], status=Status.MEMBER)
    theme.name = "Verbondenheid"
    theme.save()
    assert Theme.objects.with_uids([theme.uid, werkplaats.uid]) == {theme.uid: "Verbondenheid"}
