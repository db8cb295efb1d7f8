"""The words of a case, on its page and in the log: its papers, and how somebody was known."""

from collections.abc import Mapping
from enum import StrEnum

from pmdesk.domain.requests import Identity
from pmdesk.i18n import N_


class Paper(StrEnum):
    """What a case can give out."""

    RECEIPT = "receipt"
    DOSSIER = "dossier"
    PACKAGE = "package"
    CORRECTION = "correction"
    CERTIFICATE = "certificate"
    RESTRICTION = "restriction"
    CONFIRMATION = "confirmation"
    EXPLANATION = "explanation"
    DECISION = "decision"
    REPLY = "reply"
    REFUSAL = "refusal"


PAPERS: Mapping[Paper, str] = {
    Paper.RECEIPT: N_("Receipt"),
    Paper.DOSSIER: N_("Dossier"),
    Paper.PACKAGE: N_("Transfer package"),
    Paper.CORRECTION: N_("Correction"),
    Paper.CERTIFICATE: N_("Erasure certificate"),
    Paper.RESTRICTION: N_("Restriction"),
    Paper.CONFIRMATION: N_("Confirmation"),
    Paper.EXPLANATION: N_("Explanation of the tier"),
    Paper.DECISION: N_("Decision by a person"),
    Paper.REPLY: N_("Written answer"),
    Paper.REFUSAL: N_("Refusal letter"),
}
IDENTITIES: Mapping[Identity, str] = {
    Identity.SEEN: N_("in person, document seen, no copy"),
    Identity.CALLBACK: N_("called back at the stored number"),
    Identity.KNOWN: N_("known to the staff"),
    Identity.LETTER: N_("authority letter seen, person called back"),
    Identity.RELATION: N_("proof of the relation seen, no copy"),
}
