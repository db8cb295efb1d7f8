"""Why the entries for a purpose cannot be edited, and what unlocks them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.purposes import Purpose
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, Words
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Why a purpose group cannot be edited: the reason, the way out, and who can take it."""

    reason: str  # message ids; `places` fill them
    remedy: str
    by: str
    places: Mapping[str, Words]
    consent_helps: bool  # a button leads to the consent step


LOCKED = {
    ConsentState.NEVER_ASKED: N_("Locked: the person has not yet been asked about “{purpose}”."),
    ConsentState.REFUSED: N_("Locked: the person refused “{purpose}”; that is their right."),
    ConsentState.WITHDRAWN: N_("Locked: the consent to “{purpose}” was withdrawn."),
    ConsentState.STALE: N_("Locked: the notice of “{purpose}” changed since the consent."),
    ConsentState.EXPIRED: N_("Locked: the consent to “{purpose}” has run out."),
}
TO_UNLOCK = N_("To unlock: read the notice out and take the person's decision, about 2 minutes.")


def lock(session: Session, purpose: Purpose, shown: ConsentState) -> Lock:
    """Why `purpose` is locked while its consent is in that state."""
    may = session.staff.may(Permission.TAKE_CONSENT)
    return Lock(
        reason=LOCKED[shown],
        remedy=TO_UNLOCK,
        by=N_("You can do this now.") if may else N_("A clerk or a manager can do this."),
        places={"purpose": purpose.name},
        consent_helps=may,
    )
