"""A few words on a repair, kept for a year beside the person they are about."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.acts import ServiceNote
from pmdesk.domain.people import PersonId
from pmdesk.store import schema_acts
from pmdesk.store.context import StoreContext
from pmdesk.store.people import gone

_note = schema_acts.service_note


class SqlServiceNotes:
    """The notes of a person; nothing looks for words in them across people."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def of(self, person: PersonId) -> tuple[ServiceNote, ...]:
        """Newest first."""
        found = select(_note).where(_note.c.person == person).order_by(_note.c.id.desc())
        return tuple(
            ServiceNote(id=row.id, person=person, text=row.text, at=row.at, by=row.by)
            for row in self._connection.execute(found)
        )

    def add(self, person: PersonId, text: str, *, at: datetime) -> int:
        """The id of the new note."""
        added = insert(_note).values(person=person, text=text, at=at, by=self._uid)
        try:
            return int(self._connection.scalars(added.returning(_note.c.id)).one())
        except IntegrityError as error:
            raise gone() from error

    def drop(self, note: int) -> bool:
        """The note is gone; whether it was there."""
        return bool(self._connection.execute(delete(_note).where(_note.c.id == note)).rowcount)
