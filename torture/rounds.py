"""The trials: what is broken, what must hold, and what was seen."""

from __future__ import annotations

import json
import random
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .breakable import ROOT, Post, Postgres, Site, until
from .clients import INVITE, Log, Visitor, ask_on, fields, invitation, invite_on, question, title


@dataclass
class Trial:
    """One thing that must hold: what was seen, and what was wrong."""

    bar: str
    what: str
    seen: str
    faults: list[str] = field(default_factory=list)


@contextmanager
def crowd(port: int, log: Log) -> Iterator[None]:
    """Three who ask and one who invites, as long as the block lasts."""
    stop = threading.Event()
    jobs: list[Callable[[], None]] = [lambda who=who: ask_on(port, who, log, stop) for who in (1, 2, 3)]  # type: ignore[misc]
    jobs.append(lambda: invite_on(port, 1, log, stop))
    threads = [threading.Thread(target=job) for job in jobs]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in threads:
            one.join(90)


def found(site: Site) -> dict[str, Any]:
    """What stands in the database."""
    env = {**site.environment, "DJANGO_SETTINGS_MODULE": "werkplaats.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "torture.verify"], env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def kills(site: Site, post: Post, postgres: Postgres | None, rounds: int) -> Trial:
    """R1: kill -9 of everything in turn, while people write. Every acknowledged write once, nothing half."""
    log, back = Log(), []
    victims = ["web", "volger", "verzender", "database" if postgres else "serve"]
    for number in range(rounds):
        with crowd(site.port, log):
            time.sleep(random.uniform(1, 3))
            victim = victims[number % 4]
            begun = time.monotonic()
            if victim == "database" and postgres:
                postgres.kill()
                time.sleep(random.uniform(0.2, 2))
                postgres.start()
            elif victim == "serve":
                site.kill("serve")
                until(lambda: not _left_behind(site), "er bleef iets achter", 30)
                site.start()
            else:
                until(lambda victim=victim: site.kill(victim) > 0, f"geen {victim}")  # type: ignore[misc]
            until(site.is_ready, "de site komt niet terug")
            back.append(time.monotonic() - begun)
            time.sleep(0.5)
    return _judged(site, post, log, f"{rounds} rondes, {'PostgreSQL' if postgres else 'SQLite'}", back)


def _left_behind(site: Site) -> list[int]:
    wanted = f"WERKPLAATS_DATA={site.folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z" and wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _judged(site: Site, post: Post, log: Log, what: str, back: list[float]) -> Trial:
    # What a sender that was killed held is given back after five minutes; all else leaves at once.
    time.sleep(3)
    stands = found(site)
    faults = [f"vraag {mark} staat er {stands['questions'].get(mark, 0)} keer" for mark in log.questions
              if stands["questions"].get(mark) != 1]  # fmt: skip
    faults += [f"vraag {mark} staat er {times} keer" for mark, times in stands["questions"].items() if times > 1]
    faults += [f"uitnodiging {one} is er {stands['invitations'].get(one, 0)} keer" for one in log.invitations
               if stands["invitations"].get(one) != 1]  # fmt: skip
    faults += [f"half: {uid}" for uid in stands["half"]] + stands["logbook"] + log.impolite
    faults += [f"de catalogus liep uit de pas: {one}" for one in stands["catalogue"]]
    mailed = Counter(post.taken())
    missing = [one for one in log.invitations if not mailed[one]]
    faults += (
        [f"geen mail voor {len(missing)} uitnodigingen, {stands['waiting']} wachten"]
        if (len(missing) > stands["waiting"])
        else []
    )
    double = sum(times - 1 for times in mailed.values() if times > 1)
    seen = (
        f"{len(log.questions)} vragen en {len(log.invitations)} uitnodigingen bevestigd; {log.polite} keer 503, "
        f"{log.unanswered} keer geen antwoord; {sum(mailed.values())} mails, {double} dubbel, "
        f"{stands['waiting']} wachten nog; weer in orde na {max(back):.1f} s op zijn langst"
    )
    return Trial("R1", what, seen, faults)


def database_away(site: Site, postgres: Postgres) -> Trial:
    """R5: polite pages, 503 with Retry-After, no traceback; and back by itself."""
    visitor = Visitor(site.port, "192.0.2.250")
    sent, faults, seen = question(visitor, "v90n1x"), [], []
    postgres.kill()
    for path, given in (
        ("/", None),
        ("/vragen/", None),
        ("/vragen/stel/", sent),
        ("/api/v1/vragen", None),
    ):
        answer = visitor.ask(path, given)
        seen.append(answer.status)
        if answer.status != 503 or "retry-after" not in answer.headers or "Traceback" in answer.page:
            faults.append(f"{path} antwoordt {answer.status}: {title(answer.page)}")
        if given and given["text"] not in answer.page.replace("&#x27;", "'"):
            faults.append("wat er getypt was, staat niet op de pagina")
    postgres.start()
    back = until(lambda: visitor.ask("/vragen/").status == 200, "de site komt niet terug")
    if visitor.ask("/vragen/stel/", sent).status != 302:
        faults.append("dezelfde vraag gaat er daarna niet in")
    return Trial("R5", "database weg", f"{seen}; terug na {back:.1f} s; dezelfde vraag gaat er daarna in", faults)


def index_broken(site: Site) -> Trial:
    """R5: search goes on from the table, and the index mends itself."""
    visitor, faults = Visitor(site.port, "192.0.2.251"), []
    state = site.folder / "search/state.json"
    until(state.exists, "er is geen index")
    for what in ("beschadigd", "weg"):
        if what == "weg":
            shutil.rmtree(site.folder / "search")
        else:
            for path in (site.folder / "search").glob("*.store"):
                path.write_bytes(b"kapot")
        for _time in range(10):
            answer = visitor.ask("/zoeken/?q=jongeren")
            if answer.status != 200:
                faults.append(f"zoeken antwoordt {answer.status} met een index die {what} is")
        until(
            lambda: state.exists() and json.loads(state.read_text())["ready"],
            f"de index die {what} was, komt niet terug",
        )
    return Trial(
        "R5", "zoekindex beschadigd, en weg", "20 keer gezocht, elke keer een antwoord; de index kwam terug", faults
    )


def mail_away(site: Site, post: Post) -> Trial:
    """R5: what is mailed meanwhile leaves later, once."""
    editor, faults = Visitor(site.port, "198.51.100.9"), []
    editor.sign_in("landelijk@demo.invalid")
    post.stop()
    emails = [f"weg{number}@beproeving.invalid" for number in range(3)]
    for email in emails:
        if editor.ask(INVITE, invitation(editor, email)).status != 302:
            faults.append(f"uitnodigen lukt niet: {email}")
    time.sleep(2)
    post.start()
    assert not faults, faults
    back = until(lambda: all(one in post.taken() for one in emails), "de mail kwam niet na")
    time.sleep(1)
    times = Counter(post.taken())
    faults += [f"{one} kreeg {times[one]} mails" for one in emails if times[one] != 1]
    return Trial("R5", "mailserver weg", f"3 uitnodigingen verstuurd, elk één keer aangekomen, na {back:.1f} s", faults)


def disk_full(folder: Path) -> Trial:
    """R5: no room (a limit on the size of files): polite, nothing half, and it goes on when there is room."""
    site = Site(folder)
    database = folder / "werkplaats.sqlite3"
    room = database.stat().st_size + 4096
    site.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, room)))
    faults, statuses = [], []
    try:
        for number in range(3):
            visitor = Visitor(site.port, f"192.0.2.{240 + number}")
            page = visitor.ask("/vragen/stel/")
            statuses.append(page.status)
            if page.status == 200:
                sent = {**fields(page.page), "text": f"Hoe gaat het, beproeving v91n{number}x?", "gezien": "1"}
                page = visitor.ask("/vragen/stel/", {**sent, "asker_role": "inwoner", "municipality": "Utrecht"})
                statuses.append(page.status)
            if page.status != 503 or "retry-after" not in page.headers or "Traceback" in page.page:
                faults.append(f"antwoordt {page.status}: {title(page.page)}")
    finally:
        site.stop()
    site.start()
    stands = found(site)
    faults += [f"half: {uid}" for uid in stands["half"]] + stands["logbook"]
    faults += (
        ["er staat iets in wat geweigerd was"] if any(mark.startswith("v91") for mark in stands["questions"]) else []
    )
    if Visitor(site.port, "192.0.2.249").ask("/vragen/").status != 200:
        faults.append("met ruimte antwoordt de site niet")
    site.stop()
    return Trial(
        "R5", "schijf vol (grens aan bestanden, SQLite)", f"{statuses}; niets half; met ruimte gaat het door", faults
    )


def together(site: Site) -> Trial:
    """R7: one form sent by four at once is one question."""
    visitor = Visitor(site.port, "192.0.2.252")
    sent = question(visitor, "v92n1x")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _one: visitor.ask("/vragen/stel/", sent).status, range(4)))
    times = found(site)["questions"].get("v92n1x", 0)
    faults = [] if times == 1 else [f"de vraag staat er {times} keer"]
    faults += [f"antwoord {one}" for one in answers if one != 302]
    return Trial("R7", "hetzelfde formulier vier keer tegelijk", f"{answers}; één vraag", faults)


def conflict(site: Site) -> Trial:
    """R7: of two editors with the same record the second hears of it."""

    first, second = Visitor(site.port, "198.51.100.21"), Visitor(site.port, "198.51.100.22")
    for one in (first, second):
        one.sign_in("coordinator.noord@demo.invalid")
    page = first.ask("/beheer/werkplaatsen/").page
    ways = re.findall(r'href="(/beheer/werkplaatsen/[^"/]+/)"', page)
    for way in ways:
        mine, theirs = first.ask(way), second.ask(way)
        if "versie" in fields(mine.page) or "version" in fields(mine.page):
            break
    else:
        return Trial("R7", "twee redacteuren in één record", "", ["geen formulier met een versie gevonden"])
    now = [one.ask(way, fields(page.page)).status for one, page in ((first, mine), (second, theirs))]
    again = second.ask(way, fields(theirs.page))
    told = "intussen" in again.page.lower() or "ander" in again.page.lower()
    faults = [] if now[0] == 302 and now[1] == 200 and told else [f"antwoorden {now}: {title(again.page)}"]
    return Trial(
        "R7", "twee redacteuren in één record", f"de eerste bewaart, de tweede hoort van het verschil ({now})", faults
    )
