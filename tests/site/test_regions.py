"""The site of a werkplaats: its pages and menu, its colours, and every name people know it by."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.around import Around
from tests.news import planted
from tests.site.test_pages import titles
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core import colours
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.network.actions import save_werkplaats
from werkplaats.network.models import Phase, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.actions import add_picture, open_site, save_site
from werkplaats.news.models import AboutPage, Picture, RegionalSite, TextPage
from werkplaats.research.models import NationalTheme

pytestmark = pytest.mark.django_db

PARTS = ["", "wat-we-doen/", "themas/", "projecten/", "kringen/", "partners/", "nieuws/", "documenten/", "contact/"]


def open_up(werkplaats: Werkplaats, **values: Any) -> RegionalSite:
    """Its own site, with these fields."""
    site = open_site(werkplaats=werkplaats, by=SYSTEM)
    return save_site(site=site, values=values, version=site.version, by=SYSTEM) if values else site


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def menu_of(page: str) -> list[tuple[str, str]]:
    """(address, label) of the menu of a werkplaats."""
    inside = page[page.index('<details class="region-menu">') : page.index("</details>", page.index("region-menu"))]
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', inside)


@pytest.mark.parametrize("part", PARTS)
def test_every_page_has_the_menu_and_says_which_one_it_is(client: Client, part: str) -> None:
    factories.make_werkplaats("Noord", group_word="atelier")
    page = body(client, f"/werkplaatsen/noord/{part}")
    assert menu_of(page) == [
        ("/werkplaatsen/noord/", "Begin"), ("/werkplaatsen/noord/#wie-we-zijn", "Over"),
        ("/werkplaatsen/noord/wat-we-doen/", "Wat we doen"), ("/werkplaatsen/noord/themas/", "Thema&#x27;s"),
        ("/werkplaatsen/noord/projecten/", "Projecten"), ("/werkplaatsen/noord/kringen/", "Ateliers"),
        ("/werkplaatsen/noord/partners/", "Partners"), ("/werkplaatsen/noord/nieuws/", "Nieuws"),
        ("/werkplaatsen/noord/documenten/", "Documenten"), ("/werkplaatsen/noord/contact/", "Contact"),
    ]  # fmt: skip
    assert page.count(f'<a href="/werkplaatsen/noord/{part}" aria-current="page">') == 1
    assert body(client, f"/en/werkplaatsen/noord/{part}").count('href="/en/werkplaatsen/noord/kringen/"') >= 1


def test_over_leads_to_what_they_wrote_once_they_did(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    factories.make_sections(noord)
    factories.make_page("Wie wij zijn", noord, model=AboutPage, intro="Buren van elkaar.")
    assert ("/werkplaatsen/noord/over/", "Over") in menu_of(body(client, "/werkplaatsen/noord/"))
    assert "Buren van elkaar." in body(client, "/werkplaatsen/noord/")
    assert menu_of(body(client, "/werkplaatsen/noord/over/"))


@pytest.mark.parametrize(
    ("word", "label"),
    [("kenniskring", "Kenniskringen"), ("netwerkcirkel", "Netwerkcirkels"), ("werkteam", "Werkteams"), ("", "Kringen"),
     ("leeratelier", "Leerateliers"), ("leergemeenschap", "Leergemeenschappen"), ("leernetwerk", "Leernetwerken"),
     ("community of practice", "Community of practices"), ("ateliers", "Ateliers")],
)  # fmt: skip
def test_circles_are_called_as_the_region_does(client: Client, word: str, label: str) -> None:
    factories.make_werkplaats("Noord", group_word=word)
    assert f"<h1>{label}</h1>" in body(client, "/werkplaatsen/noord/kringen/")


def test_a_list_holds_what_is_of_this_werkplaats_whatever_the_address_asks(client: Client) -> None:
    noord, zuid = factories.make_werkplaats("Noord"), factories.make_werkplaats("Zuid")
    factories.make_sections(noord, zuid)
    theme = factories.make_theme("Eenzaamheid")
    factories.make_page("Uit het noorden", noord, themes=[theme])
    factories.make_page("Ook uit het noorden", noord)
    factories.make_page("Uit het zuiden", zuid, themes=[theme])
    page = body(client, "/werkplaatsen/noord/nieuws/")
    assert sorted(titles(page)) == ["Ook uit het noorden", "Uit het noorden"]
    assert sorted(titles(body(client, f"/werkplaatsen/noord/nieuws/?werkplaats={zuid.uid}"))) == sorted(titles(page))
    assert titles(body(client, f"/werkplaatsen/noord/nieuws/?thema={theme.uid}")) == ["Uit het noorden"]
    taken = re.search(r'href="(/zoeken/lijst.csv[^"]+)"', page)
    assert taken
    table = b"".join(client.get(taken[1].replace("&amp;", "&")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Uit het noorden" in table and "Uit het zuiden" not in table


def test_a_part_without_anything_says_what_will_come_and_what_to_do(client: Client) -> None:
    factories.make_werkplaats("Noord")
    for part, words in {
        "projecten": "begint bij een vraag",
        "kringen": "samen leren",
        "nieuws": "nog geen nieuws",
    }.items():
        page = body(client, f"/werkplaatsen/noord/{part}/")
        assert words in page and "Stel een vraag" in page
        # Where the rest of the network has some.
        assert 'href="/zoeken/?soort=' in page


def test_contact_gives_what_the_werkplaats_chose_after_the_question_form(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    bare = body(client, "/werkplaatsen/noord/contact/")
    assert "mailto:" not in bare and "heeft hier nog geen adres" in bare
    open_up(noord, email="noord@example.org", postal="Postbus 1\n9700 AA Groningen", reached="het secretariaat",
            responsible=factories.make_organisation("Hanzehogeschool"))  # fmt: skip
    page = body(client, "/werkplaatsen/noord/contact/")
    assert 'href="mailto:noord@example.org"' in page and "Postbus 1<br>9700 AA Groningen" in page
    assert "Hanzehogeschool verantwoordelijk, ook voor persoonsgegevens" in page
    assert page.index('class="panel stack-tight region-first"') < page.index("mailto:")
    assert "mailto:noord@example.org" in body(client, "/werkplaatsen/noord/")


def test_what_a_werkplaats_does_stands_there_in_its_own_words_and_is_escaped(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    open_up(noord, does="Wij <b>helpen</b>.\n\nElke dag.", tagline="<i>Samen</i>")
    page = body(client, "/werkplaatsen/noord/wat-we-doen/")
    assert "<p>Wij &lt;b&gt;helpen&lt;/b&gt;.</p>" in page and "<p>Elke dag.</p>" in page
    assert "&lt;i&gt;Samen&lt;/i&gt;" in body(client, "/werkplaatsen/noord/")


def test_themes_count_what_is_found_in_the_region(client: Client) -> None:
    theme, other = factories.make_theme("Eenzaamheid"), factories.make_theme("Mantelzorg")
    noord = factories.make_werkplaats("Noord", themes=[theme, other], own_themes=["leefbaarheid"])
    factories.make_question("Wat helpt?", werkplaats=noord, themes=[theme])
    page = body(client, "/werkplaatsen/noord/themas/")
    # The list that it leads to holds the werkplaats itself as well.
    assert "Leefbaarheid" in page and "2 vermeldingen uit deze regio" in page
    assert len(titles(body(client, f"/zoeken/?thema={theme.uid}&werkplaats={noord.uid}"))) == 2
    assert f'href="/zoeken/?thema={theme.uid}&amp;werkplaats={noord.uid}"' in page
    assert f'href="/zoeken/?thema={other.uid}"' in page


def test_what_is_not_for_everyone_is_neither_counted_nor_shown(client: Client, monkeypatch: Any) -> None:
    theme = factories.make_theme("Eenzaamheid")
    noord = factories.make_werkplaats("Noord", themes=[theme])
    for text, seen in (("Wat mag iedereen?", "openbaar"), ("Wat is van binnen?", "netwerk")):
        question = factories.make_question(text, werkplaats=noord, themes=[theme])
        Entry.objects.filter(uid=question.uid).update(visibility=seen)
    monkeypatch.setattr("werkplaats.site.regions.RESEARCH", {"vraag": "questions"})
    assert "2 vermeldingen uit deze regio" in body(client, "/werkplaatsen/noord/themas/")
    home = body(client, "/werkplaatsen/noord/")
    assert "Wat we uitzoeken" in home and "Wat mag iedereen?" in home and "Wat is van binnen?" not in home


def test_partners_that_may_be_seen_and_nobody_else(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    factories.make_partnership(factories.make_organisation("Meedoener"), noord)
    factories.make_partnership(factories.make_organisation("Benaderde"), noord, stage="benaderd")
    noord.leads.create(
        organisation=factories.make_organisation("Hanze"), role="trekker", valid_from=factories.LONG_AGO, lectorate="A"
    )
    page = body(client, "/werkplaatsen/noord/partners/")
    assert "Meedoener" in page and "Benaderde" not in page
    assert page.index("Hanze") < page.index("Meedoener")


def test_both_lists_of_partners_say_since_when_and_what_is_assumed(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    sure = factories.make_partnership(
        factories.make_organisation("Zeker"), noord, stage="in gesprek", valid_from=date(2019, 3, 1)
    )
    sure.steps.create(stage="getekend", on=date(2020, 6, 1))
    sure.follow_steps()
    sure.save()
    year = {"valid_from": date(2014, 1, 1), "valid_from_precision": "jaar", "role": "kernpartner"}
    factories.make_partnership(factories.make_organisation("Geschat"), noord, basis="aanname", **year)
    for page in (body(client, "/werkplaatsen/noord/"), body(client, "/werkplaatsen/noord/partners/")):
        said = re.findall(r'class="people-name"[^>]*>([^<]+)</a> <span class="people-role">([^<]+)<', page)
        assert said == [
            ("Geschat", "zorg of welzijn, kernpartner, sinds 2014 (aanname)"),
            ("Zeker", "zorg of welzijn, sinds 1 juni 2020"),
        ]


# Names


def test_every_name_it_has_or_had_leads_to_the_same_page_for_good(client: Client) -> None:
    one = factories.make_werkplaats("Kennisplatform Utrecht Sociaal", slug="utrecht", brand="kUS")
    one.former_names.create(name="Wmo-werkplaats Utrecht")
    for name in ("kus", "wmo-werkplaats-utrecht", "kennisplatform-utrecht-sociaal"):
        for part in PARTS:
            answer = client.get(f"/werkplaatsen/{name}/{part}?q=zorg")
            assert (answer.status_code, answer["Location"]) == (301, f"/werkplaatsen/utrecht/{part}?q=zorg")
        for more in ("over/", "kaart.svg"):
            assert client.get(f"/werkplaatsen/{name}/{more}")["Location"] == f"/werkplaatsen/utrecht/{more}"
    assert client.get("/en/werkplaatsen/kus/contact/")["Location"] == "/en/werkplaatsen/utrecht/contact/"
    assert client.get("/werkplaatsen/kust/").status_code == 404


def test_an_address_that_changed_keeps_leading_there_until_another_takes_it(client: Client) -> None:
    one, other = factories.make_werkplaats("Noord"), factories.make_werkplaats("Zuid")
    save_werkplaats(werkplaats=one, values={"slug": "groningen"}, former=[], version=one.version, by=SYSTEM)
    save_werkplaats(werkplaats=one, values={"slug": "groningen-drenthe"}, former=[], version=one.version + 1, by=SYSTEM)
    for old in ("groningen", "noord"):
        assert client.get(f"/werkplaatsen/{old}/")["Location"] == "/werkplaatsen/groningen-drenthe/"
    save_werkplaats(werkplaats=other, values={"slug": "groningen"}, former=[], version=other.version, by=SYSTEM)
    assert "Zuid" in body(client, "/werkplaatsen/groningen/")
    assert client.get("/werkplaatsen/zuid/")["Location"] == "/werkplaatsen/groningen/"


def test_one_that_ended_says_so_at_every_address_it_had(client: Client) -> None:
    one = factories.make_werkplaats(
        "Oud", brand="Ouder", region="het oosten", status=Status.ENDED, valid_to=date(2023, 1, 1)
    )
    one.former_names.create(name="Oudst")
    factories.make_sections(one)
    factories.make_page("Wie wij waren", one, model=AboutPage)
    factories.make_publication("Wat bleef", werkplaatsen=[one])
    assert not rebuild()
    for name in ("oud", "ouder", "oudst"):
        for part in [*PARTS, "over/", "kaart.svg"]:
            answer = client.get(f"/werkplaatsen/{name}/{part}")
            page = answer.content.decode()
            assert answer.status_code == 410, (name, part)
            assert "Deze werkplaats is beëindigd" in page and "het oosten: 1 januari 2020 t/m 31 december 2022." in page
    found = re.search(r'href="(/zoeken/[?]werkplaats=[^"]+)">1 vermelding van deze werkplaats<', page)
    assert found and titles(body(client, found[1])) == ["Wat bleef"]


def test_who_it_was_is_found_nowhere_from_the_moment_it_ends(client: Client) -> None:
    one = factories.make_werkplaats("Noord")
    factories.make_sections(one)
    factories.make_page("Wie wij zijn in het noorden", one, model=AboutPage)
    assert titles(body(client, "/zoeken/?q=noorden")) == ["Wie wij zijn in het noorden"]
    values = {"status": Status.ENDED, "valid_to": date(2024, 1, 1)}
    save_werkplaats(werkplaats=one, values=values, former=[], version=one.version, by=SYSTEM)
    assert titles(body(client, "/zoeken/?q=noorden")) == []
    assert not rebuild()


def test_nothing_leads_to_one_that_ended_and_all_that_is_of_it_names_it(client: Client) -> None:
    one = factories.make_werkplaats("Oud", status=Status.ENDED)
    factories.make_sections(one)
    phase = Phase.objects.create(name="Fase 1", valid_from=date(2009, 9, 1))
    one.grants.create(phase=phase)
    theme = NationalTheme.objects.create(name="Samen", visibility="openbaar")
    theme.work.create(werkplaats=one, tasks=[])
    shown = [
        factories.make_project(werkplaats=one), factories.make_circle(werkplaats=one), theme,
        factories.make_pilot(werkplaats=one), factories.make_yield(werkplaats=one),
        factories.make_publication(werkplaatsen=[one]), factories.make_question(werkplaats=one),
        factories.make_page("Bericht", one), factories.make_page("Tekst", one, model=TextPage),
    ]  # fmt: skip
    for address in [record.get_absolute_url() for record in shown] + ["/over/fasen/"]:
        page = body(client, address)
        assert "Oud (beëindigd)" in page, address
        assert one.get_absolute_url() not in page, address
        assert f'href="{one.get_absolute_url()}"' not in body(client, f"/en{address}"), address


def test_national_themes_stand_apart_from_the_groups_of_a_region(client: Client) -> None:
    noord, zuid = factories.make_werkplaats("Noord"), factories.make_werkplaats("Zuid")
    factories.make_circle("Buurtkring", noord)
    theme = NationalTheme.objects.create(name="Wonen en zorg", visibility="openbaar")
    theme.work.create(werkplaats=noord, tasks=[])
    factories.make_circle("Elders", zuid)

    page = body(client, "/werkplaatsen/noord/kringen/")
    groups, national = page.split("Landelijke thema's waaraan deze werkplaats meewerkt")

    assert (titles(groups), titles(national)) == (["Buurtkring"], ["Wonen en zorg"])
    assert "Landelijke thema" not in body(client, "/werkplaatsen/zuid/kringen/").split("<footer")[0]


# Colours


def test_a_werkplaats_without_colours_has_those_of_the_house(client: Client) -> None:
    open_up(factories.make_werkplaats("Noord"))
    assert "/stijl/" not in body(client, "/werkplaatsen/noord/")


def test_its_colours_are_a_sheet_that_is_kept_for_ever_and_another_has_another_address(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    open_up(noord, colour="#0b4f8a")

    def sheet() -> str:
        found = re.search(
            r'<link rel="stylesheet" href="(/stijl/[^"]+)">', body(client, "/werkplaatsen/noord/contact/")
        )
        assert found
        return found[1]

    first = sheet()
    answer = client.get(first)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--green-700:#0b4f8a;" in answer.content.decode()
    assert "style-src 'self';" in answer["Content-Security-Policy"]
    site = RegionalSite.objects.get(werkplaats=noord)
    save_site(site=site, values={"colour": "#7a2e5d"}, version=site.version, by=SYSTEM)
    assert sheet() != first
    # Who has the page of before still gets its colours.
    assert client.get(first).status_code == 200
    # Elsewhere on the site it is the house again.
    assert "/stijl/" not in body(client, "/werkplaatsen/") + body(client, "/")


def test_nobody_makes_up_a_sheet(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    open_up(noord, colour="#0b4f8a")
    found = re.search(r"/stijl/[^\"]+", body(client, "/werkplaatsen/noord/"))
    assert found
    good = found[0]
    for wrong in (good.replace("0b4f8a", "0b4f8b"), good.replace("0b4f8a", "ffff00"), good[:-5] + "0.css"):
        assert client.get(wrong).status_code == 404, wrong


def fields(site: RegionalSite, **changed: str) -> dict[str, str]:
    """What the form of a site sends."""
    return {
        "version": str(site.version), "tagline": "Samen", "does": "", "logo": "", "colour": "#0b5c4f",
        "accent": "#ffc740", "reached": "", "email": "", "phone": "", "postal": "", "visit": "", "responsible": "",
        **changed,
    }  # fmt: skip


def test_a_coordinator_chooses_colours_that_can_be_read(around: Around) -> None:
    site = open_up(around.utrecht)
    address = f"/beheer/sites/{site.uid}/"
    client = around.client("coordinator")
    answer = client.post(address, fields(site, colour="#ffdd00", tagline="Nog niet weg")).content.decode()
    assert "In #ffdd00 is tekst op wit niet goed te lezen: het verschil is 1,2" in answer
    near = re.search(r"wel goed te lezen is: (#[0-9a-f]{6})\.", answer)
    assert near and colours.reads_on(near[1], colours.WHITE, colours.PAPER)
    assert "Nog niet weg" in answer and RegionalSite.objects.get(pk=site.pk).tagline == ""
    client.post(address, fields(site, colour=near[1], tagline="Zo wel"))
    kept = RegionalSite.objects.get(pk=site.pk)
    assert (kept.colour, kept.accent, kept.tagline) == (near[1], "", "Zo wel")
    dark = client.post(address, fields(kept, accent="#1a1a80")).content.decode()
    assert "Op #1a1a80 zijn donkere letters niet goed te lezen" in dark


def test_how_it_is_reached_is_not_in_the_logbook(around: Around) -> None:
    site = open_up(around.utrecht)
    around.client("coordinator").post(f"/beheer/sites/{site.uid}/", fields(site, email="wij@example.org"))
    line = LogEntry.objects.get(verb="news.site.changed")
    assert "wij@example.org" not in str(line.detail) and line.detail["fields"] == ["email"]
    assert line.target == site.uid and line.detail["after"] == {"tagline": "Samen"}


@pytest.mark.parametrize("name", ["noord", "lector", "partner", "buur", "beheerder"])
def test_others_change_nothing_of_how_it_shows_itself(around: Around, name: str) -> None:
    site = open_up(around.utrecht)
    around.client(name).post(f"/beheer/sites/{site.uid}/", fields(site, colour="#7a2e5d", host="x.example.org"))
    assert RegionalSite.objects.get(pk=site.pk).colour == ""


def test_a_logo_is_one_of_the_own_collection_and_stays_while_it_is_used(around: Around, client: Client) -> None:
    _national, ours, theirs = factories.make_sections(around.utrecht, around.noord)
    own, foreign = (
        add_picture(title=name, file=planted.upload(planted.picture(size=(300, 90)), "l.png"), description="",
                    section=section, by=SYSTEM)
        for name, section in (("Ons", ours), ("Hun", theirs))
    )  # fmt: skip
    site = open_up(around.utrecht)
    desk = around.client("coordinator")
    shown = desk.get(f"/beheer/sites/{site.uid}/").content.decode()
    assert ">Ons</option>" in shown and ">Hun</option>" not in shown
    desk.post(f"/beheer/sites/{site.uid}/", fields(site, logo=str(foreign.pk)))
    assert RegionalSite.objects.get(pk=site.pk).logo is None
    desk.post(f"/beheer/sites/{site.uid}/", fields(site, logo=str(own.pk)))
    page = body(client, f"/werkplaatsen/{around.utrecht.slug}/")
    found = re.search(r'<img class="region-logo" src="(/media/renditions/[^"]+)" width="\d+" height="56" alt="">', page)
    assert found
    drawn = client.get(found[1])
    assert drawn.getvalue()[8:12] == b"WEBP"
    answer = desk.post(f"/beheer/images/{own.pk}/delete/", follow=True).content.decode()
    assert "“Ons” is het beeldmerk van Utrecht. Kies daar eerst een ander." in answer
    assert Picture.objects.filter(pk=own.pk).exists()
