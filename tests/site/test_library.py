"""The library as visitors meet it: found, read, cited, taken along; and what is no longer given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import fresh, make_account, make_publication, make_theme, make_werkplaats
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.library import actions

pytestmark = pytest.mark.django_db


def with_file(data=None, **values):
    """A publication on the site with one file, and the file."""
    made = make_publication(published=False, **values)
    upload = planted.upload(data or planted.pdf(), "a.pdf")
    file = actions.add_file(
        edition=made.versions.get(), file=upload, values={"name": "Hele tekst"}, version=made.version, by=SYSTEM
    )
    return actions.bring_in(publication=fresh(made), by=SYSTEM), file


def test_the_page_tells_all_that_is_known(client):
    region, theme = make_werkplaats("Midden"), make_theme("Wonen")
    made, file = with_file(
        title="Samen <in> de wijk & zo", subtitle="Vijf kringen", summary="Kort en goed.", body="Lang verhaal.",
        kind="boek", makers=["Mirjam van der Plas"], numbers=[("doi", "10.1234/abc"), ("isbn", "978-90-8850-000-8")],
        issued_on=date(2012, 5, 1), issued_precision="maand", publisher="Uitgeverij Zo", place="Utrecht",
        licence="cc-by", werkplaatsen=[region], themes=[theme], source="tekst 003",
    )  # fmt: skip

    page = client.get(made.get_absolute_url()).content.decode()

    for text in (
        "Samen &lt;in&gt; de wijk &amp; zo", "Vijf kringen", "Kort en goed.", "Lang verhaal.", "Boek · mei 2012",
        "Mirjam van der Plas", "Uitgeverij Zo, Utrecht", "CC BY.", "Noem wel de makers.", "Midden", "Wonen",
        'href="https://doi.org/10.1234/abc"', "DOI 10.1234/abc", "ISBN 978-90-8850-000-8", file.address, "PDF, 1 kB",
        "Plas, M. van der (2012). Samen &lt;in&gt; de wijk &amp; zo: Vijf kringen.", "tekst 003",
    ):  # fmt: skip
        assert text in page, text
    assert page.count("<script") == 1, "nothing runs in the page itself"


def test_what_is_unknown_stays_unknown(client):
    made = make_publication()

    page = client.get(made.get_absolute_url()).content.decode()

    assert "datum onbekend" in page and "(z.d.)" in page
    assert "Van deze publicatie staat hier geen bestand." in page
    assert "Wij weten niet wat u hiermee mag." in page


@pytest.mark.parametrize(
    ("form", "kind", "starts"),
    [
        ("ris", "application/x-research-info-systems", "TY  - RPRT"),
        ("bib", "application/x-bibtex", "@techreport{"),
        ("json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_citations_are_files_to_save(client, form, kind, starts):
    made = make_publication("Samen in de wijk", makers=["Änne de Boer"])

    answer = client.get(f"{made.get_absolute_url()}citeer.{form}")

    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="samen-in-de-wijk.{form}"'
    text = answer.content.decode()
    assert text.startswith(starts) and "Änne" in text
    assert f"http://testserver{made.get_absolute_url()}" in text
    assert client.get(f"{made.get_absolute_url()}citeer.doc").status_code == 404


def test_a_file_is_given_to_save_and_may_do_nothing(client):
    _made, file = with_file()

    answer = client.get(file.address)

    with file.file.open() as kept:
        assert b"".join(answer.streaming_content) == kept.read()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="samen-in-de-wijk-hele-tekst.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    other = make_publication("Iets anders")
    assert client.get(f"{other.get_absolute_url()}bestand/{file.uid}/").status_code == 404


def test_under_embargo_the_words_are_there_and_the_file_is_not_until_that_day(client):
    later = clock.today() + timedelta(days=10)
    made, file = with_file(embargo_until=later)
    shown = f"{later.day} "

    page, answer = client.get(made.get_absolute_url()), client.get(file.address)

    assert "De bestanden zijn te downloaden vanaf" in page.content.decode()
    assert f'href="{file.address}"' not in page.content.decode()
    assert answer.status_code == 403
    assert "U kunt het downloaden vanaf" in answer.content.decode() and shown in answer.content.decode()
    with clock.at(clock.now() + timedelta(days=10)):
        assert b"".join(client.get(file.address).streaming_content).startswith(b"%PDF-")


def test_what_was_withdrawn_is_gone_everywhere_with_the_reason(client):
    made, file = with_file()
    actions.withdraw_publication(publication=made, reason="Er stond een fout in.", version=made.version, by=SYSTEM)
    home = made.get_absolute_url()

    for address in (home, f"{home}versie/1/", file.address, f"{home}citeer.ris", f"/en{home}"):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert "Er stond een fout in." in answer.content.decode()
    assert "Samen in de wijk" not in client.get("/bibliotheek/").content.decode()


def test_one_file_can_go_while_the_rest_stays(client):
    made, file = with_file()
    actions.withdraw_file(file=file, reason="Rechten van een ander.", version=made.version, by=SYSTEM)

    answer = client.get(file.address)

    assert answer.status_code == 410 and "Rechten van een ander." in answer.content.decode()
    page = client.get(made.get_absolute_url())
    assert page.status_code == 200 and "Wordt niet meer gegeven: Rechten van een ander." in page.content.decode()


def test_an_old_version_stays_as_it_was_under_its_own_address(client):
    made, first = with_file(title="Eerste titel", issued_on=date(2010, 1, 1))
    edition = actions.add_version(publication=made, version=made.version, by=SYSTEM)
    made = fresh(made)
    made = actions.save_publication(publication=made, values={"title": "Tweede titel"}, version=made.version, by=SYSTEM)
    values = {"label": "2e druk", "changes": "Herzien.", "issued_on": date(2014, 1, 1)}
    actions.save_version(edition=edition, values=values, version=made.version, by=SYSTEM)
    home = made.get_absolute_url()
    assert client.get(f"{home}versie/2/").status_code == 404, "not read by a second person yet"
    actions.bring_in(publication=fresh(made), by=SYSTEM)

    old, new = (client.get(f"{home}versie/{number}/").content.decode() for number in (1, 2))

    assert "Eerste titel" in old and "Er is een nieuwere versie." in old and first.address in old
    assert "Eerste titel. (2010). http" in old and "Tweede titel (2e druk). (2014). http" in new
    assert "Eerste titel" in client.get(f"{home}citeer.ris?versie=1").content.decode()
    assert client.get(f"{home}citeer.ris?versie=3").status_code == 404
    assert client.get(f"{home}citeer.ris?versie=²").status_code == 404
    assert b"".join(client.get(first.address).streaming_content).startswith(b"%PDF-")


def test_who_may_not_see_it_hears_that_it_does_not_exist(client):
    region = make_werkplaats()
    made = make_publication("Besloten", werkplaatsen=[region], visibility="werkplaats")
    account = make_account("c@example.org", "coordinator", region)
    draft = make_publication("Concept", published=False)

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(account, "sesame.backends.ModelBackend")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Deze publicatie is niet openbaar" in page and 'name="robots" content="noindex"' in page


def test_the_list_is_narrowed_by_what_it_says(client):
    book = make_publication("Een boek", kind="boek", licence="cc-by", issued_on=date(2012, 1, 1))
    make_publication("A film", kind="film", lang="en", issued_on=date(2013, 1, 1))

    def titles(query):
        page = client.get(f"/bibliotheek/?{query}").content.decode()
        return [title for title in ("Een boek", "A film") if f">{title}<" in page]

    assert titles("") == ["Een boek", "A film"]
    assert titles("publicatiesoort=boek") == titles("jaar=2012") == titles("licentie=cc-by") == ["Een boek"]
    assert titles("taal=en") == ["A film"]
    assert titles("taal=en&jaar=2012") == []
    table = client.get("/zoeken/lijst.csv?soort=publicatie&jaar=2012")
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert len(lines) == 2 and book.uid in lines[1]
    feed = client.get("/feeds/vermeldingen/?soort=publicatie&taal=en").content.decode()
    assert "A film" in feed and "Een boek" not in feed


def test_an_empty_library_says_what_would_fill_it(client):
    region = make_werkplaats("Midden", slug="midden")

    assert "De bibliotheek is nog leeg" in client.get("/bibliotheek/").content.decode()
    page = client.get("/werkplaatsen/midden/documenten/").content.decode()
    assert "Nog geen documenten" in page and "Zodra Midden een verslag" in page
    assert "/werkplaatsen/midden/documenten/" in client.get(region.get_absolute_url()).content.decode()


def test_a_werkplaats_shows_its_publications_and_documents(client):
    from tests.factories import make_page, make_sections
    from werkplaats.news.actions import add_document

    region = make_werkplaats("Midden", slug="midden")
    make_publication("Van ons", werkplaatsen=[region])
    make_publication("Van een ander")
    _national, section = make_sections(region)
    paper, hidden = (
        add_document(title=title, file=planted.upload(planted.pdf(), "a.pdf"), section=section, by=SYSTEM)
        for title in ("Jaarverslag", "Nog niet getoond")
    )
    make_page("Nieuws", region, body=[("document", paper)])

    page = client.get("/werkplaatsen/midden/documenten/").content.decode()

    assert "Van ons" in page and "Van een ander" not in page
    assert "Jaarverslag" in page and hidden.title not in page


def test_what_has_no_day_stands_last_among_what_a_werkplaats_published(client):
    region = make_werkplaats("Midden", slug="midden")
    for title, day in (("Zonder dag", None), ("Oud", date(2012, 1, 1)), ("Nieuw", date(2022, 1, 1))):
        make_publication(title, werkplaatsen=[region], issued_on=day)

    page = client.get("/werkplaatsen/midden/documenten/").content.decode()

    assert sorted(("Zonder dag", "Oud", "Nieuw"), key=lambda one: page.index(f">{one}<")) == [
        "Nieuw", "Oud", "Zonder dag",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/bibliotheek/", "/werkplaatsen/midden/documenten/"])
def test_thirty_cost_no_more_questions_than_one(client, address):
    region, theme = make_werkplaats("Midden", slug="midden"), make_theme()

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert Client().get(address).status_code == 200
        return len(seen)

    make_publication("Nul", werkplaatsen=[region], themes=[theme], makers=["A. B."])
    asked()
    one = asked()
    for number in range(29):
        make_publication(f"Nummer {number}", werkplaatsen=[region], themes=[theme], makers=["A. B.", "C. D."])
    assert asked() == one


def test_many_files_and_makers_cost_no_more_questions_than_one(client):
    def asked(makers, files):
        made = make_publication(published=False, makers=makers)
        for number in range(files):
            upload = planted.upload(planted.pdf(), "a.pdf")
            common = {"version": fresh(made).version, "by": SYSTEM}
            actions.add_file(edition=made.versions.get(), file=upload, values={"name": f"{number}"}, **common)
        made = actions.bring_in(publication=fresh(made), by=SYSTEM)
        client.get(made.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            assert client.get(made.get_absolute_url()).status_code == 200
        return len(seen)

    assert asked(["A. B."], 1) == asked(["A. B.", "C. D.", "E. F."], 3)


def test_programs_read_it_too(client):
    made = make_publication("Samen in de wijk", licence="cc-by", makers=["Mirjam van der Plas"])

    found = client.get(f"/api/v1/vermeldingen/{made.uid}").json()

    assert (found["soort"], found["titel"], found["licentie"]) == ("publicatie", "Samen in de wijk", "cc-by")
    assert found["facetten"]["licentie"] == ["CC BY"] or "cc-by" in str(found["facetten"]["licentie"])


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("boek", "bij een bibliotheek of bij de uitgever"),
        ("scriptie", "bij de hogeschool of universiteit waar zij geschreven is"),
        ("folder", "Vraag ernaar bij de werkplaats, of bij wie haar maakte."),
        ("nieuwsbrief", "Vraag ernaar bij de werkplaats, of bij wie haar maakte."),
    ],
)
def test_where_to_find_what_is_not_here_fits_what_it_is(kind, said):
    made = make_publication(kind=kind, werkplaatsen=[make_werkplaats()])
    page = Client().get(made.get_absolute_url()).content.decode()
    assert said in page
    assert page.count("bibliotheek of bij de uitgever") == (kind == "boek")


def test_each_version_says_its_own_day(client):
    made = make_publication(issued_on=date(2012, 5, 1), issued_precision="maand")
    edition = actions.add_version(publication=fresh(made), version=fresh(made).version, by=SYSTEM)
    later = {"issued_on": date(2019, 3, 1), "issued_precision": "maand", "label": "tweede druk"}
    actions.save_version(edition=edition, values=later, version=fresh(made).version, by=SYSTEM)
    actions.bring_in(publication=fresh(made), by=SYSTEM)

    newest = client.get(made.get_absolute_url()).content.decode().partition("<h2")[0]
    first = client.get(f"{made.get_absolute_url()}versie/1/").content.decode().partition("<h2")[0]

    assert ("maart 2019" in newest, "mei 2012" in newest) == (True, False)
    assert ("mei 2012" in first, "maart 2019" in first) == (True, False)
