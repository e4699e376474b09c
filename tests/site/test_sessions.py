"""Where someone is signed in: what is kept of it, how it ends, and what the logbook says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.test import Client
from sesame.utils import get_token

from tests import factories
from tests.core.stored import everything
from werkplaats.core import clock
from werkplaats.core.models import LogEntry
from werkplaats.people.actions import block_account, invite, unblock_account
from werkplaats.people.models import Account, Session
from werkplaats.people.rules import RoleKind
from werkplaats.site.browsers import recognised

pytestmark = pytest.mark.django_db

LIST = "/mijn/apparaten/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
MORNING = datetime(2026, 11, 20, 8, 25, tzinfo=UTC)
NEW = "een-heel-ander-woord-7"


@pytest.fixture
def account() -> Account:
    return factories.make_account("ada@example.org")


def signed_in(browser: str = WINDOWS, email: str = "ada@example.org", password: str = factories.PASSWORD) -> Client:
    """A browser in which someone signed in with a password."""
    client = Client(headers={"User-Agent": browser}, REMOTE_ADDR="192.0.2.7")
    response = client.post("/inloggen/", {"login": email, "password": password})
    assert response.status_code == 302, response.content.decode()
    return client


def is_in(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def listed(client: Client) -> list[tuple[str, str]]:
    """The devices on the page: name, and the handle that ends it (none for this one)."""
    page = client.get(LIST).content.decode()
    items = re.findall(r'<li class="device">(.*?)</li>', page, re.DOTALL)
    found = []
    for item in items:
        handle = re.search(r'name="sessie" value="(\w+)"', item)
        name = re.search(r'class="device-name">([^<]+)<', item)
        assert name
        found.append((name.group(1), handle.group(1) if handle else ""))
    return found


def lines() -> list[tuple[str, str, str, dict[str, Any]]]:
    """The logbook about accounts, oldest first."""
    rows = LogEntry.objects.filter(verb__startswith="people.account.").order_by("pk")
    return [(row.verb.rpartition(".")[2], row.target, row.actor, row.detail) for row in rows]


def test_every_browser_is_listed_with_this_one_first(account: Account) -> None:
    with clock.at(MORNING):
        phone = signed_in(PHONE)
    with clock.at(MORNING + timedelta(days=1, hours=4)):
        here = signed_in(WINDOWS)
        assert [name for name, _handle in listed(here)] == ["Firefox op Windows", "Safari op iPhone"]
        page = here.get(LIST).content.decode()
    assert "Dit apparaat gebruikt u nu." in page
    assert "Ingelogd op 21 november 2026." in page
    assert "Ingelogd op 20 november 2026." in page
    assert "Voor het laatst gebruikt op 20 november 2026." in page
    with clock.at(MORNING + timedelta(days=1, hours=5)):
        assert [name for name, _handle in listed(phone)] == ["Safari op iPhone", "Firefox op Windows"]
        assert "Voor het laatst gebruikt vandaag rond 13 uur." in phone.get(LIST).content.decode()


def test_nothing_opens_a_session_that_stands_on_the_page(account: Account) -> None:
    other, here = signed_in(PHONE), signed_in()
    page = here.get(LIST).content.decode()
    for session in Session.objects.all():
        assert session.session_key not in page
    assert other.cookies["sessionid"].value not in page


def test_no_address_is_kept_nor_what_the_browser_says_of_itself(account: Account) -> None:
    client = signed_in()
    client.get("/mijn/")
    kept = repr(everything()) + repr([session.get_decoded() for session in Session.objects.all()])
    for words in ("192.0.2.7", "Mozilla", "Gecko", "132.0"):
        assert words not in kept
    assert {"browser": "Firefox", "system": "Windows"}.items() <= Session.objects.get().get_decoded().items()


def test_a_session_that_is_ended_is_over_at_the_next_click(account: Account) -> None:
    lost, other, here = signed_in(PHONE), signed_in(""), signed_in()
    handles = {name: handle for name, handle in listed(here) if handle}
    assert set(handles) == {"Safari op iPhone", "Een onbekende browser"}
    page = here.post(LIST, {"sessie": handles["Safari op iPhone"]}, follow=True).content.decode()
    assert "U bent op 1 andere plek uitgelogd." in page
    assert not is_in(lost)
    assert is_in(other)
    assert is_in(here)
    again = here.post(LIST, {"sessie": handles["Safari op iPhone"]}, follow=True).content.decode()
    assert "Daar was u al uitgelogd." in again
    assert lines()[-1] == ("sessions_ended", account.uid, account.uid, {"number": 1})


def test_all_others_end_at_once(account: Account) -> None:
    others = [signed_in(PHONE), signed_in(PHONE)]
    here = signed_in()
    page = here.post(LIST, {"stap": "andere"}, follow=True).content.decode()
    assert "U bent op 2 andere plekken uitgelogd." in page
    assert [is_in(one) for one in others] == [False, False]
    assert is_in(here)
    assert lines()[-1] == ("sessions_ended", account.uid, account.uid, {"number": 2})
    before = len(lines())
    here.post(LIST, {"stap": "andere"})
    assert len(lines()) == before, "nothing ended, so nothing is noted"


def test_nobody_ends_the_session_of_another(account: Account) -> None:
    factories.make_account("eda@example.org")
    other, here = signed_in(email="eda@example.org"), signed_in()
    (_name, _none), (_phone, handle) = listed(signed_in(PHONE, email="eda@example.org"))
    assert handle
    for data in ({"sessie": handle}, {"stap": "andere"}, {"sessie": ""}, {"sessie": "x" * 5000}, {}):
        here.post(LIST, data)
    assert is_in(other)
    assert is_in(here)
    assert Client().get(LIST).headers["Location"] == f"/inloggen/?next={LIST}"


def test_another_password_ends_the_other_sessions_and_not_this_one(account: Account) -> None:
    other, here = signed_in(PHONE), signed_in()
    data = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/wachtwoord/", data).headers["Location"] == "/mijn/"
    assert is_in(here)
    assert not is_in(other)
    assert [name for name, _handle in listed(here)] == ["Firefox op Windows"]
    assert Session.objects.count() == 1
    assert lines()[-1] == ("password_changed", account.uid, account.uid, {"sessions_ended": 1})
    assert is_in(signed_in(password=NEW))


def test_a_password_chosen_by_mail_ends_them_all(account: Account) -> None:
    others = [signed_in(PHONE), signed_in()]
    client = Client()
    account.refresh_from_db()
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    address = client.get(f"/wachtwoord/nieuw/{key}/").headers["Location"]
    assert client.post(address, {"password1": NEW, "password2": NEW}).status_code == 302
    assert [is_in(one) for one in others] == [False, False]
    assert is_in(client), "who chose it is in"
    assert [line[0] for line in lines()[-2:]] == ["password_changed", "signed_in"]
    assert lines()[-2][3] == {"sessions_ended": 2}


def test_a_first_password_goes_by_the_same_road(account: Account) -> None:
    factories.make_account("nieuw@example.org", password=None)
    client = Client()
    client.force_login(Account.objects.get(email="nieuw@example.org"), "sesame.backends.ModelBackend")
    client.post("/wachtwoord/eerste/", {"password1": NEW, "password2": NEW})
    assert [line[0] for line in lines()] == ["password_changed"]
    assert is_in(client)


def test_what_happens_with_an_account_is_one_line_each_and_never_what_was_typed(account: Account) -> None:
    client = Client()
    client.post("/inloggen/", {"login": "ADA@example.org", "password": "geraden-woord-1"})
    client.post("/inloggen/", {"login": "niemand@example.org", "password": "geraden-woord-1"})
    client.post("/inloggen/met-link/", {"sleutel": get_token(account)})
    client.post("/account/bevestigen/", {"password": "geraden-woord-2"})
    client.post("/uitloggen/")
    client.post("/inloggen/", {"login": "ada@example.org", "password": factories.PASSWORD})
    uid = account.uid
    assert lines() == [
        ("sign_in_failed", uid, "bezoeker", {}),
        ("signed_in", uid, uid, {"how": "link"}),
        ("sign_in_failed", uid, uid, {}),
        ("signed_out", uid, uid, {}),
        ("signed_in", uid, uid, {"how": "wachtwoord"}),
    ]
    assert "example.org" not in repr(list(LogEntry.objects.values()))


def test_the_desk_signs_out_by_the_same_door() -> None:
    account = factories.make_account("ada@example.org", RoleKind.NATIONAL_EDITOR)
    client = signed_in()
    assert "Wilt u uitloggen?" in client.get("/beheer/logout/").content.decode()
    assert is_in(client)
    client.post("/beheer/logout/")
    assert not is_in(client)
    assert lines()[-1] == ("signed_out", account.uid, account.uid, {})


@pytest.mark.parametrize(
    ("role", "stays", "goes"),
    [
        (RoleKind.NATIONAL_EDITOR, timedelta(hours=11), timedelta(hours=12)),
        (RoleKind.PARTICIPANT, timedelta(days=13, hours=23), timedelta(days=14)),
    ],
)
def test_what_is_not_used_for_long_ends(role: str, stays: timedelta, goes: timedelta) -> None:
    account = factories.make_account("ada@example.org", role)
    clients = [Client(), Client()]
    with clock.at(MORNING.replace(minute=0)):
        for client in clients:
            client.force_login(account, "sesame.backends.ModelBackend")
            assert is_in(client)
    with clock.at(MORNING.replace(minute=0) + stays):
        assert is_in(clients[0])
    with clock.at(MORNING.replace(minute=0) + goes):
        assert is_in(clients[0]), "it was used meanwhile"
        response = clients[1].get("/mijn/", follow=True)
    assert response.redirect_chain[0][0].startswith("/inloggen/")
    assert "U was hier lang niet. Voor de veiligheid bent u uitgelogd." in response.content.decode()


def test_after_thirty_days_everyone_signs_in_again(client: Client, account: Account) -> None:
    client.force_login(account, "sesame.backends.ModelBackend")
    for day in range(30):
        with clock.at(MORNING + timedelta(days=day)):
            assert is_in(client)
    with clock.at(MORNING + timedelta(days=30)):
        assert not is_in(client)


def test_using_it_is_noted_once_an_hour_and_not_by_programs(client: Client, account: Account) -> None:
    client.force_login(account, "sesame.backends.ModelBackend")
    with clock.at(MORNING):
        is_in(client)
        before = Session.objects.get()
        for address in ("/mijn/", "/", "/vragen/"):
            client.get(address)
        assert Session.objects.get().session_data == before.session_data
    with clock.at(MORNING + timedelta(hours=3)):
        client.get("/api/v1/vragen")
        client.post("/api/v1/suggesties", {"tekst": "Wie helpt?"}, content_type="application/json")
        assert Session.objects.get().session_data == before.session_data
        client.get("/")
        assert Session.objects.get().get_decoded()["seen"] == "2026-11-20T11:00:00+00:00"
        assert Session.objects.get().get_decoded()["since"] == "2026-11-20T08:00:00+00:00"


def test_an_account_that_is_blocked_is_out_and_stays_out(account: Account) -> None:
    client = signed_in()
    boss = factories.make_account("baas@example.org", RoleKind.ADMINISTRATOR)
    block_account(account=account, by=boss)
    assert not is_in(client)
    unblock_account(account=account, by=boss)
    assert not is_in(client), "what ended does not come back"
    assert ("sessions_ended", account.uid, boss.uid, {"number": 1}) in lines()


def test_who_takes_a_role_by_mail_is_signed_in_as_anyone() -> None:
    boss = factories.make_account("baas@example.org", RoleKind.ADMINISTRATOR)
    offer = invite(email="nieuw@example.org", name="Nieuw", kind="landelijkredacteur", scope_kind="landelijk", by=boss)
    client = Client(headers={"User-Agent": PHONE})
    assert client.post("/uitnodiging/", {"sleutel": offer.secret, "name": "Nieuw"}).status_code == 302
    assert listed(client) == [("Safari op iPhone", "")]
    uid = Account.objects.get(email="nieuw@example.org").uid
    assert ("signed_in", uid, uid, {"how": "link"}) in lines()


def test_who_is_not_signed_in_gets_no_session(client: Client) -> None:
    for address in ("/", "/vragen/", "/vragen/stel/", "/inloggen/"):
        client.get(address)
    assert Session.objects.count() == 0


def test_what_ran_out_is_thrown_away_when_someone_signs_in(account: Account) -> None:
    signed_in(PHONE)
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))
    here = signed_in()
    assert [name for name, _handle in listed(here)] == ["Firefox op Windows"]
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "data", "typed"),
    [
        ("/mijn/gegevens/", {"name": "Ada van den Berg", "language": "nl"}, "Ada van den Berg"),
        ("/en/mijn/gegevens/", {"name": "Ada van den Berg", "language": "nl"}, "Ada van den Berg"),
        ("/beheer/vragen/vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV/", {"weigeren-reason": "Hoort bij de huisarts."}, "huisarts"),
    ],
)
def test_what_was_typed_when_the_session_ended_is_shown_again(
    client: Client, address: str, data: dict[str, str], typed: str
) -> None:
    response = client.post(address, data)
    assert response.status_code == 403
    assert typed in response.content.decode()


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (WINDOWS, "Firefox", "Windows"),
        (PHONE, "Safari", "iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge", "Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
            "Safari/605.1.15",
            "Safari", "Mac",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 "
            "Chrome/122.0 Mobile Safari/537.36",
            "Samsung Internet", "Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome", "Linux"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1 CriOS/119.0 Mobile", "Chrome", "iPad"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0", "Chrome", "ChromeOS"),
        ("curl/8.0", "", ""),
        ("<script>alert(1)</script>" * 1000, "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_two_words(said: str, browser: str, system: str) -> None:
    assert recognised(said) == (browser, system)


def test_the_page_is_there_in_english_too(account: Account) -> None:
    client = signed_in()
    response = client.get(f"/en{LIST}")
    assert response.status_code == 200
    assert '<html lang="en">' in response.content.decode()


def test_no_mail_leaves_by_any_of_this(account: Account) -> None:
    signed_in().post("/wachtwoord/", {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW})
    assert mail.outbox == []
