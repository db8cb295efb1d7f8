"""The log against what this computer remembers of it: at each sign-in, lock and exit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.ports import AuditEntry, AuditProof, UnitOfWork
from pmdesk.domain.ports.proof import AnchorMemory
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.proof import Checked, Difference, Report
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.session import Session

LOST = "log.lost"  # entries that an anchor tells of are gone
BROKEN = "log.broken"  # an entry does not hold
CHANGED = "log.rows_changed"
ACCEPTED = "log.accepted"
VERIFIED = "log.verified"  # everything was looked at, and nothing found
FINDINGS = (LOST, BROKEN, CHANGED)
MOST = 50  # rows that an entry names; how many more there are is counted
TARGET = "log"
RESTORED = "restored:"  # in an entry about lost ones: when they went
RESTORE, RESTORED_TARGET = "restore", "backup"  # the act that takes entries out, and tells so

_OLD_HEAD, _ACCOUNT = "old-head:", "staff:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the check at sign-in found, and the point that the next one may begin at."""

    checked: Checked
    lost: tuple[Anchor, ...]
    point: Anchor | None
    restored: datetime | None = None  # a restore that the log tells of took what is lost

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.checked.holds and not self.lost

    @property
    def report(self) -> Report:
        """The same as the full check would tell it; the rows were not looked at."""
        return Report(checked=self.checked, lost=self.lost, differences=(), restored=self.restored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Findings that nobody has explained yet."""

    at: datetime  # of the newest
    findings: tuple[AuditEntry, ...]  # the newest of each kind
    names: Mapping[str, str] = field(default_factory=dict)  # of colleagues, by uid


def at_sign_in(session: Session, memory: AnchorMemory, progress: Progress = silent) -> Standing:
    """What is wrong with the log is in the log itself; when nothing is, the point is kept.

    The first time on a computer the whole chain is walked, later what came after the own point.
    """
    with session.store.reading() as work:
        found = _standing(session, work, memory, progress)
    if found.point is not None:
        memory.keep(found.point)
    else:
        with session.store.writing() as work:
            _log(session, work, found.checked, found.lost, found.restored)
            work.commit()
    return found


def advanced(session: Session, memory: AnchorMemory, point: Anchor) -> Anchor | None:
    """The point at the present end of the log, kept; None when what came after it is broken."""
    with session.store.reading() as work:
        checked = work.proof.check(since=point)
        holds = checked.holds and work.proof.contains(point)
        fresh = work.proof.anchor(session.clock.now()) if holds else None
    if fresh is not None:
        memory.keep(fresh)
    return fresh


def full(session: Session, memory: AnchorMemory, progress: Progress = silent) -> Report:
    """The whole chain, what this computer remembers of it, and the rows; the outcome is logged."""
    with session.reading(Permission.SEE_AUDIT) as work:
        lost = _lost(work.proof, memory)
        report = Report(
            checked=work.proof.check(progress=progress),
            lost=lost,
            restored=_restored(work, lost),
            differences=work.proof.differences(progress),
            uncovered=work.proof.uncovered(),
        )
        names = {one.uid: one.name for one in work.staff.all()}
    with session.store.writing() as work:
        if report.holds:
            facts = (f"entries:{report.checked.count}", f"uncovered:{report.uncovered}")
            session.log(work, VERIFIED, TARGET, fields=facts)
        else:
            _log(session, work, report.checked, report.lost, report.restored)
            _once(session, work, CHANGED, _named(report.differences))
        work.commit()
    return replace(report, differences=_by_name(report.differences, names))


def rows(session: Session, progress: Progress = silent) -> tuple[Difference, ...]:
    """Rows that are not as the log says, once a day: nothing is looked at again before that."""
    with session.reading(Permission.SEE_AUDIT) as work:
        last = work.proof.newest((VERIFIED, CHANGED))
        if last is not None and session.clock.now() - last.at < timedelta(days=1):
            return ()
        found = work.proof.differences(progress)
        names = {one.uid: one.name for one in work.staff.all()}
    with session.store.writing() as work:
        if found:
            _once(session, work, CHANGED, _named(found))
        else:
            session.log(work, VERIFIED, TARGET, fields=("rows",))
        work.commit()
    return _by_name(found, names)


def alarm(session: Session) -> Alarm | None:
    """What a check found and nobody has explained since; None when there is nothing."""
    with session.reading(Permission.SEE_AUDIT) as work:
        explained = work.proof.newest((ACCEPTED,))
        since = explained.seq if explained else 0
        newest = (work.proof.newest((one,)) for one in FINDINGS)
        found = [one for one in newest if one is not None and one.seq > since]
        names = {one.uid: one.name for one in work.staff.all()}
    if not found:
        return None
    return Alarm(at=max(one.at for one in found), findings=tuple(found), names=names)


def accept(session: Session, memory: AnchorMemory, words: str) -> Anchor:
    """The finding is known and explained: the log as it is now is what counts from here on."""
    session.require(Permission.SEE_AUDIT)
    if not words.strip():
        raise RefusedError(
            N_("A finding needs an explanation."), N_("Write one sentence: what happened?")
        )
    with session.writing(Permission.SEE_AUDIT) as work:
        lost = _lost(work.proof, memory)
        facts = [f"{one.count} {one.head}" for one in lost]
        session.log(work, ACCEPTED, TARGET, fields=facts, row={"words": words.strip()})
        fresh = work.proof.anchor(session.clock.now())
        vault = work.proof.vault
        work.commit()
    if lost:  # nothing else makes what this computer remembers void
        memory.forget(vault)
        memory.keep(fresh)
    return fresh


def _standing(
    session: Session, work: UnitOfWork, memory: AnchorMemory, progress: Progress
) -> Standing:
    proof = work.proof
    lost = _lost(proof, memory)
    mine = (one for one in memory.of(proof.vault) if one.by == session.staff.uid)
    own = next((one for one in mine if proof.is_genuine(one) and proof.contains(one)), None)
    checked = proof.check(since=own, progress=progress)
    point = proof.anchor(session.clock.now()) if checked.holds and not lost else None
    return Standing(checked=checked, lost=lost, point=point, restored=_restored(work, lost))


def _lost(proof: AuditProof, memory: AnchorMemory) -> tuple[Anchor, ...]:
    """Whoever signed them: a log rewritten with other keys would disown its anchors."""
    return tuple(one for one in memory.of(proof.vault) if not proof.contains(one))


def _restored(work: UnitOfWork, lost: Sequence[Anchor]) -> datetime | None:
    """When a restore came between that explains them all; its entry is signed like any other.

    It tells how many entries the office had that was there before.
    """
    if not lost:
        return None
    need = max(one.count for one in lost)
    last = max(datetime.fromisoformat(one.at) for one in lost)
    for entry in work.audit.about(RESTORED_TARGET):
        former = next((one for one in entry.fields if one.startswith(_OLD_HEAD)), "")
        number = former.removeprefix(_OLD_HEAD).partition(":")[0]
        reaches = number.isdecimal() and int(number) >= need
        if entry.action == RESTORE and reaches and entry.at >= last:
            return entry.at
    return None


def _log(
    session: Session,
    work: UnitOfWork,
    checked: Checked,
    lost: Sequence[Anchor],
    restored: datetime | None,
) -> None:
    if checked.broken is not None:
        _once(session, work, BROKEN, [str(checked.broken.seq), checked.broken.flaw.value])
    if lost:
        cause = [f"{RESTORED}{restored.isoformat()}"] if restored else []
        _once(session, work, LOST, [*(f"{one.count} {one.head}" for one in lost), *cause])


def _named(found: Sequence[Difference]) -> tuple[str, ...]:
    """The rows by kind and number, as many as an entry should hold."""
    names = [f"{one.kind} {one.target}" for one in found]
    more = len(names) - MOST
    return (*names[:MOST], f"+{more}") if more > 0 else tuple(names)


def _by_name(found: Sequence[Difference], names: Mapping[str, str]) -> tuple[Difference, ...]:
    """Accounts by the names of colleagues; the log itself knows them by number."""
    uids = (one.target.removeprefix(_ACCOUNT) for one in found)
    return tuple(
        replace(one, target=_ACCOUNT + names[uid]) if uid in names else one
        for one, uid in zip(found, uids, strict=True)
    )


def _once(session: Session, work: UnitOfWork, action: str, facts: Sequence[str]) -> None:
    """The facts are in the log; not again at each sign-in while they stay the same."""
    last = work.proof.newest((action,))
    known = last is not None and list(last.fields) == list(facts)
    if facts and not known:
        session.log(work, action, TARGET, fields=facts)
