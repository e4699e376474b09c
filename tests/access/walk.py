"""The walk: ask every address of the table as every actor, and hold the answer against the row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from zipfile import ZipFile

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.module_loading import import_string
from sesame.utils import get_token

from tests.access.addresses import Address, addresses, asked_by
from tests.access.table import ANSWERS, REST, Row, everywhere
from tests.access.world import ACTORS, BROWSER, World
from werkplaats.core.models import LogEntry
from werkplaats.people.models import Account

_WRITES = re.compile(r'\s*(?:INSERT\s+INTO|INSERT\s+OR\s+\w+\s+INTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)
# Tables in which anyone who comes by leaves a trace; the logbook is looked at by itself.
# Also the library's own copy of an account's address, made whenever somebody tries a key.
_TRACES = {
    "account_emailaddress", "cache", "core_attempt", "core_logentry", "core_loghead", "people_session",
    "news_rendition", "wagtailadmin_editingsession", "wagtailcore_pagesubscription", "wagtailusers_userprofile",
}  # fmt: skip
# Answers in which what the row names must stand.
_SHOWING = {"ja", "doet", "weg"}
ENGLISH = "/en"


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    data: dict[str, list[str]] = field(default_factory=dict)
    as_json: bool = False

    @property
    def said(self) -> str:
        """All that was sent."""
        return f"{self.path} {self.data}"


@dataclass(frozen=True)
class Answer:
    """What came back, and what was written meanwhile."""

    status: int
    text: str
    location: str
    wrote: frozenset[str]
    verbs: tuple[str, ...]

    @property
    def named(self) -> str:
        """The name of the address it leads to."""
        try:
            match = resolve(_in_dutch(urlsplit(self.location).path))
            return str(match.view_name if match.url_name else match.route)
        except Resolver404:
            return self.location


@dataclass(frozen=True)
class Fault:
    """One difference between the table and the program."""

    where: str
    who: str
    what: str


_ROUND = tuple(ACTORS)


def sample(number: int) -> tuple[str, ...]:
    """A visitor, and one of the others in turn: what is asked once more is asked as a few."""
    return "bezoeker", _ROUND[1 + number % (len(_ROUND) - 1)]


def told(faults: Iterable[Fault]) -> str:
    """All differences for a person to read: the same difference once, with everyone who met it."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in faults:
        found.setdefault((one.where, one.what), []).append(one.who)
    lines = [f"{where}: {what} ({', '.join(dict.fromkeys(who))})" for (where, what), who in found.items()]
    return "\n  ".join([f"anders dan in tests/access.csv ({len(lines)}):", *lines])


@dataclass(frozen=True)
class Case:
    """The rows that are about one request."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The row that says how to ask."""
        return self.rows[0]

    @property
    def key(self) -> str:
        """Address, method, record and what is sent: for the list of mutations."""
        return " ".join((self.first.address, self.first.method, self.first.record, self.first.sends))

    @property
    def name(self) -> str:
        """For a person who looks for it in the table."""
        row = self.first
        said = " ".join(one for one in (row.method, row.address, row.record, row.sends) if one)
        return f"regel {row.line}: {said}"


def cases(rows: Iterable[Row]) -> list[Case]:
    """Rows about the same request together, in the order of the table."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.channel != "overal":
            found.setdefault(row.case, []).append(row)
    return [Case(tuple(some)) for some in found.values()]


class Plain(Client):
    """A client that keeps nothing of how an answer was made: copying what templates were given takes a fifth of it."""

    def request(self, **request: Any) -> Any:
        """The answer itself."""
        return self.handler(self._base_environ(**request))


def read_through(response: Any) -> str:
    """All that an answer says: its head and its words, also those inside a spreadsheet."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{head}\n{body.decode(errors='replace')}"


class Walker:
    """Everyone who walks, each signed in once."""

    def __init__(self, world: World, rows: list[Row], breathe: Callable[[], object]) -> None:
        self.world = world
        self.rows = rows
        # A sign of life of the index's follower: without it search turns to the table after some seconds.
        self._breathe = breathe
        self.every = addresses()
        self.shut = everywhere(rows, world.canaries)
        # What may stand anywhere for an actor: what is public, and what is about themselves.
        self.open = {
            actor: {name for name, cells in self.shut.items() if cells[actor] == "openbaar"} for actor in ACTORS
        }
        self._client = Plain(raise_request_exception=False)
        self._cookies = {name: self._signed_in(name) for names in ACTORS.values() for name in names or ("",)}
        for record in world.records.values():
            if isinstance(record, Account):
                # Signing in ends the links that were mailed before.
                record.refresh_from_db()
                record.sleutel = get_token(record)

    def _signed_in(self, name: str) -> str:
        client = Client()
        if name:
            client.force_login(self.world.records[name], "sesame.backends.ModelBackend")
        client.cookies["antwoorden"] = BROWSER
        return client.cookies.output(attrs=[], header="", sep=";")

    @contextmanager
    def anew(self) -> Iterator[None]:
        """Walk with the middleware as it is now: a rule may have been turned around in it."""
        kept, self._client = self._client, Plain(raise_request_exception=False)
        try:
            yield
        finally:
            self._client = kept

    @cached_property
    def _last(self) -> int:
        return LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def ask(self, account: str, asked: Asked) -> Answer:
        """Ask as this account (none: a visitor); what it writes is undone."""
        last = self._last
        wrote: set[str] = set()

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if found := _WRITES.match(sql):
                wrote.add(found[1])
            return execute(sql, params, many, context)

        self._client.cookies = SimpleCookie(self._cookies[account])
        with transaction.atomic(), connection.execute_wrapper(watch), translation.override("nl"):
            response = self._send(asked)
            text = read_through(response)
            verbs = tuple(LogEntry.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True))
            transaction.set_rollback(True)
        return Answer(
            response.status_code,
            text,
            response.headers.get("Location", ""),
            frozenset(wrote - _TRACES),
            verbs,
        )

    def _send(self, asked: Asked) -> Any:
        if asked.as_json:
            given = {name: values[0] for name, values in asked.data.items()}
            return self._client.generic(asked.method, asked.path, json.dumps(given), "application/json")
        if asked.method in {"GET", "HEAD"}:
            return getattr(self._client, asked.method.lower())(asked.path, asked.data)
        if asked.method == "POST":
            return self._client.post(asked.path, asked.data)
        return self._client.generic(asked.method, asked.path)

    def requests(self, case: Case) -> list[Asked]:
        """What a case asks: one request, or of a beginning each address that has it."""
        row = case.first
        record = self.world.records[row.record] if row.record else None
        said = row.sends.format_map({**self.world.records, "record": record})
        data = parse_qs(said, keep_blank_values=True)
        paths = [row.address] if row.address.startswith("/") else [one.path(record) for one in self.about(row)]
        return [Asked(row.method, path, data, row.channel == "api" and row.method == "POST") for path in paths]

    def about(self, row: Row) -> list[Address]:
        """The addresses of a row that have a path."""
        found = asked_by(row, self.every)
        if row.address.endswith(REST):
            found = [one for one in found if one.can_be_asked]
        return found

    def faults(self, some: Iterable[Case], actors: Iterable[str] = tuple(ACTORS)) -> Iterator[Fault]:
        """Everything in which an answer differs from the table."""
        actors = tuple(actors)
        for case in some:
            self._breathe()
            for actor in actors:
                for name in ACTORS[actor] or ("",):
                    yield from self._as(case, actor, name)

    def _as(self, case: Case, actor: str, name: str) -> Iterator[Fault]:
        if case.first.channel == "regel":
            yield from self._rule(case, actor, name)
            return
        for number, asked in enumerate(self.requests(case)):
            # All that begins alike and says the same to everyone is one rule: of the rest a few ask.
            if number == 0 or actor in sample(number) or len(set(case.first.cells.values())) > 1:
                yield from self.judged(case, actor, name, asked)

    def judged(self, case: Case, actor: str, name: str, asked: Asked) -> Iterator[Fault]:
        """What is wrong with the answer to one request."""
        answer = self.ask(name, asked)
        where = f"{case.name} [{asked.method} {asked.path}]"
        english = asked.path.startswith(f"{ENGLISH}/")
        wrong = [*_status(case, actor, asked, answer), *_writing(case, actor, answer)]
        if asked.method != "HEAD":
            wrong += self._words(case, actor, answer, english)
        wrong += self.leaks(case, actor, asked, answer)
        yield from (Fault(where, name or actor, one) for one in wrong)

    def _words(self, case: Case, actor: str, answer: Answer, english: bool) -> Iterator[str]:
        """What should be in it and is not, and the other way round."""
        for row in case.rows:
            for what in row.shows:
                word = self.world.canaries.get(what)
                if word is None and english:
                    continue
                stands = (word or what) in answer.text
                if row.cells[actor] in _SHOWING and not stands:
                    yield f"toont niet “{what}”"
                elif row.cells[actor] == "zonder" and stands:
                    yield f"toont “{what}”"

    def leaks(self, case: Case, actor: str, asked: Asked, answer: Answer) -> Iterator[str]:
        """Canaries that no row allows here, and those that are never for this actor. What was sent may come back."""
        seen = self.world.seen_in(answer.text) - self.world.seen_in(asked.said) - self.open[actor]
        told = {what for row in case.rows if row.cells[actor] in _SHOWING for what in row.shows}
        for what in sorted(seen - told):
            yield f"lekt “{what}”"
        for what in sorted(seen & told):
            if self.shut.get(what, {}).get(actor, "nooit") == "nooit":
                yield f"toont “{what}”, en dat mag nergens"

    def _rule(self, case: Case, actor: str, name: str) -> Iterator[Fault]:
        """Ask a rule itself: for what stands behind another rule, and no address can show."""
        row = case.first
        account: Any = Account.objects.get(pk=self.world.records[name].pk) if name else AnonymousUser()
        record = self.world.records.get(row.record)
        said = parse_qs(row.sends.format_map({**self.world.records, "record": record}))
        given = {key: values[0] for key, values in said.items()}
        rule = import_string(f"werkplaats.{row.address}")
        arguments = [account, record] if row.record else [account]
        if row.address.startswith("flows."):
            # A story is told by name.
            about = {row.record.partition("-")[0].replace("rol", "role"): record} if row.record else {}
            given, arguments = {**given, **about, "by": account}, []
        says = "ja" if rule(*arguments, **given) else "nee"
        if says != row.cells[actor]:
            yield Fault(case.name, name or actor, f"zegt {says}, verwacht {row.cells[actor]}")


def _in_dutch(path: str) -> str:
    return path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path


def _status(case: Case, actor: str, asked: Asked, answer: Answer) -> Iterator[str]:
    cells = {row.cells[actor] for row in case.rows}
    expected = {ANSWERS[cell] for cell in cells} - {0}
    if 0 in {ANSWERS[cell] for cell in cells}:
        expected |= {200, 302}
    said = 302 if answer.status == 301 else answer.status
    if said not in expected:
        yield f"antwoordt {answer.status} {answer.location}, verwacht {' of '.join(sorted(cells))}"
    elif said == 302 and "inloggen" in cells:
        where = f"/inloggen/?next={quote(asked.path)}"
        if not _in_dutch(answer.location).startswith(where):
            yield f"leidt naar {answer.location}, verwacht {where}"
    elif said == 302 and case.first.to and answer.named not in case.first.to.split(","):
        yield f"leidt naar {answer.named}, verwacht {case.first.to}"


def _writing(case: Case, actor: str, answer: Answer) -> Iterator[str]:
    """A write happens for those who may, leaves its line in the logbook, and happens for nobody else."""
    does = [row for row in case.rows if row.cells[actor] == "doet"]
    expected = tuple(verb for row in does for verb in row.verbs)
    if answer.verbs != expected:
        yield f"schrijft in het logboek {answer.verbs or 'niets'}, verwacht {expected or 'niets'}"
    if does and not (answer.wrote or answer.verbs):
        yield "schrijft niets"
    if not does and answer.wrote:
        yield f"schrijft in {', '.join(sorted(answer.wrote))}"
