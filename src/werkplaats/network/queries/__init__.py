"""Finding werkplaatsen, who leads them, whom they serve, who takes part."""

from werkplaats.network.queries.joining import PartnershipQuerySet
from werkplaats.network.queries.organisations import OrganisationQuerySet
from werkplaats.network.queries.persons import ContactQuerySet, FunctionQuerySet
from werkplaats.network.queries.werkplaatsen import WerkplaatsQuerySet, werkplaats_for

__all__ = [
    "ContactQuerySet",
    "FunctionQuerySet",
    "OrganisationQuerySet",
    "PartnershipQuerySet",
    "WerkplaatsQuerySet",
    "werkplaats_for",
]
