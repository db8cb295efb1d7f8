"""Numbers for charts in the store: people are counted where they lie, never listed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    select,
)

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.consents import EXPIRING_DAYS, ConsentState, Decision
from pmdesk.domain.fields import FieldKey, Kind
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import gate, schema, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.legend import legend
from pmdesk.store.schema_history import tier_history as _before

_consent = schema.consent
_event = schema.consent_event
_result = schema.classification
_ruleset = schema.ruleset
_occupancy = schema.occupancy
_unit = schema.unit
_building = schema.building
_restriction = schema_acts.restriction


class SqlCounts:
    """Counted people of the office."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._register = SqlCatalogue(connection, context)

    def tiers(self) -> Mapping[str, int]:
        """Classified people by tier; a tier without people has 0."""
        return self.people(by="tier")

    def people(self, *, by: str) -> Mapping[str, int]:
        """Classified people by `tier` or `building`; whoever has no unit is in no building."""
        return self._by(by, _counted(by))

    def moves(self, ruleset: RulesetId) -> Mapping[tuple[str, str], int]:
        """Classified people by their tier before that version and now; no other tier: the same."""
        rows = self._all(_moved(ruleset))
        tiers = self._legends({row.ruleset for row in rows} | {row.was for row in rows})
        found = Counter[tuple[str, str]]()
        for row in rows:
            now = tiers[row.ruleset][row.tier]
            was = now if row.was is None else tiers[row.was][row.before]
            found[was, now] += row.people
        return found

    def needs(self, field: FieldKey, options: Collection[str], *, by: str) -> Mapping[str, int]:
        """Classified people by `tier` or `building` who chose any of the options of the field."""
        catalogue = self._register.live()
        found = catalogue.field(field)
        answers = gate.tables(catalogue)[found.purpose]
        is_list = found.kind is Kind.CHOICES
        source = answers.children[field] if is_list else answers.table
        option = source.c["value" if is_list else field]
        used = ~_frozen(source.c.person, found.purpose)
        return self._by(by, _counted(by, source).where(option.in_(options), used))

    def consent_states(self, purpose: PurposeCode, *, today: date) -> Mapping[str, int]:
        """People by ConsentState value; every state is there."""
        found = Counter[str]()
        for part in (_live(purpose, today), _ended(purpose)):
            found.update({row.state: row.people for row in self._all(part)})
        everyone = self._connection.scalar(select(func.count()).select_from(schema.person)) or 0
        found[ConsentState.NEVER_ASKED] = everyone - found.total()
        return {state.value: found[state.value] for state in ConsentState}

    def _by(self, by: str, counted: Select[Any]) -> Mapping[str, int]:
        rows = self._all(counted)
        if by == "building":
            ordered = select(_building.c.name).order_by(_building.c.position, _building.c.id)
            found = Counter({row.name: row.people for row in rows})
            return {name: found[name] for name in self._connection.scalars(ordered)}
        tiers = self._legends({row.ruleset for row in rows})
        found = Counter[str]()
        for row in rows:
            found[tiers[row.ruleset][row.tier]] += row.people
        return {tier.code: found[tier.code] for tier in self._register.live().tiers}

    def _legends(self, rulesets: Iterable[int | None]) -> Mapping[int, tuple[str, ...]]:
        """The tiers that the ranks of each version stand for."""
        wanted = select(_ruleset.c.id, _ruleset.c.document).where(_ruleset.c.id.in_(rulesets))
        return {row.id: legend(row.document).tiers for row in self._all(wanted)}

    def _all(self, statement: Select[Any]) -> tuple[Row[Any], ...]:
        return tuple(self._connection.execute(statement).all())


_GROUPS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "tier": (_result.c.ruleset, _result.c.tier),
    "building": (_building.c.name,),
}
_HOMES = _occupancy.join(_unit, _unit.c.id == _occupancy.c.unit).join(
    _building, _building.c.id == _unit.c.building
)


def _counted(by: str, source: Table | None = None) -> Select[Any]:
    """Classified people by group; with a source, those who have a row there."""
    groups = _GROUPS[by]
    joined: Any = _result
    if source is not None:
        joined = joined.join(source, source.c.person == _result.c.person)
    if by == "building":
        first = and_(_occupancy.c.person == _result.c.person, _occupancy.c.rank == 0)
        joined = joined.join(_HOMES, first)
    # a person who chose several options has several rows
    people = func.count() if source is None else func.count(_result.c.person.distinct())
    return select(*groups, people.label("people")).select_from(joined).group_by(*groups)


def _moved(ruleset: RulesetId) -> Select[Any]:
    """The last result by another version, beside the present one."""
    last = (
        select(_before.c.person, func.max(_before.c.number).label("number"))
        .where(_before.c.ruleset != ruleset)
        .group_by(_before.c.person)
        .subquery("last")
    )
    same = and_(_before.c.person == last.c.person, _before.c.number == last.c.number)
    joined = _result.outerjoin(last, last.c.person == _result.c.person).outerjoin(_before, same)
    keys = (
        _result.c.ruleset,
        _result.c.tier,
        _before.c.ruleset.label("was"),
        _before.c.tier.label("before"),
    )
    return select(*keys, func.count().label("people")).select_from(joined).group_by(*keys)


def _live(purpose: PurposeCode, today: date) -> Select[Any]:
    """People with a live consent; one past its last day has run out, also before it is swept."""
    soon = today + timedelta(days=EXPIRING_DAYS)
    state = case(
        (_consent.c.valid_until < today, ConsentState.EXPIRED),
        (_frozen(_consent.c.person, purpose), ConsentState.RESTRICTED),
        (_consent.c.valid_until <= soon, ConsentState.EXPIRING),
        else_=ConsentState.LIVE,
    ).label("state")
    people = func.count().label("people")
    return select(state, people).where(_consent.c.purpose == purpose).group_by(state)


def _frozen(person: ColumnElement[int], purpose: str) -> ColumnElement[bool]:
    """The person wants the purpose not to be used."""
    return exists().where(_restriction.c.person == person, _restriction.c.purpose == purpose)


def _ended(purpose: PurposeCode) -> Select[Any]:
    """People without a live consent by their last decision; evidence outlives people who left."""
    last = (
        select(func.max(_event.c.id).label("id"))
        .where(_event.c.purpose == purpose)
        .group_by(_event.c.person)
        .subquery("last")
    )
    live = exists().where(_consent.c.person == _event.c.person, _consent.c.purpose == purpose)
    known = exists().where(schema.person.c.id == _event.c.person)
    state = case(
        (_event.c.decision == Decision.GIVEN, ConsentState.EXPIRED), else_=_event.c.decision
    ).label("state")
    people = func.count().label("people")
    joined = _event.join(last, last.c.id == _event.c.id)
    return select(state, people).select_from(joined).where(~live, known).group_by(state)
