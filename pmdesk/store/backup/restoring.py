"""A backup becomes an office again: in a folder of its own, under new keys, whole or not at all."""

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.backups import Newer, Owner, Restored
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import signers
from pmdesk.store.backup import proving
from pmdesk.store.backup.container import Container, Tell
from pmdesk.store.backup.facts import facts
from pmdesk.store.backup.making import WORKING, copy_pages
from pmdesk.store.backup.opening import Keys
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.office_register import SqlOffice
from pmdesk.store.staff_register import SqlStaff
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault import accounts, folder, recovery, trust
from pmdesk.store.vault.accounts import Credentials, Founding, Past
from pmdesk.store.vault.engine import make_engine, translated
from pmdesk.store.vault.header import OPS, cleaned, folded
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.network import IsRemote, on_network_drive, require_local
from pmdesk.store.vault.opened import OpenVault

RESTORE = "restore"  # the act, in the log
MADE, PIN = "backup.made", "backup.pinned"
TARGET = "backup"  # what entries of the log about backups are about

_NOBODY = StoreContext(uid="", role=Role.ADMIN, sign=bytes, public=b"", certify=str, vault_id="")
_PROVED, _COPIED, _PERCENT = 60, 90, 100  # how far the work is after its parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """The office that is to be: whose and where, what is newer, and how dear a guess is."""

    owner: Owner
    clock: Clock
    newer: Newer = field(default_factory=Newer)
    cost: Kdf | None = None
    is_remote: IsRemote = on_network_drive


def restore(found: Container, keys: Keys, into: Into, tell: Tell) -> Restored:
    """The office lies in its new folder, closed; after an error or a cancel nothing is there."""
    target = into.owner.folder
    require_local(target, into.is_remote)
    _require_free(target)
    credentials = Credentials(
        login=into.owner.login, password=into.owner.password, cost=into.cost or Kdf()
    )
    credentials.require_fit()
    try:
        with _beside(target) as work:
            made = _restored(found, keys, into, credentials, work, tell)
            tell(_PERCENT, _PERCENT)
            _put(work / "office", target)
    except (OSError, DBAPIError, sqlcipher.Error) as error:
        raise translated(error) from error
    return made


def _restored(  # one restore has these parts
    found: Container,
    keys: Keys,
    into: Into,
    credentials: Credentials,
    work: Path,
    tell: Tell,
) -> Restored:
    proving.prove(found, keys.data, work, lambda done, _all: tell(_PROVED * done // _PERCENT, 100))
    with migrated(work / "restored.db", keys.data) as connection:
        staff = _staff(connection, into)
        founding = _founding(found, keys, staff, credentials)
        place = work / "office"
        place.mkdir(mode=0o700)
        copy_pages(
            connection.connection.driver_connection,
            place / founding.header.db,
            founding.signer.rings[OPS],
            lambda done, total: tell(_PROVED + (_COPIED - _PROVED) * done // total, _PERCENT),
        )
    replayed = _made_ready(place, founding, staff, found, into)
    folder.save_header(place, trust.read(trust.written(founding.header)))
    return Restored(
        folder=into.owner.folder,
        facts=facts(found.header),
        replayed=replayed,
        until=into.newer.until,
        recovery_key=founding.recovery_key,
        fingerprint=trust.fingerprint(founding.header.root),
        confirm=lambda typed: recovery.read(typed) == recovery.read(founding.recovery_key),
    )


@contextmanager
def migrated(extracted: Path, key: bytearray) -> Iterator[Connection]:
    """The database of a backup of any age, in the schema of now; the file is the caller's own."""
    engine = make_engine(extracted, key)
    try:
        upgrade(engine)
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def office_and_staff(connection: Connection) -> tuple[str, tuple[Staff, ...]]:
    """Whose backup it is, and who worked there."""
    return SqlOffice(connection, _NOBODY).get().name, SqlStaff(connection, _NOBODY).all()


def _founding(
    found: Container, keys: Keys, staff: tuple[Staff, ...], credentials: Credentials
) -> Founding:
    past = Past(vault=found.header.vault, gen=found.header.gen + 1, sealed=bytearray(keys.sealed))
    wanted = folded(credentials.login)
    owner = next(one for one in staff if folded(one.login) == wanted)
    return accounts.refounded(past, staff, owner.uid, credentials)


def _staff(connection: Connection, into: Into) -> tuple[Staff, ...]:
    """The staff of the backup, with whoever restores it: an administrator of old, or a new one."""
    staff = SqlStaff(connection, _NOBODY).all()
    wanted = folded(into.owner.login)
    known = next((one for one in staff if folded(one.login) == wanted), None)
    if known is None:
        return (*staff, _newcomer(into))
    if known.role is not Role.ADMIN or not known.enabled:
        raise RefusedError(
            N_("In this backup the login belongs to somebody who is no administrator."),
            N_("Enter the login of an administrator, or one that nobody had."),
        )
    return staff


def _newcomer(into: Into) -> Staff:
    return Staff(
        uid=accounts.new_uid(),
        login=cleaned(into.owner.login),
        name=into.owner.name.strip() or cleaned(into.owner.login),
        role=Role.ADMIN,
        since=into.clock.today(),
    )


def _made_ready(
    place: Path, founding: Founding, staff: tuple[Staff, ...], found: Container, into: Into
) -> int:
    """Nobody reads the office before what was erased in the newer one is erased here too."""
    header = founding.header
    engine = make_engine(place / header.db, founding.signer.rings[OPS])
    opened = OpenVault(place, header, founding.signer, engine, folder.locked(place))
    try:
        upgrade(engine)
        with Store(engine, context_of(opened)).writing() as work:
            for one in staff:
                work.staff.put(one)
            replayed = work.erasures.replay(
                into.newer.erasures, seal=opened.seal, today=into.clock.today()
            )
            renewed = (found.header.root,)
            work.audit.append(
                signers.RENEWED, signers.RENEWED_TARGET, fields=renewed, at=into.clock.now()
            )
            work.audit.append(
                RESTORE, TARGET, fields=told(found, into.newer, replayed), at=into.clock.now()
            )
            work.commit()
    finally:
        opened.close()
    folder.sync_file(place / header.db)
    return replayed


def context_of(opened: OpenVault) -> StoreContext:
    """Who acts on an open office."""
    identity = opened.identity
    return StoreContext(
        uid=identity.uid,
        role=identity.role,
        sign=identity.sign,
        public=bytes.fromhex(identity.public),
        certify=lambda: opened.certificate,
        vault_id=opened.header.vault,
    )


def told(found: Container, newer: Newer, replayed: int) -> tuple[str, ...]:
    """What the entry says: which backup, how far the newer office was, what was erased again."""
    header = found.header
    return (
        f"sha256:{header.sha256}",
        f"entries:{header.anchor.count}",
        f"old-head:{newer.entries}:{newer.head or header.anchor.head}",
        f"replayed:{replayed}",
        *(f"proved:{imprint}" for imprint in newer.proved),
    )


def _require_free(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ConflictError(
            N_("The folder for the restored office is not empty."),
            N_("Choose an empty folder or one that is not there yet."),
        )


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards; a crash leaves it for the next time."""
    work = target.parent / f"{WORKING}{target.name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put(made: Path, target: Path) -> None:
    """The folder has its name, all at once."""
    for name in (folder.LOCK,):
        with contextlib.suppress(OSError):
            (made / name).unlink()
    folder.sync_folder(made)
    if target.is_dir():
        target.rmdir()
    made.rename(target)
    folder.sync_folder(target.parent)
