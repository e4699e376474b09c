"""How questions appear in the hall: moderated ones, in the masked copy only."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.utils.text import Truncator
from django.utils.translation import gettext as _t

from werkplaats.agenda.models import Answer, AnsweringEntry, Question, Support
from werkplaats.agenda.rules import Status
from werkplaats.core import registry
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.network.models import Organisation


def _records() -> Any:
    supports = Support.objects.current().select_related("organisation")
    return (
        Question.objects.public()
        .select_related("werkplaats", "municipality")
        .prefetch_related("themes__parent", Prefetch("supports", supports))
    )


def _entry(record: Question) -> EntryData:
    text = record.public_text
    line = " ".join(text.split())
    title = Truncator(line).chars(140)
    supporters = [support.organisation for support in record.supports.all()]
    themes = sorted(theme.uid for theme in record.themes.all())
    top = sorted({theme.top.uid for theme in record.themes.all()})
    regions = [record.werkplaats.uid] if record.werkplaats else []
    places = [record.municipality.uid] if record.municipality and not record.region_only else []
    return EntryData(
        title=title,
        url=record.get_absolute_url(),
        summary="" if title == line else Truncator(line).chars(320),
        body=text,
        lang=record.lang,
        published_at=record.published_at,
        starts_on=record.received_at.date() if record.received_at else None,
        facets={
            "thema": themes,
            "hoofdthema": top,
            "werkplaats": regions,
            "gemeente": places,
            "status": [record.status],
            "hierook": sorted(organisation.uid for organisation in supporters),
        },
        links=(
            *(LinkData("hoort_bij", uid) for uid in regions),
            *(LinkData("gaat_over", uid) for uid in [*themes, *places]),
        ),
    )


def _gone(uid: str) -> str:
    status = Question.objects.filter(uid=uid).values_list("status", flat=True).first()
    if status == Status.WITHDRAWN:
        return _t("ingetrokken door de vrager")
    return _t("van de site gehaald door de werkplaats") if status == Status.REFUSED else ""


def _answered(uids: list[str]) -> dict[str, list[LinkData]]:
    """Of entries of any kind the questions that they answer, as a coordinator said."""
    rows = AnsweringEntry.objects.filter(entry__in=uids, answer__in=Answer.objects.linking())
    found: dict[str, list[LinkData]] = defaultdict(list)
    for entry, question in rows.values_list("entry", "answer__question__uid"):
        found[entry].append(LinkData("beantwoordt", question))
    return found


def _entries_of(answer: Answer) -> list[str]:
    return list(answer.entries.values_list("entry", flat=True))


def _answering(question: Question) -> list[str]:
    """The entries that answer it: when it is taken off the site, they answer nothing any more."""
    rows = AnsweringEntry.objects.filter(answer__question=question, answer__ended_at=None)
    return list(rows.values_list("entry", flat=True))


def register() -> None:
    """Tell the core about questions."""
    registry.add_source(registry.Source("vraag", Question, Question._meta.verbose_name, _records, _entry, _gone))
    registry.add_affects(Support, lambda support: [support.question.uid])
    registry.add_links(_answered)
    registry.add_affects(Answer, _entries_of)
    registry.add_affects(AnsweringEntry, lambda row: [row.entry])
    registry.add_affects(Question, _answering)
    # Who says so is named with the question, whether it takes part in a werkplaats or not.
    registry.add_labels("hierook", Organisation.objects.with_uids)
    known = {status.value: status.label for status in Status}
    registry.add_labels("status", lambda values: {value: str(known[value]) for value in values if value in known})
