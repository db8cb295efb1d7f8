"""Whether a data file is whole: each page as it was written, none missing, all in their places."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from pmdesk.errors import VaultDamagedError, WrongKeyError
from pmdesk.store import schema
from pmdesk.store.interrupting import interruptible
from pmdesk.store.vault.engine import damaged, translated
from pmdesk.store.vault.opened import OpenVault


def require_sound(opened: OpenVault, look: Callable[[], object]) -> None:
    """VaultDamagedError unless the data file of the open office is whole; people go on working.

    The pages are read past the database, so one that is being written can look damaged: what was
    found counts when it is found again while nobody writes.
    """
    try:
        require_whole(opened.engine, look)
    except VaultDamagedError:
        with _as_damage():
            opened.settle()
            with opened.still():
                require_whole(opened.engine, look)


def require_whole(engine: Engine, look: Callable[[], object]) -> None:
    """VaultDamagedError unless all pages are; what `look` raises stops the check."""
    with _as_damage():
        _check(engine, look)


def _check(engine: Engine, look: Callable[[], object]) -> None:
    with engine.connect() as connection, interruptible(connection, look):
        run = connection.exec_driver_sql
        # the first finds changed bytes, the second what is cut off: neither finds both
        whole = not run("PRAGMA cipher_integrity_check").all()
        look()
        if not whole or [row[0] for row in run("PRAGMA quick_check")] != ["ok"]:
            raise damaged()


@contextmanager
def _as_damage() -> Iterator[None]:
    """What the database itself says of a damaged page becomes the one answer to it."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error, WrongKeyError) as error:
        found = translated(error)
        raise damaged() if isinstance(found, WrongKeyError) else found from error


def log_end(connection: Connection) -> tuple[int, bytes]:
    """How many entries the log has, and the hash of the last one."""
    audit = schema.audit
    last = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    found = connection.execute(last).first()
    return (found.seq, found.hash) if found else (0, b"")
