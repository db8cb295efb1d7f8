"""Lists that left the office: found again by the people on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.domain.people import PersonId
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import schema_acts
from pmdesk.store.context import StoreContext

_list = schema_acts.export_list
_on_it = schema_acts.export_person


class SqlExportLists:
    """Numbers, days and counts of exports; whom they name is kept as ids only."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who exported is a value of the list
        self._connection = connection

    def add(self, made: ExportList, people: Iterable[int], economic: Iterable[int] = ()) -> None:
        """The list is on record with everybody on it, and of whom it tells something economic."""
        added = insert(_list).values(
            number=made.number,
            at=made.at,
            by=made.by,
            what=made.what,
            recipient=made.recipient,
            people=made.people,
            masked=made.masked,
            purpose=made.errand and made.errand.purpose,
            receiver=made.errand and made.errand.recipient,
        )
        key = self._connection.scalars(added.returning(_list.c.id)).one()
        told = frozenset(economic)
        rows = [(person, key, int(person in told)) for person in sorted(set(people))]
        if rows:
            self._connection.exec_driver_sql(_INSERT, rows)

    def all(self) -> tuple[ExportList, ...]:
        """Newest first."""
        return self._found(select(_list).order_by(_list.c.at.desc(), _list.c.id.desc()))

    def holding(self, person: PersonId) -> tuple[ExportList, ...]:
        """The lists with the person, newest first."""
        of_person = select(_on_it.c.export).where(_on_it.c.person == person)
        return self._found(
            select(_list).where(_list.c.id.in_(of_person)).order_by(_list.c.id.desc())
        )

    def recall(self, person: PersonId, *, at: datetime) -> tuple[ExportList, ...]:
        """Every list with the person that rests on consent is to be fetched back; the new ones."""
        of_person = select(_on_it.c.export).where(_on_it.c.person == person)
        new = (
            update(_list)
            .where(
                _list.c.id.in_(of_person),
                _list.c.recalled_since.is_(None),
                _list.c.what.in_([kind for kind in ListKind if kind.rests_on_consent]),
            )
            .values(recalled_since=at)
            .returning(_list.c.id)
        )
        keys = list(self._connection.scalars(new))
        if not keys:
            return ()
        return self._found(select(_list).where(_list.c.id.in_(keys)).order_by(_list.c.id.desc()))

    def returned(self, number: str, *, by: str, at: datetime) -> None:
        """The list was fetched back and destroyed; NotFoundError when it was not recalled."""
        recalled = update(_list).where(
            _list.c.number == number,
            _list.c.recalled_since.is_not(None),
            _list.c.recalled_at.is_(None),
        )
        values = {"recalled_at": at, "recalled_by": by}
        if not self._connection.execute(recalled.values(values)).rowcount:
            raise NotFoundError(
                N_("No list of this number waits to be fetched back."), N_("Reload the page.")
            )

    def _found(self, statement: Any) -> tuple[ExportList, ...]:
        return tuple(_made(row) for row in self._connection.execute(statement))


def _made(row: Row[Any]) -> ExportList:
    return ExportList(
        number=row.number,
        at=row.at,
        by=row.by,
        what=ListKind(row.what),
        recipient=row.recipient,
        people=row.people,
        masked=row.masked,
        errand=_errand(row),
        recalled_since=row.recalled_since,
        recalled_at=row.recalled_at,
        recalled_by=row.recalled_by or "",
    )


def _errand(row: Row[Any]) -> Errand | None:
    if not row.purpose:
        return None
    kind = Recipient(row.receiver)
    return Errand(purpose=ExportPurpose(row.purpose), recipient=kind, to=row.recipient)


_INSERT = "INSERT INTO export_person (person, export, economic) VALUES (?, ?, ?)"
