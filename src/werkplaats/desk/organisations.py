"""Organisations on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from werkplaats.desk.listing import Column, Filter, by_field, shown
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.flows.merging import mergeable_by
from werkplaats.flows.organisations import keep_organisation
from werkplaats.network.forms import OrganisationForm
from werkplaats.network.models import Contact, Function, Merge, NotTheSame, Organisation, Partnership
from werkplaats.network.queries import Known, Look
from werkplaats.network.rules import OrganisationKind
from werkplaats.people.rules import RoleKind, has_role, scopes_of

_MOST_NAMES = 12
_CONFIRMED = (("oud", _("langer dan een jaar niet")),)
_LAST_CONTACTS = 5


def own_werkplaatsen(account: Any) -> list[str]:
    """The uids of the werkplaatsen this account works for."""
    return [*scopes_of(account, RoleKind.COORDINATOR), *scopes_of(account, RoleKind.LECTOR)]


def is_national(account: Any) -> bool:
    """Whether this account keeps what holds for the whole network."""
    return has_role(account, RoleKind.NATIONAL_EDITOR)


def organisations_seen_by(account: Any) -> QuerySet[Any]:
    """All for who works in the network, since each of them may come to take part; for a partner only the own one."""
    if is_national(account) or own_werkplaatsen(account):
        return Organisation.objects.all()
    return Organisation.objects.filter(uid__in=scopes_of(account, RoleKind.PARTNER_EDITOR))


def organisations_changed_by(account: Any) -> QuerySet[Any]:
    """Those that signed with the own werkplaats, those that signed nowhere yet, and the own one."""
    if is_national(account):
        return Organisation.objects.all()
    changed = Q(uid__in=scopes_of(account, RoleKind.PARTNER_EDITOR))
    if own := scopes_of(account, RoleKind.COORDINATOR):
        changed |= Q(pk__in=Organisation.objects.kept_by(own))
    return Organisation.objects.filter(changed)


def partnerships_seen_by(account: Any) -> QuerySet[Any]:
    """Of the own werkplaatsen; of the own organisation what it may read; all for the national desk."""
    if is_national(account):
        return Partnership.objects.all()
    theirs = Partnership.objects.filter(organisation__uid__in=scopes_of(account, RoleKind.PARTNER_EDITOR))
    own = Q(werkplaats__uid__in=own_werkplaatsen(account)) | Q(pk__in=theirs.told_to_partner().values("pk"))
    return Partnership.objects.filter(own)


def shareable_by(account: Any) -> QuerySet[Any]:
    """With whose partnerships this account may share an organisation: a coordinator who holds it, the national desk."""
    own = scopes_of(account, RoleKind.COORDINATOR)
    return Partnership.objects.shareable_by(own, national=is_national(account))


def functions_seen_by(account: Any) -> QuerySet[Any]:
    """People whom the own werkplaatsen know, or others where they share: for coordinators, and for nobody beside them.

    The national desk sees whom it wrote down itself.
    """
    own = scopes_of(account, RoleKind.COORDINATOR)
    return Function.objects.known_to(own, national=is_national(account))


def contacts_seen_by(account: Any) -> QuerySet[Any]:
    """What the own werkplaats wrote down of its contacts; it is of nobody else, nor the national desk's."""
    own = scopes_of(account, RoleKind.COORDINATOR)
    return Contact.objects.written_by(own, national=is_national(account))


def keeps_contacts(account: Any) -> bool:
    """Whether this account keeps people and contacts at all."""
    return is_national(account) or bool(scopes_of(account, RoleKind.COORDINATOR))


def works_for(account: Any, werkplaats: Any) -> bool:
    """Whether this account works for that werkplaats, or the national desk: who reads reasons, and who did what."""
    return is_national(account) or werkplaats.uid in own_werkplaatsen(account)


def told(contact: Any) -> str:
    """A moment of contact in one line: with whom, what was said, what is to be done and when."""
    step = ""
    if contact.next_on and not contact.done_on:
        step = _t("volgende stap, uiterlijk %(day)s: %(step)s") % {
            "day": shown(contact.next_on),
            "step": contact.next_step,
        }
    who = str(contact.person) if contact.person else ""
    return " · ".join(filter(None, (who, Truncator(contact.said).chars(80), step)))


def shared_words(partnership: Any) -> str:
    """Whether the organisation is shared with the werkplaats of this partnership."""
    if partnership.shared_at:
        return _t("gedeeld sinds %s") % shown(partnership.shared_at.date())
    unshared = Partnership.objects.unshared().filter(pk=partnership.pk).exists()
    return _t("wacht op bevestiging") if unshared else _t("was hier de eerste")


def _shared(request: HttpRequest, record: Any) -> list[tuple[Any, str, str]]:
    """Of an organisation with more than one werkplaats: with which it may be shared."""
    where = {*Partnership.objects.public().filter(organisation=record).values_list("werkplaats", flat=True)}
    where |= {*record.leads.current().values_list("werkplaats", flat=True)}
    found = shareable_by(request.user).filter(organisation=record).select_related("werkplaats")
    return [
        (one.werkplaats.name, reverse("samenwerkingen:share", args=[one.uid]), shared_words(one))
        for one in (found if len(where) > 1 else ())
    ]


def _unconfirmed(found: Any) -> QuerySet[Any]:
    return found.unconfirmed()  # type: ignore[no-any-return]


class OrganisationDesk(DeskViewSet):
    """The organisations of the network."""

    model = Organisation
    name = url_prefix = "organisaties"
    icon = "group"
    lead = _("Alle organisaties die in het netwerk meedoen, of dat misschien gaan doen.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("soort"), lambda one: one.get_kind_display(), "kind"),
        Column(_("plaats"), lambda one: one.seat, "seat"),
        Column(_("gemeente"), lambda one: one.municipality, "municipality__name"),
        Column(_("bevestigd op"), lambda one: one.confirmed_on, "confirmed_on"),
        Column(_("laatste contact"), lambda one: one.last_contact, "last_contact"),
        Column(_("volgende stap"), lambda one: one.next_on, "next_on"),
    )
    searched = ("known_as", "seat")
    filters = (
        by_field("soort", _("soort"), "kind", lambda request: OrganisationKind.choices),
        Filter("bevestigd", _("bevestigd"), lambda request: _CONFIRMED, lambda found, _value: _unconfirmed(found)),
    )

    def get_urlpatterns(self) -> list[Any]:
        """Also names for a field that asks for one."""
        return [
            path("namen/", require_admin_access(self.names), name="names"),
            path("lijkt-op/", require_admin_access(self.alike), name="alike"),
            *super().get_urlpatterns(),
        ]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``organisations_seen_by``."""
        here = contacts_seen_by(request.user).filter(organisation=OuterRef("pk"))
        return (
            organisations_seen_by(request.user)
            .select_related("municipality")
            .annotate(
                last_contact=Subquery(here.order_by("-day").values("day")[:1]),
                next_on=Subquery(here.to_do().order_by("next_on").values("next_on")[:1]),  # type: ignore[attr-defined]
            )
        )

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """What went up in another leads there."""
        now = None if self.records(request).filter(uid=uid).exists() else Merge.objects.now_of(uid)
        if now and self.records(request).filter(pk=now.pk).exists():
            return redirect(self.address(now))
        return super().one(request, uid)

    def may_add(self, request: HttpRequest) -> bool:
        """Coordinators and the national desk."""
        return is_national(request.user) or bool(scopes_of(request.user, RoleKind.COORDINATOR))

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """See ``organisations_changed_by``."""
        return organisations_changed_by(request.user).filter(pk=record.pk).exists()

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name, kind, place, numbers."""
        known = organisations_seen_by(request.user)
        form = OrganisationForm(data, instance=record, known=known, link=self._link, **more)
        form.fields["name"].widget.attrs |= {"data-alike": reverse("organisaties:alike"), "data-uid": record.uid}
        if record.pk and not self.may_change(request, record):
            # Where somebody knows it from may tell who talks with it.
            del form.fields["source"]
        return form

    def _link(self, one: Any) -> str:
        return format_html(
            '<a href="{}">{}</a> ({})', self.address(one), one.name, ", ".join(filter(None, (one.seat, one.why)))
        )

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        organisation = Organisation.objects.get(pk=record.pk) if record.pk else Organisation()
        common = {"values": form.values(), "numbers": form.numbers(), "version": version, "by": request.user}
        return keep_organisation(organisation=organisation, others=form.told_apart, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Where it takes part: of foreign werkplaatsen only what is public."""
        rows = []
        mine = set(partnerships_seen_by(request.user).values_list("pk", flat=True))
        for one in record.partnerships.select_related("werkplaats").order_by("-valid_from"):
            if one.pk in mine:
                address = reverse("samenwerkingen:record", args=[one.uid])
                rows.append((one.werkplaats.name, address, f"{one.get_stage_display()}, {one.period}"))
        public = Partnership.objects.public().filter(organisation=record).exclude(pk__in=mine)
        rows += [(one.werkplaats.name, one.werkplaats.get_absolute_url(), one.period) for one in public]
        leads = [
            (one.werkplaats.name, one.werkplaats.get_absolute_url(), f"{one.get_role_display()}, {one.period}")
            for one in record.leads.select_related("werkplaats")
        ]
        ties = [(_t("Doet mee in"), rows), *([(_t("Trekt"), leads)] if leads else [])]
        if shared := _shared(request, record):
            ties.append((_t("Gedeelde organisatie"), shared))
        if mergeable_by(by=request.user).filter(pk=record.pk).exists():
            there = reverse("samenvoegingen:merge", args=[record.uid])
            ties.append((_t("Staat zij er dubbel?"), [(_t("Is dezelfde als een andere"), there, "")]))
        return {"ties": [*ties, *(self._people(request, record) if keeps_contacts(request.user) else [])]}

    def _people(self, request: HttpRequest, record: Any) -> list[tuple[str, list[tuple[Any, str, str]]]]:
        """Whom one knows there, and what was said last."""
        functions = functions_seen_by(request.user).current().filter(organisation=record)  # type: ignore[attr-defined]
        contacts = contacts_seen_by(request.user).filter(organisation=record).select_related("person")
        about = f"?organisatie={record.uid}"
        people = [
            (one.person, reverse("contactpersonen:record", args=[one.uid]), " · ".join(filter(None, said)))
            for one in functions.select_related("person")
            for said in [(one.what, one.person.email, one.person.phone)]
        ]
        last = [
            (shown(one.day), reverse("contactmomenten:record", args=[one.uid]), told(one))
            for one in contacts[:_LAST_CONTACTS]
        ]
        return [
            (_t("Contactpersonen"), [*people, (_t("Voeg toe"), reverse("contactpersonen:new") + about, "")]),
            (_t("Contactmomenten"), [*last, (_t("Leg vast"), reverse("contactmomenten:new") + about, "")]),
        ]

    def names(self, request: HttpRequest) -> JsonResponse:
        """Names that hold the text, for who may choose one."""
        text = request.GET.get("q", "").strip()[:80]
        seen = organisations_seen_by(request.user)
        found = seen.holding(text) if len(text) > 1 else seen.none()  # type: ignore[attr-defined]
        names = {one.name: ", ".join(one.former) for one in found[:_MOST_NAMES]}
        return JsonResponse({"namen": list(names), "vroeger": {name: text for name, text in names.items() if text}})

    def alike(self, request: HttpRequest) -> JsonResponse:
        """Which of those one may find look like what is being typed."""
        asked = {name: request.GET.get(name, "").strip()[:160] for name in ("naam", "plaats", "uid")}
        seen = organisations_seen_by(request.user)
        look = Look.at(asked["naam"], seat=asked["plaats"], uid=asked["uid"])
        without = NotTheSame.others_than(look.uid) if look.uid else ()
        found = Known(seen).like(look, without=without) if len(asked["naam"]) > 2 else []
        told = [{"naam": str(one), "adres": self.address(one)} for one in found[:_MOST_NAMES]]
        return JsonResponse({"lijkt": told, "zin": _t("Bedoelt u een van deze? Die staan er al:")})


organisation_desk = OrganisationDesk()
