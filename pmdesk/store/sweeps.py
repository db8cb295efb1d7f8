"""The sweep: rows whose time has come, kind by kind, found by indexes."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from pmdesk.domain.acts import EraseReason, Method, Sweepable, SweepReport
from pmdesk.store import schema, schema_acts, search
from pmdesk.store.columns import UtcTime
from pmdesk.store.context import StoreContext
from pmdesk.store.erasures import SqlErasures

_sweep = schema_acts.sweep
_report = schema_acts.sweep_report
_event = schema.consent_event
_live = schema.consent
_export = schema_acts.export_list
_on_it = schema_acts.export_person
_journal = schema_acts.erasure

_SINCE: dict[Sweepable, Column[Any]] = {
    Sweepable.CONSENTS: _live.c.valid_until,
    Sweepable.HELD: schema_acts.held.c.until,
    Sweepable.DRAFTS: schema.draft.c.saved_at,
    Sweepable.NOTES: schema_acts.service_note.c.at,
    Sweepable.ARCHIVE: schema_acts.archive.c.keep_until,
    Sweepable.EVIDENCE: _event.c.at,
    Sweepable.OPTOUTS: schema_acts.optout.c.until,
    Sweepable.EXPORTS: _export.c.at,
    Sweepable.JOURNAL: _journal.c.at,
    Sweepable.REPORTS: _report.c.at,
}  # from when the period of each kind counts


class SqlSweeps:
    """Each kind is a table with a day or moment that its period counts from."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid
        self._erasures = SqlErasures(connection, context)

    def day(self) -> date:
        """The day up to which the office is swept."""
        day: date = self._connection.scalars(select(_sweep.c.day)).one()
        return day

    def advance(self, today: date, *, at: datetime) -> None:
        """The office is swept up to `today`; the database lets it never go back."""
        self._connection.execute(update(_sweep).values(day=today, at=at))

    def forget(self) -> None:
        """The search index holds nothing any more of what was corrected since the last sweep."""
        search.forget(self._connection)

    def sweep(self, kind: Sweepable, before: date, *, at: datetime) -> int:
        """Everything of the kind that is from before that day is gone; how many."""
        gone = _past(kind, before)
        if kind in _JOURNALLED:
            self._enter(kind, gone, before, at)
        if kind is Sweepable.EXPORTS:
            listed = select(_export.c.id).where(gone)
            self._connection.execute(delete(_on_it).where(_on_it.c.export.in_(listed)))
        return self._connection.execute(delete(_SINCE[kind].table).where(gone)).rowcount

    def oldest(self, kind: Sweepable) -> date | None:
        """The day that the period of the first of the kind counts from; None: there is none."""
        first = self._connection.scalar(select(func.min(_SINCE[kind])))
        return first.astimezone().date() if isinstance(first, datetime) else first

    def report(self, made: SweepReport) -> None:
        """The report stands for good."""
        self._connection.execute(
            insert(_report).values(
                day_from=made.day_from,
                day_to=made.day_to,
                at=made.at,
                by=made.by,
                document=json.dumps(dict(made.counts)),
            )
        )

    def reports(self, limit: int = 50) -> tuple[SweepReport, ...]:
        """Newest first."""
        newest = select(_report).order_by(_report.c.id.desc()).limit(limit)
        return tuple(_made(row) for row in self._connection.execute(newest))

    def _enter(
        self, kind: Sweepable, gone: ColumnElement[bool], before: date, at: datetime
    ) -> None:
        """The journal names what goes for good; a sweep has one certificate for all of it."""
        source = _SINCE[kind].table
        purpose = source.c.purpose if "purpose" in source.c else literal("")
        lines = select(
            literal(at, UtcTime()),
            literal(self._uid),
            source.c.person,
            purpose,
            literal(""),
            literal(EraseReason.PERIOD_OVER.value),
            literal(Method.ERASED.value),
            literal(self._erasures.next_certificate(before)),
        ).where(gone)
        names = ("at", "by", "person", "purpose", "field", "reason", "method", "certificate")
        self._connection.execute(insert(_journal).from_select(names, lines))


_JOURNALLED = frozenset({Sweepable.HELD, Sweepable.ARCHIVE})


def _past(kind: Sweepable, before: date) -> ColumnElement[bool]:
    since = _SINCE[kind]
    limit = _midnight(before) if isinstance(since.type, UtcTime) else before
    past: ColumnElement[bool] = since < limit
    if kind is not Sweepable.EVIDENCE:
        return past
    newer = _event.alias()
    same = (newer.c.person == _event.c.person, newer.c.purpose == _event.c.purpose)
    live = (_live.c.person == _event.c.person, _live.c.purpose == _event.c.purpose)
    return past & ~exists().where(*same, newer.c.at >= limit) & ~exists().where(*live)


def _midnight(day: date) -> datetime:
    """The first moment of the day, here."""
    return datetime.combine(day, time()).astimezone(UTC)


def _made(row: Row[Any]) -> SweepReport:
    return SweepReport(
        day_from=row.day_from,
        day_to=row.day_to,
        at=row.at,
        by=row.by,
        counts=json.loads(row.document),
    )
