"""The questions: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.agenda.rules import AskerRole, FoundAs, Status
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.actors import ANYONE
from werkplaats.core.dates import show
from werkplaats.network.models import Werkplaats
from werkplaats.site.filtering import listing, rows_of
from werkplaats.site.templatetags.pages import localised, way_to_region
from werkplaats.site.tied import beside


def overview(request: HttpRequest) -> HttpResponse:
    """All public questions, with facets."""
    facets = [
        ("thema", _t("Thema")),
        ("werkplaats", _t("Werkplaats")),
        ("gemeente", _t("Gemeente")),
        ("status", _t("Status")),
    ]
    found = listing(request, kinds=frozenset({"vraag"}), facets=facets, unseen=["hoofdthema"])
    return render(request, "site/questions/overview.html", {"listing": found})


def with_slug(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    """Words behind the identifier are decoration."""
    return redirect("question", uid=uid, permanent=True)


def detail(request: HttpRequest, uid: str) -> HttpResponse:
    """A question with what is being done with it; a withdrawn one answers 410 with its date and region."""
    question = Question.objects.select_related("werkplaats", "municipality").filter(uid=uid).first()
    entry = get_object_or_404(Entry, uid=uid, kind="vraag")
    if entry.removed_at:
        regions = Werkplaats.objects.with_uids(entry.facets.get("werkplaats", []))
        context = {"entry": entry, "day": entry.removed_at, "regions": list(regions.values())}
        context["withdrawn"] = question is None or question.status == Status.WITHDRAWN
        return render(request, "site/questions/gone.html", context, status=410)
    if question is None or not question.is_public:
        return get_object_or_404(Question.objects.public(), uid=uid)  # raises 404
    context = {
        "question": question,
        "facts": _facts(question, list(question.themes.all())),
        "overdue": question.due is not None and question.due < clock.today(),
        "supports": _supports(question),
        "steps": steps_of(question, messages=False),
        "answer": answer_of(question),
        **beside(entry, ANYONE),
    }
    return render(request, "site/questions/detail.html", context)


def _supports(question: Question) -> list[tuple[str, str, str]]:
    """Who has the same question, and why."""
    supports = question.supports.current().select_related("organisation")
    return [
        (one.organisation.name, one.get_mandate_display() + (f": {one.reason}" if one.reason else ""), "")
        for one in supports
    ]


def steps_of(question: Question, *, messages: bool) -> list[tuple[str, str, str, bool]]:
    """The life of a question for a timeline; the asker also reads the messages."""
    changes = list(question.changes.all())
    return [
        (
            show(change.at.astimezone(clock.AMSTERDAM).date(), "dag"),
            str(change.get_status_display()).capitalize(),
            change.message if messages else "",
            number == len(changes),
        )
        for number, change in enumerate(changes, 1)
    ]


def answer_of(question: Question) -> dict[str, Any] | None:
    """What became of a public question, as its asker and everyone reads it; nothing as long as nobody said."""
    answer = question.answers.current().first() if question.is_public else None
    if answer is None:
        return None
    uids = list(answer.entries.values_list("entry", flat=True))
    found = {entry.uid: entry for entry in Entry.objects.visible_to(ANYONE).filter(uid__in=uids)}
    shown = [found[uid] for uid in uids if uid in found]
    label, lede = {
        Status.ANSWERED: (_t("Antwoord"), _t("Uw vraag is beantwoord. Hieronder leest u het antwoord.")),
        Status.RESEARCHED: (_t("In onderzoek"), _t("Uw vraag wordt onderzocht. Hieronder leest u hoe.")),
        Status.REFERRED: (
            _t("Doorverwezen naar %(who)s") % {"who": answer.referred_to},
            _t("Uw vraag is doorverwezen. Hieronder leest u naar wie, en waarom."),
        ),
        Status.NOT_TAKEN: (_t("Niet opgepakt"), _t("Uw vraag is niet opgepakt. Hieronder leest u waarom.")),
    }[Status(answer.status)]
    return {
        "label": label,
        "lede": lede,
        "text": answer.text,
        "day": show(answer.at.astimezone(clock.AMSTERDAM).date(), "dag"),
        "who": question.werkplaats.name if question.werkplaats else _t("het landelijk netwerk"),
        "rows": rows_of(shown, show_kind=True),
        "gone": len(shown) < len(uids),
    }


def _facts(question: Question, themes: list[Any]) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_t("Status"), str(question.get_status_display()).capitalize())]
    if question.due:
        facts.append((_t("Bericht uiterlijk"), show(question.due, "dag")))
    if question.werkplaats:
        facts.append((_t("Werkplaats"), [way_to_region(question.werkplaats)]))
    if question.municipality and not question.region_only:
        url = localised(question.municipality.get_absolute_url())
        facts.append((_t("Gemeente"), [(question.municipality.name, url)]))
    if question.asker_role != AskerRole.UNKNOWN and not question.region_only:
        facts.append((_t("Gesteld"), str(question.get_asker_role_display())))
    if themes:
        facts.append((_t("Thema's"), [(one.name, localised(f"/vragen/?thema={one.uid}")) for one in themes]))
    received = question.received_at and show(question.received_at.astimezone(clock.AMSTERDAM).date(), "dag")
    facts.append((_t("Ontvangen"), received or _t("datum onbekend")))
    facts += _found(question.uid)
    if question.source:
        facts.append((_t("Bron"), _t("Uit een eerdere ronde van de werkplaats")))
    return facts


def _found(uid: str) -> list[tuple[str, str]]:
    """How many visitors pointed at it instead of asking, each as what it was to them."""
    counts = FoundAnswer.objects.counts(uid)
    facts = []
    if same := counts.get(FoundAs.SAME, 0):
        said = ngettext("%(n)d bezoeker heeft deze vraag ook", "%(n)d bezoekers hebben deze vraag ook", same)
        facts.append((_t("Ook de vraag van"), said % {"n": same}))
    if helped := counts.get(FoundAs.ANSWER, 0):
        said = ngettext("%(n)d bezoeker vond hier een antwoord", "%(n)d bezoekers vonden hier een antwoord", helped)
        facts.append((_t("Geholpen"), said % {"n": helped}))
    return facts
