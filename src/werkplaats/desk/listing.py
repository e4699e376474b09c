"""Lists on the desk: columns, search, filters, order, pages, and the same as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _t

from werkplaats.core import clock
from werkplaats.core.tables import as_cell

PAGE = 50
# What a spreadsheet still opens with ease.
MOST_ROWS = 50_000
_LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Column:
    """A column: what it is called, what it says of a record, and the field it is ordered by when it can be."""

    label: Any
    value: Callable[[Any], Any]
    order: str = ""


@dataclass(frozen=True)
class Filter:
    """A choice beside a list: ``name`` in the address, its values with their labels, and what each leaves."""

    name: str
    label: Any
    choices: Callable[[HttpRequest], Iterable[tuple[str, Any]]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


def by_field(name: str, label: Any, field: str, choices: Callable[[HttpRequest], Iterable[tuple[str, Any]]]) -> Filter:
    """A filter on the value of one field."""
    return Filter(name, label, choices, lambda records, value: records.filter(**{field: value}))


def shown(value: Any) -> str:
    """A value in words, as a list shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _t("ja") if value else _t("nee")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j M Y H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j M Y")
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return str(value)


class Listing:
    """The records that were asked for, in their order."""

    def __init__(
        self,
        request: HttpRequest,
        records: QuerySet[Any],
        *,
        columns: Sequence[Column],
        filters: Sequence[Filter] = (),
        searched: Sequence[str] = (),
        ready: Callable[[list[Any]], None] = lambda rows: None,
    ) -> None:
        """``ready``: gets the rows that will be shown, to look up in one go what the columns say of them."""
        self.request, self.columns, self.searched, self.ready = request, columns, searched, ready
        self.text = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
        self.filters = [self._filter(one) for one in filters]
        self.records = self._ordered(self._found(records))

    def _filter(self, one: Filter) -> tuple[Filter, list[tuple[str, Any]], str]:
        choices = [(str(value), label) for value, label in one.choices(self.request)]
        asked = self.request.GET.get(one.name, "")
        return one, choices, asked if asked in {value for value, _label in choices} else ""

    def _found(self, records: QuerySet[Any]) -> QuerySet[Any]:
        for one, _choices, chosen in self.filters:
            if chosen:
                records = one.apply(records, chosen)
        for word in self.text.split():
            anywhere = Q(pk__in=[])
            for field in self.searched:
                anywhere |= Q(**{f"{field}__icontains": word})
            records = records.filter(anywhere)
        # A field of many rows finds a record more than once.
        return records.distinct() if self.text and any("__" in field for field in self.searched) else records

    def _ordered(self, records: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.request.GET.get("orde", "")
        fields = {column.order for column in self.columns if column.order}
        self.order = asked if asked.removeprefix("-") in fields else ""
        return records.order_by(self.order, "pk") if self.order else records

    @property
    def narrowed(self) -> bool:
        """Whether this is less than all."""
        return bool(self.text or any(chosen for _one, _choices, chosen in self.filters))

    def address(self, **changes: str) -> str:
        """The query of this list with some of it changed; what is empty falls away."""
        query = QueryDict(mutable=True)
        known = {"q": self.text, "orde": self.order, **{one.name: chosen for one, _c, chosen in self.filters}}
        for name, value in {**known, **changes}.items():
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    def heads(self) -> list[tuple[Any, str, str]]:
        """(label, query that orders by it, how it is ordered now) of each column."""
        found = []
        for column in self.columns:
            now = {column.order: "ascending", f"-{column.order}": "descending"}.get(self.order, "")
            turned = f"-{column.order}" if now == "ascending" else column.order
            found.append((column.label, self.address(orde=turned) if column.order else "", now if column.order else ""))
        return found

    def page(self) -> Any:
        """The page that was asked for; the nearest one when it does not exist."""
        page = Paginator(self.records, PAGE).get_page(self.request.GET.get("pagina"))
        page.object_list = list(page.object_list)
        self.ready(page.object_list)
        return page

    def cells(self, record: Any) -> list[str]:
        """What the columns say of a record."""
        return [shown(column.value(record)) for column in self.columns]

    def lines(self) -> list[list[str]]:
        """All records, under the names of the columns, for a file."""
        heads = [str(column.label) for column in self.columns]
        rows = list(self.records[:MOST_ROWS])
        self.ready(rows)
        return [heads, *([as_cell(cell) for cell in self.cells(one)] for one in rows)]


def as_csv(name: str, lines: list[list[str]]) -> HttpResponse:
    """A file for any program."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    # The mark by which spreadsheets know that this is UTF-8.
    return _file(f"{name}.csv", "\ufeff" + text.getvalue(), "text/csv; charset=utf-8")


def as_sheet(name: str, lines: list[list[str]]) -> HttpResponse:
    """A file for Excel and LibreOffice."""
    # Only here: with what it brings along it is a fifth of the time and memory of a start.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for line in lines:
        sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(f"{name}.xlsx", kept.getvalue(), kind)


def _file(name: str, content: str | bytes, kind: str) -> HttpResponse:
    stem, _dot, ending = name.rpartition(".")
    told = {"Content-Disposition": f'attachment; filename="{stem}-{clock.today()}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers={**told, "Cache-Control": "no-store, private"})
