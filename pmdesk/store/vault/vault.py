"""Creating an office, signing in to it, and getting back in with the recovery key."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Engine

from pmdesk.domain.damage import Damage
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Role
from pmdesk.errors import (
    ConflictError,
    RefusedError,
    VaultDamagedError,
    VaultError,
    WrongKeyError,
)
from pmdesk.i18n import N_
from pmdesk.store.vault import accounts as rosters
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault import throttle, trust
from pmdesk.store.vault.accounts import Account, Credentials, Signer
from pmdesk.store.vault.engine import (
    checkpoint,
    make_engine,
    require_stamp,
    stamp,
    translated,
)
from pmdesk.store.vault.header import OPS, Header, User
from pmdesk.store.vault.kdf import LEAST, Kdf, strengthened
from pmdesk.store.vault.keys import KeyPair, UnfitKeyError
from pmdesk.store.vault.network import IsRemote, on_network_drive, require_local
from pmdesk.store.vault.opened import OpenVault
from pmdesk.store.vault.signin import authenticated, by_recovery_key

exists = files.exists
WANTED = LEAST  # what a guess has to cost from the next sign-in of each account on


class RootChangedError(VaultDamagedError):
    """The office hangs on another recovery key than before: renewed, or a forged header."""

    def __init__(self, root: str) -> None:
        super().__init__(
            N_("This office has another recovery key than at your last sign-in ({fingerprint})."),
            N_("Go on only if the newest recovery sheet shows the same fingerprint."),
            fingerprint=trust.fingerprint(root),
        )
        self.root = root


def accounts(folder: Path) -> tuple[Account, ...]:
    """The accounts of the office, for the sign-in window; no password is needed."""
    return tuple(rosters.account(user) for user in files.load_header(folder).users)


def create(  # one office has these parts
    folder: Path,
    *,
    office_hint: str,
    login: str,
    password: str,
    kdf: Kdf | None = None,
    is_remote: IsRemote = on_network_drive,
) -> tuple[OpenVault, str]:
    """A new office with its first administrator signed in, and the recovery key to print."""
    require_local(folder, is_remote)
    credentials = Credentials(login=login, password=password, cost=kdf or Kdf())
    credentials.require_fit(words=(office_hint,))
    _prepare(folder)
    founding = rosters.founded(credentials)
    with _locked(folder) as lock, _whole_or_nothing(folder):
        engine = _founded_data(folder, founding.header, founding.signer)
        files.save_header(folder, founding.header)
        vault = OpenVault(folder, founding.header, founding.signer, engine, lock)
    return vault, founding.recovery_key


def unlock(  # one sign-in has these parts
    folder: Path,
    *,
    login: str,
    password: str,
    clock: Clock,
    trusted_root: str | None = None,
    is_remote: IsRemote = on_network_drive,
) -> OpenVault:
    """The office, open for this account; `trusted_root` is the root seen at an earlier sign-in."""
    _require_there(folder, is_remote)
    with _locked(folder) as lock:
        header = _trusted(folder, trusted_root)
        failed = throttle.begin(folder, clock)
        user, pair = authenticated(header, login, password)
        throttle.succeed(folder)
        mended = files.mend_header(folder, header)
        header = _strengthened(folder, header, user, pair, password)
        signer = Signer(uid=user.uid, pair=pair, rings=_rings(header, user, pair))
        vault = OpenVault(folder, header, signer, _opened_data(folder, header, signer), lock)
        vault.failed_before, vault.mended = failed, mended
    return vault


def recover(  # one recovery has these parts
    folder: Path,
    *,
    recovery_key: str,
    login: str,
    password: str,
    clock: Clock,
    is_remote: IsRemote = on_network_drive,
) -> tuple[OpenVault, str]:
    """The administrator is signed in under a new password; the recovery key was replaced."""
    _require_there(folder, is_remote)
    with _locked(folder) as lock:
        header = files.load_header(folder)
        user = header.login(login)
        if user is None or user.role is not Role.ADMIN:
            raise RefusedError(
                N_("The recovery key sets the password of an administrator."),
                N_("Enter the login of an administrator."),
            )
        credentials = Credentials(login=user.login, password=password, cost=user.slot.cost or Kdf())
        rosters.require_none(passwords.problems(password, (user.login,)))
        failed = throttle.begin(folder, clock)
        rings = _recovery_rings(header, recovery_key)
        throttle.succeed(folder)
        founding = rosters.recovered(header, user, rings, credentials)
        checked = trust.read(trust.written(founding.header))
        engine = _opened_data(folder, checked, founding.signer)
        try:
            files.save_header(folder, checked)
        except BaseException:
            engine.dispose()
            raise
        vault = OpenVault(folder, checked, founding.signer, engine, lock)
        vault.failed_before = failed
    return vault, founding.recovery_key


def _strengthened(folder: Path, header: Header, user: User, pair: KeyPair, password: str) -> Header:
    """The header with a slot as dear to guess as this version wants it, if the disk allows."""
    old = user.slot.cost or Kdf()
    cost = strengthened(old, WANTED)
    if cost == old:
        return header
    credentials = Credentials(login=user.login, password=password, cost=cost)
    fresh = trust.read(trust.written(rosters.with_password(header, user, pair, credentials)))
    try:
        files.save_header(folder, fresh)
    except VaultError:
        return header  # the next sign-in tries again
    return fresh


def _prepare(folder: Path) -> None:
    """The folder is there, private, and holds no office."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)
    except (FileExistsError, NotADirectoryError) as error:
        raise RefusedError(
            N_("This is a file, not a folder."), N_("Choose an empty folder for the office.")
        ) from error
    except OSError as error:
        raise translated(error) from error
    if files.occupied(folder):
        raise ConflictError(
            N_("This folder already holds the files of an office."),
            N_("Choose an empty folder, or open the office that is here."),
        )


def _require_there(folder: Path, is_remote: IsRemote) -> None:
    """Refuses network drives and says what is wrong before anything is written."""
    require_local(folder, is_remote)
    files.load_header(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[FileLock]:
    """The lock stays with the office when all goes well, and is free after a failure."""
    lock = files.locked(folder)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """After a failure no file of the new office is left."""
    try:
        yield
    except BaseException as error:
        for path in (*folder.glob("vault*.json*"), *folder.glob("data-*.db*")):
            with contextlib.suppress(OSError):
                path.unlink()
        if isinstance(error, Exception):
            raise translated(error) from error
        raise


def _founded_data(folder: Path, header: Header, signer: Signer) -> Engine:
    path = folder / header.db
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    engine = make_engine(path, signer.rings[OPS])
    try:
        stamp(engine)
        checkpoint(engine)
        files.sync_folder(folder)
        _require_encrypted(folder)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _require_encrypted(folder: Path) -> None:
    if files.plain_files(folder):
        raise VaultDamagedError(
            N_("The new data file is not encrypted; it was removed."),
            N_("Install pmdesk again: its encryption library does not work."),
        )


def _trusted(folder: Path, trusted_root: str | None) -> Header:
    header = files.load_header(folder)
    if trusted_root is not None and header.root != trusted_root:
        raise RootChangedError(header.root)
    _require_data(folder / header.db)
    return header


def _require_data(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        missing = VaultDamagedError(
            N_("The data file {name} is missing or empty."),
            N_("Put the file back into the folder of the office, or restore from a backup."),
            name=path.name,
        )
        raise missing.coded(Damage.MISSING)


def _opened_data(folder: Path, header: Header, signer: Signer) -> Engine:
    engine = make_engine(folder / header.db, signer.rings[OPS])
    try:
        require_stamp(engine)
    except WrongKeyError as error:
        damage = VaultDamagedError(
            N_("The data file {name} is damaged or belongs to another office."),
            N_("Put the right file back into the folder of the office, or restore from a backup."),
            name=header.db,
        )
        raise damage.coded(Damage.DATA) from error
    except Exception as error:
        raise translated(error) from error
    return engine


def _rings(header: Header, user: User, pair: KeyPair) -> dict[str, bytearray]:
    try:
        return trust.rings_of(header, user, pair)
    except UnfitKeyError as error:
        raise VaultDamagedError(
            N_("The keys of your account are damaged."),
            N_("Ask an administrator to set a new password for you."),
        ) from error


def _recovery_rings(header: Header, recovery_key: str) -> dict[str, bytearray]:
    root = by_recovery_key(header, recovery_key)
    try:
        return trust.rings_of(header, header.recovery, root)
    finally:
        root.wipe()
