"""Who takes part in which werkplaats, on the desk: from the first talk, step by step."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core import clock
from werkplaats.core.dates import typed
from werkplaats.core.versions import Conflict
from werkplaats.desk import sharing
from werkplaats.desk.agreements import agreement_desk
from werkplaats.desk.campaigns import campaigns_seen_by
from werkplaats.desk.history import actors
from werkplaats.desk.listing import Column, Filter, by_field
from werkplaats.desk.organisations import organisation_desk, partnerships_seen_by, works_for
from werkplaats.desk.viewsets import CONFLICT, DeskViewSet, version_of
from werkplaats.network import actions
from werkplaats.network.forms import NewPartnershipForm, PartnershipForm, StepForm
from werkplaats.network.models import Partnership, StageChange, Werkplaats
from werkplaats.network.rules import PartnerRole, Stage
from werkplaats.people.rules import RoleKind, has_role, scopes_of

# What asks for attention -> which partnerships that leaves.
ATTENTION: dict[str, Any] = {
    "loopt-af": (_("overeenkomst loopt af"), lambda records: records.running_out()),
    "nalopen": (_("een jaar niet nagelopen"), lambda records: records.to_look_at()),
}


def _werkplaatsen(request: HttpRequest) -> list[tuple[str, str]]:
    seen = partnerships_seen_by(request.user).values("werkplaats")
    return list(Werkplaats.objects.filter(pk__in=seen).values_list("uid", "name"))


class PartnershipDesk(DeskViewSet):
    """Who takes part in the own werkplaats, from the first talk on."""

    model = Partnership
    name = url_prefix = "samenwerkingen"
    icon = "link"
    lead = _("Van het eerste gesprek tot een actieve partner. Op de site staan alleen wie getekend heeft of actief is.")
    nothing = _("Nog geen partners. Voeg de eerste organisatie toe waarmee u in gesprek bent.")
    record_template = "desk/joining/record.html"
    columns = (
        Column(_("organisatie"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("werkplaats"), lambda one: one.werkplaats.name, "werkplaats__name"),
        Column(_("stadium"), lambda one: one.get_stage_display(), "stage"),
        Column(_("rol"), lambda one: one.get_role_display(), "role"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("organisation__name", "seeks", "brings")
    filters = (
        by_field("stadium", _("stadium"), "stage", lambda request: Stage.choices),
        by_field("rol", _("rol"), "role", lambda request: PartnerRole.choices),
        by_field("werkplaats", _("werkplaats"), "werkplaats__uid", _werkplaatsen),
        Filter(
            "aandacht",
            _("vraagt aandacht"),
            lambda request: [(value, label) for value, (label, _rows) in ATTENTION.items()],
            lambda records, value: ATTENTION[value][1](records),
        ),
    )

    def get_urlpatterns(self) -> list[Any]:
        """Also its steps, the yearly look, and sharing its organisation."""
        views = [
            ("<uid:uid>/stap/", self.step, "step"),
            ("stap/<uid:uid>/", self.correct, "correct"),
            ("<uid:uid>/nagelopen/", require_POST(self.looked), "looked"),
            ("<uid:uid>/delen/", self.share, "share"),
        ]
        more = [path(route, require_admin_access(view), name=name) for route, view, name in views]
        return [*super().get_urlpatterns(), *more]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``partnerships_seen_by``."""
        return partnerships_seen_by(request.user).select_related("organisation", "werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """The coordinator, for the own werkplaats."""
        return bool(scopes_of(request.user, RoleKind.COORDINATOR))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The coordinator of the werkplaats."""
        return has_role(request.user, RoleKind.COORDINATOR, record.werkplaats.uid)

    def names_people(self, request: HttpRequest, record: Any) -> bool:
        """Not to the partner."""
        return works_for(request.user, record.werkplaats)

    def blank(self, request: HttpRequest) -> Any:
        """For the own werkplaats; with more than one it is chosen by ``werkplaats`` in the address."""
        own = Werkplaats.objects.filter(uid__in=scopes_of(request.user, RoleKind.COORDINATOR))
        chosen = own.filter(uid=request.GET.get("werkplaats", "")).first() or own.first()
        if chosen is None:
            raise Http404
        return Partnership(werkplaats=chosen)

    def about(self, record: Any) -> list[str]:
        """For one werkplaats."""
        return [record.werkplaats.uid]

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Organisation, stage and day once: later these change by steps."""
        campaigns = campaigns_seen_by(request.user).filter(Q(werkplaats=None) | Q(werkplaats=record.werkplaats))
        if record.pk:
            return PartnershipForm(data, instance=record, campaigns=campaigns, **more)
        form = NewPartnershipForm(data, instance=record, campaigns=campaigns, **more)
        form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Partnership.objects.select_related("werkplaats").filter(pk=record.pk).first()
        partnership = known or Partnership(werkplaats=record.werkplaats)
        common = {"values": form.values(), "version": version, "by": request.user}
        return actions.save_partnership(partnership=partnership, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its steps, what was agreed, the organisation and the werkplaats."""
        may = self.may_change(request, record)
        reasons = works_for(request.user, record.werkplaats)
        steps = list(record.steps.all())
        names = actors(steps)
        agreements = [(one.period, agreement_desk.address(one), one.notice) for one in record.agreements.all()]
        if may:
            agreements.append((_t("Voeg een overeenkomst toe"), agreement_desk.new_address(record), ""))
        one = Partnership.objects.filter(pk=record.pk)
        others = self.records(request).filter(werkplaats=record.werkplaats, organisation=record.organisation)
        before = [
            (one.period, self.address(one), one.get_stage_display())
            for one in others.exclude(pk=record.pk).order_by("valid_from")
        ]
        return {
            "may_step": may,
            "waits_for": sharing.waits_for(record) if reasons else "",
            "now": next((one for one in reversed(steps) if one.stage == record.stage), steps[-1]),
            "steps": [
                (one, one.reason if reasons else "", names.get(one.actor, "") if reasons else "")
                for one in reversed(steps)
            ],
            "attention": [label for label, rows in ATTENTION.values() if rows(one).exists()],
            "ties": [
                *([(_t("Deed ook mee"), before)] if before else []),
                (_t("Overeenkomsten"), agreements),
                (_t("Organisatie"), [(record.organisation.name, organisation_desk.address(record.organisation), "")]),
                (_t("Werkplaats"), [(record.werkplaats.name, record.werkplaats.get_absolute_url(), "")]),
            ],
        }

    def share(self, request: HttpRequest, uid: str) -> HttpResponse:
        """See ``desk.sharing``: for another werkplaats than its own."""
        return sharing.share(request, self.head, uid)

    # Steps

    def step(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Another stage from a day on."""
        return self._step(request, self.record(request, uid), None)

    def correct(self, request: HttpRequest, uid: str) -> HttpResponse:
        """A step that was written down wrongly."""
        step = StageChange.objects.filter(uid=uid).select_related("partnership").first()
        if step is None:
            raise Http404
        return self._step(request, self.record(request, step.partnership.uid), step)

    def _step(self, request: HttpRequest, record: Any, known: StageChange | None) -> HttpResponse:
        if not self.may_change(request, record):
            raise PermissionDenied
        first = {} if known else {"initial": {"on": typed(clock.today(), "dag")}}
        form = StepForm(request.POST if request.method == "POST" else None, step=known, **first)
        version = record.version if request.method != "POST" else self._stepped(request, record, known, form)
        if isinstance(version, Partnership):
            there = self.record(request, version.uid)
            again = _t("%(name)s doet weer mee: dit is een nieuwe samenwerking. De vorige (%(period)s) blijft staan.")
            words = {"name": there.organisation.name, "period": record.period, "record": there}
            messages.success(request, (_t("Bewaard: %(record)s.") if there.pk == record.pk else again) % words)
            return redirect(self.address(there))
        title = _t("Verbeter een stap: %(name)s") if known else _t("Zet een stap: %(name)s")
        context = {
            **self.head(request, title % {"name": record.organisation.name}),
            "back": self.address(record), "record": record, "form": form, "step": known,
            "version": version, "removable": known and record.steps.count() > 1,
            "ended": known is None and record.stage == Stage.ENDED,
        }  # fmt: skip
        return TemplateResponse(request, "desk/joining/step.html", context)

    def _stepped(
        self, request: HttpRequest, record: Any, known: StageChange | None, form: StepForm
    ) -> int | Partnership:
        """Keep it: in which partnership it stands. When that cannot be, the version with which to try again."""
        common: dict[str, Any] = {"version": version_of(request), "by": request.user}
        removing = known is not None and request.POST.get("wat") == "vervalt"
        if not form.is_valid() and not removing:
            return version_of(request)
        try:
            if known is None:
                return actions.change_stage(partnership=record, **form.cleaned_data, **common).partnership
            if removing:
                return actions.remove_step(step=known, **common)
            return actions.correct_step(step=known, **form.cleaned_data, **common).partnership
        except Conflict:
            form.add_error(None, CONFLICT)
            return int(record.version)
        except ValidationError as error:
            form.add_error(None, error)
            return version_of(request)

    def looked(self, request: HttpRequest, uid: str) -> HttpResponse:
        """The yearly look: all of this is still so."""
        record = self.record(request, uid)
        if not self.may_change(request, record):
            raise PermissionDenied
        try:
            actions.look_over(partnership=record, version=version_of(request), by=request.user)
            messages.success(request, _t("Genoteerd. Over een jaar vragen we het opnieuw."))
        except Conflict:
            messages.warning(request, _t("Iemand anders wijzigde deze samenwerking net. Kijk haar nog een keer na."))
        return redirect(self.address(record))


partnership_desk = PartnershipDesk()
