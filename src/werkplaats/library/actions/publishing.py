"""Publishing takes two: one puts it forward, another reads it and publishes it or sends it back."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.library.models import Publication, PublicationVersion
from werkplaats.library.rules import State, sooner, wider_than


@action
def put_forward(*, publication: Publication, version: int, by: Actor) -> Publication:
    """Ask a second person to read it. Raises Conflict, and ValidationError when there is nothing to read or give."""
    fresh = versions.locked(publication, version)
    if fresh.waits:
        raise ValidationError(_t("Deze publicatie wordt al tegengelezen."))
    last = fresh.versions.last()
    new_version = last is not None and not last.is_published
    if fresh.state == State.PUBLISHED and not new_version:
        raise ValidationError(_t("Deze publicatie staat al op de site. Maak een nieuwe versie als er iets anders is."))
    if new_version and last.number > 1 and not last.files.exists():
        raise ValidationError(_t("De nieuwe versie heeft nog geen bestand. Voeg het toe en draag haar dan voor."))
    fresh.put_forward_at, fresh.put_forward_by, fresh.sent_back = clock.now(), by.uid, ""
    if fresh.state == State.DRAFT:
        fresh.state = State.READING
    fresh.save()
    logbook.write("library.publication.put_forward", fresh.uid, by=by)
    return fresh


@action
def ask_wider(
    *, publication: Publication, visibility: str, embargo_until: date | None, version: int, by: Actor
) -> Publication:
    """Ask a second person to let more people have what is on the site, or to give its files sooner.

    Raises Conflict, and ValidationError when this lets nobody in who is not in already.
    """
    fresh = versions.locked(publication, version)
    if fresh.waits:
        raise ValidationError(_t("Deze publicatie wordt al tegengelezen."))
    if not fresh.is_published:
        raise ValidationError(_t("Deze publicatie staat niet op de site. Wijzig haar en draag haar voor."))
    more = visibility in wider_than(fresh.visibility)
    if not (more or visibility == fresh.visibility) or sooner(embargo_until, fresh.embargo_until, clock.today()):
        raise ValidationError(_t("Minder mensen toelaten kunt u alleen: wijzig het bij de gegevens."))
    if not more and not sooner(fresh.embargo_until, embargo_until, clock.today()):
        raise ValidationError(_t("Dit is niet ruimer dan het nu is. Kies voor wie het erbij komt, of een eerdere dag."))
    asked = {"visibility": visibility, "embargo_until": embargo_until.isoformat() if embargo_until else None}
    fresh.wider, fresh.sent_back = asked, ""
    fresh.put_forward_at, fresh.put_forward_by = clock.now(), by.uid
    fresh.save()
    logbook.write("library.publication.wider_asked", fresh.uid, by=by, detail={"after": asked})
    return fresh


@action
def send_back(*, publication: Publication, reason: str, version: int, by: Actor) -> Publication:
    """It is not published yet, and why; or who put it forward takes it back. Raises Conflict."""
    fresh = versions.locked(publication, version)
    if not fresh.waits:
        raise ValidationError(_t("Deze publicatie wacht niet meer. Iemand was u voor."))
    if by.uid != fresh.put_forward_by and not reason.strip():
        raise ValidationError(_t("Zeg wat er nog anders moet. Wie de publicatie voordroeg, leest dat."))
    _no_longer_waits(fresh)
    fresh.sent_back = reason.strip()
    if fresh.state == State.READING:
        fresh.state = State.DRAFT
    fresh.save()
    logbook.write("library.publication.sent_back", fresh.uid, by=by)
    return fresh


@action
def publish_publication(*, publication: Publication, version: int, by: Actor) -> Publication:
    """Publish what was put forward: the publication, and its new version if there is one.

    Raises Conflict; ValidationError when it does not wait; PermissionDenied for who put it forward or changed it last.
    """
    fresh = versions.locked(publication, version)
    if not fresh.waits:
        raise ValidationError(_t("Deze publicatie wacht niet meer. Iemand was u voor."))
    if by.uid in fresh.involved:
        raise PermissionDenied(_t("Wie een publicatie voordroeg of het laatst wijzigde, publiceert haar niet zelf."))
    return _let_in(fresh, by) if fresh.wider else _publish(fresh, "published", by)


def _let_in(publication: Publication, by: Actor) -> Publication:
    """More people may have it from now on; a new version that somebody works on stays where it is."""
    before = versions.state(publication, ("visibility", "embargo_until"))
    day = publication.wider["embargo_until"]
    publication.visibility, publication.embargo_until = publication.wider["visibility"], day and date.fromisoformat(day)
    _no_longer_waits(publication)
    publication.save()
    detail = logbook.changed(before, versions.state(publication, before))
    logbook.write("library.publication.widened", publication.uid, by=by, detail=detail)
    return publication


@action
def bring_in(*, publication: Publication, by: Actor) -> Publication:
    """Publish what was public long before it stood here, and is read in from a file: nobody reads it again."""
    fresh = versions.locked(publication, publication.version)
    return _publish(fresh, "imported", by)


@action
def withdraw_publication(*, publication: Publication, reason: str, version: int, by: Actor) -> Publication:
    """Take it off the site; its address tells that and why. Raises Conflict, and ValidationError without a reason."""
    fresh = versions.locked(publication, version)
    if fresh.state != State.PUBLISHED:
        raise ValidationError(_t("Deze publicatie staat niet op de site."))
    if not reason.strip():
        raise ValidationError(_t("Zeg waarom u deze publicatie intrekt. Wie haar adres opent, leest dat."))
    fresh.state, fresh.withdrawn_at, fresh.withdrawn_reason = State.WITHDRAWN, clock.now(), reason.strip()
    _no_longer_waits(fresh)
    fresh.save()
    logbook.write("library.publication.withdrawn", fresh.uid, by=by, detail={"reason": fresh.withdrawn_reason})
    return fresh


def _publish(publication: Publication, done: str, by: Actor) -> Publication:
    now = clock.now()
    last: PublicationVersion | None = publication.versions.last()
    _no_longer_waits(publication)
    publication.state, publication.sent_back = State.PUBLISHED, ""
    publication.published_at = publication.published_at or now
    publication.withdrawn_at, publication.withdrawn_reason = None, ""
    publication.save()
    number = last.number if last else 0
    if last and not last.is_published:
        last.published_at, last.published_by = now, by.uid
        last.said = last.cited().as_plain()
        last.save()
    logbook.write(f"library.publication.{done}", publication.uid, by=by, detail={"after": {"number": number}})
    return publication


def _no_longer_waits(publication: Publication) -> None:
    publication.put_forward_at, publication.put_forward_by, publication.wider = None, "", {}
