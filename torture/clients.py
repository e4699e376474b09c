"""Those who use the site meanwhile, as browsers do: they fill in the forms that they are shown."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urlencode

PASSWORD = "welkom-in-de-werkplaats"
INVITE = "/beheer/uitnodigingen/nieuw/"
# What an answer may be while something is broken; anything else is a finding.
POLITE = {503}


class _Fields(HTMLParser):
    """What a browser would send back of the first form with a key in it."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "input" and name and has.get("type") not in {"submit", "checkbox", "radio", "button"}:
            self.values.setdefault(name, has.get("value", ""))
        elif tag == "input" and has.get("type") in {"checkbox", "radio"} and "checked" in has:
            self.values[name] = has.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in has or self._select not in self.values):
            self.values[self._select] = has.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            self.values.setdefault(name, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    page: str


@dataclass
class Visitor:
    """One browser, by an address of its own."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, sent: dict[str, str] | None = None) -> Answer:
        """One page. Raises OSError or HTTPException when there is no answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"X-Forwarded-For": self.address, "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if sent is not None:
            body, headers["Content-Type"] = urlencode(sent), "application/x-www-form-urlencoded"
        try:
            line.request("GET" if sent is None else "POST", path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode(errors="replace")
        finally:
            line.close()
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = given.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, page)

    def form(self, path: str) -> dict[str, str]:
        """The fields of the form there, as they stand."""
        answer = self.ask(path)
        if answer.status != 200:
            raise OSError(f"{path} antwoordt {answer.status}")
        return fields(answer.page)

    def sign_in(self, email: str) -> None:
        """By password."""
        sent = {**self.form("/inloggen/"), "login": email, "password": PASSWORD}
        answer = self.ask("/inloggen/", sent)
        if answer.status != 302:
            raise OSError(f"inloggen antwoordt {answer.status}")


def fields(page: str) -> dict[str, str]:
    """What a browser would send of this page, untouched."""
    reader = _Fields()
    reader.feed(page)
    return reader.values


def question(visitor: Visitor, mark: str) -> dict[str, str]:
    """A question filled in, with words that no other has, ready to be sent once or more."""
    sent = visitor.form("/vragen/stel/")
    text = f"Hoe helpen wij buren die elkaar willen bijstaan, beproeving {mark}?"
    given = {"text": text, "asker_role": "inwoner", "municipality": "Utrecht", "gezien": "1"}
    return {**{name: value for name, value in sent.items() if name not in {"q"}}, **given}


def invitation(editor: Visitor, email: str) -> dict[str, str]:
    """An invitation filled in, for the first role that may be given."""
    page = editor.ask(INVITE).page
    roles = re.findall(r'<option value="([^"|]+\|[^"]*)"', page)
    if not roles:
        raise OSError(f"{INVITE} geeft geen formulier")
    return {**fields(page), "email": email, "name": "Proefpersoon", "choice": roles[0]}


@dataclass
class Log:
    """What was acknowledged, and what was not as it should be."""

    questions: set[str] = field(default_factory=set)
    invitations: set[str] = field(default_factory=set)
    impolite: list[str] = field(default_factory=list)
    polite: int = 0
    unanswered: int = 0
    # No name is used twice, also not in a later round.
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: Answer, path: str) -> None:
        """Whether a refusal is a polite one."""
        with self.lock:
            good = answer.status in POLITE and "retry-after" in answer.headers and "Traceback" not in answer.page
            if good:
                self.polite += 1
            elif answer.status >= 500:
                self.impolite.append(f"{path} {answer.status}")


def ask_on(port: int, who: int, log: Log, stop: threading.Event) -> None:
    """Ask question after question; the same form again until it is acknowledged."""
    while not stop.is_set():
        number = next(log.numbers)
        mark = f"v{who}n{number}x"
        visitor = Visitor(port, f"192.0.2.{who * 20 + number % 20}")
        sent: dict[str, str] = {}
        while mark not in log.questions and not stop.is_set():
            try:
                sent = sent or question(visitor, mark)
                answer = visitor.ask("/vragen/stel/", sent)
                if answer.status == 200 and "confirmed" in answer.page:
                    sent["confirmed"] = fields(answer.page).get("confirmed", "")
                elif answer.status == 302:
                    log.questions.add(mark)
                else:
                    log.note(answer, "/vragen/stel/")
            except (OSError, http.client.HTTPException):
                log.unanswered += 1
                time.sleep(0.1)
        time.sleep(0.05)


def invite_on(port: int, who: int, log: Log, stop: threading.Event) -> None:
    """An editor who invites one after another; each once, whatever came back."""
    editor = Visitor(port, f"198.51.100.{who}")
    while not stop.is_set():
        try:
            if "sessionid" not in editor.cookies:
                editor.sign_in("landelijk@demo.invalid")
            email = f"e{who}n{next(log.numbers)}@beproeving.invalid"
            answer = editor.ask(INVITE, invitation(editor, email))
            if answer.status == 302:
                log.invitations.add(email)
            else:
                log.note(answer, INVITE)
        except (OSError, http.client.HTTPException):
            log.unanswered += 1
        time.sleep(0.3)


def title(page: str) -> str:
    """What the page calls itself."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""
