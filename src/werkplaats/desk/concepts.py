"""The glossary on the desk: words of the network, explained."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.terms import actions
from werkplaats.terms.forms import ConceptForm
from werkplaats.terms.models import Concept


def exists(path: str) -> bool:
    """Whether an address of the site leads somewhere."""
    try:
        resolve(path.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True


class ConceptDesk(DeskViewSet):
    """All words; to change for the national desk."""

    model = Concept
    name = url_prefix = "begrippen"
    icon = "help"
    lead = _("Woorden van het netwerk, zo uitgelegd dat iedereen ze begrijpt. Ze staan op de site onder Begrippen.")
    columns = (
        Column(_("begrip"), lambda one: one.term, "term"),
        Column(_("in gewone woorden"), lambda one: one.meaning),
        Column(_("andere woorden"), lambda one: one.other_words),
        Column(_("in gebruik"), lambda one: one.is_used, "is_used"),
    )
    searched = ("term", "other_words", "meaning", "more")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All."""
        return Concept.objects.all()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """The word, what it means, where it lives."""
        return ConceptForm(data, instance=record, exists=exists, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        concept = Concept.objects.get(pk=record.pk) if record.pk else Concept()
        return actions.save_concept(concept=concept, values=form.values(), version=version, by=request.user)


concept_desk = ConceptDesk()
