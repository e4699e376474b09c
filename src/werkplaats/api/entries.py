"""All that can be found: search with facets, and one entry with all that is known of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from werkplaats.api.naming import Names, named, names_of, values
from werkplaats.api.paging import page_of
from werkplaats.api.parameters import Kenmerk, Zoekvraag, chosen, same, shorts_of
from werkplaats.api.problems import Refused
from werkplaats.api.shapes import Facetten, Treffer, Verband, Vermelding, Zoekresultaat, Zoekwijze
from werkplaats.catalogue import search
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.words import LONGEST
from werkplaats.core import clock, registry
from werkplaats.core.actors import ANYONE
from werkplaats.core.models import Visibility

router = Router(tags=["Vermeldingen"])
_FACETS = ("soort", "thema", "hoofdthema", "werkplaats", "gemeente")
_MODES: dict[search.Engine, Zoekwijze] = {search.Engine.INDEX: "index", search.Engine.TABLE: "tabel"}
_TROUBLE = {
    search.Trouble.TOO_LONG: f"Dat is te lang om op te zoeken: ten hoogste {LONGEST} tekens.",
    search.Trouble.NO_WORDS: "Hier staat geen woord waarop te zoeken is. Typ een of twee woorden.",
    search.Trouble.ONLY_STOPWORDS: "Met alleen woorden als “de” of “voor” is niet te zoeken. Voeg een woord toe.",
}


@router.get(
    "/vermeldingen",
    response=Zoekresultaat,
    by_alias=True,
    operation_id="zoekVermeldingen",
    summary="Zoek in alles wat openbaar is",
    description="Zonder woorden: alles, de nieuwste eerst. Van een facet telt elk van de gekozen waarden; "
    "facetten samen gelden alle. De zoekwoorden gaan door het adres: zet er niets in wat niemand mag lezen.",
)
def entries(request: HttpRequest, asked: Query[Zoekvraag], response: HttpResponse) -> Zoekresultaat:
    """Search with facets, one page."""
    query = search.Query(
        text=asked.q,
        kinds=frozenset(asked.soort),
        chosen=chosen(
            thema=asked.thema, hoofdthema=asked.hoofdthema, werkplaats=asked.werkplaats, gemeente=asked.gemeente
        ),
        viewer=ANYONE,
        sort=search.Sort(asked.sorteer),
    )
    found = search.find(query, counted=_FACETS)
    hits, place = page_of(found, asked.pagina, request, response)
    facets = _facets(found, query)
    # All of them are among what was counted.
    names = {"thema": found.labels.of("thema", {uid for hit in hits for uid in hit.entry.facets.get("thema", [])})}
    return Zoekresultaat(
        **place,
        resultaten=[_hit(request, hit, names) for hit in hits],
        facetten=facets,
        zoekwijze=_MODES[found.engine],
        verruimd=found.loosened and bool(hits),
        melding=_TROUBLE[found.asked.trouble] if found.asked.trouble else "",
    )


@router.get(
    "/vermeldingen/{uid}",
    response=Vermelding,
    operation_id="leesVermelding",
    summary="Lees één vermelding",
    openapi_extra={"x-ook": ["410"]},
)
def entry(request: HttpRequest, uid: Kenmerk) -> Vermelding:
    """One entry with its facets by name and its ties to what is public too."""
    found = public_entry(uid)
    names = names_of([found], sorted(found.facets))
    return Vermelding(
        uid=found.uid,
        soort=found.kind,
        titel=found.title,
        samenvatting=found.summary,
        tekst=found.body,
        url=request.build_absolute_uri(found.url),
        taal=found.lang,
        licentie=found.licence or None,
        facetten={name: values(found, name, names) for name in sorted(found.facets)},
        verbanden=_ties(request, found),
        gepubliceerd=found.published_at,
        bijgewerkt=found.datestamp,
    )


def public_entry(key: str, kind: str = "") -> Entry:
    """The entry with this uid. Raises Refused: 410 for one that was public, 404 for any other that is not."""
    rows = Entry.objects.of_kind(kind) if kind else Entry.objects.all()
    found: Entry | None = rows.filter(uid=same(key)[:44], visibility=Visibility.PUBLIC).first()
    if found is None:
        raise Refused(404, "Hier is niets openbaars met dit kenmerk. Kijk het na, of zoek in /api/v1/vermeldingen.")
    if found.removed_at:
        raise Refused(410, "Dit was openbaar en is er niet meer. De woorden zijn gewist.", **_gone(found))
    return found


def gevonden(request: HttpRequest, hit: search.Hit) -> dict[str, Any]:
    """What every found entry says of itself."""
    return {
        "uid": hit.entry.uid,
        "soort": hit.entry.kind,
        "titel": hit.entry.title,
        "samenvatting": hit.entry.summary,
        "url": request.build_absolute_uri(hit.entry.url),
        "redenen": [str(reason) for reason in hit.reasons],
    }


def _gone(found: Entry) -> dict[str, Any]:
    names = names_of([found], ["werkplaats"])
    return {
        "verwijderd_op": f"{found.removed_at.astimezone(clock.AMSTERDAM):%Y-%m-%d}",
        "reden": found.removal_reason or None,
        "regio": [one.dict() for one in named(found, "werkplaats", names)],
    }


def _hit(request: HttpRequest, hit: search.Hit, names: Names) -> Treffer:
    return Treffer(**gevonden(request, hit), themas=named(hit.entry, "thema", names), bijgewerkt=hit.entry.datestamp)


def _facets(found: search.Found, query: search.Query) -> Facetten:
    """The values of each facet, each with its short name when one can ask with that too."""
    options = {name: search.options(found, query, name) for name in _FACETS}
    shorts = shorts_of({name: [one.value for one in some] for name, some in options.items()})
    told: dict[str, list[dict[str, Any]]] = {}
    for name, some in options.items():
        field, known = shorts.get(name, ("", {}))
        counts = [{"waarde": one.value, "naam": one.label, "aantal": one.count} for one in some]
        told[name] = [{**one, field: known.get(str(one["waarde"]))} for one in counts] if field else counts
    return Facetten.model_validate(told)


def _ties(request: HttpRequest, found: Entry) -> list[Verband]:
    ties = list(Link.objects.filter(source=found.uid).order_by("tie", "target"))
    others = {row.uid: row for row in Entry.objects.visible_to(ANYONE).filter(uid__in=[tie.target for tie in ties])}
    return [
        Verband(
            verband=tie.tie,
            label=registry.TIES.get(tie.tie, (tie.tie, ""))[0],
            uid=other.uid,
            soort=other.kind,
            titel=other.title,
            url=request.build_absolute_uri(other.url),
        )
        for tie in ties
        if (other := others.get(tie.target))
    ]
