"""The network: werkplaatsen, the organisations in them, areas, phases and grants."""

from werkplaats.network.models.campaigns import Campaign, Consultation
from werkplaats.network.models.confirming import Check
from werkplaats.network.models.joining import Agreement, Partnership, StageChange
from werkplaats.network.models.merging import Merge
from werkplaats.network.models.money import Grant, Phase, PhaseGoal
from werkplaats.network.models.national import BodyMeeting, NationalBody
from werkplaats.network.models.organisations import Identifier, NotTheSame, Organisation
from werkplaats.network.models.persons import Contact, Function
from werkplaats.network.models.werkplaatsen import FormerAddress, FormerName, Leadership, ServiceArea, Werkplaats

__all__ = [
    "Agreement",
    "BodyMeeting",
    "Campaign",
    "Check",
    "Consultation",
    "Contact",
    "FormerAddress",
    "FormerName",
    "Function",
    "Grant",
    "Identifier",
    "Leadership",
    "Merge",
    "NationalBody",
    "NotTheSame",
    "Organisation",
    "Partnership",
    "Phase",
    "PhaseGoal",
    "ServiceArea",
    "StageChange",
    "Werkplaats",
]
