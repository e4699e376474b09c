"""Lists taken along: as a feed and as a table."""

from __future__ import annotations

import codecs
import csv
import html
import io
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils.http import urlencode

from tests import factories
from tests.site.finding import CSV, FEED, Step, days_ago, hide, take_away
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue import changes
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock
from werkplaats.people.rules import RoleKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_still")]
COLUMNS = [
    "kenmerk", "soort", "titel", "samenvatting", "themas", "werkplaatsen", "gemeenten", "status", "adres",
    "openbaar_sinds", "bijgewerkt", "stand", "krachtlijn",
]  # fmt: skip


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
            f"http://testserver/vragen/{question.uid}/", str(day), str(clock.today()), "", "",
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
