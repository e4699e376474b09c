"""Pages that people wrote, as visitors meet them: read, found, followed, gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.rich_text import RichText

from tests import factories
from tests.news import planted
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.refresh import rebuild
from werkplaats.core.actors import SYSTEM
from werkplaats.news.actions import add_document, add_picture, follow_roles
from werkplaats.news.models import AboutPage, NewsPage, TextPage
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def status(address: str, client: Client | None = None) -> int:
    answer = (client or Client()).get(address)
    if answer.streaming:
        # Read to its end, so that the file is closed.
        assert b"".join(answer.streaming_content)
    found: int = answer.status_code
    return found


def test_a_page_is_read_at_an_address_that_words_do_not_change():
    werkplaats = factories.make_werkplaats("Utrecht", slug="utrecht")
    theme = factories.make_theme("Mantelzorg")
    body = [
        ("text", RichText("<p>Twaalf <b>mensen</b>.</p>")),
        ("heading", "Daarna"),
        ("quote", {"text": "Ja", "by": ""}),
    ]
    news = factories.make_page("Kring begint", werkplaats, intro="Kort.", body=body, themes=[theme])
    above = factories.make_page("Uitleg", werkplaats, model=TextPage)
    below = factories.make_page("Meer uitleg", werkplaats, model=TextPage, parent=above)
    about = factories.make_page("Wie wij zijn", werkplaats, model=AboutPage)

    shown = Client().get(f"/nieuws/{news.uid}/").text
    for words in (
        "Kring begint",
        "Kort.",
        "Twaalf <b>mensen</b>.",
        "<h2>Daarna</h2>",
        "Mantelzorg",
        "/werkplaatsen/utrecht/",
    ):
        assert words in shown, words
    assert Client().get(f"/nieuws/{news.uid}/anders-genoemd/")["Location"] == f"/nieuws/{news.uid}/"
    assert Client().get(f"/paginas/{below.uid}/anders/")["Location"] == f"/paginas/{below.uid}/"
    assert Client().get(f"/over/{about.uid}/")["Location"] == "/werkplaatsen/utrecht/over/"
    assert below.title in Client().get(f"/paginas/{above.uid}/").text
    assert f'href="/paginas/{above.uid}/"' in Client().get(f"/paginas/{below.uid}/").text
    assert "Wie wij zijn" in Client().get("/werkplaatsen/utrecht/over/").text


def test_only_what_is_on_the_site_is_read_listed_found_and_told():
    werkplaats = factories.make_werkplaats("Utrecht", slug="utrecht")
    draft = factories.make_page("Geheim plan", werkplaats, live=False)
    gone = factories.make_page("Oud nieuws", werkplaats)
    kept = factories.make_page("Vers nieuws", werkplaats, intro="Lees dit.")
    about = factories.make_page("Wie wij waren", werkplaats, model=AboutPage)
    for page in (gone, about):
        page.unpublish()

    assert [status(one.get_absolute_url()) for one in (draft, gone, kept, about)] == [404, 410, 200, 410]
    assert status("/nieuws/nieuws-01M80W9PMC49AJ392P96HC8B0J/") == 404
    places = ("/", "/nieuws/", "/zoeken/?q=nieuws", "/zoeken/?q=plan", "/werkplaatsen/utrecht/",
              "/feeds/vermeldingen/?soort=nieuws", "/api/v1/vermeldingen")  # fmt: skip
    for place in places:
        text = Client().get(place).text.replace("<mark>", "").replace("</mark>", "")
        assert not any(words in text for words in ("Geheim plan", "Oud nieuws", "Wie wij waren")), place
        assert ("Vers nieuws" in text) is (place != "/zoeken/?q=plan"), place


def test_the_hall_follows_what_is_published_changed_and_taken_off():
    theme = factories.make_theme("Mantelzorg")
    werkplaats = factories.make_werkplaats("Utrecht")
    body = [
        ("text", RichText("<p>In het dorpshuis</p>")),
        ("heading", "Tafel"),
        ("quote", {"text": "Eindelijk", "by": "Els"}),
    ]
    page = factories.make_page("Kring", werkplaats, themes=[theme], body=body, lang="en", intro="Kort.")
    entry = Entry.objects.get(uid=page.uid)
    assert (entry.title, entry.summary, entry.lang, entry.facets, entry.published_at) == (
        "Kring", "Kort.", "en", {"thema": [theme.uid], "hoofdthema": [theme.uid], "werkplaats": [werkplaats.uid]},
        page.first_published_at,
    )  # fmt: skip
    assert entry.body == "In het dorpshuis\nTafel\nEindelijk\nEls"

    page.title, page.themes = "Kring van twaalf", []
    page.save_revision()
    assert Entry.objects.get(uid=page.uid).title == "Kring"
    page.get_latest_revision().publish()
    entry.refresh_from_db()
    assert (entry.title, entry.facets) == ("Kring van twaalf", {"werkplaats": [werkplaats.uid]})
    NewsPage.objects.get(pk=page.pk).unpublish()
    entry.refresh_from_db()
    assert (entry.removed_at is None, entry.body, entry.removal_reason) == (False, "", "van de site gehaald")
    assert not rebuild()


def test_without_news_the_list_says_what_would_fill_it():
    assert "Nog geen nieuws" in Client().get("/nieuws/").text
    assert "Een werkplaats is een regionaal verband" in Client().get("/over/").text
    factories.make_page("Over ons netwerk", model=AboutPage)
    assert "Over ons netwerk" in Client().get("/over/").text


def test_a_list_of_many_costs_as_much_as_a_list_of_one(django_assert_max_num_queries: Any):
    werkplaats = factories.make_werkplaats("Utrecht")
    factories.make_page("Een", werkplaats)
    Client().get("/nieuws/")
    for number in range(8):
        factories.make_page(f"Nummer {number}", werkplaats)
    with django_assert_max_num_queries(12):
        Client().get("/nieuws/")


def test_a_document_is_read_only_while_a_page_on_the_site_shows_it_and_never_in_the_browser():
    werkplaats = factories.make_werkplaats("Utrecht")
    _national, section = factories.make_sections(werkplaats)
    paper = add_document(title="Verslag één", file=planted.upload(planted.pdf(), "x.pdf"), section=section, by=SYSTEM)
    page = factories.make_page("Met verslag", werkplaats, body=[("document", paper)], live=False)
    assert status(paper.url) == 404

    page.get_latest_revision().publish()
    answer = Client().get(paper.url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="verslag-een.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"] and "'none'" in answer["Content-Security-Policy"]

    page.refresh_from_db()
    page.body = []
    page.save_revision().publish()
    assert status(paper.url) == 404


def test_a_document_of_a_draft_is_for_who_may_choose_it():
    here, there = factories.make_werkplaats("Utrecht"), factories.make_werkplaats("Noord")
    _national, section, _other = factories.make_sections(here, there)
    paper = add_document(title="Verslag", file=planted.upload(planted.pdf(), "x.pdf"), section=section, by=SYSTEM)
    found = {}
    for place in (here, there):
        account = factories.make_account(f"{place.slug}@example.org", RoleKind.COORDINATOR, place)
        follow_roles(account=account, by=SYSTEM)
        client = Client()
        client.force_login(account, "sesame.backends.ModelBackend")
        found[place.name] = status(paper.url, client)

    assert found == {"Utrecht": 200, "Noord": 404}


def test_only_pictures_drawn_anew_are_served():
    _national, section = factories.make_sections(factories.make_werkplaats("Utrecht"))
    picture = add_picture(
        title="Foto", file=planted.upload(planted.picture(size=(700, 400)), "x.jpg"), description="",
        section=section, by=SYSTEM,
    )  # fmt: skip
    paper = add_document(title="Verslag", file=planted.upload(planted.pdf(), "x.pdf"), section=section, by=SYSTEM)
    block = ("picture", {"picture": picture, "alt": "Een tafel", "caption": "Bij Els", "decorative": False})
    page = factories.make_page("Met foto", section.werkplaats, body=[block])
    shown = Client().get(page.get_absolute_url()).text
    assert 'alt="Een tafel"' in shown and 'width="480"' in shown and "Bij Els" in shown

    rendition = picture.renditions.first()
    answer = Client().get(rendition.url)
    assert answer["Content-Type"] == "image/webp" and b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert (answer["X-Content-Type-Options"], "immutable" in answer["Cache-Control"]) == ("nosniff", True)
    default_storage.save("renditions/planted.html", planted.upload(planted.SCRIPT, "planted.html"))
    for name in (
        f"/media/{picture.file.name}", f"/media/{paper.file.name}", "/media/renditions/planted.html",
        f"/media/renditions/..%2f{picture.file.name}", f"/media/renditions/../{picture.file.name}",
        f"/media/renditions/{picture.uid}.jpg", "/media/renditions/", "/media/",
    ):  # fmt: skip
        assert status(name) == 404, name
