"""What the web server serves: the site, with the page cache in front."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
site = get_wsgi_application()

from django.conf import settings  # noqa: E402 - only once all is set up
from django.db import connection  # noqa: E402

from werkplaats.catalogue import index  # noqa: E402
from werkplaats.core import clock, freshness  # noqa: E402
from werkplaats.core.page_cache import PageCache  # noqa: E402


def version() -> object:
    """What pages are made from: the database, the search index, and which day it is. Raises django.db.Error."""
    # Between requests the framework looks whether the connection still works; this is outside of any.
    connection.close_if_unusable_or_obsolete()
    try:
        return freshness.word(), index.Folder(settings.SEARCH_FOLDER).mark(), clock.today()
    except Exception:
        connection.close()
        raise


application = PageCache(
    site,
    version=version,
    cookies=(settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME),
    most_bytes=settings.PAGE_CACHE_BYTES,
)

# What is loaded now stays until the process ends: the collector of garbage need not look at it with every page, and
# less often at the rest. It took a fifth of the time of a page of search.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
