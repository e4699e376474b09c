"""Finding on the site: lists in order and in words, answers while typing, and lists taken along as feed and table."""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.utils.http import urlencode

from tests import factories
from tests.site.test_pages import body, fill, titles
from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue import changes
from werkplaats.catalogue.index import Folder
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.core.models import LogEntry, Visibility
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db

Step = Callable[[], int]
FEED, CSV, SUGGEST, MINE = "/feeds/vermeldingen/", "/zoeken/lijst.csv", "/vragen/antwoorden/", "/vragen/mijn-antwoord/"
AWAY = "Zoeken kan nu alleen op de woorden zoals u ze typt."
OFFER, GONE = "Staat uw antwoord er al?", "Dit staat niet meer op de site."
COLUMNS = [
    "kenmerk", "soort", "titel", "samenvatting", "themas", "werkplaatsen", "gemeenten", "status", "adres",
    "openbaar_sinds", "bijgewerkt",
]  # fmt: skip
WORRY = "Mijn kamerplant en ik hebben schulden en durven de post niet open te maken."


@pytest.fixture(autouse=True)
def standing_still() -> Iterator[None]:
    """The clock stands: however slow the machine, the index is not taken for silent and no hour ends meanwhile."""
    with clock.at(clock.now()):
        yield


@pytest.fixture(params=["index", "table"])
def searchable(request: Any, indexed: Step) -> Step:
    """Both that can answer: call it when the records are there."""
    return indexed if request.param == "index" else lambda: 0


def days_ago(number: int, text: str, **fields: Any) -> Question:
    """A question that became public so many days ago."""
    return factories.make_question(text, published_at=clock.now() - timedelta(days=number), **fields)


def among_others(text: str) -> Question:
    """A question, and some that have nothing to do with it: a word says more when not everything has it."""
    for other in ("Hoe werkt een brievenbus?", "Waar is een zwembad?", "Welke boom groeit hier?"):
        factories.make_question(other)
    return factories.make_question(text)


def hide(question: Question) -> None:
    """As an editor would: from now on for the network only."""
    Entry.objects.filter(uid=question.uid).update(
        visibility=Visibility.NETWORK, changed_in=changes.this_transaction(), datestamp=clock.now()
    )


def take_away(question: Question) -> None:
    """Its asker takes it back."""
    question.status, question.text = Status.WITHDRAWN, ""
    question.save()


def feed_of(client: Client, address: str) -> Any:
    """What a feed reader makes of it."""
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


def raw_table(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    """What a spreadsheet reads."""
    text = raw_table(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def pieces(pattern: str, page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(pattern, page, re.DOTALL)]


def reasons_on(page: str) -> list[str]:
    return [one for some in re.findall(r'<ul class="reasons".*?</ul>', page) for one in pieces(r"<li>(.*?)</li>", some)]


def everything() -> dict[str, list[str]]:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        kept = {}
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            kept[name] = sorted(map(repr, cursor.fetchall()))
    return kept


# Feeds


def test_a_feed_reader_gets_the_newest_first_with_whole_titles_and_addresses(client: Client, searchable: Step) -> None:
    theme = factories.make_theme("Zorg & welzijn")
    long = "Hoe <u>lang</u> & breed is zorg? " + "Vertel daar eens meer over. " * 8
    old, new, middle = (
        days_ago(days, text, themes=[theme])
        for days, text in ((3, "Helpt zorg als 1 < 2 & 3 > 2?"), (1, "Is <b>zorg</b> &amp; rust genoeg?"), (2, long))
    )
    searchable()
    feed = feed_of(client, f"{FEED}?q=zorg&soort=vraag")
    assert [one.title for one in feed.entries][::2] == ["Is <b>zorg</b> &amp; rust genoeg?", old.text]
    assert [one.link for one in feed.entries] == [f"http://testserver/vragen/{q.uid}/" for q in (new, middle, old)]
    assert [one.id for one in feed.entries] == [one.link for one in feed.entries]
    assert feed.entries[1].title == Entry.objects.get(uid=middle.uid).title
    assert html.unescape(feed.entries[1].summary) == Entry.objects.get(uid=middle.uid).summary
    assert "<u>" not in feed.entries[1].summary
    assert [tag.term for tag in feed.entries[0].tags] == ["Zorg & welzijn"]
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["alternate"] == "http://testserver/zoeken/?q=zorg&soort=vraag"
    assert links["self"] == f"http://testserver{FEED}?q=zorg&soort=vraag"
    assert feed.feed.title == "Werkplaats: “zorg”, vraag"


def test_a_feed_says_when_something_changed(client: Client, searchable: Step) -> None:
    first, second = days_ago(5, "Wat is goede zorg?"), days_ago(4, "Wat is snelle zorg?")
    later = clock.now() + timedelta(seconds=5)
    with clock.at(later):
        first.text = "Wat is heel goede zorg?"
        first.save()
        searchable()
        feed = feed_of(client, f"{FEED}?soort=vraag")
    known = {one.id.split("/")[-2]: one.updated_parsed[:6] for one in feed.entries}
    stamps = Entry.objects.in_bulk([first.uid, second.uid], field_name="uid")
    assert known == {uid: entry.datestamp.utctimetuple()[:6] for uid, entry in stamps.items()}
    assert known[first.uid] > known[second.uid]
    assert feed.feed.updated_parsed[:6] == known[first.uid]


def test_a_feed_keeps_to_words_filters_and_fifty(client: Client, searchable: Step) -> None:
    theme = factories.make_theme("Wonen")
    wanted = factories.make_question("Wie helpt bij schulden?", themes=[theme])
    factories.make_question("Wie helpt bij verhuizen?", themes=[theme])
    factories.make_question("Hoe ontstaan schulden?")
    for number in range(51):
        days_ago(number, f"Vraag {number} over zorg")
    searchable()
    assert [one.title for one in feed_of(client, f"{FEED}?q=schulden&thema={theme.uid}").entries] == [wanted.text]
    newest = [one.title for one in feed_of(client, f"{FEED}?q=zorg&soort=vraag&sorteer=naam").entries]
    assert newest == [f"Vraag {number} over zorg" for number in range(50)], "newest first, whatever the list's order"
    assert feed_of(client, f"{FEED}?q=bestaatniet").entries == []
    assert feed_of(client, f"{FEED}?q=" + "x" * 300).entries == []


@pytest.mark.parametrize("query", ["q=zorg%01", "q=zorg%0B&soort=vraag", "q=zorg%EF%BF%BF", "soort=vraag"])
def test_characters_that_xml_cannot_hold_do_not_break_a_feed(client: Client, searchable: Step, query: str) -> None:
    """They come along when someone pastes; one such question must not take the feed from everybody."""
    factories.make_question("Wat is\x01 goede zorg?")
    searchable()
    assert [one.title.replace("\ufffd", "") for one in feed_of(client, f"{FEED}?{query}").entries] == [
        "Wat is goede zorg?"
    ]


# Tables


def test_a_spreadsheet_reads_the_whole_list(client: Client, searchable: Step) -> None:
    theme, place = factories.make_theme("Wonen; en zorg"), factories.make_municipality("Assen")
    region = factories.make_werkplaats("Noord", areas=[place])
    text = 'Wat "kost" zorg; en waarom?'
    question = days_ago(1, text, themes=[theme], werkplaats=region, municipality=place)
    searchable()
    raw = raw_table(client, f"{CSV}?q=kost")
    assert raw.startswith(codecs.BOM_UTF8)
    assert raw.decode("utf-8-sig").splitlines()[0] == ";".join(COLUMNS)
    day = clock.today() - timedelta(days=1)
    assert rows_of(client, f"{CSV}?q=kost") == [
        dict(zip(COLUMNS, [
            question.uid, "vraag", text, "", "Wonen; en zorg", "Noord", "Assen", "in behandeling",
            f"http://testserver/vragen/{question.uid}/", str(day), str(clock.today()),
        ], strict=True))
    ]  # fmt: skip
    assert rows_of(client, f"/en{CSV}?q=kost") == rows_of(client, f"{CSV}?q=kost"), "its words are always Dutch"


def test_a_table_has_all_rows_in_the_order_of_the_list(client: Client, searchable: Step) -> None:
    now = clock.now()
    Entry.objects.bulk_create(
        Entry(
            uid=f"vraag-{number:04}", kind="vraag", title=f"Zorg {(number * 5) % 1001:04}", haystack=" zorg ",
            url=f"/vragen/vraag-{number:04}/", datestamp=now, published_at=now - timedelta(hours=number),
            changed_in=changes.this_transaction(),
        )
        for number in range(1001)
    )  # fmt: skip
    searchable()
    by_name = [row["titel"] for row in rows_of(client, f"{CSV}?q=zorg&sorteer=naam")]
    assert by_name == [f"Zorg {number:04}" for number in range(1001)]
    newest = [row["kenmerk"] for row in rows_of(client, f"{CSV}?q=zorg&sorteer=nieuwste")]
    assert newest == [f"vraag-{number:04}" for number in range(1001)]
    assert len(rows_of(client, f"{CSV}?pagina=3")) == 1001, "never a page"


def test_a_table_keeps_to_words_and_filters_and_says_so_in_its_name(client: Client, searchable: Step) -> None:
    theme = factories.make_theme("Wonen")
    wanted = factories.make_question("Wie helpt bij schulden?", themes=[theme])
    factories.make_question("Wie helpt bij verhuizen?", themes=[theme])
    factories.make_question("Hoe ontstaan schulden?")
    searchable()
    address = f"{CSV}?q=schulden&soort=vraag&thema={theme.uid}"
    assert [row["kenmerk"] for row in rows_of(client, address)] == [wanted.uid]
    response = client.get(address)
    named = f'attachment; filename="werkplaats-schulden-{clock.today():%Y%m%d}.csv"'
    assert response.headers["Content-Disposition"] == named
    assert "no-store" in response.headers["Cache-Control"]
    odd = client.get(f"{CSV}?" + urlencode({"q": '"; filename="x.exe'})).headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[\w-]+\.csv"', odd)
    assert rows_of(client, f"{CSV}?q=bestaatniet") == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_title_that_reads_as_a_formula_is_text_in_a_spreadsheet(client: Client, searchable: Step, start: str) -> None:
    factories.make_question(f"{start}SOM(A1:A9) over zorg?")
    searchable()
    assert [row["titel"] for row in rows_of(client, f"{CSV}?q=zorg")] == [f"'{start}SOM(A1:A9) over zorg?"]


def test_what_is_not_for_visitors_is_in_no_feed_and_no_table(client: Client, searchable: Step) -> None:
    noord = factories.make_werkplaats("Noord")
    public, inner, gone, waiting = (factories.make_question(f"{what} over zorg?") for what in ("Een", "Twee", "D", "V"))
    Question.objects.filter(pk=waiting.pk).update(status=Status.WAITING)
    waiting.refresh_from_db()
    waiting.save()
    searchable()
    hide(inner)
    take_away(gone)
    for address in (CSV, f"{CSV}?q=zorg", f"{CSV}?soort=vraag"):
        found = [row["kenmerk"] for row in rows_of(client, address) if row["soort"] == "vraag"]
        assert found == [public.uid], address
    searchable()
    member = Client()
    account = factories.make_account("noord@example.org", RoleKind.COORDINATOR, noord)
    member.force_login(account, "sesame.backends.ModelBackend")
    for address in (FEED, f"{FEED}?q=zorg", f"{FEED}?soort=vraag"):
        for visitor in (client, member):
            links = [one.link for one in feed_of(visitor, address).entries if "/vragen/" in one.link]
            assert links == [f"http://testserver/vragen/{public.uid}/"], "a feed is the same for everybody"
    own = {row["kenmerk"] for row in rows_of(member, f"{CSV}?q=zorg")}
    assert own == {public.uid, inner.uid}, "who belongs to the network takes along what they see"


# Lists


def test_the_order_is_a_choice_that_stands_in_the_address(client: Client, searchable: Step) -> None:
    for days, text in ((2, "Beter zorg voor zorg?"), (1, "Altijd zorgen?"), (3, "Citroen bij de zorg?")):
        days_ago(days, text)
    searchable()
    newest = ["Altijd zorgen?", "Beter zorg voor zorg?", "Citroen bij de zorg?"]
    by_name = sorted(newest)
    for address, words in (("/vragen/", ""), ("/zoeken/", ""), ("/vragen/", "q=zorg"), ("/zoeken/", "q=zorg")):
        page = body(client, f"{address}?{words}")
        links = dict(re.findall(r'<a href="([^"]*)"[^>]*>(Best passend|Nieuwste eerst|Op naam)</a>', page))
        offered = {label: html.unescape(link) for link, label in links.items()}
        assert list(offered) == [*(["Best passend"] if words else []), "Nieuwste eerst", "Op naam"]
        assert titles(body(client, offered["Nieuwste eerst"])) == newest
        assert titles(body(client, offered["Op naam"])) == by_name
        for label, link in offered.items():
            now = re.findall(r'<nav class="sorting".*?</nav>', body(client, link), re.DOTALL)[0]
            assert re.findall(r'aria-current="true">([^<]*)<', now) == [label]
    assert titles(body(client, "/vragen/?sorteer=onzin")) == newest
    kept = body(client, "/zoeken/?q=zorg&sorteer=naam")
    assert kept.count('<input type="hidden" name="sorteer" value="naam">') == 2, "in the search box and the filters"


def test_who_searches_is_told_when_only_the_table_answers(client: Client, indexed: Step) -> None:
    factories.make_question("Wie helpt bij schulden?")
    assert AWAY in body(client, "/zoeken/?q=schulden")
    assert AWAY not in body(client, "/zoeken/"), "a list without words loses nothing"
    indexed()
    for address in ("/zoeken/", "/vragen/"):
        page = body(client, f"{address}?q=schudlen")
        assert titles(page) == ["Wie helpt bij schulden?"]
        assert AWAY not in page
    with clock.at(clock.now() + timedelta(minutes=1)):
        page = body(client, "/zoeken/?q=schulden")
        assert AWAY in page, "no sign of life for a minute"
        assert titles(page) == ["Wie helpt bij schulden?"]


def test_a_damaged_index_is_a_notice_and_no_error(client: Client, indexed: Step, settings: Any) -> None:
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    for path in Folder(settings.SEARCH_FOLDER).path.iterdir():
        if path.suffix in {".idx", ".term", ".fast", ".store", ".pos", ".fieldnorm"}:
            path.write_bytes(bytes(len(path.read_bytes())))
    for address in ("/zoeken/?q=schulden", "/vragen/?q=schulden&sorteer=naam", "/zoeken/", f"{FEED}?q=schulden"):
        assert "Wie helpt bij schulden?" in re.sub("</?mark>", "", body(client, address)), address
    assert AWAY in body(client, "/zoeken/?q=schulden")
    indexed()
    assert AWAY not in body(client, "/zoeken/?q=schulden"), "the follower mends it"


def test_when_no_place_has_all_words_that_is_said(client: Client, indexed: Step) -> None:
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    loosened = "Nergens staan al deze woorden bij elkaar."
    page = body(client, "/zoeken/?q=schulden+Timboektoe")
    assert titles(page) == ["Wie helpt bij schulden?"]
    assert loosened in page
    assert loosened not in body(client, "/zoeken/?q=schulden")
    nothing = body(client, "/zoeken/?q=Timboektoe+Xanadu")
    assert "Niets gevonden" in nothing
    assert loosened not in nothing, "there is nothing to explain"


def test_what_was_looked_for_is_marked_and_markup_stays_text(client: Client, searchable: Step) -> None:
    script = "Mag <script>alert(1)</script> & <mark>meer</mark> in een titel over zorg?"
    factories.make_question(script + " Lees ook <img src=x onerror=alert(2)>. " * 8)
    searchable()
    page = body(client, "/zoeken/?q=script+img+zorg")
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; &lt;mark&gt;meer" in page
    assert "&lt;<mark>img</mark> src=x" in page
    for typed in ("script", "lt", "amp", "mark", "<script>", "</mark><script>", '"><img src=x onerror=alert(3)>'):
        page = body(client, "/zoeken/?" + urlencode({"q": typed}))
        assert "<script>alert" not in page, typed
        assert "<img src=x" not in page, typed
        assert not re.search(r"&[^;\s]{0,6}<mark>|<mark>(lt|gt|amp)</mark>", page), typed
        assert set(re.findall(r"<mark>(.*?)</mark>", page)) <= {"script", "mark", "img", "src", "onerror", "alert", "x"}


def test_each_row_says_why_it_is_there(client: Client, indexed: Step) -> None:
    theme = factories.make_theme("Eenzaamheid", synonyms=["alleen voelen"])
    factories.make_question("Wie helpt bij schulden?")
    factories.make_question("Wat doen de wijkteams?")
    factories.make_question("Wie komt er langs?", themes=[theme])
    indexed()
    for typed, said in (
        ("schuld", ["in de titel: schulden"]),
        ("schudlen", ["in de titel: schulden", "“schudlen” gelezen als “schulden”"]),
        ("team", ["“team” zit in “wijkteams”"]),
        ("alleen voelen", ["gaat over Eenzaamheid (“alleen voelen”)"]),
    ):
        assert reasons_on(body(client, f"/vragen/?q={typed}")) == said
    assert reasons_on(body(client, "/vragen/")) == []


def test_of_many_values_the_most_used_are_offered_and_the_rest_is_told(client: Client, searchable: Step) -> None:
    places = [factories.make_municipality(f"Plaats {number:02}") for number in range(45)]
    for number, place in enumerate(places):
        for _more in range(1 if number else 2):
            factories.make_question("Vraag over zorg", municipality=place)
    searchable()
    page = body(client, "/vragen/")
    offered = re.findall(r'name="gemeente"[^>]*value="([^"]+)"', page)
    assert offered == [place.uid for place in places[:40]]
    assert "5 met minder resultaten staan hier niet. Typ de naam in het zoekveld." in page
    chosen = body(client, f"/vragen/?gemeente={places[-1].uid}")
    assert re.search(rf'name="gemeente"[^>]*value="{places[-1].uid}"[^>]* checked', chosen)
    assert "4 met minder resultaten staan hier niet." in chosen
    assert titles(body(client, "/vragen/?q=Plaats+44")) == ["Vraag over zorg"], "as the advice says"


@pytest.mark.parametrize(
    "address", ["/zoeken/", "/zoeken/?q=zorg", "/vragen/", "/vragen/?q=zorg", f"{FEED}?soort=vraag", f"{CSV}?q=zorg"]
)
def test_a_longer_list_from_the_index_costs_no_more_questions_to_the_database(
    client: Client, indexed: Step, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def read() -> None:
        response = client.get(address)
        said = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert b"Vraag 0 over" in re.sub(rb"</?mark>", b"", said)

    fill(1)
    indexed()
    read()
    with django_assert_max_num_queries(12) as first:
        read()
    before = len(first)
    for number in range(1, 6):
        theme, place = factories.make_theme(f"Thema {number}"), factories.make_municipality(f"Plaats {number}")
        werkplaats = factories.make_werkplaats(f"Werkplaats {number}", areas=[place], themes=[theme])
        common: dict[str, Any] = {"werkplaats": werkplaats, "municipality": place, "themes": [theme]}
        factories.make_question(f"Vraag {number} over zorg", **common)
    indexed()
    read()
    with django_assert_num_queries(before):
        read()


# Related


def related_on(client: Client, address: str) -> dict[str, list[str]]:
    """Title -> reasons, under the heading "Verwant"."""
    found = re.search(r'<section class="related".*?</section>', body(client, address), re.DOTALL)
    rows = re.findall(r'<article class="result">.*?</article>', found.group() if found else "", re.DOTALL)
    return {titles(row)[0]: reasons_on(row) for row in rows}


def test_pages_show_what_is_akin_and_say_how(client: Client, searchable: Step) -> None:
    theme, other = factories.make_theme("Eenzaamheid"), factories.make_theme("Wonen")
    assen, ede = factories.make_municipality("Assen"), factories.make_municipality("Ede")
    noord = factories.make_werkplaats("Noord", areas=[assen], themes=[theme])
    valley = factories.make_werkplaats("Vallei", areas=[ede], themes=[theme])
    own = factories.make_question("Wie belt er aan?", themes=[theme], werkplaats=noord, municipality=assen)
    far = factories.make_question("Wie gaat er mee?", themes=[theme], werkplaats=valley, municipality=ede)
    factories.make_question("Waar staat een huis?", themes=[other])
    inner, gone = (factories.make_question(f"Wie {what} er?", themes=[theme]) for what in ("zwijgt", "vertrekt"))
    hide(inner)
    take_away(gone)
    searchable()
    about = "ook over Eenzaamheid"
    question = related_on(client, f"/vragen/{own.uid}/")
    assert set(question) == {far.text, "Noord", "Vallei"}
    assert question[far.text] == [about]
    assert question["Noord"] == [about, "ook uit Assen"]
    werkplaats = related_on(client, "/werkplaatsen/noord/")
    assert set(werkplaats) == {far.text, "Vallei"}, "its own newest questions stand there already"
    assert werkplaats[far.text] == werkplaats["Vallei"] == [about]
    assert related_on(client, "/gemeenten/assen/") == {far.text: [about], "Vallei": [about]}
    factories.make_municipality("Tholen")
    searchable()
    assert related_on(client, "/gemeenten/tholen/") == {}


# Answers before asking


def test_in_a_young_network_the_only_question_there_is_can_be_the_answer(client: Client, searchable: Step) -> None:
    """Every entry has the word then, and it says little; still more than nothing."""
    factories.make_question("Wie helpt bij schulden?")
    searchable()
    assert suggestions(client, "Wie helpt mij met schulden?") == ["Wie helpt bij schulden?"]


def suggestions(client: Client, text: str) -> list[str]:
    response = client.post(SUGGEST, {"text": text})
    assert response.status_code == 200
    return titles(response.content.decode())


def test_what_is_there_already_is_shown_while_typing_with_reasons(client: Client, indexed: Step) -> None:
    among_others("Wie helpt bij schulden?")
    inner, gone = factories.make_question("Wie kent schulden?"), factories.make_question("Wie had schulden?")
    hide(inner)
    take_away(gone)
    indexed()
    page = client.post(SUGGEST, {"text": WORRY.replace("schulden", "schudlen")}).content.decode()
    assert titles(page) == ["Wie helpt bij schulden?"]
    assert "“schudlen” gelezen als “schulden”" in reasons_on(page)
    assert OFFER in page
    assert "Eén mogelijk antwoord gevonden, onder uw vraag." in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page, "a part of the form, no page"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "schuld", " schuld ", ("schulden " * 600)[:5001], "de het een voor van", "xyzzy qwqwqw", "\0" * 9],
)
def test_what_says_nothing_or_too_much_gives_no_answers_and_no_error(
    client: Client, searchable: Step, text: str
) -> None:
    among_others("Wie helpt bij schulden?")
    searchable()
    assert suggestions(client, "schulden") == ["Wie helpt bij schulden?"]
    assert suggestions(client, ("schulden " * 600)[:5000]) == ["Wie helpt bij schulden?"]
    assert suggestions(client, text) == []
    assert client.post(SUGGEST).status_code == 200


def test_answers_are_asked_for_by_the_own_form_only(indexed: Step) -> None:
    among_others("Wie helpt bij schulden?")
    indexed()
    strict = Client(enforce_csrf_checks=True)
    got = strict.get(SUGGEST, {"text": WORRY})
    assert (got.status_code, got.headers["Allow"]) == (405, "POST")
    refused = strict.post(SUGGEST, {"text": WORRY})
    assert refused.status_code == 403
    assert OFFER not in refused.content.decode()
    page = strict.get("/vragen/stel/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    said = strict.post(SUGGEST, {"text": WORRY, "csrfmiddlewaretoken": token.group(1)})
    assert OFFER in said.content.decode()


def test_what_is_typed_stays_nowhere(client: Client, indexed: Step, caplog: pytest.LogCaptureFixture) -> None:
    among_others("Wie helpt bij schulden?")
    indexed()
    before = everything()
    with caplog.at_level("DEBUG"):
        response = client.post(SUGGEST, {"text": WORRY})
        client.post(SUGGEST, {"text": f"Ik wil niet meer leven. {WORRY}"})
    assert OFFER in response.content.decode()
    assert everything() == before
    assert "kamerplant" not in caplog.text
    assert not response.cookies
    assert {"no-store", "private"} <= set(re.split(r",\s*", response.headers["Cache-Control"]))


def test_whom_to_call_comes_before_any_answer(client: Client, searchable: Step) -> None:
    among_others("Hoe help ik iemand die niet meer wil leven?")
    searchable()
    page = client.post(SUGGEST, {"text": "ik wil niet meer leven"}).content.decode()
    assert page.index('href="tel:08000113"') < page.index(OFFER)
    assert 'href="tel:112"' in page


def test_the_step_with_answers_comes_once_for_who_saw_none_while_typing(client: Client, indexed: Step) -> None:
    factories.make_municipality("Assen")
    among_others("Wie helpt bij schulden?")
    indexed()
    data = {"text": WORRY, "asker_role": "inwoner", "municipality": "Assen"}
    step = client.post("/vragen/stel/", data).content.decode()
    assert "Uw vraag is nog niet verstuurd" in step
    assert titles(step) == ["Wie helpt bij schulden?"]
    confirmed = re.search(r'name="confirmed" value="(\w+)"', step)
    assert confirmed
    assert "Uw vraag is verstuurd" in send(client, {**data, "confirmed": confirmed.group(1)})
    assert "Uw vraag is verstuurd" in send(client, {**data, "gezien": "1"}), "who saw them while typing goes on at once"
    assert "Uw vraag is verstuurd" in send(client, {**data, "text": "Hoe teel je druiven op een balkon?"})


def send(client: Client, data: dict[str, str]) -> str:
    return str(client.post("/vragen/stel/", data, follow=True).content.decode())


# Dit is mijn antwoord


def mark(client: Client, uid: str, **more: str) -> Any:
    return client.post(MINE, {"antwoord": uid, **more})


def undo(client: Client, uid: str) -> str:
    return str(client.post(MINE, {"ongedaan": uid}).content.decode())


def helped(client: Client, question: Question) -> list[str]:
    """What the page of the question says of it."""
    return re.findall(r"(\d+ bezoekers? vond(?:en)? hier een antwoord)", body(client, f"/vragen/{question.uid}/"))


def test_an_answer_counts_once_for_each_browser_until_it_is_taken_back(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    assert helped(client, question) == []
    for _twice in range(2):
        page = mark(client, question.uid).content.decode()
        assert "Fijn dat u iets vond" in page
        assert titles(page) == ["Wie helpt bij schulden?"]
        assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    other = Client()
    mark(other, question.uid)
    assert helped(client, question) == ["2 bezoekers vonden hier een antwoord"]
    assert "Ongedaan gemaakt" in undo(client, question.uid)
    assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    assert titles(body(client, MINE)) == []
    assert titles(body(other, MINE)) == ["Wie helpt bij schulden?"], "each browser has its own"
    assert "U wees hier nog niets aan" in body(Client(), MINE)


def test_nobody_takes_back_what_another_marked(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    mark(client, question.uid)
    page = undo(Client(), question.uid)
    assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    assert "Het telt niet meer mee." not in page, "nothing was undone, so that must not be said"


@pytest.mark.parametrize(
    "uid", ["", "bestaat-niet", "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV", "x" * 5000, "\0", "weg", "netwerk", "wacht"]
)
def test_what_is_not_there_is_told_politely_and_counts_nothing(client: Client, uid: str) -> None:
    kept = {what: factories.make_question(f"Wie {what} bij schulden?") for what in ("weg", "netwerk")}
    kept["wacht"] = factories.make_question("Wie wacht bij schulden?", public=False)
    take_away(kept["weg"])
    hide(kept["netwerk"])
    response = mark(client, kept[uid].uid if uid in kept else uid, text=WORRY)
    page = response.content.decode()
    assert response.status_code == 200
    assert titles(page) == []
    assert (GONE in page) is (uid != "")
    assert "Fijn dat u iets vond" not in page
    assert f'name="text" value="{WORRY}"' in page, "the way back to the question is not lost"
    assert undo(client, uid)
    assert FoundAnswer.objects.count() == 0


def test_what_was_withdrawn_since_is_no_longer_among_the_answers(client: Client) -> None:
    stays, goes = (factories.make_question(f"Wie {what} bij schulden?") for what in ("blijft", "gaat"))
    mark(client, stays.uid)
    mark(client, goes.uid)
    take_away(goes)
    assert titles(body(client, MINE)) == ["Wie blijft bij schulden?"]


def test_marking_is_limited_and_loses_no_words(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    for _time in range(60):
        assert mark(client, question.uid).status_code == 200
    blocked = mark(client, question.uid, text=WORRY)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 3600
    assert WORRY in blocked.content.decode()
    assert client.post(MINE, {"ongedaan": question.uid}).status_code == 429
    assert titles(body(client, MINE)) == ["Wie helpt bij schulden?"], "looking is free"
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    assert mark(elsewhere, question.uid).status_code == 200
    with clock.at(clock.now() + timedelta(hours=1)):
        assert mark(client, question.uid).status_code == 200
    assert helped(client, question) == ["2 bezoekers vonden hier een antwoord"]


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, settings: Any, https: bool) -> None:
    settings.HTTPS = https
    cookie = mark(client, factories.make_question().uid).cookies["antwoorden"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", https)
    assert (cookie["max-age"], cookie["path"], cookie["domain"]) == (30 * 24 * 3600, "/", "")
    assert not Client().get(MINE).cookies, "looking sets none"


def test_a_found_answer_keeps_no_text_and_no_trace_of_who(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    response = mark(client, question.uid, text=WORRY, municipality="Assen", asker_role="client", submission="x" * 32)
    assert "no-store" in response.headers["Cache-Control"]
    cookie = response.cookies["antwoorden"].value
    kept = json.dumps([*FoundAnswer.objects.values(), *LogEntry.objects.values()], default=str)
    assert {field.name for field in FoundAnswer._meta.fields} == {"id", "entry", "browser", "day"}
    for word in ("kamerplant", "Assen", "client", "127.0.0.1", cookie, "x" * 32):
        assert word not in kept
    assert LogEntry.objects.get(verb="agenda.answer.found").detail == {}


def test_a_cookie_of_someone_elses_making_is_not_taken(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    for made_up in ("", "x", "' OR 1=1 --" + "x" * 21, "x" * 33):
        client.cookies["antwoorden"] = made_up
        response = mark(client, question.uid)
        assert re.fullmatch(r"[\w-]{32}", response.cookies["antwoorden"].value)
        assert response.cookies["antwoorden"].value != made_up


def test_after_thirty_days_it_stays_and_nobody_can_tell_whose_it_was(client: Client) -> None:
    first, second = (factories.make_question(f"Wie {what} bij schulden?") for what in ("helpt", "leest"))
    mark(client, first.uid)
    mark(client, second.uid)
    with clock.at(clock.now() + timedelta(days=30)):
        assert "Ongedaan gemaakt" in undo(client, second.uid)
        assert helped(client, second) == []
    with clock.at(clock.now() + timedelta(days=31)):
        assert titles(body(client, MINE)) == []
        page = undo(client, first.uid)
        assert helped(client, first) == ["1 bezoeker vond hier een antwoord"]
        assert FoundAnswer.objects.get(entry=first.uid).browser != ""
        mark(Client(), second.uid)
        assert FoundAnswer.objects.get(entry=first.uid).browser == ""
        assert FoundAnswer.objects.get(entry=second.uid).browser != ""
        assert helped(client, first) == ["1 bezoeker vond hier een antwoord"]
        assert "Het telt niet meer mee." not in page, "it still counts"


def test_the_way_back_brings_all_that_was_filled_in(client: Client) -> None:
    factories.make_municipality("Assen")
    for name in ("Wonen", "Werk", "Zorg"):
        factories.make_theme(name)
    question = factories.make_question("Wie helpt bij schulden?")
    data = {"text": f'{WORRY} "<b>', "asker_role": "client", "municipality": "Assen", "submission": "s" * 32}
    page = client.post(MINE, {**data, "themes": ["wonen", "zorg"], "antwoord": question.uid}).content.decode()
    back = page[page.rindex("<form") :]
    kept = [
        (name, html.unescape(value)) for name, value in re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', back)
    ]
    assert kept[-6:] == [*list(data.items())[:3], ("themes", "wonen"), ("themes", "zorg"), ("submission", "s" * 32)]
    posted: dict[str, Any] = {**dict(kept), "themes": ["wonen", "zorg"], "terug": "1"}
    form = client.post("/vragen/stel/", posted).content.decode()
    assert html.escape(data["text"]) in form
    assert 'value="Assen"' in form
    assert re.findall(r'name="asker_role" value="(\w+)" checked', form) == ["client"]
    assert re.findall(r'name="themes" value="(\w+)" checked', form) == ["wonen", "zorg"]
    assert f'name="submission" value="{"s" * 32}"' in form
    assert "Kijk dit nog even na" not in form, "coming back is no mistake"
    assert Question.objects.count() == 1
