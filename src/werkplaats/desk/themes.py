"""Themes on the desk: the tree that everything is filed under."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.terms import actions
from werkplaats.terms.forms import ThemeForm
from werkplaats.terms.models import Theme


class ThemeDesk(DeskViewSet):
    """All themes; to change for the national desk."""

    model = Theme
    name = url_prefix = "themas"
    icon = "list-ul"
    lead = _("Hooguit vijfentwintig, in twee lagen. Een nieuwe naam verandert niets aan wat eronder staat.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("valt onder"), lambda one: one.parent.name if one.parent else "", "parent__name"),
        Column(_("andere woorden"), lambda one: one.synonyms),
        Column(_("landelijk thema"), lambda one: one.is_national, "is_national"),
    )
    searched = ("name", "description", "synonyms")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All."""
        return Theme.objects.select_related("parent")

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, place in the tree, words."""
        form = ThemeForm(data, instance=record, **more)
        form.fields["parent"].queryset = Theme.objects.top().exclude(pk=record.pk)
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        theme = Theme.objects.get(pk=record.pk) if record.pk else Theme()
        return actions.save_theme(theme=theme, values=form.values(), version=version, by=request.user)


theme_desk = ThemeDesk()
