"""Questions from practice, as their pages show them: moderated, masked, never who asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import AskerRole
from werkplaats.api.entries import public_entry
from werkplaats.api.naming import Names, choice, linked, named, names_of, values
from werkplaats.api.paging import page_of
from werkplaats.api.parameters import Kenmerk, Vraagkeuze, chosen
from werkplaats.api.problems import Refused
from werkplaats.api.shapes import Antwoord, Genoemd, HierOok, Stap, Verwijzing, Vraag, VraagKort, Vragen
from werkplaats.catalogue import search
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE

router = Router(tags=["Vragen"])


@router.get(
    "/vragen",
    response=Vragen,
    by_alias=True,
    operation_id="zoekVragen",
    summary="Openbare vragen, de nieuwste eerst",
    description="Zoeken op woorden kan in /vermeldingen met soort=vraag.",
)
def questions(request: HttpRequest, asked: Query[Vraagkeuze], response: HttpResponse) -> Vragen:
    """Public questions with facets, one page."""
    facets = chosen(
        thema=asked.thema, hoofdthema=asked.hoofdthema, werkplaats=asked.werkplaats, gemeente=asked.gemeente
    )
    found = search.find(
        search.Query(
            kinds=frozenset({"vraag"}), chosen={**facets, "status": frozenset(asked.status)}, viewer=ANYONE,
            sort=search.Sort.NEWEST,
        )
    )  # fmt: skip
    hits, place = page_of(found, asked.pagina, request, response)
    names = names_of((hit.entry for hit in hits), ["thema", "werkplaats", "gemeente", "status"])
    return Vragen(**place, resultaten=[_short(request, hit.entry, names) for hit in hits])


@router.get(
    "/vragen/{uid}",
    response=Vraag,
    operation_id="leesVraag",
    summary="Lees één vraag, en wat ermee gebeurt",
    openapi_extra={"x-ook": ["410"]},
)
def question(request: HttpRequest, uid: Kenmerk) -> Vraag:
    """One question with its steps and who has it too."""
    entry = public_entry(uid, kind="vraag")
    rows = Question.objects.public().select_related("werkplaats", "municipality")
    found = rows.filter(uid=entry.uid).first()
    if found is None:
        raise Refused(404, "Hier is geen openbare vraag met dit kenmerk.")
    late = found.due is not None and found.due < clock.today()
    return Vraag(
        uid=found.uid,
        tekst=found.public_text,
        taal=found.lang,
        url=request.build_absolute_uri(found.get_absolute_url()),
        weggelaten=bool(found.masks),
        status=choice(found.status, found.get_status_display()),
        bericht_uiterlijk=found.due,
        te_laat=late,
        ontvangen=found.received_at and found.received_at.astimezone(clock.AMSTERDAM).date(),
        bron=found.source or None,
        zekerheid=found.basis,
        **_where(request, found),
        **_what_happens(found),
        antwoord=_answer(request, found),
    )


def _short(request: HttpRequest, entry: Entry, names: Names) -> VraagKort:
    return VraagKort(
        uid=entry.uid,
        titel=entry.title,
        samenvatting=entry.summary,
        url=request.build_absolute_uri(entry.url),
        taal=entry.lang,
        status=values(entry, "status", names)[0],
        werkplaats=next(iter(named(entry, "werkplaats", names)), None),
        gemeente=next(iter(named(entry, "gemeente", names)), None),
        themas=named(entry, "thema", names),
        bijgewerkt=entry.datestamp,
    )


def _where(request: HttpRequest, row: Question) -> dict[str, Any]:
    """Where it comes from; who asked only for the region to be shown, gets only that."""
    role = None if row.region_only or row.asker_role == AskerRole.UNKNOWN else row.asker_role
    return {
        "werkplaats": linked(request, row.werkplaats),
        "gemeente": None if row.region_only else linked(request, row.municipality),
        "gesteld": choice(role, row.get_asker_role_display()) if role else None,
        "themas": [Genoemd(uid=theme.uid, naam=theme.name) for theme in row.themes.all()],
    }


def _what_happens(row: Question) -> dict[str, Any]:
    supports = row.supports.current().select_related("organisation")
    return {
        "hier_ook": [
            HierOok(
                organisatie=one.organisation.name,
                namens=choice(one.mandate, one.get_mandate_display()),
                toelichting=one.reason or None,
            )
            for one in supports
        ],
        # Only what changed and when: the messages are for the asker.
        "stappen": [
            Stap(
                op=change.at.astimezone(clock.AMSTERDAM).date(),
                status=choice(change.status, change.get_status_display()),
            )
            for change in row.changes.all()
        ],
    }


def _answer(request: HttpRequest, row: Question) -> Antwoord | None:
    found = row.answers.current().first()
    if found is None:
        return None
    uids = found.entries.values_list("entry", flat=True)
    entries = Entry.objects.visible_to(ANYONE).filter(uid__in=list(uids)).by_name()
    return Antwoord(
        uitkomst=choice(found.status, found.get_status_display()),
        tekst=found.text,
        doorverwezen_naar=found.referred_to or None,
        op=found.at.astimezone(clock.AMSTERDAM).date(),
        vermeldingen=[
            Verwijzing(uid=one.uid, naam=one.title, url=request.build_absolute_uri(one.url)) for one in entries
        ],
    )
