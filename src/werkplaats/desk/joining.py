"""Who takes part in which werkplaats, on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.organisations import organisation_desk, partnerships_seen_by
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import PartnershipForm
from werkplaats.network.models import Partnership, Werkplaats
from werkplaats.network.rules import PartnerRole, Stage
from werkplaats.people.rules import RoleKind, has_role, scopes_of


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
    )

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``partnerships_seen_by``."""
        return partnerships_seen_by(request.user).select_related("organisation", "werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """The coordinator, for the own werkplaats."""
        return bool(scopes_of(request.user, RoleKind.COORDINATOR))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The coordinator of the werkplaats."""
        return has_role(request.user, RoleKind.COORDINATOR, record.werkplaats.uid)

    def blank(self, request: HttpRequest) -> Any:
        """For the own werkplaats; with more than one it is chosen by ``werkplaats`` in the address."""
        own = Werkplaats.objects.filter(uid__in=scopes_of(request.user, RoleKind.COORDINATOR))
        chosen = own.filter(uid=request.GET.get("werkplaats", "")).first() or own.first()
        if chosen is None:
            raise Http404
        return Partnership(werkplaats=chosen)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """The organisation is chosen once: another organisation is another partnership."""
        form = PartnershipForm(data, instance=record, **more)
        form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
        if record.pk:
            form.fields["organisation"].disabled = True
            form.initial["organisation"] = record.organisation.name
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Partnership.objects.select_related("werkplaats").filter(pk=record.pk).first()
        partnership = known or Partnership(werkplaats=record.werkplaats)
        common = {"values": form.values(), "version": version, "by": request.user}
        return actions.save_partnership(partnership=partnership, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The organisation and the werkplaats."""
        return {
            "ties": [
                (_t("Organisatie"), [(record.organisation.name, organisation_desk.address(record.organisation), "")]),
                (_t("Werkplaats"), [(record.werkplaats.name, record.werkplaats.get_absolute_url(), "")]),
            ]
        }


partnership_desk = PartnershipDesk()
