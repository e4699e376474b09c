"""Words that mean the same, on the desk: what those who search type, and what others wrote."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.catalogue.language import plain_words, root
from werkplaats.catalogue.words import telling
from werkplaats.core.versions import Conflict
from werkplaats.desk.listing import Column
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.people.rules import RoleKind, has_role
from werkplaats.terms import actions
from werkplaats.terms.forms import SynonymForm
from werkplaats.terms.models import SynonymGroup

_CONFLICT = _(
    "Iemand anders heeft deze woorden intussen gewijzigd. Wat u typte, staat er nog. "
    "Kijk wat er nu staat en bewaar opnieuw."
)
_LONGEST_SEARCH = 60


def can_edit_words(account: Any) -> bool:
    """They hold for the whole site, so it takes a national role."""
    return any(has_role(account, kind) for kind in (RoleKind.NATIONAL_EDITOR, RoleKind.ADMINISTRATOR))


def read(text: str) -> list[str]:
    """What search makes of a word or phrase."""
    return [root(word) for word in telling(plain_words(text))]


def search_address(word: str) -> str:
    """Where to try a word."""
    return f"{reverse('search')}?{urlencode({'q': word})}"


class SynonymDesk(DeskViewSet):
    """All groups, for those who may edit them."""

    model = SynonymGroup
    name = "woorden"
    url_prefix = "woorden"
    icon = "tag"
    columns = (
        Column(_("woorden"), lambda one: one.words),
        Column(_("opmerking"), lambda one: one.note),
        Column(_("in gebruik"), lambda one: one.is_used),
    )

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All groups; for others they do not exist."""
        if not can_edit_words(request.user):
            raise Http404
        return SynonymGroup.objects.all()

    def get_urlpatterns(self) -> list[Any]:
        """The list, a new one, the page of each, and taking one out of use or back."""
        return [
            path("", require_admin_access(self.index), name="index"),
            path("nieuw/", require_admin_access(self.new), name="new"),
            path("<uid:uid>/", require_admin_access(self.edit), name="edit"),
            path("<uid:uid>/gebruik/", require_admin_access(self.use), name="use"),
            *(one for one in super().get_urlpatterns() if one.name in {"export", "history"}),
        ]

    def address(self, record: Any) -> str:
        """Where it is changed."""
        return reverse(self.get_url_name("edit"), args=[record.uid])

    def index(self, request: HttpRequest) -> HttpResponse:
        """The groups in use, and those that were taken out of it; ``q`` looks for a word."""
        text = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
        found = self.records(request).listed(text)
        context = {
            **self._page(_t("Woorden")),
            "text": text,
            "used": [group for group in found if group.is_used],
            "unused": [group for group in found if not group.is_used],
        }
        return TemplateResponse(request, "desk/synonyms/index.html", context)

    def new(self, request: HttpRequest) -> HttpResponse:
        """A new group; ``woord`` is its first."""
        self.records(request)
        return self._form(request, None)

    def edit(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One group."""
        return self._form(request, self.record(request, uid))

    def use(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Take a group out of use, or back into it."""
        group = self.record(request, uid)
        back = request.POST.get("gebruik") == "weer"
        if request.method == "POST":
            act = actions.restore_synonyms if back else actions.end_synonyms
            try:
                act(group=group, version=_version(request), by=request.user)
                messages.success(request, _USED if back else _NOT_USED)
            except Conflict:
                messages.error(request, _LOOK_FIRST)
        return redirect(self.get_url_name("edit"), uid)

    def _form(self, request: HttpRequest, group: SynonymGroup | None) -> HttpResponse:
        sent = request.POST if request.method == "POST" else None
        first = {"words": request.GET.get("woord", "")[:_LONGEST_SEARCH]}
        form = SynonymForm(sent, group=group, read=read, initial=first)
        conflict = False
        if sent is not None and form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("words", "note")}
            try:
                saved = actions.save_synonyms(group=group, version=_version(request), by=request.user, **values)
                self._tell(request, saved)
                return redirect(self.get_url_name("index"))
            except Conflict:
                form.add_error(None, _CONFLICT)
                # Read again: what the other made of it is shown beside what was typed here.
                group, conflict = self.record(request, uid=group.uid if group else ""), True
        title = _t("Woorden wijzigen") if group else _t("Nieuwe groep woorden")
        context = {**self._page(title), "form": form, "group": group, "conflict": conflict}
        return TemplateResponse(request, "desk/synonyms/edit.html", context)

    def _tell(self, request: HttpRequest, saved: SynonymGroup) -> None:
        """Say that it is kept, where to try it, and in which other groups the words stand."""
        button = messages.button(search_address(saved.words[0]), _t("Probeer het in zoeken"))
        messages.success(request, _t("Bewaard. Binnen enkele seconden kent zoeken deze woorden."), buttons=[button])
        for other in SynonymGroup.objects.in_use().exclude(pk=saved.pk).sharing(saved.words):
            note = _t("Let op: een van deze woorden staat ook in een andere groep: %(words)s.")
            there = messages.button(reverse(self.get_url_name("edit"), args=[other.uid]), _t("Bekijk die groep"))
            messages.warning(request, note % {"words": ", ".join(other.words)}, buttons=[there])

    def _page(self, title: str) -> dict[str, Any]:
        return {"page_title": title, "header_title": title, "header_icon": self.icon}


_USED = _("Deze woorden zijn weer in gebruik.")
_NOT_USED = _("Deze woorden zijn buiten gebruik. Zoeken kent ze niet meer; u kunt ze altijd terugzetten.")
_LOOK_FIRST = _("Iemand anders heeft deze woorden intussen gewijzigd. Kijk wat er nu staat en kies opnieuw.")


def _version(request: HttpRequest) -> int:
    """The version that was read; none fits a number that is not one."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


synonym_desk = SynonymDesk()
