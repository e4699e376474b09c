"""Clean input about the network: rows of files, and what people change at the desk."""

from werkplaats.network.forms.desk import (
    AreaForm,
    EndAreaForm,
    GrantForm,
    LeadershipForm,
    OrganisationForm,
    OwnWerkplaatsForm,
    PartnershipForm,
    PhaseForm,
    WerkplaatsForm,
)
from werkplaats.network.forms.rows import GrantRow, LeadRow, OrganisationRow, PhaseRow, WerkplaatsRow

__all__ = [
    "AreaForm",
    "EndAreaForm",
    "GrantForm",
    "GrantRow",
    "LeadRow",
    "LeadershipForm",
    "OrganisationForm",
    "OrganisationRow",
    "OwnWerkplaatsForm",
    "PartnershipForm",
    "PhaseForm",
    "PhaseRow",
    "WerkplaatsForm",
    "WerkplaatsRow",
]
