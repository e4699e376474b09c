"""Nothing on the site that nobody else approved."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.desk.house import House, form, rich, sign_in
from werkplaats.core.models import LogEntry
from werkplaats.news import actions
from werkplaats.news.models import NewsPage, TextPage
from werkplaats.news.queries import waiting_for

pytestmark = pytest.mark.django_db


def test_a_partnerredacteur_writes_a_coordinator_approves_and_a_visitor_reads(house: House):
    section, writer = house.here_section, sign_in(house.pim)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", section.pk])
    sent = form("Kenniskring begint", ("text", rich("Twaalf mensen doen mee.")), **{"action-submit": "1"})
    assert writer.post(address, sent).status_code == 302
    page = NewsPage.objects.get()
    assert (page.live, page.owner, page.werkplaats) == (False, house.pim, house.here)
    assert Client().get(page.get_absolute_url()).status_code == 404

    colleague = sign_in(house.ann)
    assert "Kenniskring begint" in colleague.get("/beheer/").text
    decide = reverse("goedkeuren:decide", args=[page.uid])
    assert "Twaalf mensen doen mee." in colleague.get(f"{decide}voorbeeld/").text
    page.refresh_from_db()
    colleague.post(decide, {"besluit": "goedkeuren", "revision": page.latest_revision_id})

    assert "Twaalf mensen doen mee." in Client().get(page.get_absolute_url()).text
    rows = LogEntry.objects.filter(target=page.uid).order_by("number").values_list("verb", "actor")
    assert list(rows) == [("news.newspage.published", house.ann.uid), ("news.newspage.approved", house.ann.uid)]


@pytest.mark.parametrize("who", ["ann", "nel", "nan", "pim", "tom"])
def test_who_wrote_it_or_has_no_say_here_cannot_approve_by_any_road(house: House, who: str):
    """Ann wrote and submitted it, and Bob could approve it; so nobody else may."""
    page, account = house.submitted(house.ann), getattr(house, who)
    page.refresh_from_db()
    revision, state = page.latest_revision_id, page.current_workflow_task_state
    client = sign_in(account)

    decide = reverse("goedkeuren:decide", args=[page.uid])
    assert client.get(decide).status_code == 404
    assert client.get(f"{decide}voorbeeld/").status_code == 404
    client.post(decide, {"besluit": "goedkeuren", "revision": revision})
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for extra in ({"action-publish": "1"}, {"action-workflow-action": "1", "workflow-action-name": "approve"}):
        client.post(edit, form("Veranderd", **extra))
    with pytest.raises(PermissionDenied):
        actions.approve_page(page=page, revision=revision, by=account)

    page.refresh_from_db()
    assert (page.live, page.latest_revision_id) == (False, revision)
    assert page.current_workflow_task_state.status == "in_progress"


def test_publishing_at_the_desk_past_the_approval_is_refused_by_the_page_itself(house: House):
    from wagtail.log_actions import LogContext

    page = house.draft(house.ann)
    with LogContext(user=house.bob), pytest.raises(PermissionDenied):
        page.latest_revision.publish(user=house.bob)

    page.refresh_from_db()
    assert not page.live


def test_nobody_publishes_a_new_page_at_once(house: House):
    client = sign_in(house.ann)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", house.here_section.pk])
    client.post(address, form("Meteen", **{"action-publish": "1"}))

    assert [page.live for page in NewsPage.objects.all()] == [False]


def test_who_changed_it_last_cannot_approve_either(house: House):
    """Pim submitted what Ann changed: Bob is the second pair of eyes, not Ann."""
    page = house.draft(house.pim)
    page.save_revision(user=house.ann)
    page.get_workflow().start(page, house.pim)

    assert [[one.uid for one, _state in waiting_for(who)] for who in (house.ann, house.pim, house.bob)] == [
        [], [], [page.uid],
    ]  # fmt: skip


def test_the_landelijk_redacteur_stands_in_only_where_there_is_no_second_person(house: House):
    alone, together = house.submitted(house.nel, house.there_section), house.submitted(house.ann)

    assert [page.uid for page, _state in waiting_for(house.nan)] == [alone.uid]
    alone.refresh_from_db()
    actions.approve_page(page=alone, revision=alone.latest_revision_id, by=house.nan)
    alone.refresh_from_db()
    together.refresh_from_db()
    assert (alone.live, together.live) == (True, False)


def test_a_page_that_goes_back_carries_a_reason_that_its_writer_reads(house: House):
    page = house.submitted(house.pim)
    page.refresh_from_db()
    reader, decide = sign_in(house.bob), reverse("goedkeuren:decide", args=[page.uid])
    sent = {"besluit": "terugsturen", "revision": page.latest_revision_id}
    assert "verplicht" in reader.post(decide, {**sent, "reason": "  "}).text
    reader.post(decide, {**sent, "reason": "Noem ook de andere partners."})

    writer = sign_in(house.pim)
    assert "Noem ook de andere partners." in writer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert page.draft_title in writer.get("/beheer/").text
    page.refresh_from_db()
    assert not page.live


def test_what_waits_is_what_was_read(house: House):
    """While it waits nobody changes it, and who decides on an older text decides nothing."""
    page = house.submitted(house.pim)
    page.refresh_from_db()
    old = page.latest_revision_id
    sign_in(house.pim).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form("Stiekem anders"))
    page.refresh_from_db()
    assert page.latest_revision_id == old

    with pytest.raises(actions.Conflict):
        actions.approve_page(page=page, revision=old - 1, by=house.bob)
    actions.approve_page(page=page, revision=old, by=house.bob)
    with pytest.raises(actions.Conflict):
        actions.return_page(page=page, revision=old, reason="Te laat", by=house.ann)


def test_a_change_to_a_page_on_the_site_waits_too(house: House):
    page = factories.make_page("Eerst", house.here)
    page.title = "Daarna"
    page.save_revision(user=house.ann)
    page.get_workflow().start(page, house.ann)

    assert "Eerst" in (shown := Client().get(page.get_absolute_url()).text) and "Daarna" not in shown
    page.refresh_from_db()
    actions.approve_page(page=page, revision=page.latest_revision_id, by=house.bob)
    assert "Daarna" in Client().get(page.get_absolute_url()).text


def test_taking_off_leaves_a_page_that_says_so_and_cannot_be_deleted(house: House):
    page = factories.make_page("Weg ermee", house.here, owner=house.pim)
    for client in (sign_in(house.pim), sign_in(house.nel), sign_in(house.nan)):
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert page.live

    coordinator = sign_in(house.ann)
    coordinator.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    gone = Client().get(page.get_absolute_url())
    assert (gone.status_code, "Weg ermee" in gone.text) == (410, False)
    assert LogEntry.objects.filter(target=page.uid, verb="news.newspage.unpublished", actor=house.ann.uid).count() == 1
    assert coordinator.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 404
    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_a_draft_may_be_thrown_away_by_its_writer_with_a_line_in_the_logbook(house: House):
    mine, other = house.draft(house.pim), house.draft(house.ann)
    client = sign_in(house.pim)
    for page in (mine, other):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert list(NewsPage.objects.values_list("pk", flat=True)) == [other.pk]
    assert LogEntry.objects.filter(target=mine.uid, verb="news.newspage.removed").count() == 1


def test_pages_move_within_their_section_only(house: House):
    top = factories.make_page("Boven", house.here, model=TextPage)
    page = factories.make_page("Onder", house.here, model=TextPage)
    client = sign_in(house.ann)

    def move(to: Page) -> int:
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk])
        status: int = client.post(address).status_code
        return status

    assert [move(one) for one in (house.there_section, house.national_section, Page.get_first_root_node())] == [404] * 3
    assert move(top) == 302
    assert TextPage.objects.get(pk=page.pk).is_child_of(top)
