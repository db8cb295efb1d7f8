"""Answers in the store: values in the columns of the live catalogue, under the gate."""

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Kind, Value
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Answers
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, PmdeskError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import gate, schema
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.people import gone

BATCH = 5_000  # bounds what is held in memory, not the transaction

_FOREIGN_KEY = "FOREIGN KEY"  # SQLite does not name the kind otherwise
_sealed = schema.sealed_value

Columns = dict[str, object]


class SqlAnswers:
    """Values of people by purpose; without a live consent the database refuses them."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid
        self._register = SqlCatalogue(connection, context)

    def get(self, person: PersonId, purpose: PurposeCode) -> Answers | None:
        """What is known of the person for that purpose; None when nothing was recorded."""
        answers = gate.tables(self._register.live()).get(purpose)
        if answers is None:
            return None
        that = select(answers.table).where(answers.table.c.person == person)
        row = self._connection.execute(that).first()
        if row is None:
            return None
        return Answers(
            values={field.key: self._value(answers, field, row) for field in answers.fields},
            source=row.source,
            collected_at=row.collected_at,
            confirmed_at=row.confirmed_at,
        )

    def put(
        self,
        person: PersonId,
        purpose: PurposeCode,
        values: Mapping[FieldKey, Value],
        *,
        source: str,
        at: datetime,
    ) -> None:
        """Exactly these values are stored; refused without a live consent."""
        self.put_many(purpose, ((person, values),), source=source, at=at)

    def put_many(
        self,
        purpose: PurposeCode,
        rows: Iterable[tuple[PersonId, Mapping[FieldKey, Value]]],
        *,
        source: str,
        at: datetime,
    ) -> None:
        """Exactly these values are stored, by the thousand; refused without live consents."""
        catalogue = self._register.live()
        answers = gate.tables(catalogue).get(purpose)
        waiting = iter(rows)
        while batch := tuple(itertools.islice(waiting, BATCH)):
            used = frozenset[FieldKey]().union(*(values for _, values in batch))
            if answers is None or not used <= {field.key for field in answers.fields}:
                raise _unlisted()
            stamp: Columns = {"source": source, "by": self._uid}
            stamp |= {"collected_at": at, "confirmed_at": at}
            try:
                self._write(answers, batch, used, stamp)
            except IntegrityError as error:
                raise _refusal(error, catalogue, purpose) from error

    def seal(self, person: PersonId, purpose: PurposeCode, field: FieldKey, blob: bytes) -> None:
        """The sealed value is stored; an empty blob removes it."""
        if not blob:
            gone = delete(_sealed).where(_sealed.c.person == person, _sealed.c.field == field)
            self._connection.execute(gone)
            return
        row = upsert(_sealed).values(person=person, purpose=purpose, field=field, blob=blob)
        try:
            self._connection.execute(
                row.on_conflict_do_update(
                    index_elements=["person", "field"], set_={"blob": blob, "purpose": purpose}
                )
            )
        except IntegrityError as error:
            raise _refusal(error, self._register.live(), purpose) from error

    def sealed(self, person: PersonId) -> Mapping[FieldKey, bytes]:
        """The sealed values of the person, still closed."""
        rows = self._connection.execute(select(_sealed).where(_sealed.c.person == person))
        return {FieldKey(row.field): row.blob for row in rows}

    def _write(
        self,
        answers: gate.AnswersTable,
        batch: Sequence[tuple[PersonId, Mapping[FieldKey, Value]]],
        used: frozenset[FieldKey],
        stamp: Columns,
    ) -> None:
        fields = tuple(field for field in answers.fields if field.key in used)
        rows = [{"person": person, **stamp, **_columns(fields, values)} for person, values in batch]
        self._connection.execute(_exactly(answers.table), rows)
        for key, child in answers.children.items():
            those = [{"that": person} for person, _ in batch]
            gone = delete(child).where(child.c.person == bindparam("that"))
            self._connection.execute(gone, those)
            chosen = [
                {"person": person, "value": value}
                for person, values in batch
                for value in cast("tuple[str, ...]", values.get(key) or ())
            ]
            if chosen:
                self._connection.execute(insert(child), chosen)

    def _value(self, answers: gate.AnswersTable, field: Field, row: Row[Any]) -> Value:
        if field.kind is Kind.CHOICES:
            known = getattr(row, field.key + gate.KNOWN)
            return self._chosen(answers.children[field.key], field, row.person) if known else None
        if field.kind is Kind.PERIOD:
            first = getattr(row, field.key + gate.FROM)
            last = getattr(row, field.key + gate.TO)
            return (first, last) if first or last else None
        return cast("Value", getattr(row, field.key))

    def _chosen(self, child: Table, field: Field, person: int) -> tuple[str, ...]:
        found = select(child.c.value).where(child.c.person == person)
        chosen = set(self._connection.scalars(found))
        return tuple(option.code for option in field.options if option.code in chosen)


@functools.lru_cache(maxsize=32)
def _exactly(table: Table) -> Insert:
    """A row of the table as if it were the first: what is not told is unknown again."""
    row = upsert(table)
    kept = {"person", "purpose", "collected_at"}
    told = {part.name: row.excluded[part.name] for part in table.columns if part.name not in kept}
    return row.on_conflict_do_update(index_elements=["person"], set_=told)


def _columns(fields: Sequence[Field], values: Mapping[FieldKey, Value]) -> Columns:
    """The columns of these fields; what is not among the values is unknown."""
    columns: Columns = {}
    for field in fields:
        value = values.get(field.key)
        if field.kind is Kind.CHOICES:  # the choices themselves stand in a table of their own
            columns[field.key + gate.KNOWN] = value is not None
        elif field.kind is Kind.PERIOD:
            first, last = cast("tuple[date | None, date | None]", value or (None, None))
            columns[field.key + gate.FROM], columns[field.key + gate.TO] = first, last
        else:
            columns[field.key] = None if value == "" else value
    return columns


def _unlisted() -> RefusedError:
    return RefusedError(
        N_("Something of this is not in the catalogue of fields, so it is not collected."),
        N_("Leave it out; an administrator may change the catalogue."),
    )


def _refusal(error: IntegrityError, catalogue: Catalogue, purpose: str) -> PmdeskError:
    if _FOREIGN_KEY not in str(error.orig):
        return ConflictError(
            N_("A value does not fit the catalogue of fields; nothing was saved."),
            N_("Load the page anew: the catalogue may have changed."),
        )
    if not catalogue.purpose(purpose).needs_consent:
        return gone()
    return RefusedError(
        N_("There is no live consent for “{purpose}”, so nothing of it can be saved."),
        N_("Take the consent first; what the contract needs can be saved without it."),
        purpose=catalogue.purpose(purpose).name,
    )
