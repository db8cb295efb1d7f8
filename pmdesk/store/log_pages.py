"""The log in pages, newest first, narrowed in SQL; each step back looks at a bounded stretch."""

import bisect
import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, overload

from sqlalchemy import Connection, Row
from typing_extensions import override

from pmdesk.domain.ports import AuditEntry
from pmdesk.domain.ports.proof import LogPage, LogQuery
from pmdesk.store.audit import entry
from pmdesk.store.schema import in_body

STRETCH = 20_000  # entries that one step looks at, so that it answers at once
LARGEST = 1 << 62


def page(connection: Connection, query: LogQuery, before: int | None, limit: int) -> LogPage:
    """The wanted entries below `before`; fewer than `limit` when the stretch held no more."""
    low, high = _range(connection, query)
    high = min(high, before) if before is not None else high
    least = low if _is_indexed(query) else max(low, high - STRETCH)
    found = [
        row
        for lane in _lanes(query)
        for row in _lane(connection, query, lane, (least, high), limit)
    ]
    found.sort(key=lambda row: -row.seq)
    entries = tuple(entry(row.body) for row in found[:limit])
    rest = entries[-1].seq if len(entries) == limit else least
    return LogPage(entries=entries, before=rest if rest > low else None)


def newest(connection: Connection, actions: Sequence[str]) -> AuditEntry | None:
    """The newest entry of one of these acts."""
    query = LogQuery(actions=tuple(actions))
    whole = (0, LARGEST)
    rows = [row for lane in _lanes(query) for row in _lane(connection, query, lane, whole, 1)]
    return entry(max(rows, key=lambda row: row.seq).body) if rows else None


def values(connection: Connection, seq: int) -> tuple[str, str]:
    """What the entry committed to, and what the one before it about the same object did."""
    row = connection.exec_driver_sql(_OF, (seq,)).first()
    if row is None:
        return "", ""
    action = f'"action":"{json.loads(row.body)["action"]}"'.encode()
    earlier = connection.exec_driver_sql(_EARLIER, (row.target, seq, action)).scalar()
    return row.row or "", earlier or ""


def _is_indexed(query: LogQuery) -> bool:
    """Whether what is wanted can be looked up, so that nothing else is walked over."""
    return bool(query.targets) or not (query.by and query.actions)


def _lanes(query: LogQuery) -> tuple[tuple[str, str], ...]:
    """Each object with each act: every lane is short to walk, from its newest entry back."""
    return tuple(itertools.product(query.targets or ("",), query.actions or ("",)))


def _lane(
    connection: Connection,
    query: LogQuery,
    lane: tuple[str, str],
    between: tuple[int, int],
    limit: int,
) -> Sequence[Row[Any]]:
    target, action = lane
    sql, found = "", list[object]()
    wishes = (("target", target), (in_body("action"), action), (in_body("user"), query.by))
    for expression, value in wishes:
        if value:  # a plus keeps SQLite from walking a longer index than the first one
            sql += f" AND {'+' if found else ''}({expression}) = ?"
            found.append(value)
    wanted = (
        f"SELECT seq, body FROM audit WHERE seq >= ? AND seq < ?{sql} ORDER BY seq DESC LIMIT ?"
    )
    return connection.exec_driver_sql(wanted, (*between, *found, limit)).all()


def _range(connection: Connection, query: LogQuery) -> tuple[int, int]:
    """The numbers between which entries of that time lie, by halving: the log is in their order.

    Where the clock of the computer was set back, the times of a stretch may lie outside.
    """
    times = _Times(connection)
    low = bisect.bisect_left(times, _spelled(query.since)) if query.since else 0
    high = bisect.bisect_left(times, _spelled(query.until)) if query.until else len(times)
    return low + 1, high + 1


def _spelled(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class _Times(Sequence[str]):
    """The times of the entries by number, from 0; only those that are asked for are read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._count = connection.exec_driver_sql("SELECT max(seq) FROM audit").scalar() or 0

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    @override
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(self._count))]
        body = self._connection.exec_driver_sql(_AT, (place + 1,)).scalar()
        return str(json.loads(body)["time"]) if body else ""


_AT = "SELECT body FROM audit WHERE seq >= ? ORDER BY seq LIMIT 1"
_OF = """
SELECT a.body, a.target, s.row FROM audit a LEFT JOIN audit_salt s ON s.seq = a.seq
WHERE a.seq = ?"""
_EARLIER = """
SELECT s.row FROM audit a JOIN audit_salt s ON s.seq = a.seq
WHERE a.target = ? AND a.seq < ? AND instr(a.body, ?) ORDER BY a.seq DESC LIMIT 1"""
