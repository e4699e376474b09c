"""Keeping organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import (
    Identifier,
    NotTheSame,
    Organisation,
)
from werkplaats.people.models import Account

Values = Mapping[str, Any]


@action
def save_organisation(
    *, organisation: Organisation, values: Values, numbers: Mapping[str, str], version: int = 0, by: Actor
) -> Organisation:
    """Keep a new organisation or what was changed of one; ``numbers``: register -> number, "" for none.

    A name it loses becomes a former name. Raises Conflict, and ValidationError for a number that is another's.
    """
    known = {row.scheme: row.value for row in organisation.identifiers.all()} if organisation.pk else {}
    changed = {scheme: value for scheme, value in numbers.items() if known.get(scheme, "") != value}
    before = Organisation.objects.filter(pk=organisation.pk).values_list("name", flat=True).first()
    if before and before != values["name"]:
        values = {**values, "former": list(dict.fromkeys([*values["former"], before]))}
    # Where it is known from may be a talk, and everyone who may find it reads its history.
    common: Values = {"verb": "network.organisation", "private": ("source",), "by": by}
    kept = versions.save(organisation, values, version=version, also=bool(changed), **common)
    if changed:
        _number(kept, changed)
        detail = {"before": {name: known.get(name, "") for name in changed}, "after": changed}
        logbook.write("network.organisation.numbered", kept.uid, by=by, detail=detail)
    return kept


@action
def tell_apart(*, one: str, other: str, by: Actor) -> None:
    """These two organisations (uids) are not the same, though they look it: nobody is asked about them again."""
    first, second = sorted((one, other))
    account = by if isinstance(by, Account) else None
    _row, new = NotTheSame.objects.get_or_create(first=first, second=second, defaults={"account": account})
    if new:
        logbook.write("network.organisation.told_apart", first, by=by, detail={"other": second})


def _number(organisation: Organisation, numbers: Mapping[str, str]) -> None:
    for scheme, value in numbers.items():
        other = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).first()
        if value and other:
            raise ValidationError({scheme: _t("Dit nummer is al van een andere organisatie.")})
        organisation.identifiers.filter(scheme=scheme).delete()
        if value:
            organisation.identifiers.create(scheme=scheme, value=value)
