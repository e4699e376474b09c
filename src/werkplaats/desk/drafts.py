"""What is typed at the desk is kept while typing, and put back when the form is opened again."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import formats, timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from werkplaats.core import drafts
from werkplaats.core.models import Draft

# The form's own, not typed by anyone.
_OWN = frozenset({"csrfmiddlewaretoken", "version", "plek", "concept", "meer"})
_PLACE = re.compile(r"[a-z-]{1,40}:[A-Za-z0-9:-]{1,110}")


class Typed:
    """What was typed in one form: sent now, or kept before."""

    def __init__(self, request: HttpRequest, place: str) -> None:
        self.request, self.place = request, place
        self.sent = request.POST if request.method == "POST" else None
        self.draft: Draft | None = None if self.sent is not None else drafts.find(place=place, by=request.user)

    def thrown_away(self) -> bool:
        """Whether the writer does not want the draft any more; it is gone then."""
        if self.sent is None or self.sent.get("concept") != "weg":
            return False
        drafts.drop(place=self.place, by=self.request.user)
        return True

    def asks_more(self) -> bool:
        """Whether the writer only wants another row to type in."""
        return self.sent is not None and bool(self.sent.get("meer"))

    def over(self, form: Any) -> Any:
        """The form, with what was kept laid over what is known; or what was sent, to go on typing."""
        if self.sent is not None and self.asks_more():
            return _laid(form, self.sent)
        if self.draft is None:
            return form
        form.kept_at = self.draft.kept_at
        kept = QueryDict(mutable=True)
        for name, values in self.draft.fields.items():
            kept.setlist(name, values)
        return _laid(form, kept)

    def outdated(self, version: int) -> bool:
        """Whether the record was changed since this was typed."""
        return self.draft is not None and self.draft.version != version


def _laid(form: Any, typed: QueryDict) -> Any:
    """Over a form that is not sent what was typed in it."""
    for name, field in form.fields.items():
        full, widget = form.add_prefix(name), field.widget
        if not widget.value_omitted_from_data(typed, {}, full) or full in typed:
            form.initial[name] = widget.value_from_datadict(typed, {}, full)
    return form


@require_admin_access
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed in one form, for its writer alone."""
    place = request.POST.get("plek", "")
    if not _PLACE.fullmatch(place):
        return HttpResponse(status=400)
    fields = {name: values for name, values in request.POST.lists() if name not in _OWN}
    version = request.POST.get("version", "0")
    number = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    try:
        draft = drafts.keep(place=place, fields=fields, version=number, by=request.user)
    except drafts.TooLong:
        return HttpResponse(status=413)
    at = formats.date_format(timezone.localtime(draft.kept_at), "H:i")
    return JsonResponse({"om": at})
