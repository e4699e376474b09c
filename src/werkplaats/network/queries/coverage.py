"""Coverage: which municipalities, and how many people, the network covers on a date, in three layers.

Whatever the date, the municipalities are those of the current list, and a werkplaats has the status and the themes
of today; ``Coverage.assumptions`` says so, in words for readers.

A werkplaats counts from its beginning, or from the day it was no longer in the making, to its end when it is a member
or a guest today (``WerkplaatsQuerySet.standing``). One that has ended counts on dates before today, until the end that
is known of it. A candidate counts in no layer: a municipality that lies in the area of nobody but candidates is a blank
spot that is told apart. Who only perhaps counts, because of its dates no more than "about 2014" is known, does not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import clock
from werkplaats.network.queries.assumptions import Facts, said
from werkplaats.network.queries.ties import Tie, records, ties
from werkplaats.network.rules import Layer, Standing, Status
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme


@dataclass(frozen=True)
class Via:
    """A werkplaats through which a municipality is covered; ``unsure``: by its date it may as well not have been.

    Of one that has ended, the public hears that it was, but no name: ``slug`` is empty then, and so is its link.
    """

    uid: str
    name: str
    slug: str
    assumed: bool = False
    unsure: bool = False


@dataclass(frozen=True)
class Row:
    """One municipality, with the werkplaatsen that cover it in each layer, by name."""

    municipality: Municipality
    areas: tuple[Via, ...] = ()
    partners: tuple[Via, ...] = ()
    co_led: tuple[Via, ...] = ()
    candidates: tuple[Via, ...] = ()

    @property
    def in_area(self) -> bool:
        """Whether it lies in the area of a werkplaats that receives."""
        return bool(self.areas)

    @property
    def has_partner(self) -> bool:
        """Whether an organisation seated in it takes part."""
        return bool(self.partners)

    @property
    def is_co_lead(self) -> bool:
        """Whether the municipality itself co-leads."""
        return bool(self.co_led)

    @property
    def candidate(self) -> bool:
        """Whether it lies in the area of a candidate only."""
        return bool(self.candidates) and not self.areas

    @property
    def people(self) -> int:
        """Its inhabitants; 0 when that is not known."""
        return int(self.municipality.population or 0)

    def via(self, layer: Layer) -> tuple[Via, ...]:
        """The werkplaatsen of one layer."""
        return {Layer.AREA: self.areas, Layer.PARTNER: self.partners, Layer.CO_LEAD: self.co_led}[layer]


@dataclass(frozen=True)
class Total:
    """Municipalities and people that a layer covers, and those that it does not."""

    covered: int
    blank: int
    people_covered: int
    people_blank: int


@dataclass(frozen=True)
class Candidate:
    """A werkplaats in the making, and the municipalities in no other area that one agreement with it would close."""

    via: Via
    rows: tuple[Row, ...]

    @property
    def people(self) -> int:
        """Inhabitants of those municipalities."""
        return sum(row.people for row in self.rows)


@dataclass(frozen=True)
class Coverage:
    """Coverage on a date, of one theme or of all; ``rows`` by province and name."""

    on: date
    theme: Theme | None
    rows: list[Row]
    assumptions: list[str] = field(default_factory=list)

    @cached_property
    def totals(self) -> dict[Layer, Total]:
        """Per layer."""
        return {layer: _total(self.rows, self.blank(layer)) for layer in Layer}

    def blank(self, layer: Layer) -> list[Row]:
        """The blank spots of a layer."""
        return [row for row in self.rows if not row.via(layer)]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Candidates and what they would close, the most people first."""
        closed: dict[Via, list[Row]] = defaultdict(list)
        for row in self.rows:
            for via in row.candidates if row.candidate else ():
                closed[Via(via.uid, via.name, via.slug)].append(row)
        found = [Candidate(via, tuple(rows)) for via, rows in closed.items()]
        return sorted(found, key=lambda one: (-one.people, one.via.name))


def coverage(on: date, theme: Theme | None = None) -> Coverage:
    """Coverage on this date; with ``theme`` only by werkplaatsen that list it, or a theme below it.

    Six questions to the database at most, however many municipalities there are.
    """
    places = list(Municipality.objects.current().select_related("province").order_by("province__name", "name", "pk"))
    everyone = list(_themed(records("Werkplaats").standing(on), theme))
    some = {one.pk: one for one in everyone if one.stands != Standing.NOTHING}
    found = ties(on, some)
    sorted_out = {layer: _Sorted(rows, {place.pk for place in places}) for layer, rows in found.items()}
    areas, partners, co_leads = (sorted_out[layer] for layer in (Layer.AREA, Layer.PARTNER, Layer.CO_LEAD))
    rows = [
        Row(
            municipality=place,
            areas=_vias(areas.of(place, Standing.COUNTS)),
            partners=_vias(partners.of(place, Standing.COUNTS)),
            co_led=_vias(co_leads.of(place, Standing.COUNTS)),
            candidates=_vias(areas.of(place, Standing.FORMING)),
        )
        for place in places
    ]
    facts = Facts(
        on=on,
        today=clock.today(),
        theme=theme,
        rows=rows,
        werkplaatsen=[one for one in some.values() if one.stands == Standing.COUNTS],
        forming=[one for one in some.values() if one.stands == Standing.FORMING],
        endless=sum(one.status == Status.ENDED and one.valid_to is None for one in everyone),
        seatless={layer: one.seatless for layer, one in sorted_out.items()},
        elsewhere={layer: one.elsewhere for layer, one in sorted_out.items()},
        perhaps={layer: _perhaps(one, rows, layer) for layer, one in sorted_out.items()},
    )
    return Coverage(on, theme, rows, said(facts))


class _Sorted:
    """The ties of one layer: by municipality and standing, and those that no municipality of the list gets.

    ``seatless``: names of organisations without a seat. ``elsewhere``: of those seated in a municipality that is no
    more; of areas that municipality itself, by its key.
    """

    def __init__(self, ties: list[Tie], listed: set[int]) -> None:
        self.by: dict[tuple[int, Standing], list[Tie]] = defaultdict(list)
        self.seatless: set[str] = set()
        self.elsewhere: set[str] = set()
        for tie in ties:
            counts = tie.stands == Standing.COUNTS or (tie.stands == Standing.FORMING and not tie.organisation)
            if tie.municipality in listed:
                self.by[tie.municipality, tie.stands].append(tie)
            elif counts and tie.municipality is None:
                self.seatless.add(tie.organisation)
            elif counts:
                self.elsewhere.add(tie.organisation or str(tie.municipality))

    def of(self, place: Municipality, stands: Standing) -> list[Tie]:
        """What a municipality has of this standing."""
        return self.by.get((place.pk, stands), [])


def _perhaps(some: _Sorted, rows: list[Row], layer: Layer) -> int:
    """How many that do not count on the date may have."""
    return sum(bool(some.of(row.municipality, Standing.PERHAPS)) and not row.via(layer) for row in rows)


def _themed(werkplaatsen: Any, theme: Theme | None) -> Any:
    """Those that list the theme, or one below it."""
    if theme is None:
        return werkplaatsen
    wanted = {theme.pk}
    tree = list(Theme.objects.values_list("pk", "parent"))
    while more := {pk for pk, parent in tree if parent in wanted} - wanted:
        wanted |= more
    return werkplaatsen.filter(themes__in=wanted).distinct()


def _vias(ties: list[Tie]) -> tuple[Via, ...]:
    """Each werkplaats once, by name; through several ties it is as sure as the surest of them."""
    found: dict[Any, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.werkplaats].append(tie)
    vias = []
    for one, some in found.items():
        assumed, unsure = all(tie.assumed for tie in some), all(tie.unsure for tie in some)
        name, slug = (one.name, one.slug) if one.status != Status.ENDED else (_t("een beëindigde werkplaats"), "")
        vias.append(Via(one.uid, name, slug, assumed, unsure))
    return tuple(sorted(vias, key=lambda via: (via.name, via.uid)))


def _total(rows: list[Row], blank: list[Row]) -> Total:
    people, missing = (sum(row.people for row in some) for some in (rows, blank))
    return Total(len(rows) - len(blank), len(blank), people - missing, missing)
