"""The words for states, roles, legal bases and acts, as pages and papers say them."""

from collections.abc import Mapping, Sequence

from pmdesk.domain.acts import ListKind
from pmdesk.domain.classification import ResidentRow
from pmdesk.domain.consents import Act, Channel, ConsentState, GivenBy
from pmdesk.domain.export_guard import ExportPurpose, Recipient
from pmdesk.domain.fields import Dimension
from pmdesk.domain.people import PartyRole
from pmdesk.domain.purposes import LegalBasis
from pmdesk.domain.records import RecordStatus
from pmdesk.domain.staff import Role
from pmdesk.i18n import N_, _

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
    ConsentState.RESTRICTED: N_("Restricted"),
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
LISTS: Mapping[ListKind, str] = {
    ListKind.CLASSIFICATION: N_("Classification table"),
    ListKind.TRANSFER: N_("Transfer package"),
    ListKind.HANDOVER: N_("Hand-over roster"),
    ListKind.LOG: N_("File of the log"),
}
EXPORT_PURPOSES: Mapping[ExportPurpose, str] = {
    ExportPurpose.SERVICE: N_("To arrange services"),
    ExportPurpose.NOTICE: N_("To tell residents"),
    ExportPurpose.MEETING: N_("For the owners' meeting"),
    ExportPurpose.AUTHORITY: N_("An authority asks by law"),
    ExportPurpose.AUDIT: N_("Audit or inspection"),
    ExportPurpose.HANDOVER: N_("Hand-over"),
    ExportPurpose.PERSON: N_("The person asks for it"),
}
RECIPIENTS: Mapping[Recipient, str] = {
    Recipient.OFFICE: N_("Own office"),
    Recipient.COMMITTEE: N_("Owners' committee"),
    Recipient.AUTHORITY: N_("Authority"),
    Recipient.PROCESSOR: N_("Contractor"),
    Recipient.SUCCESSOR: N_("Next company"),
    Recipient.PERSON: N_("The person"),
}
CHANNELS: Mapping[Channel, str] = {
    Channel.COUNTER: N_("At the counter"),
    Channel.VISIT: N_("On a visit"),
    Channel.PAPER: N_("By letter"),
    Channel.PHONE: N_("By phone"),
}
GIVEN_BY: Mapping[GivenBy, str] = {
    GivenBy.SELF: N_("The person"),
    GivenBy.GUARDIAN: N_("Guardian of an adult"),
    GivenBy.AGENT: N_("Agent with an authority"),
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
RECORD_STATES: Mapping[RecordStatus, str] = {
    RecordStatus.DRAFT: N_("Draft"),
    RecordStatus.SUBMITTED: N_("Waits for approval"),
    RecordStatus.APPROVED: N_("Approved"),
    RecordStatus.REJECTED: N_("Sent back"),
    RecordStatus.CLOSED: N_("Closed"),
}


def notice_lines(text: str) -> Sequence[str]:
    """The paragraphs of a notice; a heading keeps its “# ”, marks of emphasis are left out."""
    lines = (line.strip().lstrip(">").strip().replace("**", "") for line in text.splitlines())
    return tuple(line for line in lines if line)


def where(row: ResidentRow) -> str:
    """The room as lists show it: of a shielded person they say no more than that."""
    return _("Shielded") if row.shielded else row.room
