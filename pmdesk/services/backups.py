"""Backups: made, proved, restored and rehearsed, each act on record with imprint and place."""

import contextlib
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from pmdesk.domain import office
from pmdesk.domain.backups import (
    OVERDUE_DAYS,
    REHEARSE_DAYS,
    Facts,
    Found,
    Made,
    Newer,
    Owner,
    Place,
    Plan,
    Restored,
    Tell,
    When,
)
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import AuditEntry, UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError, RefusedError, VaultError
from pmdesk.i18n import N_
from pmdesk.services import backup_book
from pmdesk.services.backup_book import (
    FAILED,
    MADE,
    PINNED,
    PLACE,
    PROVED,
    SHA,
    TARGET,
    UNPINNED,
    Proved,
)
from pmdesk.services.session import Session

REHEARSED, RESTORED = "backup.rehearsed", "backup.restored"
PLAN, KEY = "backup.plan", "backup.key"

# acts that change nothing
_QUIET = frozenset({"sign_in", PROVED, FAILED, MADE, REHEARSED, PINNED, UNPINNED})
_LOOKED_AT = 50  # entries of the log, to see whether anything changed since the last backup
_GONE = "dropped:"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceState:
    """A place for backups and the day of the last one that came to it."""

    place: Place
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the backups of the office stand."""

    last: Proved | None
    overdue: bool  # nothing proved for a week
    failed: bool  # the last one that was tried did not come about
    ready: bool  # a backup passphrase is set
    lapsed: bool  # one was, by an administrator whose keys are others now
    plan: Plan
    places: tuple[PlaceState, ...]
    rehearsed: date | None  # the passphrase was last typed right
    rehearsal_due: bool
    next: datetime | None  # of a daily plan, by the clock of the office


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file in a place, and when it was proved; None: never by this office."""

    found: Found
    proved: datetime | None
    pinned: bool = False  # it stays until somebody unpins it
    to_come: bool = False  # made while the clock was wrong: its day is not here yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a restore would bring, beside what is here now."""

    facts: Facts
    now: Mapping[str, int]  # rows by table of the present office
    lost: int  # entries of the log that the backup does not have
    foreign: bool  # a backup of another office: nothing can be compared
    unknown_days: int = 0  # of erasures that neither this office nor a later backup knows


def state(session: Session) -> State:
    """How the backups of the office stand."""
    shelf = session.accounts.backups
    with session.reading(Permission.BACK_UP) as work:
        entries = work.audit.about(TARGET)
    last, rehearsed = backup_book.last_proved(entries), _rehearsed(session, entries)
    tried = next((one.action for one in entries if one.action in {MADE, FAILED}), MADE)
    ready, plan = shelf.has_passphrase(), shelf.plan()
    return State(
        last=last,
        overdue=last is None or _is_old(session, _day(session, last.at), OVERDUE_DAYS),
        failed=tried == FAILED,
        ready=ready,
        lapsed=shelf.has_lapsed(),
        plan=plan,
        places=tuple(
            PlaceState(place=one, last=_came_to(session, entries, one)) for one in shelf.places()
        ),
        rehearsed=rehearsed,
        rehearsal_due=ready and (rehearsed is None or _is_old(session, rehearsed, REHEARSE_DAYS)),
        next=_next(session, plan, entries) if ready and plan.when is When.DAILY else None,
    )


def listed(session: Session) -> tuple[Listed, ...]:
    """The files in all places that are there, newest first."""
    with session.reading(Permission.BACK_UP) as work:
        entries = work.audit.about(TARGET)
    proofs, pins, now = backup_book.proofs(entries), backup_book.pins(entries), session.clock.now()
    return tuple(
        Listed(
            found=one,
            proved=proofs.get(one.facts.sha256) if one.facts else None,
            pinned=one.facts is not None and one.facts.sha256 in pins,
            to_come=one.facts is not None and one.facts.made_at > now,
        )
        for one in session.accounts.backups.listed()
    )


def pin(session: Session, path: Path) -> Changes:
    """The backup is never dropped by itself, in none of the places."""
    return _mark(session, path, PINNED)


def unpin(session: Session, path: Path) -> Changes:
    """The backup goes by the rules again."""
    return _mark(session, path, UNPINNED)


def _mark(session: Session, path: Path, action: str) -> Changes:
    session.require(Permission.BACK_UP)
    found = session.accounts.backups.read(path)
    if found.facts is None or found.foreign:
        raise RefusedError(
            N_("Only a whole backup of this office can be pinned."), N_("Choose another one.")
        )
    _log(session, action, f"{SHA}{found.facts.sha256}")
    return Changes.of(office.BACKUPS)


def set_passphrase(session: Session, passphrase: str) -> Changes:
    """Backups made from now on open with it; older ones with theirs."""
    session.require(Permission.BACK_UP)
    session.accounts.backups.set_passphrase(passphrase)
    _log(session, KEY)
    return Changes.of(office.BACKUPS)


def rehearse(session: Session, typed: str) -> tuple[Changes, bool]:
    """Whether that is the backup passphrase; a wrong one has no consequence."""
    session.require(Permission.BACK_UP)
    right = session.accounts.backups.is_passphrase(typed)
    _log(session, REHEARSED, "right" if right else "wrong")
    return Changes.of(office.BACKUPS), right


def save_plan(session: Session, plan: Plan) -> Changes:
    """Backups go there and then from now on."""
    session.require(Permission.BACK_UP)
    for place in plan.places:
        if not place.is_absolute():
            raise RefusedError(
                N_("A place for backups is a folder with its full path."), N_("Choose a folder.")
            )
    session.accounts.backups.put_plan(plan)
    places = (f"{PLACE}{place}" for place in plan.places)
    _log(session, PLAN, plan.when.value, f"hour:{plan.hour}", *places)
    return Changes.of(office.BACKUPS)


def make(session: Session, tell: Tell) -> tuple[Changes, Made]:
    """A proved backup lies in every place that is there."""
    session.require(Permission.BACK_UP)
    return Changes.of(office.BACKUPS), _made(session, tell)


def automatic(session: Session, tell: Tell) -> tuple[Changes, Made]:
    """The backup that the plan of the administrator calls for, whoever is signed in."""
    return Changes.of(office.BACKUPS), _made(session, tell)


def is_due(session: Session, *, leaving: bool) -> bool:
    """Whether the plan calls for a backup now: at this hour, or because the last one leaves."""
    shelf = session.accounts.backups
    plan = shelf.plan()
    if plan.when is not (When.EXIT if leaving else When.DAILY) or not shelf.has_passphrase():
        return False
    with session.store.reading() as work:
        entries = work.audit.about(TARGET)
        if leaving:
            return _anything_new(work)
    local = session.clock.local()
    return local.hour >= plan.hour and not _is_tried(session, plan, entries)


def prove(session: Session, path: Path, secret: str, tell: Tell) -> tuple[Changes, Facts]:
    """The backup was restored into a private folder, found whole and wiped again."""
    session.require(Permission.BACK_UP)
    facts = session.accounts.backups.prove(path, secret, tell)
    _log(session, PROVED, f"{SHA}{facts.sha256}", f"{PLACE}{path.parent}")
    return Changes.of(office.BACKUPS), facts


def preview(session: Session, path: Path, secret: str, tell: Tell) -> tuple[Changes, Preview]:
    """What a restore of that backup would bring; it is proved first."""
    changes, facts = prove(session, path, secret, tell)
    shelf = session.accounts.backups
    with session.reading(Permission.BACK_UP) as work:
        entries = work.audit.recent(1)[0].seq
    foreign = facts.vault != shelf.vault
    until = shelf.newer(path, secret).until if foreign else None
    return changes, Preview(
        facts=facts,
        now=shelf.counts(),
        lost=max(entries - facts.entries, 0),
        foreign=foreign,
        unknown_days=max((session.clock.today() - until.date()).days, 0) if until else 0,
    )


def restore(
    session: Session, path: Path, secret: str, owner: Owner, tell: Tell
) -> tuple[Changes, Restored]:
    """A new office lies in that folder; what was erased here since the backup is erased there."""
    session.require(Permission.BACK_UP)
    shelf = session.accounts.backups
    restored = shelf.restore(path, secret, owner, _newer(session, path), session.clock, tell)
    imprint, place = f"{SHA}{restored.facts.sha256}", f"{PLACE}{owner.folder}"
    _log(session, RESTORED, imprint, place, f"replayed:{restored.replayed}")
    return Changes.of(office.BACKUPS), restored


def replace(session: Session, path: Path, secret: str, own: str, tell: Tell) -> int:
    """This office is as in the backup, with the accounts of now; it is closed: sign in anew.

    `own` is the passphrase of who acts; with another one nothing is done. First a proved backup
    of how it is now is made; it counts as one in the office after. Answers how many erasures were
    done again.
    """
    session.require(Permission.BACK_UP)
    session.accounts.require_own(own, session.clock)
    safety = _made(session, lambda done, total: tell(done, 2 * total))
    _log(session, PINNED, f"{SHA}{safety.facts.sha256}")
    with session.reading(Permission.BACK_UP) as work:
        staff, entries = work.staff.all(), work.audit.about(TARGET)
    newer = dataclasses.replace(
        _newer(session, path),
        pinned=tuple(sorted(backup_book.pins(entries))),
        proved=tuple(sorted(backup_book.proofs(entries))),
        made=next(one for one in entries if one.action == MADE).fields,
    )
    return session.accounts.backups.replace(
        path,
        secret,
        (staff, newer),
        session.clock,
        lambda done, total: tell(total + done, 2 * total),
    )


def suggested_folder(session: Session) -> Path:
    """Beside the office, named by the day; nothing is there yet."""
    own = session.accounts.backups.places()[0].path.parent
    first = own.with_name(f"{own.name}-{session.clock.today():%Y%m%d}")
    tried, number = first, 1
    while tried.exists():
        number += 1
        tried = first.with_name(f"{first.name}-{number}")
    return tried


def _newer(session: Session, path: Path) -> Newer:
    """The journal of this office, where the backup is one of it."""
    shelf = session.accounts.backups
    if shelf.read(path).foreign:
        return Newer()
    with session.reading(Permission.BACK_UP) as work:
        last = work.audit.recent(1)[0].seq
        return Newer(erasures=work.erasures.since(), entries=last)


def _made(session: Session, tell: Tell) -> Made:
    with session.store.reading() as work:
        entries = work.audit.about(TARGET)
    proofs, pins = backup_book.proofs(entries), backup_book.pins(entries)
    try:
        made = session.accounts.backups.make(session.clock, proofs, pins, tell)
    except VaultError as error:
        with contextlib.suppress(PmdeskError):  # the same disk or damage: the first error counts
            _log(session, FAILED, type(error).__name__)
        raise
    places = (f"{PLACE}{one.parent}" for one in (made.path, *made.copies))
    dropped = (f"{_GONE}{one.name}" for one in made.dropped)
    _log(session, MADE, f"{SHA}{made.facts.sha256}", *places, *dropped)
    return made


def _log(session: Session, action: str, *fields: str) -> None:
    with session.store.writing() as work:
        session.log(work, action, TARGET, fields=fields)
        work.commit()


def _anything_new(work: UnitOfWork) -> bool:
    """Whether anything was changed since the last backup; signing in alone is nothing."""
    for entry in work.audit.recent(_LOOKED_AT):
        if entry.action == MADE:
            return False
        if entry.action not in _QUIET:
            return True
    return True


def _is_tried(session: Session, plan: Plan, entries: Sequence[AuditEntry]) -> bool:
    """Whether one was tried since the hour of today; a clock that was ahead tried nothing today."""
    local = session.clock.local()
    hour = local.replace(hour=plan.hour, minute=0, second=0, microsecond=0)
    tried = (one.at for one in entries if one.action in {MADE, FAILED})
    return any(hour <= at <= local for at in tried)


def _next(session: Session, plan: Plan, entries: Sequence[AuditEntry]) -> datetime:
    """The next hour of the plan; one that has come and was not used is now."""
    local = session.clock.local()
    hour = local.replace(hour=plan.hour, minute=0, second=0, microsecond=0)
    if local < hour:
        return hour
    return hour + timedelta(days=1) if _is_tried(session, plan, entries) else local


def _is_old(session: Session, day: date, days: int) -> bool:
    """Whether so many days are over; a day to come tells of a wrong clock and nothing else."""
    over = (session.clock.today() - day).days
    return not 0 <= over < days


def _rehearsed(session: Session, entries: Sequence[AuditEntry]) -> date | None:
    """The day the passphrase was typed right, or set: it was typed then."""
    right = (one.at for one in entries if one.action == KEY or "right" in one.fields)
    newest = next(right, None)
    return _day(session, newest) if newest else None


def _came_to(session: Session, entries: Sequence[AuditEntry], place: Place) -> date | None:
    came = (
        one.at for one in entries if one.action == MADE and f"{PLACE}{place.path}" in one.fields
    )
    newest = next(came, None)
    return _day(session, newest) if newest else None


def _day(session: Session, at: datetime) -> date:
    return at.astimezone(session.clock.local().tzinfo).date()
