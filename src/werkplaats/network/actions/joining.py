"""Keeping who takes part where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import (
    Partnership,
)

Values = Mapping[str, Any]


@action
def save_partnership(*, partnership: Partnership, values: Values, version: int = 0, by: Actor) -> Partnership:
    """Keep a new partnership or what was changed of one. Raises Conflict.

    Raises ValidationError when the organisation takes part in the werkplaats twice at the same time.
    """
    organisation = values.get("organisation") or partnership.organisation
    others = Partnership.objects.filter(werkplaats=partnership.werkplaats, organisation=organisation)
    for other in others.exclude(pk=partnership.pk):
        starts_before_end = values["valid_to"] is None or other.valid_from < values["valid_to"]
        if starts_before_end and (other.valid_to is None or other.valid_to > values["valid_from"]):
            words = {"period": other.period}
            raise ValidationError(_t("Deze organisatie doet al mee (%(period)s). Wijzig die samenwerking.") % words)
    # What a region writes about a partner is that region's; the beheerder reads the whole logbook.
    private = ("seeks", "brings")
    return versions.save(partnership, values, version=version, verb="network.partnership", by=by, private=private)
