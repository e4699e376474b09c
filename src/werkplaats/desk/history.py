"""What the logbook knows of one record, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import registry, versions
from werkplaats.core.actors import SYSTEM, VISITOR
from werkplaats.core.models import LogEntry
from werkplaats.core.uid import kind_of
from werkplaats.desk.listing import shown
from werkplaats.people.models import Account

_SHOWN = 200
_DONE = {
    "added": _("toegevoegd"),
    "changed": _("gewijzigd"),
    "ended": _("beëindigd"),
    "restored": _("teruggezet"),
    "received": _("ontvangen"),
    "published": _("op de site gezet"),
    "masked": _("openbare tekst aangepast"),
    "refused": _("geweigerd"),
    "asker_informed": _("bericht aan de vrager"),
    "withdrawn": _("ingetrokken"),
    "given": _("“hier ook” gezegd"),
    "numbered": _("nummers gewijzigd"),
    "renamed": _("vroegere namen gewijzigd"),
    "granted": _("gegeven"),
    "reviewed": _("nagelopen"),
    "sent": _("verstuurd"),
    "renewed": _("opnieuw verstuurd"),
    "accepted": _("aangenomen"),
    "confirmed": _("bevestigd"),
    "created": _("aangemaakt"),
    "blocked": _("geblokkeerd"),
    "unblocked": _("weer toegelaten"),
    "details_changed": _("eigen gegevens gewijzigd"),
    "erased": _("gewist"),
    "merged": _("samengevoegd"),
    "merge_settled": _("samenvoegen niet meer ongedaan te maken; wat er eerst stond is gewist"),
    "parted": _("samenvoegen ongedaan gemaakt"),
    "told_apart": _("gezegd dat het een andere is"),
    "stepped": _("stap gezet"),
    "step_corrected": _("stap verbeterd"),
    "shared": _("gedeelde organisatie bevestigd"),
    "unshared": _("gedeelde organisatie niet langer bevestigd"),
    "step_removed": _("stap weggehaald"),
    "partners_changed": _("partners gewijzigd"),
    "members_changed": _("deelnemers gewijzigd"),
    "steps_changed": _("afspraken gewijzigd"),
    "approved": _("nagelezen en goedgekeurd"),
    "returned": _("teruggegeven aan de schrijver"),
    "put_forward": _("voorgedragen"),
    "sent_back": _("teruggestuurd"),
    "removed": _("weggegooid"),
    "version_added": _("nieuwe versie begonnen"),
    "version_changed": _("versie gewijzigd"),
    "version_removed": _("versie weggegooid"),
    "file_added": _("bestand toegevoegd"),
    "file_changed": _("gegevens van een bestand gewijzigd"),
    "file_removed": _("bestand weggehaald"),
    "file_withdrawn": _("bestand ingetrokken"),
    "file_wiped": _("bestand ingetrokken en van de schijf gewist"),
    "wider_asked": _("gevraagd om meer mensen toe te laten"),
    "widened": _("meer mensen toegelaten"),
    "exported": _("lijst gedownload"),
    "imported": _("ingelezen uit een bestand"),
}


# What an act tells beside the fields of its record.
_BESIDE = {
    "on": _("op"),
    "reason": _("reden"),
    "partners": _("partners"),
    "members": _("deelnemers"),
    "steps": _("afspraken"),
    "number": _("versie"),
    "numbers": _("nummers"),
    "file": _("bestand"),
    "size": _("grootte in bytes"),
    "sha256": _("vingerafdruk (SHA-256)"),
}


# Of these what was typed as text.
_ROWS = ("partners", "members", "steps")


@dataclass(frozen=True)
class Step:
    """One act: when, what, by whom, and per field what it said before and after."""

    at: datetime
    done: str
    by: str
    changes: list[tuple[str, str, str]]


def done(verb: str) -> str:
    """What was done, from a verb of the logbook."""
    last = verb.rpartition(".")[2]
    return str(_DONE.get(last, last.replace("_", " ")))


def actors(lines: Iterable[Any]) -> dict[str, str]:
    """The names behind the uids of who acted: of lines of the logbook, or of steps with an ``actor``."""
    known = {SYSTEM.uid: _t("het systeem"), VISITOR.uid: _t("een bezoeker")}
    accounts = Account.objects.filter(uid__in={line.actor for line in lines}).select_related("person")
    return known | {account.uid: account.person.name if account.person else account.uid for account in accounts}


# What the uids of some kind are called, for who reads.
Lookup = Callable[[Iterable[str]], dict[str, str]]


def steps(
    model: type[Model],
    uid: str,
    *,
    reader: Account | None = None,
    labels: Mapping[str, Lookup] | None = None,
    words: bool = True,
) -> list[Step]:
    """The acts on one record, latest first. With a ``reader`` of all people only that one is named.

    ``labels``: kind -> what records of it are called, where that is not the same for everyone.
    Without ``words`` it says which texts were changed, not what they said: they may be of when this was not to be read.
    """
    lines = list(LogEntry.objects.filter(target=uid).order_by("-number")[:_SHOWN])
    names, called = actors(lines), _labels(lines, {**registry.labels, **(labels or {})})
    if reader:
        known = {reader.uid, SYSTEM.uid, VISITOR.uid}
        names = {actor: name if actor in known else _t("een medewerker") for actor, name in names.items()}
    return [
        Step(
            line.at, done(line.verb), names.get(line.actor, _t("een medewerker")), _changes(model, line, called, words)
        )
        for line in lines
    ]


def _labels(lines: Iterable[LogEntry], lookups: Mapping[str, Lookup]) -> dict[str, str]:
    """What the uids in these lines are called, asked once a kind."""
    uids: dict[str, set[str]] = {}
    for line in lines:
        for part in ("before", "after"):
            for value in (line.detail.get(part) or {}).values():
                for one in value if isinstance(value, list) else [value]:
                    try:
                        uids.setdefault(kind_of(str(one)), set()).add(str(one))
                    except ValueError:
                        continue
    found: dict[str, str] = {}
    for kind, wanted in uids.items():
        if lookup := lookups.get(kind):
            found |= lookup(wanted)
    return found


def _changes(
    model: type[Model], line: LogEntry, labels: dict[str, str], words: bool = True
) -> list[tuple[str, str, str]]:
    before, after = line.detail.get("before") or {}, line.detail.get("after") or {}
    kept = set() if words else {*versions.words(model), *_ROWS}
    found = [
        (_field(model, name), _value(model, name, before.get(name), labels), _value(model, name, value, labels))
        for name, value in after.items()
        if name not in kept
    ]
    inside = _t("gewijzigd; de inhoud leest alleen wie dit bijhoudt")
    found += [(_field(model, name), "", inside) for name in after if name in kept]
    hidden = line.detail.get("fields") or []
    return found + [(_field(model, name), "", _t("gewijzigd; de inhoud staat niet in het logboek")) for name in hidden]


def _field(model: type[Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return str(_BESIDE.get(name) or name.replace("_", " "))


def _value(model: type[Model], name: str, value: Any, labels: dict[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, str):
        if value in labels:
            return labels[value]
        choices = dict(getattr(_known(model, name), "choices", None) or ())
        return str(choices.get(value) or shown(_date(value) or value))
    return shown(value)


def _date(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _known(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
