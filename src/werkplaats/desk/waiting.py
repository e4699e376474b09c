"""What waits for whom: the first thing on the desk, for every role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _t

from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import CLOSED, help
from werkplaats.core import clock
from werkplaats.core.models import Draft
from werkplaats.desk.library import came_back, to_read
from werkplaats.desk.listing import shown
from werkplaats.desk.organisations import (
    contacts_seen_by,
    functions_seen_by,
    keeps_contacts,
    organisations_changed_by,
)
from werkplaats.flows import roles
from werkplaats.network.models import Check, Organisation, Partnership, Werkplaats
from werkplaats.news.queries import returned_to, waiting_for
from werkplaats.people.models import Role
from werkplaats.people.rules import RoleKind, grants_any, has_role, scopes_of

SHOWN = 8


@dataclass(frozen=True)
class Thing:
    """One thing to do: what it says, where to do it, a word beside it, and whether it cannot wait."""

    text: str
    address: str
    note: str = ""
    urgent: str = ""


@dataclass(frozen=True)
class Pile:
    """Things of one sort, the page of all of them, and what it says when there is nothing."""

    title: str
    things: list[Thing]
    address: str
    label: str
    total: int = 0
    empty: str = ""
    ways: list[tuple[str, str]] = field(default_factory=list)


def urgent_first(waiting: Iterable[Question]) -> list[tuple[Question, bool]]:
    """(question, reads like a cry for help): those first, then the oldest."""
    told = [(question, bool(help.needs(question.text))) for question in waiting]
    return sorted(told, key=lambda one: not one[1])


def _day(moment: Any) -> str:
    return shown(moment.date() if hasattr(moment, "date") else moment)


def _questions(account: Any) -> Pile | None:
    """To look at: for who handles questions."""
    if not (has_role(account, RoleKind.NATIONAL_EDITOR) or scopes_of(account, RoleKind.COORDINATOR)):
        return None
    waiting = urgent_first(Question.objects.for_desk_of(account).waiting())
    things = [
        Thing(
            one.text[:120],
            reverse("vragen:moderate", args=[one.uid]),
            _day(one.received_at),
            _t("Leest als een noodkreet") if urgent else "",
        )
        for one, urgent in waiting[:SHOWN]
    ]
    return Pile(
        _t("Vragen om te beoordelen"), things, reverse("vragen:index"), _t("Alle vragen"), len(waiting),
        _t("Er wacht geen vraag op u. Nieuwe vragen komen hier vanzelf te staan."),
    )  # fmt: skip


def _overdue(account: Any) -> Pile | None:
    """Promised to the asker, and not done: for who handles questions."""
    late = Question.objects.for_desk_of(account).public().filter(due__lt=clock.today()).exclude(status__in=CLOSED)
    found = list(late.order_by("due"))
    if not found:
        return None
    things = [
        Thing(one.public_text[:120], reverse("vragen:moderate", args=[one.uid]), _t("beloofd: %s") % _day(one.due))
        for one in found[:SHOWN]
    ]
    return Pile(_t("Te laat met bericht"), things, reverse("vragen:index"), _t("Alle vragen"), len(found))


def _approvals(account: Any) -> Pile | None:
    """Pages that someone else wrote and that may not go on the site unread: for who may approve."""
    found = waiting_for(account)
    if not found:
        return None
    things = [
        Thing(page.draft_title, reverse("goedkeuren:decide", args=[page.uid]), str(page.page_type_display_name))
        for page, _state in found[:SHOWN]
    ]
    return Pile(
        _t("Wacht op uw goedkeuring"), things, reverse("goedkeuren:index"), _t("Alles om goed te keuren"), len(found)
    )


def _returned(account: Any) -> Pile | None:
    """Pages of one's own that came back with a reason."""
    found = returned_to(account)
    if not found:
        return None
    things = [Thing(page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk])) for page in found[:SHOWN]]
    return Pile(_t("Kwam bij u terug"), things, reverse("wagtailadmin_explore_root"), _t("Alle pagina's"), len(found))


def _publications(account: Any) -> Pile | None:
    """Publications that someone else put forward."""
    found = to_read(account)
    if not found:
        return None
    things = [
        Thing(one.title, reverse("publicaties:record", args=[one.uid]), _day(one.put_forward_at))
        for one in found[:SHOWN]
    ]
    address = f"{reverse('publicaties:index')}?stand=tegenlezen"
    return Pile(_t("Publicaties om tegen te lezen"), things, address, _t("Alles wat wordt tegengelezen"), len(found))


def _publications_back(account: Any) -> Pile | None:
    """Publications that came back with what must be otherwise."""
    found = list(came_back(account))
    if not found:
        return None
    things = [
        Thing(one.title, reverse("publicaties:record", args=[one.uid]), Truncator(one.sent_back).chars(80))
        for one in found[:SHOWN]
    ]
    title, label = _t("Publicaties die terugkwamen"), _t("Alle publicaties")
    return Pile(title, things, reverse("publicaties:index"), label, len(found))


def _reviews(account: Any) -> Pile | None:
    """Roles that nobody looked at for a year."""
    if not grants_any(account):
        return None
    due = list(roles.roles_given_by(by=account).exclude(account=account).due())
    if not due:
        return None
    things = [
        Thing(str(one.account), reverse("mensen:record", args=[one.uid]), one.get_kind_display()) for one in due[:SHOWN]
    ]
    return Pile(
        _t("Rollen om na te lopen"), things, f"{reverse('mensen:index')}?stand=nalopen", _t("Alle rollen"), len(due)
    )


def _invitations(account: Any) -> Pile | None:
    """Offered by oneself, and not answered."""
    found = (
        list(roles.invitations_given_by(by=account).open().filter(invited_by=account)) if grants_any(account) else []
    )
    if not found:
        return None
    things = [
        Thing(one.email, reverse("uitnodigingen:record", args=[one.uid]), _t("geldig tot %s") % _day(one.expires_at))
        for one in found[:SHOWN]
    ]
    return Pile(
        _t("Uitnodigingen zonder antwoord"),
        things,
        reverse("uitnodigingen:index"),
        _t("Alle uitnodigingen"),
        len(found),
    )


def _unstaffed(account: Any) -> Pile | None:
    """Werkplaatsen that nobody coordinates: the national desk reads their questions meanwhile."""
    if not has_role(account, RoleKind.NATIONAL_EDITOR):
        return None
    staffed = Role.objects.current().of_kind(RoleKind.COORDINATOR).filter(account__is_active=True)
    found = list(Werkplaats.objects.receiving().exclude(uid__in=staffed.values("scope_uid")))
    things = [Thing(one.name, reverse("werkplaatsen:record", args=[one.uid])) for one in found[:SHOWN]]
    return Pile(
        _t("Werkplaatsen zonder coördinator"), things, reverse("uitnodigingen:new"), _t("Nodig iemand uit"), len(found),
        _t("Elke werkplaats heeft een coördinator."),
    )  # fmt: skip


def _partners(account: Any) -> Pile | None:
    """Partners on their way in."""
    own = scopes_of(account, RoleKind.COORDINATOR)
    if not own:
        return None
    coming = Partnership.objects.coming_in().filter(werkplaats__uid__in=own).select_related("organisation")
    found = list(coming)
    things = [
        Thing(one.organisation.name, reverse("samenwerkingen:record", args=[one.uid]), one.get_stage_display())
        for one in found[:SHOWN]
    ]
    return Pile(
        _t("Partners in gesprek"), things, reverse("samenwerkingen:index"), _t("Alle samenwerkingen"), len(found),
        _t("Er is nu niemand in gesprek. Met wie zou u willen samenwerken?"),
    )  # fmt: skip


def _next_steps(account: Any) -> Pile | None:
    """What one would do today or before: written down by oneself, or by who no longer works here."""
    if not keeps_contacts(account):
        return None
    due = contacts_seen_by(account).due().select_related("organisation", "account", "werkplaats")  # type: ignore[attr-defined]
    found = [one for one in due.order_by("next_on") if one.account == account or not _still_there(one)]
    if not found:
        return None
    things = [
        Thing(
            f"{one.organisation}: {one.next_step}",
            reverse("contactmomenten:record", args=[one.uid]),
            _day(one.next_on),
            _t("Te laat") if one.is_late() else "",
        )
        for one in found[:SHOWN]
    ]
    return Pile(
        _t("Volgende stappen"), things, f"{reverse('contactmomenten:index')}?stap=open", _t("Alle volgende stappen"),
        len(found),
    )  # fmt: skip


def _answers(account: Any) -> Pile | None:
    """What contact persons would have otherwise."""
    if not keeps_contacts(account):
        return None
    there = functions_seen_by(account).filter(organisation__in=organisations_changed_by(account).values("pk"))
    found = list(
        Check.objects.waiting().filter(function__in=there.values("pk")).select_related("function__organisation")
    )
    if not found:
        return None
    things = [
        Thing(one.function.organisation.name, reverse("bevestigingen:record", args=[one.uid]), _day(one.answered_at))
        for one in found[:SHOWN]
    ]
    return Pile(
        _t("Antwoorden van contactpersonen"), things, reverse("bevestigingen:index"), _t("Alle bevestigingen"),
        len(found),
    )  # fmt: skip


def _still_there(contact: Any) -> bool:
    if contact.account is None:
        return False
    if contact.werkplaats is None:
        return has_role(contact.account, RoleKind.NATIONAL_EDITOR)
    return has_role(contact.account, RoleKind.COORDINATOR, contact.werkplaats.uid)


def _renewals(account: Any) -> Pile | None:
    """Partners with whom it is time to talk: an agreement that ends soon, or a year without a look."""
    own = Partnership.objects.filter(werkplaats__uid__in=scopes_of(account, RoleKind.COORDINATOR))
    ending = list(own.running_out().select_related("organisation").order_by("ends"))
    looks = list(own.to_look_at().exclude(pk__in=[one.pk for one in ending]).select_related("organisation"))
    if not (ending or looks):
        return None
    things = [
        *(_renewal(one, _t("overeenkomst tot en met %s") % _day(one.ends - timedelta(days=1))) for one in ending),
        *(_renewal(one, _t("een jaar niet nagelopen")) for one in looks),
    ]
    address = reverse("samenwerkingen:index")
    kind, label = ("loopt-af", _t("Wat afloopt")) if ending else ("nalopen", _t("Alles om na te lopen"))
    title = _t("Partners om mee te praten")
    return Pile(title, things[:SHOWN], f"{address}?aandacht={kind}", label, len(things))


def _renewal(partnership: Partnership, note: str) -> Thing:
    address = reverse("samenwerkingen:record", args=[partnership.uid])
    return Thing(partnership.organisation.name, address, note)


def _organisation(account: Any) -> Pile | None:
    """What a partner keeps up to date."""
    own = scopes_of(account, RoleKind.PARTNER_EDITOR)
    found = list(Organisation.objects.filter(uid__in=own))
    if not found:
        return None
    things = [
        Thing(one.name, reverse("organisaties:record", args=[one.uid]), _t("kijk of alles nog klopt")) for one in found
    ]
    return Pile(
        _t("Mijn organisatie"), things, reverse("questions"), _t("Zeg “hier ook” bij een vraag"), len(found),
    )  # fmt: skip


def _drafts(account: Any) -> Pile | None:
    """Begun and not saved."""
    found = list(Draft.objects.filter(account=account.uid).order_by("-kept_at")[:SHOWN])
    if not found:
        return None
    things = [Thing(_t("Concept"), address, _day(one.kept_at)) for one in found if (address := _form_of(one.place))]
    return Pile(_t("Begonnen en niet bewaard"), things, "", "", len(things)) if things else None


# What is added to another record: how that is named in the address.
_BEGINS_AT = {
    "overeenkomsten": "samenwerking", "overleggen": "project", "doelen": "fase", "vergaderingen": "verband",
    "kringbijeenkomsten": "kring", "themawerk": "thema",
}  # fmt: skip


def _form_of(place: str) -> str:
    """The form a draft was typed in."""
    name, _colon, uid = place.partition(":")
    page = "moderate" if name == "vragen" else "record"
    uid, _colon, about = uid.partition(":")
    try:
        if name in _BEGINS_AT and about:
            return f"{reverse(f'{name}:new')}?{_BEGINS_AT[name]}={about}"
        return reverse(f"{name}:new") if uid == "nieuw" else reverse(f"{name}:{page}", args=[uid])
    except NoReverseMatch:
        return ""


PILES: list[Callable[[Any], Pile | None]] = [
    _questions, _overdue, _next_steps, _answers, _approvals, _publications, _returned, _publications_back, _drafts,
    _organisation, _partners, _renewals,
    _reviews, _invitations, _unstaffed,
]  # fmt: skip


def piles_for(account: Any) -> list[Pile]:
    """What waits for this account, by sort."""
    return [pile for make in PILES if (pile := make(account))]
