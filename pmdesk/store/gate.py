"""The gate: answers tables made of the live catalogue, which hang on a live consent."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    MetaData,
    Table,
    and_,
    case,
    column,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy import table as named
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateTable, SchemaItem
from sqlalchemy.types import TypeEngine

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Kind
from pmdesk.store import rows, schema
from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime

KNOWN = "_known"  # of a multiple choice: none of them is an answer, unknown is not
FROM, TO = "_from", "_to"  # of a period

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_OWN = frozenset({"person", "purpose", "source", "collected_at", "confirmed_at", "by", "value"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersTable:
    """Where the values of one purpose live: a row per person, a child table per multiple choice."""

    table: Table
    children: Mapping[FieldKey, Table]
    fields: tuple[Field, ...]


@functools.lru_cache(maxsize=8)
def tables(catalogue: Catalogue) -> Mapping[str, AnswersTable]:
    """The answers table of each purpose that has answers."""
    metadata = MetaData()
    for parent in (schema.person, schema.consent):
        parent.to_metadata(metadata)
    return {
        purpose: _answers_table(metadata, catalogue, purpose) for purpose in catalogue.answering
    }


def install(connection: Connection, catalogue: Catalogue) -> None:
    """Each answers table has exactly the columns of the catalogue; values that fit have stayed."""
    wanted = tables(catalogue)
    found = _found(connection)
    families = {answers.table.name: answers for answers in wanted.values()}
    for name in {_family(name) for name in found} - set(families):
        _drop(connection, _members(name, found))
    for name, answers in families.items():
        if {t.name: _ddl(connection, t) for t in _all(answers)} != _members(name, found):
            _rebuild(connection, answers, _members(name, found))
    if _found(connection) != found:
        rows.remade(connection)
    _close_sealed(connection, catalogue)


def table_name(purpose: str) -> str:
    """The name of the answers table of a purpose."""
    return f"answers_{_checked(purpose.lower().replace('-', ''))}"


# ---- what a table looks like ----------------------------------------------------------------


def _answers_table(metadata: MetaData, catalogue: Catalogue, purpose: str) -> AnswersTable:
    fields = catalogue.answers(purpose)
    name = table_name(purpose)
    table = Table(
        name,
        metadata,
        Column("person", Integer, primary_key=True, autoincrement=False),
        Column("purpose", Text, nullable=False, server_default=purpose),
        *(part for field in fields for part in _columns(field)),
        Column("source", Text, nullable=False),
        Column("collected_at", UtcTime, nullable=False),
        Column("confirmed_at", UtcTime, nullable=False),
        Column("by", Text, nullable=False),
        CheckConstraint(column("purpose") == purpose),
        _hangs_on(catalogue, purpose),
        sqlite_strict=True,
    )
    children = {f.key: _child(metadata, name, f) for f in fields if f.kind is Kind.CHOICES}
    return AnswersTable(table=table, children=children, fields=fields)


def _hangs_on(catalogue: Catalogue, purpose: str) -> ForeignKeyConstraint:
    """Values under consent fall with the consent, those of the contract with the person."""
    if catalogue.purpose(purpose).needs_consent:
        return ForeignKeyConstraint(
            ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
        )
    return ForeignKeyConstraint(["person"], ["person.id"], ondelete="CASCADE")


def _columns(field: Field) -> Iterator[SchemaItem]:
    key = _checked(field.key)
    if field.kind is Kind.CHOICES:
        yield Column(key + KNOWN, Flag, nullable=False, server_default="0")
        yield CheckConstraint(column(key + KNOWN, Integer).in_((0, 1)))
    elif field.kind is Kind.PERIOD:
        for name in (key + FROM, key + TO):
            yield Column(name, IsoDate)
            yield CheckConstraint(_is_day(name))
        yield CheckConstraint(column(key + FROM) <= column(key + TO))
    else:
        yield Column(key, _TYPES[field.kind])
        yield from (CheckConstraint(check) for check in _checks(field))


def _child(metadata: MetaData, parent: str, field: Field) -> Table:
    return Table(
        f"{parent}_{_checked(field.key)}",
        metadata,
        Column("person", Integer, primary_key=True),
        Column("value", Text, primary_key=True),
        CheckConstraint(_is_listed("value", field)),
        ForeignKeyConstraint(["person"], [f"{parent}.person"], ondelete="CASCADE"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _checks(field: Field) -> Iterator[ColumnElement[bool]]:
    """What the database itself asks of a value, beside its type."""
    if field.kind is Kind.CHOICE:
        yield _is_listed(field.key, field)
    elif field.kind is Kind.FLAG:
        yield column(field.key, Integer).in_((0, 1))
    elif field.kind is Kind.DATE:
        yield _is_day(field.key)
    elif field.kind is Kind.NUMBER:
        yield from _limits(field)
    else:
        yield func.length(column(field.key, Text)) <= field.longest


def _limits(field: Field) -> Iterator[ColumnElement[bool]]:
    value = column(field.key, Integer)
    if field.low is not None:
        yield value >= field.low
    if field.high is not None:
        yield value <= field.high


def _is_listed(name: str, field: Field) -> ColumnElement[bool]:
    return column(name, Text).in_(tuple(option.code for option in field.options))


def _is_day(name: str) -> ColumnElement[bool]:
    """Only a real day in ISO form is the day that `date` makes of it; of nonsense it makes NULL."""
    return func.date(column(name, Text)).is_not_distinct_from(column(name, Text))


def _checked(key: str) -> str:
    """The key, fit to stand in SQL; the catalogue's keys never come from a form."""
    if key in _OWN or not _KEY.fullmatch(key):
        raise ValueError("not a key for a column")
    return key


_TYPES: Mapping[Kind, type[TypeEngine[Any]]] = {
    Kind.TEXT: Text,
    Kind.PHONE: Text,
    Kind.EMAIL: Text,
    Kind.CHOICE: Text,
    Kind.FLAG: Flag,
    Kind.NUMBER: Integer,
    Kind.DATE: IsoDate,
}

# ---- from the tables that are there to those that shall be ----------------------------------


def _found(connection: Connection) -> Mapping[str, str]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name GLOB 'answers_*'"
    )
    return {name: sql.strip() for name, sql in rows}


def _family(name: str) -> str:
    return "_".join(name.split("_")[:2])


def _members(name: str, found: Mapping[str, str]) -> Mapping[str, str]:
    return {member: sql for member, sql in found.items() if _family(member) == name}


def _all(answers: AnswersTable) -> tuple[Table, ...]:
    return (answers.table, *answers.children.values())


def _ddl(connection: Connection, table: Table) -> str:
    return str(CreateTable(table).compile(dialect=connection.dialect)).strip()


def _drop(connection: Connection, members: Iterable[str]) -> None:
    """The family is gone, children first."""
    for member in sorted(members, reverse=True):
        connection.exec_driver_sql(f'DROP TABLE "{member}"')


def _rebuild(connection: Connection, answers: AnswersTable, old: Mapping[str, str]) -> None:
    """New tables with what fits of the old values; SQLite cannot change a CHECK in place."""
    for member in old:
        connection.exec_driver_sql(f'ALTER TABLE "{member}" RENAME TO "old_{member}"')
    for table in _all(answers):
        connection.execute(CreateTable(table))
    for table in _all(answers):
        if table.name in old:
            _copy(connection, table, _checks_of(answers, table))
    _drop(connection, [f"old_{member}" for member in old])


def _checks_of(answers: AnswersTable, table: Table) -> Mapping[str, ColumnElement[bool]]:
    """By column, what its value must fulfil to stay."""
    if table is not answers.table:
        key = next(key for key, child in answers.children.items() if child is table)
        field = next(field for field in answers.fields if field.key == key)
        return {"value": _is_listed("value", field)}
    plain = [(field.key, tuple(_checks(field))) for field in answers.fields if field.kind in _TYPES]
    return {key: and_(*checks) for key, checks in plain if checks}


def _copy(connection: Connection, table: Table, checks: Mapping[str, ColumnElement[bool]]) -> None:
    before = _types(connection, f"old_{table.name}")
    shared = [
        part
        for part in table.columns
        if before.get(part.name) == part.type.compile(connection.dialect)
    ]
    source = named(f"old_{table.name}", *(column(part.name) for part in shared))
    values = [
        case((checks[part.name], column(part.name)), else_=null())
        if part.name in checks and part.nullable
        else column(part.name)
        for part in shared
    ]
    kept = [check for name, check in checks.items() if not table.columns[name].nullable]
    rows = select(*values).select_from(source).where(*kept)
    connection.execute(insert(table).from_select([part.name for part in shared], rows))


def _types(connection: Connection, name: str) -> Mapping[str, str]:
    rows = connection.exec_driver_sql(f'PRAGMA table_info("{name}")')
    return {row.name: row.type for row in rows}


def _close_sealed(connection: Connection, catalogue: Catalogue) -> None:
    """Only the sealed fields of the catalogue may be kept, each under its own purpose."""
    pairs = [(p.code, field.key) for p in catalogue.purposes for field in catalogue.sealed(p.code)]
    fits = or_(
        literal_column("0") == 1,
        *(
            and_(literal_column("NEW.purpose") == purpose, literal_column("NEW.field") == key)
            for purpose, key in pairs
        ),
    )
    words = fits.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    for act in ("insert", "update"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS sealed_value_on_{act}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER sealed_value_on_{act} BEFORE {act} ON sealed_value WHEN NOT ({words}) "
            "BEGIN SELECT RAISE(ABORT, 'not a sealed field of this purpose'); END"
        )
