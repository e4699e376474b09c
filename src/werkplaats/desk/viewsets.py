"""The base of everything on the desk: only the records of one's own scope, in every view."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from wagtail.admin.viewsets.base import ViewSet


class DeskViewSet(ViewSet):
    """Views on one kind of record, found through ``records`` and nothing else.

    A record outside the scope does not exist for this account: 404, not 403.
    """

    model: type[Model]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The records this account may handle at the desk."""
        raise Http404

    def record(self, request: HttpRequest, uid: str) -> Any:
        """One of them; 404 for a foreign one."""
        found = self.records(request).filter(uid=uid).first()
        if found is None:
            raise Http404
        return found
