"""Finding questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models

from werkplaats.agenda.rules import PUBLIC, UNDO_DAYS, Status, help
from werkplaats.catalogue.answers import Answers, answers
from werkplaats.core import clock
from werkplaats.people.rules import RoleKind, has_role, scopes_of


def _staffed() -> Any:
    """The uids of werkplaatsen with a coordinator today."""
    roles = apps.get_model("people", "Role").objects.current().of_kind(RoleKind.COORDINATOR)
    return roles.filter(account__is_active=True).values("scope_uid")


class QuestionQuerySet(models.QuerySet):
    """Questions: for the public, for the desk."""

    def public(self) -> Self:
        """Moderated and not withdrawn."""
        return self.filter(status__in=PUBLIC)

    def waiting(self) -> Self:
        """Not looked at yet, oldest first."""
        return self.filter(status=Status.WAITING).order_by("received_at")

    def handled(self) -> Self:
        """Looked at before, latest received first; undated ones last, on any database."""
        latest = models.F("received_at").desc(nulls_last=True)
        return self.exclude(status=Status.WAITING).order_by(latest, "-pk")

    def for_desk_of(self, account: Any) -> Self:
        """Those this account may handle: of the own werkplaatsen; without a coordinator for a landelijk redacteur."""
        own = models.Q(werkplaats__uid__in=scopes_of(account, RoleKind.COORDINATOR))
        if has_role(account, RoleKind.NATIONAL_EDITOR):
            own |= models.Q(werkplaats=None) | ~models.Q(werkplaats__uid__in=_staffed())
        return self.filter(own)


def answers_to(text: str, *, most: int = 5) -> Answers | None:
    """What there is already for who wants to ask this; nothing for a cry for help: that asks for someone, now."""
    return None if help.is_urgent(help.needs(text)) else answers(text, most=most)


class AnswerQuerySet(models.QuerySet):
    """What became of questions, as their askers read it."""

    def current(self) -> Self:
        """Those that count now."""
        return self.filter(ended_at=None)

    def linking(self) -> Self:
        """Those whose entries stand in the hall as an answer: of a question that is public and answered."""
        return self.current().filter(status=Status.ANSWERED, question__status__in=PUBLIC)


class FoundAnswerQuerySet(models.QuerySet):
    """Answers that were found instead of asked."""

    def of_browser(self, browser: str) -> Self:
        """Those of this browser (its hash) that can still be undone; none without one."""
        first = clock.today() - timedelta(days=UNDO_DAYS)
        return self.filter(browser=browser, day__gte=first) if browser else self.none()

    def counts(self, entry: str) -> dict[str, int]:
        """How many pointed at this entry, by as what."""
        rows = self.filter(entry=entry).order_by().values_list("found_as").annotate(number=models.Count("pk"))
        return dict(rows)  # type: ignore[arg-type]

    def beyond_undoing(self) -> Self:
        """Those that still know their browser though it is of no use any more."""
        return self.filter(day__lt=clock.today() - timedelta(days=UNDO_DAYS)).exclude(browser="")
