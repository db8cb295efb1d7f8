"""Requests for large exports: what was asked stands, decisions and files are made once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, delete, func, insert, select, text, update

from pmdesk.domain.acts import ListKind
from pmdesk.domain.export_guard import (
    Errand,
    ExportPurpose,
    ExportRequest,
    ExportRequestId,
    Load,
    Recipient,
    Wish,
)
from pmdesk.domain.exports import ExportKind
from pmdesk.domain.reask import months_after
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import schema_acts
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_acts import SWEPT
from pmdesk.store.schema_exports import export_request as _request

_MONTHS = 36  # law.md 6.8, R-LOG3

_list, _on_it = schema_acts.export_list, schema_acts.export_person


class SqlExportRequests:
    """Counts, filters and moments; no request names a resident."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever asks is named by the caller
        self._connection = connection

    def add(
        self, wish: Wish, errand: Errand, reason: str, load: Load, *, by: str, at: datetime
    ) -> ExportRequestId:
        """The request waits for a second person."""
        added = insert(_request).values(
            kind=wish.kind,
            query=wish.query,
            fingerprint=wish.fingerprint,
            unmasked=wish.unmasked,
            purpose=errand.purpose,
            recipient=errand.recipient,
            receiver=errand.to,
            reason=reason,
            people=len(load.people),
            economic=len(load.economic),
            asked_at=at,
            asked_by=by,
        )
        key = self._connection.scalars(added.returning(_request.c.id)).one()
        return ExportRequestId(key)

    def get(self, request: ExportRequestId) -> ExportRequest:
        """NotFoundError when there is none."""
        found = self._connection.execute(select(_request).where(_request.c.id == request)).first()
        if found is None:
            raise NotFoundError(N_("There is no such request."), N_("Reload the page."))
        return _made(found)

    def all(self) -> tuple[ExportRequest, ...]:
        """Newest first."""
        rows = self._connection.execute(select(_request).order_by(_request.c.id.desc()))
        return tuple(map(_made, rows))

    def decide(
        self,
        request: ExportRequestId,
        *,
        approved: bool,
        by: str,
        at: datetime,
        words: str,
        alone: bool,
    ) -> None:
        """It stands; ConflictError when somebody decided or it was withdrawn meanwhile."""
        self._once(
            _open(request)
            .where(_request.c.decided_at.is_(None))
            .values(decided_at=at, decided_by=by, approved=approved, words=words, alone=alone)
        )

    def withdraw(self, request: ExportRequestId, *, at: datetime) -> None:
        """It leads nowhere any more; ConflictError when it was fetched or withdrawn."""
        self._once(_open(request).values(withdrawn_at=at))

    def fetched(self, request: ExportRequestId, number: str, *, at: datetime) -> None:
        """The one file it allowed was made; ConflictError when it allows none."""
        approved = _open(request).where(_request.c.approved)
        self._once(approved.values(fetched_at=at, number=number))

    def unapproved(self, by: str, *, since: datetime) -> Sequence[tuple[datetime, Load]]:
        """Whom the lists of that operator name that left since then without a second person."""
        approved = select(_request.c.number).where(_request.c.number.is_not(None))
        rows = self._connection.execute(
            select(_list.c.id, _list.c.at, _on_it.c.person, _on_it.c.economic)
            .join(_on_it, _on_it.c.export == _list.c.id)
            .where(
                _list.c.by == by,
                _list.c.at > since,
                _list.c.what.in_([kind for kind in ListKind if kind.names_many]),
                _list.c.number.not_in(approved),
            )
        )
        return tuple(
            (
                row.at,
                Load(
                    people=frozenset([row.person]),
                    economic=frozenset([row.person] if row.economic else []),
                ),
            )
            for row in rows
        )

    def expire(self, today: date) -> int:
        """How many requests are gone that are older than three years."""
        del today  # the office's own day decides, as for the lists themselves
        old = text(f"substr(asked_at, 1, 10) <= date({SWEPT}, '-3 years')")
        return self._connection.execute(delete(_request).where(old)).rowcount

    def first_to_go(self) -> date | None:
        """When the oldest goes; None without one."""
        first = self._connection.scalar(select(func.min(_request.c.asked_at)))
        return None if first is None else months_after(first.date(), _MONTHS)

    def _once(self, change: Update) -> None:
        if not self._connection.execute(change).rowcount:
            raise ConflictError(
                N_("This request was decided, withdrawn or fetched meanwhile."),
                N_("Reload the page."),
            )


def _open(request: ExportRequestId) -> Update:
    return update(_request).where(
        _request.c.id == request,
        _request.c.withdrawn_at.is_(None),
        _request.c.fetched_at.is_(None),
    )


def _made(row: Row[Any]) -> ExportRequest:
    return ExportRequest(
        id=ExportRequestId(row.id),
        wish=Wish(kind=ExportKind(row.kind), query=row.query, unmasked=row.unmasked),
        fingerprint=row.fingerprint,
        errand=Errand(
            purpose=ExportPurpose(row.purpose),
            recipient=Recipient(row.recipient),
            to=row.receiver,
        ),
        reason=row.reason,
        people=row.people,
        economic=row.economic,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by or "",
        approved=row.approved,
        words=row.words or "",
        alone=row.alone,
        withdrawn_at=row.withdrawn_at,
        fetched_at=row.fetched_at,
        number=row.number or "",
    )
