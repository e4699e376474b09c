"""The small world that the access matrix is walked in: an own and a foreign werkplaats, everyone who may come by, and
records of each kind and state with a canary in everything that not everybody may read.

Nothing here says who may read what: that stands in ``tests/access.csv`` only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests import factories
from tests.access.desk_world import fill_desk
from tests.access.library_world import fill_library
from tests.access.research_world import fill_research
from tests.access.written_world import fill_pages
from tests.news import planted
from werkplaats.agenda.actions import refuse_question, withdraw_question
from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.agenda.rules import Status, codes
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import Visibility
from werkplaats.core.uid import new_uid
from werkplaats.network.models import Organisation, Partnership, Werkplaats
from werkplaats.network.rules import Status as WerkplaatsStatus
from werkplaats.people.models import Account, Person
from werkplaats.people.rules import RoleKind
from werkplaats.terms.models import SynonymGroup

# Stands in every question, to find them all.
COMMON = "matrixvraag"
# The random name that the browser of everyone who walks has for "dit is mijn antwoord".
BROWSER = "matrix-browser-van-iedereen-1234"
# The columns of the table, each with the accounts that walk in it; none: a visitor who is not signed in.
ACTORS: dict[str, tuple[str, ...]] = {
    "bezoeker": (),
    "deelnemer": ("account-deelnemer",),
    "partnerredacteur": ("account-partnerredacteur",),
    "coordinator": ("account-coordinator",),
    "lector": ("account-lector",),
    "landelijkredacteur": ("account-landelijkredacteur",),
    "beheerder": ("account-beheerder",),
    "verlopen": ("account-verlopen", "account-toekomstig"),
    "geblokkeerd": ("account-geblokkeerd",),
}
# What a canary looks like: a planted word, or a uid.
_CANARY = re.compile(r"kanarie\d{4}|[a-z]+-[0-9A-Z]{26}")
# Who looked at a question last.
_OWNERS = {
    "eigen": "account-coordinator", "vreemd": "account-vreemd",
    "onbemand": "account-landelijkredacteur", "landelijk": "account-landelijkredacteur",
}  # fmt: skip
# Roles that nobody looked at for a year: the home of the desk names those who hold them.
_NOT_LOOKED_AT = {
    ("deelnemer", RoleKind.PARTICIPANT), ("lector", RoleKind.LECTOR), ("vreemd-partner", RoleKind.PARTNER_EDITOR),
    ("landelijkredacteur", RoleKind.NATIONAL_EDITOR), ("geblokkeerd", RoleKind.PARTNER_EDITOR),
}  # fmt: skip


@dataclass
class World:
    """Records by name, and the words planted in them: "vraag-eigen-wacht.woorden" -> "kanarie017"."""

    records: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def plant(self, record: str, what: str) -> str:
        """A word that stands nowhere else, to be put in this part of this record."""
        return self.knows(record, what, f"kanarie{len(self.canaries):04}")

    def knows(self, record: str, what: str, word: str) -> str:
        """A word that the record holds already: its uid."""
        assert _CANARY.fullmatch(word), word
        self.canaries[f"{record}.{what}"] = word
        return word

    def keeps(self, key: str, record: Any) -> Any:
        """A record of which not everyone may know that it is there: its uid is a canary."""
        self.records[key] = record
        self.knows(key, "kenmerk", record.uid)
        return record

    def seen_in(self, text: str) -> set[str]:
        """Which canaries are in it."""
        if len(self._names) != len(self.canaries):
            self._names = {word: name for name, word in self.canaries.items()}
        return {self._names[word] for word in _CANARY.findall(text) if word in self._names}


def make_world() -> World:
    """All of it, in a database that has only what the migrations put there."""
    world = World()
    world.records["vandaag"] = clock.today()
    world.records["straks"] = clock.today() + timedelta(days=30)
    world.records["wachtwoord"] = factories.PASSWORD
    world.records["gezocht"] = COMMON
    _network(world)
    _accounts(world)
    _questions(world)
    _supports(world)
    _entries(world)
    _words(world)
    _found_answers(world)
    fill_desk(world)
    fill_research(world)
    fill_pages(world)
    fill_library(world)
    _strangers(world)
    return world


def _network(world: World) -> None:
    made = world.records
    made["thema"] = factories.make_theme("Eenzaamheid")
    # Only what is hidden is filed under this, and one question: whatever looks for its like meets the hidden first.
    made["thema-zeldzaam"] = factories.make_theme("Mantelzorg")
    for relation, place in (("eigen", "Utrecht"), ("vreemd", "Assen"), ("onbemand", "Goes")):
        made[f"gemeente-{relation}"] = factories.make_municipality(place)
    names = {"eigen": "Werkplaats Midden", "vreemd": "Werkplaats Noord", "onbemand": "Werkplaats Zee"}
    for relation, name in names.items():
        made[f"werkplaats-{relation}"] = factories.make_werkplaats(name, areas=[made[f"gemeente-{relation}"]])
    ended = world.plant("werkplaats-beeindigd", "naam")
    made["werkplaats-beeindigd"] = factories.make_werkplaats(
        f"Oud {ended}", slug="voorheen", status=WerkplaatsStatus.ENDED
    )
    _partner(world, "eigen", "actief", made["werkplaats-eigen"])
    _partner(world, "vreemd", "actief", made["werkplaats-vreemd"])
    _partner(world, "benaderd", "benaderd", made["werkplaats-eigen"])
    _partner(world, "elders", "benaderd", made["werkplaats-vreemd"])
    _partner(world, "voorbij", "actief", made["werkplaats-eigen"], valid_to=clock.today())


def _partner(world: World, name: str, stage: str, werkplaats: Werkplaats, **fields: Any) -> None:
    """An organisation that takes part, or was only approached, with what it seeks and brings: for insiders."""
    key = f"samenwerking-{name}"
    place = "gemeente-vreemd" if name in {"vreemd", "elders"} else "gemeente-eigen"
    organisation = factories.make_organisation(
        f"Stichting {world.plant(f'organisatie-{name}', 'naam')}", municipality=world.records[place]
    )
    world.keeps(f"organisatie-{name}", organisation)
    partnership = Partnership.objects.create(
        organisation=organisation, werkplaats=werkplaats, stage=stage, valid_from=factories.LONG_AGO,
        seeks=world.plant(key, "halen"), brings=world.plant(key, "brengen"), **fields,
    )  # fmt: skip
    world.keeps(key, partnership)
    # Why it came to this stage, and what was signed.
    step = partnership.steps.first()
    step.reason = world.plant(key, "reden")
    step.save()
    world.keeps(f"stap-{name}", step)
    agreement = partnership.agreements.create(
        valid_from=factories.LONG_AGO, notice=world.plant(f"overeenkomst-{name}", "opzeggen"),
        note=world.plant(f"overeenkomst-{name}", "afspraken"),
        **({"file": planted.upload(planted.pdf(), "contract.pdf")} if name in {"eigen", "vreemd"} else {}),
    )  # fmt: skip
    world.keeps(f"overeenkomst-{name}", agreement)


def _accounts(world: World) -> None:
    own, foreign = world.records["werkplaats-eigen"], world.records["werkplaats-vreemd"]
    organisation = world.records["organisatie-eigen"]
    _account(world, "deelnemer", [(RoleKind.PARTICIPANT, own)])
    _account(world, "partnerredacteur", [(RoleKind.PARTNER_EDITOR, organisation)])
    _account(world, "coordinator", [(RoleKind.COORDINATOR, own)])
    _account(world, "lector", [(RoleKind.LECTOR, own)])
    _account(world, "landelijkredacteur", [(RoleKind.NATIONAL_EDITOR, None)])
    _account(world, "beheerder", [(RoleKind.ADMINISTRATOR, None)])
    _account(world, "vreemd", [(RoleKind.COORDINATOR, foreign)])
    # A werkplaats with people, and still without a coordinator.
    _account(world, "vreemd-lector", [(RoleKind.LECTOR, world.records["werkplaats-onbemand"])])
    _account(world, "vreemd-partner", [(RoleKind.PARTNER_EDITOR, world.records["organisatie-vreemd"])])
    _account(world, "vreemd-bekend", [(RoleKind.PARTICIPANT, foreign)])
    # Speaks for an organisation that the own werkplaats is only talking with.
    _account(world, "vreemd-benaderd", [(RoleKind.PARTNER_EDITOR, world.records["organisatie-benaderd"])])
    every = [
        (RoleKind.PARTICIPANT, own), (RoleKind.PARTNER_EDITOR, organisation), (RoleKind.COORDINATOR, own),
        (RoleKind.LECTOR, own), (RoleKind.NATIONAL_EDITOR, None), (RoleKind.ADMINISTRATOR, None),
    ]  # fmt: skip
    _account(world, "geblokkeerd", every, is_active=False)
    # A role ends on the day it no longer holds: these were held until yesterday, and from tomorrow.
    _account(world, "verlopen", every).roles.update(valid_to=clock.today())
    _account(world, "toekomstig", every).roles.update(valid_from=clock.today() + timedelta(days=1))


def _account(world: World, name: str, roles: list[tuple[str, Any]], **fields: Any) -> Account:
    key = f"account-{name}"
    mail = f"{world.plant(key, 'mail')}@example.org"
    person = Person.objects.create(name=world.plant(key, "naam"), email=mail, phone=world.plant(key, "telefoon"))
    account: Account = factories.make_account(mail, person=person, **fields)
    for kind, scope in roles:
        about = {"scope_kind": scope.uid.partition("-")[0], "scope_uid": scope.uid} if scope else {}
        seen = None if (name, kind) in _NOT_LOOKED_AT else clock.today()
        common = {"kind": kind, "valid_from": factories.LONG_AGO, "scope_kind": "landelijk", "reviewed_on": seen}
        role = account.roles.create(**{**common, **about})
        # Of those with several: what they were for the own organisation.
        if len(roles) == 1 or kind == RoleKind.PARTNER_EDITOR:
            world.records[f"rol-{name}"] = role
    return world.keeps(key, account)  # type: ignore[no-any-return]


def _questions(world: World) -> None:
    """One of each state in the own werkplaats; some elsewhere."""
    for status in Status:
        if status != Status.WITHDRAWN:
            _question(world, f"vraag-eigen-{status}", status)
    for status in (Status.WAITING, Status.REFUSED, Status.BACK, Status.IN_TREATMENT):
        _question(world, f"vraag-vreemd-{status}", status)
    for place in ("onbemand", "landelijk"):
        for status in (Status.WAITING, Status.REFUSED, Status.IN_TREATMENT):
            _question(world, f"vraag-{place}-{status}", status)
    _question(world, "vraag-eigen-regio", Status.IN_TREATMENT, region_only=True)
    # Taken back before anybody published it, and after: the words go, and stand nowhere any more.
    for name, status in (("ingetrokken", Status.WAITING), ("ingetrokken-na", Status.IN_TREATMENT)):
        withdraw_question(question=_question(world, f"vraag-eigen-{name}", status), by=VISITOR)
    # Was on the site, and was taken off it.
    refused = _question(world, "vraag-eigen-geweigerd-na", Status.IN_TREATMENT)
    reason = world.plant("vraag-eigen-geweigerd-na", "reden")
    refuse_question(question=refused, version=refused.version, reason=reason, by=world.records["account-coordinator"])
    _followed(world)
    world.records["vraag-eigen-beantwoord"].themes.set([world.records["thema-zeldzaam"]])
    for key in ("vraag-eigen-ingetrokken-na", "vraag-eigen-geweigerd-na"):
        world.knows(key, "kenmerk", world.records[key].uid)
    for record in world.records.values():
        if isinstance(record, Question):
            record.refresh_from_db()


def _followed(world: World) -> None:
    """Questions whose asker comes back: their words are for whoever has the code. One was taken back."""
    for key, code in (("gevolgd", "ABCD-EFGH-JKMN"), ("gevolgd-ingetrokken", "ABCD-EFGH-JKMP")):
        question = _question(world, f"vraag-{key}", Status.WAITING, relation="vreemd", code_hash=codes.code_hash(code))
        world.records[f"code-{key}"] = code
    withdraw_question(question=question, by=VISITOR)


def _question(world: World, key: str, status: str, *, relation: str = "", **fields: Any) -> Question:
    relation = relation or key.split("-")[1]
    hidden = world.plant(key, "weggelaten")
    words = f"{world.plant(key, 'woorden')} gaat over {hidden}, een {COMMON} over eenzaamheid."
    start, moment = words.index(hidden), _moment(world)
    values = {
        "werkplaats": world.records.get(f"werkplaats-{relation}"),
        "municipality": world.records.get(f"gemeente-{relation}"),
        "masks": [{"start": start, "end": start + len(hidden), "kind": "naam"}],
        "owner": world.records[_OWNERS[relation]],
        "code_hash": world.plant(key, "code").ljust(64, "0"),
        "received_at": moment,
        "published_at": moment,
        "due": clock.today() + timedelta(days=9),
        **fields,
    }
    question = factories.make_question(words, status=status, themes=[world.records["thema"]], **values)
    question.changes.update(message=world.plant(key, "bericht"), actor=question.owner.uid)
    world.records[key] = question
    return question


def _moment(world: World) -> datetime:
    """Each question a day older than the one before it."""
    number = sum(isinstance(record, Question) for record in world.records.values())
    return clock.now() - timedelta(days=number + 1)


def _supports(world: World) -> None:
    for name, by, question in (
        ("eigen", "eigen", "vraag-eigen-in-behandeling"),
        ("vreemd", "vreemd", "vraag-eigen-in-behandeling"),
        ("elders", "vreemd", "vraag-vreemd-in-behandeling"),
        ("eigen-elders", "eigen", "vraag-vreemd-in-behandeling"),
        # Said while the question was on the site.
        ("geweigerd", "eigen", "vraag-eigen-geweigerd-na"),
    ):
        support = world.records[question].supports.create(
            organisation=world.records[f"organisatie-{by}"], mandate="ambtelijk", valid_from=factories.LONG_AGO,
            reason=world.plant(f"steun-{name}", "toelichting"), account=world.records["account-vreemd-partner"],
        )  # fmt: skip
        world.keeps(f"steun-{name}", support)


def _entries(world: World) -> None:
    """What stands in the hall for some only. No app makes such entries yet; the rule that hides them is there."""
    for name, visibility, relation in (
        ("netwerk", Visibility.NETWORK, "vreemd"),
        ("werkplaats-eigen", Visibility.WERKPLAATS, "eigen"),
        ("werkplaats-vreemd", Visibility.WERKPLAATS, "vreemd"),
    ):
        key, uid = f"vermelding-{name}", new_uid("vraag")
        words = f"{world.plant(key, 'woorden')} is een {COMMON} over schaduwwerk"
        rare = world.records["thema-zeldzaam"].uid
        facets = {"werkplaats": [world.records[f"werkplaats-{relation}"].uid], "thema": [rare]}
        facets["status"] = [Status.IN_TREATMENT]
        entry = Entry.objects.create(
            uid=uid, kind="vraag", title=words, body=words, haystack=f" {words.lower()} ", url=f"/vragen/{uid}/",
            visibility=visibility, facets=facets, published_at=clock.now(), datestamp=clock.now(),
        )  # fmt: skip
        for dimension, values in facets.items():
            entry.facet_rows.create(dimension=dimension, value=values[0])
        world.keeps(key, entry)


def _words(world: World) -> None:
    world.records["woorden"] = SynonymGroup.objects.create(
        words=[world.plant("woorden", "woorden"), "verdwaald woord"], note=world.plant("woorden", "opmerking")
    )


def _found_answers(world: World) -> None:
    """What the browser of everyone who walks marked as an answer, one of them hidden since; and what another marked."""
    for browser, entry in (
        (BROWSER, "vraag-eigen-in-behandeling"),
        (BROWSER, "vermelding-netwerk"),
        ("van een ander", "vraag-vreemd-in-behandeling"),
        ("van een ander", "vermelding-werkplaats-eigen"),
        ("van een ander", "vermelding-werkplaats-vreemd"),
    ):
        FoundAnswer.objects.create(
            entry=world.records[entry].uid, day=clock.today(), browser=hashlib.sha256(browser.encode()).hexdigest()
        )


def _strangers(world: World) -> None:
    """Records that were never kept, to ask for what does not exist."""
    for kind, model in (
        ("vraag", Question), ("werkplaats", Werkplaats), ("organisatie", Organisation), ("samenwerking", Partnership),
    ):  # fmt: skip
        world.records[f"{kind}-onbekend"] = model(uid=new_uid(kind))
