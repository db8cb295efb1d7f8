"""Notices that were tampered with: found at sign-in, and their consents processed no more."""

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.services.session import Session


def guard(session: Session, work: UnitOfWork) -> None:
    """Damage to notices is in the log, and nobody has a result that rests on a damaged one."""
    damaged = work.notices.broken()
    if not damaged:
        return
    found = [f"{one.purpose} {one.version} {one.fault}" for one in damaged]
    session.log(work, "notice.tampered", "purposes", fields=found)
    active = work.rulesets.active()
    if active is not None and any(one.purpose == CLASSIFICATION for one in damaged):
        work.classifications.classify(active, today=session.clock.today())
