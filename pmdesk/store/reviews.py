"""Legality reviews in the store: answers and signatures, and whether stale values are left out."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select
from sqlalchemy.exc import IntegrityError

from pmdesk.analytics.facts import field_of
from pmdesk.domain.classification import Ruleset
from pmdesk.domain.fields import Field
from pmdesk.domain.reviews import Answer, Detail, Signature, Verdict
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.store import deciding, gate, schema_acts
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_review import review_answer as _answer
from pmdesk.store.schema_review import review_signature as _signature

_dispute = schema_acts.dispute

# whose value is in doubt, and what says so
Doubt = tuple[ColumnElement[int], Sequence[ColumnElement[bool]]]


class SqlReviews:
    """What reviewers wrote; nothing of it ever changes."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._catalogue = SqlCatalogue(connection, context)

    def answers(self, ruleset: Ruleset) -> tuple[Answer, ...]:
        """Those about exactly this document, newest first."""
        fitting = (_answer.c.ruleset == ruleset.id, _answer.c.digest == ruleset.digest)
        found = select(_answer).where(*fitting).order_by(_answer.c.id.desc())
        return tuple(_read(row) for row in self._connection.execute(found))

    def answer(self, ruleset: Ruleset, answer: Answer) -> None:
        """One more; RefusedError where the author reviews himself and is not the only one."""
        row = insert(_answer).values(
            ruleset=ruleset.id,
            digest=ruleset.digest,
            item=answer.item,
            verdict=answer.verdict,
            reason=answer.reason,
            condition=answer.detail.condition,
            rules=json.dumps(answer.detail.rules),
            notes=json.dumps(answer.detail.notes, ensure_ascii=False, sort_keys=True),
            by=answer.by,
            at=answer.at,
        )
        try:
            self._connection.execute(row)
        except IntegrityError as error:
            raise _not_his() from error

    def signature(self, ruleset: Ruleset) -> Signature | None:
        """Who stands for the review of exactly this document; the newest counts."""
        fitting = (_signature.c.ruleset == ruleset.id, _signature.c.digest == ruleset.digest)
        found = select(_signature).where(*fitting).order_by(_signature.c.id.desc()).limit(1)
        row = self._connection.execute(found).first()
        if row is None:
            return None
        return Signature(
            signer=row.signer,
            alone=row.alone,
            note=row.note,
            signed_at=row.signed_at,
            next_review=row.next_review,
        )

    def sign(self, ruleset: Ruleset, signature: Signature) -> None:
        """The review is signed; RefusedError where the author signs and may not."""
        row = insert(_signature).values(
            ruleset=ruleset.id,
            digest=ruleset.digest,
            signer=signature.signer,
            alone=signature.alone,
            note=signature.note,
            signed_at=signature.signed_at,
            next_review=signature.next_review,
        )
        try:
            self._connection.execute(row)
        except IntegrityError as error:
            raise _not_his() from error

    def unguarded(self, facts: Sequence[str], *, today: date) -> tuple[str, ...]:
        """The facts of which the deciding statement would read a disputed or stale value.

        Asked of the very statement that decides, and only where there are such values at all.
        """
        catalogue = self._catalogue.live()
        doubtful = {key: self._doubts(catalogue.field(field_of(key)), today) for key in facts}
        return tuple(
            key for key, doubts in doubtful.items() if doubts and self._reads(key, doubts, today)
        )

    def _doubts(self, field: Field, today: date) -> list[Doubt]:
        """How a value of the field can be one that must be left out, as far as any is."""
        catalogue = self._catalogue.live()
        since = deciding.values(today)["fresh_since"]
        table = gate.tables(catalogue)[field.purpose].table
        open_dispute = (_dispute.c.field == field.key, _dispute.c.settled_on.is_(None))
        doubts: list[Doubt] = [(_dispute.c.person, open_dispute)]
        if catalogue.purpose(field.purpose).needs_consent:
            doubts.append((table.c.person, (table.c.confirmed_at < since,)))
        return [one for one in doubts if self._connection.scalar(_any(*one))]

    def _reads(self, key: str, doubts: Sequence[Doubt], today: date) -> bool:
        """Whether the statement sees a value of somebody whose value must be left out."""
        reading = deciding.reading(self._connection, self._catalogue.live(), (key,))
        rows = reading.facts().subquery()
        known = select(rows.c.person).where(rows.c[key].is_not(None))
        asked = (known.where(rows.c.person.in_(select(who).where(*tests))) for who, tests in doubts)
        values = deciding.values(today)
        return any(self._connection.execute(one.limit(1), values).first() for one in asked)


def _any(person: ColumnElement[int], tests: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return select(person).where(*tests).limit(1)


def _not_his() -> RefusedError:
    return RefusedError(
        N_("Nobody reviews rules of his own."),
        N_("Ask a colleague: a reviewer, another manager or an administrator."),
    )


def _read(row: Row[Any]) -> Answer:
    detail = Detail(
        condition=row.condition, rules=tuple(json.loads(row.rules)), notes=json.loads(row.notes)
    )
    return Answer(
        item=row.item,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        by=row.by,
        at=row.at,
        detail=detail,
    )
