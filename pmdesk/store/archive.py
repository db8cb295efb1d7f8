"""The archive: what the contract knows of people who left, sealed until the law wants no more."""

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from pmdesk.domain.acts import ArchiveEntry, ArchiveReason
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CONTRACT
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import held_values, schema_acts, search
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.orders import letting_go
from pmdesk.store.people import SqlPeople, remove

_archive = schema_acts.archive


class SqlArchive:
    """Entries that tell a number, a reason and a day; the rest is sealed."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._people = SqlPeople(connection, context)
        self._register = SqlCatalogue(connection, context)

    def content(self, person: PersonId) -> bytes:
        """What the contract knows of a person in the register, as one document."""
        who = self._people.get(person)
        document: dict[str, Any] = {
            "name": who.name,
            "mobile": who.mobile,
            "units": [
                {
                    "unit": one.unit.label,
                    "role": one.role.value,
                    "since": one.since.isoformat() if one.since else "",
                    "until": one.until.isoformat() if one.until else "",
                }
                for one in who.occupancies
            ],
            "answers": {},
            "orders": letting_go.kept(self._connection, person),
        }
        catalogue = self._register.live()
        for _person, answers in held_values.contents(
            self._connection, catalogue, CONTRACT, [person]
        ):
            document["answers"] = json.loads(answers)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    def put(self, entry: ArchiveEntry) -> None:
        """The person is in the archive and in no register any more."""
        self.block(entry)
        search.forget(self._connection)

    def block(self, entry: ArchiveEntry) -> None:
        """`put`, with the search index still to be told to forget."""
        self._connection.execute(
            insert(_archive).values(
                person=entry.person,
                reason=entry.reason,
                archived_on=entry.archived_on,
                keep_until=entry.keep_until,
                blob=entry.blob,
            )
        )
        remove(self._connection, entry.person)

    def all(self) -> tuple[ArchiveEntry, ...]:
        """By the day they go."""
        found = select(_archive).order_by(_archive.c.keep_until, _archive.c.person)
        return tuple(_entry(row) for row in self._connection.execute(found))

    def get(self, person: PersonId) -> ArchiveEntry:
        """NotFoundError when the archive has no such person."""
        found = select(_archive).where(_archive.c.person == person)
        row = self._connection.execute(found).first()
        if row is None:
            raise NotFoundError(
                N_("The archive has no such entry."),
                N_("Its time may have come: entries go on the day the list says."),
            )
        return _entry(row)

    def drop(self, person: PersonId) -> bool:
        """The entry is gone; whether there was one."""
        dropped = delete(_archive).where(_archive.c.person == person)
        return bool(self._connection.execute(dropped).rowcount)


def _entry(row: Row[Any]) -> ArchiveEntry:
    return ArchiveEntry(
        person=PersonId(row.person),
        reason=ArchiveReason(row.reason),
        archived_on=row.archived_on,
        keep_until=row.keep_until,
        blob=row.blob,
    )
