"""The keys of the office: how old they are, changing them, and going back to a kept copy."""

from datetime import date

from pmdesk.domain.backups import Newer, Tell
from pmdesk.domain.keys import ROTATED, TARGET, YEAR_DAYS, KeyState
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session

_FOUNDED, _LEFT = "office.found", "staff.disable"
_MANY = 500  # accounts of an office


def state(session: Session) -> KeyState:
    """How old the present keys are, and who left since."""
    with session.reading(Permission.MANAGE_STAFF) as work:
        changed = next((one for one in work.audit.about(TARGET) if one.action == ROTATED), None)
        first = changed or work.proof.newest((_FOUNDED,))
        since = first.at.astimezone(session.clock.local().tzinfo).date() if first else None
        left = _left(work, changed.seq if changed else 0)
    today = session.clock.today()
    return KeyState(
        since=since or today,
        rotated=changed is not None,
        due=left > 0 or _is_old(since or today, today),
        left=left,
        kept=session.accounts.keys.kept(),
    )


def rotate(session: Session, tell: Tell, *, sealed: bool = False) -> None:
    """The office is closed under new keys: everybody signs in anew with the old passphrase.

    After an error or a cancel nothing has changed and the office is open.
    """
    session.require(Permission.MANAGE_STAFF)
    session.accounts.keys.rotate(session.clock, tell, sealed=sealed)


def bring_back(session: Session, name: str, tell: Tell) -> int:
    """The office is as in that kept copy, with the accounts of now; it is closed: sign in anew.

    Answers how many erasures since then were done again.
    """
    with session.reading(Permission.BACK_UP) as work:
        staff = work.staff.all()
        last = work.audit.recent(1)[0].seq
        newer = Newer(erasures=work.erasures.since(), entries=last)
    return session.accounts.keys.bring_back(name, (staff, newer), session.clock, tell)


def _left(work: UnitOfWork, since: int) -> int:
    """Of the accounts that are disabled now: those that were when the keys were older."""
    found = work.proof.page(LogQuery(actions=(_LEFT,)), limit=_MANY).entries
    gone = {one.target for one in found if one.seq > since}
    off = {f"staff:{one.uid}" for one in work.staff.all() if not one.enabled}
    return len(gone & off)


def _is_old(since: date, today: date) -> bool:
    return (today - since).days >= YEAR_DAYS
