"""Coverage: how far the network reaches on a day, which spots are blank, and where to begin."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from werkplaats.core import limits
from werkplaats.core.dates import Precision
from werkplaats.core.dates import show as shown
from werkplaats.core.tables import as_cell
from werkplaats.core.visitors import visitor
from werkplaats.network.forms.coverage import CoverageForm
from werkplaats.network.queries.coverage import Coverage, Total, Via, coverage
from werkplaats.network.queries.planning import Plan, TooMuch, plan
from werkplaats.network.rules import Layer
from werkplaats.site import maps
from werkplaats.site.templatetags.pages import in_round, share_of

# Planning may take seconds of the machine: counted is what has to be worked out, not what is kept or merely looked at.
PLANNING = limits.Limit("dekking", most=60, seconds=900)
_COLUMNS = (
    "datum", "thema", "code", "gemeente", "provincie", "inwoners", "werkgebied", "werkplaatsen", "aanname", "partner",
    "partner_van", "medetrekker", "medetrekker_van", "kandidaat",
)  # fmt: skip


def overview(request: HttpRequest) -> HttpResponse:
    """Totals, blank spots and a plan, as the address asks; what is asked wrongly is told beside its field."""
    form = CoverageForm(request.GET)
    context: dict[str, Any] = {"form": form, "kept": _kept(form)}
    if not form.errors.keys() - {"straal"}:
        found = coverage(form.cleaned_data["datum"], form.cleaned_data["thema"])
        layer: Layer = form.cleaned_data["laag"]
        context |= _totals(found, layer)
        context |= {
            "found": found,
            "layer": layer,
            "map": maps.covered(found, layer),
            "provinces": _provinces(found, layer),
            "candidates": found.candidates if layer == Layer.AREA else [],
            "csv_url": f"{reverse('coverage-csv')}?{_query(found)}",
            "api_url": f"/api/v1/dekking?{_query(found, day='%Y-%m-%d')}",
        }
        if "straal" not in form.errors and found.blank(layer):
            who = visitor(request)
            context |= _plan(found, layer, form.cleaned_data["straal"], lambda: limits.count(PLANNING, who))
    return render(request, "site/coverage.html", context)


@never_cache
def table(request: HttpRequest) -> HttpResponse:
    """All municipalities as CSV, as spreadsheets in the Netherlands read it; a wrong question is told on the page."""
    form = CoverageForm(request.GET)
    if form.errors.keys() - {"straal", "laag"}:
        return redirect(f"{reverse('coverage')}?{request.GET.urlencode()}")
    found = coverage(form.cleaned_data["datum"], form.cleaned_data["thema"])
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dekking-{found.on:%Y%m%d}.csv"'
    # Its words are Dutch, as its columns are.
    with translation.override("nl"):
        csv.writer(response, delimiter=";").writerows([_COLUMNS, *_rows(found)])
    return response


def _kept(form: CoverageForm) -> list[tuple[str, str]]:
    """What the form of the plan sends along."""
    return [(name, form.data[name]) for name in ("datum", "thema", "laag")]


def _query(found: Coverage, day: str = "%d-%m-%Y") -> str:
    return f"datum={found.on.strftime(day)}" + (f"&thema={found.theme.slug}" if found.theme else "")


def _totals(found: Coverage, layer: Layer) -> dict[str, Any]:
    """The three layers in numbers, and the one that was asked for in a sentence."""
    total = found.totals[layer]
    everyone = total.people_covered + total.people_blank
    said = {
        "day": shown(found.on, Precision.DAY),
        "what": _sentence(layer, total.covered) % {"n": total.covered, "all": len(found.rows)},
        "people": in_round(total.people_covered),
        "everyone": in_round(everyone),
    }
    return {
        "lede": _t("Op %(day)s: %(what)s. Daar wonen %(people)s van de %(everyone)s mensen.") % said
        if total.covered
        else _t("Op %(day)s: %(what)s.") % said,
        "band": [(str(one.covered), _of(name, one.covered)) for name, one in found.totals.items()],
        "layers": [
            {"name": name.label, "total": one, "share": _share(one, everyone)} for name, one in found.totals.items()
        ],
    }


def _sentence(layer: Layer, count: int) -> str:
    """How many of how many, in a layer."""
    return {
        Layer.AREA: ngettext(
            "%(n)d van de %(all)d gemeenten ligt in een werkgebied",
            "%(n)d van de %(all)d gemeenten liggen in een werkgebied",
            count,
        ),
        Layer.PARTNER: ngettext(
            "%(n)d van de %(all)d gemeenten heeft een partner",
            "%(n)d van de %(all)d gemeenten hebben een partner",
            count,
        ),
        Layer.CO_LEAD: ngettext(
            "%(n)d van de %(all)d gemeenten is zelf medetrekker",
            "%(n)d van de %(all)d gemeenten zijn zelf medetrekker",
            count,
        ),
    }[layer]


def _of(layer: Layer, count: int) -> str:
    """What stands under the number."""
    return {
        Layer.AREA: ngettext("gemeente ligt in een werkgebied", "gemeenten liggen in een werkgebied", count),
        Layer.PARTNER: ngettext("gemeente heeft een partner", "gemeenten hebben een partner", count),
        Layer.CO_LEAD: ngettext("gemeente is zelf medetrekker", "gemeenten zijn zelf medetrekker", count),
    }[layer]


def _share(total: Total, everyone: int) -> str:
    if not everyone:
        return _t("niet bekend")
    return share_of(total.people_covered, everyone, some=bool(total.covered), blank=bool(total.blank))


def _provinces(found: Coverage, layer: Layer) -> list[dict[str, Any]]:
    """The blank spots by province, as the rows are in order already."""
    blank = found.blank(layer)
    every = {name: len(list(rows)) for name, rows in groupby(found.rows, key=_province)}
    return [
        {
            "name": name,
            "all": every[name],
            "rows": rows,
            "people": sum(row.people for row in rows),
            "forming": all(row.candidate for row in rows),
        }
        for name, some in groupby(blank, key=_province)
        for rows in [list(some)]
    ]


def _province(row: Any) -> str:
    return str(row.municipality.province.name)


def _plan(found: Coverage, layer: Layer, radius_km: int, counted: Callable[[], None]) -> dict[str, Any]:
    """The plan with what is drawn of it; or that it is too much."""
    try:
        made = plan(found, layer, radius_km, before=counted)
    except TooMuch:
        return {"too_much": True}
    return {
        "plan": made,
        "plan_said": _said(made),
        "bars": [(str(step.sites), step.people, in_round(step.people)) for step in made.steps],
        "curve_label": _t("Inwoners van lege plekken die u met zoveel plekken bereikt"),
        "shares": [(step, share_of(step.people, made.people)) for step in made.steps],
        "unplaced": _unplaced(made),
    }


def _unplaced(made: Plan) -> str:
    names = [row.municipality.name for row in made.unplaced]
    said = ngettext(
        "Van %(names)s weten wij niet waar zij op de kaart ligt; zij staat daarom buiten het plan.",
        "Van %(names)s weten wij niet waar zij op de kaart liggen; zij staan daarom buiten het plan.",
        len(names),
    )
    return said % {"names": _listed(names)} if names else ""


def _listed(names: list[str]) -> str:
    """ "Goes, Kapelle en Veere"."""
    return _t("%(some)s en %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]} if names[1:] else names[0]


def _said(made: Plan) -> str:
    count = len(made.sites)
    return ngettext(
        "Met %(n)d plek ligt elke lege plek binnen %(km)d kilometer.",
        "Met %(n)d plekken ligt elke lege plek binnen %(km)d kilometer van een ervan. Met minder kan het niet.",
        count,
    ) % {"n": count, "km": made.radius_km}


def _rows(found: Coverage) -> Iterator[list[Any]]:
    for row in found.rows:
        place = row.municipality
        known = "" if not row.areas else _yes(all(via.assumed for via in row.areas))
        people = "" if place.population is None else place.population
        named = [_names(some) for some in (row.areas, row.partners, row.co_led)]
        yield [
            found.on.isoformat(), as_cell(found.theme.name) if found.theme else "", place.code, as_cell(place.name),
            _province(row), people, _yes(row.in_area), named[0], known, _yes(row.has_partner), named[1],
            _yes(row.is_co_lead), named[2], _yes(row.candidate),
        ]  # fmt: skip


def _names(vias: tuple[Via, ...]) -> str:
    return as_cell(", ".join(via.name for via in vias))


def _yes(it: bool) -> str:
    return "ja" if it else "nee"
