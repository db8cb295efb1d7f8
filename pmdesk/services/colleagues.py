"""The list of staff as an administrator sees it, and what a colleague is told at sign-in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.leaving import ExitStep, open_steps
from pmdesk.domain.ports import AuditEntry, UnitOfWork
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.staff import Permission, Staff
from pmdesk.services import training, undertakings
from pmdesk.services.session import Session
from pmdesk.services.staff import BEGUN

_SIGNED_IN, _RESET = "sign_in", "staff.reset"
_EXIT = frozenset({"staff.disable", "staff.exit"})
_MANY = 500  # entries of one step back


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A passphrase that somebody else set for an account."""

    by: str  # the name
    at: datetime
    broke_off: bool = False  # begun, and nobody knows whether it is the one that counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A closed account: since when, and what of the exit list is open."""

    at: datetime
    open: tuple[ExitStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One line of the list."""

    staff: Staff
    signed_in: datetime | None
    sworn: bool  # the confidentiality undertaking holds
    courses: int  # that are due
    handed: Handed | None = None  # and not used yet
    leaving: Leaving | None = None


def listed(session: Session) -> tuple[Colleague, ...]:
    """Everybody with the last sign-in, the state of training and what is still to be done."""
    with session.reading(Permission.MANAGE_STAFF) as work:
        everybody = work.staff.all()
        names = {one.uid: one.name for one in everybody}
        seen = _last_sign_ins(work, names)
        known = [(one, work.audit.about(f"staff:{one.uid}")) for one in everybody]
        until = undertakings.held_until
        today = session.clock.today()
        sworn = {one.uid for one in everybody if until(work, one.uid, today) is not None}
    courses = _courses(session)
    return tuple(
        Colleague(
            staff=one,
            signed_in=seen[one.uid].at if one.uid in seen else None,
            sworn=one.uid in sworn,
            courses=courses.get(one.uid, 0),
            handed=_handed(entries, seen.get(one.uid), names),
            leaving=None if one.enabled else _leaving(entries),
        )
        for one, entries in known
    )


def handed(session: Session) -> Handed | None:
    """Who set the passphrase of the present sign-in, if it was somebody else; told once."""
    me = session.staff.uid
    with session.store.reading() as work:
        reset = _newest_reset(work.audit.about(f"staff:{me}"))
        if reset is None or _sign_ins_since(work, me, reset.seq) > 1:
            return None
        names = {one.uid: one.name for one in work.staff.all()}
    return _told(reset, names)


def _last_sign_ins(work: UnitOfWork, wanted: Iterable[str]) -> Mapping[str, AuditEntry]:
    """The newest sign-in of each account; the way back ends when all are found."""
    missing, found = set(wanted), dict[str, AuditEntry]()
    before: int | None = None
    while missing:
        page = work.proof.page(LogQuery(actions=(_SIGNED_IN,)), before=before, limit=_MANY)
        for entry in page.entries:
            if entry.by in missing:
                found[entry.by] = entry
                missing.discard(entry.by)
        before = page.before
        if before is None:
            break
    return found


def _sign_ins_since(work: UnitOfWork, uid: str, seq: int) -> int:
    """How often the account signed in after that entry; more than once counts as twice."""
    count, before = 0, None
    while count <= 1:
        query = LogQuery(by=uid, actions=(_SIGNED_IN,))
        page = work.proof.page(query, before=before, limit=2)
        count += sum(entry.seq > seq for entry in page.entries)
        before = page.before
        if before is None or before <= seq:
            break
    return count


def _courses(session: Session) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in training.due(session):
        if one.status.standing not in training.OPEN:
            found[one.uid] = found.get(one.uid, 0) + 1
    return found


def _handed(
    entries: Iterable[AuditEntry], seen: AuditEntry | None, names: Mapping[str, str]
) -> Handed | None:
    reset = _newest_reset(entries)
    if reset is None or (seen is not None and seen.seq > reset.seq):
        return None
    return _told(reset, names)


def _told(reset: AuditEntry, names: Mapping[str, str]) -> Handed:
    by = names.get(reset.by, reset.by)
    return Handed(by=by, at=reset.at, broke_off=reset.action == BEGUN)


def _leaving(entries: Iterable[AuditEntry]) -> Leaving | None:
    """As the newest closing of the account and the exit list since then say."""
    done: set[str] = set()
    for entry in entries:
        if entry.action in _EXIT:
            done |= set(entry.fields)
        if entry.action == "staff.disable":
            return Leaving(at=entry.at, open=open_steps(done))
    return None


def _newest_reset(entries: Iterable[AuditEntry]) -> AuditEntry | None:
    """A passphrase that was set, or an attempt with no end in the log: a crash came between."""
    return next(
        (
            entry
            for entry in entries
            if entry.action == _RESET or (entry.action == BEGUN and _RESET in entry.fields)
        ),
        None,
    )
