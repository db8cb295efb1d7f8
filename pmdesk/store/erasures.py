"""The erasure journal of the office."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from pmdesk.domain.acts import Erasure
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Seal
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import erasing, journal, replaying, running, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext

_journal = schema_acts.erasure
_DIGITS = 5  # of a day's running number; a day of more erasures has longer ones


class SqlErasures:
    """What went: lines of ids that stand for good, and the act itself for values."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context
        self._register = SqlCatalogue(connection, context)

    def next_certificate(self, today: date) -> str:
        """`E20261123000017`: the day, the running number of the day and a check digit."""
        prefix = f"E{today:%Y%m%d}"
        newest = select(func.max(_journal.c.certificate)).where(
            _journal.c.certificate > prefix, _journal.c.certificate < prefix + ":"
        )
        last = self._connection.scalar(newest)
        counted = int(last[len(prefix) : -1]) if last else 0

        def number(count: int) -> str:
            digits = f"{prefix[1:]}{count:0{_DIGITS}}"
            return f"E{digits}{running.check_digit(digits)}"

        return running.first_free(self._connection, _journal.c.certificate, number, counted)

    def write(self, erasure: Erasure) -> None:
        """The line stands for good."""
        self._connection.execute(insert(_journal).values(journal.line(erasure)))

    def of(self, person: PersonId) -> tuple[Erasure, ...]:
        """Newest first."""
        found = select(_journal).where(_journal.c.person == person)
        rows = self._connection.execute(found.order_by(_journal.c.id.desc()))
        return tuple(journal.read(row) for row in rows)

    def since(self, moment: datetime | None = None) -> tuple[Erasure, ...]:
        """In order; all of them without a moment."""
        found = select(_journal).order_by(_journal.c.id)
        if moment is not None:
            found = found.where(_journal.c.at >= moment)
        return tuple(journal.read(row) for row in self._connection.execute(found))

    def get(self, certificate: str) -> tuple[Erasure, ...]:
        """The lines of one certificate."""
        found = select(_journal).where(_journal.c.certificate == certificate)
        return tuple(journal.read(row) for row in self._connection.execute(found))

    def erase_values(self, person: PersonId, purpose: PurposeCode, field: FieldKey) -> bool:
        """Nothing of the purpose (or of one field of it) is known; whether there was anything."""
        return erasing.erase_values(self._connection, self._register.live(), person, purpose, field)

    def replay(self, erasures: Sequence[Erasure], *, seal: Seal, today: date) -> int:
        """What was erased in the newer office is erased here too; how many lines were news."""
        return replaying.replay(self._connection, self._context, erasures, seal=seal, today=today)
