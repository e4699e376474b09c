"""Approval by a second person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, TaskState

from werkplaats.news.queries import approvers_of, involved_in, section_of
from werkplaats.news.rules import can_decide


class WaitingLock(WorkflowLock):
    """While a page waits nobody changes it: what is approved is what was read."""

    def get_message(self, user: Any) -> str:
        """Why it cannot be changed now."""
        return _t("Deze pagina wacht op goedkeuring door iemand anders. Tot die tijd kan niemand haar wijzigen.")

    def get_description(self, user: Any, *_rest: Any) -> str:
        """The same, at the side."""
        return self.get_message(user)


class SecondPerson(AbstractGroupApprovalTask):
    """Someone else than who wrote the last change or submitted it looks at a page before it is published."""

    lock_class = WaitingLock

    class Meta:
        verbose_name = _("goedkeuring door een tweede persoon")
        verbose_name_plural = _("goedkeuringen door een tweede persoon")

    def decides(self, page: Any, account: Any) -> bool:
        """Whether this account may approve this page, or send it back."""
        section = section_of(page)
        if section is None:
            return False
        return can_decide(account, section.werkplaats_uid, involved_in(page), approvers_of(section.werkplaats_uid))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Approve and send back, for who may."""
        if not self.decides(obj, user):
            return []
        return [("reject", _("Terugsturen"), True), ("approve", _("Goedkeuren en publiceren"), False)]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do it; raises PermissionDenied for who may not, whatever the address it came from."""
        if not self.decides(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """For everyone."""
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Deciding is done elsewhere."""
        return False

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody locks pages."""
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Those that wait for this account."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        wanted = [one.pk for one in waiting if self.decides(one.workflow_state.content_object, user)]
        return waiting.filter(pk__in=wanted)


def approved_by_another(page: Any, revision: Any) -> bool:
    """Whether someone else than its writer, or who submitted it, approved this revision."""
    done = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED, finished_by__isnull=False)
    rows = done.values_list("finished_by", "workflow_state__requested_by")
    return any(by not in {revision.user_id, asked} for by, asked in rows)
