"""The log of a busy office: the whole chain, what is new since a remembered point, and its pages.

    python benchmarks/audit.py [--entries 100000] [--pages 1000000]

Budgets: incremental check of 100,000 entries in 200 ms after the first time; first page in 50 ms
among 1,000,000 entries, whatever it is narrowed by.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.saving import opened
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.staff import Role
from pmdesk.store import chain, log_pages
from pmdesk.store.anchors import made
from pmdesk.store.audit import FIRST, chained
from pmdesk.store.context import StoreContext
from pmdesk.store.vault.canonical import canon

ACTS = ("resident.open", "answers.save", "reveal", "consent.given", "sign_in")
BATCH = 10_000
START = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


def context() -> StoreContext:
    """An account with a pen of its own."""
    pen = Ed25519PrivateKey.generate()
    public = pen.public_key().public_bytes_raw()
    return StoreContext(
        uid="a" * 32, role=Role.ADMIN, sign=pen.sign, public=public, certify=str, vault_id="v"
    )


def fill(connection: Any, who: StoreContext, entries: int, *, signed: bool) -> None:
    """A chain of that length; without signatures where only reading is measured."""
    prev, rows = FIRST, []
    connection.exec_driver_sql("DROP TRIGGER audit_is_new")
    connection.exec_driver_sql("DROP TRIGGER audit_stays")
    connection.exec_driver_sql("DROP TRIGGER row_leaves_stay")
    connection.exec_driver_sql("DELETE FROM row_leaves")
    connection.exec_driver_sql("DELETE FROM audit_salt")
    connection.exec_driver_sql("DELETE FROM audit")
    for seq in range(1, entries + 1):
        target = f"person:{seq % 9_000}"
        body = canon(
            {
                "seq": seq,
                "time": (START + timedelta(minutes=seq)).isoformat(timespec="microseconds"),
                "user": who.uid if seq % 7 else "b" * 32,
                "role": "admin",
                "action": "office.found" if seq == 1 else ACTS[seq % len(ACTS)],
                "object": target,
                "fields": ["clean_need"],
                "commit": None,
            }
        )
        prev = chained(prev, body)
        rows.append((seq, body, prev, who.sign(prev) if signed else b"", target))
        if len(rows) == BATCH or seq == entries:
            connection.connection.cursor().executemany("INSERT INTO audit VALUES (?,?,?,?,?)", rows)
            rows.clear()


def timed(what: str, act: Callable[[], object], times: int = 5) -> None:
    """Prints the best of some runs."""
    found = []
    for _run in range(times):
        begun = time.perf_counter()
        act()
        found.append(time.perf_counter() - begun)
    print(f"{what:54s} {min(found) * 1000:10.1f} ms")


def check(folder: Path, entries: int) -> None:
    """The whole chain, then what is new."""
    _session, store = opened(folder / "chain.db")
    who = context()
    keys = {"a" * 32: (who.public,), "b" * 32: (who.public,)}
    with store.writing() as work:
        connection = work._connection  # noqa: SLF001  # raw rows
        fill(connection, who, entries, signed=True)
        work.commit()
    with store.reading() as work:
        connection = work._connection  # noqa: SLF001  # raw rows
        point = made(connection, who, START)
        timed(f"whole chain, {entries:,} entries", lambda: chain.check(connection, keys), 1)
        timed("the same, since a remembered point", lambda: again(connection, keys, point))


def again(connection: Any, keys: Any, point: Any) -> None:
    """The incremental check; it must hold."""
    found = chain.check(connection, keys, since=point)
    if not found.holds or found.since != point.count:
        raise SystemExit("the chain of the benchmark does not hold")


def pages(folder: Path, entries: int) -> None:
    """The first page, narrowed in every way."""
    _session, store = opened(folder / "pages.db")
    with store.writing() as work:
        fill(work._connection, context(), entries, signed=False)  # noqa: SLF001  # raw rows
        work.commit()
    end = START + timedelta(minutes=entries)
    week = end - timedelta(days=7)
    wishes = {
        "everything": LogQuery(),
        "the last week": LogQuery(since=week),
        "a week long ago": LogQuery(since=START, until=START + timedelta(days=7)),
        "one person": LogQuery(by="b" * 32),
        "one act": LogQuery(actions=("reveal",)),
        "one object": LogQuery(targets=("person:17",)),
        "a rare act (one step back)": LogQuery(actions=("office.found",)),
    }
    with store.reading() as work:
        connection = work._connection  # noqa: SLF001  # raw rows
        for words, wish in wishes.items():
            timed(
                f"first page of {entries:,}: {words}",
                lambda wish=wish: log_pages.page(connection, wish, None, 100),  # type: ignore[misc]  # bound now
            )


def main() -> None:
    """Makes the logs and prints what the looks at them take."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), chosen.entries)
        pages(Path(folder), chosen.pages)


if __name__ == "__main__":
    main()
