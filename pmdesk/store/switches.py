"""Proposals to collect a field that is off by default, decided by a second person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, union, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.dimensions import Switch, SwitchId, SwitchState
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import schema, schema_acts
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_quarantine import field_switch as _table


class SqlSwitches:
    """The proposals of an office; each stays on record with both names."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def all(self, field: FieldKey) -> tuple[Switch, ...]:
        """Newest first."""
        found = select(_table).where(_table.c.field == field).order_by(_table.c.id.desc())
        return tuple(_switch(row) for row in self._connection.execute(found))

    def propose(
        self, field: FieldKey, necessity: str, alternatives: str, *, at: datetime
    ) -> SwitchId:
        """The proposal waits for a second person."""
        row = insert(_table).values(
            field=field,
            state=SwitchState.PROPOSED,
            necessity=necessity,
            alternatives=alternatives,
            proposed_by=self._uid,
            proposed_at=at,
        )
        try:
            return SwitchId(self._connection.scalars(row.returning(_table.c.id)).one())
        except IntegrityError as error:
            raise ConflictError(
                N_("There is a proposal already, or the field is on."), N_("Reload the page.")
            ) from error

    def decide(self, switch: SwitchId, *, on: bool, words: str, at: datetime) -> None:
        """Decided by a second person; the database refuses the proposer himself."""
        state = SwitchState.ON if on else SwitchState.REFUSED
        try:
            self._move(
                switch,
                SwitchState.PROPOSED,
                {"state": state, "decided_by": self._uid, "decided_at": at, "words": words},
            )
        except IntegrityError as error:
            raise RefusedError(
                N_("Nobody decides on a proposal of his own."), N_("Ask a reviewer to decide.")
            ) from error

    def end(self, switch: SwitchId, *, at: datetime) -> None:
        """The field is off again."""
        off = {"state": SwitchState.OFF, "ended_by": self._uid, "ended_at": at}
        self._move(switch, SwitchState.ON, off)

    def people(self, purpose: PurposeCode) -> tuple[PersonId, ...]:
        """Whoever has a live consent to the purpose, or values of it that wait for one."""
        live, held = schema.consent, schema_acts.held
        both = union(
            select(live.c.person).where(live.c.purpose == purpose),
            select(held.c.person).where(held.c.purpose == purpose),
        )
        return tuple(map(PersonId, self._connection.scalars(both)))

    def _move(self, switch: SwitchId, before: SwitchState, values: dict[str, object]) -> None:
        that = update(_table).where(_table.c.id == switch, _table.c.state == before)
        if not self._connection.execute(that.values(**values)).rowcount:
            raise ConflictError(N_("This proposal was decided meanwhile."), N_("Reload the page."))


def _switch(row: Row[Any]) -> Switch:
    return Switch(
        id=SwitchId(row.id),
        field=FieldKey(row.field),
        state=SwitchState(row.state),
        necessity=row.necessity,
        alternatives=row.alternatives,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        words=row.words,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
    )
