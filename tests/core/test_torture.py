"""``make torture`` in short, on the database of the tests: each process is killed once while people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings
from torture.breakable import Post, Site
from torture.clients import PASSWORD
from torture.rounds import index_broken, kills, mail_away, together

from tests import factories
from tests.core.test_serving import processes_of
from werkplaats.core.actors import SYSTEM
from werkplaats.flows.accounts import open_account


@pytest.fixture
def broken_up(
    environment: dict[str, str], tmp_path: Path, transactional_db: Any, settings: Any
) -> Iterator[tuple[Site, Post]]:
    """The site with a mail server, on this test's database."""
    factories.make_municipality("Utrecht")
    # The site reads the password: it has to be kept as the site keeps it.
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    open_account(email="landelijk@demo.invalid", name="Ada", role="landelijkredacteur", password=PASSWORD, by=SYSTEM)
    folder = tmp_path / "data"
    folder.mkdir()
    post = Post(tmp_path)
    mail = f"smtp://127.0.0.1:{post.port}"
    site = Site(folder, database=environment["WERKPLAATS_DATABASE"], mail=mail)
    site.command("django", "collectstatic", "--no-input", "-v0")
    site.start()
    try:
        yield site, post
    finally:
        site.stop()
        post.stop()
    assert not processes_of(folder)


def test_what_was_acknowledged_stands_once_whatever_was_killed(broken_up: tuple[Site, Post]) -> None:
    site, post = broken_up
    trials = [
        together(site),
        index_broken(site),
        mail_away(site, post),
        kills(site, post, None, 4),
    ]
    assert [(one.what, one.faults) for one in trials if one.faults] == []
    assert "0 vragen" not in trials[-1].seen, "nobody asked anything, so nothing was tried"
