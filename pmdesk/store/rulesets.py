"""Versions of the classification rules in the store: each step of their life, and no other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.context import StoreContext

_table = schema.ruleset

# Where a version may come from; whoever decides is recorded as the second person.
_BEFORE: Mapping[RulesetStatus, RulesetStatus] = {
    RulesetStatus.DRAFT: RulesetStatus.SUBMITTED,  # its author takes it back
    RulesetStatus.SUBMITTED: RulesetStatus.DRAFT,
    RulesetStatus.APPROVED: RulesetStatus.SUBMITTED,
    RulesetStatus.REJECTED: RulesetStatus.SUBMITTED,
    RulesetStatus.ACTIVE: RulesetStatus.APPROVED,
    RulesetStatus.RETIRED: RulesetStatus.ACTIVE,
}
_DECISIONS = frozenset({RulesetStatus.APPROVED, RulesetStatus.REJECTED})


class SqlRulesets:
    """Rule-set versions; a document is fixed while it is submitted and once it was decided on."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who may do what is the services' business; the author is named by the caller
        self._connection = connection

    def all(self) -> tuple[Ruleset, ...]:
        """Newest first."""
        found = select(_table).order_by(_table.c.version.desc())
        return tuple(_ruleset(row) for row in self._connection.execute(found))

    def get(self, ruleset: RulesetId) -> Ruleset:
        """That version; NotFoundError when there is none."""
        found = self._first(select(_table).where(_table.c.id == ruleset))
        if found is None:
            raise NotFoundError(
                N_("This version of the rules is gone."), N_("Reload the list of versions.")
            )
        return found

    def active(self) -> Ruleset | None:
        """The version by which people are classified; None before the first one."""
        return self._first(select(_table).where(_table.c.status == RulesetStatus.ACTIVE))

    def add(
        self,
        document: str,
        digest: str,
        *,
        author: str,
        at: datetime,
        examples: str = "[]",
        restored_from: RulesetId | None = None,
    ) -> RulesetId:
        """A new draft with the next version number."""
        newest = self._connection.scalar(select(func.coalesce(func.max(_table.c.version), 0)))
        draft = insert(_table).values(
            version=(newest or 0) + 1,
            status=RulesetStatus.DRAFT,
            document=document,
            digest=digest,
            author=author,
            created_at=at,
            examples=examples,
            restored_from=restored_from,
        )
        return RulesetId(self._connection.scalars(draft.returning(_table.c.id)).one())

    def rewrite(self, ruleset: RulesetId, document: str, digest: str) -> None:
        """The draft holds this document; ConflictError when it is no draft any more."""
        self._change_draft(ruleset, document=document, digest=digest)

    def expect(self, ruleset: RulesetId, examples: str) -> None:
        """The draft has these examples; ConflictError when it is no draft any more."""
        self._change_draft(ruleset, examples=examples)

    def move(
        self, ruleset: RulesetId, status: RulesetStatus, *, by: str, words: str, at: datetime
    ) -> None:
        """The version has this status; activating retires the one before."""
        if self.get(ruleset).status is not _BEFORE.get(status):
            raise ConflictError(
                N_("The version cannot take this step from where it stands."),
                N_("Reload the list of versions; somebody may have been faster."),
            )
        if status is RulesetStatus.ACTIVE:
            self._retire()
        changed = update(_table).where(_table.c.id == ruleset)
        try:
            self._connection.execute(changed.values(_of_step(status, by, words, at)))
        except IntegrityError as error:
            raise RefusedError(
                N_("Nobody decides on a version of his own."),
                N_("Ask a colleague: a reviewer, another manager or an administrator."),
            ) from error

    def schedule(self, ruleset: RulesetId, day: date | None, *, by: str) -> None:
        """The approved version comes into force on that day; None: when somebody says so."""
        approved = update(_table).where(
            _table.c.id == ruleset, _table.c.status == RulesetStatus.APPROVED
        )
        if not self._connection.execute(approved.values(active_from=day, scheduled_by=by)).rowcount:
            self.get(ruleset)
            raise _only_approved()

    def discard(self, ruleset: RulesetId) -> None:
        """The draft is gone; ConflictError when it is no draft, RefusedError when answered."""
        draft = delete(_table).where(_table.c.id == ruleset, _table.c.status == RulesetStatus.DRAFT)
        try:
            found = self._connection.execute(draft).rowcount
        except IntegrityError as error:
            raise RefusedError(
                N_("A reviewer has answered questions about this version; answers are kept."),
                N_("Leave the draft as it is, or mend it and submit it again."),
            ) from error
        if not found:
            self.get(ruleset)
            raise _no_draft()

    def _change_draft(self, ruleset: RulesetId, **changed: str) -> None:
        draft = update(_table).where(_table.c.id == ruleset, _table.c.status == RulesetStatus.DRAFT)
        if not self._connection.execute(draft.values(**changed)).rowcount:
            self.get(ruleset)
            raise _no_draft()

    def _retire(self) -> None:
        active = update(_table).where(_table.c.status == RulesetStatus.ACTIVE)
        self._connection.execute(active.values(status=RulesetStatus.RETIRED))

    def _first(self, found: Select[Any]) -> Ruleset | None:
        row = self._connection.execute(found).first()
        return None if row is None else _ruleset(row)


def _of_step(status: RulesetStatus, by: str, words: str, at: datetime) -> dict[str, object]:
    if status in _DECISIONS:
        return {"status": status, "decided_by": by, "decided_at": at, "words": words}
    if status is RulesetStatus.ACTIVE:
        return {"status": status, "activated_at": at}
    if status is RulesetStatus.SUBMITTED:
        return {"status": status, "submitted_at": at}
    if status is RulesetStatus.DRAFT:
        return {"status": status, "submitted_at": None}
    return {"status": status}


def _only_approved() -> ConflictError:
    return ConflictError(
        N_("Only an approved version can be activated."),
        N_("Let a second person approve it first."),
    )


def _no_draft() -> ConflictError:
    return ConflictError(
        N_("This version is no draft any more, so it cannot be changed."),
        N_("Copy it as a new draft."),
    )


def _ruleset(row: Row[Any]) -> Ruleset:
    return Ruleset(
        id=RulesetId(row.id),
        version=row.version,
        status=RulesetStatus(row.status),
        document=row.document,
        digest=row.digest,
        author=row.author,
        created_at=row.created_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        words=row.words,
        activated_at=row.activated_at,
        examples=row.examples,
        active_from=row.active_from,
        scheduled_by=row.scheduled_by,
        restored_from=row.restored_from,
        submitted_at=row.submitted_at,
    )
