"""Organisations that made or worked on something public have a page, and lead on; nobody else comes to light by it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.site.test_pages import body, titles
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core.actors import SYSTEM
from werkplaats.network.actions import save_campaign
from werkplaats.network.models import Campaign, Organisation
from werkplaats.people.rules import RoleKind
from werkplaats.research.models import Circle, CirclePartner, PilotPartner, ProjectPartner, YieldPartner
from werkplaats.research.rules import YieldKind

pytestmark = pytest.mark.django_db


def all_ways() -> dict[str, Organisation]:
    """An organisation for every way of being named to everyone: name -> itself."""
    names = ("Maker", "Leider", "Partner", "Kringlid", "Kringpartner", "Proefpartner", "Opbrengstpartner", "Werver")
    made = {name: factories.make_organisation(name) for name in names}
    factories.make_publication("Een boek", organisations=[made["Maker"]])
    project = factories.make_project("Een project", organisation=made["Leider"])
    ProjectPartner.objects.create(project=project, organisation=made["Partner"])
    circle = factories.make_circle("Een kring")
    circle.members.create(organisation=made["Kringlid"], role="docent")
    CirclePartner.objects.create(circle=circle, organisation=made["Kringpartner"])
    pilot, gain = factories.make_pilot("Een proef", circle.werkplaats), factories.make_yield("Winst", circle=circle)
    PilotPartner.objects.create(pilot=pilot, organisation=made["Proefpartner"])
    YieldPartner.objects.create(made=gain, organisation=made["Opbrengstpartner"])
    Campaign.objects.create(name="Werven", organisation=made["Werver"], on_site=True, valid_from=factories.LONG_AGO)
    return made


def test_whoever_is_named_to_everyone_has_a_page_that_leads_on(client: Client) -> None:
    made = all_ways()
    titled = {"Maker": "Een boek", "Leider": "Een project", "Partner": "Een project", "Kringlid": "Een kring",
              "Kringpartner": "Een kring", "Proefpartner": "Een proef", "Opbrengstpartner": "Winst"}  # fmt: skip

    assert titles(body(client, "/organisaties/")) == sorted(made)
    assert titles(body(client, "/organisaties/?deelname=genoemd")) == sorted(made)
    sitemap = client.get("/sitemap-vermeldingen.xml").content.decode()
    for name, organisation in made.items():
        page = body(client, organisation.get_absolute_url())
        assert organisation.get_absolute_url() in sitemap
        assert f'href="/keten/{organisation.uid}/"' in page
        assert client.get(f"/api/v1/vermeldingen/{organisation.uid}").status_code == 200
        if name in titled:
            assert titles(page) == [titled[name]]
            there = Entry.objects.get(title=titled[name])
            assert f'href="{organisation.get_absolute_url()}"' in body(client, there.url)
            assert titles(body(client, f"/zoeken/?organisatie={organisation.uid}")) == [titled[name]]
            assert titled[name] in body(client, f"/keten/{organisation.uid}/")
    assert "Werven" in body(client, made["Werver"].get_absolute_url())
    assert f'href="{made["Werver"].get_absolute_url()}"' in body(client, "/over/fasen/")
    assert not rebuild()


def test_who_is_named_in_what_not_everyone_may_read_does_not_come_to_light(client: Client) -> None:
    hidden = [factories.make_organisation(f"Stil {number}") for number in range(6)]
    noord = factories.make_werkplaats("Noord")
    factories.make_publication("Concept", organisations=[hidden[0]], published=False)
    factories.make_publication("Van binnen", organisations=[hidden[1]], visibility="netwerk")
    factories.make_project("Van binnen", organisation=hidden[2], visibility="netwerk")
    factories.make_circle("Eigen", noord, visibility="werkplaats").members.create(organisation=hidden[3])
    gone = factories.make_yield("Nog niet gelezen", noord, kind=YieldKind.FINDING)
    YieldPartner.objects.create(made=gone, organisation=hidden[4])
    Campaign.objects.create(name="Werven", organisation=hidden[5], valid_from=factories.LONG_AGO)

    assert titles(body(client, "/organisaties/")) == []
    assert {client.get(one.get_absolute_url()).status_code for one in hidden} == {404}
    for one in hidden:
        assert "Stil" not in body(client, f"/zoeken/?organisatie={one.uid}"), "nor by typing its identifier"
    # Who may read it sees it named there, without a page.
    client.force_login(
        factories.make_account("in@example.org", RoleKind.COORDINATOR, noord), "sesame.backends.ModelBackend"
    )
    page = body(client, Circle.objects.get().get_absolute_url())
    assert "Stil 3" in page and hidden[3].uid not in page
    assert not rebuild()


def test_one_that_is_named_no_more_leaves_the_site_at_once(client: Client) -> None:
    first, second = factories.make_organisation("Eerste"), factories.make_organisation("Tweede")
    book = factories.make_publication("Een boek", organisations=[first])
    project = factories.make_project("Een project", organisation=first)
    book.organisations.set([second])
    assert titles(body(client, "/organisaties/")) == ["Eerste", "Tweede"]
    project.organisation = None
    project.save()
    assert titles(body(client, "/organisaties/")) == ["Tweede"]
    assert client.get(first.get_absolute_url()).status_code == 410
    book.visibility = "netwerk"
    book.save()
    assert titles(body(client, "/organisaties/")) == []
    assert not Link.objects.filter(target=first.uid).exists()
    campaign = Campaign.objects.create(name="Werven", organisation=first, on_site=True, valid_from=date(2014, 1, 1))
    save_campaign(campaign=campaign, values={"organisation": second}, version=campaign.version, by=SYSTEM)
    assert titles(body(client, "/organisaties/")) == ["Tweede"]
    assert not rebuild()


def test_that_an_organisation_was_asked_is_not_told_where_it_only_made_something(client: Client) -> None:
    noord = factories.make_werkplaats("Noord")
    maker = factories.make_organisation("Maker", confirmed_on=date(2026, 10, 1))
    factories.make_partnership(maker, noord, stage="benaderd")
    factories.make_publication("Een boek", organisations=[maker])
    page = body(client, maker.get_absolute_url())
    assert "Noord" not in page
    assert "oktober 2026" not in page
    factories.make_partnership(maker, noord)
    assert "1 oktober 2026" in body(client, maker.get_absolute_url())


def test_a_hub_shows_the_newest_and_leads_to_all(client: Client) -> None:
    maker = factories.make_organisation("Maker")
    for number in range(9):
        factories.make_publication(f"Boek {number}", organisations=[maker])
    page = body(client, maker.get_absolute_url())
    assert len(titles(page)) == 4
    assert f'href="/zoeken/?soort=publicatie&amp;organisatie={maker.uid}"' in page
    assert len(titles(body(client, f"/zoeken/?soort=publicatie&organisatie={maker.uid}"))) == 9
