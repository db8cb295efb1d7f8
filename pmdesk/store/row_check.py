"""Rows against the imprints that the log holds of them: which were changed, taken out or put in."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from pmdesk.domain.progress import Progress
from pmdesk.domain.proof import Difference, Kind
from pmdesk.store import rows
from pmdesk.store.rows import DIGEST, GONE, Bound, Leaves
from pmdesk.store.schema import in_body

COVERED = "rows.covered"  # the act by which an older office is bound; its last entry says WHOLE
WHOLE = "whole"

_Known = dict[str, tuple[int, bytes]]  # by key: the entry and its imprint


def differences(connection: Connection, progress: Progress) -> Iterator[Difference]:
    """Every row that is not as its newest imprint in the log says."""
    torn = set(_torn(connection))
    for seq in sorted(torn):
        yield Difference(kind=Kind.IMPRINTS, target=f"entry:{seq}", seq=seq)
    whole = is_covered(connection)
    tables = rows.bound(connection)
    for place, one in enumerate(tables, 1):
        yield from _of_table(connection, one, torn, whole=whole)
        progress(place, len(tables))


def uncovered(connection: Connection) -> int:
    """How many rows are older than the imprints: changes of them cannot be found."""
    if is_covered(connection):
        return 0
    return sum(
        connection.exec_driver_sql(
            f'SELECT count(*) FROM "{one.name}" x WHERE {rows.unbound(one)}'
        ).scalar_one()
        for one in rows.bound(connection)
    )


def is_covered(connection: Connection) -> bool:
    """Whether every row is bound: since the office began, or since it was covered."""
    first = connection.exec_driver_sql("SELECT body FROM audit WHERE seq = 1").scalar()
    if first and "rows" in json.loads(first):
        return True
    bodies = connection.exec_driver_sql(_COVERED).scalars()
    return any(WHOLE in json.loads(body)["fields"] for body in bodies)


def _of_table(
    connection: Connection, one: Bound, torn: set[int], *, whole: bool
) -> Iterator[Difference]:
    known = _known(connection, one.name)
    salts = _salts(connection, one.name)
    for key, values in rows.read(connection, one, rows.every_key(one)):
        seq, digest = known.pop(key, (0, b""))
        salt = salts.pop(key, b"")
        if not digest and not whole:
            continue
        if not digest or digest == GONE:
            yield _found(Kind.ROW_NEW, one, key, seq)
        elif seq not in torn and rows.imprint(salt, one, key, values) != digest:
            yield _found(Kind.ROW_CHANGED, one, key, seq)
    for key, (seq, digest) in known.items():
        if digest != GONE and seq not in torn:
            yield _found(Kind.ROW_GONE, one, key, seq)


def _found(kind: Kind, one: Bound, key: str, seq: int) -> Difference:
    return Difference(kind=kind, target=f"{one.name}:{key}", seq=seq)


def _known(connection: Connection, tab: str) -> _Known:
    """The newest imprint of each row that the log ever knew."""
    known: _Known = {}
    for seq, keys, digests in connection.exec_driver_sql(_LEAVES_OF, (tab,)):
        for place, key in enumerate(json.loads(keys)):
            known[key] = (seq, digests[place * DIGEST : (place + 1) * DIGEST])
    return known


def _salts(connection: Connection, tab: str) -> dict[str, bytes]:
    found = connection.exec_driver_sql("SELECT key, salt FROM row_salt WHERE tab = ?", (tab,))
    return {row.key: row.salt for row in found}


def _torn(connection: Connection) -> Iterator[int]:
    """The entries whose lines beside them are not those that they committed to."""
    said = _said(connection)
    for seq, leaves in _grouped(connection):
        if said.pop(seq, "") != rows.root(leaves):
            yield seq
    nothing = rows.root(())
    yield from (seq for seq, root in said.items() if root != nothing)


def _said(connection: Connection) -> dict[int, str]:
    found = connection.exec_driver_sql(_BINDING)
    return {seq: root for seq, root in found if root is not None}


def _grouped(connection: Connection) -> Iterator[tuple[int, tuple[Leaves, ...]]]:
    waiting: list[Leaves] = []
    at = 0
    for seq, tab, keys, digests in connection.exec_driver_sql(_LEAVES):
        if seq != at and waiting:
            yield at, tuple(waiting)
            waiting = []
        at = seq
        waiting.append(Leaves(tab=tab, keys=keys, digests=digests))
    if waiting:
        yield at, tuple(waiting)


_LEAVES = "SELECT seq, tab, keys, digests FROM row_leaves ORDER BY seq, tab"
_LEAVES_OF = "SELECT seq, keys, digests FROM row_leaves WHERE tab = ? ORDER BY seq"
_BINDING = f"SELECT seq, {in_body('rows')} FROM audit"
_COVERED = f"SELECT body FROM audit WHERE ({in_body('action')}) = '{COVERED}'"
