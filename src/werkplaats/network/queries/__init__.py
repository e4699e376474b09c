"""Finding werkplaatsen, who leads them, whom they serve, who takes part."""

from werkplaats.network.queries.confirming import CheckQuerySet
from werkplaats.network.queries.funnel import Point, ends_of, funnel
from werkplaats.network.queries.joining import PartnershipQuerySet
from werkplaats.network.queries.likeness import Alike, Known, Look, known_as
from werkplaats.network.queries.merging import MergeQuerySet
from werkplaats.network.queries.organisations import OrganisationQuerySet
from werkplaats.network.queries.persons import ContactQuerySet, FunctionQuerySet
from werkplaats.network.queries.ties import TIES, Tie, ties_of
from werkplaats.network.queries.werkplaatsen import WerkplaatsQuerySet, werkplaats_for

__all__ = [
    "TIES",
    "Alike",
    "CheckQuerySet",
    "ContactQuerySet",
    "FunctionQuerySet",
    "Known",
    "Look",
    "MergeQuerySet",
    "OrganisationQuerySet",
    "PartnershipQuerySet",
    "Point",
    "Tie",
    "WerkplaatsQuerySet",
    "ends_of",
    "funnel",
    "known_as",
    "ties_of",
    "werkplaats_for",
]
