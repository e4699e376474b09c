"""Coverage: which municipalities, and how many people, the network covers on a date, in three layers.

Whatever the date, the municipalities are those of the current list, and a werkplaats has the status and the themes
of today; ``Coverage.assumptions`` says so, in words for readers.

A werkplaats counts from its beginning to its end when it is a member or a guest today. One that has ended counts on
dates before today, until the end that is known of it. A candidate counts in no layer: a municipality that lies in the
area of nobody but candidates is a blank spot that is told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _t

from werkplaats.core import clock
from werkplaats.core.dates import Moment, Precision
from werkplaats.core.models import Basis
from werkplaats.network.queries.assumptions import Facts, said
from werkplaats.network.rules import PUBLIC_STAGES, RECEIVING, Layer, LeadRole, OrganisationKind, Status
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
    places = Municipality.objects.current().select_related("province").order_by("province__name", "name", "pk")
    rows = {one.pk: one for one in places}
    everyone = list(_themed(_records("Werkplaats").on(on), theme))
    counting = {one.pk: one for one in everyone if _counts(one, on)}
    forming = {one.pk: one for one in everyone if one.status == Status.CANDIDATE}
    ties = _areas(on, {**counting, **forming})
    partners, seatless = _split(_partners(on, counting))
    co_leads, _seatless = _split(_co_leads(on, counting))
    found = [
        Row(
            municipality=place,
            areas=_vias(counting, ties[pk], on),
            partners=_vias(counting, partners[pk], on),
            co_led=_vias(counting, co_leads[pk], on),
            candidates=_vias(forming, ties[pk], on),
        )
        for pk, place in rows.items()
    ]
    facts = Facts(
        on=on,
        today=clock.today(),
        theme=theme,
        rows=found,
        werkplaatsen=list(counting.values()),
        forming=list(forming.values()),
        endless=sum(one.status == Status.ENDED and one.valid_to is None for one in everyone),
        seatless=len({one["organisation"] for one in seatless}),
        elsewhere=len(ties.keys() - rows.keys()),
    )
    return Coverage(on, theme, found, said(facts))


def _records(name: str) -> Any:
    """Rows of a model of this app: reads may not import the models, which are built on them."""
    model: type[Model] = apps.get_model("network", name)
    return model._default_manager.all()


def _themed(werkplaatsen: Any, theme: Theme | None) -> Any:
    """Those that list the theme, or one below it."""
    if theme is None:
        return werkplaatsen
    wanted = {theme.pk}
    tree = list(Theme.objects.values_list("pk", "parent"))
    while more := {pk for pk, parent in tree if parent in wanted} - wanted:
        wanted |= more
    return werkplaatsen.filter(themes__in=wanted).distinct()


def _counts(werkplaats: Any, on: date) -> bool:
    """Whether one that exists on the date counts then, as far as its status of today tells."""
    ended = werkplaats.status == Status.ENDED and werkplaats.valid_to is not None and on < clock.today()
    return werkplaats.status in RECEIVING or ended


_DATED = ("valid_from", "valid_from_precision", "valid_to", "valid_to_precision", "basis", "werkplaats")


def _areas(on: date, werkplaatsen: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The areas that hold on a date, by municipality."""
    areas = _records("ServiceArea").on(on).filter(werkplaats__in=list(werkplaatsen))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in areas.values(*_DATED, "municipality"):
        found[row["municipality"]].append(row)
    return found


def _partners(on: date, werkplaatsen: Iterable[int]) -> list[dict[str, Any]]:
    """Partnerships that were signed or active on a date, by their steps."""
    some = _records("Partnership").on(on).in_stage(PUBLIC_STAGES, on).filter(werkplaats__in=list(werkplaatsen))
    return list(some.values(*_DATED, "organisation", "organisation__municipality"))


def _co_leads(on: date, werkplaatsen: Iterable[int]) -> list[dict[str, Any]]:
    """Municipalities that co-lead on a date, as organisations."""
    some = _records("Leadership").on(on).filter(werkplaats__in=list(werkplaatsen), role=LeadRole.CO_LEAD)
    own = some.filter(organisation__kind=OrganisationKind.MUNICIPALITY)
    return list(own.values(*_DATED, "organisation", "organisation__municipality"))


def _split(ties: list[dict[str, Any]]) -> tuple[dict[int, list[dict[str, Any]]], list[dict[str, Any]]]:
    """By the municipality in which the organisation has its seat; and those of which that is not known."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in ties:
        found[row["organisation__municipality"] or 0].append(row)
    return found, found.pop(0, [])


def _vias(werkplaatsen: dict[int, Any], ties: list[dict[str, Any]], on: date) -> tuple[Via, ...]:
    """Each werkplaats once, by name; through several ties it is as sure as the surest of them."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in ties:
        if row["werkplaats"] in werkplaatsen:
            found[row["werkplaats"]].append(row)
    vias = []
    for pk, rows in found.items():
        one = werkplaatsen[pk]
        assumed = all(row["basis"] == Basis.ASSUMED for row in rows)
        unsure = all(_unsure(row, on) for row in rows)
        name, slug = (one.name, one.slug) if one.status != Status.ENDED else (_t("een beëindigde werkplaats"), "")
        vias.append(Via(one.uid, name, slug, assumed, unsure))
    return tuple(sorted(vias, key=lambda via: (via.name, via.uid)))


def _unsure(row: dict[str, Any], on: date) -> bool:
    """Whether the date lies within what is not known precisely of a beginning or an end."""
    begins, last_begin = _stretch(row["valid_from"], row["valid_from_precision"])
    if begins <= on < last_begin:
        return True
    if row["valid_to"] is None:
        return False
    first_end, ends = _stretch(row["valid_to"] - timedelta(days=1), row["valid_to_precision"])
    return first_end < on <= ends


def _stretch(day: date, precision: str) -> tuple[date, date]:
    """The first and the last day that is meant by "2013", "September 2013" or "about 2013"."""
    if precision == Precision.DAY:
        return day, day
    first = day.replace(day=1) if precision == Precision.MONTH else day.replace(month=1, day=1)
    if precision == Precision.ABOUT:
        return first, date(min(day.year + 1, 9999), 12, 31)
    return first, Moment(first, Precision(precision)).after() - timedelta(days=1)


def _total(rows: list[Row], blank: list[Row]) -> Total:
    people, missing = (sum(row.people for row in some) for some in (rows, blank))
    return Total(len(rows) - len(blank), len(blank), people - missing, missing)
