"""Every public address, one record for each kind and state, held against WCAG 2.2 AA.

The addresses come from the URLconf: a new one without an example here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page
from wagtail.rich_text import RichText

from tests import factories
from tests.browser import axe
from tests.news import planted
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status as QuestionStatus
from werkplaats.catalogue.models import Entry, Link
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import Basis
from werkplaats.flows.answering import answer_question
from werkplaats.library import actions as publish
from werkplaats.network.actions import ask_to_check
from werkplaats.network.models import Campaign, Function, NationalBody, Phase, ServiceArea, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.actions import add_document, add_picture, open_site, save_site
from werkplaats.news.models import AboutPage, TextPage
from werkplaats.people.actions import invite
from werkplaats.people.models import Person
from werkplaats.people.rules import RoleKind
from werkplaats.places.models import Municipality
from werkplaats.research.models import NationalTheme
from werkplaats.terms.models import Approach, Concept, Theme

pytestmark = pytest.mark.django_db(transaction=True)

# Addresses that show no page of their own: they answer to machines, give a part of a page, or lead elsewhere.
NO_PAGE = {
    "account_email", "account_email_verification_sent", "coverage-csv", "entries-csv", "entries-feed", "health-live",
    "health-ready", "login-link", "municipality-by-uid", "organisation-with-slug", "question-with-slug", "robots",
    "security-txt", "sitemap", "sitemap-part", "suggest", "werkplaats-by-uid", "document", "about-by-uid",
    "news-item-with-slug", "text-page-with-slug", "rendition", "map", "werkplaats-map",
    "project-with-slug", "circle-with-slug", "pilot-with-slug", "yield-with-slug", "national-theme-with-slug",
    "approach-with-slug",
    "publication-with-slug", "publication-cite",
    "concept-by-uid", "region-style", "trail-drawing",
}  # fmt: skip
SIGNED_IN = {
    "account_change_password", "account_logout", "account_reauthenticate", "account_set_password", "mine",
    "mine-details", "mine-devices", "mine-role", "support",
}  # fmt: skip


def names(patterns: Any = None) -> Iterator[str]:
    """The names of all addresses outside the desk; what programs read is no page."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith(("beheer", "api")):
                yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def _programme(werkplaats: Werkplaats) -> None:
    """A phase with goals and money, a campaign with a partner that signed, and the national body."""
    phase = Phase.objects.create(name="Fase tien", valid_from=factories.LONG_AGO, announced="een plan")
    phase.goals.create(text="meten", status="bereikt", sentence="Er is gemeten.")
    phase.grants.create(werkplaats=werkplaats, amount_eur=5000)
    organisation = factories.make_organisation("Kwartiermaker")
    period = {"valid_from": factories.LONG_AGO}
    campaign = Campaign.objects.create(name="Werven", organisation=organisation, on_site=True, story="Zo.", **period)
    factories.make_partnership(organisation, werkplaats, campaign=campaign)
    body = NationalBody.objects.create(name="Overleg", form="overleg", chair_role="voorzitter", **period)
    body.meetings.create(on=factories.LONG_AGO, place="Utrecht", decided="Door.", on_site=True)


def written(werkplaats: Werkplaats, theme: Theme) -> dict[str, list[str]]:
    """Pages that people wrote, with a piece of each kind; one that was taken off, and a werkplaats without."""
    _national, section = factories.make_sections(werkplaats)
    photo, drawing = (
        add_picture(title=name, file=planted.upload(planted.picture(size=(900, 500)), "f.jpg"), description="",
                    section=section, by=SYSTEM)
        for name in ("Foto", "Tekening")
    )  # fmt: skip
    paper = add_document(title="Verslag", file=planted.upload(planted.pdf(), "a.pdf"), section=section, by=SYSTEM)
    body = [
        (
            "text",
            RichText(
                '<p>Wie zorgt er <b>voor wie</b> zorgt? <a href="https://example.org/">Lees</a></p><ul><li>a</li></ul>'
            ),
        ),
        ("heading", "Wat we gaan doen"),
        ("picture", {"picture": photo, "alt": "Mensen om een tafel", "caption": "De eerste keer", "decorative": False}),
        ("picture", {"picture": drawing, "alt": "", "caption": "", "decorative": True}),
        ("document", paper),
        ("quote", {"text": "Hier begint het mee.", "by": "een deelnemer"}),
    ]
    news = factories.make_page("Kring begint", werkplaats, intro="Twaalf mensen.", body=body, themes=[theme])
    english = factories.make_page("A circle starts", lang="en", intro="Twelve people.")
    gone = factories.make_page("Weg", werkplaats)
    gone.unpublish()
    above = factories.make_page("Uitleg", werkplaats, model=TextPage, body=body)
    below = factories.make_page("Meer uitleg", werkplaats, model=TextPage, parent=above)
    factories.make_page("Over ons", werkplaats, model=AboutPage, body=body)
    _programme(werkplaats)
    return {
        "news": ["/nieuws/", f"/nieuws/?thema={theme.uid}", "/nieuws/?q=bestaatniet"],
        "news-item": [one.get_absolute_url() for one in (news, english, gone)],
        "text-page": [one.get_absolute_url() for one in (above, below)],
        "about": ["/over/"],
        "national": ["/over/landelijk/"],
        "phases": ["/over/fasen/"],
        "about-werkplaats": [f"{werkplaats.get_absolute_url()}over/"],
    }


def research(werkplaats: Werkplaats, theme: Theme, place: Municipality) -> dict[str, list[str]]:
    """One of each kind with everything in it, one with nothing, and one that was taken off the site."""
    question = factories.make_question("Wie eet er alleen?", werkplaats=werkplaats)
    national = NationalTheme.objects.create(name="Eenzaamheid", description="Samen.", visibility="openbaar")
    national.work.create(werkplaats=werkplaats, tasks=["monitoren"])
    approach = Approach.objects.create(name="Presentie", description="Er zijn.", synonyms=["presentiebenadering"])
    organisation = factories.make_organisation("Kookclub")
    project = factories.make_project(
        werkplaats=werkplaats, questions=[question], municipalities=[place], themes=[theme], national_theme=national,
        why="Daarom.", plan="Zo.", summary="Kort.", lectorate="Meedoen", organisation=organisation, basis=Basis.DEMO,
    )  # fmt: skip
    project.partners.create(organisation=organisation, role="kookt")
    circle = factories.make_circle(werkplaats=werkplaats, themes=[theme], looks_at="Hoe?")
    circle.members.create(role="bewoners")
    meeting = circle.meetings.create(on=factories.LONG_AGO, place="Zeist", discussed="Eten.", notes="Stil.")
    meeting.steps.create(what="Koken", due=factories.LONG_AGO)
    made = factories.make_yield(circle=circle, why="Zij vonden elkaar.", audience="buren")
    pilot = factories.make_pilot(werkplaats=werkplaats, circle=circle, tried=made.uid, municipalities=[place])
    stopped = factories.make_project("Gestopt", None, state="gestopt", stopped_because="Niemand kwam.")
    gone = factories.make_pilot("Weg", werkplaats)
    gone.withdrawn = "stond er dubbel"
    gone.save()
    return {
        "research": ["/onderzoek/"],
        "projects": ["/onderzoek/projecten/", "/onderzoek/projecten/?stand=loopt"],
        "circles": ["/onderzoek/kringen/"],
        "pilots": ["/onderzoek/pilots/", "/onderzoek/pilots/?q=bestaatniet"],
        "yields": ["/onderzoek/opbrengsten/?krachtlijn=inhoud"],
        "national-themes": ["/onderzoek/landelijk/"],
        "approaches": ["/aanpakken/"],
        "project": [one.get_absolute_url() for one in (project, stopped)],
        "circle": [circle.get_absolute_url()],
        "pilot": [one.get_absolute_url() for one in (pilot, gone)],
        "yield": [made.get_absolute_url()],
        "national-theme": [national.get_absolute_url()],
        "approach": [approach.get_absolute_url()],
    }


def library(werkplaats: Werkplaats, theme: Theme, empty: Werkplaats) -> dict[str, list[str]]:
    """Publications with everything and with nearly nothing, withdrawn, and with files that are not given."""
    common = {"werkplaatsen": [werkplaats], "themes": [theme]}
    whole = factories.make_publication(
        "Samen in de wijk", makers=["Mirjam van der Plas", "Piet Pop"], subtitle="Vijf kringen", summary="Kort.",
        body="Lang.\n\nNog langer.", numbers=[("doi", "10.1234/abc")], licence="cc-by", publisher="Uitgeverij",
        address="https://example.org/" + "lang/" * 30, published=False, **common,
    )  # fmt: skip
    for name in ("Hele tekst", "Bijlage"):
        upload = planted.upload(planted.pdf(), "a.pdf")
        edition, values = whole.versions.get(), {"name": name, "accessible": "ja", "lang": "en"}
        publish.add_file(edition=edition, file=upload, values=values, version=whole.version, by=SYSTEM)
        whole = factories.fresh(whole)
    whole = publish.bring_in(publication=whole, by=SYSTEM)
    files = list(whole.versions.get().files.all())
    publish.withdraw_file(file=files[1], reason="Rechten.", version=whole.version, by=SYSTEM)
    whole = factories.fresh(whole)
    edition = publish.add_version(publication=whole, version=whole.version, by=SYSTEM)
    edition.changes = "Een hoofdstuk erbij."
    edition.save()
    whole = publish.bring_in(publication=factories.fresh(whole), by=SYSTEM)
    later = factories.make_publication("Later", embargo_until=date(2099, 1, 1), lang="en", published=False)
    upload = planted.upload(planted.picture(), "a.jpg")
    kept = publish.add_file(edition=later.versions.get(), file=upload, values={"name": "Poster"}, version=1, by=SYSTEM)
    later = publish.bring_in(publication=factories.fresh(later), by=SYSTEM)
    gone = factories.make_publication("Ingetrokken")
    gone = publish.withdraw_publication(publication=gone, reason="Fout.", version=gone.version, by=SYSTEM)
    return {
        "library": ["/bibliotheek/", f"/bibliotheek/?thema={theme.uid}", "/bibliotheek/?q=bestaatniet"],
        "publication": [one.get_absolute_url() for one in (whole, later, gone)],
        "publication-version": [f"{whole.get_absolute_url()}versie/{number}/" for number in (1, 2)],
        "publication-file": [files[1].address, kept.address],
        "werkplaats-documents": [f"{one.get_absolute_url()}documenten/" for one in (werkplaats, empty)],
    }


def sites(full: Werkplaats, bare: Werkplaats) -> dict[str, list[str]]:
    """The site of a werkplaats: one in its own colours that says everything, and one of which little is known."""
    site = open_site(werkplaats=full, by=SYSTEM)
    values = {
        "colour": "#9a3412", "accent": "#ffd166", "tagline": "Samen", "does": "Wij doen dit.\n\nEn dat.",
        "reached": "het secretariaat", "email": "noord@example.org", "phone": "050 000 00 00",
        "postal": "Postbus 1\nAssen",
        "visit": "Straat 1\nAssen", "responsible": factories.make_organisation("Verantwoordelijke"),
        "logo": add_picture(title="Beeldmerk", file=planted.upload(planted.picture(size=(300, 90)), "l.png"),
                            description="", section=full.section, by=SYSTEM),
    }  # fmt: skip
    save_site(site=site, values=values, version=site.version, by=SYSTEM)
    parts = {"does": "wat-we-doen", "themes": "themas", "projects": "projecten", "circles": "kringen",
             "partners": "partners", "news": "nieuws", "contact": "contact"}  # fmt: skip
    return {
        f"werkplaats-{name}": [f"{one.get_absolute_url()}{path}/" for one in (full, bare)]
        for name, path in parts.items()
    }


def glossary(theme: Theme) -> dict[str, list[str]]:
    """Words explained: one with everything, a long one with nothing else, one that is gone."""
    other = Concept.objects.create(slug="lang", term="Meervoudigeverantwoordingsverplichting", meaning="Kort.")
    full = Concept.objects.create(
        slug="kring", term="Kring", other_words=["cirkel"], meaning="Een groep.", more="Wat meer.\n\nEn nog wat.",
        origin="Rond.", places=[{"path": "/vragen/", "label": "Alle vragen"}], english="circle",
        english_meaning="A group.", source="tekst 003",
    )  # fmt: skip
    full.see_also.add(other)
    full.themes.add(theme)
    Concept.objects.create(slug="weg", term="Weg", meaning="Was iets.", is_used=False)
    return {"concepts": ["/begrippen/"], "concept": [f"/begrippen/{slug}/" for slug in ("kring", "lang", "weg")]}


def records() -> dict[str, list[str]]:
    """Address name -> example addresses: one of each kind and state."""
    theme = factories.make_theme("Eenzaamheid")
    known, assumed, empty, forming = (
        factories.make_municipality(name, lat=51.5 + number / 10, lon=4.0 + number / 10, population=40_000)
        for number, name in enumerate(("Assen", "Ede", "Tholen", "Goes"))
    )
    noord = factories.make_werkplaats(
        "Noord", areas=[known], themes=[theme], brand="Noord", own_themes=["leefbaarheid"]
    )
    valley = factories.make_werkplaats("Vallei", status=Status.GUEST, guest_year=2019)
    zeeland = factories.make_werkplaats("Zeeland", areas=[forming], status=Status.CANDIDATE)
    ServiceArea.objects.create(
        werkplaats=valley, municipality=assumed, valid_from=factories.LONG_AGO, basis=Basis.ASSUMED
    )
    ended = factories.make_werkplaats("Voorbij", status=Status.ENDED, valid_to=date(2023, 1, 1))
    maker = factories.make_organisation("Uitgeverij")
    factories.make_publication("Van een uitgeverij", organisations=[maker], werkplaatsen=[ended])
    organisation = factories.make_organisation("MJD", municipality=known)
    noord.partnerships.create(organisation=organisation, stage="actief", valid_from=factories.LONG_AGO)
    noord.leads.create(organisation=organisation, role="trekker", valid_from=factories.LONG_AGO, lectorate="Meedoen")
    mistaken = factories.make_organisation("Vergist")
    factories.make_partnership(mistaken, noord).delete()
    phase = Phase.objects.create(name="Fase 1", valid_from=date(2009, 9, 1), announced="drie jaar")
    noord.grants.create(phase=phase)
    texts = {status: f"Wat helpt bij {status}? Mijn buurvrouw Fatima vraagt het ook." for status in QuestionStatus}
    questions = {
        status: factories.make_question(
            text, status=status, werkplaats=noord, municipality=known, themes=[theme], due=date(2021, 1, 1),
            masks=[{"start": 10, "end": 13, "kind": "naam"}],
        )
        for status, text in texts.items()
    }  # fmt: skip
    questions[QuestionStatus.WITHDRAWN] = factories.make_question("Weg", werkplaats=noord)
    questions[QuestionStatus.WITHDRAWN].status = QuestionStatus.WITHDRAWN
    questions[QuestionStatus.WITHDRAWN].save()
    long = "Eenzaamheid" * 40
    factories.make_question(f"{long} https://example.org/{long}", werkplaats=noord, municipality=known, themes=[theme])
    for number in range(25):
        factories.make_question(f"Vraag {number} over eenzaamheid", werkplaats=zeeland if number % 2 else None)
    ada = factories.make_account("ada@example.org", RoleKind.PARTNER_EDITOR, organisation)
    national = factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)
    about = {"kind": "coordinator", "scope_kind": "werkplaats", "scope_uid": noord.uid}
    secret = invite(email="nieuw@example.org", name="Nieuw", **about, by=national).secret
    contact = Function.objects.create(
        person=Person.objects.create(name="Mies Proefpersoon", email="mies@example.org"), organisation=organisation,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    check = ask_to_check(function=contact, by=national).secret
    shown = [q for status, q in questions.items() if status not in {QuestionStatus.WAITING, QuestionStatus.REFUSED}]
    shared = questions[QuestionStatus.IN_TREATMENT]
    shared.supports.create(
        organisation=organisation, mandate="ambtelijk", reason="Ook hier", valid_from=date(2024, 1, 1)
    )
    return {
        **written(noord, theme),
        **research(noord, theme, known),
        **library(noord, theme, valley),
        "trail": trails(questions[QuestionStatus.ANSWERED], questions[QuestionStatus.WITHDRAWN], noord),
        "question": [f"/vragen/{one.uid}/" for one in shown],
        "organisations": ["/organisaties/", "/organisaties/?deelname=nu", "/organisaties/?q=bestaatniet"],
        "organisation": [one.get_absolute_url() for one in (organisation, mistaken, maker)],
        "support": [f"/vragen/{shared.uid}/hier-ook/"],
        "mine-role": [f"/mijn/rollen/{ada.roles.get().uid}/"],
        "questions": ["/vragen/", f"/vragen/?thema={theme.uid}&pagina=2", "/vragen/?q=bestaatniet"],
        "search": [
            "/zoeken/",
            "/zoeken/?q=eenzaamheid&sorteer=naam",
            "/zoeken/?q=de+het",
            "/zoeken/?q=" + "x" * 300,
            "/zoeken/?q=Drenthe",
        ],
        "werkplaats": [f"/werkplaatsen/{one.slug}/" for one in (noord, valley, zeeland, ended)],
        **sites(noord, valley),
        **glossary(theme),
        "municipality": [f"/gemeenten/{one.slug}/" for one in (known, assumed, empty, forming)],
        "municipalities": [
            "/gemeenten/",
            "/gemeenten/?q=asen",
            "/gemeenten/?q=qqqqqq",
            "/gemeenten/?q=" + "x" * 99,
            "/gemeenten/?q=Drenthe",
        ],
        "account_reset_password_from_key": ["/wachtwoord/nieuw/1-verlopen-sleutel/"],
        "confirm": ["/bevestigen/?sleutel=x", f"/bevestigen/?sleutel={check}"],
        "invitation": ["/uitnodiging/?sleutel=x", f"/uitnodiging/?sleutel={secret}"],
        "login-by-link": ["/inloggen/met-link/?sleutel=x"],
        "ask": ["/vragen/stel/", "/vragen/stel/?gemeente=assen"],
        "coverage": [
            "/dekking/",
            "/dekking/?laag=partner&straal=50&datum=1-2-2021",
            "/dekking/?datum=31-2&straal=veel",
        ],
    }


def trails(answered: Question, withdrawn: Question, werkplaats: Werkplaats) -> list[str]:
    """A long trail with gaps and steps that are not shown; one from a werkplaats, of nothing, and of the gone."""
    coordinator = factories.make_account("noord@example.org", RoleKind.COORDINATOR, werkplaats)
    news = factories.make_page("Wat de kring ervan leerde", werkplaats)
    say = {"question": answered, "version": answered.version, "by": coordinator}
    answer_question(**say, status="beantwoord", text="Lees https://example.org/ en bel ons.", entries=[news.uid])
    for number, kind in enumerate(("nieuws", "pagina", "over", "vraag") * 5):
        uid = f"{kind}-{number:026}"
        title = "Samen leren van wie het aangaat, ook als dat lang duurt " * (1 + number % 3)
        Entry.objects.create(uid=uid, kind=kind, title=title, url=f"/zoeken/?q={number}", datestamp=clock.now())
        Link.objects.create(source=uid, tie="komt_voort_uit", target=answered.uid if number % 2 else news.uid)
    lonely = factories.make_page("Staat op zichzelf")
    return [f"/keten/{uid}/" for uid in (answered.uid, news.uid, lonely.uid, werkplaats.uid, withdrawn.uid)]


PLAIN = {
    "home": "/", "werkplaatsen": "/werkplaatsen/", "follow": "/vragen/volg/", "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/", "gallery": "/componenten/", "account_login": "/inloggen/", "mine": "/mijn/",
    "mine-details": "/mijn/gegevens/", "mine-devices": "/mijn/apparaten/", "account_logout": "/uitloggen/",
    "account_inactive": "/account/geblokkeerd/",
    "account_reauthenticate": "/account/bevestigen/", "account_signup": "/account/nieuw/",
    "account_change_password": "/wachtwoord/", "account_set_password": "/wachtwoord/eerste/",
    "account_reset_password": "/wachtwoord/vergeten/",
    "my-answer": "/vragen/mijn-antwoord/",
    "account_reset_password_done": "/wachtwoord/vergeten/verstuurd/", "sent": "/vragen/verstuurd/",
    "account_reset_password_from_key_done": "/wachtwoord/nieuw/klaar/",
}  # fmt: skip


def sign_in(page: Page) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").first.fill("ada@example.org")
    page.get_by_label("Wachtwoord").fill(factories.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn/")


def opened(page: Page) -> list[str]:
    """What axe finds with everything that folds unfolded, and whether the page is wider than the window."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe(page)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("de pagina is breder dan het scherm")
    if not page.evaluate("document.documentElement.lang"):
        found.append("de pagina zegt niet in welke taal zij is")
    return found


def walk(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Address -> what is wrong with it; empty when nothing is."""
    wrong = {}
    for address in addresses:
        page.goto(address)
        if found := opened(page):
            wrong[address[:120]] = found
    return wrong


@pytest.mark.parametrize(("screen", "language"), [("page", ""), ("phone", ""), ("page", "/en"), ("narrow", "")])
def test_nothing_is_in_anyones_way_on_any_public_page(
    screen: str, language: str, request: Any, open_page: Any, allowed_complaints: list[str]
) -> None:
    examples = records()
    known = NO_PAGE | set(PLAIN) | set(examples)
    assert {name for name in names() if name not in known} == set(), "geef deze adressen hier een voorbeeld"
    here = [PLAIN[name] for name in PLAIN if name not in SIGNED_IN] + [
        address for name, some in examples.items() if name not in SIGNED_IN for address in some
    ]
    page = open_page(viewport={"width": 320, "height": 800}) if screen == "narrow" else request.getfixturevalue(screen)
    allowed_complaints.append("410|404|403")
    wrong = walk(page, [*(f"{language}{address}" for address in here), "/nergens/"])
    sign_in(page)
    inside = [PLAIN[name] for name in PLAIN if name in SIGNED_IN] + examples["support"]
    wrong |= walk(page, [f"{language}{address}" for address in inside])
    assert wrong == {}


def test_the_steps_of_asking_and_following_are_for_everyone(phone: Page) -> None:
    factories.make_municipality("Assen")
    factories.make_theme("Eenzaamheid")
    wrong: dict[str, list[str]] = {}

    def look(step: str) -> None:
        if found := opened(phone):
            wrong[step] = found

    phone.goto("/vragen/stel/")
    phone.get_by_role("button", name="Verstuur").click()
    look("fouten")
    words = "Ik kan niet meer leven met de ruzies. Mijn buurman Jan Jansen zegt bel 06-12345678. Wat nu?"
    phone.get_by_label("Uw vraag, in uw eigen woorden").fill(words)
    phone.get_by_label("als cliënt").check()
    phone.get_by_label("Uw gemeente").fill("Assen")
    phone.get_by_role("button", name="Verstuur").click()
    look("nog eens kijken")
    phone.get_by_role("button", name="Verstuur").first.click()
    look("verstuurd")
    code = phone.locator("#volgcode").text_content() or ""
    phone.goto("/vragen/volg/")
    phone.get_by_label("Uw volgcode").fill("verkeerd")
    phone.get_by_role("button", name="Bekijk").click()
    look("verkeerde code")
    phone.get_by_label("Uw volgcode").fill(code)
    phone.get_by_role("button", name="Bekijk").click()
    look("gevolgd")
    phone.get_by_role("button", name="intrekken").click()
    look("weet u het zeker")
    phone.get_by_role("button", name="Ja, trek").click()
    look("ingetrokken")
    assert wrong == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_answers_before_asking_are_for_everyone(width: int, open_page: Any, indexed: Any) -> None:
    """While typing, as the step of who has no scripts, and once one of them was the answer."""
    factories.make_municipality("Assen")
    theme = factories.make_theme("Geld")
    for text in ("Wie helpt bij schulden?", "Hoe help ik iemand die niet meer wil leven?", "Waar is een zwembad?"):
        factories.make_question(f"{text} {'Vertel er eens meer over. ' * 8}", themes=[theme])
    words, wrong = "Ik heb schudlen en kan het niet meer aan. Wat nu?", {}
    page = open_page(viewport={"width": width, "height": 844})
    box, answer = page.get_by_label("Uw vraag, in uw eigen woorden"), page.locator("#antwoorden").get_by_role("article")
    with clock.at(clock.now()):
        indexed()
        page.goto("/vragen/stel/")
        box.fill(words)
        answer.first.wait_for()
        wrong["typend"] = opened(page)
        page.get_by_role("button", name="Wis wat ik typte").click()
        answer.first.wait_for(state="detached")
        # Unheard by any script, and axe needs scripts itself.
        box.evaluate("(box, words) => { box.value = words }", words)
        page.get_by_label("als cliënt").check()
        page.get_by_label("Uw gemeente").fill("Assen")
        page.get_by_role("button", name="Verstuur mijn vraag").click()
        page.get_by_role("heading", name="Uw vraag is nog niet verstuurd").wait_for()
        answer.first.wait_for()
        wrong["als stap"] = opened(page)
        page.get_by_role("button", name="Dit is ook mijn vraag").first.click()
        page.get_by_role("button", name="Toch niet mijn vraag").wait_for()
        wrong["gevonden"] = opened(page)
        page.get_by_role("button", name="Toch niet mijn vraag").click()
        page.get_by_role("heading", name="Ongedaan gemaakt").wait_for()
        wrong["ongedaan"] = opened(page)
    assert wrong == {"typend": [], "als stap": [], "gevonden": [], "ongedaan": []}


def test_planted_faults_are_found(page: Page, live_server: Any) -> None:
    bad = (Path(__file__).parent / "known_bad.html").read_text()
    page.route("**/slecht/", lambda route: route.fulfill(body=bad, content_type="text/html; charset=utf-8"))
    page.goto("/slecht/")
    assert {line.partition(" ")[0] for line in opened(page)} == {
        "button-name", "color-contrast", "de", "document-title", "heading-order", "html-has-lang", "image-alt",
        "label", "link-name", "list", "target-size",
    }  # fmt: skip
