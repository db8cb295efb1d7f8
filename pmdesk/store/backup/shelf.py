"""The backups of an open office: made into every place that is there, old ones dropped."""

import contextlib
import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from pmdesk.domain.backups import Facts, Found, Made, Newer, Owner, Place, Plan, Restored
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.errors import ConflictError, PmdeskError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.backup import container, files, keeping, lock, making, plan
from pmdesk.store.backup.container import Tell
from pmdesk.store.backup.contents import contents
from pmdesk.store.backup.facts import facts
from pmdesk.store.backup.keeping import Aged
from pmdesk.store.backup.replacing import replace_current
from pmdesk.store.backup.restoring import Into
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.opened import OpenVault

OWN = "backups"  # the folder inside the office

_ID = 8  # characters of the vault's id in a file's name


class Shelf:
    """Makes, finds and proves the backups of one office; one at a time."""

    def __init__(self, opened: OpenVault, cost: Kdf = lock.COST) -> None:
        self._vault = opened
        self._cost = cost
        self._busy = threading.Lock()

    @property
    def vault(self) -> str:
        """The id that the office and its backups have in common."""
        return self._vault.header.vault

    def plan(self) -> Plan:
        """Where backups go and when."""
        return plan.load(self._vault.folder)

    def put_plan(self, wanted: Plan) -> None:
        """The plan stands from now on."""
        plan.save(self._vault.folder, wanted)

    def has_passphrase(self) -> bool:
        """Whether a backup can be made."""
        return self._lock() is not None

    def set_passphrase(self, passphrase: str) -> None:
        """Backups made from now on open with it."""
        lock.put(self._vault, passphrase, self._cost)

    def is_passphrase(self, typed: str) -> bool:
        """Whether it would open the next backup."""
        try:
            lock.require_set(self._lock()).private(typed)
        except WrongKeyError:
            return False
        return True

    def places(self) -> tuple[Place, ...]:
        """The folder inside the office, then those of the plan."""
        own = Place(path=self._own, present=True, own=True)
        others = (
            Place(path=path, present=_is_there(path), own=False) for path in self.plan().places
        )
        return (own, *others)

    def listed(self) -> tuple[Found, ...]:
        """The files in all places that are there, newest first."""
        there = [place.path for place in self.places() if place.present]
        return files.by_age([self._named(one) for path in there for one in files.listed(path)])

    def read(self, path: Path) -> Found:
        """The file as its beginning tells it."""
        return self._named(files.read(path))

    def make(self, clock: Clock, proved: Collection[str], tell: Tell) -> Made:
        """A proved backup in every place that is there; what no rule keeps is gone."""
        with self._alone():
            first, *others = self.places()
            with _private(first.path):
                path, proof = making.make(
                    self._vault,
                    first.path,
                    lock.require_set(self._lock()),
                    now=clock.now(),
                    name=f"pmdesk-{clock.local():%Y%m%d-%H%M%S}-{self._vault.header.vault[:_ID]}",
                    tell=tell,
                )
            copies, absent = _copied(path, others)
            known = {*proved, proof.header.sha256}
            there = [first.path, *(copy.parent for copy in copies)]
            dropped = [old for place in there for old in self._drop(place, known, clock)]
        return Made(
            path=path,
            facts=facts(proof.header),
            size=path.stat().st_size,
            copies=copies,
            absent=absent,
            dropped=tuple(dropped),
        )

    def prove(self, path: Path, secret: str, tell: Tell) -> Facts:
        """The backup was restored into a private folder, looked at and wiped again."""
        return files.prove(path, secret, tell)

    def restore(  # a restore has these parts
        self, path: Path, secret: str, owner: Owner, newer: Newer, clock: Clock, tell: Tell
    ) -> Restored:
        """The office of the backup lies in a new folder."""
        cost = self._vault.header.users[0].slot.cost
        if newer.entries:
            newer = replace(newer, head=self._head())
        into = Into(owner=owner, clock=clock, newer=newer, cost=cost)
        return files.restore(path, secret, into, tell)

    def replace(  # a replacement has these parts
        self,
        path: Path,
        secret: str,
        present: tuple[Sequence[Staff], Newer],
        clock: Clock,
        tell: Tell,
    ) -> int:
        """The office is as in the backup and closed; how many erasures were done again."""
        staff, newer = present
        newer = replace(newer, head=self._head())
        with self._alone(), files.unlocked(path, secret) as (found, keys):
            return replace_current(self._vault, found, keys, (staff, newer), clock, tell)

    def counts(self) -> Mapping[str, int]:
        """Rows by table of the present office."""
        with self._vault.engine.connect() as connection:
            return contents(connection).counts

    def _head(self) -> str:
        newest = select(schema.audit.c.hash).order_by(schema.audit.c.seq.desc()).limit(1)
        with self._vault.engine.connect() as connection:
            return (connection.scalar(newest) or b"").hex()

    def _named(self, found: Found) -> Found:
        foreign = found.facts is not None and found.facts.vault != self.vault
        return replace(found, foreign=foreign)

    @property
    def _own(self) -> Path:
        return self._vault.folder / OWN

    def _lock(self) -> lock.Lock | None:
        return lock.load(self._vault.folder, self._vault.header)

    def _drop(self, place: Path, proved: Collection[str], clock: Clock) -> Iterator[Path]:
        zone = clock.local().tzinfo
        mine = (
            Aged(
                path=one.path,
                at=one.facts.made_at.astimezone(zone),
                proved=one.facts.sha256 in proved,
            )
            for one in files.listed(place)
            if one.facts and one.facts.vault == self._vault.header.vault
        )
        for old in keeping.outdated(mine):
            with contextlib.suppress(OSError):  # the next backup tries again
                old.unlink()
                yield old

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise ConflictError(
                N_("A backup is being made already."), N_("Wait until it is finished.")
            )
        try:
            yield
        finally:
            self._busy.release()


@contextmanager
def _private(folder: Path) -> Iterator[None]:
    """The folder is there; it goes again when nothing came into it."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise translated(error) from error
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # not empty: older backups lie there
            folder.rmdir()
        raise


def _copied(path: Path, places: list[Place]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Where the copies lie, and which places took none: not there, full or read-only."""
    copies = tuple(to for place in places if _is_copied(path, to := place.path / path.name, place))
    took = {copy.parent for copy in copies}
    return copies, tuple(place.path for place in places if place.path not in took)


def _is_copied(path: Path, to: Path, place: Place) -> bool:
    """Whether the copy lies there; one place that fails keeps no other from its copy."""
    try:
        if place.present:
            container.copied(path, to)
    except PmdeskError:
        return False
    return place.present


def _is_there(path: Path) -> bool:
    """A stick that was pulled may leave its empty mount point: what can be written counts."""
    return path.is_dir() and os.access(path, os.W_OK)
