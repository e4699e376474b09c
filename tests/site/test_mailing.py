"""Mail about signing in: the answer does not tell for whom there is an account, and says so when mail cannot leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.core.stored import everything
from werkplaats.core import afterwards, clock, outbox

pytestmark = pytest.mark.django_db(transaction=True)

LINK, RESET = "/inloggen/link/", "/wachtwoord/vergeten/"
KNOWN, UNKNOWN = "ada@example.org", "eda@example.org"


class Talk(StreamRequestHandler):
    """As much of SMTP as it takes."""

    server: Server

    def handle(self) -> None:
        self.wfile.write(b"220 dag\r\n")
        for line in self.rfile:
            said = line[:4].upper().strip()
            if said == b"QUIT":
                self.wfile.write(b"221 dag\r\n")
                return
            if said == b"RCPT" and self.server.refuses:
                self.wfile.write(b"%d " % self.server.refuses + line.strip() + b" kennen wij niet\r\n")
                continue
            if said == b"DATA":
                self.server.go.wait(20)
                self.wfile.write(b"354 toe maar\r\n")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.wfile.write(b"250 goed\r\n")


class Server(ThreadingTCPServer):
    """A mail server that takes nothing before ``go``, and perhaps refuses for whom it is."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.go, self.taken, self.refuses = Event(), list[str](), 0

    def all_taken(self) -> list[str]:
        """Let it take what waits; the messages, each as text."""
        self.go.set()
        afterwards.wait()
        return self.taken


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A slow mail server, to which this site mails."""
    with Server() as made:
        Thread(target=made.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address
        settings.EMAIL_TIMEOUT = 10
        yield made
        made.go.set()
        afterwards.wait()
        made.shutdown()


def ask(client: Client, address: str, email: str) -> Any:
    return client.post(address, {"link-email": email, "email": email}, follow=True)


def told(response: Any, email: str) -> str:
    """The page, without the address that was typed and the key of its form."""
    return re.sub(r'value="\w{64}"', "", response.content.decode().replace(email, "…"))


@pytest.mark.parametrize("address", [LINK, RESET])
def test_a_known_and_an_unknown_address_get_the_same_answer_with_the_same_work(server: Server, address: str) -> None:
    factories.make_account(KNOWN)
    pages, work = [], []
    for email in (KNOWN, UNKNOWN):
        client = Client(REMOTE_ADDR="192.0.2.7" if email == KNOWN else "192.0.2.8")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = ask(client, address, email)
        assert response.status_code == 200
        assert server.taken == [], "the answer came before any mail left"
        pages.append(told(response, email))
        work.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])
    assert pages[0] == pages[1]
    assert work[0] == work[1], "for whom it is, is looked up afterwards"
    mails = server.all_taken()
    assert [KNOWN in mail for mail in mails].count(True) == 1
    assert len(mails) == (1 if address == LINK else 2)


def test_the_mailed_link_signs_in(server: Server) -> None:
    factories.make_account(KNOWN)
    client = Client()
    client.post(LINK, {"link-email": "ADA@example.org", "next": "/vragen/"})
    (mail,) = server.all_taken()
    found = re.search(r"sleutel=([^&\s]+)", mail.replace("=\r\n", "").replace("=3D", "="))
    assert found
    assert client.post("/inloggen/met-link/", {"sleutel": found.group(1)}).headers["Location"] == "/mijn/"
    assert client.get("/mijn/").status_code == 200


def test_mail_speaks_the_language_of_whom_it_is_for(server: Server) -> None:
    factories.make_account(KNOWN, language="en")
    client = Client()
    client.post(LINK, {"link-email": KNOWN})
    client.post(f"/en{RESET}", {"email": UNKNOWN})
    client.post(RESET, {"email": UNKNOWN})
    subjects = [re.findall(r"^Subject: (.*?)\r$", mail, re.MULTILINE)[0] for mail in server.all_taken()]
    assert sorted(subjects) == [
        "Geen account bij testserver",
        "No account at testserver",
        "Your login link for Werkplaats",
    ]


@pytest.mark.parametrize("address", [LINK, RESET])
def test_mail_that_does_not_leave_is_told_to_everyone_alike(address: str) -> None:
    with clock.at(clock.now() - timedelta(minutes=5)):
        outbox.Backend().send_messages([EmailMessage("Groet", "Dag", to=["iemand@example.org"])])
    account = factories.make_account(KNOWN)
    pages = []
    for email in (KNOWN, UNKNOWN):
        response = ask(Client(), address, email)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
        assert email in response.content.decode()
        assert "Er is dus geen mail verstuurd." in response.content.decode()
        pages.append(told(response, email))
    assert pages[0] == pages[1]
    account.refresh_from_db()
    assert account.last_login is None
    assert outbox.waiting().count() == 1, "nothing was put with what waits already"


def test_a_mail_that_is_refused_after_all_is_told_to_the_operator_without_the_address(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    factories.make_account(KNOWN)
    server.refuses = 550
    stored = everything()
    assert ask(Client(), LINK, KNOWN).status_code == 200
    assert server.all_taken() == []
    assert "SMTPRecipientsRefused" in caplog.text
    assert KNOWN not in caplog.text
    assert KNOWN not in repr([rows for name, rows in everything().items() if rows != stored[name]])
