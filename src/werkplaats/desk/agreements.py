"""What was agreed with partners, on the desk, and the paper itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import partnerships_seen_by, works_for
from werkplaats.desk.parents import AtParent
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network import actions
from werkplaats.network.forms import AgreementForm
from werkplaats.network.models import Agreement, Partnership
from werkplaats.people.rules import RoleKind, has_role, scopes_of

# Whatever a file holds, it may do nothing.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


class AgreementDesk(AtParent, DeskViewSet):
    """What was signed with partners of the own werkplaats, or with the own organisation."""

    model = Agreement
    parent, asked = "partnership", "samenwerking"
    name = url_prefix = "overeenkomsten"
    icon = "doc-full"
    lead = _(
        "Wat er met partners getekend is, en tot wanneer. Drie maanden voor het einde staat het op uw beheerpagina."
    )
    nothing = _("Nog geen overeenkomsten. Voeg er een toe op de pagina van een samenwerking.")
    new_title = _("Nieuwe overeenkomst")
    record_template = "desk/joining/agreement.html"
    columns = (
        Column(_("organisatie"), lambda one: one.partnership.organisation.name, "partnership__organisation__name"),
        Column(_("werkplaats"), lambda one: one.partnership.werkplaats.name, "partnership__werkplaats__name"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
        Column(_("loopt tot"), lambda one: one.valid_to, "valid_to"),
        Column(_("bestand"), lambda one: bool(one.file)),
    )
    searched = ("partnership__organisation__name", "notice", "note")

    def get_urlpatterns(self) -> list[Any]:
        """Also the paper."""
        paper = path("<uid:uid>/bestand/", never_cache(require_admin_access(self.paper)), name="paper")
        return [*super().get_urlpatterns(), paper]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of the partnerships that this account sees."""
        seen = Agreement.objects.filter(partnership__in=partnerships_seen_by(request.user))
        return seen.select_related("partnership__organisation", "partnership__werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """The coordinator; for which partnership stands in the address. On the list there is no such."""
        return "samenwerking" in request.GET and bool(scopes_of(request.user, RoleKind.COORDINATOR))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The coordinator of the werkplaats."""
        return has_role(request.user, RoleKind.COORDINATOR, record.partnership.werkplaats.uid)

    def names_people(self, request: HttpRequest, record: Any) -> bool:
        """Not to the partner."""
        return works_for(request.user, record.partnership.werkplaats)

    def parents(self, request: HttpRequest) -> QuerySet[Any]:
        """The partnerships of the own werkplaats."""
        return Partnership.objects.filter(werkplaats__uid__in=scopes_of(request.user, RoleKind.COORDINATOR))

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Signed on, lasts until, the paper."""
        return AgreementForm(data, request.FILES if data is not None else None, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Agreement.objects.filter(pk=record.pk).first()
        agreement = known or Agreement(partnership=record.partnership)
        return actions.save_agreement(agreement=agreement, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The paper, and the partnership it is about."""
        about = record.partnership
        paper = [(_t("Download de PDF"), reverse(self.get_url_name("paper"), args=[record.uid]), "")]
        partnership = [(str(about), reverse("samenwerkingen:record", args=[about.uid]), "")]
        return {"ties": [(_t("Bestand"), paper if record.file else []), (_t("Samenwerking"), partnership)]}

    def paper(self, request: HttpRequest, uid: str) -> FileResponse:
        """To save, never to be shown within the browser."""
        record = self.record(request, uid)
        try:
            file = record.file.open("rb")
        except (OSError, ValueError):
            raise Http404 from None
        name = f"overeenkomst-{slugify(record.partnership.organisation.name)[:60] or 'partner'}.pdf"
        response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


agreement_desk = AgreementDesk()
