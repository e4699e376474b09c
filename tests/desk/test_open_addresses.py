"""Which addresses of the library are open at the desk, and what they show."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests import factories
from tests.desk.house import House, form, sign_in
from tests.news import planted
from werkplaats.desk.gate import OPEN
from werkplaats.news import actions
from werkplaats.news.models import AboutPage, NewsPage, Picture, TextPage

pytestmark = pytest.mark.django_db


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
