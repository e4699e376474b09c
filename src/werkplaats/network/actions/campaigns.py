"""Keeping campaigns and the consultations that these used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkplaats.core import touched, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import Campaign, Consultation

Values = Mapping[str, Any]


@action
def save_campaign(*, campaign: Campaign, values: Values, version: int = 0, by: Actor) -> Campaign:
    """Keep a new campaign or what was changed of one. Raises Conflict."""
    before = Campaign.objects.filter(pk=campaign.pk).select_related("organisation").first()
    if before:
        # Who led it until now may be named nowhere any more.
        touched.mark([before.organisation.uid])
    return versions.save(campaign, values, version=version, verb="network.campaign", by=by)


@action
def save_consultation(*, consultation: Consultation, values: Values, version: int = 0, by: Actor) -> Consultation:
    """Keep a new consultation or what was changed of one. Raises Conflict."""
    # What was said there may be about people and parties.
    private = ("brought",)
    return versions.save(consultation, values, version=version, verb="network.consultation", by=by, private=private)
