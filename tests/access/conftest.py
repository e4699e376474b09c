"""Fixtures. What they make stands in the modules beside this one: pytest reads this before Django is loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.access.walk import Walker


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """The world with its walkers, once for a module, and the folder with a text index of it."""
    from django.conf import settings
    from django.test import override_settings

    from tests.access.table import read
    from tests.access.walk import Walker
    from tests.access.world import make_world
    from tests.places.shipped import for_a_module
    from werkplaats.catalogue.follower import Follower
    from werkplaats.catalogue.index import Folder

    folder, kept = tmp_path_factory.mktemp("access") / "search", settings.SEARCH_FOLDER
    settings.SEARCH_FOLDER = folder
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with files, for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            follower = Follower(Folder(folder))
            walker = Walker(make_world(), read(), follower.folder.live)
            follower.step()
        # All that was made so far stays: looking through it for what is gone takes a tenth of the walk.
        gc.collect()
        gc.freeze()
        yield walker, folder
        gc.unfreeze()
        with django_db_blocker.unblock():
            follower.close()
    settings.SEARCH_FOLDER = kept


@pytest.fixture
def walker(standing: Any, db: Any, settings: Any) -> Walker:
    """Everyone, ready to walk; search is answered by the index."""
    found, folder = standing
    settings.SEARCH_FOLDER = folder
    return found


@pytest.fixture
def without_index(walker: Walker, settings: Any, tmp_path: Any) -> Walker:
    """The same while the index is away: search is answered by the table."""
    settings.SEARCH_FOLDER = tmp_path / "away"
    return walker
