"""A backup and its proof by a restore, beside copying the same file.

    python benchmarks/backup.py [--people 50000]

Budget: backup with proof in at most three times what copying the data file (and syncing it) takes.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.list_and_search import residents as invented
from pmdesk.app import offices
from pmdesk.app.clock import SystemClock
from pmdesk.app.demo import PROFILE
from pmdesk.app.offices import Founder
from pmdesk.store.backup import lock, making
from pmdesk.store.vault.kdf import MEMORY, Kdf

CHEAP = Kdf(memory=MEMORY[0], passes=1)  # setting a passphrase is not what is measured
SECRET = "granite teapot willow sunrise 47"  # noqa: S105  # of a throw-away office
TIMES = 5


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def copied(source: Path, to: Path) -> None:
    """As a file manager copies, and on the disk."""
    shutil.copyfile(source, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000)
    people = parser.parse_args().people
    place = Path(tempfile.mkdtemp())
    clock = SystemClock()
    founder = Founder(login="bench", name="周敏", password=SECRET)
    office, _key = offices.found(place / "office", PROFILE, founder, clock, kdf=CHEAP)
    with office.session.store.writing() as work:
        work.people.add_many(invented(people), at=clock.now())
        work.commit()
    office.vault.settle()
    file = place / "office" / office.vault.header.db
    key = lock.put(office.vault, SECRET, CHEAP)
    to = place / "to"
    to.mkdir()

    def back_up() -> None:
        making.make(office.vault, to, key, now=clock.now(), name="bench", tell=quiet)

    copies = [timed(lambda: copied(file, place / "copy")) for _ in range(TIMES)]
    backups = [timed(back_up) for _ in range(TIMES)]
    copy, backup = statistics.median(copies), statistics.median(backups)
    print(f"{people:,} people, {file.stat().st_size / 1e6:.1f} MB")
    print(f"copying the file      {copy * 1000:8.0f} ms")
    print(f"backup with its proof {backup * 1000:8.0f} ms  ({backup / copy:.1f} times)")
    office.close()
    shutil.rmtree(place)
    return 0 if backup <= 3 * copy else 1


if __name__ == "__main__":
    sys.exit(main())
