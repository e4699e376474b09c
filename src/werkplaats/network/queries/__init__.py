"""Finding werkplaatsen, who leads them, whom they serve, who takes part."""

from werkplaats.network.queries.funnel import Point, ends_of, funnel
from werkplaats.network.queries.joining import PartnershipQuerySet
from werkplaats.network.queries.organisations import OrganisationQuerySet
from werkplaats.network.queries.werkplaatsen import WerkplaatsQuerySet, werkplaats_for

__all__ = [
    "OrganisationQuerySet",
    "PartnershipQuerySet",
    "Point",
    "WerkplaatsQuerySet",
    "ends_of",
    "funnel",
    "werkplaats_for",
]
