"""The base of everything on the desk: only the records of one's own scope, in every view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.base import ViewSet

from werkplaats.core import drafts, logbook
from werkplaats.core.models import Dated
from werkplaats.core.versions import Conflict
from werkplaats.desk import history
from werkplaats.desk.drafts import Typed
from werkplaats.desk.listing import Column, Filter, Listing, as_csv, as_sheet, shown

CONFLICT = _(
    "Iemand anders heeft dit intussen gewijzigd. Wat u typte, staat er nog. Onder elk veld dat anders is, leest u wat "
    "er nu staat. Kijk het na en bewaar opnieuw."
)

GONE = _(
    "Iets waar u naar verwijst is net weggehaald, of ging op in een ander. Wat u typte, staat er nog. Kies het opnieuw "
    "en bewaar nog eens."
)


def version_of(request: HttpRequest) -> int:
    """The version that was read; none fits a number that is not one."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


class DeskViewSet(ViewSet):
    """Views on one kind of record, found through ``records`` and nothing else.

    A record outside the scope does not exist for this account: 404, not 403. Nothing is deleted here; saving goes
    through ``save``, which calls an action.
    """

    model: type[Model]
    title: Any = ""
    new_title: Any = ""
    save_label: Any = _("Bewaar")
    lead: Any = ""
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    searched: Sequence[str] = ()
    nothing: Any = _("Hier staat nog niets.")
    record_template = "desk/records/record.html"

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """The records this account may see at the desk."""
        raise Http404

    def record(self, request: HttpRequest, uid: str) -> Any:
        """One of them; 404 for a foreign one."""
        found = self.records(request).filter(uid=uid).first()
        if found is None:
            raise Http404
        return found

    def may_add(self, request: HttpRequest) -> bool:
        """Whether this account may make a new one."""
        return False

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Whether this account may change this one."""
        return False

    def reads_all(self, request: HttpRequest, record: Any) -> bool:
        """Whether this account reads all words of this one: who may change it."""
        return self.may_change(request, record)

    def names_people(self, request: HttpRequest, record: Any) -> bool:
        """Whether this account reads who of the others did what."""
        return True

    def reads_words(self, request: HttpRequest, record: Any) -> bool:
        """Whether this account may read whatever texts this one ever had."""
        return True

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> BaseForm:
        """The form for a record that exists, or for a new one (without a primary key)."""
        raise Http404

    def blank(self, request: HttpRequest) -> Any:
        """A new record, with what is known of it beforehand."""
        return self.model()

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """Keep it, through an action. Raises Conflict or ValidationError."""
        raise Http404

    def labels(self, request: HttpRequest) -> dict[str, history.Lookup]:
        """What other records are called in the history of one, for this account: kind -> names by uid."""
        return {}

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What else the page of a record shows: ``ties`` is a list of (label, text, address)."""
        return {}

    # Addresses

    def get_urlpatterns(self) -> list[Any]:
        """The list, the list as a file, a new one, the page of each, and what happened to it."""
        views = [
            ("", self.index, "index"),
            ("uitvoer.<str:kind>", self.export, "export"),
            ("nieuw/", self.new, "new"),
            ("<uid:uid>/", self.one, "record"),
            ("<uid:uid>/geschiedenis/", self.history, "history"),
        ]
        return [path(route, require_admin_access(view), name=name) for route, view, name in views]

    # Views

    def index(self, request: HttpRequest) -> HttpResponse:
        """The list, searched and filtered by its address."""
        listing = self._listing(request)
        page = listing.page()
        context = {
            **self.head(request, str(self.title or self.model._meta.verbose_name_plural).capitalize()),
            "desk": self,
            "listing": listing,
            "page": page,
            "rows": [(self.address(one), listing.cells(one)) for one in page],
            "may_add": self.may_add(request),
            "export": reverse(self.get_url_name("export"), args=["csv"]).removesuffix("csv"),
        }
        return TemplateResponse(request, "desk/records/index.html", context)

    def _listing(self, request: HttpRequest) -> Listing:
        records = self.records(request)
        asked = {"columns": self.columns, "filters": self.filters, "searched": self.searched}
        return Listing(request, records, **asked, ready=self.ready)

    def ready(self, rows: list[Any]) -> None:
        """Look up in one go what the columns say of the rows of a page."""

    def export(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The same list as a file; the logbook says who took how many rows along."""
        make = {"csv": as_csv, "xlsx": as_sheet}.get(kind)
        if make is None:
            raise Http404
        listing = self._listing(request)
        lines = listing.lines()
        detail = {"rows": len(lines) - 1, "narrowed": listing.narrowed, "as": kind}
        logbook.write(f"desk.{self.name}.exported", self.name, by=request.user, detail=detail)
        return make(self.name, lines)

    def new(self, request: HttpRequest) -> HttpResponse:
        """A form for a new one."""
        if not self.may_add(request):
            self.records(request)
            raise PermissionDenied
        return self._edit(request, self.blank(request))

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One record: to change, or to read for who may not."""
        record = self.record(request, uid)
        if self.may_change(request, record):
            return self._edit(request, record)
        if request.method == "POST":
            raise PermissionDenied
        return self._page(request, record)

    def history(self, request: HttpRequest, uid: str) -> HttpResponse:
        """What happened to one record."""
        record = self.record(request, uid)
        context = {
            **self.head(request, _t("Geschiedenis: %(record)s") % {"record": record}),
            "back": self.address(record),
            "steps": history.steps(
                self.model,
                record.uid,
                reader=None if self.names_people(request, record) else request.user,
                labels=self.labels(request),
                words=self.reads_words(request, record),
            ),
        }
        return TemplateResponse(request, "desk/records/history.html", context)

    # Parts

    def _edit(self, request: HttpRequest, record: Any) -> HttpResponse:
        typed = Typed(request, self.place(record))
        if typed.thrown_away():
            return redirect(request.path)
        version, conflict = version_of(request), False
        if typed.asks_more():
            form: Any = typed.over(self.form(request, record))
            return self._page(request, record, form, {"typed": typed, "version_read": version})
        form = typed.over(self.form(request, record, typed.sent))
        if typed.sent is not None and form.is_valid():
            try:
                if saved := self._kept(request, record, form, version):
                    drafts.drop(place=typed.place, by=request.user)
                    messages.success(request, self.said(saved))
                    return redirect(self.address(saved))
            except Conflict:
                # Read again: what the other made of it is shown beside what was typed here.
                record, conflict = self.record(request, record.uid), True
                form.add_error(None, CONFLICT)
        differs = self._differs(request, record, form) if conflict else {}
        # What another kept meanwhile is told once this can be kept.
        read = version if typed.sent is not None and not conflict else None
        return self._page(request, record, form, {"typed": typed, "differs": differs, "version_read": read})

    def _kept(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """What was saved; None when it could not be, which the form then tells. Raises Conflict."""
        new = record._state.adding
        try:
            return self.save(request, record, form, version)
        except IntegrityError:
            # Nothing was saved: the database itself found that something is gone, at the very end.
            if new:
                record.pk, record._state.adding = None, True
            form.add_error(None, GONE)
        except ValidationError as error:
            form.add_error(None, error)
        return None

    def _differs(self, request: HttpRequest, record: Any, form: Any) -> dict[str, str]:
        """Per field what stands there now, where that is other than what was typed."""
        now = self.form(request, record)
        found = {}
        for name in form.fields:
            if str(now[name].value() or "") != str(form[name].value() or ""):
                found[name] = self.read(now, name) or _t("(leeg)")
        return found

    def read(self, form: Any, name: str) -> str:
        """What a field of a form says, in words."""
        value, field = form[name].value(), form.fields[name]
        choices = {str(key): str(label) for key, label in getattr(field, "choices", None) or () if key != ""}
        if choices:
            values = value if isinstance(value, list | tuple) else [value]
            return ", ".join(choices[key] for key in (str(getattr(one, "pk", one)) for one in values) if key in choices)
        return shown(value)

    def _page(self, request: HttpRequest, record: Any, form: Any = None, more: Any = None) -> HttpResponse:
        new = record._state.adding
        facts = [] if form else self._facts(request, record)
        first = str(self.new_title or _t("Nieuw: %(kind)s") % {"kind": self.model._meta.verbose_name})
        context = {
            **self.head(request, first if new else str(record)),
            "desk": self,
            "record": record,
            "form": form,
            "facts": facts,
            "index": reverse(self.get_url_name("index")),
            # Before the form filled the record in.
            "place": more["typed"].place if more and "typed" in more else self.place(record),
            "history_address": "" if new else reverse(self.get_url_name("history"), args=[record.uid]),
            **(more or {}),
            **({} if new else self.beside(request, record)),
        }
        if context.get("version_read") is None:
            context["version_read"] = getattr(record, "version", 0)
        return TemplateResponse(request, self.record_template, context)

    def _facts(self, request: HttpRequest, record: Any) -> list[tuple[Any, str]]:
        """For who may only read: the same fields as in the form."""
        form = self.form(request, record)
        said = [
            (form.fields[name].label, self.read(form, name)) for name in form.fields if name not in {"start", "end"}
        ]
        period = [(_t("periode"), record.period)] if isinstance(record, Dated) else []
        return [(label, text) for label, text in (*said, *period) if text]

    def place(self, record: Any) -> str:
        """The name under which what is typed here is kept; of a new one with what it is about."""
        if not record._state.adding:
            return f"{self.name}:{record.uid}"
        return ":".join([self.name, "nieuw", *self.about(record)])

    def about(self, record: Any) -> list[str]:
        """The uids in the address of a new one: what is typed for one is not put back at another."""
        return []

    def address(self, record: Any) -> str:
        """The page of a record."""
        return reverse(self.get_url_name("record"), args=[record.uid])

    def said(self, record: Any) -> str:
        """What is told after saving."""
        return _t("Bewaard: %(record)s.") % {"record": record}

    def head(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """What the head of a page shows."""
        return {"page_title": title, "header_title": title, "header_icon": self.icon}
