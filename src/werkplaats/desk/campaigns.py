"""Campaigns that bring organisations in, the consultations they used, and how it went over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.desk.funnel import drawn
from werkplaats.desk.listing import Column, shown
from werkplaats.desk.organisations import is_national, own_werkplaatsen, partnerships_seen_by
from werkplaats.desk.parents import AtParent
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import CampaignForm, ConsultationForm
from werkplaats.network.models import Campaign, Consultation, Werkplaats
from werkplaats.network.rules import PUBLIC_STAGES, months_from
from werkplaats.people.rules import RoleKind, has_role, scopes_of

# So long after its end a campaign is still followed.
_MONTHS_AFTER = 6


def campaigns_seen_by(account: Any) -> QuerySet[Any]:
    """Of the own werkplaatsen and of the network as a whole; all for the national desk."""
    if is_national(account):
        return Campaign.objects.all()
    own = own_werkplaatsen(account)
    return Campaign.objects.filter(Q(werkplaats__uid__in=own) | Q(werkplaats=None)) if own else Campaign.objects.none()


def may_change_campaign(account: Any, campaign: Campaign) -> bool:
    """The coordinator of its werkplaats; of one for the whole network the national desk."""
    if campaign.werkplaats is None:
        return is_national(account)
    return has_role(account, RoleKind.COORDINATOR, campaign.werkplaats.uid)


class CampaignDesk(DeskViewSet):
    """The campaigns of the own werkplaats and of the network."""

    model = Campaign
    name = url_prefix = "kwartiermaken"
    icon = "group"
    title = _("Kwartiermaken")
    lead = _("Wie organisaties erbij haalt, wanneer, langs welke overleggen, en wat dat opbracht.")
    nothing = _("Nog geen kwartiermaakproject. Voeg er een toe als u organisaties gaat werven.")
    record_template = "desk/joining/campaign.html"
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("voor"), lambda one: one.werkplaats.name if one.werkplaats else _t("het hele netwerk")),
        Column(_("geleid door"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("name", "goal", "organisation__name")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``campaigns_seen_by``."""
        return campaigns_seen_by(request.user).select_related("organisation", "werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """A coordinator for the own werkplaats, the national desk for the network."""
        return is_national(request.user) or bool(scopes_of(request.user, RoleKind.COORDINATOR))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """See ``may_change_campaign``."""
        return may_change_campaign(request.user, record)

    def blank(self, request: HttpRequest) -> Any:
        """For the network at the national desk, else for the own werkplaats."""
        if is_national(request.user):
            return Campaign()
        own = Werkplaats.objects.filter(uid__in=scopes_of(request.user, RoleKind.COORDINATOR))
        return Campaign(werkplaats=own.filter(uid=request.GET.get("werkplaats", "")).first() or own.first())

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Who, when, what for."""
        form = CampaignForm(data, instance=record, **more)
        form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Campaign.objects.filter(pk=record.pk).first()
        campaign = known or Campaign(werkplaats=record.werkplaats)
        return actions.save_campaign(campaign=campaign, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The consultations and what each brought, and the partnerships of those one may see."""
        seen = partnerships_seen_by(request.user).filter(campaign=record)
        brought = seen.select_related("organisation", "werkplaats")
        rows = [
            (one.organisation.name, reverse("samenwerkingen:record", args=[one.uid]), one.get_stage_display())
            for one in brought
        ]
        end = months_from(record.valid_to, _MONTHS_AFTER) if record.valid_to else clock.today()
        chart = drawn(seen, first=record.valid_from, last=min(end, clock.today()))
        signed = sum(one.stage in PUBLIC_STAGES for one in brought)
        return {
            "chart": chart,
            "told": _reached(signed, record.target),
            "consultations": self._consultations(request, record, brought),
            "add": consultation_desk.new_address(record) if self.may_change(request, record) else "",
            "ties": [(_t("Samenwerkingen die erdoor begonnen"), rows)],
        }

    def _consultations(self, request: HttpRequest, record: Any, brought: Iterable[Any]) -> list[tuple[Any, str, int]]:
        """(consultation, its address for who may change it, how many partnerships came of it)."""
        may = self.may_change(request, record)
        counts = Counter(partnership.consultation_id for partnership in brought)
        return [
            (one, consultation_desk.address(one) if may else "", counts[one.pk]) for one in record.consultations.all()
        ]


def _reached(signed: int, target: int | None) -> str:
    if target is None:
        return _t("%(signed)d getekend of actief. Er was geen aantal als doel.") % {"signed": signed}
    return _t("%(signed)d getekend of actief, van de %(target)d die het doel waren.") % {
        "signed": signed, "target": target,
    }  # fmt: skip


class ConsultationDesk(AtParent, DeskViewSet):
    """The consultations that campaigns used."""

    model = Consultation
    parent, asked = "campaign", "project"
    name = url_prefix = "overleggen"
    icon = "comment"
    title = _("Gebruikte overleggen")
    record_template = "desk/joining/consultation.html"
    lead = _("Overleggen die er al waren, en waar een kwartiermaker met veel organisaties tegelijk sprak.")
    nothing = _("Nog geen overleggen. Voeg ze toe op de pagina van een kwartiermaakproject.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("kwartiermaakproject"), lambda one: one.campaign.name, "campaign__name"),
        Column(_("wanneer"), lambda one: one.when, "on"),
        Column(_("wat het opbracht"), lambda one: shown(one.brought)[:160]),
    )
    searched = ("name", "brought", "campaign__name")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the campaigns that this account sees."""
        seen = Consultation.objects.filter(campaign__in=campaigns_seen_by(request.user))
        return seen.select_related("campaign__werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """At a campaign, which stands in the address; on the list there is none."""
        return self.parent_of(request) is not None

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """As its campaign."""
        return may_change_campaign(request.user, record.campaign)

    def parents(self, request: HttpRequest) -> QuerySet[Any]:
        """The campaigns that this account sees."""
        return campaigns_seen_by(request.user)

    def parent_of(self, request: HttpRequest) -> Campaign | None:
        """One that this account may change."""
        found = super().parent_of(request)
        return found if found and may_change_campaign(request.user, found) else None

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, day, what it brought."""
        return ConsultationForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Consultation.objects.filter(pk=record.pk).first()
        consultation = known or Consultation(campaign=record.campaign)
        common = {"values": form.values(), "version": version, "by": request.user}
        return actions.save_consultation(consultation=consultation, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The campaign."""
        campaign = [(record.campaign.name, campaign_desk.address(record.campaign), "")]
        return {"ties": [(_t("Kwartiermaakproject"), campaign)]}


campaign_desk = CampaignDesk()
consultation_desk = ConsultationDesk()
