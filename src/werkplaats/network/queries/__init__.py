"""Finding werkplaatsen, who leads them, whom they serve, who takes part."""

from werkplaats.network.queries.confirming import CheckQuerySet
from werkplaats.network.queries.funnel import Point, ends_of, funnel
from werkplaats.network.queries.joining import PartnershipQuerySet
from werkplaats.network.queries.likeness import Alike, Known, Look, known_as
from werkplaats.network.queries.merging import MergeQuerySet
from werkplaats.network.queries.organisations import OrganisationQuerySet
from werkplaats.network.queries.persons import ContactQuerySet, FunctionQuerySet
from werkplaats.network.queries.taking_part import ROLES_READ, RoleHeld, roles_of
from werkplaats.network.queries.werkplaatsen import (
    LeadershipQuerySet,
    TieQuerySet,
    WerkplaatsQuerySet,
    werkplaats_for,
)

__all__ = [
    "ROLES_READ",
    "Alike",
    "CheckQuerySet",
    "ContactQuerySet",
    "FunctionQuerySet",
    "Known",
    "LeadershipQuerySet",
    "Look",
    "MergeQuerySet",
    "OrganisationQuerySet",
    "PartnershipQuerySet",
    "Point",
    "RoleHeld",
    "TieQuerySet",
    "WerkplaatsQuerySet",
    "ends_of",
    "funnel",
    "known_as",
    "roles_of",
    "werkplaats_for",
]
