"""The library: finding publications, reading what is known of them, taking their files along and citing them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import Viewer
from werkplaats.core.dates import show
from werkplaats.library.exports import as_bibtex, as_csl, as_ris, as_text
from werkplaats.library.models import File, Publication, PublicationVersion
from werkplaats.library.rules import (
    LICENCE_IN_WORDS,
    Accessible,
    ContributorRole,
    Licence,
    PublicationKind,
)
from werkplaats.library.rules.cited import Cited
from werkplaats.people.rules import viewer_for
from werkplaats.site.filtering import listing
from werkplaats.site.templatetags.pages import localised, way_to_region
from werkplaats.site.tied import beside, named

# Address -> what makes it, what programs call it.
_FORMS = {
    "ris": (as_ris, "application/x-research-info-systems"),
    "bib": (as_bibtex, "application/x-bibtex"),
    "json": (as_csl, "application/vnd.citationstyles.csl+json"),
}
# What a library or a bookshop may have.
_IN_LIBRARIES = frozenset({
    PublicationKind.BOOK, PublicationKind.CHAPTER, PublicationKind.REPORT, PublicationKind.ARTICLE,
    PublicationKind.METHOD, PublicationKind.WORKBOOK,
})  # fmt: skip
# Whatever a file holds, it may do nothing.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def overview(request: HttpRequest) -> HttpResponse:
    """All publications, with facets."""
    facets = [
        ("publicatiesoort", _t("Soort")),
        ("thema", _t("Thema")),
        ("werkplaats", _t("Werkplaats")),
        ("jaar", _t("Jaar")),
        ("licentie", _t("Licentie")),
        ("taal", _t("Taal")),
    ]
    found = listing(request, kinds=frozenset({"publicatie"}), facets=facets, unseen=["hoofdthema"])
    return render(request, "site/library/overview.html", {"listing": found})


def with_slug(request: HttpRequest, uid: str, slug: str) -> HttpResponse:
    """Words behind the identifier are decoration."""
    return redirect("publication", uid=uid, permanent=True)


def detail(request: HttpRequest, uid: str) -> HttpResponse:
    """A publication as it is now, with its last version."""
    record = _found(request, uid)
    if not record.is_published:
        return _gone(request, record)
    editions = [one for one in record.versions.prefetch_related("files") if one.is_published]
    last = editions[-1] if editions else None
    context = _shown(request, record, last, editions, last.cited_today() if last else record.cited())
    viewer = viewer_for(request.user)
    entry = Entry.objects.visible_to(viewer).filter(uid=uid).first()
    context |= beside(entry, viewer) if entry else {}
    return render(request, "site/library/detail.html", context)


def version(request: HttpRequest, uid: str, number: int) -> HttpResponse:
    """One version as it was published, for ever."""
    record = _found(request, uid)
    editions = [one for one in record.versions.prefetch_related("files") if one.is_published]
    edition = next((one for one in editions if one.number == number), None)
    if edition is None:
        raise Http404
    if not record.is_published:
        return _gone(request, record)
    context = _shown(request, record, edition, editions, edition.cited())
    return render(request, "site/library/version.html", {**context, "newer": editions[-1].number > number})


@never_cache
def file(request: HttpRequest, uid: str, file: str) -> HttpResponseBase:
    """A file to save; 410 with the reason when it is no longer given, 403 with the day when it is not given yet."""
    record = _found(request, uid)
    rows = File.objects.filter(uid=file, version__publication=record).exclude(version__published_at=None)
    found = get_object_or_404(rows.select_related("version__publication"))
    if not record.is_published:
        return _gone(request, record)
    if found.withdrawn_at or record.under_embargo:
        status = 410 if found.withdrawn_at else 403
        return render(request, "site/library/not_given.html", {"record": record, "file": found}, status=status)
    try:
        content = found.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=found.filename, content_type=found.media_type)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def cite(request: HttpRequest, uid: str, form: str) -> HttpResponse:
    """A publication for a program that keeps literature; ``versie`` in the address: that version."""
    record = _found(request, uid)
    if form not in _FORMS:
        raise Http404
    if not record.is_published:
        return _gone(request, record)
    rows, asked = record.versions.exclude(published_at=None), request.GET.get("versie", "")
    if asked:
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
        cited = get_object_or_404(rows, number=number).cited()
    else:
        cited = last.cited_today() if (last := rows.last()) else record.cited()
    make, kind = _FORMS[form]
    response = HttpResponse(make(_absolute(request, cited)), content_type=f"{kind}; charset=utf-8")
    name = slugify(record.title)[:60] or "publicatie"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _found(request: HttpRequest, uid: str) -> Publication:
    """What was published, when this viewer may see it."""
    seen = Publication.objects.visible_to(viewer_for(request.user)).exclude(published_at=None)
    rows = seen.prefetch_related("contributors", "numbers", "werkplaatsen", "organisations", "themes")
    return get_object_or_404(rows, uid=uid)  # type: ignore[no-any-return]


def _gone(request: HttpRequest, record: Publication) -> HttpResponse:
    return render(request, "site/library/gone.html", {"record": record}, status=410)


def _absolute(request: HttpRequest, cited: Cited) -> Cited:
    return replace(cited, address=request.build_absolute_uri(cited.address))


def _shown(
    request: HttpRequest,
    record: Publication,
    edition: PublicationVersion | None,
    editions: list[PublicationVersion],
    cited: Cited,
) -> dict[str, Any]:
    """What the page of a publication and that of a version share."""
    whole = _absolute(request, cited)
    # Of a version with a day of its own that day, as it is cited.
    when = (edition.when if edition else "") or record.when
    return {
        "record": record,
        "when": when,
        "edition": edition,
        "editions": editions[::-1],
        "cited": whole,
        "makers": _makers(whole),
        "facts": _facts(record, cited, when, viewer_for(request.user)),
        "files": _files(record, edition),
        "line": as_text(whole),
        "citations": [
            (label, form, make(whole)) for label, form, make in (
                ("RIS", "ris", as_ris), ("BibTeX", "bib", as_bibtex), ("CSL-JSON", "json", as_csl),
            )
        ],
        "elsewhere": _elsewhere(record),
        "licence_words": LICENCE_IN_WORDS[Licence(record.licence)],
        "embargo": show(record.embargo_until, "dag") if record.under_embargo and record.embargo_until else "",
    }  # fmt: skip


def _elsewhere(record: Publication) -> str:
    """Where one may find what has no file here."""
    if record.kind in _IN_LIBRARIES:
        return _t("Met deze gegevens vindt u haar bij een bibliotheek of bij de uitgever.")
    if record.kind == PublicationKind.THESIS:
        return _t("Met deze gegevens vindt u haar bij de hogeschool of universiteit waar zij geschreven is.")
    if record.werkplaatsen.all():
        return _t("Vraag ernaar bij de werkplaats, of bij wie haar maakte.")
    return _t("Vraag ernaar bij wie haar maakte.")


def _files(record: Publication, edition: PublicationVersion | None) -> list[dict[str, Any]]:
    """The files of a version, with what there is to say of each."""
    found = []
    for one in edition.files.all() if edition else ():
        said = [one.in_words]
        if one.lang != record.lang:
            said.append(str(one.get_lang_display()))
        if one.accessible != Accessible.UNKNOWN:
            yes = one.accessible == Accessible.YES
            said.append(_t("nagekeken op toegankelijkheid") if yes else _t("niet goed toegankelijk"))
        url = f"{record.get_absolute_url()}bestand/{one.uid}/"
        given = not (one.withdrawn_at or record.under_embargo)
        found.append({"name": str(one), "said": ", ".join(said), "url": localised(url), "given": given, "file": one})
    return found


def _makers(cited: Cited) -> list[tuple[str, str, str]]:
    """(name, role, ORCID) in order."""
    return [
        (one.name if one.is_group else one.parts.plain, str(ContributorRole(one.role).label), one.orcid)
        for one in cited.makers
    ]


def _facts(record: Publication, cited: Cited, when: str, viewer: Viewer) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (_t("Soort"), str(record.get_kind_display()).capitalize()),
        (_t("Verschenen"), when or _t("datum onbekend")),
    ]
    inside = ", ".join(part for part in (cited.container, cited.volume, cited.issue) if part)
    published = ", ".join(part for part in (cited.publisher, cited.place) if part)
    for label, text in ((_t("Staat in"), inside), (_t("Uitgever"), published), (_t("Bladzijden"), cited.pages)):
        if text:
            facts.append((label, text))
    facts.append((_t("Taal"), str(record.get_lang_display())))
    if regions := list(record.werkplaatsen.all()):
        facts.append((_t("Werkplaats"), [way_to_region(one) for one in regions]))
    if organisations := list(record.organisations.all()):
        pages = named([one.uid for one in organisations], viewer)
        shown = [(one.name, localised(pages[one.uid][1]) if one.uid in pages else "") for one in organisations]
        facts.append((_t("Organisaties"), shown))
    if themes := list(record.themes.all()):
        facts.append((_t("Thema's"), [(one.name, localised(f"/bibliotheek/?thema={one.uid}")) for one in themes]))
    # Shown as text: a link leads there only when someone follows it.
    numbers = [(str(one), one.web_address) for one in record.numbers.all()]
    return [*facts, (_t("Nummers"), numbers)] if numbers else facts
