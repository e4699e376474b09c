"""The suite's own installation: a folder and a database of its own for every process that runs tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.node import node

# The settings are read from the environment, so this comes before anything that loads Django. A folder of
# its own also for each of xdist's workers: none may meet another's files.
if "DJANGO_SETTINGS_MODULE" in os.environ:
    raise pytest.UsageError("DJANGO_SETTINGS_MODULE staat al in de omgeving; daarmee laden de tests uw eigen gegevens")
KEPT = {"WERKPLAATS_DATABASE", "WERKPLAATS_GROUND_TRUTH"}
for name in [name for name in os.environ if name.startswith("WERKPLAATS_") and name not in KEPT]:
    del os.environ[name]
DATA = Path(tempfile.mkdtemp(prefix="werkplaats-tests-"))
os.environ.update(
    DJANGO_SETTINGS_MODULE="werkplaats.config.settings",
    WERKPLAATS_DATA=str(DATA),
    # Playwright keeps an event loop in the thread of the test; Django takes that for asynchronous code.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
    # Its own Node needs a library (libatomic1) that a bare Debian lacks; ours does not.
    PLAYWRIGHT_NODEJS_PATH=node(),
)

pytest_plugins = ["tests.browser", "tests.mailbox"]


def pytest_configure() -> None:
    """Load the settings and change the little that tests need otherwise."""
    from django.conf import settings

    # Names of files as they are, without first collecting them all; the live server finds them itself.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir()
    # A slow hash protects passwords of people; these are nobody's.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as outside the tests: in memory all threads would share one connection and its locks.
        database["TEST"] = {"NAME": str(DATA / "tests.sqlite3")}
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    # xdist's workers inherit the environment; with this in it they would load Django with our folder.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, refilled with what the migrations put there after each test that commits."""
    from tests import refill

    with django_db_blocker.unblock():
        kept = refill.Kept()
    with kept.after_each_flush():
        yield


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of another process: this test's database and folder. It sees only what was committed."""
    from django.db import connection

    database = connection.settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WERKPLAATS_", "DJANGO_"))}
    return {**kept, "WERKPLAATS_DATA": str(tmp_path), "WERKPLAATS_DATABASE": url}


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Each test begins in the language of the house, whatever the one before it spoke."""
    from django.utils import translation

    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def nothing_goes_on() -> Iterator[None]:
    """What is done after an answer is done before the next test: else it would ask a database that is gone."""
    from werkplaats.core import afterwards

    yield
    afterwards.wait()


@pytest.fixture(autouse=True)
def names_of_this_test() -> None:
    """Names, synonyms and counts that a process keeps for some time are those of this test's database."""
    from werkplaats.catalogue import asked
    from werkplaats.core import limits

    asked.forget()
    # What an earlier test read and typed is no reason to slow this one down.
    limits.often.forget()


@pytest.fixture
def around(db: None) -> Any:
    """Two regions with their partners, and somebody with each role: see ``tests.around``."""
    from tests.around import make_around

    return make_around()


@pytest.fixture
def indexed(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """A text index of its own for this test: ``indexed()`` brings it up to date, as the follower does all the time."""
    from werkplaats.catalogue import asked
    from werkplaats.catalogue.follower import Follower
    from werkplaats.catalogue.index import Folder

    settings.SEARCH_FOLDER = tmp_path / "search"
    follower = Follower(Folder(settings.SEARCH_FOLDER))

    def step() -> int:
        asked.forget()
        return follower.step()

    yield step
    follower.close()


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of pytest-playwright's, which pytest warns for; tests/browser.py gives each visitor the address."""
