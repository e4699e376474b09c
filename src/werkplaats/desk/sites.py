"""Own sites on the desk: how a werkplaats shows itself, and its host name."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national, own_werkplaatsen
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.news import actions
from werkplaats.news.forms import HostForm, SiteForm
from werkplaats.news.models import Picture, RegionalSite
from werkplaats.people.rules import RoleKind, has_role


def gives_hosts(account: Any) -> bool:
    """Whether this account runs the installation."""
    return has_role(account, RoleKind.ADMINISTRATOR)


def sites_seen_by(account: Any) -> QuerySet[Any]:
    """The own ones; all for the national desk, and for who gives them a host name."""
    sites = RegionalSite.objects.for_site()
    if is_national(account) or gives_hosts(account):
        return sites
    return sites.filter(werkplaats__uid__in=own_werkplaatsen(account))


def shows(account: Any, site: RegionalSite) -> bool:
    """Whether this account says how this werkplaats shows itself."""
    return is_national(account) or has_role(account, RoleKind.COORDINATOR, site.werkplaats.uid)


class SiteDesk(DeskViewSet):
    """The own site of each werkplaats. A host name is for who runs the installation, all else for the werkplaats."""

    model = RegionalSite
    name = url_prefix = "sites"
    icon = "desktop"
    lead = _("Kleuren, beeldmerk en contactgegevens. Naam en merknaam staan bij de werkplaats zelf.")
    columns = (
        Column(_("werkplaats"), lambda one: one.werkplaats.name, "werkplaats__name"),
        Column(_("hoofdkleur"), lambda one: one.colour),
        Column(_("e-mailadres"), lambda one: one.email),
        Column(_("eigen hostnaam"), lambda one: one.host or "", "host"),
    )
    searched = ("werkplaats__name", "werkplaats__brand", "host")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The own ones, or all."""
        return sites_seen_by(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Its coordinator, the national desk, and who gives host names."""
        return shows(request.user, record) or gives_hosts(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What the account may change; who may do neither reads what the site shows."""
        if gives_hosts(request.user) and not shows(request.user, record):
            return HostForm(data, instance=record, **more)
        policy = policy_registry.get_by_type(Picture)
        pictures = policy.instances_user_has_any_permission_for(request.user, ["choose"])
        form = SiteForm(data, instance=record, pictures=pictures, **more)
        form.fields["responsible"].widget.attrs["data-names"] = reverse("organisaties:names")
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        site = RegionalSite.objects.get(pk=record.pk)
        return actions.save_site(site=site, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Its host name and what else makes the site."""
        host = [(record.host, f"https://{record.host}/", "")] if record.host else []
        ties = [(_t("Eigen hostnaam"), host)]
        if is_national(request.user) or record.werkplaats.uid in own_werkplaatsen(request.user):
            there = reverse("werkplaatsen:record", args=[record.werkplaats.uid])
            ties.append((_t("Ook op de site"), [(_t("Naam, merknaam en thema's"), there, "")]))
        return {"ties": ties}


site_desk = SiteDesk()
