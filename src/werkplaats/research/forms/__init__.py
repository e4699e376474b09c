"""Clean input about research: what people change at the desk."""

from werkplaats.research.forms.circles import CircleForm, MeetingForm
from werkplaats.research.forms.national import NationalThemeForm, ThemeWorkForm
from werkplaats.research.forms.projects import ProjectForm
from werkplaats.research.forms.results import PilotForm, ReturnForm, YieldForm

__all__ = [
    "CircleForm",
    "MeetingForm",
    "NationalThemeForm",
    "PilotForm",
    "ProjectForm",
    "ReturnForm",
    "ThemeWorkForm",
    "YieldForm",
]
