"""Pictures and documents that people uploaded. Nothing of theirs is shown within the browser but safe pictures."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from wagtail.permissions import policy_registry

from werkplaats.news.models import Paper
from werkplaats.news.queries import desks_of

_NAME = re.compile(r"[\w.-]{1,200}\.(webp|jpg|png)", re.ASCII)
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
# Whatever a file holds, it may do nothing.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A picture in one size. Its name cannot be guessed, and is another when the picture is."""
    found = _NAME.fullmatch(name)
    if not found:
        raise Http404
    try:
        file = default_storage.open(f"renditions/{name}")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type=_TYPES[found[1]])
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
def document(request: HttpRequest, uid: str) -> FileResponse:
    """A document, to save: for anyone while a page on the site shows it, else for who may choose it at the desk."""
    paper = get_object_or_404(Paper, uid=uid)
    if not Paper.objects.on_the_site().filter(pk=paper.pk).exists() and not _may_choose(request, paper):
        raise Http404
    try:
        file = paper.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=paper.filename, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _may_choose(request: HttpRequest, paper: Paper) -> bool:
    if not request.user.is_authenticated or not desks_of(request.user):
        return False
    mine = policy_registry.get_by_type(Paper).instances_user_has_any_permission_for(request.user, ["choose"])
    return bool(mine.filter(pk=paper.pk).exists())
