"""Fairness samples in the store: sealed, under pseudonyms, gone with the consent they hang on."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.acts import EraseReason, Erasure, Method, Scope
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.fairness import (
    FAIRNESS,
    FairnessReport,
    Level,
    Line,
    Link,
    OldAnswer,
    Outcome,
    Participant,
    Participation,
    Verdict,
)
from pmdesk.domain.people import PersonId
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.rules.facts import FactType
from pmdesk.rules.table import DecisionTable
from pmdesk.store import deciding, schema, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.deciding import Reading
from pmdesk.store.erasures import SqlErasures
from pmdesk.store.intact import faults
from pmdesk.store.legend import legend
from pmdesk.store.schema_fairness import fairness_result as _result
from pmdesk.store.schema_fairness import fairness_sample as _sample

_consent = schema.consent
_sealed = schema.sealed_value
_route = schema_acts.human_route
_restriction = schema_acts.restriction


class SqlFairness:
    """Reads samples only together with what rules make of them, and never says whose they are."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid
        self._register = SqlCatalogue(connection, context)
        self._erasures = SqlErasures(connection, context)

    def put(self, person: PersonId, sample: Participation) -> None:
        """The answers stand under their pseudonym; refused without a live consent to P6."""
        self.drop(person)
        row = insert(_sample).values(
            pseudonym=sample.pseudonym, person=person, since=sample.since, blob=sample.blob
        )
        try:
            self._connection.execute(row)
        except IntegrityError as error:
            raise RefusedError(
                N_("There is no live consent for “{purpose}”, so nothing of it can be saved."),
                N_("Take the consent first; what the contract needs can be saved without it."),
                purpose=self._register.live().purpose(FAIRNESS).name,
            ).coded("E_NO_CONSENT") from error

    def of(self, person: PersonId) -> Participation | None:
        """The sealed answers of the person, still closed."""
        row = self._connection.execute(select(_sample).where(_sample.c.person == person)).first()
        if row is None:
            return None
        return Participation(pseudonym=row.pseudonym, since=row.since, blob=row.blob)

    def drop(self, person: PersonId) -> bool:
        """The answers are gone, the consent stays; whether there were any."""
        gone = delete(_sample).where(_sample.c.person == person)
        return bool(self._connection.execute(gone).rowcount)

    def count(self, *, today: date) -> int:
        """How many take part."""
        live = self._live(today).subquery()
        return self._connection.scalar(select(func.count()).select_from(live)) or 0

    def participants(self, document: str, *, today: date) -> tuple[Participant, ...]:
        """Whom that rule table decides about and who takes part, in the order of pseudonyms.

        About whom people decide is left out: the rules did not make that result.
        """
        catalogue = self._register.live()
        table = deciding.table_of(document, catalogue)
        keys = tuple(fact.key for fact in table.facts)
        read = deciding.reading(self._connection, catalogue, keys)
        bound = deciding.values(today)
        live = self._live(today).subquery()
        facts = read.facts().subquery()
        told = select(facts).join(live, live.c.person == facts.c.person)
        known = {row["person"]: row for row in self._connection.execute(told, bound).mappings()}
        flags = {fact.key for fact in table.facts if fact.type is FactType.FLAG}
        names = legend(document)
        return tuple(
            Participant(
                pseudonym=row.pseudonym,
                blob=row.blob,
                tier=names.tiers[row.tier],
                tags=frozenset(names.tags_of(row.tags)),
                facts={key: _fact(known[row.person][key], key in flags) for key in keys},
            )
            for row in self._connection.execute(_decided(read, table, live), bound)
        )

    def old_answers(self) -> tuple[OldAnswer, ...]:
        """Answers that were sealed under the person's number, before samples were apart."""
        rows = self._connection.execute(
            select(_sealed).where(_sealed.c.purpose == FAIRNESS).order_by(_sealed.c.person)
        )
        return tuple(
            OldAnswer(person=PersonId(row.person), field=row.field, blob=row.blob) for row in rows
        )

    def mark(self, pseudonyms: Collection[str], day: date) -> None:
        """A report of that day used them: from its day on their period runs."""
        that = (_sample.c.pseudonym == bindparam("that")) & _sample.c.reported_on.is_(None)
        if pseudonyms:
            self._connection.execute(
                update(_sample).where(that).values(reported_on=day),
                [{"that": pseudonym} for pseudonym in pseudonyms],
            )

    def expire(self, before: date, *, at: datetime, today: date) -> int:
        """Samples first reported before that day are gone, with lines in the journal; how many."""
        return self._erase(_sample.c.reported_on < before, EraseReason.PERIOD_OVER, at, today)

    def clear(self, *, at: datetime, today: date) -> int:
        """Every sample is gone, with lines in the journal; how many there were."""
        return self._erase(_sample.c.pseudonym != "", EraseReason.PURPOSE_DONE, at, today)

    def first(self) -> date | None:
        """The day of the oldest report whose sample is still there."""
        day: date | None = self._connection.scalar(select(func.min(_sample.c.reported_on)))
        return day

    def keep(self, report: FairnessReport) -> None:
        """The result of the version; it takes the place of the one before."""
        now = {
            "digest": report.digest,
            "people": report.people,
            "document": json.dumps(
                {
                    "lines": [asdict(line) for line in report.lines],
                    "links": [asdict(link) for link in report.links],
                }
            ),
            "at": report.at,
            "by": report.by,
        }
        row = upsert(_result).values(ruleset=report.ruleset, **now)
        self._connection.execute(row.on_conflict_do_update(index_elements=["ruleset"], set_=now))

    def report(self, ruleset: RulesetId) -> FairnessReport | None:
        """The result of the version; None when nobody made one."""
        row = self._connection.execute(select(_result).where(_result.c.ruleset == ruleset)).first()
        if row is None:
            return None
        content = json.loads(row.document)
        return FairnessReport(
            ruleset=RulesetId(row.ruleset),
            digest=row.digest,
            at=row.at,
            by=row.by,
            people=row.people,
            lines=tuple(_line(one) for one in content["lines"]),
            links=tuple(_link(one) for one in content["links"]),
        )

    def _live(self, today: date) -> Select[Any]:
        """Samples under a consent that runs, to a sound notice, and that nobody wants frozen."""
        of_p6 = select(_consent.c.notice_version).where(_consent.c.purpose == FAIRNESS).distinct()
        versions = self._connection.scalars(of_p6).all()
        frozen = exists().where(
            _restriction.c.person == _sample.c.person, _restriction.c.purpose == FAIRNESS
        )
        by_hand = exists().where(_route.c.person == _sample.c.person)
        return (
            select(_sample.c.pseudonym, _sample.c.person, _sample.c.blob)
            .join(
                _consent,
                (_consent.c.person == _sample.c.person) & (_consent.c.purpose == _sample.c.purpose),
            )
            .where(
                or_(_consent.c.valid_until.is_(None), _consent.c.valid_until >= today),
                _consent.c.notice_version.not_in(
                    list(faults(self._connection, FAIRNESS, versions))
                ),
                ~frozen,
                ~by_hand,
            )
        )

    def _erase(
        self, which: ColumnElement[bool], reason: EraseReason, at: datetime, today: date
    ) -> int:
        people = self._connection.scalars(select(_sample.c.person).where(which)).all()
        self._connection.execute(delete(_sample).where(which))
        fields = [field.key for field in self._register.live().sealed(FAIRNESS)]
        number = self._erasures.next_certificate(today) if people else ""
        for person in people:
            for field in fields:
                self._erasures.write(
                    Erasure(
                        at=at,
                        by=self._uid,
                        person=PersonId(person),
                        scope=Scope(purpose=FAIRNESS, field=field),
                        reason=reason,
                        method=Method.ERASED,
                        certificate=number,
                    )
                )
        return len(people)


def _decided(read: Reading, table: DecisionTable, live: Subquery) -> Select[Any]:
    """What the rules make of each sample, in the order of pseudonyms."""
    compiled, decided = read.decided(table)
    tier = compiled.tier_of(decided.c.rule).label("tier")
    return (
        select(live.c.pseudonym, live.c.blob, decided.c.person, tier, decided.c.tags)
        .join(live, live.c.person == decided.c.person)
        .order_by(live.c.pseudonym)
    )


def _fact(value: Any, is_flag: bool) -> Any:
    return bool(value) if is_flag and value is not None else value


def _line(one: dict[str, Any]) -> Line:
    known = {"outcome": Outcome(one["outcome"]), "verdict": Verdict(one["verdict"])}
    return Line(**{**one, **known})


def _link(one: dict[str, Any]) -> Link:
    return Link(**{**one, "level": Level(one["level"])})
