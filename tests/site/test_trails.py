"""The page of a trail and its picture: the whole story in words and boxes, and nothing of what is hidden."""

from __future__ import annotations

import itertools
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import factories
from werkplaats.agenda.rules import Status
from werkplaats.catalogue.models import Entry, Link
from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def entry(kind: str, number: int, title: str, **fields: Any) -> str:
    uid = f"{kind}-{number:026}"
    Entry.objects.create(uid=uid, kind=kind, title=title, url=f"/{kind}/{uid}/", datestamp=clock.now(), **fields)
    return uid


@pytest.fixture
def story() -> dict[str, Any]:
    """A question of Noord, the project that came of it, its yield; and a step of the network alone."""
    noord = factories.make_werkplaats("Noord")
    question = factories.make_question("Wie helpt mantelzorgers?", werkplaats=noord, status=Status.IN_TREATMENT)
    project = entry("project", 1, "Project Samen zorgen")
    book = entry("publicatie", 2, "Boek <over> zorg")
    secret = entry("pilot", 3, "Stille proef", visibility=Visibility.NETWORK)
    Link.objects.create(source=project, tie="komt_voort_uit", target=question.uid)
    Link.objects.create(source=project, tie="levert_op", target=book)
    Link.objects.create(source=secret, tie="hoort_bij", target=project)
    return {"question": question, "project": project, "book": book, "secret": secret, "noord": noord}


def page_of(client: Client, uid: str, language: str = "") -> str:
    response = client.get(f"{language}/keten/{uid}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index('id="keten-tekst"') :]))


def test_the_text_tells_each_tie_as_it_is_seen_from_there(client: Client, story: dict[str, Any]) -> None:
    from_question = words(page_of(client, story["question"].uid))
    assert "leidde tot Project Samen zorgen (Project) levert op Boek &lt;over&gt; zorg (Publicatie)" in from_question
    from_book = words(page_of(client, story["book"]))
    assert "is opbrengst van Project Samen zorgen (Project) komt voort uit Wie helpt mantelzorgers?" in from_book
    assert "Noord Werkplaats" in from_book


def test_what_is_missing_is_said_in_words_and_in_the_picture(client: Client, story: dict[str, Any]) -> None:
    page = page_of(client, story["question"].uid)
    assert "Nog geen antwoord" in words(page)
    assert "Nog geen onderzoek" not in page
    assert page.count("trail-box--gap") == 2  # the one gap, in both pictures
    story["question"].status = Status.ANSWERED
    story["question"].save()
    page = page_of(client, story["question"].uid)
    assert "Nog geen antwoord" not in page
    assert f'href="/vragen/{story["question"].uid}/#antwoord"' in page


def test_every_box_of_the_picture_is_a_link_with_a_name(client: Client, story: dict[str, Any]) -> None:
    page = page_of(client, story["question"].uid)
    for drawing in re.findall(r"<svg xmlns.*?</svg>", page):
        root = ElementTree.fromstring(drawing)
        links = {link.get("href"): link.findtext(f"{SVG}title") for link in root.iter(f"{SVG}a")}
        assert links == {
            f"/vragen/{story['question'].uid}/": "Vraag, hier bent u: Wie helpt mantelzorgers?",
            f"/project/{story['project']}/": "Project: Project Samen zorgen",
            f"/publicatie/{story['book']}/": "Publicatie: Boek <over> zorg",
        }


def test_what_is_hidden_is_nowhere_and_the_network_sees_it(client: Client, story: dict[str, Any]) -> None:
    for address in (f"/keten/{story['project']}/", f"/keten/{story['project']}/tekening.svg"):
        hidden = client.get(address).content.decode()
        assert "Project Samen zorgen" in hidden
        assert "Stille proef" not in hidden
        assert "en nog" not in hidden
        assert "niet meer openbaar" not in hidden
    for address in (f"/keten/{story['secret']}/", f"/keten/{story['secret']}/tekening.svg"):
        assert client.get(address).status_code == 404
    client.force_login(
        factories.make_account("noord@example.org", RoleKind.COORDINATOR, story["noord"]),
        "sesame.backends.ModelBackend",
    )
    assert "Stille proef" in page_of(client, story["project"])


def test_a_question_that_is_not_public_leaves_no_trace_and_a_withdrawn_one_a_mark(client: Client) -> None:
    question = factories.make_question("Geheim?", public=False)
    project = entry("project", 1, "Project")
    Link.objects.create(source=project, tie="komt_voort_uit", target=question.uid)
    before = page_of(client, project)
    assert "niet meer openbaar" not in before
    assert client.get(f"/keten/{question.uid}/").status_code == 404
    Link.objects.all().delete()
    assert page_of(client, project) == before
    question.status = Status.IN_TREATMENT
    question.save()
    Link.objects.create(source=project, tie="komt_voort_uit", target=question.uid)
    assert "Geheim?" in page_of(client, project)
    question.status = Status.WITHDRAWN
    question.save()
    after = page_of(client, project)
    assert "Geheim?" not in after
    assert question.uid not in after
    assert "Hing vast aan een stap die niet meer openbaar is" in after
    gone = client.get(f"/keten/{question.uid}/")
    assert (gone.status_code, "Geheim" in gone.content.decode()) == (410, False)


def test_from_a_werkplaats_one_sees_what_hangs_on_it(client: Client, story: dict[str, Any]) -> None:
    page = page_of(client, story["noord"].uid)
    assert "Wat hieraan vastzit" in page
    assert "Wie helpt mantelzorgers?" in page
    assert "Nog geen" not in page
    assert "en nog 1 stap die hier niet staat" in page


def test_the_picture_can_be_taken_along(client: Client, story: dict[str, Any]) -> None:
    response = client.get(f"/keten/{story['question'].uid}/tekening.svg")
    assert response["Content-Type"].startswith("image/svg+xml")
    assert 'filename="keten-wie-helpt-mantelzorgers.svg"' in response["Content-Disposition"]
    root = ElementTree.fromstring(response.content.decode())
    texts = " ".join(" ".join("".join(one.itertext()).split()) for one in root.iter(f"{SVG}text"))
    assert "Keten van: Wie helpt mantelzorgers?" in texts
    assert "Boek <over> zorg" in texts
    assert f"testserver/keten/{story['question'].uid}/tekening.svg" in texts
    assert not list(root.iter(f"{SVG}a"))


@pytest.mark.parametrize("uid", [f"vraag-{7:026}", f"roddel-{7:026}"])
def test_what_never_was_is_not_found(client: Client, uid: str) -> None:
    assert client.get(f"/keten/{uid}/").status_code == 404


def test_one_address_whatever_the_letters(client: Client, story: dict[str, Any]) -> None:
    uid = story["question"].uid
    page = page_of(client, f"vraag-{uid.partition('-')[2].lower()}")
    assert f'<link rel="canonical" href="http://testserver/keten/{uid}/">' in page


def test_more_steps_cost_no_more_questions(
    client: Client, story: dict[str, Any], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    page_of(client, story["question"].uid)
    with django_assert_max_num_queries(30) as first:
        page_of(client, story["question"].uid)
    for number in range(3):
        Link.objects.create(
            source=entry("publicatie", 10 + number, "Nog een"), tie="steunt_op", target=story["project"]
        )
    with django_assert_num_queries(len(first)):
        page_of(client, story["question"].uid)


def test_the_page_of_a_question_leads_to_its_trail(client: Client, story: dict[str, Any]) -> None:
    uid = story["question"].uid
    assert f'href="/keten/{uid}/"' in client.get(f"/vragen/{uid}/").content.decode()
    assert f'href="/en/keten/{uid}/"' in client.get(f"/en/vragen/{uid}/").content.decode()


def test_a_long_title_stands_whole_on_the_sheet(client: Client) -> None:
    long = "Hoe verbind je zorg die mensen elkaar geven in de wijk met de zorg die van ver komt?"
    uid = entry("vraag", 1, long, facets={"status": ["in-behandeling"]})
    root = ElementTree.fromstring(client.get(f"/keten/{uid}/tekening.svg").content.decode())
    first = next(root.iter(f"{SVG}text"))
    lines = [one.text or "" for one in first.iter(f"{SVG}tspan")]
    assert " ".join(lines) == f"Keten van: {long}"
    # A letter of the title is some eleven pixels wide.
    assert all(len(line) * 11 <= float(root.get("width", "0")) - 24 for line in lines)


def test_among_seven_lanes_no_word_is_broken_and_the_drawing_can_be_scrolled(client: Client) -> None:
    kinds = ("vraag", "project", "praktijk", "pilot", "opbrengst", "publicatie", "toepassing", "bijeenkomst")
    title = "Lokale Beleidsontwikkeling, Onderwijsproducten, Kwaliteitsinstrument"
    uids = [entry(kind, number, title) for number, kind in enumerate(kinds)]
    for later, earlier in itertools.pairwise(uids):
        Link.objects.create(source=later, tie="komt_voort_uit", target=earlier)
    page = page_of(client, uids[0])
    whole = {word for line in re.findall(r"<tspan[^>]*>([^<]*)</tspan>", page) for word in line.split()}
    assert {"Beleidsontwikkeling,", "Onderwijsproducten,", "Kwaliteitsinstrument"} <= whole
    assert not any("\u2010" in word for word in whole)
    assert re.search(r'<div class="trail-wide" role="region" tabindex="0" aria-label="[^"]+">', page)
    assert "De tekening is breder dan de pagina" in page
    assert "De tekening is breder dan de pagina" not in page_of(client, entry("vraag", 9, "Alleen"))
