"""Holding a row while what is known of it is looked at, so that two who look at once do not both find nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.network.models import Organisation
from werkplaats.people.models import Person


def hold_organisation(key: int) -> None:
    """Until the transaction ends nobody else says where this organisation takes part.

    Before the partnership itself, always: who holds two in another order waits for ever. Raises ValidationError when
    it is there no longer.
    """
    # Its key stays as it is, so what points at it may be written meanwhile. SQLite has one writer at a time.
    if Organisation.objects.select_for_update(no_key=True).filter(pk=key).first() is None:
        raise ValidationError(_t("Deze organisatie is er niet meer; zij ging op in een andere. Kies haar opnieuw."))


def hold_person(key: int) -> None:
    """Until the transaction ends nobody else says where this person works. Raises ValidationError when erased."""
    if Person.objects.select_for_update(no_key=True).filter(pk=key, erased_at=None).first() is None:
        raise ValidationError(_t("Deze persoon is intussen gewist."))
