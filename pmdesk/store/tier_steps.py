"""When a result becomes another one, since when it holds, and the results before it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from pmdesk.domain.classification import Cause, RulesetId, TierPeriod
from pmdesk.domain.people import PersonId
from pmdesk.store import schema
from pmdesk.store.columns import IsoDate
from pmdesk.store.legend import BY_HAND, Legend, legend
from pmdesk.store.schema_history import tier_history

_result = schema.classification
_ruleset = schema.ruleset
_GONE = literal_column("-3", Integer)  # a rule or a tier that the new document does not have

Documents = tuple[tuple[int, str], ...]  # rule sets by which present results were decided


def next_step(day: date, cause: Cause) -> Mapping[str, object]:
    """What is written beside a result that is another than before; the database keeps that one."""
    return {"since": day, "cause": cause, "step": _result.c.step + 1}


def steps(
    new: Mapping[str, ColumnElement[Any]], before: Documents, document: str
) -> Mapping[str, ColumnElement[Any]]:
    """The same for an upsert: whoever keeps tier, tags and deciding rule keeps day and cause.

    Results of another version count as the same where that version's rule, tier and tags have the
    same names.
    """
    own = legend(document)
    others = [(key, legend(text)) for key, text in before]
    other = or_(
        _translated("rule", _rules(others, own)) != new["rule"],
        _translated("tier", _tiers(others, own)) != new["tier"],
        _translated("tags", _tags(others, own)) != new["tags"],
    )
    since = func.coalesce(_result.c.since, _result.c.decided_on)
    return {
        "since": case((other, new["decided_on"]), else_=since),
        "cause": case((other, new["cause"]), else_=_result.c.cause),
        "step": case((other, _result.c.step + 1), else_=_result.c.step),
    }


def decided_before(
    connection: Connection, ruleset: RulesetId, person: PersonId | None
) -> Documents:
    """The other versions by which people, or that person, have their present result."""
    used = select(_result.c.ruleset).distinct()
    used = used if person is None else used.where(_result.c.person == person)
    others = select(_ruleset.c.id, _ruleset.c.document).where(
        _ruleset.c.id.in_(used), _ruleset.c.id != ruleset
    )
    rows = connection.execute(others.order_by(_ruleset.c.id)).all()
    return tuple((row.id, row.document) for row in rows)


def end(connection: Connection, person: PersonId, day: date) -> None:
    """The person's present result, which is about to go, is in the history, up to that day."""
    number = select(func.coalesce(func.max(tier_history.c.number) + 1, 0)).where(
        tier_history.c.person == person
    )
    since = func.coalesce(_result.c.since, _result.c.decided_on)
    present = select(
        _result.c.person,
        number.scalar_subquery(),
        since,
        literal(day, IsoDate()),
        *(_result.c[name] for name in _WHAT),
    ).where(_result.c.person == person)
    names = ("person", "number", "since", "until", *_WHAT)
    connection.execute(insert(tier_history).from_select(names, present))


def end_all(connection: Connection, day: date) -> int:
    """Every result that the engine decided is in the history, up to that day, and gone; how many.

    What a person decided stands: it is owed to the resident whatever becomes of the rules.
    """
    engine = _result.c.rule != BY_HAND
    number = select(func.coalesce(func.max(tier_history.c.number) + 1, 0)).where(
        tier_history.c.person == _result.c.person
    )
    since = func.coalesce(_result.c.since, _result.c.decided_on)
    present = select(
        _result.c.person,
        number.correlate(_result).scalar_subquery(),
        since,
        literal(day, IsoDate()),
        *(_result.c[name] for name in _WHAT),
    ).where(engine)
    names = ("person", "number", "since", "until", *_WHAT)
    connection.execute(insert(tier_history).from_select(names, present))
    return connection.execute(delete(_result).where(engine)).rowcount


def periods(connection: Connection, person: PersonId) -> tuple[TierPeriod, ...]:
    """The results that the person had and has, newest first."""
    rows = [
        row
        for part in (_PRESENT, _EARLIER)
        for row in connection.execute(part, {"person_id": person})
    ]
    return tuple(_period(row) for row in rows)


def _period(row: Any) -> TierPeriod:
    names = legend(row.document)
    return TierPeriod(
        since=row.since,
        until=row.until,
        ruleset=RulesetId(row.ruleset),
        rule=names.rule(row.rule),
        tier=names.tiers[row.tier],
        tags=names.tags_of(row.tags),
        cause=Cause(row.cause),
    )


def _translated(
    column: str, others: Sequence[tuple[int, ColumnElement[Any]]]
) -> ColumnElement[Any]:
    """The column of the present result in the terms of the new document."""
    own: ColumnElement[Any] = _result.c[column]
    return case(dict(others), value=_result.c.ruleset, else_=own) if others else own


def _rules(
    others: Sequence[tuple[int, Legend]], own: Legend
) -> Sequence[tuple[int, ColumnElement[Any]]]:
    place = {rule: at for at, rule in enumerate(own.rules)}
    return [
        (key, _renumbered("rule", [place.get(rule) for rule in names.rules]))
        for key, names in others
        if names.rules != own.rules
    ]


def _tiers(
    others: Sequence[tuple[int, Legend]], own: Legend
) -> Sequence[tuple[int, ColumnElement[Any]]]:
    place = {tier: at for at, tier in enumerate(own.tiers)}
    return [
        (key, _renumbered("tier", [place.get(tier) for tier in names.tiers]))
        for key, names in others
        if names.tiers != own.tiers
    ]


def _tags(
    others: Sequence[tuple[int, Legend]], own: Legend
) -> Sequence[tuple[int, ColumnElement[Any]]]:
    return [(key, _rebitted(names, own)) for key, names in others if names.tags != own.tags]


def _renumbered(column: str, places: Sequence[int | None]) -> ColumnElement[Any]:
    """The number at its new place; only those that moved are named."""
    moved = {
        at: _GONE if to is None else literal_column(str(to), Integer)
        for at, to in enumerate(places)
        if to != at
    }
    own: ColumnElement[Any] = _result.c[column]
    return case(moved, value=own, else_=own) if moved else own


def _rebitted(names: Legend, own: Legend) -> ColumnElement[Any]:
    """The tags as bits in the order of the new document; a tag that it lacks sets a bit of none."""
    total: ColumnElement[Any] = literal_column("0", Integer)
    for tag in names.tags:
        bit = own.bit(tag) or 1 << len(own.tags)
        has = _result.c.tags.bitwise_and(literal_column(str(names.bit(tag)), Integer)) != 0
        total = total + case((has, literal_column(str(bit), Integer)), else_=0)
    return total


_WHAT = ("ruleset", "rule", "tier", "tags", "cause")
_PERSON = bindparam("person_id", type_=Integer())
_EARLIER = (
    select(
        tier_history.c.since,
        tier_history.c.until,
        *(tier_history.c[name] for name in _WHAT),
        _ruleset.c.document,
    )
    .join(_ruleset, _ruleset.c.id == tier_history.c.ruleset)
    .where(tier_history.c.person == _PERSON)
    .order_by(tier_history.c.number.desc())
)
_PRESENT = (
    select(
        func.coalesce(_result.c.since, _result.c.decided_on).label("since"),
        null().label("until"),
        *(_result.c[name] for name in _WHAT),
        _ruleset.c.document,
    )
    .join(_ruleset, _ruleset.c.id == _result.c.ruleset)
    .where(_result.c.person == _PERSON)
)
