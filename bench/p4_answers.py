"""P4: answers before asking: what comes back while someone types a question."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import urlencode

from .machine import Client, settle
from .results import Result, keep, most
from .serving import Server, Timing, werkplaats
from .stage import Stage, say

# The page with the form, the address that answers while typing, and the field it reads.
PAGE, ANSWERS, FIELD = "/vragen/stel/", "/vragen/antwoorden/", "text"
# What stands in an answer that has something to show.
MARK = b"<li"
_LIMIT_MS, _LIMIT_AT = 60, (100_000,)
_SENTENCES = Path(__file__).parent / "sentences.txt"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
# Nothing is asked before so many letters stand there; and how many sentences warm up.
_FIRST, _WARM = 12, 4
_WHAT = "antwoorden tijdens het typen"


class NotThere(Exception):
    """The address does not do what we measure; the message says in Dutch what it does."""


class Typist:
    """Someone with the form open who types; each pause sends what stands there."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.asked = self.found = 0
        status, page = client.ask(PAGE)
        token = _TOKEN.search(page)
        if status != 200 or not token:
            raise NotThere(f"{PAGE} geeft geen formulier (antwoord {status})")
        self.token = token[1].decode()

    def __call__(self, text: str) -> None:
        body = urlencode({"csrfmiddlewaretoken": self.token, FIELD: text}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Current-URL": PAGE}
        status, page = self.client.ask(ANSWERS, body=body, headers=headers)
        if status != 200:
            raise NotThere(f"{ANSWERS} antwoordt {status}: daar is nog niets te meten")
        self.asked += 1
        self.found += MARK in page


def sentences() -> list[str]:
    """Questions as people type them."""
    return [line for line in _SENTENCES.read_text().splitlines() if line and not line.startswith("#")]


def typed(sentence: str) -> list[str]:
    """What stands there at each pause: after a word, and now and then halfway one."""
    ends = [place.start() for place in re.finditer(r" |$", sentence) if place.start() >= _FIRST]
    halfway = [end - 2 for end in ends[2::3]]
    return [sentence[:end] for end in sorted({*ends, *halfway})]


def run(stage: Stage) -> list[Result]:
    """At each size; says so when there is nothing to measure yet."""
    made: list[Result] = []
    for size in stage.scale.sizes:
        with werkplaats(stage.stocked(size)) as ours:
            say(f"P4 bij {size} vermeldingen ...")
            made.append(_measured(stage, size, ours))
    return made


def _measured(stage: Stage, size: int, ours: Server) -> Result:
    timing, note, share = Timing(), "", 0.0
    client = Client(ours.port)
    settle(*ours.pids)
    until = time.monotonic() + stage.scale.seconds
    asked = [typed(sentence) for sentence in sentences()]
    try:
        typist = Typist(client)
        for number, texts in enumerate(asked):
            (Timing() if number < _WARM else timing).add(ours, typist, texts, until=until)
        share = round(typist.found / max(typist.asked, 1), 2)
    except NotThere as error:
        # What was measured until then says nothing about all of it.
        note, timing = str(error), Timing()
        say(f"P4: {note}")
    finally:
        client.close()
    figures = timing.figures()
    bars = [most(f"p95 ten hoogste {_LIMIT_MS} ms", figures.get("p95_ms"), _LIMIT_MS)]
    named = size in _LIMIT_AT
    return keep(Result("P4", _WHAT, stage.scale.name, size, {**figures, "found": share}, bars, {}, named, note))
