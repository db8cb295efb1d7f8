"""Plans for purposes in the store: drafted, submitted, decided by a second person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.purpose_plans import Proposal, ProposalId, ProposalStatus, PurposePlan
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import documents, schema_notices

_table = schema_notices.purpose_proposal
_Status = ProposalStatus
_BEFORE: Mapping[ProposalStatus, ProposalStatus] = {
    _Status.SUBMITTED: _Status.DRAFT,
    _Status.REJECTED: _Status.SUBMITTED,
    _Status.PUBLISHED: _Status.SUBMITTED,
}


class SqlProposals:
    """Each step of a plan's life, and no other; what is in force stands for good."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, plan: PurposePlan, base: str, *, author: str, at: datetime) -> ProposalId:
        """A new draft."""
        draft = insert(_table).values(
            purpose=plan.purpose.code,
            status=_Status.DRAFT,
            document=documents.document_of(plan),
            base=base,
            author=author,
            created_at=at,
        )
        return ProposalId(self._connection.scalars(draft.returning(_table.c.id)).one())

    def rewrite(self, proposal: ProposalId, plan: PurposePlan) -> None:
        """The draft holds this plan; ConflictError when it is no draft any more."""
        draft = update(_table).where(_table.c.id == proposal, _table.c.status == _Status.DRAFT)
        document = documents.document_of(plan)
        if not self._connection.execute(draft.values(document=document)).rowcount:
            self.get(proposal)
            raise _no_draft()

    def get(self, proposal: ProposalId) -> Proposal:
        """That plan; NotFoundError when it is gone."""
        found = self._first(select(_table).where(_table.c.id == proposal))
        if found is None:
            raise NotFoundError(N_("This plan is gone."), N_("Reload the page."))
        return found

    def all(self) -> tuple[Proposal, ...]:
        """Newest first."""
        found = select(_table).order_by(_table.c.id.desc())
        return tuple(_proposal(row) for row in self._connection.execute(found))

    def source(self, purpose: PurposeCode) -> PurposePlan | None:
        """The plan in force; None while the purpose is as it was shipped."""
        live = (_table.c.purpose == purpose, _table.c.status == _Status.PUBLISHED)
        newest = (
            select(_table).where(*live).order_by(_table.c.decided_at.desc(), _table.c.id.desc())
        )
        found = self._first(newest.limit(1))
        return found.plan if found else None

    def submit(self, proposal: ProposalId) -> None:
        """The draft waits for a second person."""
        self._move(proposal, _Status.SUBMITTED, {})

    def reject(self, proposal: ProposalId, *, by: str, words: str, at: datetime) -> None:
        """The plan was sent back."""
        self._move(proposal, _Status.REJECTED, {"decided_by": by, "words": words, "decided_at": at})

    def publish(
        self, proposal: ProposalId, version: str, *, by: str, words: str, at: datetime
    ) -> None:
        """The plan is in force as this version."""
        decided = {"decided_by": by, "words": words, "decided_at": at, "version": version}
        self._move(proposal, _Status.PUBLISHED, decided)

    def discard(self, proposal: ProposalId) -> None:
        """The draft, or what was sent back, is gone."""
        mine = _table.c.status.in_((_Status.DRAFT, _Status.REJECTED))
        gone = delete(_table).where(_table.c.id == proposal, mine)
        if not self._connection.execute(gone).rowcount:
            self.get(proposal)
            raise _no_draft()

    def _move(
        self, proposal: ProposalId, status: ProposalStatus, values: Mapping[str, object]
    ) -> None:
        if self.get(proposal).status is not _BEFORE[status]:
            raise ConflictError(
                N_("The plan cannot take this step from where it stands."),
                N_("Reload the page; somebody may have been faster."),
            )
        changed = update(_table).where(_table.c.id == proposal)
        try:
            self._connection.execute(changed.values(status=status, **values))
        except IntegrityError as error:
            raise RefusedError(
                N_("Nobody decides on a plan of his own."), N_("Ask the reviewer.")
            ) from error

    def _first(self, found: Select[Any]) -> Proposal | None:
        row = self._connection.execute(found).first()
        return None if row is None else _proposal(row)


def _no_draft() -> ConflictError:
    return ConflictError(
        N_("This plan is no draft any more, so it cannot be changed."), N_("Reload the page.")
    )


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        id=ProposalId(row.id),
        status=ProposalStatus(row.status),
        plan=documents.value_of(PurposePlan, row.document),
        base=row.base,
        author=row.author,
        created_at=row.created_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        words=row.words,
        version=row.version,
    )
