"""What there is to find, and what a page says of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue import changes
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.models import Visibility

Step = Callable[[], int]
FEED, CSV = "/feeds/vermeldingen/", "/zoeken/lijst.csv"
WORRY = "Mijn kamerplant en ik hebben schulden en durven de post niet open te maken."


def days_ago(number: int, text: str, **fields: Any) -> Question:
    """A question that became public so many days ago."""
    return factories.make_question(text, published_at=clock.now() - timedelta(days=number), **fields)


def among_others(text: str) -> Question:
    """A question, and some that have nothing to do with it: a word says more when not everything has it."""
    for other in ("Hoe werkt een brievenbus?", "Waar is een zwembad?", "Welke boom groeit hier?"):
        factories.make_question(other)
    return factories.make_question(text)


def hide(question: Question) -> None:
    """As an editor would: from now on for the network only."""
    Entry.objects.filter(uid=question.uid).update(
        visibility=Visibility.NETWORK, changed_in=changes.this_transaction(), datestamp=clock.now()
    )


def take_away(question: Question) -> None:
    """Its asker takes it back."""
    question.status, question.text = Status.WITHDRAWN, ""
    question.save()


def pieces(pattern: str, page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(pattern, page, re.DOTALL)]


def reasons_on(page: str) -> list[str]:
    return [one for some in re.findall(r'<ul class="reasons".*?</ul>', page) for one in pieces(r"<li>(.*?)</li>", some)]
