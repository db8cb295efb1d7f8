"""The walk along the chain: every entry against the one before, its signer and its values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from sqlalchemy import Connection, Row

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.proof import Break, Checked, Flaw
from pmdesk.store import audit
from pmdesk.store.anchors import contained
from pmdesk.store.audit import FIRST, Link, chained
from pmdesk.store.vault.canonical import parse

_EVERY = 1_000  # entries between two reports
_Entry = Row[tuple[int, bytes, bytes, bytes, str, bytes | None, str | None]]


def check(
    connection: Connection,
    keys: Mapping[str, Sequence[bytes]],
    *,
    since: Anchor | None = None,
    progress: Progress = silent,
) -> Checked:
    """The first entry that does not hold, of all or of those after a point that is trusted.

    Up to the point, the bytes of the entries are compared with it by their hashes alone: the
    signatures and the values beside them were looked at when it was made.
    """
    total = connection.exec_driver_sql("SELECT count(*) FROM audit").scalar() or 0
    start, prev = 0, FIRST
    if since is not None and contained(connection, since):
        start, prev = since.count, bytes.fromhex(since.head)
        broken = _rehashed(connection, start)
        if broken is not None:
            return Checked(since=start, count=total, head=prev.hex(), broken=broken)
    for place, entry in enumerate(_entries(connection, start), start + 1):
        flaw = _flaw(entry, place, prev, keys)
        if flaw is not None:
            broken = Break(seq=place, flaw=flaw)
            return Checked(since=start, count=total, head=prev.hex(), broken=broken)
        prev = entry.hash
        if place % _EVERY == 0:
            progress(place, total)
    return Checked(since=start, count=total, head=prev.hex(), broken=None)


def _entries(connection: Connection, after: int) -> Iterator[_Entry]:
    yield from cast("Iterator[_Entry]", connection.exec_driver_sql(_FROM, (after,)))


def _flaw(
    entry: _Entry, place: int, prev: bytes, keys: Mapping[str, Sequence[bytes]]
) -> Flaw | None:
    link = Link(seq=entry.seq, body=entry.body, hash=entry.hash, sig=entry.sig, target=entry.target)
    return audit.flaw(link, place, prev, keys) or _values_flaw(entry)


def _values_flaw(entry: _Entry) -> Flaw | None:
    """Values that were erased are fine; values that are others are not."""
    if entry.salt is None or entry.row is None:
        return None
    there = audit.commitment(entry.salt, entry.row.encode()).hex()
    return None if parse(entry.body)["commit"] == there else Flaw.VALUES


def _rehashed(connection: Connection, until: int) -> Break | None:
    """The first entry up to the trusted one whose bytes are not what was hashed."""
    prev = FIRST
    # the bare cursor: at every sign-in, over every entry there is
    rows = connection.connection.cursor().execute(_HASHES, (until,))
    for place, (seq, body, digest) in enumerate(rows, 1):
        if seq != place:
            return Break(seq=place, flaw=Flaw.GAP)
        if chained(prev, body) != digest:
            return Break(seq=place, flaw=Flaw.UNLINKED)
        prev = digest
    return None


_FROM = """
SELECT a.seq, a.body, a.hash, a.sig, a.target, s.salt, s.row
FROM audit a LEFT JOIN audit_salt s ON s.seq = a.seq WHERE a.seq > ? ORDER BY a.seq"""
_HASHES = "SELECT seq, body, hash FROM audit WHERE seq <= ? ORDER BY seq"
