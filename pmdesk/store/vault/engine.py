"""The encrypted database behind SQLAlchemy, and its errors in the words of pmdesk."""

import binascii
import contextlib
import errno
import shutil
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from pmdesk.domain.damage import Damage
from pmdesk.errors import (
    ConflictError,
    PmdeskError,
    RefusedError,
    StorageError,
    VaultBusyError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.i18n import N_
from pmdesk.store.vault.keys import KEY, wipe

PRAGMAS = (
    "cipher_log_level=NONE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-65536",
)
WRITE = "write"  # the execution option of a connection that will write
APPLICATION = 0x706D646B  # "pmdk", what `file` and our own check look for
SPEC = 67  # bytes of x'…': any other length would be taken for a passphrase

_LEAST = 64 * 1024  # bytes free that opening the file takes
_WAIT = 5.0  # seconds for another connection to finish writing
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def make_engine(path: Path, key: bytearray) -> Engine:
    """An engine over the file; every connection begins IMMEDIATE with the option `write`."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connected(path, key),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def stamp(engine: Engine) -> None:
    """The file says that it is one of pmdesk's and is no longer empty."""
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")


def require_stamp(engine: Engine) -> None:
    """Raises VaultDamagedError when the file opens but was emptied or is none of pmdesk's."""
    with engine.begin() as connection:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if found != APPLICATION:
        raise damaged()


def checkpoint(engine: Engine) -> None:
    """Everything is in the data file itself; the log beside it is empty."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def key_spec(key: bytearray) -> bytearray:
    """The raw key as SQLCipher reads it, to be zeroed after use."""
    if len(key) != KEY:
        raise ValueError("a raw key has 32 bytes")
    spec = bytearray(b"x'") + binascii.hexlify(key) + b"'"
    if len(spec) != SPEC:
        raise ValueError("a raw key is spelled in 67 bytes")
    return spec


def _connected(path: Path, key: bytearray) -> Any:
    if not any(key):  # zeroed: whoever still holds the engine must not make a file under no key
        raise RefusedError(N_("The office is locked."), N_("Sign in again."))
    connection = sqlcipher.connect(
        str(path), timeout=_WAIT, isolation_level=None, check_same_thread=False
    )
    try:
        spec = key_spec(key)
        connection.set_key(spec)
        wipe(spec)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException as error:
        connection.close()  # a leaked connection keeps the file open
        if _code(error) == "SQLITE_NOTADB":
            raise WrongKeyError(
                N_("The key does not open this data file."),
                N_("Restore the office from a backup."),
            ) from error
        if _code(error).startswith("SQLITE_IOERR") and _is_full(path):
            raise _full() from error  # the file beside the log could not grow
        raise
    return connection


def _is_full(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(path.parent).free < _LEAST
    return False


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def translated(error: BaseException) -> PmdeskError:
    """The error of the database or the disk in the words of pmdesk, without its data."""
    if isinstance(error, PmdeskError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return _of_disk(cause)
    if isinstance(cause, UnicodeEncodeError):
        return _half_character()
    name = _code(cause)
    for start, make in _BY_CODE:
        if name.startswith(start):
            return make()
    return StorageError(
        N_("The data file answered with an error ({code})."),
        N_("Try again; if it happens again, close pmdesk and open it anew."),
        code=name or type(cause).__name__,
    )


def _code(error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", None)
    return name if isinstance(name, str) else ""


def _of_disk(error: OSError) -> PmdeskError:
    if error.errno in _FULL:
        return _full()
    if error.errno in _READ_ONLY or isinstance(error, PermissionError):
        return _read_only()
    return _unreadable()


def _half_character() -> PmdeskError:
    return ConflictError(
        N_("A character of the text is damaged, half an emoji for example."),
        N_("Type the text again without it."),
    )


def _full() -> PmdeskError:
    return StorageError(
        N_("The disk is full; what was saved before is still there."),
        N_("Free some space, then do it again."),
    )


def _read_only() -> PmdeskError:
    return StorageError(
        N_("pmdesk may not write in the folder of the office."),
        N_("Ask for the right to write there, or check that no other program holds the files."),
    )


def _unreadable() -> PmdeskError:
    return StorageError(
        N_("The disk with the office cannot be read or written."),
        N_("Check that it is plugged in and not faulty, then try again."),
    )


def _busy() -> PmdeskError:
    return VaultBusyError(
        N_("Another program is writing to the office."),
        N_("Wait a moment, then do it again."),
    )


def damaged() -> VaultDamagedError:
    """The one answer to every kind of damage inside the data file."""
    error = VaultDamagedError(
        N_("The data file of the office is damaged."),
        N_("Close pmdesk and restore the office from a backup."),
    )
    return error.coded(Damage.DATA)


def _conflict() -> PmdeskError:
    return ConflictError(
        N_("The database refused this: it breaks one of its rules."),
        N_("Reload the page and try again."),
    )


_BY_CODE = (
    ("SQLITE_FULL", _full),
    ("SQLITE_READONLY", _read_only),
    ("SQLITE_PERM", _read_only),
    ("SQLITE_IOERR", _unreadable),
    ("SQLITE_CANTOPEN", _unreadable),
    ("SQLITE_BUSY", _busy),
    ("SQLITE_LOCKED", _busy),
    ("SQLITE_CORRUPT", damaged),
    ("SQLITE_NOTADB", damaged),
    ("SQLITE_CONSTRAINT", _conflict),
)
