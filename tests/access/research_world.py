"""Research in the world of the matrix: seen by everyone, by the network, by one werkplaats; and results to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests import factories
from werkplaats.core.models import LogEntry, Visibility
from werkplaats.research import actions
from werkplaats.research.models import Circle, CircleMeeting, NationalTheme, Pilot, Project, ThemeWork, Yield
from werkplaats.terms.models import Approach

if TYPE_CHECKING:
    from tests.access.world import World

# Name -> (who sees it, whose it is).
_SEEN = {
    "open": (Visibility.PUBLIC, "eigen"),
    "netwerk": (Visibility.NETWORK, "vreemd"),
    "eigen": (Visibility.WERKPLAATS, "eigen"),
    "vreemd": (Visibility.WERKPLAATS, "vreemd"),
}


def fill_research(world: World) -> None:
    """All of it, with a canary in every title."""
    made = world.records
    theme = NationalTheme.objects.create(name=f"Thema {_word(world, 'landelijkthema')}", visibility=Visibility.PUBLIC)
    world.keeps("landelijkthema", theme)
    idea = NationalTheme.objects.create(name=f"Idee {_word(world, 'landelijkthema-idee')}")
    world.keeps("landelijkthema-idee", idea)
    for name in ("eigen", "vreemd"):
        work = ThemeWork.objects.create(national_theme=theme, werkplaats=made[f"werkplaats-{name}"])
        world.keeps(f"themawerk-{name}", work)
    world.keeps("aanpak", Approach.objects.create(name="Presentie"))
    for name, (visibility, whose) in _SEEN.items():
        _each(world, name, {"visibility": visibility, "werkplaats": made[f"werkplaats-{whose}"]})
    _inside(world)
    _results(world)
    gone = factories.make_project("Weg", made["werkplaats-eigen"])
    gone.withdrawn = "stond er dubbel"
    gone.save()
    made["project-weg"] = gone


def _word(world: World, key: str) -> str:
    return world.plant(key, "naam")


def _each(world: World, name: str, common: dict[str, Any]) -> None:
    circle = Circle.objects.create(name=f"Kring {_word(world, f'kring-{name}')}", **common)
    world.keeps(f"kring-{name}", circle)
    for kind, model, more in (
        ("project", Project, {}),
        ("pilot", Pilot, {"tries": "Iets nieuws", "circle": circle}),
        ("opbrengst", Yield, {"kind": "training", "strand": "vorm", "circle": circle}),
    ):
        key = f"{kind}-{name}"
        world.keeps(key, model.objects.create(title=f"Iets {_word(world, key)}", **more, **common))


def _inside(world: World) -> None:
    """Who sits in a group by name, and what was noted when it met."""
    made = world.records
    made["kring-open"].persons.add(made["functie-eigen"].person)
    for name, circle, notes_for in (
        ("eigen", "open", Visibility.WERKPLAATS),
        ("netwerk", "netwerk", Visibility.NETWORK),
        ("vreemd", "vreemd", Visibility.WERKPLAATS),
    ):
        key = f"bijeenkomst-{name}"
        meeting = CircleMeeting.objects.create(
            circle=made[f"kring-{circle}"], discussed="Over wonen", notes=world.plant(key, "aantekening"),
            notes_for=notes_for,
        )  # fmt: skip
        meeting.steps.create(what=f"Doen {world.plant(key, 'afspraak')}", due=factories.LONG_AGO)
        world.keeps(key, meeting)


def _results(world: World) -> None:
    """An outcome and a finding that a coordinator wrote, and that nobody read over."""
    made = world.records
    by = made["account-coordinator"]
    values = {"outcome": f"Kwam uit: {world.plant('pilot-open', 'uitkomst')}"}
    made["pilot-open"] = actions.save_pilot(pilot=made["pilot-open"], values=values, version=1, by=by)
    title = f"Wij vonden {_word(world, 'opbrengst-bevinding')}"
    values = {"title": title, "kind": "bevinding", "strand": "inhoud", "visibility": Visibility.PUBLIC}
    finding = actions.save_yield(made=Yield(werkplaats=made["werkplaats-eigen"]), values=values, by=by)
    world.keeps("opbrengst-bevinding", finding)
    made["logboekregel-bevinding"] = LogEntry.objects.filter(target=finding.uid).first()
