"""Counted complaints, service delivered, results and answers: read for the watch, never who."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)

from pmdesk.domain.fields import Field, Kind
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.ports.watch import Bins, Complained, ServedPart, ServedPeople
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.domain.watch import EVERY_TOPIC
from pmdesk.rules.sql import NO_RULE
from pmdesk.store import gate, schema, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.columns import Integer, Text, UtcTime
from pmdesk.store.context import StoreContext
from pmdesk.store.legend import Legend, legend
from pmdesk.store.schema_orders import work_order

NOBODY, PUBLIC = "none", "public"  # not classified; what all share
_result = schema.classification
_ruleset = schema.ruleset
_unit, _building = schema.unit, schema.building
_event = schema.consent_event
_restriction = schema_acts.restriction
_GONE = (OrderState.MERGED.value, OrderState.CANCELLED.value)
_DAY = 86_400  # seconds
_LONGEST = 24 * 60  # hours; what took longer counts as so much
_BIT = 1e-4  # hours that a Julian day may be off
_COUNTED = (Kind.CHOICE, Kind.CHOICES, Kind.FLAG)


class SqlWatchCounts:
    """Numbers of events."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._register = SqlCatalogue(connection, context)

    def complaints(self, *, since: date, until: date) -> tuple[Complained, ...]:
        """By building and topic, and by building over all topics."""
        # a home counts once, so that nobody makes a hot spot alone
        home = func.coalesce(
            literal("u") + cast(work_order.c.unit, Text), literal("o") + cast(work_order.c.id, Text)
        )
        found: list[Any] = []
        for topic in (work_order.c.kind, literal(EVERY_TOPIC)):
            counted = (
                select(_building.c.name, topic.label("topic"), func.count(home.distinct()))
                .join(_building, _building.c.id == work_order.c.building)
                .where(
                    *_within(since, until),
                    work_order.c.service == Service.COMPLAINT.value,
                    work_order.c.state.not_in(_GONE),
                )
                .group_by(_building.c.name, topic)
            )
            found += self._connection.execute(counted).all()
        return tuple(Complained(building=b, topic=t, events=n) for b, t, n in found)

    def homes(self) -> Mapping[str, int]:
        """Units by building, in the order of the office."""
        counted = (
            select(_building.c.name, func.count(_unit.c.id))
            .outerjoin(_unit, _unit.c.building == _building.c.id)
            .group_by(_building.c.id)
            .order_by(_building.c.position, _building.c.id)
        )
        return {row[0]: row[1] for row in self._connection.execute(counted)}

    def served(self, *, since: date, until: date, now: datetime, by: str) -> tuple[ServedPart, ...]:
        """Orders that are done or overdue, by `tier` or `building`."""
        in_time, hours = _in_time(now).label("in_time"), _hours(now).label("hours")
        source, group = _grouped(by)
        keys = (*group, work_order.c.urgency, in_time, hours)
        counted: Select[Any] = (
            select(*keys, func.count().label("orders"))
            .select_from(source)
            .where(*_owed(since, until, now))
            .group_by(*keys)
        )
        names = self._names(by)
        return tuple(
            ServedPart(
                group=names(row),
                urgency=Urgency(row.urgency),
                in_time=bool(row.in_time),
                hours=row.hours,
                orders=row.orders,
            )
            for row in self._connection.execute(counted)
        )

    def served_people(
        self, *, since: date, until: date, now: datetime, by: str
    ) -> Mapping[str, ServedPeople]:
        """Residents behind them, by home where no person is named; of public areas nobody."""
        in_time = _in_time(now)
        source, group = _grouped(by)
        who = func.coalesce(
            literal("p") + cast(work_order.c.person, Text),
            literal("u") + cast(work_order.c.unit, Text),
        )
        counted: Select[Any] = (
            select(
                *group,
                func.count(who.distinct()).label("people"),
                func.count(case((in_time == 0, who)).distinct()).label("late"),
                func.count(case((in_time == 1, who)).distinct()).label("in_time"),
            )
            .select_from(source)
            .where(*_owed(since, until, now))
            .group_by(*group)
        )
        names, found = self._names(by), dict[str, ServedPeople]()
        for row in self._connection.execute(counted):
            name = names(row)
            before = found.get(name, ServedPeople(group=name, people=0, late=0, in_time=0))
            found[name] = ServedPeople(
                group=name,
                people=before.people + row.people,
                late=before.late + row.late,
                in_time=before.in_time + row.in_time,
            )
        return found

    def results(self) -> Mapping[str, Mapping[str, int]]:
        """Classified people by `tier`, `tag` and `rule`; empty before the first rules."""
        keys = (_result.c.ruleset, _result.c.rule, _result.c.tier, _result.c.tags)
        rows = self._connection.execute(select(*keys, func.count().label("people")).group_by(*keys))
        documents = self._documents()
        tiers, tags, rules = Counter[str](), Counter[str](), Counter[str]()
        for row in rows:
            names = documents[row.ruleset]
            tiers[names.tiers[row.tier]] += row.people
            rules["" if row.rule == NO_RULE else names.rule(row.rule)] += row.people
            tags.update(dict.fromkeys(names.tags_of(row.tags), row.people))
        return {"tier": tiers, "tag": tags, "rule": rules} if tiers else {}

    def inputs(self) -> Bins:
        """What the answers say that rules may read: people by field and answer, "" for none."""
        catalogue = self._register.live()
        tables = gate.tables(catalogue)
        found: dict[str, Mapping[str, int]] = {}
        for field in catalogue.rule_fields:
            if field.kind in _COUNTED and field.purpose in tables:
                found[field.key] = self._answered(tables[field.purpose], field)
        return found

    def choices(self, *, since: date, until: date) -> Mapping[str, int]:
        """Decisions on the consent to classification from a day to before another, by kind."""
        counted = (
            select(_event.c.decision, func.count())
            .where(
                _event.c.purpose == CLASSIFICATION,
                _event.c.at >= datetime.combine(since, time(), UTC),
                _event.c.at < datetime.combine(until, time(), UTC),
            )
            .group_by(_event.c.decision)
        )
        return {row[0]: row[1] for row in self._connection.execute(counted)}

    def _answered(self, answers: gate.AnswersTable, field: Field) -> Mapping[str, int]:
        """People by answer; whoever chose several counts with each."""
        table = answers.table
        source: FromClause = table
        if field.kind is Kind.CHOICES:
            child = answers.children[field.key]
            source = table.outerjoin(child, child.c.person == table.c.person)
            answer: ColumnElement[Any] = child.c.value
        else:
            answer = cast(table.c[field.key], Text)
        used = ~exists().where(
            _restriction.c.person == table.c.person, _restriction.c.purpose == table.c.purpose
        )
        told = func.coalesce(answer, "")
        counted = select(told, func.count()).select_from(source).where(used).group_by(told)
        return {row[0]: row[1] for row in self._connection.execute(counted)}

    def _names(self, by: str) -> Callable[[Row[Any]], str]:
        """The name of a counted row's group."""
        if by == "building":
            return lambda row: str(row.building or "")
        documents = self._documents()

        def name(row: Row[Any]) -> str:
            if row.is_public:
                return PUBLIC
            return documents[row.ruleset].tiers[row.tier] if row.ruleset is not None else NOBODY

        return name

    def _documents(self) -> Mapping[int, Legend]:
        """What small numbers stand for, by the version that some present result was decided by."""
        used = select(_result.c.ruleset).distinct()
        documents = select(_ruleset.c.id, _ruleset.c.document).where(_ruleset.c.id.in_(used))
        return {row.id: legend(row.document) for row in self._connection.execute(documents)}


def _within(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return work_order.c.day >= since, work_order.c.day < until


def _owed(since: date, until: date, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Orders that are done, and those that should be: nothing is said of what still has time."""
    done = func.coalesce(work_order.c.finished_at, work_order.c.closed_at).is_not(None)
    return (
        *_within(since, until),
        work_order.c.state.not_in(_GONE),
        work_order.c.due_at.is_not(None),
        done | (_in_time(now) == 0),
    )


def _in_time(now: datetime) -> ColumnElement[int]:
    """1 where the promise was kept; pauses push the due time back, a running one holds it."""
    end = func.coalesce(
        work_order.c.finished_at,
        work_order.c.closed_at,
        work_order.c.paused_since,
        literal(now, UtcTime()),
    )
    over = (func.julianday(end) - func.julianday(work_order.c.due_at)) * _DAY
    return case((cast(func.round(over), Integer) <= work_order.c.paused, 1), else_=0)


def _hours(now: datetime) -> ColumnElement[int]:
    """Whole hours until somebody began."""
    begun = func.coalesce(
        work_order.c.started_at,
        work_order.c.finished_at,
        work_order.c.closed_at,
        literal(now, UtcTime()),
    )
    waited = (func.julianday(begun) - func.julianday(work_order.c.received_at)) * 24 + _BIT
    return func.max(0, func.min(_LONGEST, cast(waited, Integer)))


def _grouped(by: str) -> tuple[FromClause, tuple[ColumnElement[Any], ...]]:
    """Where orders are read from, and the columns of their group."""
    if by == "building":
        source = work_order.outerjoin(_building, _building.c.id == work_order.c.building)
        return source, (_building.c.name.label("building"),)
    shared = case((work_order.c.unit.is_(None) & work_order.c.person.is_(None), 1), else_=0).label(
        "is_public"
    )
    source = work_order.outerjoin(_result, _result.c.person == work_order.c.person)
    return source, (_result.c.ruleset, _result.c.tier, shared)
