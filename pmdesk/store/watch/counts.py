"""Counted complaints, service delivered, results and answers: read for the watch, never who."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    cast,
    exists,
    func,
    literal,
    select,
)

from pmdesk.domain.fields import Field, Kind
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.watch import Bins, Complained, ServedBy
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.domain.watch import EVERY_TOPIC, WITH, WITHOUT
from pmdesk.rules.sql import NO_RULE
from pmdesk.store import gate, schema, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.columns import Text
from pmdesk.store.context import StoreContext
from pmdesk.store.legend import Legend, legend
from pmdesk.store.schema_orders import work_order
from pmdesk.store.watch.served import GONE, served

_result = schema.classification
_ruleset = schema.ruleset
_unit, _building = schema.unit, schema.building
_event = schema.consent_event
_restriction = schema_acts.restriction
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
                    work_order.c.state.not_in(GONE),
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

    def served(self, *, since: date, until: date, now: datetime) -> Mapping[str, ServedBy]:
        """Orders that are done or overdue, by `tier` and by `building`, and the residents behind.

        By home where no person is named; of public areas nobody.
        """
        return served(self._connection, self._documents(), since=since, until=until, now=now)

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
        """What the answers say that rules may read: people by field and answer, "" for none.

        Where several answers may be chosen, each stands by itself: people by `field/answer`, with
        and without it.
        """
        catalogue = self._register.live()
        tables = gate.tables(catalogue)
        found: dict[str, Mapping[str, int]] = {}
        for field in catalogue.rule_fields:
            if field.kind not in _COUNTED or field.purpose not in tables:
                continue
            answered, people = self._answered(tables[field.purpose], field)
            if field.kind is not Kind.CHOICES:
                found[field.key] = answered
                continue
            for code, count in answered.items():
                if code:
                    found[f"{field.key}/{code}"] = {WITH: count, WITHOUT: people - count}
        return found

    def choices(self, *, since: datetime, until: datetime) -> Mapping[str, int]:
        """Decisions on the consent to classification from a moment to before another, by kind."""
        counted = (
            select(_event.c.decision, func.count())
            .where(
                _event.c.purpose == CLASSIFICATION,
                _event.c.at >= since,
                _event.c.at < until,
            )
            .group_by(_event.c.decision)
        )
        return {row[0]: row[1] for row in self._connection.execute(counted)}

    def _answered(self, answers: gate.AnswersTable, field: Field) -> tuple[Mapping[str, int], int]:
        """People by answer, whoever chose several counting with each; and all who were asked."""
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
        people = select(func.count()).select_from(table).where(used)
        found = {row[0]: row[1] for row in self._connection.execute(counted)}
        return found, self._connection.execute(people).scalar_one()

    def _documents(self) -> Mapping[int, Legend]:
        """What small numbers stand for, by the version that some present result was decided by."""
        used = select(_result.c.ruleset).distinct()
        documents = select(_ruleset.c.id, _ruleset.c.document).where(_ruleset.c.id.in_(used))
        return {row.id: legend(row.document) for row in self._connection.execute(documents)}


def _within(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return work_order.c.day >= since, work_order.c.day < until
