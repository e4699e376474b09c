"""Mail as it arrives: a real mail server on this machine, and the messages it took."""

from __future__ import annotations

import email
import email.policy
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.node import node


@dataclass(frozen=True)
class Mailbox:
    """All mail since the test began, oldest first; ``X-Envelope-To`` says to whom it was really sent."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        """For WERKPLAATS_MAIL of a server in a process of its own."""
        return f"smtp://127.0.0.1:{self.port}"

    def messages(self) -> list[EmailMessage]:
        """What arrived until now."""
        # The ends of lines as Python has them; on the way they were those of mail.
        texts = [file.read_bytes().replace(b"\r\n", b"\n") for file in sorted(self.folder.glob("*.eml"))]
        return [email.message_from_bytes(text, policy=email.policy.default) for text in texts]

    def wait(self, number: int = 1, seconds: float = 10) -> list[EmailMessage]:
        """The messages as soon as there are this many; fails when they do not come in time, or there are more."""
        deadline = time.monotonic() + seconds
        while len(found := self.messages()) < number and time.monotonic() < deadline:
            time.sleep(0.02)
        subjects = [message["Subject"] for message in found]
        assert len(found) == number, f"{number} berichten verwacht, {len(found)} gekregen: {subjects}"
        return found


@pytest.fixture(scope="session")
def _mail_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    folder = tmp_path_factory.mktemp("mail")
    script = Path(__file__).with_name("mail_sink.mjs")
    command = [node(), str(script), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        port = sink.stdout.readline()
        assert port.strip(), "de mailserver van de tests start niet; is npm ci gedaan?"
        yield Mailbox(int(port), folder)
        # Leaving the block closes its standard input, at which it stops.


@pytest.fixture
def mailbox(_mail_sink: Mailbox, settings: Any) -> Mailbox:
    """An empty mailbox that gets all mail this process sends."""
    for file in _mail_sink.folder.iterdir():
        file.unlink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _mail_sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 10
    return _mail_sink
