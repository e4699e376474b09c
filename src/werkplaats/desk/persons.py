"""People at organisations, and what was said with them, on the desk: see the readers in ``organisations``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.core import clock
from werkplaats.desk.listing import Column, Filter, shown
from werkplaats.desk.naming import Traces, mentions, traces
from werkplaats.desk.organisations import (
    contacts_seen_by,
    functions_seen_by,
    keeps_contacts,
    organisation_desk,
    organisations_seen_by,
)
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.flows import persons
from werkplaats.network import actions
from werkplaats.network.forms import ContactForm, FunctionForm
from werkplaats.network.models import Contact, Function, Werkplaats
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind, scopes_of

_WHEN = (("nu", _("nu")), ("voorbij", _("voorbij")))


def _in_time(found: QuerySet[Any], when: str) -> QuerySet[Any]:
    if when == "nu":
        return found.current()  # type: ignore[no-any-return, attr-defined]
    return found.filter(valid_to__lte=clock.today())


def _own_werkplaats(request: HttpRequest) -> Werkplaats | None:
    """For whom this is written down: the own werkplaats, else the national desk."""
    own = Werkplaats.objects.filter(uid__in=scopes_of(request.user, RoleKind.COORDINATOR))
    return own.filter(uid=request.GET.get("werkplaats", "")).first() or own.first()


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The organisation that the address names, and who writes."""
    named = organisations_seen_by(request.user).filter(uid=request.GET.get("organisatie", "").replace("\0", "")[:44])
    found = named.first()
    return {"werkplaats": _own_werkplaats(request), **({"organisation": found} if found else {})}


def _about(record: Any) -> list[str]:
    """At which organisation, and for which werkplaats, as far as the address says."""
    named = (record.organisation_id and record.organisation, record.werkplaats)
    return [one.uid for one in named if one]


def _with_names(form: Any, record: Any) -> Any:
    """The field for the organisation helps with names; once chosen it stays."""
    form.fields["organisation"].widget.attrs["data-names"] = reverse("organisaties:names")
    if record.organisation_id:
        form.fields["organisation"].disabled = record.pk is not None
        form.initial["organisation"] = record.organisation.name
    return form


class FunctionDesk(DeskViewSet):
    """Contactpersonen: who works at the organisations that one works with."""

    model = Function
    record_template = "desk/persons/record.html"
    name = url_prefix = "contactpersonen"
    icon = "user"
    new_title = _("Nieuwe contactpersoon")
    lead = _(
        "Mensen die u kent bij organisaties, en wie anderen kennen bij organisaties die u deelt. Alleen coördinatoren "
        "zien hen; op de site staan zij nooit."
    )
    nothing = _("Nog niemand. Voeg de eerste contactpersoon toe.")
    columns = (
        Column(_("naam"), lambda one: one.person.name, "person__name"),
        Column(_("functie"), lambda one: one.what, "what"),
        Column(_("organisatie"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("e-mailadres"), lambda one: one.person.email, "person__email"),
        Column(_("telefoonnummer"), lambda one: one.person.phone),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("person__name", "person__email", "what", "organisation__name")
    filters = (Filter("stand", _("stand"), lambda request: _WHEN, _in_time),)

    def get_urlpatterns(self) -> list[Any]:
        """Also to be forgotten."""
        return [
            *super().get_urlpatterns(),
            path("<uid:uid>/wissen/", require_admin_access(self.erase), name="erase"),
        ]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``functions_seen_by``."""
        return functions_seen_by(request.user).select_related("person", "organisation", "werkplaats")

    def may_add(self, request: HttpRequest) -> bool:
        """Who keeps contacts."""
        return keeps_contacts(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Whoever sees it."""
        return True

    def blank(self, request: HttpRequest) -> Any:
        """For the organisation in the address."""
        return Function(**_asked(request))

    def about(self, record: Any) -> list[str]:
        """See ``_about``."""
        return _about(record)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """The person and the function in one."""
        return _with_names(FunctionForm(data, instance=record, **more), record)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the flow. Who is known here already by name and address is the same person."""
        details = form.person()
        known = Function.objects.select_related("person").filter(pk=record.pk).first()
        if known is None:
            same = {"person__name__iexact": details["name"], "person__email__iexact": details["email"] or "-"}
            there = self.records(request).filter(**same).first()
            person = there.person if there else Person()
            details = {**details, "phone": details["phone"] or person.phone}
            known, values = Function(), {**form.values(), "werkplaats": record.werkplaats}
        else:
            person, values = known.person, form.values()
        common = {"details": details, "values": values, "version": version, "by": request.user}
        return persons.keep_function(function=known, person=person, **common)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The organisation, what was said with this person, and being forgotten."""
        about = f"?organisatie={record.organisation.uid}"
        contacts = contacts_seen_by(request.user).filter(person=record.person)
        said = [
            (one, contact_desk.address(one), Truncator(one.said or one.next_step).chars(80)) for one in contacts[:10]
        ]
        confirmed = record.organisation.confirmed_on
        note = _t("bevestigd op %s") % shown(confirmed) if confirmed else ""
        ties = [
            (_t("Organisatie"), [(record.organisation.name, organisation_desk.address(record.organisation), note)]),
            (_t("Contactmomenten"), [*said, (_t("Leg vast"), reverse("contactmomenten:new") + about, "")]),
        ]
        if not record.person.has_account():
            there = reverse(self.get_url_name("erase"), args=[record.uid])
            ties.append((_t("Niet meer bewaren"), [(_t("Wis deze persoon"), there, "")]))
        return {"ties": ties, "ask": reverse("bevestigingen:ask", args=[record.uid]) if record.person.email else ""}

    def erase(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Asks once, with what happens; then name and details are gone."""
        record = self.record(request, uid)
        found = traces(record.person)
        if request.method == "POST":
            return self._erased(request, record, found)
        context = {
            **self.head(request, _t("Wis %(name)s") % {"name": record.person}),
            "function": record,
            "left": mentions(request, found),
            "back": self.address(record),
        }
        return TemplateResponse(request, "desk/persons/erase.html", context)

    def _erased(self, request: HttpRequest, record: Any, found: Traces) -> HttpResponse:
        """Once more, and only here, where the name still stands: nothing keeps who it was."""
        try:
            persons.erase(person=record.person, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.address(record))
        messages.success(request, _t("De persoon is gewist. Alleen dat er iemand was, staat nog in het logboek."))
        there = reverse(self.get_url_name("index"))
        left = mentions(request, found)
        context = {**self.head(request, _t("Nog na te lezen")), "left": left, "back": there}
        return TemplateResponse(request, "desk/persons/erased.html", context) if left else redirect(there)


_STEPS = (
    ("laat", _("te laat")), ("week", _("deze week")), ("open", _("nog te doen")), ("gedaan", _("gedaan")),
)  # fmt: skip


def _of_step(found: Any, step: str) -> QuerySet[Any]:
    reads = {"laat": found.late, "week": found.this_week, "open": found.to_do}
    return reads[step]() if step in reads else found.filter(done_on__isnull=False)  # type: ignore[no-any-return]


class ContactDesk(DeskViewSet):
    """Contactmomenten: what the own werkplaats wrote down, and what it is to do next."""

    model = Contact
    name = url_prefix = "contactmomenten"
    icon = "comment"
    new_title = _("Leg een contactmoment vast")
    lead = _("Wat u met organisaties besprak en wat u gaat doen. Alleen de coördinatoren van uw werkplaats lezen dit.")
    nothing = _("Nog niets vastgelegd. Sprak u vandaag iemand? Schrijf het op, met de volgende stap.")
    columns = (
        Column(_("organisatie"), lambda one: one.organisation.name, "organisation__name"),
        Column(_("dag"), lambda one: one.day, "day"),
        Column(_("met wie"), lambda one: one.person),
        Column(_("wat er gezegd is"), lambda one: Truncator(one.said).chars(90)),
        Column(_("volgende stap"), lambda one: one.next_step),
        Column(_("uiterlijk op"), lambda one: one.next_on, "next_on"),
        Column(_("gedaan op"), lambda one: one.done_on, "done_on"),
        Column(_("door"), lambda one: one.account),
    )
    searched = ("organisation__name", "person__name", "said", "next_step")
    filters = (Filter("stap", _("volgende stap"), lambda request: _STEPS, _of_step),)

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``contacts_seen_by``."""
        found = contacts_seen_by(request.user)
        return found.select_related("organisation", "person", "werkplaats", "account__person")

    def may_add(self, request: HttpRequest) -> bool:
        """Who keeps contacts."""
        return keeps_contacts(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Whoever reads it: colleagues in one werkplaats."""
        return True

    def blank(self, request: HttpRequest) -> Any:
        """With the organisation in the address, by who writes it."""
        return Contact(**_asked(request), account=request.user, day=clock.today())

    def about(self, record: Any) -> list[str]:
        """See ``_about``."""
        return _about(record)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """What was said, with whom of those one knows there."""
        functions = functions_seen_by(request.user)
        return _with_names(ContactForm(data, instance=record, functions=functions, **more), record)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = Contact.objects.filter(pk=record.pk).first()
        values = form.values()
        if known is None:
            known = Contact()
            values |= {"werkplaats": record.werkplaats, "account": request.user}
        return actions.save_contact(contact=known, values=values, version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The organisation."""
        there = organisation_desk.address(record.organisation)
        return {"ties": [(_t("Organisatie"), [(record.organisation.name, there, "")])]}


function_desk = FunctionDesk()
contact_desk = ContactDesk()
