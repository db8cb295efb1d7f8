"""Results in the store: one statement decides about one person or about everyone."""

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.analytics.facts import facts, groups_of
from pmdesk.domain.classification import (
    Cause,
    Classification,
    Fate,
    Ruleset,
    RulesetId,
    TierCounts,
    TierPeriod,
)
from pmdesk.domain.people import PersonId
from pmdesk.rules.facts import FactType
from pmdesk.rules.sql import NO_RULE
from pmdesk.store import deciding, schema, schema_acts, tier_steps
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.columns import IsoDate
from pmdesk.store.context import StoreContext
from pmdesk.store.deciding import Reading
from pmdesk.store.legend import legend

_result = schema.classification
_ruleset = schema.ruleset
_route = schema_acts.human_route
_FLOOR = literal_column("0", Integer)
_NONE = literal_column(str(NO_RULE), Integer)
_WRITTEN = (
    *("person", "purpose", "ruleset", "rule", "tier", "tags", "decided_on", "objected"),
    "cause",
)
_PART = 20_000  # people who are decided about between two looks at the progress


class SqlClassifications:
    """The narrow table of results; a row cannot outlive the consent it hangs on."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._register = SqlCatalogue(connection, context)

    def of(self, person: PersonId) -> Classification | None:
        """The live result of the person; None: no consent, served as standard."""
        row = self._connection.execute(_OF, {"person_id": person}).first()
        if row is None:
            return None
        names = legend(row.document)
        return Classification(
            person=person,
            ruleset=RulesetId(row.ruleset),
            rule=names.rule(row.rule),
            tier=names.tiers[row.tier],
            tags=names.tags_of(row.tags),
            decided_on=row.decided_on,
            objected=row.objected,
        )

    def classify(
        self,
        ruleset: Ruleset,
        *,
        today: date,
        person: PersonId | None = None,
        cause: Cause = Cause.RULES,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """All with a live P2 consent (or that person) are classified; the rows that changed.

        It is one statement; with `progress`, one for each part of the people.
        """
        read = self._reading(ruleset.document, person)
        if progress is not None:
            read = replace(read, part=True)
        before = tier_steps.decided_before(self._connection, ruleset.id, person)
        writing = _writing(ruleset.document, read, before)
        bound = {
            **deciding.values(today),
            "ruleset_id": ruleset.id,
            "person_id": person,
            "cause": cause,
        }
        if progress is None:
            return self._connection.execute(writing, bound).rowcount
        return sum(
            self._connection.execute(writing, {**bound, **part}).rowcount
            for part in self._parts(progress)
        )

    def suspend(self, *, today: date) -> int:
        """Nothing that the engine decided holds any more: the standard for all; how many."""
        return tier_steps.end_all(self._connection, today)

    def history(self, person: PersonId) -> tuple[TierPeriod, ...]:
        """The results that the person had and has, newest first."""
        return tier_steps.periods(self._connection, person)

    def _parts(self, progress: Callable[[int, int], None]) -> Iterator[Mapping[str, int]]:
        """The people in parts, side by side; what is done is reported before each and at last."""
        last = self._connection.scalar(select(func.max(schema.person.c.id))) or 0
        for low in range(0, last, _PART):
            progress(low, last)
            yield {"low": low, "high": low + _PART}
        progress(last, last)

    def preview(self, document: str, *, today: date) -> TierCounts:
        """What a table would do, as counts; nothing is written."""
        now = self._tiers_now(document)
        statement = _counting(document, self._reading(document), now)
        rows = self._connection.execute(statement, deciding.values(today)).all()
        names = legend(document)
        matrix = {code: dict.fromkeys(names.tiers, 0) for code in now}
        tiers, rules, tags = Counter[str](), Counter[str](), Counter[str]()
        for row in rows:
            tiers[names.tiers[row.tier]] += row.people
            matrix[now[row.was]][names.tiers[row.tier]] += row.people
            if row.rule != NO_RULE:
                rules[names.rule(row.rule)] += row.people
            tags.update(dict.fromkeys(names.tags_of(row.tags), row.people))
        return TierCounts(
            tiers={code: tiers[code] for code in names.tiers},
            rules={code: rules[code] for code in names.rules},
            tags={code: tags[code] for code in names.tags},
            moved=sum(row.people for row in rows if row.moved),
            matrix=matrix,
        )

    def fates(self, document: str, *, today: date) -> tuple[Fate, ...]:
        """What a table would make of whom; nothing is written."""
        now, names = self._tiers_now(document), legend(document)
        statement = _listing(document, self._reading(document), now)
        rows = self._connection.execute(statement, deciding.values(today)).all()
        return tuple(
            Fate(
                present=now[row.was],
                tier=names.tiers[row.tier],
                rule=names.rule(row.rule),
                people=tuple(row.people.split(",")),
            )
            for row in rows
        )

    def _tiers_now(self, document: str) -> tuple[str, ...]:
        active = select(_ruleset.c.document).where(_ruleset.c.status == "active")
        return legend(self._connection.scalar(active) or document).tiers

    def facts(
        self, person: PersonId, *, today: date, asked: Collection[str] = ()
    ) -> Mapping[str, str | bool | int | date | None]:
        """What rules may read of the person, by fact key, as SQL saw it; nothing without consent.

        Groups are there as far as they are `asked`. Values that are stale, or that the person's own
        notice does not list, are unknown.
        """
        catalogue = self._register.live()
        offered = (*facts(catalogue), *groups_of(catalogue, asked))
        keys = tuple(fact.key for fact in offered)
        read = deciding.reading(self._connection, catalogue, keys, person=person)
        bound = {**deciding.values(today), "person_id": person}
        row = self._connection.execute(_facts(read), bound).mappings().first()
        if row is None:
            return {}
        return {
            fact.key: bool(value) if fact.type is FactType.FLAG and value is not None else value
            for fact in offered
            for value in (row[fact.key],)
        }

    def _reading(self, document: str, person: PersonId | None = None) -> Reading:
        catalogue = self._register.live()
        table = deciding.table_of(document, catalogue)
        keys = tuple(fact.key for fact in table.facts)
        return deciding.reading(self._connection, catalogue, keys, person=person)


@functools.lru_cache(maxsize=8)
def _facts(read: Reading) -> Select[Any]:
    """What is read of each person; building it takes longer than running it for one."""
    return read.facts()


@functools.lru_cache(maxsize=8)
def _writing(document: str, read: Reading, before: tier_steps.Documents) -> Insert:
    """Decide and write in one statement; rows that stay as they are are not touched."""
    compiled, decided = read.decided(deciding.table_of(document, read.catalogue))
    rows = select(
        decided.c.person,
        literal_column("'P2'"),
        bindparam("ruleset_id", type_=Integer()),
        decided.c.rule,
        compiled.tier_of(decided.c.rule),
        deciding.without_deleted(decided, legend(document), read.left_out.tags),
        bindparam("as_of", type_=IsoDate()),
        _FLOOR,
        bindparam("cause", type_=Integer()),
    ).where(_for_the_engine(decided, by_hand=read.left_out.by_hand))
    insert = upsert(_result).from_select(_WRITTEN, rows)
    new = insert.excluded
    kept = {"rule": _kept(_NONE, new.rule), "tier": _kept(_FLOOR, new.tier)}
    kept["tags"] = _kept(_FLOOR, new.tags)
    changed = {**kept, "ruleset": new.ruleset}
    own = {**kept, "decided_on": new.decided_on, "cause": new.cause}
    return insert.on_conflict_do_update(
        index_elements=["person"],
        set_={
            **changed,
            "decided_on": new.decided_on,
            **tier_steps.steps(own, before, document),
        },
        where=or_(*(_result.c[name] != value for name, value in changed.items())),
    )


def _for_the_engine(decided: Subquery, *, by_hand: bool) -> ColumnElement[bool]:
    """Whom people decide about is left alone; without a WHERE, SQLite reads ON as a join's."""
    if not by_hand:
        return literal_column("1") == 1
    return ~exists().where(_route.c.person == decided.c.person)


def _kept(floor: ColumnElement[int], value: ColumnElement[int]) -> ColumnElement[int]:
    """The floor for whoever objected, else the value."""
    return case((_result.c.objected == 1, floor), else_=value)


@functools.lru_cache(maxsize=8)
def _counting(document: str, read: Reading, now: tuple[str, ...]) -> Select[Any]:
    """People by rule, tier, tags, the tier they have now, and whether it would be another."""
    each = _each(document, read, now)
    moved = (each.c.tier != each.c.present).label("moved")
    by = (each.c.rule, each.c.tier, each.c.tags, each.c.was, moved)
    return select(*by, func.count().label("people")).group_by(*by)


@functools.lru_cache(maxsize=8)
def _listing(document: str, read: Reading, now: tuple[str, ...]) -> Select[Any]:
    """The same by present tier, tier and rule, with the ids of the people in one text."""
    each = _each(document, read, now)
    by = (each.c.was, each.c.tier, each.c.rule)
    people = func.group_concat(each.c.person).label("people")
    return select(*by, people).group_by(*by)


def _each(document: str, read: Reading, now: tuple[str, ...]) -> CTE:
    """A row per person: what the table would give, and the tier that the person has."""
    compiled, decided = read.decided(deciding.table_of(document, read.catalogue))
    objected = and_(_result.c.objected.is_not(None), _result.c.objected == 1)
    present = func.coalesce(_present(now, legend(document).tiers), _FLOOR)
    then = case((objected, present), else_=compiled.tier_of(decided.c.rule))
    return (
        select(
            decided.c.person,
            case((objected, _NONE), else_=decided.c.rule).label("rule"),
            then.label("tier"),
            case((objected, _FLOOR), else_=decided.c.tags).label("tags"),
            present.label("present"),
            func.coalesce(_result.c.tier, _FLOOR).label("was"),
        )
        .join_from(decided, _result, _result.c.person == decided.c.person, isouter=True)
        .cte("each")
        .prefix_with("MATERIALIZED")
    )


def _present(now: tuple[str, ...], then: tuple[str, ...]) -> ColumnElement[Any]:
    """The present tier as a rank of the new document."""
    if now == then:
        return _result.c.tier
    ranks = {rank: then.index(code) for rank, code in enumerate(now) if code in then}
    return case(ranks, value=_result.c.tier, else_=literal_column("-1")) if ranks else _NONE


_OF = (
    select(_result, _ruleset.c.document)
    .join(_ruleset, _ruleset.c.id == _result.c.ruleset)
    .where(_result.c.person == bindparam("person_id", type_=Integer()))
)
