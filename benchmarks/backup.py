"""A backup and its proof by a restore, beside copying the same data.

    python benchmarks/backup.py [--people 50000]

Budget: backup with proof in at most three times what copying the data takes. Copying is measured
three ways: the bytes of the file as they lie in memory, the same read from the disk as after a
start, and the data under a fresh key, which is the only copy that may leave the office: with the
key of the office itself each backup would open all others. The budget is held against the last;
against the others it holds on every disk that copies no faster than what is printed.
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
from pmdesk.domain.progress import silent
from pmdesk.store.backup import lock, making
from pmdesk.store.vault.kdf import MEMORY, Kdf
from pmdesk.store.vault.keys import new_key
from pmdesk.store.vault.opened import OpenVault

CHEAP = Kdf(memory=MEMORY[0], passes=1)  # setting a passphrase is not what is measured
SECRET = "granite teapot willow sunrise 47"  # noqa: S105  # of a throw-away office
TIMES = 5


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def copied(source: Path, to: Path) -> None:
    """As a file manager copies, and on the disk."""
    shutil.copyfile(source, to)
    synced(to)


def synced(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def forgotten(path: Path) -> None:
    """The next reading comes from the disk, as after a start."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def under_fresh_key(vault: OpenVault, to: Path) -> None:
    """The data, page by page, under a key of their own, and on the disk."""
    to.unlink(missing_ok=True)
    with vault.engine.connect() as connection:
        making.copy_pages(connection.connection.driver_connection, to, new_key(), silent)
    synced(to)


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
        making.make(office.vault, to, key, now=clock.now(), name="bench", tell=silent)

    def cold() -> None:
        forgotten(file)
        copied(file, place / "copy")

    size = file.stat().st_size / 1e6
    took = {
        "copying the file, in memory": median(lambda: copied(file, place / "copy")),
        "copying the file, cold": median(cold),
        "copying under a fresh key": median(lambda: under_fresh_key(office.vault, place / "key")),
    }
    backup = median(back_up)
    print(f"{people:,} people, {size:.1f} MB")
    for name, seconds in took.items():
        print(f"{name:28} {seconds * 1000:6.0f} ms   a backup takes {backup / seconds:5.1f} times")
    print(f"{'backup with its proof':28} {backup * 1000:6.0f} ms")
    print(f"three times a plain copy on disks up to {3 * size / backup:.0f} MB/s, read and written")
    office.close()
    shutil.rmtree(place)
    return 0 if backup <= 3 * took["copying under a fresh key"] else 1


def median(act: Callable[[], object]) -> float:
    return statistics.median(timed(act) for _ in range(TIMES))


if __name__ == "__main__":
    sys.exit(main())
