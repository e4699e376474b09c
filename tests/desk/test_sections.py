"""Everyone in the own section: whose groups, whose pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.desk.house import House, sign_in
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.news import actions
from werkplaats.news.models import SectionPage
from werkplaats.news.queries import held_groups, is_out_of_step, wanted_groups
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db


def test_groups_follow_the_dated_roles_also_when_a_day_passes(house: House):
    assert actions.refresh_roles(by=SYSTEM) == 5
    editors, writers = house.here_section.editors_id, house.here_section.writers_id
    assert [held_groups(one) for one in (house.ann, house.pim, house.nan, house.tom)] == [
        {editors}, {writers}, {house.national_section.editors_id}, set(),
    ]  # fmt: skip

    role = house.ann.roles.get()
    role.valid_to = clock.today() + timedelta(days=1)
    role.save()
    house.pim.is_active = False
    house.pim.save()
    with clock.at(clock.now() + timedelta(days=1)):
        assert actions.refresh_roles(by=SYSTEM) == 2
        assert held_groups(house.ann) == held_groups(house.pim) == set()
        assert actions.refresh_roles(by=SYSTEM) == 0


def test_an_ended_role_closes_pages_on_the_next_request(house: House):
    factories.make_account("dan@example.org")
    dan = Account.objects.get(email="dan@example.org")
    for place in (house.here, house.there):
        dan.roles.create(
            kind=RoleKind.COORDINATOR, scope_kind="werkplaats", scope_uid=place.uid, valid_from=factories.LONG_AGO
        )
    page, client = house.draft(house.ann), sign_in(dan)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(edit).status_code == 200
    assert held_groups(dan) == {house.here_section.editors_id, house.there_section.editors_id}

    dan.roles.filter(scope_uid=house.here.uid).update(valid_to=clock.today())
    assert client.get(edit).status_code == 404
    assert held_groups(dan) == {house.there_section.editors_id}


def test_an_ended_partnership_ends_writing(house: House):
    assert wanted_groups(house.pim) == {house.here_section.writers_id}
    house.organisation.partnerships.update(valid_to=clock.today())

    assert wanted_groups(Account.objects.get(pk=house.pim.pk)) == set()


def test_looking_whether_groups_are_right_costs_two_questions(house: House, django_assert_num_queries: Any):
    account = Account.objects.get(pk=house.ann.pk)
    account.current_roles()
    with django_assert_num_queries(2):
        assert is_out_of_step(account)


def test_a_section_is_made_once_and_renamed_with_its_werkplaats(house: House):
    house.here.name = "Utrecht en omstreken"
    house.here.save()
    made = actions.make_section(werkplaats=house.here, by=SYSTEM)

    assert (made.pk, made.title, made.collection.name) == (
        house.here_section.pk, "Utrecht en omstreken", "Utrecht en omstreken",
    )  # fmt: skip
    assert SectionPage.objects.count() == 3
    assert set(Page.objects.filter(depth=2)) == {one.page_ptr for one in SectionPage.objects.all()}


def test_who_is_the_first_of_a_werkplaats_makes_its_section():
    werkplaats = factories.make_werkplaats("Zeeland")
    account = factories.make_account(role=RoleKind.COORDINATOR, scope=werkplaats)

    assert sign_in(account).get("/beheer/pages/").status_code == 302
    assert held_groups(account) == {SectionPage.objects.get(werkplaats=werkplaats).editors_id}
