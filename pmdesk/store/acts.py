"""Restrictions, disputes and the human route in the store."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.acts import Dispute, HumanDecision, HumanRoute, Restriction
from pmdesk.domain.classification import Cause
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.rules.sql import NO_RULE
from pmdesk.store import schema, schema_acts, tier_steps
from pmdesk.store.context import StoreContext
from pmdesk.store.legend import BY_HAND, legend
from pmdesk.store.people import gone

_restriction = schema_acts.restriction
_dispute = schema_acts.dispute
_route = schema_acts.human_route
_block = schema_acts.tag_block
_result = schema.classification
_ruleset = schema.ruleset


class SqlActs:
    """What of a person is not to be used, or not by the engine."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who acts is in the log
        self._connection = connection

    def restrictions(self, person: PersonId) -> Mapping[PurposeCode, Restriction]:
        """The frozen purposes of the person."""
        rows = self._connection.execute(
            select(_restriction).where(_restriction.c.person == person)
        ).all()
        return {
            PurposeCode(row.purpose): Restriction(
                purpose=PurposeCode(row.purpose), since=row.since, request=row.request
            )
            for row in rows
        }

    def restrict(self, person: PersonId, restriction: Restriction) -> None:
        """The purpose is frozen; the database itself takes the result of P2 away."""
        row = upsert(_restriction).values(
            person=person,
            purpose=restriction.purpose,
            since=restriction.since,
            request=restriction.request,
        )
        if restriction.purpose == CLASSIFICATION:
            tier_steps.end(self._connection, person, restriction.since)
        try:
            self._connection.execute(row.on_conflict_do_nothing())
        except IntegrityError as error:
            raise gone() from error

    def lift(self, person: PersonId, purpose: PurposeCode) -> bool:
        """The purpose is used again; whether it was frozen."""
        lifted = delete(_restriction).where(
            _restriction.c.person == person, _restriction.c.purpose == purpose
        )
        return bool(self._connection.execute(lifted).rowcount)

    def disputes(self, person: PersonId) -> Mapping[FieldKey, Dispute]:
        """The disputed fields of the person, open and settled."""
        rows = self._connection.execute(select(_dispute).where(_dispute.c.person == person)).all()
        return {
            FieldKey(row.field): Dispute(
                field=FieldKey(row.field),
                purpose=PurposeCode(row.purpose),
                since=row.since,
                request=row.request,
                settled_on=row.settled_on,
                statement=row.statement or b"",
            )
            for row in rows
        }

    def dispute(self, person: PersonId, dispute: Dispute) -> None:
        """The value is disputed, or settled as `dispute` says."""
        now = {
            "purpose": dispute.purpose,
            "since": dispute.since,
            "request": dispute.request,
            "settled_on": dispute.settled_on,
            "statement": dispute.statement or None,
        }
        row = upsert(_dispute).values(person=person, field=dispute.field, **now)
        try:
            self._connection.execute(
                row.on_conflict_do_update(index_elements=["person", "field"], set_=now)
            )
        except IntegrityError as error:
            raise gone() from error

    def settle(self, person: PersonId, field: FieldKey) -> bool:
        """Nothing is disputed about the field any more; whether it was."""
        settled = delete(_dispute).where(_dispute.c.person == person, _dispute.c.field == field)
        return bool(self._connection.execute(settled).rowcount)

    def human_route(self, person: PersonId) -> HumanRoute | None:
        """The objection of the person and what was decided; None: the engine may decide."""
        row = self._connection.execute(select(_route).where(_route.c.person == person)).first()
        if row is None:
            return None
        return HumanRoute(
            person=person,
            since=row.since,
            request=row.request,
            tier=row.tier,
            tags=tuple(json.loads(row.tags)),
            reason=row.reason,
            by=row.by,
            decided_at=row.decided_at,
        )

    def send_to_people(
        self, person: PersonId, *, since: date, request: int | None, today: date
    ) -> None:
        """The engine leaves the person out and the standard holds from now on."""
        now = {
            "since": since,
            "request": request,
            "tier": None,
            "tags": "[]",
            "reason": "",
            "by": "",
            "decided_at": None,
        }
        row = upsert(_route).values(person=person, **now)
        try:
            self._connection.execute(row.on_conflict_do_update(index_elements=["person"], set_=now))
        except IntegrityError as error:
            raise _nothing_to_object_to() from error
        floor = {
            "rule": NO_RULE,
            "tier": 0,
            "tags": 0,
            "objected": True,
            "decided_on": today,
            **tier_steps.next_step(today, Cause.OBJECTION),
        }
        self._connection.execute(update(_result).where(_result.c.person == person).values(floor))

    def decide(self, person: PersonId, decision: HumanDecision, *, today: date) -> None:
        """The result is the one that the named person decided, in the terms of that rule set."""
        decided = update(_route).where(_route.c.person == person)
        values = {
            "tier": decision.tier,
            "tags": json.dumps(list(decision.tags)),
            "reason": decision.reason,
            "by": decision.by,
            "decided_at": decision.at,
        }
        if not self._connection.execute(decided.values(values)).rowcount:
            raise _nothing_to_object_to()
        document = self._connection.scalar(
            select(_ruleset.c.document).where(_ruleset.c.id == decision.ruleset)
        )
        names = legend(document)
        result = {
            "ruleset": decision.ruleset,
            "rule": BY_HAND,
            "tier": names.rank(decision.tier),
            "tags": sum(names.bit(tag) for tag in decision.tags),
            "decided_on": today,
            "objected": True,
        }
        row = upsert(_result).values(
            person=person, purpose=CLASSIFICATION, cause=Cause.HUMAN, **result
        )
        now = {**result, **tier_steps.next_step(today, Cause.HUMAN)}
        self._connection.execute(row.on_conflict_do_update(index_elements=["person"], set_=now))

    def back_to_engine(self, person: PersonId) -> bool:
        """The engine may decide again; whether the person was on the human route."""
        route = delete(_route).where(_route.c.person == person)
        if not self._connection.execute(route).rowcount:
            return False
        engine = update(_result).where(_result.c.person == person).values(objected=False)
        self._connection.execute(engine)
        return True

    def block_tag(self, person: PersonId, tag: str, *, since: date) -> None:
        """The result has no such tag, and gets none until there are new answers."""
        row = upsert(_block).values(person=person, tag=tag, since=since)
        try:
            self._connection.execute(row.on_conflict_do_nothing())
        except IntegrityError as error:
            raise _nothing_to_object_to() from error
        found = self._connection.execute(_RESULT, {"person_id": person}).first()
        if found is not None:
            left = found.tags & ~legend(found.document).bit(tag)
            has_it = update(_result).where(_result.c.person == person, _result.c.tags != left)
            step = tier_steps.next_step(since, Cause.TAG)
            self._connection.execute(has_it.values(tags=left, **step))

    def unblock_tags(self, person: PersonId) -> None:
        """New answers: every tag may come out of the rules again."""
        self._connection.execute(delete(_block).where(_block.c.person == person))


def blocked_tags(connection: Connection) -> tuple[str, ...]:
    """The tags that somebody had deleted."""
    return tuple(connection.scalars(select(_block.c.tag).distinct().order_by(_block.c.tag)))


def disputed_fields(connection: Connection) -> frozenset[str]:
    """The fields that anybody disputes at the moment."""
    still_open = select(_dispute.c.field).where(_dispute.c.settled_on.is_(None)).distinct()
    return frozenset(connection.scalars(still_open))


def restricted_purposes(connection: Connection) -> frozenset[str]:
    """The purposes that anybody wants frozen at the moment."""
    return frozenset(connection.scalars(select(_restriction.c.purpose).distinct()))


def has_human_routes(connection: Connection) -> bool:
    """Whether the engine has to leave anybody out."""
    return bool(connection.scalar(select(func.count()).select_from(_route)))


def _nothing_to_object_to() -> RefusedError:
    return RefusedError(
        N_("Without a live consent to classification nothing is decided about this person."),
        N_("The person is served as standard already; there is nothing to take back."),
    )


_RESULT = (
    select(_result.c.tags, _ruleset.c.document)
    .join(_ruleset, _ruleset.c.id == _result.c.ruleset)
    .where(_result.c.person == bindparam("person_id"))
)
