"""Consents that end without the person, in bulk: evidence, values held for 30 days, then gone."""

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
)

from pmdesk.domain.acts import Held, held_info, held_until
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consents import Decision
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Seal
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.purposes import ConsentForm, PurposeCode
from pmdesk.store import gate, held_values, schema, schema_acts, traces
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.columns import Text, written
from pmdesk.store.context import StoreContext
from pmdesk.store.intact import standing_in

BATCH = 5_000  # bounds what is held in memory, not the transaction
BROUGHT_BACK = "renewed"  # the source of values that a new consent let in again

_event = schema.consent_event
_live = schema.consent
_held = schema_acts.held

_OWN_OF_AN_END = {
    *("id", "decision", "receipt", "at", "by", "valid_until", "signature", "strokes"),
    *("own_initiative", "shown_at", "item"),
}
_KEPT = tuple(part.name for part in _event.columns if part.name not in _OWN_OF_AN_END)


class SqlConsentEnds:
    """Ends consents by the thousand; nothing that hung on them can be read any more."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid
        self._register = SqlCatalogue(connection, context)
        self._answers = SqlAnswers(connection, context)

    def expire(self, *, today: date, at: datetime, seal: Seal) -> int:
        """Consents past their last day have ended; how many.

        What would have gone by today anyway is not sealed first.
        """
        past = select(_live.c.purpose, _live.c.person, _live.c.valid_until)
        due = self._connection.execute(past.where(_live.c.valid_until < today)).all()
        ended = 0
        for purpose, rows in _by_purpose(due):
            recent = [
                (row.person, held_until(row.valid_until))
                for row in rows
                if held_until(row.valid_until) >= today
            ]
            self._hold(purpose, Decision.EXPIRED, recent, seal)
            everybody = [row.person for row in rows]
            ended += self._end_many(purpose, everybody, Decision.EXPIRED, at, today)
        return ended

    def end_stale(
        self,
        purpose: PurposeCode,
        version: str,
        *,
        at: datetime,
        today: date,
        seal: Seal,
        progress: Progress = silent,
    ) -> int:
        """Consents to notices of another major version than `version` have ended; how many.

        `progress` hears how many of them; what it raises stops the work.
        """
        same = f"{version.partition('.')[0]}."
        older = select(_live.c.person).where(
            _live.c.purpose == purpose,
            func.substr(_live.c.notice_version, 1, len(same)) != same,
        )
        people = list(self._connection.scalars(older))
        until = held_until(today)
        ended = 0
        for batch in _batches(people):
            progress(ended, len(people))
            self._hold(purpose, Decision.STALE, [(person, until) for person in batch], seal)
            ended += self._end_many(purpose, batch, Decision.STALE, at, today)
        progress(ended, len(people))
        return ended

    def end(
        self,
        person: PersonId,
        purpose: PurposeCode,
        decision: Decision,
        *,
        at: datetime,
        today: date,
        by: str = "",
    ) -> bool:
        """The live consent has ended and nothing of it is held; whether there was one."""
        self.drop_held(person, purpose)
        return bool(self._end_many(purpose, [person], decision, at, today, by))

    def held(self, person: PersonId) -> tuple[Held, ...]:
        """What waits, sealed, for a new consent of the person."""
        rows = self._connection.execute(select(_held).where(_held.c.person == person)).all()
        return tuple(
            Held(
                person=person,
                purpose=PurposeCode(row.purpose),
                decision=Decision(row.decision),
                until=row.until,
                blob=row.blob,
            )
            for row in rows
        )

    def drop_held(self, person: PersonId, purpose: PurposeCode) -> bool:
        """Nothing of the purpose waits any more; whether anything did."""
        dropped = delete(_held).where(_held.c.person == person, _held.c.purpose == purpose)
        return bool(self._connection.execute(dropped).rowcount)

    def bring_back(self, held: Held, content: bytes, *, at: datetime) -> None:
        """The values stand under the new consent, and are held no more.

        What the person was asked meanwhile is newer, and stays as it is.
        """
        catalogue = self._register.live()
        known = held_values.values(catalogue, held, content)
        if known and self._answers.get(held.person, held.purpose) is None:
            self._answers.put(held.person, held.purpose, known, source=BROUGHT_BACK, at=at)
        present = self._answers.sealed(held.person)
        for field, blob in held_values.sealed(catalogue, held, content).items():
            if field not in present:
                self._answers.seal(held.person, held.purpose, field, blob)
        self.drop_held(held.person, held.purpose)

    def _hold(
        self,
        purpose: PurposeCode,
        decision: Decision,
        people: Sequence[tuple[int, date]],
        seal: Seal,
    ) -> None:
        """Consents for single items are asked anew item by item: nothing of them is held."""
        catalogue = self._register.live()
        if not _holds(catalogue, purpose):
            return
        for batch in _batches(people):
            until = dict(batch)
            contents = held_values.contents(self._connection, catalogue, purpose, until)
            rows = [
                (
                    person,
                    purpose,
                    decision.value,
                    seal(held_info(PersonId(person), purpose), content),
                    until[person].isoformat(),
                )
                for person, content in contents
            ]
            if rows:
                self._connection.exec_driver_sql(_HOLD, rows)

    def _end_many(  # an end has these parts
        self,
        purpose: PurposeCode,
        people: Sequence[int],
        decision: Decision,
        at: datetime,
        today: date,
        by: str = "",
    ) -> int:
        ended = 0
        for batch in _batches(people):
            ids = json.dumps(batch)
            self._record(purpose, ids, decision, at, today, by or self._uid)
            of_batch = _live.c.person.in_(_each(ids))
            gone = delete(_live).where(_live.c.purpose == purpose, of_batch)
            ended += self._connection.execute(gone).rowcount
            traces.erase_many(self._connection, ids)
        return ended

    def _record(  # an end has these parts
        self,
        purpose: PurposeCode,
        ids: str,
        decision: Decision,
        at: datetime,
        today: date,
        by: str,
    ) -> None:
        """An event for each: the consent as it was given, ended now."""
        first = self._next_end(today)
        numbered = func.printf(
            f"A{today:%Y%m%d}%07d",
            first - 1 + func.row_number().over(order_by=_live.c.person),
        )
        of_batch: Select[Any] = (
            select(
                *(_event.c[name] for name in _KEPT),
                literal(decision.value),
                numbered,
                literal(written(at), Text()),
                literal(by),
            )
            .join_from(_live, _event, _event.c.id == _live.c.event)
            .where(_live.c.purpose == purpose, _live.c.person.in_(_each(ids)))
        )
        names = (*_KEPT, "decision", "receipt", "at", "by")
        ends = insert(_event).from_select(names, of_batch)
        standing_in(self._connection, purpose, partial(self._connection.execute, ends))

    def _next_end(self, today: date) -> int:
        """Ends that nobody asked for have no receipt, only a number of their own."""
        prefix = f"A{today:%Y%m%d}"
        of_day = select(func.max(_event.c.receipt)).where(
            _event.c.receipt > prefix, _event.c.receipt < prefix + ":"
        )
        last = self._connection.scalar(of_day)
        return int(last[len(prefix) :]) + 1 if last else 1


def _holds(catalogue: Catalogue, purpose: PurposeCode) -> bool:
    return catalogue.purpose(purpose).consent is not ConsentForm.PER_ITEM and (
        purpose in gate.tables(catalogue) or bool(catalogue.sealed(purpose))
    )


def _by_purpose(rows: Iterable[Any]) -> Iterator[tuple[PurposeCode, Sequence[Any]]]:
    ordered = sorted(rows, key=lambda row: (row.purpose, row.person))
    for purpose, group in itertools.groupby(ordered, key=lambda row: row.purpose):
        yield PurposeCode(purpose), tuple(group)


def _batches(things: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(things), BATCH):
        yield list(things[start : start + BATCH])


def _each(ids: str) -> Select[tuple[int]]:
    value: ColumnElement[int] = func.json_each(ids).table_valued("value").c.value
    return select(value)


_HOLD = (
    "INSERT INTO held (person, purpose, decision, blob, until) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (person, purpose) DO UPDATE SET "
    "decision = excluded.decision, blob = excluded.blob, until = excluded.until"
)
