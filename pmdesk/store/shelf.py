"""The backups of an open office: made into every place that is there, old ones dropped."""

import contextlib
import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.backups import Facts, Found, Made, Newer, Owner, Place, Plan, Restored
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.errors import ConflictError, PmdeskError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.anchors import genuine
from pmdesk.store.backup import container, files, keeping, lock, making, plan
from pmdesk.store.backup.container import Tell
from pmdesk.store.backup.contents import contents
from pmdesk.store.backup.facts import facts
from pmdesk.store.backup.keeping import Aged
from pmdesk.store.backup.restoring import Into
from pmdesk.store.generations.replacing import replace_current
from pmdesk.store.generations.turning import told_when_closed
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.network import synced_by
from pmdesk.store.vault.opened import OpenVault

OWN = "backups"  # the folder inside the office

_MADE, _PERCENT = 80, 100  # how far the work is once the first copy is there
_ID = 8  # characters of the vault's id in a file's name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Imprints of backups that were proved, and of those that are to stay."""

    proved: Collection[str]
    pinned: Collection[str]


class Shelf:
    """Makes, finds and proves the backups of one office; one at a time."""

    def __init__(self, opened: OpenVault, cost: Kdf = lock.COST) -> None:
        self._vault = opened
        self._cost = cost
        self._busy = threading.Lock()
        self._point: Anchor | None = None  # the log was verified up to there

    @property
    def vault(self) -> str:
        """The id that the office and its backups have in common."""
        return self._vault.header.vault

    @property
    def fingerprint(self) -> str:
        """Of the recovery key that opens backups made from now on."""
        return self._vault.fingerprint

    def plan(self) -> Plan:
        """Where backups go and when."""
        return plan.load(self._vault.folder)

    def put_plan(self, wanted: Plan) -> None:
        """The plan stands from now on."""
        plan.save(self._vault.folder, wanted)

    def has_passphrase(self) -> bool:
        """Whether a backup can be made."""
        return self._lock() is not None

    def has_lapsed(self) -> bool:
        """Whether one was set by somebody whose keys are others now."""
        return lock.has_lapsed(self._vault.folder, self._vault.header)

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
        synced = synced_by(self._own) or ""
        own = Place(path=self._own, present=True, own=True, synced=synced)
        others = (
            Place(path=path, present=_is_there(path), own=False, synced=synced_by(path) or "")
            for path in self.plan().places
        )
        return (own, *others)

    def listed(self) -> tuple[Found, ...]:
        """The files in all places that are there, newest first."""
        there = [place.path for place in self.places() if place.present]
        return files.by_age([self._named(one) for path in there for one in files.listed(path)])

    def read(self, path: Path) -> Found:
        """The file as its beginning tells it."""
        return self._named(files.read(path))

    def walked(self, point: Anchor) -> None:
        """The log was verified up to there in this session: the next backup goes on from it."""
        self._point = point

    def make(
        self, clock: Clock, proved: Collection[str], pinned: Collection[str], tell: Tell
    ) -> Made:
        """A proved backup in every place that is there; what no rule keeps is gone.

        Cancelled while copies are written, the backup itself stays and is whole.
        """
        with self._alone():
            first, *others = self.places()
            with _private(first.path):
                path, proof = making.make(
                    self._vault,
                    first.path,
                    lock.require_set(self._lock()),
                    now=clock.now(),
                    name=f"pmdesk-{clock.local():%Y%m%d-%H%M%S}-{self._vault.header.vault[:_ID]}",
                    tell=_up_to(_MADE if others else _PERCENT, tell),
                    since=self._own_point(),
                )
            self._point = proof.header.anchor
            copies, absent = _copied(path, others, tell)
            known = _Known(proved={*proved, proof.header.sha256}, pinned=pinned)
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
        alone, closing = self._alone(), told_when_closed(self._vault)
        with alone, closing, files.unlocked(path, secret) as (found, keys, _opener):
            return replace_current(self._vault, found, keys, (staff, newer), clock, tell)

    def newer(self, path: Path, secret: str) -> Newer:
        """What later backups beside this file know of erasures."""
        return files.newer(path, secret)

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

    def _own_point(self) -> Anchor | None:
        """Only what this very account signed: nobody else's word stands for verified entries."""
        identity, point = self._vault.identity, self._point
        keys = {identity.uid: (bytes.fromhex(identity.public),)}
        return point if point is not None and genuine(point, keys) else None

    def _drop(self, place: Path, known: "_Known", clock: Clock) -> Iterator[Path]:
        zone = clock.local().tzinfo
        mine = [
            Aged(
                path=one.path,
                at=one.facts.made_at.astimezone(zone),
                proved=one.facts.sha256 in known.proved,
                pinned=one.facts.sha256 in known.pinned,
            )
            for one in files.listed(place)
            if one.facts and one.facts.vault == self._vault.header.vault
        ]
        for old in keeping.outdated(mine, clock.today()):
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


def _copied(
    path: Path, places: list[Place], tell: Tell
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Where the copies lie, and which places took none: not there, full, read-only or cancelled."""
    share = (_PERCENT - _MADE) // max(len(places), 1)
    copies = tuple(
        to
        for number, place in enumerate(places)
        if _is_copied(
            path,
            to := place.path / path.name,
            place,
            _from(_MADE + number * share, share, tell),
        )
    )
    took = {copy.parent for copy in copies}
    return copies, tuple(place.path for place in places if place.path not in took)


def _is_copied(path: Path, to: Path, place: Place, tell: Tell) -> bool:
    """Whether the copy lies there; one place that fails keeps no other from its copy."""
    try:
        if place.present:
            container.copied(path, to, tell)
    except PmdeskError:
        return False
    return place.present


def _up_to(end: int, tell: Tell) -> Tell:
    return _from(0, end, tell)


def _from(start: int, share: int, tell: Tell) -> Tell:
    """Reports of a part as shares of the whole."""
    return lambda done, total: tell(start + share * done // max(total, 1), _PERCENT)


def _is_there(path: Path) -> bool:
    """A stick that was pulled may leave its empty mount point: what can be written counts."""
    return path.is_dir() and os.access(path, os.W_OK)
