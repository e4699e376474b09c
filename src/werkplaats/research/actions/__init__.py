"""What people at the desk do with research."""

from werkplaats.research.actions.circles import save_circle, save_meeting
from werkplaats.research.actions.national import save_national_theme, save_theme_work
from werkplaats.research.actions.persons import forget_person
from werkplaats.research.actions.projects import save_project
from werkplaats.research.actions.results import approve_result, return_result, save_pilot, save_yield

__all__ = [
    "approve_result",
    "forget_person",
    "return_result",
    "save_circle",
    "save_meeting",
    "save_national_theme",
    "save_pilot",
    "save_project",
    "save_theme_work",
    "save_yield",
]
