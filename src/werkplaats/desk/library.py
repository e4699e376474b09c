"""Publications on the desk: what is known of them, and how they come on the site by two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core.models import Visibility
from werkplaats.core.versions import Conflict
from werkplaats.desk import library_versions as parts
from werkplaats.desk.history import actors
from werkplaats.desk.listing import Column, Filter, by_field, shown
from werkplaats.desk.organisations import is_national, organisations_seen_by
from werkplaats.desk.viewsets import DeskViewSet, version_of
from werkplaats.library import actions, rules
from werkplaats.library.forms import PublicationForm, WiderForm
from werkplaats.library.forms.publications import werkplaatsen_to_choose
from werkplaats.library.models import Publication
from werkplaats.library.rules import PublicationKind, State
from werkplaats.network.models import Organisation, Partnership, Werkplaats
from werkplaats.people.rules import RoleKind, scopes_of, viewer_for

_REASONED = {"terug", "intrekken"}
_BEFORE = _(
    "Iemand anders was u voor of wijzigde dit net. Hieronder staat hoe het nu is. Kijk het na en beslis opnieuw."
)


def publications_seen_by(account: Any) -> QuerySet[Any]:
    """Of the own werkplaatsen and the own organisation; all for the national desk."""
    return Publication.objects.for_desk_of(account)


def may_change_publication(account: Any, record: Publication) -> bool:
    """Who keeps the library of its werkplaats, and of a draft the partner it is from; nobody while it is read."""
    organisations = {one.uid for one in record.organisations.all()}
    return rules.can_change(account, record.regions, organisations, waits=record.waits, published=record.was_published)


def organisations_named_by(account: Any) -> QuerySet[Any]:
    """Which organisations this account may name: those with a page on the site, and those that it sees at the desk."""
    seen, out = organisations_seen_by(account), Organisation.objects.on_site()
    return Organisation.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=out.values("pk")))


def _in_state(records: QuerySet[Any], state: str) -> QuerySet[Any]:
    """What is being read also when it is a new version of what is on the site."""
    return records.exclude(put_forward_at=None) if state == State.READING else records.filter(state=state)


def _state(record: Publication) -> Any:
    if record.wider:
        return _("gevraagd: meer mensen toelaten")
    again = record.waits and record.is_published
    return _("nieuwe versie wordt tegengelezen") if again else record.get_state_display()


class PublicationDesk(DeskViewSet):
    """The publications of the own werkplaats."""

    model = Publication
    name = url_prefix = "publicaties"
    icon = "doc-full-inverse"
    title = _("Bibliotheek")
    new_title = _("Nieuwe publicatie")
    lead = _("Alles wat de werkplaats uitbracht. Een tweede persoon leest mee voordat het op de site komt.")
    nothing = _("Nog geen publicaties. Voeg een boek, verslag of film toe; bestanden doet u er daarna bij.")
    record_template = "desk/library/record.html"
    columns = (
        Column(_("titel"), lambda one: one.title, "title"),
        Column(_("soort"), lambda one: one.get_kind_display(), "kind"),
        Column(_("verschenen"), lambda one: one.when, "issued_on"),
        Column(_("werkplaats"), lambda one: [region.name for region in one.werkplaatsen.all()]),
        Column(_("stand"), _state, "state"),
    )  # fmt: skip
    filters = (
        Filter("stand", _("stand"), lambda request: State.choices, _in_state),
        by_field("soort", _("soort"), "kind", lambda request: PublicationKind.choices),
    )
    searched = ("title", "subtitle", "contributors__name", "numbers__value")

    def get_urlpatterns(self) -> list[Any]:
        """Also its steps to the site, its versions and files."""
        more = [
            ("<uid:uid>/stap/", require_POST(self.step), "step"),
            *parts.addresses(self),
        ]
        return [
            *super().get_urlpatterns(),
            *(path(route, require_admin_access(view), name=name) for route, view, name in more),
        ]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``publications_seen_by``."""
        seen = publications_seen_by(request.user)
        return seen.prefetch_related("werkplaatsen", "organisations")  # type: ignore[no-any-return]

    def may_add(self, request: HttpRequest) -> bool:
        """Who keeps a library, and partners."""
        return keeps_publications(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """See ``may_change_publication``."""
        return may_change_publication(request.user, record)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """With the werkplaatsen that this account may choose."""
        account, limits = request.user, {}
        if not is_national(account):
            limits = self._limits(account)
            if record._state.adding:
                first = {"werkplaatsen": limits["own"][:1]}
                if limits.get("from_organisation"):
                    first["organisations"] = [limits["from_organisation"].name]
                more = {**more, "initial": {**first, **(more.get("initial") or {})}}
        visible = Publication.objects.published().visible_to(viewer_for(account)) | publications_seen_by(account)
        limits.setdefault("offered", werkplaatsen_to_choose(record))
        limits["seen"] = organisations_named_by(account)
        return PublicationForm(
            data, instance=record, known=visible.distinct(), link=_link(self, account), **limits, **more
        )

    def _limits(self, account: Any) -> dict[str, Any]:
        """Of which werkplaatsen one must be chosen; for a partner also which there are, and the own organisation."""
        own = list(Werkplaats.objects.filter(uid__in=rules.edited_by(account)))
        if own:
            return {"own": own}
        organisation = Organisation.objects.filter(uid__in=scopes_of(account, RoleKind.PARTNER_EDITOR)).first()
        joined = Partnership.objects.public().filter(organisation=organisation)
        offered = Werkplaats.objects.filter(pk__in=joined.values("werkplaats"))
        return {"own": list(offered), "offered": offered, "from_organisation": organisation}

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        kept = Publication.objects.filter(pk=record.pk).first() or Publication()
        common = {"version": version, "by": request.user}
        return actions.save_publication(publication=kept, values=form.values(), **form.rows(), **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Where it stands, what may be done, its versions."""
        account = request.user
        waits, published = record.waits, record.is_published
        last = record.versions.last()
        changes = self.may_change(request, record)
        ready = changes and (not published or (last and not last.is_published))
        reads = waits and rules.can_publish(account, record.regions, record.involved)
        return {
            "may_put_forward": ready,
            "may_publish": reads,
            "may_take_back": waits and account.uid == record.put_forward_by,
            "may_withdraw": published and rules.can_withdraw(account, record.regions),
            "wider": _wider(record) if changes and published else None,
            "asked_wider": _asked(record) if record.wider else "",
            "may_widen": changes and published,
            "may_throw_away": changes and not record.was_published,
            "may_add_version": changes and last is not None and last.is_published,
            "put_forward_by": actors([SimpleNamespace(actor=record.put_forward_by)]).get(record.put_forward_by, ""),
            "editions": parts.rows(self, record, changes, rules.can_withdraw(account, record.regions)),
            "cited_as": parts.cited_as(request, record),
            "on_site": published,
        }

    def step(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Put it forward, publish it, send it back, withdraw it or throw it away."""
        record, what = self.record(request, uid), request.POST.get("wat", "")
        allowed = self.beside(request, record)
        if what not in _STEPS:
            raise Http404
        flag, do, said = _STEPS[what]
        reason = {"reason": request.POST.get("reden", "")[:1000]} if what in _REASONED else {}
        more: dict[str, Any] = reason
        try:
            if not any(allowed[name] for name in flag):
                # What was allowed when it was read, someone else did meanwhile.
                if version_of(request) == record.version:
                    raise PermissionDenied
                raise Conflict
            if what == "verruimen":
                more = _asked_in(request, record)
            do(publication=record, version=version_of(request), by=request.user, **more)
        except (Conflict, ValidationError) as error:
            return self._refused(request, uid, what, error, reason.get("reason", ""))
        messages.success(request, said % {"record": record})
        return redirect(self.get_url_name("index") if what == "weggooien" else self.address(record))

    def _refused(self, request: HttpRequest, uid: str, what: str, error: Exception, reason: str) -> HttpResponse:
        """The page as it is now, with why it could not be and what was typed."""
        record = self.record(request, uid)
        told = error.messages if isinstance(error, ValidationError) else [str(_BEFORE)]
        more = {"trouble": told, "typed_reason": reason, "typed_for": what}
        form = self.form(request, record) if self.may_change(request, record) else None
        return self._page(request, record, form, more)


_STEPS: dict[str, tuple[tuple[str, ...], Callable[..., Any], Any]] = {
    "voordragen": (("may_put_forward",), actions.put_forward, _("Voorgedragen: %(record)s. Iemand anders leest mee.")),
    "publiceren": (("may_publish",), actions.publish_publication, _("Op de site gezet: %(record)s.")),
    "verruimen": (("may_widen",), actions.ask_wider, _("Voorgedragen: %(record)s. Iemand anders beslist mee.")),
    "terug": (("may_publish", "may_take_back"), actions.send_back, _("Teruggestuurd: %(record)s.")),
    "intrekken": (("may_withdraw",), actions.withdraw_publication, _("Ingetrokken: %(record)s.")),
    "weggooien": (("may_throw_away",), actions.delete_publication, _("Weggegooid: %(record)s.")),
    "versie": (("may_add_version",), actions.add_version, _("Nieuwe versie begonnen van %(record)s.")),
}


def _wider(record: Publication) -> WiderForm | None:
    """How more people may be let in; None when everybody has it already."""
    form = WiderForm(record=record)
    choices = form.fields["visibility"].choices  # type: ignore[attr-defined]
    return form if len(choices) > 1 or record.under_embargo else None


def _asked_in(request: HttpRequest, record: Publication) -> dict[str, Any]:
    form = WiderForm(request.POST, record=record)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return form.values()


def _asked(record: Publication) -> str:
    """What would become of it, in words."""
    day = record.wider["embargo_until"]
    said = [_t("zichtbaar voor: %(whom)s") % {"whom": Visibility(record.wider["visibility"]).label}]
    if record.embargo_until:
        when = shown(date.fromisoformat(day)) if day else _t("meteen")
        said.append(_t("bestanden te krijgen vanaf: %(when)s") % {"when": when})
    return "; ".join(said)


def _link(desk: PublicationDesk, account: Any) -> Callable[[Any], str]:
    seen = set(publications_seen_by(account).values_list("pk", flat=True))

    def link(one: Publication) -> str:
        address = desk.address(one) if one.pk in seen else one.get_absolute_url()
        said = " ".join(filter(None, (one.title, f"({one.when})" if one.when else "")))
        return format_html('<a href="{}" target="_blank">{}</a>', address, said)

    return link


def keeps_publications(account: Any) -> bool:
    """Whether this account works on publications at all."""
    return is_national(account) or bool(rules.edited_by(account) or scopes_of(account, RoleKind.PARTNER_EDITOR))


def to_read(account: Any) -> list[Publication]:
    """What waits for this account to read: put forward by someone else."""
    waiting = publications_seen_by(account).waiting().prefetch_related("werkplaatsen")  # type: ignore[attr-defined]
    return [one for one in waiting if rules.can_publish(account, one.regions, one.involved)]


def came_back(account: Any) -> QuerySet[Any]:
    """Drafts that came back with a reason, of who changed them last or keeps them."""
    found = publications_seen_by(account).exclude(sent_back="").filter(put_forward_at=None)
    return found.filter(Q(changed_by=account.uid) | Q(werkplaatsen__uid__in=rules.edited_by(account))).distinct()


publication_desk = PublicationDesk()
