"""Limits on every form: so many pass, the next hears when to come back, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.journeys.test_accessibility import names
from werkplaats.agenda.rules import codes
from werkplaats.api import middleware as api
from werkplaats.core import afterwards, clock
from werkplaats.core.models import Attempt
from werkplaats.people.rules import RoleKind
from werkplaats.site import (
    answering,
    asking,
    confirming,
    coverage,
    following,
    invitations,
    passwords,
    signing,
    supporting,
)

pytestmark = pytest.mark.django_db

# Five minutes into a quarter and into an hour.
MOMENT = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
CODE = "ABCD-EFGH-JKMN"
REASON = "Bij ons op het spreekuur komt dit elke week voorbij."

Try = Callable[[Client, int], Any]


@dataclass(frozen=True)
class Case:
    """``tried(client, number)`` sends the form for the so manieth time; ``typed`` is to be found again."""

    limit: Any
    tried: Try
    typed: str = ""


def sender(address: str, **data: Any) -> Try:
    """Sends this; a value may depend on how often it was sent before."""

    def tried(client: Client, number: int) -> Any:
        made = {name: value(number) if callable(value) else value for name, value in data.items()}
        prefix = "/en" if number % 2 else ""
        return client.post(f"{prefix}{address}", {name.replace("__", "-"): value for name, value in made.items()})

    return tried


def support(client: Client, number: int) -> Any:
    from werkplaats.agenda.models import Question

    uid = Question.objects.get(status="in-behandeling").uid
    return sender(f"/vragen/{uid}/hier-ook/", mandate="", reason=REASON)(client, number)


ASKED = {"text": f"{REASON} Wat helpt?", "asker_role": "inwoner", "municipality": "Assen", "gezien": "1"}
CASES = {
    "ask": Case(asking.SENDING, sender("/vragen/stel/", **ASKED, submission=lambda _n: codes.new_submission()), REASON),
    "suggest": Case(answering.TYPING, sender("/vragen/antwoorden/", text="Wie?")),
    "my-answer": Case(answering.MARKING, sender("/vragen/mijn-antwoord/", antwoord="weg", text=REASON), REASON),
    "coverage": Case(coverage.PLANNING, lambda client, n: client.get("/dekking/", {"straal": 20 + n % 9})),
    "follow": Case(following.GUESSING, sender("/vragen/volg/", code=lambda n: f"ABCD-EFGH-{n:04}")),
    "support": Case(supporting.SUPPORTING, support, REASON),
    "account_login": Case(
        passwords.GUESSING,
        sender("/inloggen/", login=lambda n: f"wie{n}@example.org", password="geraden-woord-1"),
        "wie30@example.org",
    ),
    "login-link": Case(signing.LINKS, sender("/inloggen/link/", link__email="ada@example.org"), "ada@example.org"),
    "login-by-link": Case(signing.TOKENS, sender("/inloggen/met-link/", sleutel=lambda n: f"geraden-{n}")),
    "invitation": Case(invitations.TRIES, lambda client, n: client.get("/uitnodiging/", {"sleutel": f"geraden-{n}"})),
    "confirm": Case(confirming.TRIES, lambda client, n: client.get("/bevestigen/", {"sleutel": f"geraden-{n}"})),
    "account_reset_password": Case(
        passwords.RESETTING, sender("/wachtwoord/vergeten/", email="ada@example.org"), "ada@example.org"
    ),
    "account_reset_password_from_key": Case(
        passwords.KEYS, lambda client, n: client.get(f"/wachtwoord/nieuw/1-geraden{n}-sleutel/")
    ),
    "account_change_password": Case(
        passwords.CONFIRMING,
        sender("/wachtwoord/", oldpassword="geraden-woord-1", password1="nieuw-woord-12", password2="nieuw-woord-12"),
    ),
    "account_reauthenticate": Case(passwords.CONFIRMING, sender("/account/bevestigen/", password="geraden-woord-1")),
}
# Signed in, these count for the account and not for where it comes from.
OF_ACCOUNT = {"support", "account_change_password", "account_reauthenticate"}
# What needs none, and why.
UNLIMITED = {
    **dict.fromkeys(
        ("home", "werkplaatsen", "werkplaats", "werkplaats-by-uid", "municipalities", "municipality",
         "municipality-by-uid", "questions", "question", "question-with-slug", "search", "entries-csv",
         "entries-feed", "coverage-csv", "accessibility", "privacy", "gallery", "sent", "mine", "account_inactive",
         "account_signup", "account_email", "account_email_verification_sent", "account_reset_password_done",
         "account_reset_password_from_key_done", "health-live", "health-ready", "security-txt", "robots", "sitemap",
         "sitemap-part", "news", "news-item", "news-item-with-slug", "text-page", "text-page-with-slug", "about",
         "national", "phases",
         "research", "projects", "project", "project-with-slug", "circles", "circle", "circle-with-slug", "pilots",
         "pilot", "pilot-with-slug", "yields", "yield", "yield-with-slug", "national-themes", "national-theme",
         "national-theme-with-slug", "approaches", "approach", "approach-with-slug",
         "about-by-uid", "about-werkplaats", "document", "rendition", "map", "werkplaats-map", "library", "publication",
         "publication-version", "publication-file", "publication-cite", "publication-with-slug",
         "werkplaats-documents"),
        "only reads",
    ),
    "mine-details": "who is signed in changes the own record",
    "mine-role": "who is signed in lays down an own role",
    "mine-devices": "who is signed in ends the own sessions",
    "account_logout": "ends a session, and there is nothing to guess",
    "account_set_password": "counted as changing one: there is no old one to guess",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_goes_on_after_the_test(db: Any) -> Iterator[None]:
    """Mail is sent in threads of its own."""
    yield
    afterwards.wait()


@pytest.fixture
def visitor(settings: Any) -> Client:
    """A visitor of these pages, signed in with a role that may say "hier ook"."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    factories.make_municipality("Assen")
    factories.make_question()
    organisation = factories.make_organisation()
    account = factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)
    client = Client()
    client.force_login(account, "sesame.backends.ModelBackend")
    return client


def client_for(name: str, visitor: Client, **more: Any) -> Client:
    """The signed-in visitor for what is done signed in, and a stranger for all else."""
    if name not in OF_ACCOUNT:
        return Client(**more)
    client = Client(**more)
    client.cookies.update(visitor.cookies)
    return client


@pytest.mark.parametrize("name", CASES)
def test_so_many_pass_and_the_next_hears_when_to_come_back(name: str, visitor: Client) -> None:
    case, client = CASES[name], client_for(name, visitor)
    with clock.at(MOMENT):
        passed = [case.tried(client, number).status_code for number in range(case.limit.most)]
        # An even one is asked in Dutch.
        blocked = case.tried(client, case.limit.most + case.limit.most % 2)
        elsewhere = case.tried(client_for(name, visitor, REMOTE_ADDR="192.0.2.9"), case.limit.most)
    assert 429 not in passed
    assert blocked.status_code == 429
    wait = int(blocked.headers["Retry-After"])
    assert wait == case.limit.seconds - 300
    page = blocked.content.decode()
    assert case.typed in page
    assert "Even wachten" in page or name == "suggest"
    assert (elsewhere.status_code == 429) is (name in OF_ACCOUNT)
    with clock.at(MOMENT + timedelta(seconds=wait - 1)):
        assert case.tried(client, 0).status_code == 429
    with clock.at(MOMENT + timedelta(seconds=wait)):
        assert case.tried(client, 0).status_code != 429
    assert "127.0.0.1" not in repr(list(Attempt.objects.values()))


def test_every_address_has_a_limit_or_a_reason() -> None:
    known = set(CASES) | set(UNLIMITED)
    assert {name for name in names() if name not in known} == set(), "geef deze adressen een grens, of zeg waarom niet"


@pytest.mark.parametrize(
    "address", ["/api/v1/vragen", "/api/v1/vermeldingen/vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV", "/api/v1/niets"]
)
def test_programs_hear_it_as_a_problem(client: Client, address: str) -> None:
    """Whatever they ask, and as HEAD too."""
    with clock.at(MOMENT + timedelta(seconds=20)):
        ask = [client.get, client.head]
        passed = [ask[number % 2](address).status_code for number in range(api.READING.most)]
        blocked = [one(address) for one in (client.get, client.head)]
        assert client.options("/api/v1/vragen").status_code == 204, "asking what may be asked is free"
        assert client.get("/vragen/").status_code == 200, "pages are not limited"
    assert 429 not in passed
    for response in blocked:
        assert (response.status_code, response.headers["Retry-After"]) == (429, "40")
        assert response.headers["Content-Type"] == "application/problem+json"
    assert blocked[0].json()["detail"].startswith("Dit is te vaak achter elkaar.")
    with clock.at(MOMENT + timedelta(seconds=60)):
        assert client.get(address).status_code != 429


def guess(login: str, number: int, password: str = "geraden-woord-1") -> Any:
    """Sign in from a place of its own."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}").post("/inloggen/", {"login": login, "password": password})


SPELLINGS = ["ada@example.org", "ADA@example.org", " ada@Example.ORG", "ａda@example.org", "Ada@EXAMPLE.org "]


@pytest.mark.parametrize("known", [True, False])
def test_from_many_places_one_account_is_guessed_no_more_often(known: bool, settings: Any) -> None:
    """And whether it exists cannot be told from it. Its owner can still ask for a link."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    if known:
        factories.make_account("ada@example.org")
    most = passwords.GUESSING_ONE.most
    with clock.at(MOMENT):
        answers = [guess(SPELLINGS[number % 5], number) for number in range(most)]
        blocked = [guess(typed, 90 + number) for number, typed in enumerate(SPELLINGS)]
        right = guess("ada@example.org", 99, factories.PASSWORD)
        other = guess("eda@example.org", 99)
        link = Client(REMOTE_ADDR="192.0.2.99").post("/inloggen/link/", {"link-email": "ada@example.org"})
    assert {response.status_code for response in answers} == {200}
    assert {response.status_code for response in [*blocked, right]} == {429}
    assert {response.headers["Retry-After"] for response in [*blocked, right]} == {"600"}
    page = right.content.decode()
    assert "Laat u dan een inloglink mailen. Dat kan gewoon." in page
    assert "ada@example.org" in page
    assert factories.PASSWORD not in page
    assert other.status_code == link.status_code == 200


def test_who_signs_in_well_counts_for_nothing(client: Client) -> None:
    factories.make_account("ada@example.org")
    with clock.at(MOMENT):
        for _time in range(passwords.GUESSING_ONE.most + 5):
            response = client.post("/inloggen/", {"login": "ada@example.org", "password": factories.PASSWORD})
            assert response.status_code == 302
            client.logout()
        assert guess("ada@example.org", 1).status_code == 200


@pytest.mark.parametrize("address", ["/inloggen/link/", "/wachtwoord/vergeten/"])
def test_no_mailbox_is_flooded_from_many_sides(address: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    def ask(typed: str, number: int) -> int:
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        return client.post(address, {"link-email": typed, "email": typed}).status_code

    with clock.at(MOMENT):
        assert 429 not in [ask(SPELLINGS[number % 3], number) for number in range(signing.MAILS.most)]
        assert {ask(typed, 90) for typed in SPELLINGS[:3]} == {429}
        assert ask("eda@example.org", 90) != 429


def test_the_right_code_counts_for_nothing_and_only_then(client: Client) -> None:
    factories.make_question(code=CODE)
    with clock.at(MOMENT):
        for _time in range(following.GUESSING.most + 5):
            assert client.post("/vragen/volg/", {"code": CODE}).status_code == 200
        for number in range(following.GUESSING.most):
            assert client.post("/vragen/volg/", {"code": f"ABCD-EFGH-{number:04}"}).status_code == 200
        blocked = client.post("/vragen/volg/", {"code": CODE})
    assert blocked.status_code == 429
    assert CODE in blocked.content.decode(), "what was typed is there still"


def test_past_the_limit_who_types_still_hears_whom_to_call(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "TYPING", answering.limits.Limit("meetypen", most=0, seconds=900))
    response = client.post("/vragen/antwoorden/", {"text": "ik wil niet meer leven"})
    page = response.content.decode()
    assert response.status_code == 429
    assert 'href="tel:08000113"' in page
    assert "We zoeken even niet mee." in page
    # The form itself still works, with the answers as a step of its own.
    assert REASON in client.post("/vragen/stel/", {"text": REASON}).content.decode()


def test_trying_the_form_is_limited_too_and_loses_no_words(client: Client) -> None:
    with clock.at(MOMENT):
        for _time in range(asking.TRYING.most):
            assert client.post("/vragen/stel/", {"text": REASON}).status_code == 200
        blocked = client.post("/en/vragen/stel/", {"text": REASON})
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "3300")
    assert REASON in blocked.content.decode()


def test_wrong_passwords_are_not_shown_again(visitor: Client) -> None:
    with clock.at(MOMENT):
        for number in range(passwords.CONFIRMING.most):
            CASES["account_change_password"].tried(visitor, number)
        page = CASES["account_change_password"].tried(visitor, 0).content.decode()
    assert not re.search("geraden-woord|nieuw-woord", page)
