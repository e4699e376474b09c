"""The page of a project, a learning group, a pilot, a yield, a national theme, or a way of working."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.catalogue import story
from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import Viewer
from werkplaats.core.models import Basis, Visibility
from werkplaats.people.rules import viewer_for
from werkplaats.research.models import Circle, NationalTheme, Pilot, Project, Yield
from werkplaats.research.rules import OVER, State, Strand, can_read_notes
from werkplaats.site.research import KINDS
from werkplaats.site.templatetags.pages import localised, way_to_region
from werkplaats.site.tied import beside, named
from werkplaats.terms.models import Approach

Links = list[tuple[str, str]]
Pages = dict[str, tuple[str, str]]
Facts = list[tuple[str, Any]]


@dataclass
class Sheet:
    """What a page shows: texts under headings, organisations with their part, and what is known in short."""

    title: str
    word: str
    lede: str = ""
    tags: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    people: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)
    facts: Facts = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)
    gap: str = ""
    visibility: str = ""


def _shown(request: HttpRequest, uid: str, kind: str, model: type[Any], make: Callable[..., Sheet]) -> HttpResponse:
    """The record as this viewer may see it; 410 for what was taken off the site, 404 for what is not for this one."""
    viewer = viewer_for(request.user)
    about = KINDS[kind]
    entry = Entry.objects.visible_to(viewer).filter(uid=uid, kind=kind).first()
    with_it = [one.name for one in model._meta.fields if one.name in {"werkplaats", "organisation"}]
    record = model.objects.filter(uid=uid).select_related(*with_it).first()
    context: dict[str, Any] = {"list_title": about.title, "list_url": reverse(about.name)}
    if entry is None or record is None:
        gone = Entry.objects.filter(uid=uid, kind=kind, visibility=Visibility.PUBLIC).exclude(removed_at=None).first()
        if gone is None:
            raise Http404
        return render(request, "site/research/gone.html", {**context, "entry": gone}, status=410)
    sheet = make(record, viewer)
    context |= {"record": record, "sheet": sheet, "hub": story.is_hub(kind), **beside(entry, viewer)}
    return render(request, "site/research/detail.html", context)


# Facts that more kinds have


def _regions(*werkplaatsen: Any) -> Facts:
    found = [way_to_region(one) for one in werkplaatsen if one is not None]
    return [(_t("Werkplaats"), found or [(_t("landelijk"), "")])]


def _places(record: Any) -> Facts:
    found = [(one.name, localised(one.get_absolute_url())) for one in record.municipalities.order_by("name")]
    return [(_t("Gemeenten"), found)] if found else []


def _filed(record: Any, kind: str) -> Facts:
    """Themes lead to the same list; ways of working to their own pages."""
    there = reverse(KINDS[kind].name)
    themes = [(one.name, f"{there}?thema={one.uid}") for one in record.themes.all()]
    ways = record.approaches.all() if hasattr(record, "approaches") else ()
    approaches = [(one.name, localised(one.get_absolute_url())) for one in ways]
    found: Facts = [(_t("Thema's"), themes)] if themes else []
    return [*found, (_t("Aanpakken"), approaches)] if approaches else found


def _source(record: Any) -> Facts:
    basis = record.get_basis_display()
    return [(_t("Bron"), f"{record.source} ({basis})" if record.source else _t("niet genoemd (%s)") % basis)]


def _state(record: Any) -> Facts:
    return [(_t("Stand"), record.get_state_display().capitalize()), (_t("Periode"), record.period.capitalize())]


def _stopped(record: Any) -> list[tuple[str, str]]:
    return [(_t("Waarom het stopte"), record.stopped_because)] if record.state == State.STOPPED else []


def _partners(record: Any) -> list[Any]:
    return list(record.partners.select_related("organisation"))


def _parts(partners: Iterable[Any], pages: Pages) -> list[tuple[str, str, str]]:
    """Of each its name (or only its role), its part and its page."""
    return [
        (one.organisation.name, one.role, _page_of(pages, one.organisation)) if one.organisation else (one.role, "", "")
        for one in partners
    ]


def _with_pages(viewer: Viewer, partners: Iterable[Any], *others: str) -> Pages:
    """Title and address of the organisations of these partners, and of the records with these uids."""
    return named([*(one.organisation.uid for one in partners if one.organisation), *others], viewer)


def _page_of(pages: Pages, organisation: Any) -> str:
    return localised(pages[organisation.uid][1]) if organisation and organisation.uid in pages else ""


def _tags(record: Any) -> list[str]:
    """What a reader must know first: where it stands, that it is invented, that not everyone sees it."""
    state = [record.get_state_display()] if hasattr(record, "state") else []
    doubt = [] if record.basis == Basis.KNOWN else [record.get_basis_display()]
    hidden = getattr(record, "visibility", Visibility.PUBLIC)
    seen = [] if hidden == Visibility.PUBLIC else [_t("alleen voor: %s") % record.get_visibility_display()]
    return [*state, *doubt, *seen]


# Each kind


def _project(record: Project, viewer: Viewer) -> Sheet:
    partners, questions = _partners(record), set(record.questions.values_list("uid", flat=True))
    led_by = [record.organisation.uid] if record.organisation else []
    pages = _with_pages(viewer, partners, *led_by, *questions)
    lead = ", ".join(filter(None, (str(record.organisation or ""), record.lectorate)))
    # A gap that is told, without what is in it.
    gap = len(questions - pages.keys())
    said = ngettext(
        "Het kwam ook voort uit een vraag die niet openbaar is.",
        "Het kwam ook voort uit %(n)d vragen die niet openbaar zijn.",
        gap,
    )
    return Sheet(
        record.title,
        _t("Project"),
        record.summary,
        _tags(record),
        [*_stopped(record), (_t("Waarom"), record.why), (_t("Plan"), record.plan)],
        [(_t("Partners"), _parts(partners, pages))] if partners else [],
        [
            *_state(record),
            *([(_t("Geleid door"), [(lead, _page_of(pages, record.organisation))])] if lead else []),
            *_regions(record.werkplaats, *record.others.all()),
            *_places(record),
            *_filed(record, "project"),
            *_source(record),
        ],
        gap=said % {"n": gap} if gap else "",
    )


def _circle(record: Circle, viewer: Viewer) -> Sheet:
    members, partners = list(record.members.select_related("organisation")), _partners(record)
    pages = _with_pages(viewer, [*members, *partners])
    together = _t("Werkte samen met") if record.state in OVER else _t("Werkt samen met")
    people = [(_t("Wie meedoen"), _parts(members, pages)), (together, _parts(partners, pages))]
    return Sheet(
        record.name,
        record.word.capitalize(),
        record.summary,
        _tags(record),
        [*_stopped(record), (_t("Waar de groep naar kijkt"), record.looks_at)],
        [(heading, rows) for heading, rows in people if rows],
        [
            *_state(record),
            *_regions(record.werkplaats),
            *_filed(record, "kenniskring"),
            *_source(record),
        ],
        [_meeting(one, viewer) for one in record.meetings.prefetch_related("steps")],
    )


def _meeting(meeting: Any, viewer: Viewer) -> dict[str, Any]:
    """A meeting; its notes and agreements for the inside only."""
    inside = can_read_notes(viewer, meeting)
    return {
        "when": meeting.when or _t("datum onbekend"),
        "place": meeting.place,
        "discussed": meeting.discussed,
        "notes": meeting.notes if inside else "",
        "steps": list(meeting.steps.all()) if inside else [],
    }


def _pilot(record: Pilot, viewer: Viewer) -> Sheet:
    partners = _partners(record)
    pages = _with_pages(viewer, partners, record.tried)
    waits = bool(record.outcome) and not record.said("outcome")
    # Of what is over nobody may ever find out.
    silent = _t("Niet bekend.") if record.state in OVER else _t("Nog niet bekend.")
    unknown = _t("Wat eruit kwam, wordt nog nagelezen.") if waits else silent
    tried = pages.get(record.tried)
    return Sheet(
        record.title,
        _t("Pilot"),
        "",
        _tags(record),
        [
            (_t("Wat er geprobeerd wordt"), record.tries),
            *_stopped(record),
            (_t("Wat eruit kwam"), record.said("outcome") or unknown),
        ],
        [(_t("Wie meedoen"), _parts(partners, pages))] if partners else [],
        [
            *_state(record),
            (_t("Opzet"), record.get_design_display().capitalize()),
            *([(_t("Beproeft"), [(tried[0], localised(tried[1]))])] if tried else []),
            *_regions(record.werkplaats),
            *_places(record),
            *_filed(record, "pilot"),
            *_source(record),
        ],
    )


def _yield(record: Yield, viewer: Viewer) -> Sheet:
    partners = _partners(record)
    pages = _with_pages(viewer, partners, record.points_at)
    strand = str(Strand(record.strand).label).capitalize()
    there = pages.get(record.points_at)
    return Sheet(
        record.said("title"),
        _t("Opbrengst"),
        "",
        [record.get_kind_display(), *_tags(record)],
        [(_t("Wat het is"), record.said("description")), (_t("Waarom op deze krachtlijn"), record.why)],
        [(_t("Gemaakt met"), _parts(partners, pages))] if partners else [],
        [
            (_t("Soort"), record.get_kind_display().capitalize()),
            (_t("Krachtlijn"), [(strand, f"{reverse('yields')}?krachtlijn={record.strand}")]),
            *([(_t("Te vinden als"), [(there[0], localised(there[1]))])] if there else []),
            *([(_t("Voor wie"), record.audience)] if record.audience else []),
            (_t("Wanneer"), (record.when or _t("onbekend")).capitalize()),
            *_regions(record.werkplaats),
            *_places(record),
            *_filed(record, "opbrengst"),
            *_source(record),
        ],
    )


def _national(record: NationalTheme, viewer: Viewer) -> Sheet:
    work = [
        (
            way_to_region(one.werkplaats)[0],
            "; ".join(filter(None, (one.period, one.tasks_in_words, one.what))),
            way_to_region(one.werkplaats)[1],
        )
        for one in record.work.select_related("werkplaats")
    ]
    return Sheet(
        record.name,
        _t("Landelijk thema"),
        "",
        _tags(record),
        [(_t("Waar het over gaat"), record.description)],
        [(_t("Werkplaatsen die eraan werken"), work)] if work else [],
        [*_filed(record, "landelijkthema"), *_source(record)],
    )


def _approach(record: Approach, viewer: Viewer) -> Sheet:
    also: Facts = [(_t("Ook wel"), ", ".join(record.synonyms))] if record.synonyms else []
    return Sheet(
        record.name,
        _t("Aanpak"),
        "",
        _tags(record),
        [(_t("Wat het is"), record.description)],
        facts=[*also, *_filed(record, "aanpak"), *_source(record)],
    )


# Addresses


def project(request: HttpRequest, uid: str) -> HttpResponse:
    """A project."""
    return _shown(request, uid, "project", Project, _project)


def circle(request: HttpRequest, uid: str) -> HttpResponse:
    """A learning group."""
    return _shown(request, uid, "kenniskring", Circle, _circle)


def pilot(request: HttpRequest, uid: str) -> HttpResponse:
    """A pilot."""
    return _shown(request, uid, "pilot", Pilot, _pilot)


def one_yield(request: HttpRequest, uid: str) -> HttpResponse:
    """A yield."""
    return _shown(request, uid, "opbrengst", Yield, _yield)


def national_theme(request: HttpRequest, uid: str) -> HttpResponse:
    """A national theme."""
    return _shown(request, uid, "landelijkthema", NationalTheme, _national)


def approach(request: HttpRequest, uid: str) -> HttpResponse:
    """A way of working."""
    return _shown(request, uid, "aanpak", Approach, _approach)


def with_slug(request: HttpRequest, uid: str, slug: str, name: str) -> HttpResponse:
    """Words behind the identifier are decoration; ``name``: the address without them."""
    return redirect(name, uid=uid, permanent=True)
