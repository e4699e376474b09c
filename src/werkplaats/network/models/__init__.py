"""The network: werkplaatsen, the organisations in them, areas, phases and grants."""

from werkplaats.network.models.campaigns import Campaign, Consultation
from werkplaats.network.models.joining import Agreement, Partnership, StageChange
from werkplaats.network.models.money import Grant, Phase, PhaseGoal
from werkplaats.network.models.national import BodyMeeting, NationalBody
from werkplaats.network.models.organisations import Identifier, Organisation
from werkplaats.network.models.werkplaatsen import FormerName, Leadership, ServiceArea, Werkplaats

__all__ = [
    "Agreement",
    "BodyMeeting",
    "Campaign",
    "Consultation",
    "FormerName",
    "Grant",
    "Identifier",
    "Leadership",
    "NationalBody",
    "Organisation",
    "Partnership",
    "Phase",
    "PhaseGoal",
    "ServiceArea",
    "StageChange",
    "Werkplaats",
]
