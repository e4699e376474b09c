"""Pages at the desk: everyone in the own section, and nothing on the site that nobody else approved."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import Page

from tests import factories
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.desk.gate import OPEN
from werkplaats.news import actions
from werkplaats.news.models import AboutPage, NewsPage, Paper, Picture, SectionPage, TextPage
from werkplaats.news.queries import held_groups, is_out_of_step, waiting_for, wanted_groups
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def sign_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "sesame.backends.ModelBackend")
    return client


class House:
    """Two werkplaatsen with people, pages and files; and the network."""

    def __init__(self) -> None:
        self.here, self.there = factories.make_werkplaats("Utrecht"), factories.make_werkplaats("Noord")
        self.national_section, self.here_section, self.there_section = factories.make_sections(self.here, self.there)
        self.ann = factories.make_account("ann@example.org", RoleKind.COORDINATOR, self.here)
        self.bob = factories.make_account("bob@example.org", RoleKind.LECTOR, self.here)
        self.nel = factories.make_account("nel@example.org", RoleKind.COORDINATOR, self.there)
        self.nan = factories.make_account("nan@example.org", RoleKind.NATIONAL_EDITOR)
        self.organisation = factories.make_organisation("Welzijn Utrecht")
        factories.make_partnership(self.organisation, self.here)
        self.pim = factories.make_account("pim@example.org", RoleKind.PARTNER_EDITOR, self.organisation)
        self.tom = factories.make_account("tom@example.org", RoleKind.ADMINISTRATOR)

    def draft(self, owner: Account, section: SectionPage | None = None, title: str = "Concept") -> Any:
        """A draft by someone."""
        section = section or self.here_section
        page = factories.make_page(title, section.werkplaats, live=False, owner=owner)
        page.save_revision(user=owner)
        return page

    def submitted(self, owner: Account, section: SectionPage | None = None) -> Any:
        """A draft that its writer submitted."""
        page = self.draft(owner, section)
        page.get_workflow().start(page, owner)
        return page

    def picture(self, section: SectionPage) -> Picture:
        """A picture of a section."""
        file = planted.upload(planted.picture(), "foto.jpg")
        return actions.add_picture(title=f"Foto {section.title}", file=file, description="", section=section, by=SYSTEM)

    def paper(self, section: SectionPage) -> Paper:
        """A document of a section."""
        file = planted.upload(planted.pdf(), "a.pdf")
        return actions.add_document(title=f"Verslag {section.title}", file=file, section=section, by=SYSTEM)


@pytest.fixture
def house() -> House:
    return House()


def body(*blocks: tuple[str, Any]) -> dict[str, str]:
    """A StreamField as the desk's form sends it."""
    sent = {"body-count": str(len(blocks))}
    for number, (kind, value) in enumerate(blocks):
        sent |= {f"body-{number}-{name}": text for name, text in (("deleted", ""), ("order", str(number)), ("id", ""))}
        sent[f"body-{number}-type"] = kind
        if isinstance(value, dict):
            sent |= {f"body-{number}-value-{name}": str(one) for name, one in value.items()}
        else:
            sent[f"body-{number}-value"] = str(value)
    return sent


def rich(text: str) -> str:
    """Running text as the editor sends it."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def form(title: str = "Kenniskring begint", *blocks: tuple[str, Any], **extra: str) -> dict[str, str]:
    return {"title": title, "intro": "Kort.", "lang": "nl", **body(*blocks), **extra}


# Writing, approving, reading.


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


# Whose groups, whose pages.


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


# Which addresses are open.


def library_names() -> dict[str, str]:
    """name -> pattern of the library's own addresses at the desk."""

    def walk(resolver: Any, spaces: tuple[str, ...] = (), before: str = "") -> Any:
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield ":".join([*spaces, one.name or ""]), before + str(one.pattern)
            else:
                yield from walk(one, (*spaces, one.namespace) if one.namespace else spaces, before + str(one.pattern))

    return {
        name: path for name, path in walk(get_resolver()) if path.startswith("beheer/") and name.startswith("wagtail")
    }


def address_of(name: str, page: Any, *, pk: int = 1) -> str:
    """An address of this name about this page, or about number ``pk`` of something else."""
    given: dict[str, Any] = {
        "parent_page_id": page.pk, "page_id": page.pk, "page_to_move_id": page.pk,
        "pk": page.pk if "pages:" in name else pk,
        "destination_id": page.pk, "object_id": page.pk, "content_type_app_name": "news", "app_label": "wagtailcore",
        "content_type_model_name": "newspage", "model_name": "page", "app_name": "news", "action": "delete",
        "action_name": "approve", "revision_id": page.latest_revision_id or 1, "revision_id_a": "earliest",
        "revision_id_b": "latest", "uidb64": "a", "token": "b", "filter_spec": "width-10",
    }  # fmt: skip
    for pattern in get_resolver().reverse_dict.getlist(name) if ":" not in name else ():
        params = pattern[0][0][1]
        return reverse(name, kwargs={key: given.get(key, pk) for key in params})
    spaces, last = name.split(":")[:-1], name.split(":")[-1]
    resolver: Any = get_resolver()
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    params = resolver.reverse_dict.getlist(last)[0][0][0][1]
    return reverse(name, kwargs={key: given.get(key, pk) for key in params})


def test_what_is_not_opened_is_shut_for_everyone(house: House):
    page = house.draft(house.ann)
    names = {name for name in library_names() if name not in OPEN}
    # These lead elsewhere before anyone looks at rights.
    names -= {"wagtailadmin_account", *(name for name in names if "password_reset" in name)}
    names -= {"wagtailimages:add_multiple", "wagtaildocs:add_multiple"}
    assert set(OPEN) <= set(library_names())

    for account in (house.ann, house.nan, house.tom):
        client = sign_in(account)
        found = {name: client.get(address_of(name, page)).status_code for name in names}
        assert {name: status for name, status in found.items() if status != 404} == {}


ABOUT_A_PAGE = sorted(
    name for name in OPEN if name != "wagtailadmin_explore_root"
    and name.startswith(("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page_child"))
)  # fmt: skip


@pytest.mark.parametrize("who", ["nel", "nan", "tom", "pim"])
def test_a_draft_of_another_does_not_exist_at_any_address(house: House, who: str):
    page, client = house.draft(house.ann, title="Geheim plan"), sign_in(getattr(house, who))

    found = {name: client.get(address_of(name, page)) for name in ABOUT_A_PAGE}
    posted = {name: client.post(address_of(name, page), form("Gekaapt")) for name in ABOUT_A_PAGE}
    wrong = {name for some in (found, posted) for name, answer in some.items() if answer.status_code != 404}
    assert wrong == ({"wagtailadmin_pages:add_subpage"} & wrong if who == "pim" else set())
    page.refresh_from_db()
    assert (page.title, page.draft_title) == ("Geheim plan", "Geheim plan")


@pytest.mark.parametrize("who", ["nel", "nan", "tom"])
def test_lists_searches_and_choosers_do_not_name_what_is_anothers(house: House, who: str):
    house.draft(house.ann, title="Geheim plan")
    house.picture(house.here_section)
    house.paper(house.here_section)
    client = sign_in(getattr(house, who))
    places = (
        "/beheer/", "/beheer/pages/", "/beheer/pages/?q=geheim&search_all=1", "/beheer/goedkeuren/",
        f"/beheer/pages/{house.here_section.pk}/", f"/beheer/pages/{house.there_section.pk}/?q=geheim&search_all=1",
        "/beheer/choose-page/", "/beheer/choose-page/search/?q=geheim", f"/beheer/choose-page/{house.here_section.pk}/",
        "/beheer/images/", "/beheer/images/?q=foto", "/beheer/images/chooser/",
        "/beheer/images/chooser/results/?q=foto",
        "/beheer/documents/", "/beheer/documents/chooser/", "/beheer/documents/chooser/results/?q=verslag",
    )  # fmt: skip

    shown = {place: client.get(place, follow=True).text for place in places}
    words = ("Geheim plan", "Foto Utrecht", "Verslag Utrecht")
    assert [(place, word) for place, text in shown.items() for word in words if word in text] == []


def test_files_of_another_section_do_not_exist_and_those_of_the_network_may_be_chosen(house: House):
    own, foreign, national = (
        house.picture(one) for one in (house.there_section, house.here_section, house.national_section)
    )
    papers = [house.paper(one) for one in (house.there_section, house.here_section, house.national_section)]
    client = sign_in(house.nel)

    def statuses(name: str, files: Any) -> list[int]:
        return [client.get(reverse(name, args=[file.pk])).status_code for file in files]

    assert statuses("wagtailimages:edit", (own, foreign, national)) == [200, 404, 404]
    assert statuses("wagtailimages_chooser:chosen", (own, foreign, national)) == [200, 404, 200]
    assert statuses("wagtaildocs:edit", papers) == [200, 404, 404]
    assert statuses("wagtaildocs_chooser:chosen", papers) == [200, 404, 200]
    client.post(reverse("wagtailimages:delete", args=[foreign.pk]))
    assert Picture.objects.count() == 3


def test_a_file_of_another_section_cannot_be_smuggled_into_a_page(house: House):
    foreign, own = house.picture(house.here_section), house.picture(house.there_section)
    client = sign_in(house.nel)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", house.there_section.pk])
    for file, kept in ((foreign, 0), (own, 1)):
        block = ("picture", {"picture": file.pk, "alt": "Een foto", "caption": ""})
        answer = client.post(add, form("Gesmokkeld", block))
        assert NewsPage.objects.count() == kept, answer.text[:0]

    page = NewsPage.objects.get()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    block = ("picture", {"picture": foreign.pk, "alt": "Een foto", "caption": ""})
    client.post(preview, form("Gesmokkeld", block))
    assert foreign.uid not in client.get(preview).text


def test_a_picture_needs_words_or_to_be_said_to_need_none(house: House):
    own, client = house.picture(house.here_section), sign_in(house.ann)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", house.here_section.pk])
    for value in ({"alt": " "}, {"alt": "Een tafel", "decorative": "on"}):
        block = ("picture", {"picture": own.pk, "caption": "", **value})
        assert "Beschrijf wat er te zien is" in client.post(add, form("Foto", block)).text
    assert not NewsPage.objects.exists()


def test_a_picture_that_is_on_a_page_is_not_removed(house: House):
    own, loose, client = house.picture(house.here_section), house.picture(house.here_section), sign_in(house.ann)
    block = ("picture", {"picture": own, "alt": "Een foto", "caption": "", "decorative": False})
    factories.make_page("Met foto", house.here, body=[block])
    for picture in (own, loose):
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))

    assert list(Picture.objects.all()) == [own]


def test_an_upload_at_the_desk_is_cleaned_and_a_trick_refused_in_words(house: House):
    client = sign_in(house.pim)
    client.post("/beheer/images/add/", {"title": "Foto", "file": planted.upload(planted.with_place(), "a.jpg")})
    answer = client.post("/beheer/images/add/", {"title": "Truc", "file": planted.upload(planted.svg(), "a.jpg")})

    picture = Picture.objects.get()
    assert (picture.collection, picture.uploaded_by_user) == (house.here_section.collection, house.pim)
    with picture.file.open("rb") as file:
        assert b"Exif" not in file.read()
    assert "Dit is geen JPEG, PNG, WebP of GIF" in answer.text


def test_links_and_scripts_that_were_planted_never_run(house: House):
    block = {"key": "a", "text": "klik hier", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
             "entityRanges": [{"offset": 0, "length": 4, "key": 0}]}  # fmt: skip
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}}
    text = json.dumps({"blocks": [block], "entityMap": entity})
    client = sign_in(house.ann)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", house.here_section.pk])
    sent = form("<script>alert(2)</script>", ("text", text), ("heading", "<img src=x onerror=alert(3)>"))
    client.post(add, {**sent, "action-submit": "1"})
    page = NewsPage.objects.get()
    page.refresh_from_db()
    actions.approve_page(page=page, revision=page.latest_revision_id, by=house.bob)

    shown = Client().get(page.get_absolute_url()).text
    assert "klik hier" in shown.replace("<a>", "").replace("</a>", "")
    assert not any(bad in shown for bad in ("javascript:", "<script>alert", "<img src=x"))


def test_who_has_no_section_sees_no_pages_in_the_menu(house: House):
    for account, seen in ((house.ann, True), (house.pim, True), (house.tom, False)):
        assert ("/beheer/images/" in sign_in(account).get("/beheer/").text) is seen


def test_there_is_one_about_page_a_section(house: House):
    factories.make_page("Over ons", house.here, model=AboutPage)
    address = reverse("wagtailadmin_pages:add", args=["news", "aboutpage", house.here_section.pk])
    sign_in(house.ann).post(address, form("Nog een"))

    assert AboutPage.objects.count() == 1


def test_no_link_at_the_desk_leads_nowhere(house: House):
    """Everything a coordinator can click, from the home of the desk on."""
    picture, paper = house.picture(house.here_section), house.paper(house.here_section)
    block = ("picture", {"picture": picture, "alt": "Een foto", "caption": "", "decorative": False})
    factories.make_page("Op de site", house.here, body=[block, ("document", paper)])
    factories.make_page("Uitleg", house.here, model=TextPage)
    house.draft(house.ann)
    house.submitted(house.pim)
    client, seen, dead = sign_in(house.ann), set(), []
    # The menu is drawn by a script.
    ahead = ["/beheer/", "/beheer/pages/", "/beheer/goedkeuren/", "/beheer/images/", "/beheer/documents/"]
    ahead += [reverse("wagtailadmin_explore", args=[house.here_section.pk])]
    while ahead:
        address = ahead.pop()
        seen.add(address)
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            dead.append(address)
        if answer.streaming:
            assert b"".join(answer.streaming_content)
        elif "text/html" in answer["Content-Type"] and address.startswith("/beheer/"):
            found = {unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text)}
            # Doing something to many at once begins with ticking boxes, and those are not shown.
            plain = {link for link in found if "?" not in link and not link.startswith(("/static/", "/beheer/bulk/"))}
            ahead += sorted(plain - seen - set(ahead))

    assert dead == []
    assert len(seen) > 30
