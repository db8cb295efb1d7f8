"""Unsaved forms in the store: encrypted like everything else, each seen by its writer only."""

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.domain.ports import Draft
from pmdesk.store import schema
from pmdesk.store.context import StoreContext

_table = schema.draft
_KEY = ("uid", "page", "subject")


class SqlDrafts:
    """The unsaved forms of the account that acts."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def put(self, page: str, subject: str, document: str, *, at: datetime) -> None:
        """The form is kept; an older state of the same form is replaced."""
        now = {"document": document, "saved_at": at}
        row = upsert(_table).values(uid=self._uid, page=page, subject=subject, **now)
        self._connection.execute(row.on_conflict_do_update(index_elements=_KEY, set_=now))

    def get(self, page: str, subject: str) -> Draft | None:
        """The form, if one was kept."""
        return next((d for d in self.all() if (d.page, d.subject) == (page, subject)), None)

    def all(self) -> tuple[Draft, ...]:
        """Newest first."""
        own = select(_table).where(_table.c.uid == self._uid).order_by(_table.c.saved_at.desc())
        return tuple(
            Draft(page=row.page, subject=row.subject, document=row.document, saved_at=row.saved_at)
            for row in self._connection.execute(own)
        )

    def drop(self, page: str, subject: str) -> None:
        """Nothing of the form is kept."""
        self._connection.execute(
            delete(_table).where(
                _table.c.uid == self._uid, _table.c.page == page, _table.c.subject == subject
            )
        )
