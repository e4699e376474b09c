"""The network: werkplaatsen, the organisations in them, areas, phases and grants."""

from werkplaats.network.models.confirming import Check
from werkplaats.network.models.joining import Partnership
from werkplaats.network.models.merging import Merge
from werkplaats.network.models.money import Grant, Phase
from werkplaats.network.models.organisations import Identifier, NotTheSame, Organisation
from werkplaats.network.models.persons import Contact, Function
from werkplaats.network.models.werkplaatsen import FormerName, Leadership, ServiceArea, Werkplaats

__all__ = [
    "Check",
    "Contact",
    "FormerName",
    "Function",
    "Grant",
    "Identifier",
    "Leadership",
    "Merge",
    "NotTheSame",
    "Organisation",
    "Partnership",
    "Phase",
    "ServiceArea",
    "Werkplaats",
]
