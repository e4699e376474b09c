"""What people at the desk change of the network. Files are read in by ``imports``."""

from werkplaats.network.actions.campaigns import save_campaign, save_consultation
from werkplaats.network.actions.joining import (
    change_stage,
    correct_step,
    look_over,
    remove_step,
    save_agreement,
    save_partnership,
)
from werkplaats.network.actions.money import save_goal, save_grant, save_phase
from werkplaats.network.actions.national import save_body, save_meeting
from werkplaats.network.actions.organisations import save_organisation
from werkplaats.network.actions.werkplaatsen import add_area, end_area, save_leadership, save_werkplaats

__all__ = [
    "add_area",
    "change_stage",
    "correct_step",
    "end_area",
    "look_over",
    "remove_step",
    "save_agreement",
    "save_body",
    "save_campaign",
    "save_consultation",
    "save_goal",
    "save_grant",
    "save_leadership",
    "save_meeting",
    "save_organisation",
    "save_partnership",
    "save_phase",
    "save_werkplaats",
]
