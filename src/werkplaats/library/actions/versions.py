"""Versions of publications: a new one is made, told about, and read by a second person before it is on the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.library.models import File, Publication, PublicationVersion


@action
def add_version(*, publication: Publication, version: int, by: Actor) -> PublicationVersion:
    """Begin a next version, without files. Raises Conflict, and ValidationError while the last is not published."""
    publication.refuse_while_read()
    fresh = versions.locked(publication, version)
    last = fresh.versions.last()
    if last and not last.is_published:
        raise ValidationError(_t("De laatste versie staat nog niet op de site. Maak die eerst af."))
    made = fresh.versions.create(number=last.number + 1 if last else 1)
    fresh.keep_changed(by.uid)
    logbook.write("library.publication.version_added", fresh.uid, by=by, detail={"after": {"number": made.number}})
    return made


@action
def save_version(*, edition: PublicationVersion, values: Mapping[str, Any], version: int, by: Actor) -> Publication:
    """Keep what is told of a version that is not published yet. ``version``: of the publication. Raises Conflict."""
    edition.publication.refuse_while_read()
    fresh = versions.locked(edition.publication, version)
    edition.refuse_when_published()
    before = versions.state(edition, values)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save()
    fresh.keep_changed(by.uid)
    # Its words are told on the site once it is published, and the logbook may not run ahead of that.
    private = versions.words(PublicationVersion)
    detail = versions.difference(before, versions.state(edition, values), private)
    logbook.write("library.publication.version_changed", fresh.uid, by=by, detail=detail)
    return fresh


@action
def remove_version(*, edition: PublicationVersion, version: int, by: Actor) -> Publication:
    """Throw away a version that was never published. Raises Conflict, and ValidationError for the only one."""
    edition.publication.refuse_while_read()
    fresh = versions.locked(edition.publication, version)
    edition.refuse_when_published()
    if fresh.versions.count() < 2:
        raise ValidationError(_t("Dit is de enige versie. Gooi de hele publicatie weg, of verbeter deze versie."))
    detail = {"before": {"number": edition.number}}
    logbook.write("library.publication.version_removed", fresh.uid, by=by, detail=detail)
    File.remove_from_disk(edition.files.all())
    edition.delete()
    fresh.keep_changed(by.uid)
    return fresh
