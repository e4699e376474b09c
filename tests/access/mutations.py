"""Every rule about who may what, and the ways to turn it around. A hand-kept list: a guard finds what is missing in it.

Each names the requests that it should break first, so that the test need not walk the whole table: the beginnings of
``Case.key``, an address with perhaps a method and a record.
"""

from __future__ import annotations

from typing import Any

from tests.access.turning import (
    Apply,
    Flip,
    and_in_the_hall,
    answers,
    by_default,
    gives,
    in_the_hall,
    is_now,
    is_now_everywhere,
    opened,
    unguarded,
)


def _everyone() -> Any:
    """Someone who belongs to every werkplaats."""
    from werkplaats.core.actors import Viewer
    from werkplaats.network.models import Werkplaats

    return Viewer(network=True, werkplaatsen=frozenset(Werkplaats.objects.values_list("uid", flat=True)))


def _anyone() -> Any:
    from werkplaats.core.actors import ANYONE

    return ANYONE


def _all_rows(self: Any, *_args: Any, **_named: Any) -> Any:
    return self.all()


def _no_rows(self: Any, *_args: Any, **_named: Any) -> Any:
    return self.none()


def _all_records(self: Any, request: Any) -> Any:
    return self.model._default_manager.all()


def _no_records(self: Any, request: Any) -> Any:
    return self.model._default_manager.none()


def _whatever_uid(self: Any, request: Any, uid: str) -> Any:
    return self.model._default_manager.filter(uid=uid).first()


def _any_roles(account: Any) -> list[Any]:
    return list(account.roles.all()) if account.is_authenticated else []


def _all_scopes(account: Any, kind: str) -> list[str]:
    from werkplaats.network.models import Organisation, Werkplaats

    return [uid for model in (Werkplaats, Organisation) for uid in model.objects.values_list("uid", flat=True)]


def _any_entry(key: str, kind: str = "") -> Any:
    from werkplaats.api.problems import Refused
    from werkplaats.catalogue.models import Entry

    entry = Entry.objects.filter(uid=key).first()
    if entry is None:
        raise Refused(404)
    return entry


def _all_found(self: Any, request: Any) -> Any:
    from django.db.models import DateField, Value

    return self.model.objects.living().annotate(found=Value(1), last=Value(None, DateField()))


def _none_found(self: Any, request: Any) -> Any:
    return _all_found(self, request).none()


def _every(name: str) -> Any:
    """A function of an account that gives every record of this kind."""

    def every(account: Any) -> Any:
        from werkplaats.network import models

        return getattr(models, name).objects.all()

    return every


def _none(name: str) -> Any:
    def none(account: Any) -> Any:
        from werkplaats.network import models

        return getattr(models, name).objects.none()

    return none


def _every_publication(account: Any) -> Any:
    from werkplaats.library.models import Publication

    return Publication.objects.all()


def _no_publication(account: Any) -> Any:
    return _every_publication(account).none()


def _all_of(app: str, name: str) -> Any:
    """A function of an account, perhaps with a record, that gives every record of this kind."""

    def every(*_args: Any, **_named: Any) -> Any:
        from importlib import import_module

        return getattr(import_module(f"werkplaats.{app}.models"), name)._default_manager.all()

    return every


def _none_of(app: str, name: str) -> Any:
    def none(*_args: Any, **_named: Any) -> Any:
        return _all_of(app, name)().none()

    return none


def _chosen(rule: str, app: str, name: str, *first: str) -> list[Flip]:
    """Of what somebody may choose: everything, and nothing."""
    return [
        Flip(rule, "alles", gives(_all_of(app, name)), first),
        Flip(rule, "niets", gives(_none_of(app, name)), first),
    ]


def _everywhere_edits() -> set[str]:
    from werkplaats.network.models import Werkplaats

    return set(Werkplaats.objects.values_list("uid", flat=True))


def _all_sites(account: Any) -> Any:
    from werkplaats.news.models import RegionalSite

    return RegionalSite.objects.all()


def _no_sites(account: Any) -> Any:
    return _all_sites(account).none()


def _anyones_draft(*, place: str, by: Any) -> Any:
    from werkplaats.core.models import Draft

    return Draft.objects.filter(place=place).exclude(account=by.uid).first()


def _straight(handler: Any) -> Any:
    return handler


def _both(rule: str, *first: str, never: str = "") -> list[Flip]:
    """Of a predicate: always, and never."""
    return [
        Flip(rule, "altijd ja", answers(True), first),
        Flip(rule, "altijd nee", answers(False), (never,) if never else first),
    ]


def _rows(rule: str, *first: str) -> list[Flip]:
    """Of a read: everything, and nothing."""
    return [Flip(rule, "alles", gives(_all_rows), first), Flip(rule, "niets", gives(_no_rows), first)]


def _scoped(rule: str, *first: str) -> list[Flip]:
    """Of what the desk shows someone: everything, and nothing."""
    return [Flip(rule, "alles", gives(_all_records), first), Flip(rule, "niets", gives(_no_records), first)]


def _may(rule: str, *first: str) -> list[Flip]:
    """Of what may be added or changed at a part of the desk: by everyone, and by nobody."""
    name = rule.rpartition(".")[2]
    return [
        Flip(rule, f"{name}: iedereen", answers(True), first),
        Flip(rule, f"{name}: niemand", answers(False), first),
    ]


def _as_insider(rule: str, *first: str) -> Flip:
    return Flip(rule, "ziet alles", is_now(lambda _old: _everyone()), first)


def _unguarded(rule: str, *first: str) -> Flip:
    return Flip(rule, "zonder inloggen", unguarded, first, breaks=True)


def _more(*values: str) -> Apply:
    return is_now_everywhere(lambda old: old | set(values))


def _gives(role: str, kind: str) -> Apply:
    """A role that gives one more."""
    return is_now_everywhere(lambda old: {**old, role: old[role] | {kind}})


def _less(*values: str) -> Apply:
    return is_now_everywhere(lambda old: old - set(values))


MUTATIONS: list[Flip] = [
    # Who may come where: people.
    Flip("people.rules.roles_of", "ook wat voorbij is", gives(_any_roles), ("wagtailadmin_home",)),
    Flip("people.rules.roles_of", "geen", answers(lambda: []), ("wagtailadmin_home",)),
    *_both("people.rules.has_role", "woorden:index"),
    Flip("people.rules.scopes_of", "alle", gives(_all_scopes), ("vragen:index",)),
    Flip("people.rules.scopes_of", "geen", answers(lambda: []), ("vragen:index",)),
    *_both("people.rules.can_enter_desk", "wagtailadmin_home"),
    Flip("people.rules.DESK_ROLES", "ook deelnemers", _more("deelnemer"), ("wagtailadmin_home",)),
    Flip("people.rules.DESK_ROLES", "geen lectoren", _less("lector"), ("wagtailadmin_home",)),
    *_both("people.rules.DeskAccess.has_perm", "wagtailadmin_home"),
    Flip("people.rules.viewer_for", "ziet alles", answers(_everyone), ("search",)),
    Flip("people.rules.viewer_for", "als iedereen", answers(_anyone), ("search",)),
    Flip("people.models.Account.current_roles", "ook wat voorbij is", gives(_any_roles), ("wagtailadmin_home",)),
    *_rows(
        "people.queries.RoleQuerySet.of_kind",
        "vragen:moderate GET vraag-onbemand",
        "vragen:moderate GET vraag-eigen-wacht",
    ),
    *_rows(
        "people.queries.RoleQuerySet.about",
        "vragen:moderate GET vraag-onbemand",
        "vragen:moderate GET vraag-eigen-wacht",
    ),
    *_rows("core.models.DatedQuerySet.on", "wagtailadmin_home"),
    *_rows("core.models.DatedQuerySet.current", "wagtailadmin_home"),
    *_both("people.rules.grants_any", "mensen:index"),
    Flip(
        "people.rules.GIVES",
        "een coördinator ook lectoren",
        _gives("coordinator", "lector"),
        ("mensen:record GET rol-l",),
    ),
    Flip(
        "people.rules.GIVES",
        "een landelijk redacteur ook beheerders",
        _gives("landelijkredacteur", "beheerder"),
        ("uitnodigingen:new",),
    ),
    *_both("people.rules.can_grant", "uitnodigingen:new POST"),
    *_rows("people.queries.RoleQuerySet.given_by", "mensen:record GET"),
    *_rows("people.queries.InvitationQuerySet.given_by", "uitnodigingen:record GET"),
    *_rows("people.queries.InvitationQuerySet.open", "invitation GET"),
    *_both("people.models.Invitation.is_open", "uitnodigingen:record GET uitnodiging-voorbij", never="invitation POST"),
    *_rows("people.queries.RoleQuerySet.due", "wagtailadmin_home"),
    *_both("people.models.Role.is_due", "wagtailadmin_home"),
    *_both("flows.roles.may_give", "invitation GET"),
    *_chosen("flows.roles.roles_given_by", "people", "Role", "mensen:record GET"),
    *_chosen("flows.roles.invitations_given_by", "people", "Invitation", "uitnodigingen:record GET"),
    # Behind RoleDesk.records, and whoever may give may end.
    *_both("flows.roles.may_end", "flows.roles.may_end", never="mensen:record POST rol-deelnemer wat=einde"),
    # Questions: agenda.
    # Behind QuestionDesk.records, which lets nobody come so far: only the rule itself can be asked.
    *_both("agenda.rules.can_moderate", "agenda.rules.can_moderate", never="vragen:moderate GET vraag-eigen-wacht"),
    *_both(
        "agenda.rules.can_withdraw",
        "follow POST  code={code-gevolgd-",
        never="follow POST  code={code-gevolgd}&stap=ing",
    ),
    # Behind the list of one's own organisations in the view.
    *_both(
        "agenda.rules.can_support", "agenda.rules.can_support", never="support POST vraag-eigen-in-behandeling stap"
    ),
    *_rows("agenda.queries.QuestionQuerySet.public", "support GET vraag-eigen-wacht", "api:question GET"),
    *_rows("agenda.queries.QuestionQuerySet.for_desk_of", "vragen:index"),
    Flip("agenda.rules.PUBLIC", "ook wat wacht", _more("wacht"), ("support GET vraag-eigen-wacht",)),
    Flip("agenda.rules.PUBLIC", "niet wat beantwoord is", _less("beantwoord"), ("question GET vraag-eigen-bean",)),
    Flip("agenda.entries._records", "alles", in_the_hall("vraag"), ("api:entry GET vraag-eigen-wacht",)),
    Flip("agenda.queries._staffed", "nergens", answers(lambda: []), ("vragen:index",)),
    Flip("agenda.queries.FoundAnswerQuerySet.of_browser", "alles", gives(_all_rows), ("my-answer",)),
    Flip("agenda.queries.FoundAnswerQuerySet.of_browser", "niets", gives(_no_rows), ("my-answer",)),
    *_both(
        "agenda.models.Question.is_public", "vragen:moderate POST vraag-eigen-wacht besluit=mas", never="question GET"
    ),
    *_both(
        "agenda.models.Question.has_coordinator",
        "vragen:moderate GET vraag-onbemand",
        never="vragen:moderate GET vraag-eigen-wacht",
    ),
    Flip(
        "agenda.models.Question.public_text",
        "zonder weglatingen",
        gives(lambda self: self.text),
        ("question GET",),
    ),
    # What is found: the hall.
    *_rows("catalogue.queries.EntryQuerySet.visible_to", "home"),
    Flip("agenda.queries.AnswerQuerySet.current", "niets", gives(_no_rows), ("question GET vraag-eigen-beantwoord",)),
    *_rows("catalogue.queries.EntryQuerySet.ever_visible_to", "trail GET vermelding"),
    Flip("site.trails.viewer_for", "ziet alles", is_now(lambda _old: lambda _account: _everyone()), ("trail GET",)),
    Flip(
        "site.trails.viewer_for",
        "ziet niets meer dan een bezoeker",
        is_now(lambda _old: lambda _account: _anyone()),
        ("trail GET",),
    ),
    *_rows("catalogue.queries.EntryQuerySet.living", "werkplaats GET"),
    Flip("catalogue.by_index._audience", "ziet alles", gives(lambda viewer: _all_audience()), ("api:entries",)),
    # The network.
    *_rows("network.queries.PartnershipQuerySet.public", "werkplaats-partners GET"),
    *_rows("network.queries.PartnershipQuerySet.coming_in", "wagtailadmin_home"),
    *_rows("network.queries.PartnershipQuerySet.to_look_at", "wagtailadmin_home"),
    *_rows("network.queries.PartnershipQuerySet.told_to_partner", "samenwerkingen:index"),
    *_rows("network.queries.PartnershipQuerySet.holding", "organisaties:record POST"),
    *_rows("network.queries.PartnershipQuerySet.unshared", "wagtailadmin_home"),
    *_rows("network.queries.PartnershipQuerySet.shareable_by", "samenwerkingen:share GET"),
    Flip("network.rules.COMING_IN", "ook wie al meedoet", _more("actief"), ("wagtailadmin_home",)),
    Flip("network.rules.COMING_IN", "niet wie benaderd is", _less("benaderd"), ("wagtailadmin_home",)),
    *_rows("network.queries.OrganisationQuerySet.taking_part", "organisaties:record POST"),
    *_rows("network.queries.OrganisationQuerySet.worked_with", "contactpersonen:index", "organisaties:record POST"),
    *_rows("network.queries.OrganisationQuerySet.on_site", "organisation GET"),
    *_rows("network.queries.OrganisationQuerySet.held_by", "organisaties:record POST"),
    *_rows("network.queries.OrganisationQuerySet.shared_with", "contactpersonen:index"),
    *_rows("network.queries.FunctionQuerySet.known_to", "contactpersonen:index"),
    *_rows("network.queries.ContactQuerySet.written_by", "contactmomenten:index"),
    *_rows("network.queries.OrganisationQuerySet.kept_by", "organisaties:record POST"),
    *_rows("network.queries.OrganisationQuerySet.tied_beside", "organisaties:record POST", "samenvoegingen:"),
    *_rows("network.queries.OrganisationQuerySet.used_beside", "organisaties:record POST", "samenvoegingen:"),
    *_rows("network.queries.OrganisationQuerySet.mergeable_by", "samenvoegingen:merge"),
    *_rows("network.queries.ContactQuerySet.due", "wagtailadmin_home"),
    Flip("network.rules.PUBLIC_STAGES", "ook wie benaderd is", _more("benaderd"), ("werkplaats GET",)),
    Flip("network.rules.PUBLIC_STAGES", "niet wie meedoet", _less("actief"), ("werkplaats-partners GET",)),
    Flip("network.entries._records", "alles", in_the_hall("werkplaats"), ("api:entry GET werkplaats-beeindigd",)),
    # Research.
    *_both("research.rules.can_change", "projecten:record POST", "pilots:read POST"),
    *_both("research.rules.can_read_over", "pilots:read POST"),
    *_both("research.rules.can_read_notes", "circle GET kring-open", "circle GET kring-netwerk"),
    *_rows("research.queries.ResearchQuerySet.for_desk_of", "projecten:index", "kringen:index"),
    *_rows("research.queries.ResearchQuerySet.kept_by", "kringbijeenkomsten:new GET"),
    *_rows("research.queries.MeetingQuerySet.for_desk_of", "kringbijeenkomsten:index"),
    *_rows("research.queries.ThemeWorkQuerySet.for_desk_of", "themawerk:index"),
    Flip("research.rules.works_for", "overal", answers(lambda: sorted(_everywhere_edits())), ("projecten:index",)),
    Flip("research.rules.works_for", "nergens", answers(lambda: []), ("projecten:index",)),
    *_both("desk.research.keeps_research", "landelijke-themas:index"),
    *_both("desk.research.keeps_persons", "kringen:record GET kring-open", "kringen:new GET"),
    *_chosen("desk.research.circles_chosen_by", "research", "Circle", "opbrengsten:new GET"),
    *_chosen("desk.research.projects_chosen_by", "research", "Project", "opbrengsten:new GET"),
    *_chosen("desk.research.national_themes_chosen_by", "research", "NationalTheme", "projecten:new GET"),
    *_chosen("desk.research.publications_named_by", "library", "Publication", "kringen:new POST"),
    *_chosen("desk.projects.questions_named_by", "agenda", "Question", "projecten:new POST"),
    # Late ones of one's own stay those of one's own.
    Flip("research.queries.StepQuerySet.overdue", "niets", gives(_no_rows), ("wagtailadmin_home",)),
    Flip("research.entries._records", "alles", in_the_hall("project"), ("project GET project-weg",)),
    # The desk.
    *_scoped("desk.research.ResearchDesk.records", "projecten:index", "kringen:index"),
    *_scoped("desk.yields.YieldDesk.records", "opbrengsten:index"),
    *_scoped("desk.circles.MeetingDesk.records", "kringbijeenkomsten:index"),
    *_scoped("desk.national_themes.NationalThemeDesk.records", "landelijke-themas:index"),
    *_scoped("desk.national_themes.ThemeWorkDesk.records", "themawerk:index"),
    Flip("desk.approaches.ApproachDesk.records", "niets", gives(_no_records), ("aanpakken:index",)),
    *_may("desk.research.ResearchDesk.may_add", "pilots:new"),
    *_may("desk.research.ResearchDesk.may_change", "kringen:record POST"),
    *_may("desk.projects.ProjectDesk.may_add", "projecten:new"),
    *_may("desk.circles.MeetingDesk.may_add", "kringbijeenkomsten:new"),
    # Who sees one, may change it.
    Flip("desk.circles.MeetingDesk.may_change", "niemand", answers(False), ("kringbijeenkomsten:record POST",)),
    *_may("desk.national_themes.NationalThemeDesk.may_add", "landelijke-themas:new"),
    *_may("desk.national_themes.NationalThemeDesk.may_change", "landelijke-themas:record POST"),
    *_may("desk.national_themes.ThemeWorkDesk.may_add", "themawerk:new"),
    Flip("desk.national_themes.ThemeWorkDesk.may_change", "niemand", answers(False), ("themawerk:record POST",)),
    *_may("desk.approaches.ApproachDesk.may_add", "aanpakken:new"),
    *_may("desk.approaches.ApproachDesk.may_change", "aanpakken:record POST"),
    *_scoped("desk.questions.QuestionDesk.records", "vragen:index"),
    *_scoped("desk.synonyms.SynonymDesk.records", "woorden:index"),
    Flip(
        "desk.viewsets.DeskViewSet.record",
        "wat er ook is",
        gives(_whatever_uid),
        ("vragen:moderate GET vraag-vreemd-wacht",),
    ),
    *_both("desk.synonyms.can_edit_words", "woorden:index"),
    *_scoped("desk.organisations.OrganisationDesk.records", "organisaties:index"),
    *_scoped("desk.joining.PartnershipDesk.records", "samenwerkingen:index"),
    *_scoped("desk.agreements.AgreementDesk.records", "overeenkomsten:index"),
    *_scoped("desk.campaigns.CampaignDesk.records", "kwartiermaken:index"),
    *_scoped("desk.campaigns.ConsultationDesk.records", "overleggen:index"),
    Flip("desk.campaigns.campaigns_seen_by", "alles", gives(_every("Campaign")), ("kwartiermaken:index",)),
    Flip("desk.campaigns.campaigns_seen_by", "niets", gives(_none("Campaign")), ("kwartiermaken:index",)),
    *_both("desk.campaigns.may_change_campaign", "kwartiermaken:record POST"),
    *_both("desk.organisations.works_for", "samenwerkingen:record GET samenwerking-eigen"),
    *_scoped("desk.werkplaatsen.WerkplaatsDesk.records", "werkplaatsen:index"),
    *_scoped("desk.werkplaatsen.LeadershipDesk.records", "trekkers:index"),
    *_scoped("desk.money.PhaseDesk.records", "fasen:index"),
    *_scoped("desk.money.GrantDesk.records", "subsidies:index"),
    *_scoped("desk.money.GoalDesk.records", "doelen:index"),
    *_scoped("desk.national.BodyDesk.records", "landelijk:index"),
    *_scoped("desk.national.MeetingDesk.records", "vergaderingen:index"),
    *_scoped("desk.supports.SupportDesk.records", "hier-ook:index"),
    *_scoped("desk.people.RoleDesk.records", "mensen:record GET"),
    *_scoped("desk.people.InvitationDesk.records", "uitnodigingen:record GET"),
    *_scoped("desk.people.AccountDesk.records", "accounts:record GET"),
    *_scoped("desk.logbook.LogbookDesk.records", "logboek:record"),
    # Of these all are for everyone at the desk.
    Flip("desk.themes.ThemeDesk.records", "niets", gives(_no_records), ("themas:index",)),
    Flip("desk.concepts.ConceptDesk.records", "niets", gives(_no_records), ("begrippen:index",)),
    *_scoped("desk.sites.SiteDesk.records", "sites:index"),
    Flip("desk.sites.sites_seen_by", "alles", gives(_all_sites), ("sites:index",)),
    Flip("desk.sites.sites_seen_by", "niets", gives(_no_sites), ("sites:index",)),
    Flip("desk.places.MunicipalityDesk.records", "niets", gives(_no_records), ("gemeenten:index",)),
    Flip("desk.found.FoundDesk.records", "alles", gives(_all_found), ("gevonden:index",)),
    Flip("desk.found.FoundDesk.records", "niets", gives(_none_found), ("gevonden:index",)),
    Flip("desk.found.viewer_for", "ziet alles", is_now(lambda _old: lambda _account: _everyone()), ("gevonden:index",)),
    Flip("desk.supports._words", "ook wat niet openbaar is", gives(lambda one: one.public_text), ("hier-ook:index",)),
    *_both("desk.organisations.is_national", "samenwerkingen:index"),
    Flip(
        "desk.organisations.own_werkplaatsen",
        "alle",
        gives(lambda one: _all_scopes(one, "")),
        ("samenwerkingen:index",),
    ),
    Flip("desk.organisations.own_werkplaatsen", "geen", answers(lambda: []), ("samenwerkingen:index",)),
    *(
        Flip(f"desk.organisations.{rule}", says, gives(make(kind)), (first,))
        for rule, kind, first in (
            ("organisations_seen_by", "Organisation", "organisaties:index"),
            ("organisations_changed_by", "Organisation", "organisaties:record POST"),
            ("partnerships_seen_by", "Partnership", "samenwerkingen:index"),
            ("functions_seen_by", "Function", "contactpersonen:index"),
            ("contacts_seen_by", "Contact", "contactmomenten:index"),
            ("shareable_by", "Partnership", "samenwerkingen:share"),
        )
        for says, make in (("alles", _every), ("niets", _none))
    ),
    *_chosen("flows.merging.mergeable_by", "network", "Organisation", "samenvoegingen:merge"),
    *_may("desk.organisations.OrganisationDesk.may_add", "organisaties:new"),
    *_may("desk.organisations.OrganisationDesk.may_change", "organisaties:record POST"),
    *_may("desk.joining.PartnershipDesk.may_add", "samenwerkingen:new"),
    *_may("desk.joining.PartnershipDesk.may_change", "samenwerkingen:record POST"),
    *_both("desk.organisations.keeps_contacts", "contactpersonen:new"),
    *_scoped("desk.persons.FunctionDesk.records", "contactpersonen:index"),
    *_scoped("desk.persons.ContactDesk.records", "contactmomenten:index"),
    *_scoped("desk.confirming.CheckDesk.records", "bevestigingen:index"),
    Flip("desk.confirming.askable_by", "iedereen", gives(_every("Function")), ("bevestigingen:round",)),
    Flip("desk.confirming.askable_by", "niemand", gives(_none("Function")), ("bevestigingen:round",)),
    *_rows("network.queries.CheckQuerySet.open", "confirm GET"),
    *_rows("network.queries.CheckQuerySet.waiting", "wagtailadmin_home"),
    *_scoped("desk.merging.MergeDesk.records", "samenvoegingen:index"),
    *_may("desk.persons.FunctionDesk.may_add", "contactpersonen:new"),
    *_may("desk.persons.ContactDesk.may_add", "contactmomenten:new"),
    # Who sees one, may change it.
    Flip("desk.persons.FunctionDesk.may_change", "niemand", answers(False), ("contactpersonen:record POST",)),
    Flip("desk.persons.ContactDesk.may_change", "niemand", answers(False), ("contactmomenten:record POST",)),
    *_may("desk.campaigns.CampaignDesk.may_add", "kwartiermaken:new"),
    *_may("desk.campaigns.CampaignDesk.may_change", "kwartiermaken:record POST"),
    *_may("desk.campaigns.ConsultationDesk.may_add", "overleggen:new"),
    *_may("desk.campaigns.ConsultationDesk.may_change", "overleggen:record POST"),
    *_may("desk.agreements.AgreementDesk.may_add", "overeenkomsten:new"),
    *_may("desk.agreements.AgreementDesk.may_change", "overeenkomsten:record POST"),
    *_may("desk.werkplaatsen.WerkplaatsDesk.may_add", "werkplaatsen:new"),
    *_may("desk.werkplaatsen.WerkplaatsDesk.may_change", "werkplaatsen:record POST"),
    *_may("desk.werkplaatsen.LeadershipDesk.may_add", "trekkers:new"),
    *_may("desk.werkplaatsen.LeadershipDesk.may_change", "trekkers:record POST"),
    *_may("desk.money.PhaseDesk.may_add", "fasen:new"),
    *_may("desk.money.PhaseDesk.may_change", "fasen:record POST"),
    *_may("desk.money.GrantDesk.may_add", "subsidies:new"),
    *_may("desk.money.GrantDesk.may_change", "subsidies:record POST"),
    *_may("desk.money.GoalDesk.may_add", "doelen:new"),
    *_may("desk.money.GoalDesk.may_change", "doelen:record POST"),
    *_may("desk.national.BodyDesk.may_add", "landelijk:new"),
    *_may("desk.national.BodyDesk.may_change", "landelijk:record POST"),
    *_may("desk.national.MeetingDesk.may_add", "vergaderingen:new"),
    *_may("desk.national.MeetingDesk.may_change", "vergaderingen:record POST"),
    *_may("desk.themes.ThemeDesk.may_add", "themas:new"),
    *_may("desk.concepts.ConceptDesk.may_add", "begrippen:new"),
    *_may("desk.concepts.ConceptDesk.may_change", "begrippen:record POST"),
    *_may("desk.sites.SiteDesk.may_change", "sites:record POST"),
    *_may("desk.themes.ThemeDesk.may_change", "themas:record POST"),
    *_may("desk.people.InvitationDesk.may_add", "uitnodigingen:new"),
    # Where nothing else is said nobody may.
    Flip("desk.viewsets.DeskViewSet.may_add", "iedereen", answers(True), ("gemeenten:new POST",)),
    Flip("desk.viewsets.DeskViewSet.may_change", "iedereen", answers(True), ("gemeenten:record POST",)),
    Flip(
        "core.drafts.find", "ook van een ander", gives(_anyones_draft), ("organisaties:record GET organisatie-eigen",)
    ),
    Flip("desk.urls.shut", "open", opened, ("/beheer/bulk/",)),
    # As whom the doors look at the hall.
    _as_insider("api.entries.ANYONE", "api:entries"),
    _as_insider("api.questions.ANYONE", "api:questions"),
    _as_insider("api.trails.ANYONE", "api:trail GET vraag-eigen-beantwoord"),
    _as_insider("site.questions.ANYONE", "question GET vraag-eigen-beantwoord"),
    _as_insider("desk.answering.ANYONE", "vragen:answer GET vraag-eigen-beantwoord"),
    _as_insider("flows.answering.ANYONE", "vragen:answer POST vraag-eigen-in-behandeling"),
    _as_insider("site.home.ANYONE", "home"),
    _as_insider("site.werkplaatsen.ANYONE", "werkplaats GET"),
    _as_insider("site.municipalities.ANYONE", "municipality GET"),
    _as_insider("site.organisations.ANYONE", "organisation GET organisatie-maker"),
    _as_insider("site.answering.ANYONE", "my-answer"),
    _as_insider("agenda.actions.ANYONE", "my-answer POST vermelding"),
    Flip("catalogue.answers.answers", "ziet alles", by_default("viewer", _everyone), ("suggest POST",)),
    Flip("catalogue.related.related", "ziet alles", by_default("viewer", _everyone), ("municipality GET",)),
    Flip("api.entries.public_entry", "wat er ook is", gives(_any_entry), ("api:entry GET vermelding",)),
    # Before any view.
    Flip("site.middleware.sensible", "laat alles door", gives(_straight), ("home PUT",)),
    Flip("site.middleware.kept_when_signed_out", "laat alles door", gives(_straight), ("woorden:new POST",)),
    Flip("api.middleware.in_problems", "laat alles door", gives(_straight), ("api:entries GET  status",)),
    # The library.
    *_both("library.rules.can_change", "publicaties:record POST", "publicaties:new-file"),
    *_both("library.rules.can_publish", "publicaties:step"),
    *_both("library.rules.can_withdraw", "publicaties:step", "publicaties:file"),
    *_both("library.rules.edits", "publicaties:step"),
    *_rows("library.queries.PublicationQuerySet.visible_to", "publication GET publicatie-netwerk"),
    *_rows("library.queries.PublicationQuerySet.for_desk_of", "publicaties:index"),
    Flip("library.queries.PublicationQuerySet.waiting", "niets", gives(_no_rows), ("wagtailadmin_home",)),
    Flip("library.entries._records", "alles", in_the_hall("publicatie"), ("library GET", "search GET")),
    Flip("library.queries.PublicationQuerySet.published", "niets", and_in_the_hall(gives(_no_rows)), ("library GET",)),
    *_scoped("desk.library.PublicationDesk.records", "publicaties:index"),
    *_may("desk.library.PublicationDesk.may_add", "publicaties:new"),
    *_may("desk.library.PublicationDesk.may_change", "publicaties:record POST"),
    Flip("desk.library.publications_seen_by", "alles", gives(_every_publication), ("publicaties:index",)),
    Flip("desk.library.publications_seen_by", "niets", gives(_no_publication), ("publicaties:index",)),
    *_both("desk.library.may_change_publication", "publicaties:record POST"),
    Flip("library.rules.edited_by", "overal", answers(_everywhere_edits), ("publicaties:index",)),
    Flip("library.rules.edited_by", "nergens", answers(lambda: set()), ("publicaties:index",)),
    *_both("desk.library.keeps_publications", "publicaties:new"),
    # Pages that people write.
    *_both("news.rules.edits", "goedkeuren:decide"),
    Flip("news.rules.edited_by", "overal", answers(_everywhere_edits), ("wagtailadmin_pages:", "wagtailadmin_home")),
    Flip("news.rules.edited_by", "nergens", answers(lambda: set()), ("wagtailadmin_pages:", "wagtailadmin_home")),
    Flip("news.queries.desks_of", "geen", answers(lambda: []), ("wagtailadmin_pages:",)),
    Flip("news.queries.waiting_for", "niets", answers(lambda: []), ("goedkeuren:index", "wagtailadmin_home")),
    *_both("news.rules.can_decide", "goedkeuren:decide GET nieuws-wacht"),
    Flip("desk.gate.only_what_is_open", "laat alles door", gives(_straight), ("wagtailadmin_pages:",)),
    *_rows("people.queries.SessionQuerySet.of", "mine-devices GET", "accounts:record POST"),
    _as_insider("site.sitemaps.ANYONE", "/sitemap-vermeldingen.xml"),
    Flip("news.entries._records", "alles", in_the_hall("nieuws"), ("news GET", "search GET")),
    Flip("news.queries.SitePageQuerySet.for_site", "niets", and_in_the_hall(gives(_no_rows)), ("news GET",)),
    *_both("desk.gate.is_national", "wagtailadmin_choose_page_child"),
    # Pages for who is signed in.
    _unguarded("site.devices.overview", "mine-devices"),
    _unguarded("site.laying_down.lay_down", "mine-role"),
    _unguarded("site.mine.overview", "mine GET"),
    _unguarded("site.mine.details", "mine-details"),
    _unguarded("site.supporting.support", "support"),
]


def _all_audience() -> Any:
    import tantivy

    return (tantivy.Occur.Must, tantivy.Query.all_query())


# What looks like a rule about access and is none, or cannot be turned around here: with the reason. A * is anything.
EXEMPT: dict[str, str] = {
    "news.queries.*_groups": "in welke groepen een account staat: wat het mag, zegt Rights",
    "news.queries.is_out_of_step": "of de groepen nog kloppen: wat een account mag, zegt Rights",
    "news.queries.returned_to": "wat iemand zelf instuurde; zie tests/desk/test_approving.py",
    "agenda.queries.QuestionQuerySet.waiting": "sorteert wat al van deze behandelaar is",
    "agenda.queries.QuestionQuerySet.handled": "sorteert wat al van deze behandelaar is",
    "agenda.queries.AnswerQuerySet.linking": "welke banden er zijn; zie tests/flows/test_answering.py",
    "catalogue.trail.ANYONE": "wie niets zegt, ziet wat iedereen ziet; elke deur zegt zelf voor wie",
    "agenda.queries.FoundAnswerQuerySet.beyond_undoing": "ruimt op, toont niets",
    "agenda.queries.FoundAnswerQuerySet.counts": "getallen bij een vermelding die er al staat",
    "agenda.rules.help._URGENT": "welke nood voorgaat: zegt niets van wie er kijkt",
    "agenda.rules.help.is_urgent": "welke nood voorgaat: zegt niets van wie er kijkt",
    "desk.library.organisations_named_by": "welke namen het formulier herkent; zie tests/desk/test_library.py",
    "desk.gate.is_librarys": "van wie een adres is, niet voor wie; zie desk.gate.only_what_is_open",
    "library.queries.PublicationQuerySet.alike": "zoekt in wat iemand al mag zien; zie tests/library",
    "library.rules.names.*": "hoe een naam in elkaar zit",
    "network.queries.WerkplaatsQuerySet.formerly_at": "oude namen van wat op de site staat",
    "news.queries.RegionalSiteQuerySet.for_site": "haalt erbij wat dezelfde pagina toont",
    "news.queries.RegionalSiteQuerySet.at": "van wie een hostnaam is; zie tests/site/test_hosts.py",
    "news.rules.hosts.*": "de vorm van een hostnaam; zie tests/site/test_hosts.py",
    "site.hosts.by_host": "bij welke werkplaats een hostnaam hoort; zie tests/site/test_hosts.py",
    "news.queries.SitePageQuerySet.of": "van welke werkplaats een pagina is; of ze te zien is, zegt pages._shown",
    "people.queries.SessionQuerySet.expired": "ruimt op, toont niets",
    "people.rules.may_stay": "hoe lang een sessie duurt; zie tests/site/test_sessions.py",
    "site.sessions.watched": "hoe lang een sessie duurt; zie tests/site/test_sessions.py",
    "site.mailing.is_away": "of de mailserver antwoordt",
    "site.middleware.TooOften": "hoe vaak, niet wie; zie tests/site/test_limits.py",
    "agenda.rules.CLOSED": "welke vragen klaar zijn: nog nergens gebruikt",
    "agenda.rules.privacy.*": "wat op een persoon lijkt: een aanwijzing voor wie beoordeelt",
    "research.rules.OVER": "welke woorden er staan: “niet bekend” of “nog niet bekend”",
    "site.finding.meant_by": "welke regio iemand met een naam bedoelt: zij staan op de site",
    "research.queries.ResearchQuerySet.past_end": "sorteert wat iemand al wijzigt; zie tests/desk/test_research.py",
    "terms.entries._approaches": "elke aanpak, voor iedereen",
    "network.queries.PartnershipQuerySet.running_out": "sorteert wat iemand al ziet; zie tests/network/test_joining.py",
    "network.queries.PartnershipQuerySet.in_stage": "sorteert wat iemand al ziet; zie tests/network/test_joining.py",
    "network.queries.PartnershipQuerySet.telling": "telt op een dag; zie tests/network/test_coverage.py",
    "network.queries.TieQuerySet.*": "welke werkplaats op een dag meetelt, voor iedereen; zie tests/network",
    "network.queries.LeadershipQuerySet.co_leading": "welke rol een trekker heeft; trekkers zijn openbaar",
    "network.queries.WerkplaatsQuerySet.standing": "wat een werkplaats op een dag was: haar status is openbaar",
    "network.queries.WerkplaatsQuerySet.counting": "wat een werkplaats op een dag was: haar status is openbaar",
    "network.queries.PartnershipQuerySet.steps": "telt wat iemand al ziet; zie tests/network/test_funnel.py",
    "network.rules.REASON_NEEDED": "waar een reden bij hoort, niet wie haar leest",
    "network.rules.RECEIVING": "waar een nieuwe vraag heen gaat",
    "places.queries.BoundaryQuerySet.land": "waar grenzen lopen, voor iedereen",
    "places.entries._records": "elke gemeente van nu, voor iedereen",
    "places.rules.PROVINCES": "een lijst van namen",
    "terms.rules._BETWEEN_WORDS": "leestekens",
    "agenda.rules.codes.is_submission": "de vorm van een geheim, niet van wie het is",
    "catalogue.queries.EntryQuerySet.newest_first": "volgorde",
    "catalogue.queries.EntryQuerySet.by_name": "volgorde",
    "catalogue.queries.EntryQuerySet.under": "een bouwsteen van having",
    "catalogue.queries.EntryQuerySet.latest_day_first": "volgorde",
    "catalogue.queries.EntryQuerySet.of_kind": "filter van de bezoeker",
    "catalogue.queries.EntryQuerySet.having": "filter van de bezoeker",
    "catalogue.queries.EntryQuerySet.with_all": "filter van de bezoeker",
    "catalogue.queries.EntryQuerySet.with_some": "filter van de bezoeker",
    "catalogue.queries.EntryQuerySet.with_phrases": "filter van de bezoeker",
    "network.queries.WerkplaatsQuerySet.receiving": "waar een nieuwe vraag heen gaat",
    "network.queries.WerkplaatsQuerySet.serving": "waar een nieuwe vraag heen gaat",
    "network.queries.WerkplaatsQuerySet.with_uids": "namen die overal op de site staan",
    "network.queries.WerkplaatsQuerySet.called": "namen die overal op de site staan",
    "network.queries.OrganisationQuerySet.with_uids": "namen bij kenmerken die er al staan",
    "network.queries.OrganisationQuerySet.holding": "een zoekwoord van wie de lijst al mag zien",
    "network.queries.OrganisationQuerySet.named": "vindt er een bij een naam; wie dat formulier krijgt, ziet alles",
    "network.queries.ContactQuerySet.*": "sorteert wat al van deze werkplaats is",
    "network.models.persons.Contact.is_late": "wat te laat is, niet van wie",
    "network.queries.CheckQuerySet.recent": "wie net gevraagd is, wordt niet nog eens gevraagd",
    "network.queries.OrganisationQuerySet.unconfirmed": "een keuze in een lijst die men al ziet",
    "network.models.confirming.Check.is_open": "tot wanneer een link werkt; zie CheckQuerySet.open",
    "network.queries.MergeQuerySet.*": "tot wanneer iets ongedaan kan worden; van wie het is, zegt MergeDesk.records",
    "network.models.Merge.is_open": "tot wanneer, niet voor wie",
    "network.models.merging.Merge.is_open": "tot wanneer, niet voor wie",
    "people.models.Person.has_account": "wie zelf de gegevens bijhoudt; zie tests/desk/test_persons.py",
    "people.queries.InvitationQuerySet.stale": "ruimt op, toont niets",
    "desk.templatetags.desk.is_group": "hoe een veld eruitziet",
    "places.queries.MunicipalityQuerySet.*": "alles wat daar staat is voor iedereen",
    "terms.queries.*": "alles wat daar staat is voor iedereen, behalve aan het beheer: SynonymDesk.records",
    "site.components.*": "hoe iets eruitziet",
    "people.queries.RoleQuerySet.for_account": "nergens gebruikt om iets te tonen",
    "site.filtering.ANYONE": "leest alleen de vermelding van een pagina die er al staat",
    "site.middleware.security_headers": "zegt de browser wat mag; zie de toetsen van de kopregels",
    "site.middleware.dutch_until_asked": "taal",
    "api.middleware.with_version": "kopregels",
    "core.actors.ANYONE": "zelf geen regel: wie zo kijkt, staat hierboven",
    "people.rules.ANYONE": "zelf geen regel: het antwoord van viewer_for",
    "catalogue.search.ANYONE": "elke deur geeft zelf op wie er kijkt",
    "catalogue.answers.ANYONE": "zie catalogue.answers.answers",
    "catalogue.related.ANYONE": "zie catalogue.related.related",
    "desk.viewsets.DeskViewSet.records": "geeft niemand iets: wie het erft, zegt wat van wie is",
}
