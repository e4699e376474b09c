"""Clean input about the network: rows of files, and what people change at the desk."""

from werkplaats.network.forms.confirming import CheckForm
from werkplaats.network.forms.joining import PartnershipForm
from werkplaats.network.forms.merging import MergeForm, OtherForm
from werkplaats.network.forms.money import GrantForm, PhaseForm
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
    "AreaForm",
    "CheckForm",
    "ContactForm",
    "EndAreaForm",
    "FunctionForm",
    "GrantForm",
    "GrantRow",
    "LeadRow",
    "LeadershipForm",
    "MergeForm",
    "OrganisationForm",
    "OrganisationRow",
    "OtherForm",
    "OwnWerkplaatsForm",
    "PartnershipForm",
    "PhaseForm",
    "PhaseRow",
    "WerkplaatsForm",
    "WerkplaatsRow",
]
