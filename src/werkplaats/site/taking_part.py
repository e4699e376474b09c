"""How a municipality takes part: the three ways, the next step, and what those around it do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Q, When
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.catalogue.models import Facet
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.core import clock
from werkplaats.network.models import Leadership, Partnership, ServiceArea, Werkplaats
from werkplaats.network.rules import RECEIVING, Status
from werkplaats.places.models import Municipality
from werkplaats.site.maps import Place

_AROUND = 5
# How a municipality stands -> what it can do next.
_STEPS = {
    "blank": _(
        "%(name)s hoort nog bij geen werkplaats. Begin klein: leg één vraag voor die hier speelt, en vraag een "
        "gemeente in de buurt wat meedoen haar opleverde."
    ),
    "forming": _(
        "Er wordt hier een werkplaats opgericht. Laat nu weten welke vragen in %(name)s voorgaan en wie wil meedoen: "
        "dan tellen die vanaf het begin mee."
    ),
    "area": _(
        "%(name)s ligt in het werkgebied, maar hier is nog niemand partner. Kies één vraag die u dit jaar beantwoord "
        "wilt zien, en bespreek met de werkplaats wat u daarvoor komt halen en brengen."
    ),
    "partner": _(
        "Uit %(name)s doen al partners mee. De volgende stap is meesturen: praat met de werkplaats over medetrekker "
        "worden, alleen of samen met gemeenten in de buurt."
    ),
    "leads": _(
        "%(name)s is een van de trekkers. Vraag een gemeente in de buurt die nog niet meedoet om ook mee te doen, en "
        "breng de vragen van uw inwoners in voor de volgende agenda."
    ),
}


class Way(NamedTuple):
    """A way of taking part: whether it is so here, in a word, and what it means."""

    title: str
    done: bool
    said: str
    text: str


class Near(NamedTuple):
    """A municipality nearby: its werkplaatsen, how many partners are seated there, and how many questions it asked."""

    name: str
    url: str
    served_by: str
    partners: int
    questions: int


def leads_here(municipality: Municipality, serving: Sequence[ServiceArea]) -> list[Any]:
    """Who leads what serves it today, and where it co-leads itself (``co_leads_here``), in one question.

    As coverage counts them: by the municipality itself, of any werkplaats that counts, also one beyond its area.
    """
    counted = Leadership.objects.of_counting(clock.today()).co_leading()
    own = Q(pk__in=counted.filter(organisation__municipality=municipality).values("pk"))
    serves = Q(werkplaats__in=[area.werkplaats for area in serving])
    found = Leadership.objects.current().filter(own | serves)
    found = found.annotate(co_leads_here=Case(When(own, then=True), default=False, output_field=BooleanField()))
    return list(found.select_related("organisation", "werkplaats").order_by("valid_from", "pk"))


def leads_of(serving: Sequence[ServiceArea], leads: Sequence[Any]) -> list[str]:
    """Who leads these today: organisations with their lectorates, each once."""
    found: dict[str, list[str]] = {}
    for lead in (one for area in serving for one in leads if one.werkplaats == area.werkplaats):
        lectorates = found.setdefault(lead.organisation.name, [])
        lectorates += [lead.lectorate] if lead.lectorate and lead.lectorate not in lectorates else []
    return [f"{name} ({', '.join(some)})" if some else name for name, some in found.items()]


def ways(serving: Sequence[ServiceArea], partners: Sequence[Partnership], leads: Sequence[Leadership]) -> list[Way]:
    """The three ways of taking part, and which of them hold here."""
    forming = bool(serving) and all(area.werkplaats.status == Status.CANDIDATE for area in serving)
    first = next((area for area in serving if area.werkplaats.status in RECEIVING), None)
    since = _t("Ja, %(period)s") % {"period": first.period} if first else _t("Nog niet")
    receiving = {one.organisation_id for one in partners if one.werkplaats.status in RECEIVING}
    count = ngettext("Ja, %(n)d partner", "Ja, %(n)d partners", len(receiving)) % {"n": len(receiving)}
    return [
        Way(
            _t("In het werkgebied"),
            bool(serving) and not forming,
            _t("In opbouw") if forming else since,
            _t("Inwoners, beroepskrachten en ambtenaren leggen hun vragen voor. Daar is geen handtekening voor nodig."),
        ),
        Way(
            _t("Partner"),
            bool(receiving),
            count if receiving else _t("In opbouw") if partners else _t("Nog niet"),
            _t("De gemeente of een organisatie hier tekent, en spreekt af wat zij komt halen en wat zij komt brengen."),
        ),
        Way(
            _t("Medetrekker"),
            bool(leads),
            _co_leading(leads[0], serving) if leads else _t("Nog niet"),
            _t("De gemeente leidt de werkplaats samen met de hogeschool, en bepaalt mee wat er onderzocht wordt."),
        ),
    ]


def _co_leading(lead: Leadership, serving: Sequence[ServiceArea]) -> str:
    """Since when; and of which werkplaats, when that is not the one in whose area it lies."""
    if any(area.werkplaats == lead.werkplaats for area in serving):
        return _t("Ja, %(period)s") % {"period": lead.period}
    return _t("Ja, van werkplaats %(name)s, %(period)s") % {"name": lead.werkplaats.name, "period": lead.period}


def next_step(
    municipality: Municipality, serving: Sequence[ServiceArea], way: Sequence[Way], leads: Sequence[Any]
) -> dict[str, Any]:
    """What this municipality can do next, and whom to speak to."""
    receiving = [area for area in serving if area.werkplaats.status != Status.CANDIDATE]
    known = [
        (way[2].done, "leads"),
        (not serving, "blank"),
        (not receiving, "forming"),
        (not way[1].done, "area"),
    ]
    stand = next((name for holds, name in known if holds), "partner")
    text = str(_STEPS[stand]) % {"name": municipality.name}
    return {"text": text, "contacts": leads_of(receiving or serving, leads), "national": not receiving}


def nearby(municipality: Municipality, places: Sequence[Place], *, asked: EntryQuerySet) -> list[Near]:
    """The nearest municipalities and what they do; ``asked`` are the questions that may be counted."""
    here = next((one for one in places if one.code == municipality.code), None)
    others = sorted((one for one in places if one is not here and here), key=lambda one: _far(here, one))[:_AROUND]
    others = [one for one in others if one.lat is not None]
    public = Partnership.objects.public().of_counting(clock.today())
    some = public.filter(organisation__municipality__code__in=[one.code for one in others])
    seated = set(some.values_list("organisation__municipality__code", "organisation"))
    partners = Counter(code for code, _organisation in seated)
    rows = Facet.objects.filter(dimension="gemeente", value__in=[one.uid for one in others], entry__in=asked)
    questions = dict(rows.values_list("value").annotate(n=Count("pk")))
    return [
        Near(
            one.name,
            one.url,
            ", ".join(_said_of(who) for who in one.served_by),
            partners[one.code],
            questions.get(one.uid, 0),
        )
        for one in others
    ]


def _said_of(werkplaats: Werkplaats) -> str:
    if werkplaats.status != Status.CANDIDATE:
        return werkplaats.name
    return _t("%(name)s (in opbouw)") % {"name": werkplaats.name}


def _far(here: Place | None, there: Place) -> float:
    """Nearer is less; a degree to the north is longer than one to the east. Unknown is furthest."""
    if here is None or here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return float("inf")
    return float((here.lat - there.lat) ** 2 + (0.61 * (here.lon - there.lon)) ** 2)
