"""Clean input about the network: rows of files, and what people change at the desk."""

from werkplaats.network.forms.campaigns import CampaignForm, ConsultationForm
from werkplaats.network.forms.confirming import CheckForm
from werkplaats.network.forms.joining import AgreementForm, NewPartnershipForm, PartnershipForm, StepForm
from werkplaats.network.forms.merging import MergeForm, OtherForm
from werkplaats.network.forms.money import GrantForm, PhaseForm, PhaseGoalForm
from werkplaats.network.forms.national import BodyMeetingForm, NationalBodyForm
from werkplaats.network.forms.organisations import OrganisationForm
from werkplaats.network.forms.persons import ContactForm, FunctionForm
from werkplaats.network.forms.rows import GrantRow, LeadRow, OrganisationRow, PhaseRow, WerkplaatsRow
from werkplaats.network.forms.werkplaatsen import (
    AreaForm,
    EndAreaForm,
    LeadershipForm,
    OwnWerkplaatsForm,
    WerkplaatsForm,
)

__all__ = [
    "AgreementForm",
    "AreaForm",
    "BodyMeetingForm",
    "CampaignForm",
    "CheckForm",
    "ConsultationForm",
    "ContactForm",
    "EndAreaForm",
    "FunctionForm",
    "GrantForm",
    "GrantRow",
    "LeadRow",
    "LeadershipForm",
    "MergeForm",
    "NationalBodyForm",
    "NewPartnershipForm",
    "OrganisationForm",
    "OrganisationRow",
    "OtherForm",
    "OwnWerkplaatsForm",
    "PartnershipForm",
    "PhaseForm",
    "PhaseGoalForm",
    "PhaseRow",
    "StepForm",
    "WerkplaatsForm",
    "WerkplaatsRow",
]
