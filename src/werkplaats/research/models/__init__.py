"""Projects, learning groups, pilots, what they yield, and national themes."""

from werkplaats.research.models.circles import Circle, CircleMeeting, CircleMember, CirclePartner, MeetingStep
from werkplaats.research.models.national import NationalTheme, ThemeWork
from werkplaats.research.models.pilots import Pilot, PilotPartner
from werkplaats.research.models.projects import Project, ProjectPartner
from werkplaats.research.models.yields import Yield, YieldPartner

__all__ = [
    "Circle",
    "CircleMeeting",
    "CircleMember",
    "CirclePartner",
    "MeetingStep",
    "NationalTheme",
    "Pilot",
    "PilotPartner",
    "Project",
    "ProjectPartner",
    "ThemeWork",
    "Yield",
    "YieldPartner",
]
