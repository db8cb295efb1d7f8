"""Confidentiality undertakings in the store."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select

from pmdesk.domain.undertaking import Signed
from pmdesk.store.context import StoreContext
from pmdesk.store.schema import staff
from pmdesk.store.schema_books import undertaking as _table


class SqlUndertakings:
    """Signatures that stand for good; the database itself refuses to change them."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who may sign for whom is the services' business
        self._connection = connection

    def add(self, signed: Signed) -> None:
        """The signature stands."""
        self._connection.execute(
            insert(_table).values(
                uid=signed.uid,
                version=signed.version,
                digest=signed.digest,
                name=signed.name,
                signed_at=signed.signed_at,
                valid_until=signed.valid_until,
            )
        )

    def latest(self, uid: str) -> Signed | None:
        """The newest signature of the account."""
        row = self._connection.execute(_newest().where(_table.c.uid == uid).limit(1)).first()
        return None if row is None else _read(row)

    def expire(self, today: date) -> int:
        """Those of disabled accounts that ran out three years ago are gone; how many."""
        gone = delete(_table).where(_of_leavers(), today.isoformat() > _LAST)
        return self._connection.execute(gone).rowcount

    def first_to_go(self) -> date | None:
        """The day on which the next one goes; None while every account is in use."""
        last = self._connection.scalar(select(func.min(_LAST)).where(_of_leavers()))
        return date.fromisoformat(last) + timedelta(days=1) if last else None


_LAST = func.date(_table.c.valid_until, "+3 years")  # the last day on which it has to be kept


def _of_leavers() -> ColumnElement[bool]:
    return _table.c.uid.in_(select(staff.c.uid).where(staff.c.enabled.is_(False)))


def _newest() -> Select[Any]:
    return select(_table).order_by(_table.c.id.desc())


def _read(row: Row[Any]) -> Signed:
    return Signed(
        uid=row.uid,
        version=row.version,
        digest=row.digest,
        name=row.name,
        signed_at=row.signed_at,
        valid_until=row.valid_until,
    )
