"""The words for states, roles, legal bases and acts, as pages and papers say them."""

from collections.abc import Mapping, Sequence

from pmdesk.domain.consents import Act, Channel, ConsentState
from pmdesk.domain.fields import Dimension
from pmdesk.domain.people import PartyRole
from pmdesk.domain.purposes import LegalBasis
from pmdesk.domain.staff import Role
from pmdesk.i18n import N_

ROLES: Mapping[PartyRole, str] = {
    PartyRole.OWNER: N_("Owner"),
    PartyRole.TENANT: N_("Tenant"),
    PartyRole.OCCUPANT: N_("Other occupant"),
}
STAFF_ROLES: Mapping[Role, str] = {
    Role.CLERK: N_("Front desk"),
    Role.MANAGER: N_("Manager"),
    Role.REVIEWER: N_("Compliance reviewer"),
    Role.ADMIN: N_("Administrator"),
}
STATES: Mapping[ConsentState, str] = {
    ConsentState.NEVER_ASKED: N_("Not asked"),
    ConsentState.LIVE: N_("Agreed"),
    ConsentState.EXPIRING: N_("Ends soon"),
    ConsentState.REFUSED: N_("Refused"),
    ConsentState.WITHDRAWN: N_("Withdrawn"),
    ConsentState.STALE: N_("Notice changed"),
    ConsentState.EXPIRED: N_("Run out"),
}
BASES: Mapping[LegalBasis, str] = {
    LegalBasis.CONTRACT: N_("Needed for the contract"),
    LegalBasis.STATUTORY: N_("Required by law"),
    LegalBasis.CONSENT: N_("Consent"),
    LegalBasis.SEPARATE_CONSENT: N_("Separate consent"),
}
ACTS: Mapping[Act, str] = {
    Act.DRAWN: N_("signed on screen"),
    Act.PAPER: N_("signed on paper"),
    Act.ORAL: N_("said aloud"),
}
CHANNELS: Mapping[Channel, str] = {
    Channel.COUNTER: N_("At the counter"),
    Channel.VISIT: N_("On a visit"),
    Channel.PAPER: N_("By letter"),
    Channel.PHONE: N_("By phone"),
}
DIMENSIONS: Mapping[Dimension, str] = {
    Dimension.BASIC: N_("Contact"),
    Dimension.CONTRACT: N_("Premises and contract"),
    Dimension.ECONOMIC: N_("Payment and budget"),
    Dimension.HABIT: N_("Habits and times"),
    Dimension.NEED: N_("Service needs"),
    Dimension.SERVICE: N_("Service so far"),
    Dimension.CONTROL: N_("Choices and safeguards"),
}


def notice_lines(text: str) -> Sequence[str]:
    """The paragraphs of a notice; a heading keeps its “# ”, marks of emphasis are left out."""
    lines = (line.strip().lstrip(">").strip().replace("**", "") for line in text.splitlines())
    return tuple(line for line in lines if line)
