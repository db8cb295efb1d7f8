"""The list of residents: one vector of ids for a filter and an order, and rows for some of them."""

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)

from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import EXPIRING_DAYS, ConsentState, Decision
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.store import schema, schema_acts, search
from pmdesk.store.columns import Integer
from pmdesk.store.legend import Legend, legend

NOTHING = "[]"
MANY = 20_000  # from here on, to walk the index of the order beats to look up and sort the hits

_person = schema.person
_consent = schema.consent
_event = schema.consent_event
_result = schema.classification
_occupancy = schema.occupancy
_unit = schema.unit
_building = schema.building
_restriction = schema_acts.restriction

_ORDERS: Mapping[str, ColumnElement[object]] = {
    "room": _person.c.place,
    "name": _person.c.sound,
    "updated": _person.c.updated_at,
    "tier": func.coalesce(_result.c.tier, -1),
}


def ids(connection: Connection, query: ResidentQuery, *, today: date) -> "array[int]":
    """The ids that fit, in order; one JSON text leaves the database faster than rows."""
    match = search.match_expression(query.text)
    if query.text.strip() and match is None:
        return array("q")
    found = _ordered(select(_person.c.id), query).where(*_filters(connection, query, today))
    if match is not None:
        many = connection.execute(_COUNT, {"match": match}).scalar_one() > MANY
        found = found.where((_WALKED if many else _person.c.id).in_(_HITS))
    vector = select(func.json_group_array(found.subquery().c.id))
    document = connection.scalar(vector, {"match": match} if match is not None else {})
    return array("q", json.loads(document or NOTHING))


def rows(connection: Connection, wanted: Sequence[int], *, today: date) -> tuple[ResidentRow, ...]:
    """The rows of these ids in their order; who is gone has none."""
    found = connection.execute(_ROWS, {"ids": json.dumps(list(wanted))}).all()
    legends = _legends(connection)
    by_id = {row.id: _row(row, legends, today) for row in found}
    return tuple(by_id[one] for one in wanted if one in by_id)


# ---- filter and order -----------------------------------------------------------------------

_HITS = (
    text("SELECT rowid FROM person_search WHERE person_search MATCH :match")
    .columns(column("rowid", Integer))
    .bindparams(bindparam("match"))
)

_COUNT = text("SELECT count(*) FROM person_search WHERE person_search MATCH :match")
_WALKED: ColumnElement[int] = literal_column("+person.id", Integer)  # never looked up by id


def _ordered(found: Select[tuple[int]], query: ResidentQuery) -> Select[tuple[int]]:
    order = _ORDERS[query.order]
    if query.order == "tier":
        found = found.outerjoin(_result, _result.c.person == _person.c.id)
        first = order.desc() if not query.descending else order.asc()
        return found.order_by(first, _person.c.place, _person.c.id)
    if query.descending:
        return found.order_by(order.desc(), _person.c.id.desc())
    return found.order_by(order, _person.c.id)


def _filters(
    connection: Connection, query: ResidentQuery, today: date
) -> Iterator[ColumnElement[bool]]:
    if query.building:
        yield ~_person.c.shielded
        yield _person.c.id.in_(_living_in(query.building, today))
    if query.consent is not None:
        yield _in_state(query.consent, today)
    if query.tier:
        yield _person.c.id.in_(_with_result(connection, lambda names: _of_tier(names, query.tier)))
    if query.tag:
        yield _person.c.id.in_(_with_result(connection, lambda names: _of_tag(names, query.tag)))


def _living_in(building: str, today: date) -> Select[tuple[int]]:
    return (
        select(_occupancy.c.person)
        .join_from(_building, _unit, _unit.c.building == _building.c.id)
        .join(_occupancy, _occupancy.c.unit == _unit.c.id)
        .where(
            _building.c.name == building,
            or_(_occupancy.c.until.is_(None), _occupancy.c.until > today),
        )
    )


def _with_result(
    connection: Connection, fits: Callable[[Legend], ColumnElement[bool]]
) -> Select[tuple[int]]:
    """People whose result fits, each read by the document that decided it."""
    by_document = (
        and_(_result.c.ruleset == ruleset, fits(names))
        for ruleset, names in _legends(connection).items()
    )
    return select(_result.c.person).where(or_(literal_column("0") == 1, *by_document))


def _of_tier(names: Legend, tier: str) -> ColumnElement[bool]:
    return _result.c.tier == names.rank(tier)


def _of_tag(names: Legend, tag: str) -> ColumnElement[bool]:
    return _result.c.tags.bitwise_and(names.bit(tag)) != 0


def _in_state(state: ConsentState, today: date) -> ColumnElement[bool]:
    soon = today + timedelta(days=EXPIRING_DAYS)
    live = _consent.c.purpose == CLASSIFICATION
    if state in _RUNNING:
        ends = _consent.c.valid_until
        runs = {
            ConsentState.LIVE: or_(ends.is_(None), ends > soon) & ~_FROZEN,
            ConsentState.EXPIRING: ends.between(today, soon) & ~_FROZEN,
            ConsentState.RESTRICTED: or_(ends.is_(None), ends >= today) & _FROZEN,
        }
        return _person.c.id.in_(select(_consent.c.person).where(live, runs[state]))
    none_live = ~exists().where(live, _consent.c.person == _person.c.id)
    if state is ConsentState.NEVER_ASKED:
        return and_(none_live, _LAST.is_(None))
    if state is ConsentState.EXPIRED:
        over = select(_consent.c.person).where(live, _consent.c.valid_until < today)
        ended = and_(none_live, _LAST.in_((Decision.GIVEN, Decision.EXPIRED)))
        return or_(ended, _person.c.id.in_(over))
    return and_(none_live, _LAST.in_((state.value,)))


_RUNNING = frozenset({ConsentState.LIVE, ConsentState.EXPIRING, ConsentState.RESTRICTED})
_FROZEN = (
    exists()
    .where(_restriction.c.person == _consent.c.person, _restriction.c.purpose == CLASSIFICATION)
    .correlate(_consent)
)
_LAST = (
    select(_event.c.decision)
    .where(_event.c.person == _person.c.id, _event.c.purpose == CLASSIFICATION)
    .order_by(_event.c.id.desc())
    .limit(1)
    .correlate(_person)
    .scalar_subquery()
)

# ---- rows -----------------------------------------------------------------------------------

_ROWS = (
    select(
        _person.c.id,
        _person.c.name,
        _person.c.mobile,
        _person.c.shielded,
        _person.c.updated_at,
        _person.c.updated_by,
        _occupancy.c.role,
        _building.c.name.label("building"),
        _unit.c.entrance,
        _unit.c.room,
        _consent.c.event.label("live"),
        _consent.c.valid_until,
        _LAST.label("last"),
        _FROZEN.label("frozen"),
        _result.c.ruleset,
        _result.c.rule,
        _result.c.tier,
        _result.c.tags,
    )
    .select_from(_person)
    .outerjoin(_occupancy, and_(_occupancy.c.person == _person.c.id, _occupancy.c.rank == 0))
    .outerjoin(_unit, _unit.c.id == _occupancy.c.unit)
    .outerjoin(_building, _building.c.id == _unit.c.building)
    .outerjoin(
        _consent,
        and_(_consent.c.person == _person.c.id, _consent.c.purpose == CLASSIFICATION),
    )
    .outerjoin(_result, _result.c.person == _person.c.id)
    .where(_person.c.id.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value)))
)


def _legends(connection: Connection) -> Mapping[int, Legend]:
    """By rule set that ever decided, what its numbers stand for."""
    decided = select(schema.ruleset.c.id, schema.ruleset.c.document).where(
        schema.ruleset.c.status.in_(("active", "retired"))
    )
    return {row.id: legend(row.document) for row in connection.execute(decided)}


def _row(row: Any, legends: Mapping[int, Legend], today: date) -> ResidentRow:
    names = legends.get(row.ruleset)
    return ResidentRow(
        id=PersonId(row.id),
        room="" if row.shielded else _place(row),
        name=row.name,
        mobile="" if row.shielded else row.mobile,
        shielded=row.shielded,
        role=row.role or "",
        consent=_state(row, today),
        tier=names.tiers[row.tier] if names else None,
        tags=names.tags_of(row.tags) if names else (),
        rule=names.rule(row.rule) if names else "",
        updated_at=row.updated_at,
        updated_by=row.updated_by,
    )


def _place(row: Any) -> str:
    return "-".join(part for part in (row.building, row.entrance, row.room) if part)


def _state(row: Any, today: date) -> ConsentState:
    """As `domain.consents.state` has it, of a row instead of an event."""
    if row.live is not None and row.valid_until is not None and row.valid_until < today:
        return ConsentState.EXPIRED
    if row.live is not None and row.frozen:
        return ConsentState.RESTRICTED
    if row.live is not None:
        soon = row.valid_until is not None and (row.valid_until - today).days <= EXPIRING_DAYS
        return ConsentState.EXPIRING if soon else ConsentState.LIVE
    if row.last is None:
        return ConsentState.NEVER_ASKED
    return ConsentState.EXPIRED if row.last == Decision.GIVEN else ConsentState(row.last)
