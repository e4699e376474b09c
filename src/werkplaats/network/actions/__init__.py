"""What people at the desk change of the network. Files are read in by ``imports``."""

from werkplaats.network.actions.campaigns import save_campaign, save_consultation
from werkplaats.network.actions.confirming import NotOpen, answer_check, ask_to_check, close_checks, decide_check
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
from werkplaats.network.actions.organisations import save_organisation, tell_apart
from werkplaats.network.actions.persons import forget_person, note_change, save_contact, save_function
from werkplaats.network.actions.sharing import share, unshare
from werkplaats.network.actions.werkplaatsen import add_area, end_area, save_leadership, save_werkplaats

__all__ = [
    "NotOpen",
    "add_area",
    "answer_check",
    "ask_to_check",
    "change_stage",
    "close_checks",
    "correct_step",
    "decide_check",
    "end_area",
    "forget_person",
    "look_over",
    "note_change",
    "remove_step",
    "save_agreement",
    "save_body",
    "save_campaign",
    "save_consultation",
    "save_contact",
    "save_function",
    "save_goal",
    "save_grant",
    "save_leadership",
    "save_meeting",
    "save_organisation",
    "save_partnership",
    "save_phase",
    "save_werkplaats",
    "share",
    "tell_apart",
    "unshare",
]
