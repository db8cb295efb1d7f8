"""Compliance records in the store: each version and decision is a row that stays as it is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.records import (
    Record,
    RecordDecision,
    RecordId,
    RecordKind,
    RecordStatus,
    RecordVersion,
    digest,
)
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import schema_records as schema
from pmdesk.store.context import StoreContext

_record, _version, _decision = schema.record, schema.record_version, schema.record_decision
_FINAL = (RecordStatus.APPROVED, RecordStatus.REJECTED)


class SqlRecords:
    """The register of records."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who may do what is the services' business; the author is named by the caller
        self._connection = connection

    def get(self, record: RecordId) -> Record:
        """That record; NotFoundError when there is none."""
        row = self._connection.execute(_found().where(_record.c.id == record)).first()
        if row is None:
            raise NotFoundError(N_("This record is gone."), N_("Reload the list."))
        return _of(row)

    def all(self, kind: str = "", subject: str | None = None) -> tuple[Record, ...]:
        """Those of a kind (empty: of any), about a subject if one is named; newest first."""
        found = _found().order_by(_record.c.id.desc())
        if kind:
            found = found.where(_record.c.kind == kind)
        if subject is not None:
            found = found.where(_record.c.subject == subject)
        return tuple(_of(row) for row in self._connection.execute(found))

    def versions(self, record: RecordId) -> tuple[RecordVersion, ...]:
        """Newest first."""
        found = select(_version).where(_version.c.record == record)
        rows = self._connection.execute(found.order_by(_version.c.number.desc()))
        return tuple(_version_of(row) for row in rows)

    def version(self, record: RecordId, number: int) -> RecordVersion:
        """That version; NotFoundError when there is none."""
        found = select(_version).where(_version.c.record == record, _version.c.number == number)
        row = self._connection.execute(found).first()
        if row is None:
            raise NotFoundError(N_("This record is gone."), N_("Reload the list."))
        return _version_of(row)

    def decisions(self, record: RecordId) -> tuple[RecordDecision, ...]:
        """Newest first."""
        found = select(_decision).where(_decision.c.record == record)
        rows = self._connection.execute(found.order_by(_decision.c.id.desc()))
        return tuple(_decision_of(row) for row in rows)

    def add(
        self, kind: RecordKind, subject: str, document: str, *, author: str, at: datetime, year: int
    ) -> RecordId:
        """A new draft with the next number of that kind and year."""
        newest = select(func.max(_record.c.serial)).where(
            _record.c.kind == kind.code, _record.c.year == year
        )
        serial = (self._connection.scalar(newest) or 0) + 1
        made = insert(_record).values(
            kind=kind.code,
            year=year,
            serial=serial,
            number=f"{kind.prefix}-{year}-{serial:03}",
            subject=subject,
            second_person=kind.second_person,
            keeps_months=kind.keeps_months,
            status=RecordStatus.DRAFT,
            version=1,
            created_at=at,
        )
        record = RecordId(self._connection.scalars(made.returning(_record.c.id)).one())
        self._put(record, 1, document, author, at)
        return record

    def write(self, record: RecordId, document: str, *, author: str, at: datetime) -> int:
        """The number of the new version, which is a draft again."""
        number = self.get(record).version + 1
        self._put(record, number, document, author, at)
        changed = update(_record).where(_record.c.id == record)
        self._connection.execute(changed.values(version=number, status=RecordStatus.DRAFT))
        return number

    def step(
        self,
        record: RecordId,
        status: RecordStatus,
        *,
        by: str,
        at: datetime,
        words: str = "",
        alone: bool = False,
    ) -> None:
        """The present version has this status, and it is written down who did it and why."""
        number = self.get(record).version
        decision = insert(_decision).values(
            record=record, version=number, step=status, by=by, at=at, words=words, alone=alone
        )
        try:
            self._connection.execute(decision)
        except IntegrityError as error:
            raise RefusedError(
                N_("Nobody decides on a record of his own."),
                N_("Ask a colleague: a reviewer, another manager or an administrator."),
            ) from error
        moved = update(_record).where(_record.c.id == record).values(status=status)
        self._connection.execute(moved)

    def expire(self, today: date) -> tuple[str, ...]:
        """Closed records past their minimum period are gone; their numbers."""
        over = [
            one
            for one in self.all()
            if one.status is RecordStatus.CLOSED and one.keep_until <= today
        ]
        for one in over:
            self.delete(one.id)
        return tuple(one.number for one in over)

    def delete(self, record: RecordId) -> None:
        """The record is gone; RefusedError before its minimum period is over."""
        try:
            self._connection.execute(delete(_record).where(_record.c.id == record))
        except IntegrityError as error:
            raise RefusedError(
                N_("This record cannot be deleted yet."),
                N_("Records are kept for at least three years after they ended."),
            ) from error

    def _put(self, record: RecordId, number: int, document: str, author: str, at: datetime) -> None:
        self._connection.execute(
            insert(_version).values(
                record=record,
                number=number,
                document=document,
                digest=digest(document),
                author=author,
                at=at,
            )
        )


def _found() -> Select[Any]:
    """Each record with the author of its present version, its last moment, its way of approval."""
    now = _version.alias("now")
    present = (now.c.record == _record.c.id) & (now.c.number == _record.c.version)
    last = select(func.max(_decision.c.at)).where(_decision.c.record == _record.c.id)
    alone = select(func.max(_decision.c.alone)).where(
        _decision.c.record == _record.c.id,
        _decision.c.version == _record.c.version,
        _decision.c.step.in_(_FINAL),
    )
    return select(
        _record,
        now.c.author,
        now.c.at.label("written_at"),
        last.scalar_subquery().label("decided_at"),
        alone.scalar_subquery().label("alone"),
    ).join(now, present)


def _of(row: Row[Any]) -> Record:
    return Record(
        id=RecordId(row.id),
        kind=row.kind,
        number=row.number,
        subject=row.subject,
        status=RecordStatus(row.status),
        version=row.version,
        author=row.author,
        created_at=row.created_at,
        last_at=max(row.written_at, row.decided_at or row.written_at),
        keeps_months=row.keeps_months,
        alone=bool(row.alone),
    )


def _version_of(row: Row[Any]) -> RecordVersion:
    return RecordVersion(
        record=RecordId(row.record),
        number=row.number,
        document=row.document,
        digest=row.digest,
        author=row.author,
        at=row.at,
    )


def _decision_of(row: Row[Any]) -> RecordDecision:
    return RecordDecision(
        version=row.version,
        step=RecordStatus(row.step),
        by=row.by,
        at=row.at,
        words=row.words,
        alone=row.alone,
    )
