"""Mail waits in the database, kept with the write it belongs to, until a process of its own has sent it.

Each mail is claimed, sent and wiped. Only when the machine stops between the last two does nobody know whether it
left: then it leaves once more, with the same Message-ID. Nothing of what was sent is kept.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, connection
from django.db.models import Q

from werkplaats.core import clock
from werkplaats.core.models import Mail

_log = logging.getLogger(__name__)
LOOK_SECONDS = 0.3
# So long one sender has it to itself; a sender that died with it gives it back by this.
_CLAIM = timedelta(minutes=5)
# A mail that is refused for now is tried again after 5, 10, 20 ... seconds, at most an hour, for three days.
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
USEFUL = timedelta(days=3)
# A server that is away is tried again after 1, 2, 4 ... seconds.
_LONGEST_SETBACK_SECONDS = 30.0
# That a mail was refused is known so long; its words are gone at once.
_REMEMBERED = timedelta(days=30)
# A mail that was not even tried for so long: the server, or who sends, is away.
_STUCK = timedelta(seconds=60)


class Backend(BaseEmailBackend):
    """Django's way to send, which puts mail in the database; so all of it, the libraries' too, goes through here."""

    def send_messages(self, messages: Sequence[Any]) -> int:
        """Keep them in the transaction that is open. ``about`` and ``useful`` of a message say for what, how long."""
        for one in messages:
            if one.attachments:
                raise ValueError("mail here has no attachments")
            Mail.objects.create(
                about=getattr(one, "about", ""),
                message=_words(one),
                made_at=clock.now(),
                next_try=clock.now(),
                until=clock.now() + getattr(one, "useful", USEFUL),
            )
        return len(messages)


def _words(message: Any) -> dict[str, Any]:
    names = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")
    return {
        **{name: getattr(message, name) for name in names},
        "headers": {"Message-ID": make_msgid(domain="werkplaats"), **message.extra_headers},
        "alternatives": [list(one) for one in getattr(message, "alternatives", [])],
    }


def is_stuck() -> bool:
    """Whether mail does not leave now, for whomever it is."""
    return waiting().filter(tries=0, made_at__lt=clock.now() - _STUCK).exists()


def state(about: str) -> str:
    """What became of the last mail about a record: "waits", "refused", or nothing when it left."""
    last = Mail.objects.filter(about=about).order_by("-pk").first()
    return "" if last is None else "refused" if last.refused_at else "waits"


def drop(*abouts: str) -> None:
    """What was to be mailed about these records is not mailed any more, and its words are gone."""
    Mail.objects.filter(about__in=abouts).delete()


def waiting() -> Any:
    """Mail that has not left yet."""
    return Mail.objects.filter(refused_at__isnull=True)


class Sender:
    """Sends what waits; ``step`` does what there is to do now."""

    def __init__(self) -> None:
        # Sent, but the database was away when it was to be wiped.
        self._sent: list[int] = []

    def step(self) -> int:
        """Send what is due; how many left. Raises OSError when the server is away, django.db.Error the database."""
        if self._sent:
            self._wipe()
        now = clock.now()
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
        due = list(waiting().filter(free, next_try__lte=now).order_by("next_try").values_list("pk", flat=True)[:50])
        if not due:
            return 0
        line = get_connection(settings.MAIL_DELIVERY)
        count = 0
        try:
            _open(line)
            for pk in due:
                claimed = waiting().filter(free, pk=pk).update(claimed_until=clock.now() + _CLAIM)
                if claimed:
                    count += self._send(Mail.objects.get(pk=pk), line)
        finally:
            line.close()
        return count

    def _send(self, mail: Mail, line: Any) -> bool:
        if mail.until < clock.now():
            _refuse(mail, "te lang gewacht")
            return False
        try:
            _rebuilt(mail, line).send()
        except SMTPServerDisconnected as error:
            # Not for this mail alone: as when the server is away.
            waiting().filter(pk=mail.pk).update(claimed_until=None)
            raise ConnectionAbortedError(str(error)) from None
        except (SMTPException, OSError) as error:
            _again_or_never(mail, error)
            return False
        self._sent.append(mail.pk)
        self._wipe()
        return True

    def _wipe(self) -> None:
        Mail.objects.filter(pk__in=self._sent).delete()
        self._sent = []


def _open(line: Any) -> None:
    try:
        line.open()
    except SMTPException as error:
        raise ConnectionRefusedError(type(error).__name__) from None


def _rebuilt(mail: Mail, line: Any) -> EmailMultiAlternatives:
    words = {**mail.message, "alternatives": [tuple(one) for one in mail.message["alternatives"]]}
    return EmailMultiAlternatives(**words, connection=line)


def _again_or_never(mail: Mail, error: Exception) -> None:
    codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    if codes and all(code >= 500 for code in codes):
        _refuse(mail, type(error).__name__)
        return
    pause = min(_FIRST_PAUSE * 2**mail.tries, _LONGEST_PAUSE)
    # Its words may name whom it is for.
    _log.warning("Een mail ging nog niet weg (%s); over %d s weer.", type(error).__name__, pause.total_seconds())
    waiting().filter(pk=mail.pk).update(next_try=clock.now() + pause, tries=mail.tries + 1, claimed_until=None)


def _refuse(mail: Mail, why: str) -> None:
    _log.error("Een mail%s gaat niet weg: %s", f" over {mail.about}" if mail.about else "", why)
    waiting().filter(pk=mail.pk).update(refused_at=clock.now(), message={}, claimed_until=None)


def deliver(*, stop: Callable[[], bool]) -> None:
    """Send until told to stop. What goes wrong is logged once, and tried again with growing pauses."""
    sender, told, setback = Sender(), "", 0.0
    Mail.objects.filter(refused_at__lt=clock.now() - _REMEMBERED).delete()
    while not stop():
        try:
            sender.step()
            told, setback = "", 0.0
        except (Error, OSError) as error:
            kind = "De database" if isinstance(error, Error) else "De mailserver"
            if kind != told:
                _log.warning("Mail wacht: %s antwoordt niet (%s).", kind, type(error).__name__)
            told, setback = kind, min(max(1.0, setback * 2), _LONGEST_SETBACK_SECONDS)
            connection.close()
        until = time.monotonic() + (setback or LOOK_SECONDS)
        while not stop() and time.monotonic() < until:
            time.sleep(min(LOOK_SECONDS, max(0.0, until - time.monotonic())))
