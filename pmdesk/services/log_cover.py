"""Rows of an office that an older pmdesk made are bound to the log: a signed baseline."""

from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session

COVERED = "rows.covered"
WHOLE = "whole"  # what the last entry says: from here on every row is bound
BATCH = 2_000  # rows of one entry: whoever saves meanwhile waits for no more than that

_TARGET = "log"


def uncovered(session: Session) -> int:
    """How many rows nobody can vouch for, since they are older than their imprints."""
    with session.reading(Permission.SEE_AUDIT) as work:
        return work.proof.uncovered()


def cover(session: Session, progress: Progress = silent) -> int:
    """Every row is bound as it is now; how many were not. A cancel keeps what is bound so far."""
    session.require(Permission.CONFIGURE)
    session.require(Permission.CONFIGURE)
    total = uncovered(session)
    done = 0
    while total:
        with session.writing(Permission.CONFIGURE) as work:
            found = work.audit.cover(BATCH)
            done += found
            session.log(work, COVERED, _TARGET, fields=[str(done) if found else WHOLE])
            work.commit()
        if not found:
            break
        progress(done, max(done, total))
    return done
