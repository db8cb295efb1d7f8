"""Quarantine in the store: sealed, out of its place, erased when its days are over."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import (
    EVERYTHING,
    MOBILE,
    NAME,
    Mistake,
    Quarantined,
    QuarantineId,
)
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import search
from pmdesk.store.context import StoreContext
from pmdesk.store.erasures import SqlErasures
from pmdesk.store.people import SqlPeople, gone
from pmdesk.store.schema_quarantine import quarantine as _table


class SqlQuarantine:
    """What was collected by mistake and waits to be erased or put back."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid
        self._people = SqlPeople(connection, context)
        self._erasures = SqlErasures(connection, context)

    def add(  # noqa: PLR0913  # one entry has these parts
        self,
        person: PersonId,
        purpose: PurposeCode,
        field: FieldKey,
        mistake: Mistake,
        *,
        blob: bytes,
        at: datetime,
        until: date,
        note: int | None = None,
    ) -> QuarantineId:
        """The entry waits."""
        row = insert(_table).values(
            person=person,
            purpose=purpose,
            field=field,
            reason=mistake,
            blob=blob,
            at=at,
            by=self._uid,
            until=until,
            note=note,
        )
        if field in {NAME, MOBILE, EVERYTHING}:  # the index holds no letter of it either
            search.forget(self._connection)
        try:
            return QuarantineId(self._connection.scalars(row.returning(_table.c.id)).one())
        except IntegrityError as error:
            raise gone() from error

    def all(self) -> tuple[Quarantined, ...]:
        """By the day they go."""
        return self._read(select(_table).order_by(_table.c.until, _table.c.id))

    def of(self, person: PersonId) -> tuple[Quarantined, ...]:
        """What of the person waits."""
        return self._read(select(_table).where(_table.c.person == person).order_by(_table.c.id))

    def get(self, entry: QuarantineId) -> Quarantined:
        """NotFoundError when it was erased or put back."""
        found = self._read(select(_table).where(_table.c.id == entry))
        if not found:
            raise NotFoundError(
                N_("This was erased or put back already."), N_("Reload the page to see the list.")
            )
        return found[0]

    def drop(self, entry: QuarantineId) -> None:
        """The entry is gone."""
        self._connection.execute(delete(_table).where(_table.c.id == entry))

    def expire(self, today: date, *, at: datetime) -> int:
        """What waited its days is erased, with a line in the journal; how many."""
        over = self._read(select(_table).where(_table.c.until < today).order_by(_table.c.id))
        for entry in over:
            self.drop(entry.id)
            self._journal(entry, today, at)
        return len(over)

    def _journal(self, entry: Quarantined, today: date, at: datetime) -> None:
        if entry.is_everything:
            self._people.remove(entry.person)
        number = self._erasures.next_certificate(today)
        self._erasures.write(entry.erasure(by=self._uid, at=at, certificate=number))

    def _read(self, found: Select[Any]) -> tuple[Quarantined, ...]:
        return tuple(_entry(row) for row in self._connection.execute(found).all())


def _entry(row: Row[Any]) -> Quarantined:
    return Quarantined(
        id=QuarantineId(row.id),
        person=PersonId(row.person),
        purpose=PurposeCode(row.purpose),
        field=FieldKey(row.field),
        mistake=Mistake(row.reason),
        at=row.at,
        by=row.by,
        until=row.until,
        blob=row.blob,
        note=row.note,
    )
