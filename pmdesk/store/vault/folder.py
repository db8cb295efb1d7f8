"""The files of an office and how they are written: whole or not at all, and twice."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from pmdesk.domain.damage import Damage
from pmdesk.errors import StorageError, VaultBusyError, VaultDamagedError, VaultError
from pmdesk.i18n import N_
from pmdesk.store.vault import trust
from pmdesk.store.vault.canonical import LONGEST
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.header import Header

HEADER = "vault.json"
COPY = "vault.copy.json"
LOCK = "app.lock"
THROTTLE = "throttle.json"
PLAIN = b"SQLite format 3"

_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would turn line ends
_TRIES = 20  # virus scanners hold a new file for a moment on Windows
_PAUSE = 0.05


def exists(folder: Path) -> bool:
    """Whether this folder holds an office, damaged or not."""
    return any((folder / name).exists() for name in (HEADER, COPY))


def occupied(folder: Path) -> bool:
    """Whether creating an office here could hide or harm what is there already."""
    return exists(folder) or any(folder.glob("data-*.db*"))


def write_atomic(path: Path, data: bytes, pause: Callable[[float], None] = time.sleep) -> None:
    """The file holds exactly `data` also after a power cut; StorageError leaves the old one."""
    fresh = path.with_name(f"{path.name}.tmp")
    try:
        _write_synced(fresh, data)
        _replace(fresh, path, pause)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise translated(error) from error


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123  # opened with its mode already
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(fresh: Path, path: Path, pause: Callable[[float], None]) -> None:
    for _attempt in range(_TRIES - 1):
        try:
            os.replace(fresh, path)  # noqa: PTH105  # tests replace it by its name
        except PermissionError:
            pause(_PAUSE)
        else:
            return
    os.replace(fresh, path)  # noqa: PTH105  # the same call, now with its error


def sync_folder(folder: Path) -> None:
    """The names in the folder are on the disk."""
    if os.name == "nt":
        return  # Windows opens no folders; its file system keeps a journal of names
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """What the file holds is on the disk."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def plain_files(folder: Path) -> tuple[str, ...]:
    """The names of files that anybody could open with SQLite: there must be none."""
    return tuple(
        path.name for path in sorted(folder.iterdir()) if path.is_file() and _start(path) == PLAIN
    )


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(PLAIN))


def locked(folder: Path) -> FileLock:
    """The lock of the office, held by this process alone; VaultBusyError when another has it."""
    lock = FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise VaultBusyError(
            N_("This office is open in another window."),
            N_("Go to that window, or close it and try again."),
        ) from error
    except OSError as error:
        raise translated(error) from error
    return lock


def save_header(folder: Path, header: Header) -> None:
    """`vault.json` holds this header; so does its copy, or it is mended at the next sign-in."""
    raw = trust.written(header)
    write_atomic(folder / HEADER, raw)
    with contextlib.suppress(VaultError):
        write_atomic(folder / COPY, raw)


def load_header(folder: Path) -> Header:
    """The trusted header: of `vault.json`, or of the copy when the first is damaged or missing."""
    try:
        return trust.read(_raw(folder / HEADER))
    except (VaultDamagedError, StorageError) as damage:
        try:
            return trust.read(_raw(folder / COPY))
        except (VaultDamagedError, StorageError):
            raise damage from None


def mend_header(folder: Path, header: Header) -> bool:
    """Both files hold the header again, if the disk allows; whether the first one did not.

    A copy that lags behind is nothing to speak of: a kill between the two writes leaves it so.
    """
    raw = trust.written(header)
    was_whole = True
    for path in (folder / COPY, folder / HEADER):
        with contextlib.suppress(VaultError):
            was_whole = False
            was_whole = path.exists() and _raw(path) == raw
            if not was_whole:
                write_atomic(path, raw)
    return not was_whole


def _raw(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        missing = VaultDamagedError(
            N_("This folder has no key file vault.json."),
            N_("Choose the folder of your office, or restore the office from a backup."),
        )
        if any(path.parent.glob("data-*.db")):  # else it is just another folder
            missing.code = Damage.HEADER
        raise missing from error
    except OSError as error:
        raise translated(error) from error
