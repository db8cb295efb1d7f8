"""The log against what this computer remembers of it: at each sign-in, lock and exit."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.ports import AuditProof, UnitOfWork
from pmdesk.domain.ports.proof import AnchorMemory, Progress
from pmdesk.domain.proof import Checked, Report
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.session import Session

LOST = "log.lost"  # entries that an anchor tells of are gone
BROKEN = "log.broken"  # an entry does not hold
CHANGED = "log.rows_changed"
ACCEPTED = "log.accepted"
TARGET = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the check at sign-in found, and the point that the next one may begin at."""

    checked: Checked
    lost: tuple[Anchor, ...]
    point: Anchor | None

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.checked.holds and not self.lost


def _silent(_done: int, _total: int) -> None:
    """Nobody waits."""


def at_sign_in(session: Session, memory: AnchorMemory, progress: Progress = _silent) -> Standing:
    """What is wrong with the log is in the log itself; when nothing is, the point is kept.

    The first time on a computer the whole chain is walked, later what came after the own point.
    """
    with session.store.reading() as work:
        found = _standing(session, work.proof, memory, progress)
    if found.point is not None:
        memory.keep(found.point)
    else:
        with session.store.writing() as work:
            _log(session, work, found.checked, found.lost)
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


def full(session: Session, memory: AnchorMemory, progress: Progress = _silent) -> Report:
    """The whole chain, what this computer remembers of it, and the rows; findings are logged."""
    with session.reading(Permission.SEE_AUDIT) as work:
        report = Report(
            checked=work.proof.check(progress=progress),
            lost=_lost(work.proof, memory),
            differences=work.proof.differences(),
        )
    if not report.holds:
        with session.store.writing() as work:
            _log(session, work, report.checked, report.lost)
            rows = [f"{one.kind} {one.target}" for one in report.differences]
            _once(session, work, CHANGED, rows)
            work.commit()
    return report


def accept(session: Session, memory: AnchorMemory, words: str) -> Anchor:
    """The loss is known and explained: the log as it is now is what counts from here on."""
    if not words.strip():
        raise RefusedError(
            N_("A loss needs an explanation."), N_("Write one sentence: what happened?")
        )
    with session.writing(Permission.SEE_AUDIT) as work:
        lost = _lost(work.proof, memory)
        facts = [f"{one.count} {one.head}" for one in lost]
        session.log(work, ACCEPTED, TARGET, fields=facts, row={"words": words.strip()})
        fresh = work.proof.anchor(session.clock.now())
        vault = work.proof.vault
        work.commit()
    memory.forget(vault)
    memory.keep(fresh)
    return fresh


def _standing(
    session: Session, proof: AuditProof, memory: AnchorMemory, progress: Progress
) -> Standing:
    lost = _lost(proof, memory)
    mine = (one for one in memory.of(proof.vault) if one.by == session.staff.uid)
    own = next((one for one in mine if proof.is_genuine(one) and proof.contains(one)), None)
    checked = proof.check(since=own, progress=progress)
    point = proof.anchor(session.clock.now()) if checked.holds and not lost else None
    return Standing(checked=checked, lost=lost, point=point)


def _lost(proof: AuditProof, memory: AnchorMemory) -> tuple[Anchor, ...]:
    """Whoever signed them: a log rewritten with other keys would disown its anchors."""
    return tuple(one for one in memory.of(proof.vault) if not proof.contains(one))


def _log(session: Session, work: UnitOfWork, checked: Checked, lost: Sequence[Anchor]) -> None:
    if checked.broken is not None:
        _once(session, work, BROKEN, [str(checked.broken.seq), checked.broken.flaw.value])
    if lost:
        _once(session, work, LOST, [f"{one.count} {one.head}" for one in lost])


def _once(session: Session, work: UnitOfWork, action: str, facts: Sequence[str]) -> None:
    """The facts are in the log; not again at each sign-in while they stay the same."""
    last = work.proof.newest((action, ACCEPTED))
    known = last is not None and last.action == action and list(last.fields) == list(facts)
    if facts and not known:
        session.log(work, action, TARGET, fields=facts)
