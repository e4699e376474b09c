"""What comes to belong to another leaves the list of the one it was of, at once and not at the next rebuild."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.around import Around
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core.models import Visibility
from werkplaats.library.models import Contributor
from werkplaats.network.models import Leadership, ServiceArea
from werkplaats.places.models import PlaceName
from werkplaats.research import actions
from werkplaats.research.models import CirclePartner, NationalTheme, PilotPartner, ProjectPartner, ThemeWork

pytestmark = pytest.mark.django_db


def theme(name: str) -> NationalTheme:
    made: NationalTheme = NationalTheme.objects.create(name=name, visibility=Visibility.PUBLIC)
    return made


def test_a_yield_that_moves_is_no_longer_of_the_group_it_left(around: Around) -> None:
    one, two = (factories.make_circle(name, werkplaats=around.utrecht) for name in ("Eerste", "Tweede"))
    project = factories.make_project(werkplaats=around.utrecht)
    made = factories.make_yield(circle=one)

    def move(**values: Any) -> None:
        nonlocal made
        by = around.accounts["coordinator"]
        made = actions.save_yield(made=made, values=values, version=made.version, by=by)

    def of() -> set[str]:
        return set(Link.objects.filter(tie="levert_op", target=made.uid).values_list("source", flat=True))

    assert of() == {one.uid}
    move(circle=two)
    assert of() == {two.uid}
    move(circle=None, project=project)
    assert of() == {project.uid}
    move(project=None)
    assert of() == set()
    assert not rebuild()


def _circle(around: Around) -> tuple[Any, str, Any]:
    one, two = theme("Armoede"), theme("Jeugd")
    return factories.make_circle(werkplaats=around.utrecht, national_theme=one), "national_theme", two


def _group_of_project(around: Around) -> tuple[Any, str, Any]:
    one, two = (factories.make_project(name, werkplaats=around.utrecht) for name in ("Een", "Twee"))
    return factories.make_circle(werkplaats=around.utrecht, project=one), "project", two


def _pilot(around: Around) -> tuple[Any, str, Any]:
    one, two = (factories.make_circle(name, werkplaats=around.utrecht) for name in ("Een", "Twee"))
    return factories.make_pilot(werkplaats=around.utrecht, circle=one), "circle", two


def _lead(around: Around) -> tuple[Any, str, Any]:
    return factories.make_project(werkplaats=around.utrecht, organisation=around.ours), "organisation", around.theirs


def _region(around: Around) -> tuple[Any, str, Any]:
    circle = factories.make_circle(werkplaats=around.utrecht)
    factories.make_yield(circle=circle)
    return circle, "werkplaats", around.noord


def _work(around: Around) -> tuple[Any, str, Any]:
    return (
        ThemeWork.objects.create(national_theme=theme("Een"), werkplaats=around.utrecht),
        "national_theme",
        theme("B"),
    )


def _partner(model: Any, holder: str, make: Callable[..., Any]) -> Callable[[Around], tuple[Any, str, Any]]:
    def plant(around: Around) -> tuple[Any, str, Any]:
        one, two = make(werkplaats=around.utrecht), make(werkplaats=around.utrecht)
        return model.objects.create(organisation=around.ours, role="kookt mee", **{holder: one}), holder, two

    return plant


def _maker(around: Around) -> tuple[Any, str, Any]:
    one, two = factories.make_publication("Een", makers=["Jansen"]), factories.make_publication("Twee")
    return Contributor.objects.get(publication=one), "publication", two


def _name(around: Around) -> tuple[Any, str, Any]:
    one, two = factories.make_municipality("Assen", aliases=["Asse"]), factories.make_municipality("Emmen")
    return PlaceName.objects.get(municipality=one, name="Asse"), "municipality", two


def _area(around: Around) -> tuple[Any, str, Any]:
    one, two = factories.make_municipality("Assen"), factories.make_municipality("Emmen")
    area = ServiceArea.objects.create(werkplaats=around.utrecht, municipality=one, valid_from=factories.LONG_AGO)
    return area, "municipality", two


def _leads(around: Around) -> tuple[Any, str, Any]:
    return Leadership.objects.first(), "organisation", around.nobodys


def _partnership(around: Around) -> tuple[Any, str, Any]:
    return around.our_partnership, "organisation", around.nobodys


def _theme(around: Around) -> tuple[Any, str, Any]:
    one, two = factories.make_theme("Armoede"), factories.make_theme("Jeugd")
    child = factories.make_theme("Schulden", parent=one)
    factories.make_question(themes=[child])
    factories.make_yield(circle=factories.make_circle(werkplaats=around.utrecht, themes=[child]))
    return child, "parent", two


@pytest.mark.parametrize(
    "plant",
    [
        _circle, _group_of_project, _pilot, _lead, _region, _work, _maker, _name, _area, _leads, _partnership, _theme,
        _partner(ProjectPartner, "project", factories.make_project),
        _partner(CirclePartner, "circle", factories.make_circle),
        _partner(PilotPartner, "pilot", factories.make_pilot),
    ],
    ids=[
        "circle-theme", "circle-project", "pilot-circle", "project-lead", "circle-region", "theme-work", "maker",
        "place-name", "area", "leadership", "partnership", "theme-parent", "project-partner", "circle-partner",
        "pilot-partner",
    ],
)  # fmt: skip
def test_whatever_moves_leaves_nothing_behind_in_the_hall(around: Around, plant: Any) -> None:
    record, key, to = plant(around)
    rebuild()
    before = set(Entry.objects.values_list("uid", "datestamp")) | set(Link.objects.values_list("source", "target"))
    setattr(record, key, to)
    record.save()
    assert not rebuild()
    after = set(Entry.objects.values_list("uid", "datestamp")) | set(Link.objects.values_list("source", "target"))
    assert after != before
