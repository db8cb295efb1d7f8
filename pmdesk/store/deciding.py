"""The statements that decide: what a rule table makes of everyone with a live consent."""

import calendar
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.selectable import FromClause

from pmdesk.analytics.facts import facts, field_of, month_number
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.rules.cells import ANY, Cell, Range, of_ranges
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.sql import Compiled, cell_test, compile_table
from pmdesk.rules.table import DecisionTable
from pmdesk.store import acts, gate, schema, schema_acts
from pmdesk.store.columns import Flag, IsoDate, UtcTime
from pmdesk.store.fact_columns import as_of_values, fact_columns
from pmdesk.store.intact import faults, intact_fields
from pmdesk.store.legend import Legend

FRESH_MONTHS = 24  # what nobody confirmed for longer reads as unknown

_consent = schema.consent
_restriction = schema_acts.restriction
_dispute = schema_acts.dispute
_tag_block = schema_acts.tag_block
_TODAY = bindparam("as_of", type_=IsoDate())
_FRESH_SINCE = bindparam("fresh_since", type_=UtcTime())
_PERSON = bindparam("person_id", type_=Integer())
_LOW, _HIGH = bindparam("low", type_=Integer()), bindparam("high", type_=Integer())
_ALL = literal_column("-1", Integer)  # LIMIT of a subquery that SQLite must not fold into the outer

_TEXTS = frozenset({FactType.CHOICE, FactType.TEXT})
_HOLDS = Cell(values=(True,))
_FLAGS = 3  # tests of a text that are yes-or-no columns of their own

Columns = Mapping[str, ColumnElement[Any]]
Lacking = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What the statements need not ask of everybody: only what somebody ever wanted left out."""

    disputed: frozenset[str] = frozenset()  # fields
    frozen: frozenset[str] = frozenset()  # purposes
    by_hand: bool = False  # people decide about somebody
    tags: tuple[str, ...] = ()  # that somebody had deleted
    damaged: Lacking = ()  # purpose and the versions of its notice that are not intact


NOBODY = LeftOut()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read: which facts, which notice versions do not list their field, one or all."""

    catalogue: Catalogue
    keys: tuple[str, ...]
    lacking: Lacking  # field and the versions of live consents that do not cover it
    one: bool
    left_out: LeftOut = NOBODY
    part: bool = False  # only those with an id in (low, high]

    def facts(self) -> Select[Any]:
        """A row per person with a live consent: the person and the facts, NULL where unknown."""
        return self._rows(self._columns())

    def decided(self, table: DecisionTable) -> tuple[Compiled, Subquery]:
        """The compiled table, and a row per person: the winning rule and the tags.

        Each layer computes its columns once; folded into one another, SQLite would compute a fact
        for each rule that asks for it.
        """
        asked, columns = tested(table, self._columns())
        known = self._rows(columns).limit(_ALL).subquery("known")
        compiled = compile_table(asked, {key: known.c[key] for key in columns})
        rows = select(known.c.person, compiled.rule.label("rule"), compiled.tags.label("tags"))
        return compiled, rows.limit(_ALL).subquery("decided")

    def _columns(self) -> Columns:
        """The facts; a field that the person's own notice does not list is unknown."""
        lacking = dict(self.lacking)
        columns = fact_columns(self.catalogue, self.keys)
        covered = {key: _covered(columns[key], lacking.get(field_of(key))) for key in self.keys}
        return {
            key: _undisputed(column, field_of(key))
            if field_of(key) in self.left_out.disputed
            else column
            for key, column in covered.items()
        }

    def _rows(self, columns: Columns) -> Select[Any]:
        live = [
            _consent.c.purpose == literal_column(f"'{CLASSIFICATION}'"),
            or_(_consent.c.valid_until.is_(None), _consent.c.valid_until >= _TODAY),
        ]
        if self.one:
            live.append(_consent.c.person == _PERSON)
        if self.part:
            live.append((_consent.c.person > _LOW) & (_consent.c.person <= _HIGH))
        if CLASSIFICATION in self.left_out.frozen:
            live.append(_not_frozen(CLASSIFICATION))
        return (
            select(_consent.c.person, *(column.label(key) for key, column in columns.items()))
            .select_from(_joined(self.catalogue, self.keys, self.left_out))
            .where(*live)
        )


def tested(table: DecisionTable, columns: Columns) -> tuple[DecisionTable, Columns]:
    """The same table with a yes-or-no column for each test of a text, or a number for its options.

    SQLite copies a text each time that another layer looks at it, a number is cheap: deciding about
    everyone takes a third less.
    """
    parts = [
        part
        for place, fact in enumerate(table.facts)
        for part in _parts(fact, columns[fact.key], [rule.cells[place] for rule in table.rules])
    ]
    rules = tuple(
        replace(rule, cells=tuple(cells[row] for _fact, _column, cells in parts))
        for row, rule in enumerate(table.rules)
    )
    asked = replace(table, facts=tuple(fact for fact, _column, _cells in parts), rules=rules)
    return asked, {fact.key: column for fact, column, _cells in parts}


Part = tuple[Fact, ColumnElement[Any], Sequence[Cell]]  # a column of the table, cells by row


def _parts(fact: Fact, column: ColumnElement[Any], cells: Sequence[Cell]) -> Iterator[Part]:
    asked = tuple(dict.fromkeys(cell for cell in cells if not cell.is_any))
    if fact.type not in _TEXTS:
        yield fact, column, cells
    elif len(asked) > _FLAGS:
        yield _numbered(fact, column, cells)
    else:
        for place, cell in enumerate(asked):
            flag = Fact(key=f"{fact.key}#{place}", label=fact.label, type=FactType.FLAG)
            test = type_coerce(cell_test(cell, fact, column), Flag())
            yield flag, test, [_HOLDS if own == cell else ANY for own in cells]


def _numbered(fact: Fact, column: ColumnElement[Any], cells: Sequence[Cell]) -> Part:
    """One number for each option that a cell names, in their order; the others are one more."""
    asked = {value for cell in cells for value in cell.values}
    named = [code for code in fact.codes if code in asked]
    number = {code: place for place, code in enumerate(named)}
    ranges = [[Range(number[str(v)], number[str(v)] + 1) for v in cell.values] for cell in cells]
    return (
        Fact(key=f"{fact.key}#", label=fact.label, type=FactType.NUMBER),
        case(
            (column.is_not(None), case(number, value=column, else_=literal_column(str(len(named)))))
        ),
        [
            ANY if cell.is_any else of_ranges(spans, unknown=cell.unknown)
            for cell, spans in zip(cells, ranges, strict=True)
        ],
    )


@functools.lru_cache(maxsize=16)
def table_of(document: str, catalogue: Catalogue) -> DecisionTable:
    """The decision table of a document, its facts being those of the catalogue."""
    return DecisionTable.from_json(document, facts(catalogue))


def reading(
    connection: Connection,
    catalogue: Catalogue,
    keys: Collection[str],
    *,
    person: PersonId | None = None,
) -> Reading:
    """Of these facts; a field that a person's own notice does not list reads as unknown.

    A notice that is gone or was altered by hand lists nothing.
    """
    versions = connection.scalars(_LIVE if person is None else _OWN, {"person_id": person}).all()
    fields = {key for key in map(field_of, keys) if not _has_own_notice(catalogue, key)}
    lacking: dict[str, set[str]] = {}
    for version, listed in intact_fields(connection, CLASSIFICATION, versions).items():
        for field in fields - listed:
            lacking.setdefault(field, set()).add(version)
    return Reading(
        catalogue=catalogue,
        keys=tuple(keys),
        lacking=tuple((field, tuple(sorted(lacking[field]))) for field in sorted(lacking)),
        one=person is not None,
        left_out=_left_out(connection, catalogue, keys),
    )


def _has_own_notice(catalogue: Catalogue, field: str) -> bool:
    """Its own purpose may classify: the notice and consent of that purpose cover it, not P2's."""
    purpose = catalogue.purpose(catalogue.field(field).purpose)
    return purpose.may_classify and purpose.code != CLASSIFICATION


def _left_out(connection: Connection, catalogue: Catalogue, keys: Collection[str]) -> LeftOut:
    purposes = dict.fromkeys(catalogue.field(field_of(key)).purpose for key in keys)
    return LeftOut(
        damaged=tuple(_damaged(connection, p) for p in purposes if p != CLASSIFICATION),
        disputed=acts.disputed_fields(connection),
        frozen=acts.restricted_purposes(connection),
        by_hand=acts.has_human_routes(connection),
        tags=acts.blocked_tags(connection),
    )


def _damaged(connection: Connection, purpose: str) -> tuple[str, tuple[str, ...]]:
    of_purpose = select(_consent.c.notice_version).where(_consent.c.purpose == purpose).distinct()
    versions = connection.scalars(of_purpose).all()
    return purpose, tuple(sorted(faults(connection, PurposeCode(purpose), versions)))


def values(today: date) -> dict[str, object]:
    """What is bound to the statements, so that they decide as of `today`."""
    year, month = divmod(month_number(today) - FRESH_MONTHS - 1, 12)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return {
        **as_of_values(today),
        "fresh_since": datetime(year, month + 1, day, tzinfo=UTC),
    }


def _joined(catalogue: Catalogue, keys: Collection[str], left_out: LeftOut) -> FromClause:
    """The live consents with every answers table that a fact needs."""
    joined: FromClause = _consent
    tables = gate.tables(catalogue)
    for purpose in dict.fromkeys(catalogue.field(field_of(key)).purpose for key in keys):
        table = tables[purpose].table
        tests = _usable(catalogue, purpose, table, dict(left_out.damaged).get(purpose, ()))
        if purpose in left_out.frozen and purpose != CLASSIFICATION:
            tests.append(_not_frozen(purpose))
        joined = joined.outerjoin(table, and_(*tests))
    return joined


def without_deleted(decided: Subquery, names: Legend, tags: Sequence[str]) -> ColumnElement[int]:
    """The decided tags without those that the person had deleted."""
    bits = {tag: names.bit(tag) for tag in tags if names.bit(tag)}
    if not bits:
        return decided.c.tags
    deleted = (
        select(func.coalesce(func.sum(case(bits, value=_tag_block.c.tag, else_=0)), 0))
        .where(_tag_block.c.person == decided.c.person)
        .scalar_subquery()
    )
    return decided.c.tags.bitwise_and(deleted.bitwise_not())


def _not_frozen(purpose: str) -> ColumnElement[bool]:
    wants_it = exists().where(
        _restriction.c.person == _consent.c.person, _restriction.c.purpose == purpose
    )
    return ~wants_it.correlate(_consent)


def _undisputed(column: ColumnElement[Any], field: str) -> ColumnElement[Any]:
    """Unknown to rules while the person says that the value is wrong."""
    says_so = exists().where(
        _dispute.c.person == _consent.c.person,
        _dispute.c.field == field,
        _dispute.c.settled_on.is_(None),
    )
    return case((~says_so.correlate(_consent), column))


def _usable(
    catalogue: Catalogue, purpose: str, table: Table, damaged: Sequence[str]
) -> list[ColumnElement[bool]]:
    """Which answers may be read: of this person, not stale, under a consent that still runs."""
    tests = [table.c.person == _consent.c.person]
    if catalogue.purpose(purpose).needs_consent:
        tests.append(table.c.confirmed_at >= _FRESH_SINCE)
        if purpose != CLASSIFICATION:
            own = _consent.alias()
            running = or_(own.c.valid_until.is_(None), own.c.valid_until >= _TODAY)
            agreed = [own.c.person == table.c.person, own.c.purpose == purpose, running]
            agreed += [own.c.notice_version.not_in(damaged)] if damaged else []
            tests.append(exists().where(*agreed).correlate(table))
    return tests


def _covered(column: ColumnElement[Any], versions: Sequence[str] | None) -> ColumnElement[Any]:
    if versions is None:
        return column
    return case((_consent.c.notice_version.not_in(versions), column))


_LIVE = select(_consent.c.notice_version).where(_consent.c.purpose == CLASSIFICATION).distinct()
_OWN = _LIVE.where(_consent.c.person == _PERSON)
