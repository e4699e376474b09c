"""Finding, and reading one entry."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.api.small import Network
from tests.api.test_manners import problem
from werkplaats.catalogue import asked
from werkplaats.catalogue.follower import Follower
from werkplaats.catalogue.index import Folder
from werkplaats.catalogue.models import Entry
from werkplaats.core.models import Visibility

pytestmark = pytest.mark.django_db

ENTRIES = "/api/v1/vermeldingen"


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"{ENTRIES}{query}")
    assert response.status_code == 200, response.content
    said: dict[str, Any] = response.json()
    return said


def titles(said: dict[str, Any]) -> list[str]:
    return [row["titel"] for row in said["resultaten"]]


def day(moment: Any) -> str:
    """A moment as JSON has it."""
    return str(timezone.localtime(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"))


def test_what_is_found_is_told_whole(client: Client, network: Network) -> None:
    entry = Entry.objects.get(uid=network.question.uid)
    theme = {"uid": network.theme.uid, "naam": "Eenzaamheid"}
    said = get(client, "?q=buurvrouw")
    assert said.pop("facetten") == {
        "soort": [{"waarde": "vraag", "naam": "vraag", "aantal": 1}],
        "thema": [{"waarde": network.theme.uid, "naam": "Eenzaamheid", "aantal": 1, "slug": "eenzaamheid"}],
        "hoofdthema": [{"waarde": network.theme.uid, "naam": "Eenzaamheid", "aantal": 1, "slug": "eenzaamheid"}],
        "werkplaats": [{"waarde": network.noord.uid, "naam": "Noord", "aantal": 1, "slug": "noord"}],
        "gemeente": [{"waarde": network.assen.uid, "naam": "Assen", "aantal": 1, "code": network.assen.code}],
    }
    assert said == {
        "resultaten": [
            {
                "uid": network.question.uid,
                "soort": "vraag",
                "titel": "Mijn buurvrouw [naam weggelaten] voelt zich alleen. Wat helpt tegen eenzaamheid?",
                "samenvatting": "",
                "url": f"http://testserver/vragen/{network.question.uid}/",
                "redenen": ["in de titel: buurvrouw"],
                "themas": [theme],
                "bijgewerkt": day(entry.datestamp),
            }
        ],
        "totaal": 1,
        "pagina": 1,
        "paginas": 1,
        "per_pagina": 20,
        "zoekwijze": "tabel",
        "verruimd": False,
        "melding": "",
        "_links": {"self": {"href": "http://testserver/api/v1/vermeldingen?q=buurvrouw"}},
    }


@pytest.mark.parametrize("key", ["uid", "slug"])
def test_facets_any_of_each_and_all_together(client: Client, network: Network, key: str) -> None:
    other = factories.make_theme("Schulden")
    factories.make_question("Hoe kom je rond?", themes=[other], municipality=network.goes)
    theme, second, noord = (getattr(one, key) for one in (network.theme, other, network.noord))
    assert set(titles(get(client, f"?thema={second}"))) == {"Hoe kom je rond?"}
    both = f"?thema={theme}&thema={second}"
    asked_of = titles(get(client, "?q=buurvrouw"))
    assert set(titles(get(client, both))) == {"Hoe kom je rond?", "Noord", *asked_of}
    assert set(titles(get(client, f"{both}&soort=vraag"))) == {"Hoe kom je rond?", *asked_of}
    assert set(titles(get(client, f"{both}&soort=vraag&werkplaats={noord}"))) == set(asked_of)
    assert set(titles(get(client, f"{both}&gemeente={network.goes.code}"))) == {"Hoe kom je rond?"}


def test_a_facet_counts_as_if_nothing_were_chosen_in_it(client: Client, network: Network) -> None:
    facets = get(client, "?soort=vraag")["facetten"]
    kinds = {one["waarde"]: one["aantal"] for one in facets["soort"]}
    assert kinds == {"gemeente": 2, "werkplaats": 2, "organisatie": 1, "vraag": 1}
    assert {one["waarde"]: one["aantal"] for one in facets["werkplaats"]} == {network.noord.uid: 1}


@pytest.mark.parametrize("name", ["thema", "werkplaats", "gemeente"])
@pytest.mark.parametrize("value", ["bestaat-niet", "thema-01JD2Q7ZK8X4M5N6P7R8S9T0V1"])
def test_a_value_that_does_not_exist_is_refused(client: Client, network: Network, name: str, value: str) -> None:
    known = {"thema": network.theme.uid, "werkplaats": network.noord.uid, "gemeente": network.assen.uid}[name]
    for address in (ENTRIES, "/api/v1/vragen"):
        said = problem(client.get(f"{address}?{name}={known}&{name}={value}"), 400)
        assert [one["waar"] for one in said["fouten"]] == [name]
        assert said["fouten"][0]["wat"].startswith(f"Er is geen {name} met dit kenmerk")


def test_pages_follow_each_other(client: Client) -> None:
    for number in range(41):
        factories.make_question(f"Vraag {number:02} over zorg")
    pages = [get(client, f"?q=zorg&sorteer=naam&pagina={number}") for number in (1, 2, 3)]
    assert [title for page in pages for title in titles(page)] == [f"Vraag {n:02} over zorg" for n in range(41)]
    assert [(page["totaal"], page["pagina"], page["paginas"]) for page in pages] == [(41, n, 3) for n in (1, 2, 3)]

    def at(number: int) -> str:
        return f"http://testserver/api/v1/vermeldingen?q=zorg&sorteer=naam&pagina={number}"

    assert pages[1]["_links"] == {
        "self": {"href": at(2)}, "vorige": {"href": at(1)}, "volgende": {"href": at(3)},
    }  # fmt: skip
    assert set(pages[0]["_links"]) == {"self", "volgende"}
    assert set(pages[2]["_links"]) == {"self", "vorige"}
    link = client.get(at(2).removeprefix("http://testserver")).headers["Link"]
    assert link == f'<{at(1)}>; rel="first", <{at(1)}>; rel="prev", <{at(3)}>; rel="next", <{at(3)}>; rel="last"'
    said = problem(client.get(f"{ENTRIES}?q=zorg&pagina=4"), 404)
    assert said["detail"] == "Bladzijde 4 is er niet: de laatste is 3."


def test_nothing_found_is_an_empty_first_page(client: Client, network: Network) -> None:
    said = get(client, "?q=bestaatniet")
    assert (said["resultaten"], said["totaal"], said["pagina"], said["paginas"]) == ([], 0, 1, 1)
    assert set(said["_links"]) == {"self"}


def test_words_that_say_nothing_are_told(client: Client, network: Network) -> None:
    said = get(client, "?q=de+het+een")
    assert said["resultaten"] == []
    assert said["melding"].startswith("Met alleen woorden als “de” of “voor” is niet te zoeken.")


def test_what_is_not_public_is_not_found(client: Client, network: Network) -> None:
    secret = factories.make_question("Alleen voor het netwerk: buurvrouw?", themes=[network.theme])
    Entry.objects.filter(uid=secret.uid).update(visibility=Visibility.NETWORK)
    unknown = "vraag-01JD2Q7ZK8X4M5N6P7R8S9T0V1"
    assert [row["uid"] for row in get(client, "?q=buurvrouw")["resultaten"]] == [network.question.uid]
    assert {row["uid"] for row in get(client, "?soort=vraag")["resultaten"]} == {network.question.uid}
    for kind in ("vermeldingen", "vragen"):
        answers = [
            problem(client.get(f"/api/v1/{kind}/{uid}"), 404) | {"instance": ""}
            for uid in (unknown, network.waiting.uid, secret.uid)
        ]
        assert answers[0] == answers[1] == answers[2]


def test_an_entry_is_told_whole(client: Client, network: Network) -> None:
    question = network.question
    entry = Entry.objects.get(uid=question.uid)
    organisation = question.supports.get().organisation
    text = "Mijn buurvrouw [naam weggelaten] voelt zich alleen. Wat helpt tegen eenzaamheid?"

    def tie(code: str, label: str, to: Any, kind: str, page: str) -> dict[str, str]:
        url = f"http://testserver/{page}/{to.slug}/"
        return {"verband": code, "label": label, "uid": to.uid, "soort": kind, "titel": to.name, "url": url}

    assert get(client, f"/{question.uid.lower()}") == {
        "uid": question.uid,
        "soort": "vraag",
        "titel": text,
        "samenvatting": "",
        "tekst": text,
        "url": f"http://testserver/vragen/{question.uid}/",
        "taal": "nl",
        "licentie": None,
        "facetten": {
            "gemeente": [{"waarde": network.assen.uid, "naam": "Assen"}],
            "hierook": [{"waarde": organisation.uid, "naam": "Welzijn Assen"}],
            "hoofdthema": [{"waarde": network.theme.uid, "naam": "Eenzaamheid"}],
            "status": [{"waarde": "in-behandeling", "naam": "in behandeling"}],
            "thema": [{"waarde": network.theme.uid, "naam": "Eenzaamheid"}],
            "werkplaats": [{"waarde": network.noord.uid, "naam": "Noord"}],
        },
        "verbanden": [
            tie("gaat_over", "gaat over", network.assen, "gemeente", "gemeenten"),
            tie("hoort_bij", "hoort bij", network.noord, "werkplaats", "werkplaatsen"),
        ],
        "gepubliceerd": day(question.published_at),
        "bijgewerkt": day(entry.datestamp),
    }


def test_ties_lead_only_to_what_is_public(client: Client, network: Network) -> None:
    Entry.objects.filter(uid=network.noord.uid).update(visibility=Visibility.NETWORK)
    ties = get(client, f"/{network.question.uid}")["verbanden"]
    assert [one["uid"] for one in ties] == [network.assen.uid]


@pytest.mark.parametrize("kind", ["vermeldingen", "vragen"])
def test_what_was_public_is_gone_with_a_date_a_reason_and_a_region(client: Client, network: Network, kind: str) -> None:
    address = f"/api/v1/{kind}/{network.withdrawn.uid}"
    entry = Entry.objects.get(uid=network.withdrawn.uid)
    assert problem(client.get(address), 410) == {
        "type": "about:blank",
        "title": "Verwijderd",
        "status": 410,
        "detail": "Dit was openbaar en is er niet meer. De woorden zijn gewist.",
        "instance": address,
        "verwijderd_op": timezone.localtime(entry.removed_at).date().isoformat(),
        "reden": "ingetrokken door de vrager",
        "regio": [{"uid": network.noord.uid, "naam": "Noord"}],
    }
    Entry.objects.filter(pk=entry.pk).update(visibility=Visibility.NETWORK)
    problem(client.get(address), 404)


@pytest.mark.parametrize("address", [ENTRIES, f"{ENTRIES}?q=zorg&soort=vraag", "/api/v1/vragen"])
def test_a_longer_list_costs_no_more_questions_to_the_database(
    client: Client, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def add(number: int) -> None:
        theme, place = factories.make_theme(f"Thema {number}"), factories.make_municipality(f"Plaats {number}")
        region = factories.make_werkplaats(f"Regio {number}", areas=[place], themes=[theme])
        factories.make_question(f"Vraag {number} over zorg", werkplaats=region, municipality=place, themes=[theme])

    add(0)
    # Of these six read names and synonyms, which a process does once in some seconds.
    asked.forget()
    with django_assert_max_num_queries(18) as first:
        client.get(address)
    made, count = 1, len(first)
    for upto in (3, 30):
        for number in range(made, upto):
            add(number)
        made = upto
        asked.forget()
        with django_assert_num_queries(count):
            client.get(address)


def test_with_the_index_words_are_found_in_other_forms(
    client: Client, network: Network, settings: Any, tmp_path: Path
) -> None:
    settings.SEARCH_FOLDER = tmp_path / "search"
    follower = Follower(Folder(settings.SEARCH_FOLDER))
    follower.step()
    try:
        said = get(client, "?q=eenzame+buurvrouwen&soort=vraag")
        private = get(client, "?q=leest")
    finally:
        follower.close()
    assert said["zoekwijze"] == "index"
    assert [row["uid"] for row in said["resultaten"]] == [network.question.uid]
    assert said["resultaten"][0]["redenen"]
    assert {one["waarde"]: one["aantal"] for one in said["facetten"]["werkplaats"]} == {network.noord.uid: 1}
    assert private["resultaten"] == []
