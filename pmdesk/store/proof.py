"""The log as evidence: checked against its signers, its anchors and the rows it speaks of."""

from datetime import datetime

from sqlalchemy import Connection

from pmdesk.domain.anchors import Anchor, code
from pmdesk.domain.ports import AuditEntry
from pmdesk.domain.ports.proof import LogPage, LogQuery
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.proof import Checked, Difference
from pmdesk.store import anchors, chain, log_pages, reconcile, row_check, signers
from pmdesk.store.audit import entry
from pmdesk.store.context import StoreContext

_EVERY = 10_000  # entries between two reports


class SqlProof:
    """What can be proved of the log; nothing here writes."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context

    @property
    def vault(self) -> str:
        """The office whose log this is."""
        return self._context.vault_id

    def check(self, *, since: Anchor | None = None, progress: Progress = silent) -> Checked:
        """The first entry that does not hold; `since` only counts as the account's own anchor."""
        keys = signers.enrolled(self._connection, self._context)
        own = since is not None and since.by == self._context.uid and self.is_genuine(since)
        return chain.check(self._connection, keys, since=since if own else None, progress=progress)

    def differences(self, progress: Progress = silent) -> tuple[Difference, ...]:
        """Rows that are not as the log last committed to them."""
        return reconcile.differences(self._connection, self._context, progress)

    def uncovered(self) -> int:
        """How many rows are older than what the log binds rows by."""
        return row_check.uncovered(self._connection)

    def anchor(self, at: datetime) -> Anchor:
        """What the log is now, signed by the present account."""
        return anchors.made(self._connection, self._context, at)

    def is_genuine(self, anchor: Anchor) -> bool:
        """Whether it is of this office and signed by the account it names."""
        own = {self._context.uid: (self._context.public,)}
        keys = own if anchor.by in own else signers.enrolled(self._connection, self._context)
        return anchor.vault == self._context.vault_id and anchors.genuine(anchor, keys)

    def contains(self, anchor: Anchor) -> bool:
        """Whether this history goes through the anchor."""
        return anchors.contained(self._connection, anchor)

    def with_code(self, wanted: str, progress: Progress = silent) -> AuditEntry | None:
        """The entry that was the last one when this code was printed."""
        vault, total = self._context.vault_id, self.count()
        rows = self._connection.exec_driver_sql("SELECT seq, hash FROM audit ORDER BY seq DESC")
        for place, (seq, digest) in enumerate(rows):
            if code(vault, seq, digest.hex()) == wanted:
                body = self._connection.exec_driver_sql(_BODY, (seq,)).scalar_one()
                return entry(body)
            if place % _EVERY == 0:
                progress(place, total)
        return None

    def page(self, query: LogQuery, *, before: int | None = None, limit: int = 100) -> LogPage:
        """The entries that are wanted, newest first; perhaps only a part of the way back."""
        return log_pages.page(self._connection, query, before, limit)

    def newest(self, actions: tuple[str, ...]) -> AuditEntry | None:
        """The newest entry of one of these acts."""
        return log_pages.newest(self._connection, actions)

    def count(self) -> int:
        """How many entries there are."""
        return int(self._connection.exec_driver_sql("SELECT count(*) FROM audit").scalar() or 0)

    def values(self, seq: int) -> tuple[str, str]:
        """What the entry committed to, and what the one before about the same did, as JSON."""
        return log_pages.values(self._connection, seq)


_BODY = "SELECT body FROM audit WHERE seq = ?"
