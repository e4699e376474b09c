"""The one story: from a question to an answer, in stages; which kinds stand where, and what one would expect.

Kinds are named here by their word in addresses, whether the app that makes them is built or not. A kind that nobody
placed stands in ``OTHER``, so nothing is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from werkplaats.catalogue.models import Entry


@dataclass(frozen=True)
class Stage:
    """A part of the story: its name in code, how it is called, and the kinds of entry that belong to it."""

    name: str
    label: Any
    kinds: frozenset[str]


@dataclass(frozen=True)
class Gap:
    """A step that one would expect and that nobody knows of: in which stage, and in words."""

    stage: str
    text: Any


def _stage(name: str, label: Any, *kinds: str) -> Stage:
    return Stage(name, label, frozenset(kinds))


OTHER = "verder"
ANSWER = "antwoord"
STAGES = (
    _stage("vraag", _("Vraag"), "vraag", "cluster"),
    _stage("agenda", _("Kennisagenda"), "agenda", "agendapunt", "ronde", "besluit"),
    _stage("onderzoek", _("Project of kenniskring"), "project", "kenniskring"),
    _stage("praktijk", _("Praktijk"), "praktijk"),
    _stage("proef", _("Proef"), "pilot", "meting"),
    _stage("kennis", _("Wat het opleverde"), "opbrengst", "uitkomst", "kennisstand", "instrument"),
    _stage("delen", _("Om te lezen en te leren"), "publicatie", "module", "leerlijn", "nieuws", "dossier"),
    _stage("toepassing", _("Toepassing elders"), "toepassing"),
    _stage(OTHER, _("Ook hieraan vast"), "pagina", "over", "bijeenkomst"),
    _stage(ANSWER, _("Antwoord")),
)
# What so much belongs to, or is about, that everything would hang together through it: here a walk ends.
HUBS = frozenset({"thema", "gemeente", "werkplaats", "landelijkthema", "organisatie", "aanpak", "begrip", "provincie"})
_OF_KIND = {kind: stage.name for stage in STAGES for kind in stage.kinds}
_ORDER = {stage.name: number for number, stage in enumerate(STAGES)}
# Of a question with one of these nobody expects research or an answer any more; with words for why not.
_ENDED = {
    "niet-opgepakt": _("Geen antwoord: niet opgepakt, met een reden"),
    "doorverwezen": _("Geen antwoord: doorverwezen"),
}
_ANSWERED = "beantwoord"


def is_hub(kind: str) -> bool:
    """Whether a walk ends at entries of this kind."""
    return kind in HUBS


def stage_of(kind: str) -> str:
    """The name of the stage that entries of this kind belong to."""
    return _OF_KIND.get(kind, OTHER)


def place_of(stage: str) -> int:
    """The how manieth in the story a stage is."""
    return _ORDER[stage]


def is_answered(entry: Entry) -> bool:
    """Whether it is a question with an answer."""
    return entry.kind == "vraag" and _ANSWERED in entry.facets.get("status", [])


def gaps(start: Entry, entries: Iterable[Entry]) -> list[Gap]:
    """What is missing in the story that these entries tell, each at most once, in the order of the story.

    Only what one would expect: without a question nobody waits for an answer, and without anything tried or made
    there is nothing to apply elsewhere. From a question it is about that question; from anything else about any that
    it came from. Told from what the reader may see alone.
    """
    shown = list(entries)
    asked = [start] if start.kind == "vraag" else shown
    found = {stage_of(entry.kind) for entry in shown}
    statuses = {status for entry in asked if entry.kind == "vraag" for status in entry.facets.get("status", [])}
    missing = []
    studied = bool(found & {"onderzoek", "proef"})
    if studied and "vraag" not in found:
        missing.append(Gap("vraag", _("Geen vraag bekend waar dit uit voortkomt")))
    waits = statuses - {_ANSWERED, *_ENDED}
    if waits and not studied:
        missing.append(Gap("onderzoek", _("Nog geen onderzoek")))
    if studied and not found & {"kennis", "delen"}:
        missing.append(Gap("kennis", _("Nog geen opbrengst")))
    if found & {"praktijk", "proef", "kennis"} and "toepassing" not in found:
        missing.append(Gap("toepassing", _("Nog nergens toegepast, voor zover hier bekend")))
    if statuses and _ANSWERED not in statuses:
        ended = next((said for status, said in _ENDED.items() if status in statuses), "")
        missing.append(Gap(ANSWER, ended if ended and not waits else _("Nog geen antwoord")))
    return missing
