"""Publications from a file: all or nothing, and the same file twice is nothing new."""

from __future__ import annotations

import json

import pytest

from tests.factories import make_organisation, make_theme, make_werkplaats
from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import SYSTEM
from werkplaats.core.tables import TableError
from werkplaats.library.imports import import_publications
from werkplaats.library.models import Publication

pytestmark = pytest.mark.django_db
ROW = {
    "title": "Samen in de wijk", "kind": "boek", "when": "~2012",
    "makers": ["Mirjam van der Plas", {"name": "Werkgroep", "is_group": True, "role": "redacteur"}],
    "numbers": {"isbn": "9789088500008"}, "werkplaatsen": ["utrecht"], "organisations": ["Welzijn"],
    "licence": "cc-by", "themes": ["wonen", "Eenzaamheid"], "source": "tekst 003", "basis": "bekend",
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Reads these rows in."""
    make_werkplaats("Utrecht", slug="utrecht")
    make_organisation("Welzijn")
    make_theme("Wonen")
    make_theme("Eenzaamheid")

    def read(rows, dry_run=False):
        path = tmp_path / "publicaties.json"
        path.write_text(json.dumps(rows))
        return import_publications(path=path, dry_run=dry_run, progress=lambda done, total: None, by=SYSTEM)

    return read


def test_a_file_puts_them_in_the_library(read):
    read([ROW], dry_run=True)
    assert not Publication.objects.exists()
    report = read([ROW, {"title": "Los", "kind": "film"}])

    assert report.created == ["Samen in de wijk", "Los"]
    made = Publication.objects.get(kind="boek")
    assert (made.when, made.licence, made.source) == ("omstreeks 2012", "cc-by", "tekst 003")
    assert [(one.shown, one.role, one.is_group) for one in made.makers] == [
        ("Mirjam van der Plas", "auteur", False), ("Werkgroep", "redacteur", True),
    ]  # fmt: skip
    assert {theme.name for theme in made.themes.all()} == {"Wonen", "Eenzaamheid"}
    assert Entry.objects.filter(uid=made.uid, removed_at=None).exists()
    assert Publication.objects.get(kind="film").when == ""


def test_the_same_again_changes_nothing_and_a_correction_does(read):
    read([ROW])

    again = read([ROW])
    changed = read([{**ROW, "makers": ["Mirjam van der Plas"]}])

    assert (again.unchanged, again.created) == (1, [])
    assert changed.updated == ["Samen in de wijk"]
    assert [one.shown for one in Publication.objects.get().makers] == ["Mirjam van der Plas"]


def test_every_mistake_is_told_and_nothing_kept(read):
    rows = [
        ROW,
        {**ROW, "title": "Anders", "numbers": {"isbn": "12"}, "werkplaatsen": ["nergens"], "kind": "roman"},
        {**ROW, "title": 5, "schrijver": "x"},
        {**ROW, "title": "Nog een", "makers": "Mirjam", "organisations": ["Onbekend BV"]},
    ]

    with pytest.raises(TableError) as error:
        read(rows)

    told = error.value.told()
    for text in (
        "publicatie 2: kind", "Dit ISBN klopt niet", "werkplaats “nergens” kennen we niet", "publicatie 3: schrijver",
        "publicatie 3: title: hier hoort tekst", "publicatie 4: makers: hier hoort een lijst",
    ):  # fmt: skip
        assert text in told, told
    assert not Publication.objects.exists()
