"""A backup from the open office: copied, wrapped, proved by a restore, and only then there."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pmdesk import __version__
from pmdesk.domain.anchors import Anchor
from pmdesk.errors import VaultDamagedError
from pmdesk.store import checking
from pmdesk.store.anchors import anchor
from pmdesk.store.backup import container, proving
from pmdesk.store.backup.container import PART, SUFFIX, Tell
from pmdesk.store.backup.contents import Contents, contents
from pmdesk.store.backup.header import (
    TYPED,
    BackupHeader,
    ByRecovery,
    key_info,
    mac_of,
    signed,
    way_of,
)
from pmdesk.store.backup.lanes import Look
from pmdesk.store.backup.lock import Lock
from pmdesk.store.backup.proving import Proof
from pmdesk.store.vault.engine import key_spec, translated
from pmdesk.store.vault.folder import sync_folder
from pmdesk.store.vault.header import RECOVERY, SEALED
from pmdesk.store.vault.keys import new_key, sealed, wipe
from pmdesk.store.vault.opened import OpenVault

WORKING = ".pmdesk-backup-"  # folders of backups and restores under way

_STEP = 512  # pages copied between two reports
_PRAGMAS = (
    "cipher_log_level=NONE",
    "journal_mode=OFF",  # a copy that is not finished is thrown away
    "synchronous=OFF",
    "temp_store=MEMORY",
    "cache_size=-65536",
)
_COPIED, _PERCENT = 35, 100  # how far the work is after its parts


def make(  # noqa: PLR0913  # a backup has these parts
    opened: OpenVault,
    to: Path,
    lock: Lock,
    *,
    now: datetime,
    name: str,
    tell: Tell,
    since: Anchor | None = None,
) -> tuple[Path, Proof]:
    """A proved backup in the folder `to`; after an error or a cancel nothing of it is there.

    The signatures of the log are verified from `since` on, a point of this session's own.
    """
    with _explained(opened):
        clear(opened.folder, to)
        with working_folder(opened.folder) as work, _key() as key:
            payload = work / "payload.db"
            found, at = _copied(opened, payload, key, now, _part(tell, 0, _COPIED))
            sha256 = container.sha256_of(payload)
            keyed = _Keyed(opened=opened, lock=lock, key=key, sha256=sha256)
            header = _header(keyed, found, at, size=payload.stat().st_size, now=now)
            path = _free(to / f"{name}{SUFFIX}")
            part = path.with_name(path.name + PART)
            try:
                proof = proving.prove_extracted(
                    payload,
                    key,
                    header,
                    _part(tell, _COPIED, _PERCENT),
                    beside=partial(_packed, part, header, payload),
                    since=since,
                )
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(to)
    return path, proof


@contextmanager
def _explained(opened: OpenVault) -> Iterator[None]:
    """What goes wrong is said in the words of pmdesk; damage where it lies."""
    try:
        yield
    except VaultDamagedError:
        _require_whole(opened)
        raise
    except (OSError, sqlcipher.Error, DBAPIError, PoolTimeoutError) as error:
        raise translated(error) from error


def _require_whole(opened: OpenVault) -> None:
    """VaultDamagedError that names the office: a copy is as damaged as what it was made from."""
    opened.engine.dispose()  # a connection that met a damaged page refuses whole ones too
    try:
        checking.require_whole(opened.engine, lambda: None)
    finally:
        opened.engine.dispose()


def _packed(part: Path, header: BackupHeader, payload: Path, look: Look) -> None:
    """The container is on the disk and reads back byte for byte as what is being proved."""
    container.write(part, header, payload, lambda _done, _total: look())
    container.require_intact(container.opened(part, fresh=True), lambda _done, _total: look())


def clear(office: Path, to: Path) -> None:
    """What a crashed backup left is gone."""
    for left in office.glob(f"{WORKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in to.glob(f"*{SUFFIX}{PART}"):
        with contextlib.suppress(OSError):
            left.unlink()


@contextmanager
def working_folder(beside: Path) -> Iterator[Path]:
    """A private folder that is gone afterwards; what lies in it is encrypted all the same."""
    made = Path(tempfile.mkdtemp(prefix=WORKING, dir=beside))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def copy_pages(source: Any, to: Path, key: bytearray, tell: Tell) -> None:
    """The database of a raw connection is at `to` under `key`: by SQLite itself, page by page."""
    target = sqlcipher.connect(str(to), isolation_level=None)
    try:
        spec = key_spec(key)
        target.set_key(spec)
        wipe(spec)
        for pragma in _PRAGMAS:
            target.execute(f"PRAGMA {pragma}").fetchall()
        source.backup(
            target,
            pages=_STEP,
            progress=lambda _status, left, total: tell(total - left, total),
            sleep=0.0,
        )
    finally:
        target.close()


def _copied(
    opened: OpenVault, to: Path, key: bytearray, now: datetime, tell: Tell
) -> tuple[Contents, Anchor]:
    """One moment of the office is at `to`, however much is saved meanwhile."""
    with opened.engine.connect() as connection:
        found = contents(connection)  # begins the transaction, so all is of one moment
        at = anchor(opened, connection, now)
        copy_pages(connection.connection.driver_connection, to, key, tell)
    return found, at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keyed:
    """The key of one backup and those who may have it."""

    opened: OpenVault
    lock: Lock
    key: bytearray = field(repr=False)
    sha256: str

    def wrapped(self, way: str, box: str) -> str:
        """The key for the holder of `box`, for these data alone."""
        info = key_info(self.opened.header.vault, way, self.sha256)
        return sealed(self.key, box, info).hex()


def _header(
    keyed: _Keyed, found: Contents, at: Anchor, *, size: int, now: datetime
) -> BackupHeader:
    vault, who = keyed.opened.header, keyed.opened.identity
    holder = vault.recovery
    granted = replace(holder, grants={SEALED: holder.grants[SEALED]})
    header = BackupHeader(
        app=__version__,
        schema=found.schema,
        made_at=now,
        by=who.uid,
        pen=who.public,
        vault=vault.vault,
        gen=vault.gen,
        root=vault.root,
        sealed_pub=vault.sealed_pub,
        counts=found.counts,
        newest=found.newest,
        rules=found.rules,
        anchor=at,
        size=size,
        sha256=keyed.sha256,
        passphrase=way_of(keyed.lock, keyed.wrapped(TYPED, keyed.lock.box)),
        recovery=ByRecovery(holder=granted, key=keyed.wrapped(RECOVERY, holder.box)),
    )
    return signed(replace(header, mac=mac_of(keyed.key, header)), who.sign)


def _free(path: Path) -> Path:
    """A name that is not taken yet."""
    tried, number = path, 1
    while tried.exists():
        number += 1
        tried = path.with_stem(f"{path.stem}-{number}")
    return tried


def _part(tell: Tell, start: int, end: int) -> Tell:
    """Reports of a part as shares of the whole."""

    def told(done: int, total: int) -> None:
        tell(start + (end - start) * done // max(total, 1), _PERCENT)

    return told


@contextmanager
def _key() -> Iterator[bytearray]:
    key = new_key()
    try:
        yield key
    finally:
        wipe(key)
