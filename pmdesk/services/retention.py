"""The sweep: once a day, what the schedule says goes, however long the computer was off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pmdesk.domain import office
from pmdesk.domain.acts import Sweepable, SweepReport
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import Retention
from pmdesk.domain.retention import TERMS, Term
from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words
from pmdesk.services import month_counts as counting
from pmdesk.services.registers import REGISTERS, Register
from pmdesk.services.session import Session

NEVER = date(2000, 1, 1)  # where the database begins; such an office has nothing to catch up
NOTHING = Changes.of()
SWEPT = Changes.of(
    office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, office.OFFICE, office.RECORDS
)

NAMES: Mapping[str, Words] = {term.kind.value: term.name for term in TERMS} | {
    one.key: one.name for one in REGISTERS
}  # of every kind that a report counts, in the order of the schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A kind of data on the page: how long it is kept, why, and when the first of it goes."""

    kind: str
    name: Words
    line: Retention | None
    period: Words | None  # where there is no line
    first: date | None  # None: there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page on erasing by the calendar shows."""

    swept_to: date
    today: date
    due: tuple[Due, ...]
    reports: tuple[SweepReport, ...]

    @property
    def clock_is_back(self) -> bool:
        """Whether the clock shows a day before the last sweep, so that nothing goes."""
        return self.today < self.swept_to


def sweep(session: Session, work: UnitOfWork, *, again: bool = False) -> SweepReport | None:
    """The office is swept up to today, in the caller's transaction: all of it or nothing.

    None when there was nothing to do: the day was swept before (unless `again`), or the clock was
    set back, and then nothing goes.
    """
    today, now, last = session.clock.today(), session.clock.now(), work.sweeps.day()
    if today < last or (today == last and not again):
        return None
    work.sweeps.advance(today, at=now)
    work.sweeps.forget()
    gone = {kind: count for kind, count in _gone(session, work).items() if count}
    report = SweepReport(
        day_from=last if last > NEVER else today,
        day_to=today,
        at=now,
        by=session.staff.uid,
        counts=gone,
    )
    counting.keep(session, work)
    if gone:
        work.sweeps.report(report)
        session.log(work, "retention.swept", row=dict(gone))
    return report


def catch_up(session: Session) -> Changes:
    """A new day has begun while the office is open: what ended at midnight is gone."""
    with session.store.reading() as work:
        if session.clock.today() <= work.sweeps.day():
            return NOTHING
    with session.store.writing() as work:
        report = sweep(session, work)
        work.commit()
    return SWEPT if report and report.counts else NOTHING


def run_now(session: Session) -> Changes:
    """Somebody wants to see it done: everything that is due goes now."""
    with session.writing(Permission.KEEP_RECORDS) as work:
        sweep(session, work, again=True)
        work.commit()
    return SWEPT


def overview(session: Session) -> Overview:
    """The schedule with the next days, and what went so far."""
    with session.reading(Permission.SEE_RECORDS) as work:
        catalogue = work.catalogue.live()
        return Overview(
            swept_to=work.sweeps.day(),
            today=session.clock.today(),
            due=(
                *(_due(work, catalogue, term) for term in TERMS),
                *(_due_of(work, catalogue, one) for one in REGISTERS),
            ),
            reports=work.sweeps.reports(),
        )


def clock_is_back(session: Session, work: UnitOfWork) -> date | None:
    """The day of the last sweep when the clock shows an earlier one; None when all is well."""
    last = work.sweeps.day()
    return last if session.clock.today() < last else None


def _gone(session: Session, work: UnitOfWork) -> Mapping[str, int]:
    """By kind, how many went; consents first, for what they leave is held back for a while."""
    today, now = session.clock.today(), session.clock.now()
    catalogue = work.catalogue.live()
    gone: dict[str, int] = {}
    for term in TERMS:
        if term.kind is Sweepable.CONSENTS:
            gone[term.kind] = work.consent_ends.expire(
                today=today, at=now, seal=session.accounts.bulk_seal()
            )
        else:
            gone[term.kind] = work.sweeps.sweep(term.kind, term.before(catalogue, today), at=now)
    return gone | {one.key: one.expire(session, work) for one in REGISTERS}


def _due(work: UnitOfWork, catalogue: Catalogue, term: Term) -> Due:
    since = work.sweeps.oldest(term.kind)
    first = term.due(catalogue, since) if since else None
    return Due(
        kind=term.kind,
        name=term.name,
        line=term.line(catalogue),
        period=term.period,
        first=first,
    )


def _due_of(work: UnitOfWork, catalogue: Catalogue, register: Register) -> Due:
    lines = {one.code: one for one in catalogue.retentions}
    return Due(
        kind=register.key,
        name=register.name,
        line=lines.get(register.retention),
        period=register.period,
        first=register.first(work),
    )
