"""Sharing an organisation with another werkplaats that takes part with it too."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from werkplaats.core import clock, logbook
from werkplaats.core.action import action
from werkplaats.network.models import Partnership
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind, has_role, scopes_of


@action
def share(*, partnership: Partnership, by: Account) -> Partnership:
    """This werkplaats takes part with the organisation as well: it holds it from now on, beside who did.

    Raises PermissionDenied for who does not hold the organisation elsewhere, and is not of the national desk.
    """
    fresh: Partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    own, national = scopes_of(by, RoleKind.COORDINATOR), has_role(by, RoleKind.NATIONAL_EDITOR)
    if not Partnership.objects.shareable_by(own, national=national).filter(pk=fresh.pk).exists():
        raise PermissionDenied
    if fresh.shared_at is None:
        _keep(fresh, by, shared=True)
    return fresh


@action
def unshare(*, partnership: Partnership, by: Account) -> Partnership:
    """It was shared by mistake. Raises PermissionDenied for anyone but the national desk."""
    fresh: Partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not has_role(by, RoleKind.NATIONAL_EDITOR):
        raise PermissionDenied
    if fresh.shared_at is not None:
        _keep(fresh, by, shared=False)
    return fresh


def _keep(partnership: Partnership, by: Account, *, shared: bool) -> None:
    """Without another version: what its own werkplaats is typing meanwhile is about something else."""
    partnership.shared_at, partnership.shared_by = (clock.now(), by.uid) if shared else (None, "")
    partnership.save(update_fields=["shared_at", "shared_by"])
    verb = f"network.partnership.{'shared' if shared else 'unshared'}"
    logbook.write(verb, partnership.uid, by=by, detail={"organisation": partnership.organisation.uid})
