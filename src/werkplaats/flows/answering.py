"""A question is answered: by what stands in the hall, in words for its asker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.agenda.actions import give_answer
from werkplaats.agenda.models import Answer, Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue.models import Entry
from werkplaats.core.action import action
from werkplaats.core.actors import ANYONE
from werkplaats.people.models import Account


@action
def answer_question(
    *,
    question: Question,
    version: int,
    status: str,
    text: str,
    referred_to: str = "",
    entries: Iterable[str] = (),
    due: date | None = None,
    by: Account,
) -> Answer:
    """Say what became of a question, and tie to it what on the site answers it: the trail goes on to the answer.

    ``entries``: uids of public entries, for an answer only. What belongs to another outcome than this one is left
    aside. Raises Conflict when another came first, ValidationError when an entry is not public (any more).
    """
    chosen = list(dict.fromkeys(entries)) if status == Status.ANSWERED else []
    public = set(Entry.objects.visible_to(ANYONE).filter(uid__in=chosen).values_list("uid", flat=True))
    if question.uid in chosen or set(chosen) - public:
        raise ValidationError(_t("Iets dat u koos, staat niet (meer) op de site. Kies opnieuw."))
    return give_answer(
        question=question,
        version=version,
        status=status,
        text=text,
        referred_to=referred_to if status == Status.REFERRED else "",
        entries=chosen,
        due=due if status == Status.RESEARCHED else None,
        by=by,
    )
