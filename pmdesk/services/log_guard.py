"""The file of the log before the export guard: rooms of many people stay in the office.

A reviewer takes the log out to prove something, and nobody may hold that up: beyond the limits the
same entries leave with the numbers of the residents instead of their rooms.
"""

from collections.abc import Iterable

from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.export_guard import Errand, ExportPurpose, Load, Recipient
from pmdesk.domain.ports import UnitOfWork
from pmdesk.i18n import _
from pmdesk.services import export_guard
from pmdesk.services.session import Session
from pmdesk.services.wording import RECIPIENTS

_ERRAND = Errand(purpose=ExportPurpose.AUDIT, recipient=Recipient.OFFICE)


def rooms_may_leave(session: Session, work: UnitOfWork, people: Iterable[int]) -> bool:
    """Whether the file may say which rooms it is about; such a file is on record as a list."""
    load = Load(people=frozenset(people))
    if export_guard.sized(session, work, load).is_large:
        return False
    if load.people:
        at = export_guard.moment(session, work)
        last = work.audit.recent(1)
        listed = ExportList(
            number=f"L{at.astimezone():%Y%m%d}-{last[0].seq + 1 if last else 1}",
            at=at,
            by=session.staff.uid,
            what=ListKind.LOG,
            recipient=_(RECIPIENTS[_ERRAND.recipient]),
            people=len(load.people),
            masked=True,
            errand=_ERRAND,
        )
        work.export_lists.add(listed, load.people)
    return True
