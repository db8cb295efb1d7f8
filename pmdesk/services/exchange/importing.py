"""The import itself: a dry run, then all good rows in one transaction or none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pmdesk.domain import office
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.office import Changes
from pmdesk.domain.people import NewResident
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress
from pmdesk.domain.purposes import CONTRACT
from pmdesk.domain.staff import Permission
from pmdesk.services.exchange.examining import led, live_catalogue, opened
from pmdesk.services.exchange.headers import located
from pmdesk.services.exchange.plan import plan
from pmdesk.services.exchange.planned import ImportPlan, Judged, PlannedResident
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.session import Session

T = TypeVar("T")
EVERY = 500  # rows between two reports of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import entered and what it left out."""

    entered: int
    units: int
    known: int  # rows that name a resident who is in the register already
    plan: ImportPlan


def dry_run(
    session: Session,
    source: Path | Book,
    mapping: Mapping[int, str] | None = None,
    *,
    progress: Progress = lambda _done, _all: None,
) -> ImportPlan:
    """What the file would bring; `mapping` leads columns (from 0) to other targets. No write."""
    catalogue = live_catalogue(session)
    sheet, header = located(opened(source), catalogue)
    header = led(header, mapping or {}, catalogue)
    planned = plan(sheet, header, catalogue, progress=lambda row: progress(row, 0))
    with session.reading(Permission.IMPORT) as work:
        there = work.people.existing()
    return replace(planned, known=sum(_identity(row) in there for row in planned.residents))


def enter(
    session: Session, planned: ImportPlan, *, progress: Progress = lambda _done, _all: None
) -> tuple[Changes, Report]:
    """The good rows are residents under P1; whoever is known already is left as he is.

    One transaction: what `progress` raises, and any fault, leaves nothing behind.
    """
    with session.writing(Permission.IMPORT) as work:
        known = work.people.existing()
        fresh = [row for row in planned.residents if _identity(row) not in known]
        told = Told(progress, len(fresh) + sum(bool(row.values) for row in fresh))
        work.premises.ensure_many((u.building, u.entrance, u.room) for u in planned.units)
        now = session.clock.now()
        ids = work.people.add_many(told.each(map(_resident, fresh)), at=now)
        values = ((i, _keyed(row)) for i, row in zip(ids, fresh, strict=True) if row.values)
        work.answers.put_many(CONTRACT, told.each(values), source="import", at=now)
        report = Report(
            entered=len(ids),
            units=len(planned.units),
            known=len(planned.residents) - len(fresh),
            plan=planned,
        )
        counts = {"entered": report.entered, "known": report.known}
        log_import(session, work, "import.residents", "import:tables", planned, counts)
        work.commit()
    return Changes.of(office.RESIDENTS), report


class Told:
    """Tells how far the import is while rows pass through."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def each(self, rows: Iterable[T]) -> Iterator[T]:
        """The rows as they are."""
        for row in rows:
            if self._done % EVERY == 0:
                self._progress(self._done, self._total)
            self._done += 1
            yield row


def log_import(
    session: Session,
    work: UnitOfWork,
    act: str,
    target: str,
    plan: Judged,
    counts: Mapping[str, int],
) -> None:
    """Column names and counts are in the log; never a value."""
    session.log(
        work,
        act,
        target,
        fields=[column.header for column in plan.taken],
        row={
            **counts,
            "bad": len(plan.bad),
            "refused": [column.header for column in plan.refused],
        },
    )


def _identity(row: PlannedResident) -> tuple[str, str, str, str]:
    return (row.building, row.entrance, row.room, row.name)


def _keyed(row: PlannedResident) -> Mapping[FieldKey, Value]:
    return {FieldKey(key): value for key, value in row.values.items()}


def _resident(row: PlannedResident) -> NewResident:
    return NewResident(
        name=row.name,
        mobile=row.phones[0] if row.phones else "",
        building=row.building,
        entrance=row.entrance,
        room=row.room,
        role=row.role,
    )
