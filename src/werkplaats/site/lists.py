"""Any list to take along: as a feed of the newest, and as a table of all."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page

from werkplaats.catalogue import search
from werkplaats.catalogue.labels import label_of
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock, registry
from werkplaats.core.tables import as_cell
from werkplaats.site.filtering import DIMENSIONS, asked_for
from werkplaats.site.hosts import permanent
from werkplaats.site.templatetags.pages import localised

_IN_FEED = 50
_BATCH = 500
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLUMNS = ("thema", "werkplaats", "gemeente", "status")
# Beside those, after what every entry has.
_MORE = ("stand", "krachtlijn")


@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of a list, for who wants to hear of new ones: Atom (RFC 4287)."""
    query = asked_for(request)
    newest = search.Query(query.text, query.kinds, query.chosen, sort=search.Sort.NEWEST)
    found = search.find(newest)
    made = Atom1Feed(
        title=_speakable(_title(found, newest)),
        link=request.build_absolute_uri(f"{reverse('search')}?{request.GET.urlencode()}"),
        description="",
        feed_url=request.build_absolute_uri(),
        language=get_language(),
        author_name=settings.SITE_NAME,
    )
    entries = [hit.entry for hit in found[0:_IN_FEED]]
    themes = label_of("thema", _values(entries, "thema"))
    for entry in entries:
        _add(made, request, entry, [themes[uid] for uid in entry.facets.get("thema", [])])
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    if entries:
        response["Last-Modified"] = http_date(max(entry.datestamp for entry in entries).timestamp())
    return response


@never_cache
def table(request: HttpRequest) -> HttpResponseBase:
    """All of a list as CSV, as spreadsheets in the Netherlands read it: UTF-8 with a mark, semicolons."""
    query = asked_for(request)
    found = search.find(query)
    name = f"werkplaats-{slugify(query.text)[:40] or 'lijst'}-{clock.today():%Y%m%d}.csv"
    response = StreamingHttpResponse(_lines(request, found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _add(made: Atom1Feed, request: HttpRequest, entry: Entry, themes: list[str]) -> None:
    made.add_item(
        title=_speakable(entry.title),
        link=request.build_absolute_uri(localised(entry.url)),
        # Its type is HTML.
        description=escape(_speakable(entry.summary)) or None,
        unique_id=permanent(request, entry.url),
        pubdate=entry.published_at,
        updateddate=entry.datestamp,
        categories=[_speakable(theme) for theme in themes],
    )


def _speakable(text: str) -> str:
    """Without the characters that XML cannot hold, whatever someone typed."""
    return _UNSPEAKABLE.sub("", text)


class _Echo:
    """What is written comes straight back, line by line."""

    def write(self, line: str) -> str:
        return line


def _lines(request: HttpRequest, found: search.Found) -> Iterator[str]:
    writer: Any = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(
        ["kenmerk", "soort", "titel", "samenvatting", "themas", "werkplaatsen", "gemeenten", "status", "adres",
         "openbaar_sinds", "bijgewerkt", *_MORE]
    )  # fmt: skip
    batch: list[Entry] = []
    for entry in found.entries(_BATCH):
        batch.append(entry)
        if len(batch) == _BATCH:
            yield from (writer.writerow(row) for row in _rows(request, batch))
            batch = []
    yield from (writer.writerow(row) for row in _rows(request, batch))


def _rows(request: HttpRequest, entries: list[Entry]) -> Iterator[list[str]]:
    # A table says the same whoever takes it along: its words are Dutch, as its columns are.
    with translation.override("nl"):
        kinds = {kind: str(source.label) for kind, source in registry.sources.items()}
        names = {name: label_of(name, _values(entries, name)) for name in (*_COLUMNS, *_MORE)}
    for entry in entries:
        told = {name: ", ".join(labels[uid] for uid in entry.facets.get(name, [])) for name, labels in names.items()}
        filed = [told[name] for name in _COLUMNS]
        day = entry.published_at.astimezone(clock.AMSTERDAM).date().isoformat() if entry.published_at else ""
        changed = entry.datestamp.astimezone(clock.AMSTERDAM).date().isoformat()
        said = [entry.uid, kinds[entry.kind], entry.title, entry.summary]
        more = [told[name] for name in _MORE]
        yield [as_cell(text) for text in (*said, *filed, request.build_absolute_uri(entry.url), day, changed, *more)]


def _values(entries: list[Entry], dimension: str) -> set[str]:
    return {uid for entry in entries for uid in entry.facets.get(dimension, [])}


def _title(found: search.Found, query: search.Query) -> str:
    chosen = [
        option.label
        for dimension in ("soort", *DIMENSIONS)
        if dimension == "soort" or query.chosen.get(dimension)
        for option in search.options(found, query, dimension)
        if option.chosen
    ]
    said = [f"“{query.text}”"] if query.text else []
    return _t("Werkplaats: %(what)s") % {"what": ", ".join([*said, *chosen]) or _t("alles wat openbaar is")}
