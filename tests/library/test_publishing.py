"""Publishing takes two, and what was published stays as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from tests.factories import make_account, make_publication, make_theme, make_werkplaats
from werkplaats.catalogue.models import Entry
from werkplaats.core.models import LogEntry
from werkplaats.core.versions import Conflict
from werkplaats.library import actions
from werkplaats.library.models import File, Publication, PublicationIdentifier, PublicationVersion
from werkplaats.library.rules import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    """Who writes, and who reads."""
    region = make_werkplaats()
    writer = make_account("schrijver@example.org", "coordinator", region)
    reader = make_account("lezer@example.org", "lector", region)
    return region, writer, reader


def written(region, writer, **values):
    fields = {"kind": "rapport", "title": "Samen in de wijk", "werkplaatsen": [region], **values}
    makers = [{"name": "Mirjam van der Plas"}, {"name": "Werkgroep Wijk", "is_group": True, "role": "redacteur"}]
    numbers = [("doi", "10.1234/abc")]
    return actions.save_publication(publication=Publication(), values=fields, makers=makers, numbers=numbers, by=writer)


def test_a_new_one_is_a_draft_with_a_first_version_and_stands_nowhere(people):
    region, writer, _reader = people

    made = written(region, writer)

    assert made.state == State.DRAFT and not made.was_published
    assert [one.number for one in made.versions.all()] == [1]
    assert [one.shown for one in made.makers] == ["Mirjam van der Plas", "Werkgroep Wijk"]
    assert not Entry.objects.filter(uid=made.uid).exists()


def test_who_put_it_forward_or_changed_it_last_does_not_publish_it(people):
    region, writer, reader = people
    made = written(region, writer)
    third = make_account("derde@example.org", "coordinator", region)

    made = actions.put_forward(publication=made, version=made.version, by=third)

    for one in (writer, third):
        with pytest.raises(PermissionDenied):
            actions.publish_publication(publication=made, version=made.version, by=one)
    assert Publication.objects.get().state == State.READING
    done = actions.publish_publication(publication=made, version=made.version, by=reader)
    assert done.state == State.PUBLISHED
    entry = Entry.objects.get(uid=made.uid)
    assert (entry.title, entry.facets["publicatiesoort"]) == ("Samen in de wijk", ["rapport"])
    assert "Mirjam van der Plas" in entry.names and "10.1234/abc" in entry.body


def test_nobody_changes_what_is_being_read(people):
    region, writer, _reader = people
    made = written(region, writer)
    made = actions.put_forward(publication=made, version=made.version, by=writer)
    common = {"version": made.version, "by": writer}

    with pytest.raises(ValidationError):
        actions.save_publication(publication=made, values={"title": "Anders"}, **common)
    with pytest.raises(ValidationError):
        actions.add_file(edition=made.versions.get(), file=ContentFile(b"x"), values={"name": "x"}, **common)

    assert Publication.objects.get().title == "Samen in de wijk"
    assert not File.objects.exists()


def test_it_comes_back_with_a_reason_and_can_be_put_forward_again(people):
    region, writer, reader = people
    made = written(region, writer)
    made = actions.put_forward(publication=made, version=made.version, by=writer)

    with pytest.raises(ValidationError):
        actions.send_back(publication=made, reason=" ", version=made.version, by=reader)
    made = Publication.objects.get()
    back = actions.send_back(publication=made, reason="De uitgever ontbreekt.", version=made.version, by=reader)

    assert (back.state, back.sent_back, back.waits) == (State.DRAFT, "De uitgever ontbreekt.", False)
    again = actions.put_forward(publication=back, version=back.version, by=writer)
    assert (again.state, again.sent_back) == (State.READING, "")


def test_a_published_version_says_for_ever_what_it_said(people):
    region, writer, reader = people
    made = written(region, writer, issued_on=date(2012, 1, 1))
    made = actions.put_forward(publication=made, version=made.version, by=writer)
    made = actions.publish_publication(publication=made, version=made.version, by=reader)

    made = actions.save_publication(
        publication=made, values={"title": "Samen in de buurt"}, version=made.version, by=writer
    )

    first = PublicationVersion.objects.get()
    assert first.cited().title == "Samen in de wijk" and first.cited().year == 2012
    assert Entry.objects.get(uid=made.uid).title == "Samen in de buurt"
    with pytest.raises(ValidationError):
        actions.save_version(edition=first, values={"label": "2e druk"}, version=made.version, by=writer)


def test_a_new_version_waits_for_a_second_person_while_the_old_one_stays(people, pdf):
    region, writer, reader = people
    made = make_publication(werkplaatsen=[region])
    second = actions.add_version(publication=made, version=made.version, by=writer)
    made.refresh_from_db()

    with pytest.raises(ValidationError):
        actions.put_forward(publication=made, version=made.version, by=writer)
    made.refresh_from_db()
    actions.add_file(edition=second, file=pdf, values={"name": "Hele tekst"}, version=made.version, by=writer)
    made.refresh_from_db()
    made = actions.put_forward(publication=made, version=made.version, by=writer)

    assert made.state == State.PUBLISHED and Entry.objects.get(uid=made.uid).removed_at is None
    assert not PublicationVersion.objects.get(number=2).is_published
    actions.publish_publication(publication=made, version=made.version, by=reader)
    assert PublicationVersion.objects.get(number=2).published_by == reader.uid


def test_withdrawing_leaves_a_tombstone_and_the_reason(people):
    region, writer, reader = people
    made = make_publication(werkplaatsen=[region])

    with pytest.raises(ValidationError):
        actions.withdraw_publication(publication=made, reason="", version=made.version, by=writer)
    made.refresh_from_db()
    gone = actions.withdraw_publication(
        publication=made, reason="Er stond een fout in.", version=made.version, by=writer
    )

    entry = Entry.objects.get(uid=made.uid)
    assert entry.removed_at is not None and entry.title == ""
    with pytest.raises(ValidationError):
        actions.delete_publication(publication=gone, version=gone.version, by=writer)
    again = actions.put_forward(publication=Publication.objects.get(), version=gone.version, by=writer)
    assert again.state == State.WITHDRAWN
    back = actions.publish_publication(publication=again, version=again.version, by=reader)
    assert back.withdrawn_reason == "" and Entry.objects.get(uid=made.uid).removed_at is None


def test_a_draft_goes_with_its_files(people, pdf, django_capture_on_commit_callbacks):
    region, writer, _reader = people
    made = written(region, writer)
    file = actions.add_file(
        edition=made.versions.get(), file=pdf, values={"name": "Hele tekst"}, version=made.version, by=writer
    )
    made.refresh_from_db()
    storage, name = file.file.storage, file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_publication(publication=made, version=made.version, by=writer)

    assert not storage.exists(name)
    assert not Publication.objects.exists() and not PublicationIdentifier.objects.exists()


def test_who_saves_second_is_told(people):
    region, writer, reader = people
    made = written(region, writer)
    other = [{"name": "Iemand Anders"}]

    actions.save_publication(publication=made, values={"title": "Een"}, version=made.version, by=writer)

    with pytest.raises(Conflict):
        actions.save_publication(publication=made, values={}, makers=other, version=1, by=reader)
    assert [one.name for one in Publication.objects.get().makers] == ["Mirjam van der Plas", "Werkgroep Wijk"]


def test_the_logbook_keeps_no_names(people):
    region, writer, _reader = people
    made = written(region, writer)

    lines = LogEntry.objects.filter(target=made.uid)

    assert {line.verb for line in lines} == {
        "library.publication.added", "library.publication.changed", "library.publication.numbered",
    }  # fmt: skip
    assert "Mirjam" not in " ".join(str(line.detail) for line in lines)


def test_what_may_be_the_same_is_found(people):
    region, _writer, _reader = people
    make_theme()
    made = make_publication("Sámen: in de Wijk!", werkplaatsen=[region], numbers=[("isbn", "978-90-8850-000-0")])
    dated = make_publication("Samen in de wijk", issued_on=date(2012, 1, 1))

    assert Publication.objects.alike("samen in de wijk", None, []) == [dated, made]
    assert Publication.objects.alike("samen in de wijk", 2013, []) == [made]
    assert Publication.objects.alike("Iets anders", None, [("isbn", "978-90-8850-000-0")]) == [made]
    assert Publication.objects.alike("Iets anders", None, [("issn", "978-90-8850-000-0")]) == []


def test_the_logbook_keeps_no_words_of_what_is_not_out(people):
    region, writer, reader = people

    def told(**by_verb):
        return list(LogEntry.objects.filter(**by_verb).order_by("number").values_list("detail", flat=True))

    made = written(region, writer, title="Geheim begin", summary="Geheim waarover", visibility="openbaar")
    common = {"values": {"label": "Geheime druk"}, "by": writer}
    made = actions.save_version(edition=made.versions.get(), version=made.version, **common)
    made = actions.save_publication(publication=made, values={"title": "Samen"}, version=made.version, by=writer)
    assert "Gehei" not in str(told())
    assert told(verb="library.publication.changed")[-1]["fields"] == ["title"]

    made = actions.put_forward(publication=made, version=made.version, by=writer)
    made = actions.publish_publication(publication=made, version=made.version, by=reader)
    made = actions.save_publication(publication=made, values={"title": "Samen!"}, version=made.version, by=writer)
    assert told(verb="library.publication.changed")[-1]["after"] == {"title": "Samen!"}
