"""Asking contact persons whether what we know still holds, on the desk, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core import limits, outbox
from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import functions_seen_by, organisation_desk, organisations_changed_by
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.flows import mail
from werkplaats.network import actions
from werkplaats.network.models import Check, Function, Organisation
from werkplaats.people.rules import RoleKind, scopes_of

# Nobody mails all of a region twice a day.
SENDING = limits.Limit("bevestiging versturen", most=200, seconds=86_400)
_LABELS = {"name": _("naam"), "seat": _("plaats"), "kvk": _("KvK-nummer")}


def askable_by(account: Any) -> QuerySet[Any]:
    """Whom this account may ask: contact persons with an address, at organisations it keeps, not asked lately."""
    kept = organisations_changed_by(account).values("pk")
    there = functions_seen_by(account).current().filter(organisation__in=kept)  # type: ignore[attr-defined]
    return there.exclude(person__email="").exclude(pk__in=Check.objects.recent().values("function"))  # type: ignore[no-any-return]


def state_of(check: Check) -> str:
    """Where a request stands, in words."""
    if check.waits():
        return _t("wacht op u")
    if check.answered_at:
        return _t("beantwoord")
    return _t("wacht op antwoord") if check.is_open() else _t("verlopen")


class CheckDesk(DeskViewSet):
    """Requests to look at what we know, and their answers."""

    model = Check
    name = url_prefix = "bevestigingen"
    icon = "mail"
    lead = _("Contactpersonen kijken met een gemailde link of wat wij weten nog klopt. Zo'n link werkt dertig dagen.")
    nothing = _("Nog niemand gevraagd.")
    columns = (
        Column(_("contactpersoon"), lambda one: one.function.person.name, "function__person__name"),
        Column(_("organisatie"), lambda one: one.function.organisation.name, "function__organisation__name"),
        Column(_("gevraagd op"), lambda one: one.sent_at, "sent_at"),
        Column(_("beantwoord op"), lambda one: one.answered_at, "answered_at"),
        Column(_("stand"), state_of),
    )
    searched = ("function__person__name", "function__organisation__name")

    def get_urlpatterns(self) -> list[Any]:
        """Asking one, or all of a round; no new ones by hand."""
        views = [("ronde/", self.round, "round"), ("vraag/<uid:uid>/", self.ask, "ask")]
        ours = [path(route, require_admin_access(view), name=name) for route, view, name in views]
        return [*ours, *(one for one in super().get_urlpatterns() if one.name != "new")]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of contact persons one sees."""
        functions = functions_seen_by(request.user).values("pk")
        return Check.objects.filter(function__in=functions).select_related(
            "function__person", "function__organisation", "account__person"
        )

    def index(self, request: HttpRequest) -> HttpResponse:
        """With the way to a round."""
        answer: Any = super().index(request)
        answer.template_name = "desk/confirming/index.html"
        return answer  # type: ignore[no-any-return]

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """What came back: take it over, or leave it."""
        check = self.record(request, uid)
        may = organisations_changed_by(request.user).filter(pk=check.function.organisation_id).exists()
        if request.method == "POST" and may and self._decided(request, check):
            return redirect(request.path)
        now = {**{name: getattr(check.function.organisation, name) for name in ("name", "seat")}}
        now["kvk"] = getattr(check.function.organisation.identifiers.filter(scheme="kvk").first(), "value", "")
        context = {
            **self.head(request, str(check)),
            "check": check,
            "state": state_of(check),
            "mailed": outbox.state(check.uid),
            "may": may,
            "changes": [(_LABELS[name], now[name], said) for name, said in check.proposal.items() if name in _LABELS],
            "organisation": organisation_desk.address(check.function.organisation),
        }
        return TemplateResponse(request, "desk/confirming/check.html", context)

    def _decided(self, request: HttpRequest, check: Check) -> bool:
        accept = request.POST.get("besluit") == "overnemen"
        try:
            actions.decide_check(check=check, accept=accept, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return False
        messages.success(request, _t("Overgenomen.") if accept else _t("Gelezen; er is niets overgenomen."))
        return True

    def ask(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Mail one contact person."""
        function = functions_seen_by(request.user).filter(uid=uid).first()
        if function is None or request.method != "POST":
            raise Http404
        there = reverse("contactpersonen:record", args=[uid])
        if not askable_by(request.user).filter(pk=function.pk).exists():
            messages.error(request, _t("Deze persoon is net gevraagd, of heeft hier geen e-mailadres."))
            return redirect(there)
        self._mailed(request, [function])
        return redirect(there)

    def round(self, request: HttpRequest) -> HttpResponse:
        """All partners that nobody confirmed for a year, with someone to ask: chosen and mailed in one go."""
        own = scopes_of(request.user, RoleKind.COORDINATOR)
        partners = Organisation.objects.taking_part(werkplaatsen=own).unconfirmed()
        found = askable_by(request.user).filter(organisation__in=partners.values("pk"))
        found = found.select_related("person", "organisation").order_by("organisation__name", "person__name")
        if request.method == "POST":
            self._mailed(request, found.filter(uid__in=request.POST.getlist("wie")))
            return redirect(request.path)
        others = partners.exclude(pk__in=found.values("organisation")).order_by("name")
        sent = self.records(request).recent().values("function__organisation")  # type: ignore[attr-defined]
        add = reverse("contactpersonen:new")
        context = {
            **self.head(request, _t("Vraag partners of alles nog klopt")),
            "found": list(found),
            "asked": list(others.filter(pk__in=sent)),
            "without": [(one, f"{add}?organisatie={one.uid}") for one in others.exclude(pk__in=sent)],
            "back": reverse("bevestigingen:index"),
        }
        return TemplateResponse(request, "desk/confirming/round.html", context)

    def _mailed(self, request: HttpRequest, functions: Iterable[Function]) -> None:
        sent = 0
        for function in functions:
            limits.count(SENDING, request.user.uid)
            with transaction.atomic():
                asked = actions.ask_to_check(function=function, by=request.user)
                address = request.build_absolute_uri(f"{reverse('confirm')}?sleutel={asked.secret}")
                mail.send_check(check=asked.check, address=address, by=request.user)
            sent += 1
        if sent:
            words = ngettext(
                "%(number)d mail is onderweg. De link werkt dertig dagen.",
                "%(number)d mails zijn onderweg. De links werken dertig dagen.",
                sent,
            )
            messages.success(request, words % {"number": sent})


check_desk = CheckDesk()
