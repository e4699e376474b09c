"""Records for tests, each with a sensible rest. Nothing here is random: the same calls make the same names.

The catalogue follows by itself, as it does for any save.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify

from werkplaats.agenda.models import Question, StatusChange
from werkplaats.agenda.rules import AskerRole, codes
from werkplaats.agenda.rules import Status as QuestionStatus
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import Visibility
from werkplaats.core.uid import kind_of
from werkplaats.library import actions as library_actions
from werkplaats.library.models import Publication
from werkplaats.network.models import Organisation, Partnership, ServiceArea, Werkplaats
from werkplaats.network.rules import OrganisationKind, Stage
from werkplaats.network.rules import Status as WerkplaatsStatus
from werkplaats.news.actions import make_section, publish_text
from werkplaats.news.models import NewsPage, SectionPage, SitePage
from werkplaats.people.models import Account, Person
from werkplaats.places.models import Municipality, Province
from werkplaats.places.rules import plain_name
from werkplaats.research.models import Circle, Pilot, Project, Yield
from werkplaats.research.rules import State, Strand, YieldKind
from werkplaats.terms.models import Theme

LONG_AGO = date(2020, 1, 1)
PASSWORD = "geheim-genoeg-1"
_next = count(1)


def make_province(name: str = "Drenthe") -> Province:
    """The province of this name."""
    province: Province = Province.objects.get_or_create(name=name)[0]
    return province


def make_municipality(
    name: str = "Hoogeveen", *, province: Province | None = None, aliases: Iterable[str] = (), **fields: Any
) -> Municipality:
    """A municipality, found by its name and the aliases; ``code`` is the next free one."""
    values = {"code": f"GM{next(_next):04}", "slug": slugify(name), "valid_from": LONG_AGO, **fields}
    municipality: Municipality = Municipality.objects.create(name=name, province=province or make_province(), **values)
    for alias in [name, *aliases]:
        municipality.names.create(name=alias, plain=plain_name(alias))
    return municipality


def make_theme(name: str = "Eenzaamheid", **fields: Any) -> Theme:
    """A theme."""
    theme: Theme = Theme.objects.create(name=name, **{"slug": slugify(name), **fields})
    return theme


def make_werkplaats(
    name: str = "Werkplaats Drenthe", *, areas: Iterable[Municipality] = (), themes: Iterable[Theme] = (), **fields: Any
) -> Werkplaats:
    """A member of the network that serves these municipalities."""
    values = {"slug": slugify(name), "region": name, "status": WerkplaatsStatus.MEMBER, "valid_from": LONG_AGO}
    werkplaats: Werkplaats = Werkplaats.objects.create(name=name, **{**values, **fields})
    for municipality in areas:
        ServiceArea.objects.create(werkplaats=werkplaats, municipality=municipality, valid_from=LONG_AGO)
    werkplaats.themes.set(themes)
    return werkplaats


def make_organisation(name: str = "Welzijn Noord", **fields: Any) -> Organisation:
    """An organisation for care or welfare."""
    organisation: Organisation = Organisation.objects.create(name=name, **{"kind": OrganisationKind.CARE, **fields})
    return organisation


def make_account(
    email: str = "ada@example.org",
    role: str | None = None,
    scope: Werkplaats | Organisation | None = None,
    password: str | None = PASSWORD,
    **fields: Any,
) -> Account:
    """An account with its person, and a role that began long ago: for ``scope``, without one nationally."""
    person = fields.pop("person", None) or Person.objects.create(name=email.partition("@")[0].title(), email=email)
    account: Account = Account.objects.create_user(email, password, person=person, **fields)
    if role:
        # The kinds of scope are named as the kinds of record.
        about = {"scope_kind": kind_of(scope.uid), "scope_uid": scope.uid} if scope else {"scope_kind": "landelijk"}
        account.roles.create(kind=role, valid_from=LONG_AGO, **about)
    return account


def make_question(
    text: str = "Wat helpt tegen eenzaamheid bij ouderen in een dorp zonder winkel?",
    *,
    public: bool = True,
    werkplaats: Werkplaats | None = None,
    themes: Iterable[Theme] = (),
    code: str = "",
    **fields: Any,
) -> Question:
    """A question, public or waiting to be; ``code`` is the one it is followed by, ``status`` goes before ``public``."""
    now = clock.now()
    status = fields.pop("status", QuestionStatus.IN_TREATMENT if public else QuestionStatus.WAITING)
    values: dict[str, Any] = {"asker_role": AskerRole.PROFESSIONAL, "received_at": now, **fields}
    values.setdefault("published_at", now if public else None)
    if code:
        values["code_hash"] = codes.code_hash(code)
    question: Question = Question.objects.create(text=text, werkplaats=werkplaats, status=status, **values)
    question.themes.set(themes)
    for step in dict.fromkeys([QuestionStatus.WAITING, status]):
        StatusChange.objects.create(question=question, status=step, at=values["received_at"] or now, actor="bezoeker")
    return question


def make_partnership(organisation: Organisation, werkplaats: Werkplaats, **fields: Any) -> Partnership:
    """An organisation that takes part in a werkplaats since long."""
    values = {"stage": Stage.ACTIVE, "valid_from": LONG_AGO, **fields}
    partnership: Partnership = Partnership.objects.create(organisation=organisation, werkplaats=werkplaats, **values)
    return partnership


def make_sections(*werkplaatsen: Werkplaats) -> list[SectionPage]:
    """The sections of these werkplaatsen, after the national one."""
    return [make_section(werkplaats=one, by=SYSTEM) for one in (None, *werkplaatsen)]


def make_page(
    title: str = "Kenniskring mantelzorg begint",
    werkplaats: Werkplaats | None = None,
    *,
    model: type[SitePage] = NewsPage,
    live: bool = True,
    parent: Any = None,
    **fields: Any,
) -> Any:
    """A page of a werkplaats, or a national one; ``live``: on the site."""
    themes = fields.pop("themes", [])
    page = model(title=title, **fields)
    if themes:
        page.themes = themes
    national, *others = make_sections(*([werkplaats] if werkplaats else []))
    parent = parent or (others[0] if others else national)
    if live:
        return publish_text(page=page, section=parent, by=SYSTEM)
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(user=fields.get("owner"))
    return page


def make_publication(
    title: str = "Samen in de wijk",
    *,
    werkplaatsen: Iterable[Werkplaats] = (),
    themes: Iterable[Theme] = (),
    organisations: Iterable[Organisation] = (),
    makers: Iterable[str] = (),
    numbers: Iterable[tuple[str, str]] = (),
    published: bool = True,
    **fields: Any,
) -> Publication:
    """A publication by these authors, on the site unless it is a draft."""
    values: dict[str, Any] = {
        "kind": "rapport", "title": title, "werkplaatsen": list(werkplaatsen), "themes": list(themes),
        "organisations": list(organisations), **fields,
    }  # fmt: skip
    made: Publication = library_actions.save_publication(
        publication=Publication(), values=values, makers=[{"name": name} for name in makers], numbers=list(numbers),
        by=SYSTEM,
    )  # fmt: skip
    return library_actions.bring_in(publication=made, by=SYSTEM) if published else made


def make_circle(name: str = "Samenspel", werkplaats: Werkplaats | None = None, **fields: Any) -> Circle:
    """A learning group that everybody may see."""
    values = {"visibility": Visibility.PUBLIC, "summary": "Waar het over gaat.", **fields}
    themes = values.pop("themes", [])
    circle: Circle = Circle.objects.create(name=name, werkplaats=werkplaats or make_werkplaats(), **values)
    circle.themes.set(themes)
    return circle


def make_project(title: str = "Samen eten", werkplaats: Werkplaats | None = None, **fields: Any) -> Project:
    """A project that runs and that everybody may see."""
    values = {"visibility": Visibility.PUBLIC, "state": State.RUNNING, **fields}
    many = {name: values.pop(name) for name in ("questions", "municipalities", "themes", "others") if name in values}
    project: Project = Project.objects.create(title=title, werkplaats=werkplaats, **values)
    for name, rows in many.items():
        getattr(project, name).set(rows)
    return project


def make_pilot(title: str = "Proef in de wijk", werkplaats: Werkplaats | None = None, **fields: Any) -> Pilot:
    """A pilot that everybody may see."""
    values = {"visibility": Visibility.PUBLIC, "tries": "Iets nieuws.", **fields}
    places = values.pop("municipalities", [])
    pilot: Pilot = Pilot.objects.create(title=title, werkplaats=werkplaats or make_werkplaats(), **values)
    pilot.municipalities.set(places)
    return pilot


def make_yield(title: str = "Een training", werkplaats: Werkplaats | None = None, **fields: Any) -> Yield:
    """A yield that everybody may see."""
    values = {"visibility": Visibility.PUBLIC, "kind": YieldKind.TRAINING, "strand": Strand.CONTENT, **fields}
    circle = values.get("circle")
    region = werkplaats or (circle.werkplaats if circle else make_werkplaats())
    made: Yield = Yield.objects.create(title=title, werkplaats=region, **values)
    return made


def fresh(record: Any) -> Any:
    """The record as it is in the database now."""
    return type(record)._default_manager.get(pk=record.pk)
