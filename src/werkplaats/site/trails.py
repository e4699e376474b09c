"""The trail of an entry: as a picture, as text beside it, and as a file to take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.catalogue import story
from werkplaats.catalogue.language import seams
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.trail import Step, Tie, Trail, trail_of
from werkplaats.core import clock, dates, lanes, registry
from werkplaats.core.lanes import Item
from werkplaats.people.rules import viewer_for
from werkplaats.site.templatetags.pages import localised

# The lane of a theme, place or organisation that one begins from: it is no step of the story.
_BEFORE = -1
# Room for the address below it.
_NARROWEST_SHEET = 640
# More sentences than this are folded.
_MANY = 8


@dataclass(frozen=True)
class Told:
    """A step as the text tells it, with those that were reached from it."""

    step: Step
    kind: str
    title: str
    url: str
    ties: list[str]
    notes: tuple[str, ...]
    below: list[Told]

    @property
    def entry(self) -> Entry:
        """The entry it is."""
        return self.step.entry


def trail(request: HttpRequest, uid: str) -> HttpResponse:
    """The trail from one entry, both ways; 410 when it was there, 404 when it never was or is not for this reader."""
    found = trail_of(uid, viewer=viewer_for(request.user))
    if found is None:
        return _gone(request, uid)
    context = {
        "trail": found,
        "start": _told(found, found.start),
        "hub": story.is_hub(found.start.entry.kind),
        "said": _said(found),
        "crossing": _crossing(found),
        "address": request.build_absolute_uri(reverse("trail", args=[found.start.uid])),
        "fold": len(found.ties) - len(found.steps) >= _MANY,
        "gaps": found.gaps,
        "ends": _ends(found),
        "count": len(found.steps) - 1,
        **_drawn(found),
    }
    return render(request, "site/trail/trail.html", context)


def drawing(request: HttpRequest, uid: str) -> HttpResponse:
    """The picture alone, to take along: its looks stand in the file itself."""
    found = trail_of(uid, viewer=viewer_for(request.user))
    if found is None:
        return _gone(request, uid)
    title = _t("Keten van: %(title)s") % {"title": found.start.entry.title}
    words = {"site": settings.SITE_NAME, "day": dates.show(clock.today(), "dag")}
    wide = _drawn(found)["wide"]
    width = max(wide.width, _NARROWEST_SHEET)
    lines = lanes.title(title, width)
    context = {
        "drawing": wide,
        "title": title,
        "lines": lines,
        "below": lines[-1].y,
        "said": _said(found),
        "feet": [_t("Bron: %(site)s, %(day)s.") % words, request.build_absolute_uri(request.path)],
        "sheet": {"width": width + 48, "height": wide.height + lines[-1].y + 148, "foot": wide.height + 28},
    }
    response = render(request, "site/trail/drawing.svg", context, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="keten-{slugify(found.start.entry.title)[:60]}.svg"'
    return response


def _gone(request: HttpRequest, uid: str) -> HttpResponse:
    entry = Entry.objects.ever_visible_to(viewer_for(request.user)).filter(uid=uid).first()
    if entry is None or entry.removed_at is None:
        raise Http404
    return render(request, "site/trail/gone.html", {"day": entry.removed_at}, status=410)


def _kind(kind: str) -> str:
    return str(registry.sources[kind].label).capitalize() if kind in registry.sources else kind.capitalize()


def said_of(tie: Tie, uid: str) -> str:
    """What a tie says, seen from the record with this uid."""
    from_here, from_there = registry.TIES.get(tie.tie, (tie.tie, tie.tie))
    return _t(from_here if tie.source == uid else from_there)


def _notes(step: Step) -> tuple[str, ...]:
    notes = []
    if step.more:
        said = ngettext("en nog %(n)d stap die hier niet staat", "en nog %(n)d stappen die hier niet staan", step.more)
        notes.append(said % {"n": step.more})
    if step.gone:
        notes.append(_t("hing vast aan een stap die niet meer openbaar is"))
    return tuple(notes)


def _told(found: Trail, step: Step) -> Told:
    return Told(
        step,
        _kind(step.entry.kind),
        step.entry.title,
        localised(step.entry.url),
        [said_of(tie, step.parent) for tie in step.by],
        _notes(step),
        [_told(found, one) for one in found.children.get(step.uid, [])],
    )


def _ends(found: Trail) -> list[tuple[str, str, str]]:
    """What steps belong to or are about: title, address, kind."""
    return [(entry.title, localised(entry.url), _kind(entry.kind)) for entry, _ties in found.ends]


def _said(found: Trail) -> str:
    """The picture in one sentence."""
    many = len(found.steps) - 1
    said = ngettext("%(n)d stap hangt samen met: %(title)s.", "%(n)d stappen hangen samen met: %(title)s.", many)
    return said % {"n": many, "title": found.start.entry.title}


def _crossing(found: Trail) -> list[str]:
    """The ties that the nested list does not tell: between steps that were each reached from another."""
    told = {tie for step in found.steps for tie in step.by}
    return [_sentence(found, tie) for tie in found.ties if tie not in told]


def _sentence(found: Trail, tie: Tie) -> str:
    titles = [Truncator(found.entries[uid].title).chars(90) for uid in (tie.source, tie.target)]
    return f"{titles[0]} – {said_of(tie, tie.source)} – {titles[1]}"


def _drawn(found: Trail) -> dict[str, Any]:
    """The picture twice: lanes side by side, and below each other for a telephone."""
    labels = {story.place_of(one.name): str(one.label) for one in story.STAGES}
    labels[_BEFORE] = _kind(found.start.entry.kind)
    items = [_item(found, step) for step in found.steps]
    answered = [step for step in found.steps if story.is_answered(step.entry)]
    items += [_answer(step) for step in answered]
    items += [Item(f"gap-{gap.stage}", story.place_of(gap.stage), "", str(gap.text), look="gap") for gap in found.gaps]
    ties = [(tie.source, tie.target, _sentence(found, tie)) for tie in found.ties]
    answers = [(step.uid, f"antwoord-{step.uid}", _t("is beantwoord")) for step in answered]
    # A margin holds few lines: from each step to the one it was first reached from.
    few = [(step.parent, step.uid, _sentence(found, step.by[0])) for step in found.steps[1:]]
    wide, tall = lanes.across(items, ties + answers, labels, seams), lanes.down(items, few + answers, labels, seams)
    return {"wide": wide, "tall": tall, "scrolls": wide.width > lanes.WIDTH + 2}


def _item(found: Trail, step: Step) -> Item:
    here = step is found.start
    kind = _kind(step.entry.kind)
    return Item(
        step.uid,
        _BEFORE if story.is_hub(step.entry.kind) else story.place_of(step.stage),
        f"{kind}, {_t('hier bent u')}" if here else kind,
        step.entry.title,
        url=localised(step.entry.url),
        notes=_notes(step),
        look="start" if here else "",
        lang=step.entry.lang,
    )


def _answer(step: Step) -> Item:
    title = Truncator(step.entry.title).chars(60)
    return Item(
        f"antwoord-{step.uid}",
        story.place_of(story.ANSWER),
        _t("Antwoord"),
        _t("Op de vraag: %(title)s") % {"title": title},
        url=f"{localised(step.entry.url)}#antwoord",
        look="answer",
    )
