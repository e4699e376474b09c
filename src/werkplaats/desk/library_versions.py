"""Versions of publications and their files, on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from werkplaats.core.versions import Conflict
from werkplaats.desk.viewsets import CONFLICT, DeskViewSet, version_of
from werkplaats.library import actions, rules
from werkplaats.library.exports import as_text
from werkplaats.library.forms import FileForm, NewFileForm, VersionForm
from werkplaats.library.models import File, Publication, PublicationVersion

# Whatever a file holds, it may do nothing.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def addresses(desk: DeskViewSet) -> list[tuple[str, Any, str]]:
    """Of versions and files, below that of their publication."""
    part = Parts(desk)
    return [
        ("<uid:uid>/versie/<int:number>/", part.version, "version"),
        ("<uid:uid>/versie/<int:number>/bestand/", part.new_file, "new-file"),
        ("<uid:uid>/bestand/<uid:file>/", part.file, "file"),
        ("<uid:uid>/bestand/<uid:file>/openen/", never_cache(part.open), "open-file"),
    ]


def rows(desk: DeskViewSet, record: Publication, changes: bool, withdraws: bool) -> list[dict[str, Any]]:
    """The versions of a publication, the last first, with their files and where these are changed."""

    def file_address(file: File) -> str:
        return reverse(desk.get_url_name("file"), args=[record.uid, file.uid])

    found = []
    for edition in record.versions.prefetch_related("files").order_by("-number"):
        own = changes and not edition.is_published
        other = own or (withdraws and edition.is_published)
        at = [record.uid, edition.number]
        found.append({
            "edition": edition,
            "address": reverse(desk.get_url_name("version"), args=at) if own else "",
            "add": reverse(desk.get_url_name("new-file"), args=at) if own else "",
            "files": [
                {
                    "file": one,
                    "open": not one.is_wiped and (withdraws or not one.withdrawn_at),
                    "address": file_address(one) if other and not one.is_wiped else "",
                }
                for one in edition.files.all()
            ],
        })  # fmt: skip
    return found


def cited_as(request: HttpRequest, record: Publication) -> str:
    """How it will stand in a list of literature, so that a wrong name is seen."""
    cited = record.cited()
    return as_text(replace(cited, address=request.build_absolute_uri(cited.address)))


class Parts:
    """The views on versions and files of the publications that a desk shows."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk

    def version(self, request: HttpRequest, uid: str, number: int) -> HttpResponse:
        """What is told of a version that is not on the site yet."""
        record, edition = self._found(request, uid, number=number)
        form = VersionForm(_sent(request), instance=edition)
        common = {"version": version_of(request), "by": request.user}

        def keep() -> Any:
            fresh = PublicationVersion.objects.get(pk=edition.pk)
            if request.POST.get("wat") == "vervalt":
                return actions.remove_version(edition=fresh, **common)
            return actions.save_version(edition=fresh, values=form.values(), **common)

        title = _t("Versie %(number)d: %(record)s") % {"number": number, "record": record}
        removable = record.versions.count() > 1 and _t("Gooi deze versie weg")
        return self._form(request, record, form, keep, title=title, removable=removable)

    def new_file(self, request: HttpRequest, uid: str, number: int) -> HttpResponse:
        """A file for it."""
        record, edition = self._found(request, uid, number=number)
        form = NewFileForm(_sent(request), request.FILES or None, instance=File(version=edition, lang=record.lang))

        def keep() -> Any:
            values, file = form.values(), form.cleaned_data["upload"]
            common = {"version": version_of(request), "by": request.user}
            return actions.add_file(edition=edition, file=file, values=values, **common)

        title = _t("Bestand toevoegen aan %(record)s") % {"record": record}
        return self._form(request, record, form, keep, title=title)

    def file(self, request: HttpRequest, uid: str, file: str) -> HttpResponse:
        """What is told of a file; taken out of a draft, or no longer given when it is on the site."""
        record = self.desk.record(request, uid)
        found = self._file(record, file)
        out, changes = found.version.is_published, self.desk.may_change(request, record)
        withdraws = out and rules.can_withdraw(request.user, record.regions)
        asked = request.POST.get("wat", "")
        if found.is_wiped or not (
            withdraws if asked == "intrekken" else changes or (request.method == "GET" and withdraws)
        ):
            raise PermissionDenied
        form, fresh = FileForm(_sent(request), instance=found), File.objects.get(pk=found.pk)
        common = {"version": version_of(request), "by": request.user}

        def keep() -> Any:
            if asked == "vervalt":
                return actions.remove_file(file=fresh, **common)
            if asked == "intrekken":
                reason, wipe = request.POST.get("reden", "")[:300], request.POST.get("wissen") == "ja"
                return actions.withdraw_file(file=fresh, reason=reason, wipe=wipe, **common)
            return actions.save_file(file=fresh, values=form.values(), **common)

        removable = "" if out else _t("Haal dit bestand weg")
        more = {"file": found, "withdrawable": withdraws}
        return self._form(request, record, form, keep, title=str(found), removable=removable, **more)

    def open(self, request: HttpRequest, uid: str, file: str) -> FileResponse:
        """The file itself, to save: for who may see the publication here; a withdrawn one for who withdraws."""
        record = self.desk.record(request, uid)
        found = self._file(record, file)
        if found.is_wiped:
            raise Http404
        if found.withdrawn_at and not rules.can_withdraw(request.user, record.regions):
            raise PermissionDenied
        try:
            content = found.file.open("rb")
        except OSError:
            raise Http404 from None
        response = FileResponse(content, as_attachment=True, filename=found.filename, content_type=found.media_type)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    # Parts

    def _found(self, request: HttpRequest, uid: str, *, number: int) -> tuple[Publication, PublicationVersion]:
        """A version that this account may change."""
        record = self.desk.record(request, uid)
        edition = record.versions.filter(number=number).first()
        if edition is None:
            raise Http404
        if edition.is_published or not self.desk.may_change(request, record):
            raise PermissionDenied
        return record, edition

    def _file(self, record: Publication, uid: str) -> File:
        found = File.objects.filter(version__publication=record, uid=uid).select_related("version__publication").first()
        if found is None:
            raise Http404
        return found

    def _form(
        self, request: HttpRequest, record: Publication, form: Any, keep: Callable[[], Any], *, title: str,
        removable: Any = "", **more: Any,
    ) -> HttpResponse:  # fmt: skip
        """Show the form; keep what was sent when it can be, else say why."""
        other = request.POST.get("wat") in {"vervalt", "intrekken"}
        version = version_of(request) if request.method == "POST" else record.version
        if request.method == "POST" and (other or form.is_valid()):
            try:
                keep()
                messages.success(request, _t("Bewaard: %(record)s.") % {"record": record})
                return redirect(self.desk.address(record))
            except Conflict:
                form.add_error(None, CONFLICT)
                version = self.desk.record(request, record.uid).version
            except ValidationError as error:
                form.add_error(None, error.messages)
        context = {
            **self.desk.head(request, title), "back": self.desk.address(record), "record": record, "form": form,
            "version": version, "removable": removable, "typed_reason": request.POST.get("reden", ""),
            "typed_wipe": request.POST.get("wissen") == "ja", **more,
        }  # fmt: skip
        return TemplateResponse(request, "desk/library/part.html", context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
