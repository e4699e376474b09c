"""Approving at the desk: read what someone else wrote as visitors will see it, and publish it or send it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.news import actions
from werkplaats.news.forms import ReturnForm
from werkplaats.news.models import SitePage
from werkplaats.news.queries import waiting_for

_CHANGED = _("Deze pagina is intussen gewijzigd of er is al over besloten. Kijk wat er nu staat.")


class ApprovalDesk(DeskViewSet):
    """Pages that wait for this account: those of the own section that someone else wrote and submitted."""

    model = SitePage
    name = "goedkeuren"
    url_prefix = "goedkeuren"
    icon = "check"

    def waiting(self, request: HttpRequest, uid: str) -> tuple[Any, Any]:
        """(page, state of its approval); 404 for what does not wait for this account."""
        for page, state in waiting_for(request.user):
            if page.uid == uid:
                return page, state
        raise Http404

    def get_urlpatterns(self) -> list[Any]:
        """The list, the page of each, and how it will look."""
        return [
            path("", require_admin_access(self.index), name="index"),
            path("<uid:uid>/", require_admin_access(self.decide), name="decide"),
            path("<uid:uid>/voorbeeld/", require_admin_access(self.preview), name="preview"),
        ]

    def index(self, request: HttpRequest) -> HttpResponse:
        """What waits, longest first."""
        context = {**self._page(_t("Goedkeuren")), "waiting": waiting_for(request.user)}
        return TemplateResponse(request, "desk/approving/index.html", context)

    def decide(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One page: read it, then approve it or send it back."""
        page, state = self.waiting(request, uid)
        decision = request.POST.get("besluit", "")
        form = ReturnForm(request.POST if decision == "terugsturen" else None)
        if request.method == "POST" and (decision == "goedkeuren" or form.is_valid()):
            try:
                return self._decided(request, page, decision, form)
            except actions.Conflict:
                messages.error(request, _CHANGED)
                return redirect(self.get_url_name("index"))
            except ValidationError as error:
                form.add_error("reason", error)
        context = {
            **self._page(_t("Pagina goedkeuren")),
            "page": page,
            "draft": state.revision.as_object(),
            "state": state,
            "form": form,
            "compare": page.live and page.permissions_for_user(request.user).can_edit(),
        }
        return TemplateResponse(request, "desk/approving/decide.html", context)

    def _decided(self, request: HttpRequest, page: SitePage, decision: str, form: ReturnForm) -> HttpResponse:
        given = request.POST.get("revision", "")
        revision = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
        if decision == "goedkeuren":
            done = actions.approve_page(page=page, revision=revision, by=request.user)
            button = messages.button(done.get_absolute_url(), _t("Bekijk"))
            messages.success(request, _t("“%(title)s” staat nu op de site.") % {"title": done.title}, buttons=[button])
        else:
            reason = form.cleaned_data["reason"]
            actions.return_page(page=page, revision=revision, reason=reason, by=request.user)
            messages.success(request, _t("De pagina gaat terug. Wie haar schreef, leest waarom."))
        return redirect(self.get_url_name("index"))

    def preview(self, request: HttpRequest, uid: str) -> HttpResponse:
        """As visitors will see it."""
        _page, state = self.waiting(request, uid)
        return state.revision.as_object().make_preview_request(request, "")

    def _page(self, title: str) -> dict[str, Any]:
        return {"page_title": title, "header_title": title, "header_icon": self.icon}


approval_desk = ApprovalDesk()
