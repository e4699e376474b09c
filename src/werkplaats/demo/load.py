"""Put the demonstration in place; what is there already stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.core.action import action
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import Basis
from werkplaats.demo.contacts import load_contacts
from werkplaats.demo.joining import load_joining
from werkplaats.demo.library import load_handout, load_library
from werkplaats.demo.research import load_answers, load_research
from werkplaats.flows.accounts import open_account
from werkplaats.flows.sections import open_sections
from werkplaats.library.models import Publication
from werkplaats.network.imports import import_organisations, import_werkplaatsen
from werkplaats.network.models import Function, NationalBody, Werkplaats
from werkplaats.news.actions import publish_text, save_site
from werkplaats.news.models import AboutPage, NewsPage, RegionalSite, SectionPage, SitePage, TextPage
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind
from werkplaats.places.imports import import_municipalities
from werkplaats.places.models import Municipality
from werkplaats.terms.imports import load_concepts, themes_for

DATA = Path(__file__).parent / "data"
PASSWORD = "welkom-in-de-werkplaats"
# (address, name, role, where): invented people.
ACCOUNTS = (
    ("coordinator.noord@demo.invalid", "Demo Coördinator Noord", RoleKind.COORDINATOR, "noord"),
    ("coordinator.utrecht@demo.invalid", "Demo Coördinator Utrecht", RoleKind.COORDINATOR, "utrecht"),
    ("landelijk@demo.invalid", "Demo Landelijk redacteur", RoleKind.NATIONAL_EDITOR, ""),
    ("partner@demo.invalid", "Demo Partnerredacteur", RoleKind.PARTNER_EDITOR, "Welzijnswerk Midden Drenthe"),
    ("beheerder@demo.invalid", "Demo Beheerder", RoleKind.ADMINISTRATOR, ""),
)


def load(*, say: Callable[[str], None]) -> None:
    """Load what is missing and say how to sign in."""
    if not settings.IS_DEMO:
        raise SystemExit("Dit is geen demonstratie: zet WERKPLAATS_DEMO=1 om voorbeeldgegevens te laden.")
    if not Question.objects.exists():
        say("Demonstratie laden ...")
        _records()
    load_concepts(by=SYSTEM)
    if not NationalBody.objects.exists():
        load_joining(by=SYSTEM)
    open_sections(by=SYSTEM)
    if not AboutPage.objects.exists():
        _pages()
    _sites()
    for email, name, role, scope in ACCOUNTS:
        if not Account.objects.filter(email=email).exists():
            open_account(email=email, name=name, role=role, scope=scope, password=PASSWORD, by=SYSTEM)
    if not Function.objects.exists():
        load_contacts(by=SYSTEM)
    if not Publication.objects.exists():
        load_library(by=SYSTEM)
        load_handout(by=SYSTEM)
        load_research(by=SYSTEM)
        load_answers(by=SYSTEM)
    say(f"Demo-accounts (wachtwoord {PASSWORD}):")
    for email, name, _role, _scope in ACCOUNTS:
        say(f"  {email:34} {name.removeprefix('Demo ')}")
    say(f"Gemailde links staan als bestand in {settings.DATA / 'mail'}")


@action
def _records() -> None:
    def quiet(done: int, total: int) -> None:
        """The demonstration is small."""

    if not Municipality.objects.exists():
        import_municipalities(path=DATA / "municipalities.csv", dry_run=False, progress=quiet, by=SYSTEM)
    if not Werkplaats.objects.exists():
        import_werkplaatsen(path=DATA / "werkplaatsen.json", dry_run=False, progress=quiet, by=SYSTEM)
        import_organisations(path=DATA / "organisations.csv", dry_run=False, progress=quiet, by=SYSTEM)
    for row in json.loads((DATA / "questions.json").read_text()):
        _question(row)


@action
def _pages() -> None:
    """What the sources tell, in our own words; what is made up says so in its title."""
    kinds: dict[str, type[SitePage]] = {"over": AboutPage, "nieuws": NewsPage, "pagina": TextPage}
    for row in json.loads((DATA / "pages.json").read_text()):
        section = SectionPage.objects.get(werkplaats=Werkplaats.objects.filter(slug=row["werkplaats"]).first())
        page = kinds[row["kind"]](title=row["title"], intro=row["intro"], body=row["body"])
        if themes := row.get("themes"):
            page.themes = themes_for(themes)[0]
        publish_text(page=page, section=section, by=SYSTEM)


@action
def _sites() -> None:
    """Colours, contact and what they do of some werkplaatsen; one that somebody changed stays."""
    for row in json.loads((DATA / "sites.json").read_text()):
        site = RegionalSite.objects.filter(werkplaats__slug=row["werkplaats"], version=1).first()
        if site:
            values = {name: value for name, value in row.items() if name != "werkplaats"}
            save_site(site=site, values=values, version=1, by=SYSTEM)


def _question(row: dict[str, object]) -> None:
    """A question of an earlier round: its words and region are known, its date and asker are not."""
    werkplaats = Werkplaats.objects.filter(slug=row["werkplaats"]).first()
    question = Question.objects.create(
        text=row["text"],
        werkplaats=werkplaats,
        status=Status.IN_TREATMENT,
        source=row["source"],
        basis=Basis.KNOWN,
    )
    themes, _unknown = themes_for(row["themes"])  # type: ignore[arg-type]
    question.themes.set(themes)
