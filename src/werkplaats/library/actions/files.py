"""The files of a version: added and changed before it is published, withdrawn after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.library.models import File, Publication, PublicationVersion

Values = Mapping[str, Any]


@action
def add_file(*, edition: PublicationVersion, file: Any, values: Values, version: int, by: Actor) -> File:
    """Add a file to a version that is not published yet. ``version``: of the publication.

    Raises Conflict, and ValidationError for a file that cannot be kept (see ``rules.files``).
    """
    edition.publication.refuse_while_read()
    fresh = versions.locked(edition.publication, version)
    edition.refuse_when_published()
    made = File(version=edition, position=edition.files.count() + 1, file=file, **values)
    made.save()
    fresh.keep_changed(by.uid)
    detail = {"after": {"file": made.uid, "kind": made.kind, "size": made.size, "sha256": made.sha256}}
    logbook.write("library.publication.file_added", fresh.uid, by=by, detail=detail)
    return made


@action
def save_file(*, file: File, values: Values, version: int, by: Actor) -> File:
    """Keep what is told of a file, also of one that is on the site: the file itself stays. Raises Conflict."""
    file.version.publication.refuse_while_read()
    fresh = versions.locked(file.version.publication, version)
    found = File.objects.get(pk=file.pk)
    before = versions.state(found, values)
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    fresh.keep_changed(by.uid)
    detail = versions.difference(before, versions.state(found, values), versions.words(File))
    logbook.write("library.publication.file_changed", fresh.uid, by=by, detail=detail)
    return found


@action
def remove_file(*, file: File, version: int, by: Actor) -> Publication:
    """Take a file out of a version that was never published. Raises Conflict, and ValidationError when it was."""
    file.version.publication.refuse_while_read()
    fresh = versions.locked(file.version.publication, version)
    file.version.refuse_when_published()
    logbook.write("library.publication.file_removed", fresh.uid, by=by, detail={"before": {"file": file.uid}})
    File.remove_from_disk([file])
    File.objects.filter(pk=file.pk).delete()
    fresh.keep_changed(by.uid)
    return fresh


@action
def withdraw_file(*, file: File, reason: str, wipe: bool = False, version: int, by: Actor) -> File:
    """A published file is no longer given; that it was there, and why it went, stays. Raises Conflict.

    ``wipe``: it also goes from the disk, for good; its name goes and its hash stays. That may follow later.
    """
    if not reason.strip():
        raise ValidationError(_t("Zeg waarom dit bestand niet meer gegeven wordt. Wie het zoekt, leest dat."))
    fresh = versions.locked(file.version.publication, version)
    found = File.objects.get(pk=file.pk)
    found.withdrawn_at, found.withdrawn_reason = found.withdrawn_at or clock.now(), reason.strip()
    detail = {"file": found.uid, "reason": found.withdrawn_reason}
    if wipe and not found.is_wiped:
        found.wipe()
        detail["sha256"] = found.sha256
    found.save()
    fresh.save()
    done = "file_wiped" if wipe else "file_withdrawn"
    logbook.write(f"library.publication.{done}", fresh.uid, by=by, detail=detail)
    return found
