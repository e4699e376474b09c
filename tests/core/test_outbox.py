"""Mail waits with the write it belongs to, leaves once, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from tests.core.stored import everything
from tests.mailbox import Mailbox
from tests.site.test_mailing import Server
from tests.site.test_mailing import server as _server
from werkplaats.core import clock, outbox
from werkplaats.core.models import Mail
from werkplaats.core.outbox import Sender

pytestmark = pytest.mark.django_db(transaction=True)
server = _server
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def posted(mailbox: Mailbox, settings: Any) -> Mailbox:
    """Mail goes as it does outside the tests: by the database, to a real server."""
    settings.EMAIL_BACKEND, settings.MAIL_DELIVERY = "werkplaats.core.outbox.Backend", SMTP
    return mailbox


@pytest.fixture
def refusing(server: Server, settings: Any) -> Iterator[Server]:
    """A server that refuses what we say it should."""
    settings.EMAIL_BACKEND, settings.MAIL_DELIVERY = "werkplaats.core.outbox.Backend", SMTP
    server.go.set()
    yield server


def send(subject: str = "Groet", about: str = "") -> None:
    message = EmailMultiAlternatives(subject, "Dag,\nÉén regel.\n", "van@example.org", ["ada@example.org"])
    message.attach_alternative("<p>Dag</p>", "text/html")
    message.about = about
    message.send()


def test_it_leaves_once_as_it_was_written_and_nothing_is_kept(posted: Mailbox) -> None:
    before = everything()
    send()
    assert posted.messages() == []
    assert Sender().step() == 1
    assert (Sender().step(), everything()) == (0, before)
    (message,) = posted.wait(1)
    assert (message["Subject"], message["X-Envelope-To"]) == ("Groet", "ada@example.org")
    body, other = message.get_body(("plain",)), message.get_body(("html",))
    assert body and other and body.get_content() == "Dag,\nÉén regel.\n" and "<p>Dag</p>" in other.get_content()


def test_a_write_that_fails_mails_nobody(posted: Mailbox) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send()
        raise ZeroDivisionError
    assert (Sender().step(), posted.messages()) == (0, [])


def test_what_one_sender_has_another_leaves_until_it_died_with_it(posted: Mailbox) -> None:
    send()
    Mail.objects.update(claimed_until=clock.now() + timedelta(minutes=5))
    assert Sender().step() == 0
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert Sender().step() == 1
    posted.wait(1)


def test_while_the_server_is_away_mail_waits_and_is_known_to(posted: Mailbox, settings: Any) -> None:
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send(about="een-kenmerk")
    with pytest.raises(OSError):
        Sender().step()
    assert (outbox.is_stuck(), outbox.state("een-kenmerk")) == (False, "waits")
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert outbox.is_stuck()
        settings.EMAIL_PORT = there
        assert Sender().step() == 1
    assert (outbox.is_stuck(), outbox.state("een-kenmerk")) == (False, "")
    posted.wait(1)


def test_an_address_that_is_refused_is_not_tried_again_and_its_words_are_gone(
    refusing: Server, caplog: pytest.LogCaptureFixture
) -> None:
    refusing.refuses = 550
    send(about="een-kenmerk")
    assert (Sender().step(), Sender().step()) == (0, 0)
    assert outbox.state("een-kenmerk") == "refused"
    assert not re.search("Groet|Dag|ada@", repr(everything()["core.Mail"]))
    assert "een-kenmerk" in caplog.text and "ada@" not in caplog.text


def test_an_address_that_is_refused_for_now_is_tried_again_after_growing_pauses(refusing: Server) -> None:
    refusing.refuses = 450
    send()
    pauses = []
    for _time in range(3):
        mail = Mail.objects.get()
        with clock.at(mail.next_try):
            assert Sender().step() == 0
        pauses.append((Mail.objects.get().next_try - mail.next_try).total_seconds())
    assert pauses == [5, 10, 20]
    refusing.refuses = 0
    with clock.at(Mail.objects.get().next_try):
        assert Sender().step() == 1
    assert len(refusing.taken) == 1


def test_what_comes_too_late_or_was_taken_back_does_not_leave(posted: Mailbox) -> None:
    send("Te laat")
    with clock.at(clock.now() + outbox.USEFUL + timedelta(seconds=1)):
        assert Sender().step() == 0
    assert Mail.objects.get().message == {}
    send("Toch niet", about="een-kenmerk")
    outbox.drop("een-kenmerk")
    assert (Sender().step(), posted.messages()) == (0, [])


def test_a_file_is_refused_rather_than_lost(posted: Mailbox) -> None:
    message = EmailMessage("Groet", "Dag", to=["ada@example.org"])
    message.attach("lijst.csv", "a;b", "text/csv")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
