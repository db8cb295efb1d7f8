"""Copies of notices and rules that left the office, counted in the log (PIPL 17(3))."""

from collections.abc import Sequence

from pmdesk.domain.notices import Notice
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session


def handed_out(session: Session, what: Sequence[str], *, copies: int = 1) -> None:
    """The log says which versions were saved or printed, and how often."""
    with session.writing(Permission.SEE_RESIDENTS) as work:
        session.log(work, "notice.copied", "copies", fields=what, row={"copies": copies})
        work.commit()


def version_of(notice: Notice) -> str:
    """A notice as the log names it: purpose, version, language and the start of its digest."""
    return f"{notice.purpose} {notice.version} {notice.language} {notice.digest[:8]}"
