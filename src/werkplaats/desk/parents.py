"""Records that are added at another: a goal at a phase, an agreement at a partnership. The address says which one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from werkplaats.desk.viewsets import DeskViewSet

if TYPE_CHECKING:
    _Base = DeskViewSet
else:
    _Base = object


class AtParent(_Base):
    """For a DeskViewSet. ``parent``: the key to the other; ``asked``: how its uid is called in an address."""

    parent: str
    asked: str

    def parents(self, request: HttpRequest) -> QuerySet[Any]:
        """The others at which this account may find itself when it adds one."""
        raise Http404

    def parent_of(self, request: HttpRequest) -> Any:
        """The one in the address, or None."""
        return self.parents(request).filter(uid=request.GET.get(self.asked, "")).first()

    def new_address(self, parent: Any) -> str:
        """Where one is added to it."""
        return f"{reverse(self.get_url_name('new'))}?{self.asked}={parent.uid}"

    def blank(self, request: HttpRequest) -> Model:
        """Of the one in the address; 404 for one that is not there for this account."""
        parent = self.parent_of(request)
        if parent is None:
            raise Http404
        return self.model(**{self.parent: parent})

    def about(self, record: Any) -> list[str]:
        """The one at which it is added."""
        return [getattr(record, self.parent).uid]
