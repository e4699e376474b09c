"""A result is seen by outsiders as a second person read it; what is unknown stays unknown; what stopped says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.around import Around
from werkplaats.catalogue.models import Entry
from werkplaats.core.dates import Precision
from werkplaats.core.models import LogEntry, Visibility
from werkplaats.core.versions import Conflict
from werkplaats.research import actions
from werkplaats.research.models import NationalTheme, Pilot, Project, ThemeWork, Yield
from werkplaats.research.rules import State, YieldKind

pytestmark = pytest.mark.django_db


def wrote(around: Around, outcome: str, pilot: Pilot | None = None, by: str = "coordinator") -> Pilot:
    """A pilot of Utrecht with this outcome."""
    pilot = pilot or factories.make_pilot(werkplaats=around.utrecht)
    who = around.accounts[by]
    return actions.save_pilot(pilot=pilot, values={"outcome": outcome}, version=pilot.version, by=who)


def read(pilot: Pilot, around: Around, by: str) -> Pilot:
    return actions.approve_result(record=pilot, version=pilot.version, by=around.accounts[by])


def test_an_outcome_is_out_only_as_a_second_person_read_it(around: Around) -> None:
    pilot = wrote(around, "Zes van de tien kwamen vaker buiten.")
    assert (pilot.said("outcome"), pilot.awaits_reader) == ("", True)
    with pytest.raises(ValidationError, match="U schreef dit zelf"):
        read(pilot, around, "coordinator")
    pilot = read(pilot, around, "collega")
    assert (pilot.said("outcome"), pilot.awaits_reader) == ("Zes van de tien kwamen vaker buiten.", False)
    # What is written since waits; what was read stands.
    pilot = wrote(around, "Negen van de tien.", pilot)
    assert (pilot.said("outcome"), pilot.awaits_reader) == ("Zes van de tien kwamen vaker buiten.", True)
    assert "Negen" not in Entry.objects.get(uid=pilot.uid).body
    # The logbook outlives the words.
    assert "Negen" not in str(list(LogEntry.objects.values_list("detail", flat=True)))


def test_what_is_given_back_waits_for_its_writer(around: Around) -> None:
    pilot = wrote(around, "Goed.")
    with pytest.raises(ValidationError, match="Schrijf wat er anders moet"):
        actions.return_result(record=pilot, reason=" ", version=pilot.version, by=around.accounts["lector"])
    pilot = actions.return_result(record=pilot, reason="Hoeveel?", version=pilot.version, by=around.accounts["lector"])
    assert (pilot.returned, pilot.awaits_reader, pilot.said("outcome")) == ("Hoeveel?", False, "")
    pilot = wrote(around, "Zes van de tien.", pilot)
    assert (pilot.returned, pilot.awaits_reader) == ("", True)


def test_who_reads_what_was_changed_meanwhile_is_told(around: Around) -> None:
    pilot = wrote(around, "Goed.")
    wrote(around, "Slecht.", pilot)
    with pytest.raises(Conflict):
        read(pilot, around, "lector")
    assert Pilot.objects.get(pk=pilot.pk).said("outcome") == ""


@pytest.mark.parametrize(("kind", "found"), [(YieldKind.FINDING, False), (YieldKind.TRAINING, True)])
def test_only_a_finding_needs_a_reader_to_be_found(around: Around, kind: str, found: bool) -> None:
    values = {"title": "Buren helpen eerder", "kind": kind, "strand": "inhoud", "visibility": "openbaar"}
    made = actions.save_yield(made=Yield(werkplaats=around.utrecht), values=values, by=around.accounts["coordinator"])
    assert Entry.objects.living().filter(uid=made.uid).exists() is found
    if not found:
        actions.approve_result(record=made, version=made.version, by=around.accounts["landelijk"])
        assert Entry.objects.living().get(uid=made.uid).title == "Buren helpen eerder"


def test_a_project_needs_no_second_person(around: Around) -> None:
    values = {"title": "Samen eten", "state": State.RUNNING, "visibility": "openbaar"}
    who = around.accounts["coordinator"]
    project = actions.save_project(project=Project(werkplaats=around.utrecht), values=values, by=who)
    assert Entry.objects.living().get(uid=project.uid).facets["stand"] == ["loopt"]


def test_what_stops_says_why_and_what_ran_is_no_plan_again(around: Around) -> None:
    who, project = around.accounts["coordinator"], factories.make_project(werkplaats=around.utrecht)

    def to(state: str, **more: Any) -> None:
        nonlocal project
        values = {"state": state, **more}
        project = actions.save_project(project=project, values=values, version=project.version, by=who)

    with pytest.raises(ValidationError, match="Schrijf waarom het stopte"):
        to(State.STOPPED)
    to(State.STOPPED, stopped_because="Niemand kwam.")
    with pytest.raises(ValidationError, match="kan het niet naar “voorstel”"):
        to(State.PROPOSED)
    to(State.RUNNING)
    assert Project.objects.get(pk=project.pk).state == State.RUNNING


@pytest.mark.parametrize(
    ("start", "end", "state", "said"),
    [
        (None, None, State.DONE, "periode onbekend"),
        (date(2012, 1, 1), None, State.RUNNING, "sinds 2012"),
        (date(2009, 1, 1), None, State.DONE, "vanaf 2009, einde niet bekend"),
        (date(2009, 1, 1), None, State.STOPPED, "vanaf 2009, einde niet bekend"),
        (date(2009, 1, 1), None, State.UNKNOWN, "vanaf 2009, einde niet bekend"),
        (date(2012, 1, 1), None, State.PROPOSED, "vanaf 2012"),
        (date(9000, 1, 1), None, State.RUNNING, "vanaf 9000"),
        (None, date(2013, 1, 1), State.DONE, "tot en met 2012; begin onbekend"),
        (date(2009, 1, 1), date(2013, 1, 1), State.DONE, "2009 t/m 2012"),
        (date(2012, 1, 1), date(2013, 1, 1), State.DONE, "2012"),
    ],
)
def test_a_period_says_what_is_known_and_what_is_not(
    start: date | None, end: date | None, state: str, said: str
) -> None:
    year = {"valid_from_precision": Precision.YEAR, "valid_to_precision": Precision.YEAR}
    assert Project(valid_from=start, valid_to=end, state=state, **year).period == said


def test_partners_are_kept_with_what_they_do_and_the_logbook_knows(around: Around) -> None:
    who, values = around.accounts["coordinator"], {"title": "Samen eten", "visibility": Visibility.PUBLIC}
    row = {"organisation": around.ours, "role": "kookt"}
    project = actions.save_project(project=Project(werkplaats=around.utrecht), values=values, partners=[row], by=who)
    assert [str(one) for one in project.partners.all()] == ["Welzijn Utrecht: kookt"]
    # The same again is no change.
    again = actions.save_project(project=project, values=values, partners=[row], version=project.version, by=who)
    assert (again.version, LogEntry.objects.filter(target=project.uid).count()) == (project.version, 2)
    actions.save_project(project=project, values=values, partners=[], version=project.version, by=who)
    line = LogEntry.objects.filter(target=project.uid).first()
    assert line is not None and line.verb == "research.project.partners_changed"
    assert line.detail["after"] == {"partners": []}
    assert "kookt" not in Entry.objects.get(uid=project.uid).body


def test_an_entry_names_its_links_and_follows_its_werkplaats(around: Around) -> None:
    from werkplaats.catalogue.models import Link

    question = factories.make_question("Wie eet er alleen?", werkplaats=around.utrecht)
    project = factories.make_project(werkplaats=around.utrecht, questions=[question])
    circle = factories.make_circle(werkplaats=around.utrecht)
    made = factories.make_yield(circle=circle)
    pilot = factories.make_pilot(werkplaats=around.utrecht, circle=circle, tried=made.uid)
    project.save()
    ties = set(Link.objects.values_list("source", "tie", "target"))
    assert {
        (project.uid, "komt_voort_uit", question.uid),
        (project.uid, "hoort_bij", around.utrecht.uid),
        (circle.uid, "levert_op", made.uid),
        (made.uid, "hoort_bij", circle.uid),
        (pilot.uid, "hoort_bij", circle.uid),
        (pilot.uid, "beproeft", made.uid),
    } <= ties
    around.utrecht.group_word = "leeratelier"
    around.utrecht.save()
    assert Entry.objects.get(uid=circle.uid).facets["eigenwoord"] == ["leeratelier"]


def test_what_is_taken_off_the_site_leaves_its_reason(around: Around) -> None:
    who, circle = around.accounts["coordinator"], factories.make_circle(werkplaats=around.utrecht)
    actions.save_circle(circle=circle, values={"withdrawn": "stond er dubbel"}, version=1, by=who)
    entry = Entry.objects.get(uid=circle.uid)
    assert (entry.removal_reason, entry.title) == ("stond er dubbel", "")


def test_what_was_found_out_is_an_answer_and_a_group_a_place_to_go() -> None:
    from werkplaats.agenda.rules import FoundAs, found_as

    found = {kind: found_as(kind, []) for kind in ("opbrengst", "pilot", "kenniskring", "werkplaats")}
    assert found == {
        "opbrengst": FoundAs.ANSWER, "pilot": FoundAs.ANSWER, "kenniskring": FoundAs.PLACE, "werkplaats": FoundAs.PLACE,
    }  # fmt: skip


@pytest.mark.parametrize("kind", [YieldKind.FINDING, YieldKind.TRAINING])
def test_the_logbook_outlives_no_words_of_a_yield(around: Around, kind: str) -> None:
    who = around.accounts["coordinator"]
    values = {"title": "Buren helpen", "description": "Eerder dan gedacht", "kind": kind, "strand": "inhoud"}
    made = actions.save_yield(
        made=Yield(werkplaats=around.utrecht), values={**values, "visibility": Visibility.PUBLIC}, by=who
    )
    actions.save_yield(made=made, values={"title": "Buren helpen vaak"}, version=made.version, by=who)
    lines = list(LogEntry.objects.filter(target=made.uid).order_by("number").values_list("detail", flat=True))
    assert "Buren" not in str(lines) and "Eerder" not in str(lines)
    assert lines[-1] == {"after": {}, "before": {}, "fields": ["title"]} and lines[0]["after"]["kind"] == kind


def test_words_of_what_is_closed_stay_out_of_the_logbook(around: Around) -> None:
    who = around.accounts["coordinator"]
    partner = {"organisation": around.ours, "role": "Geheime rol"}

    def keep(project: Project, **values: Any) -> Project:
        return actions.save_project(project=project, values=values, partners=[partner], version=project.version, by=who)

    made = Project(werkplaats=around.utrecht, version=0)
    made = keep(made, title="Geheim plan", why="Geheim waarom", state=State.RUNNING, visibility=Visibility.WERKPLAATS)
    # What was closed until now is told no more than what is closed from now on.
    made = keep(made, title="Samen eten", visibility=Visibility.PUBLIC)
    made = keep(made, title="Samen koken")
    keep(made, title="Geheim weer", visibility=Visibility.WERKPLAATS)
    lines = LogEntry.objects.filter(target=made.uid, verb__in=["research.project.added", "research.project.changed"])
    told = list(lines.order_by("number").values_list("detail", flat=True))
    assert "Geheim" not in str(list(LogEntry.objects.values_list("detail", flat=True)))
    assert [one.get("fields", []) for one in told] == [["title", "why"], ["title"], [], ["title"]]
    assert told[2]["after"] == {"title": "Samen koken"} and told[1]["after"] == {"visibility": "openbaar"}


def test_words_of_an_idea_for_a_national_theme_stay_out_of_the_logbook(around: Around) -> None:
    who = around.accounts["landelijk"]
    values = {"name": "Geheim idee", "description": "Geheim waarom", "visibility": Visibility.WERKPLAATS}
    theme = actions.save_national_theme(theme=NationalTheme(), values=values, by=who)
    work = {"werkplaats": around.utrecht, "what": "Geheim werk"}
    actions.save_theme_work(work=ThemeWork(national_theme=theme), values=work, by=who)
    actions.save_theme_work(work=ThemeWork(), values={**work, "national_theme": theme}, by=who)
    actions.save_national_theme(theme=theme, values={"visibility": Visibility.PUBLIC}, version=theme.version, by=who)
    assert "Geheim" not in str(list(LogEntry.objects.values_list("detail", flat=True)))
