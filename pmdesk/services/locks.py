"""Why the entries for a purpose cannot be edited, and what unlocks them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.consents import Consent, ConsentState
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
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
    ConsentState.RESTRICTED: N_("Locked: at the person's wish “{purpose}” is not used."),
}
TO_UNLOCK = N_("To unlock: read the notice out and take the person's decision, about 2 minutes.")
DAMAGED = N_("Locked: the notice of “{purpose}” that was agreed to is damaged or gone.")
TO_MEND = N_(
    "To unlock: an administrator puts the notice into force again, then the person is asked anew."
)
TO_LIFT = N_("To unlock: the person has the restriction ended at the rights desk.")


def lock(session: Session, purpose: Purpose, shown: ConsentState) -> Lock:
    """Why `purpose` is locked while its consent is in that state."""
    if shown is ConsentState.RESTRICTED:
        return _restricted(session, purpose)
    may = session.staff.may(Permission.TAKE_CONSENT)
    return Lock(
        reason=LOCKED[shown],
        remedy=TO_UNLOCK,
        by=N_("You can do this now.") if may else N_("A clerk or a manager can do this."),
        places={"purpose": purpose.name},
        consent_helps=may,
    )


def is_damaged(work: UnitOfWork, consent: Consent) -> bool:
    """Whether the notice that was agreed to is not there any more as it was signed."""
    return not work.notices.is_intact(consent.purpose, consent.notice_version)


def damaged(session: Session, purpose: Purpose) -> Lock:
    """What was agreed to cannot be shown any more, so nothing hangs on it (PIPL 14, 69)."""
    return Lock(
        reason=DAMAGED,
        remedy=TO_MEND,
        by=N_("Ask an administrator."),
        places={"purpose": purpose.name},
        consent_helps=session.staff.may(Permission.TAKE_CONSENT),
    )


def _restricted(session: Session, purpose: Purpose) -> Lock:
    may = session.staff.may(Permission.HANDLE_REQUESTS)
    return Lock(
        reason=LOCKED[ConsentState.RESTRICTED],
        remedy=TO_LIFT,
        by=N_("You can do this now.") if may else N_("A manager or a reviewer can do this."),
        places={"purpose": purpose.name},
        consent_helps=False,
    )


def refuse_over(session: Session, work: UnitOfWork, person: PersonId, code: PurposeCode) -> None:
    """Nothing under a consent past its last day or a damaged notice, nor for a frozen purpose."""
    live = work.consents.live(person).get(code)
    purpose = work.catalogue.live().purpose(code)
    if live is not None and is_damaged(work, live):
        raise RefusedError(DAMAGED, TO_MEND, purpose=purpose.name).coded("E_NOTICE_DAMAGED")
    if live is not None and live.is_over(session.clock.today()):
        raise RefusedError(LOCKED[ConsentState.EXPIRED], TO_UNLOCK, purpose=purpose.name)
    if code in work.acts.restrictions(person):
        raise RefusedError(LOCKED[ConsentState.RESTRICTED], TO_LIFT, purpose=purpose.name)
