"""A backup takes the place of the present office: a new generation, then one swap of the header."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.backups import Newer
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.errors import RefusedError, VaultError
from pmdesk.i18n import N_
from pmdesk.store.backup import proving
from pmdesk.store.backup.container import Container, Tell
from pmdesk.store.backup.making import copy_pages, working_folder
from pmdesk.store.backup.opening import Keys
from pmdesk.store.backup.restoring import RESTORE, TARGET, context_of, told
from pmdesk.store.migrations import upgrade
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault import folder, trust
from pmdesk.store.vault.engine import checkpoint, make_engine, translated
from pmdesk.store.vault.header import OPS
from pmdesk.store.vault.keys import wipe
from pmdesk.store.vault.opened import OpenVault

_PROVED, _COPIED, _PERCENT = 60, 90, 100  # how far the work is after its parts


def replace_current(  # a replacement has these parts
    opened: OpenVault,
    found: Container,
    keys: Keys,
    present: tuple[Sequence[Staff], Newer],
    clock: Clock,
    tell: Tell,
) -> int:
    """The office is as in the backup, with the accounts of now, and closed: sign in anew.

    Answers how many lines of the erasure journal were news. An error or a cancel changes nothing.
    The generation before stays until the next backup is proved; nothing of the window opens it.
    """
    _require_same(opened, found)
    header, signer = opened.turned()
    path = opened.folder / header.db
    try:
        with working_folder(opened.folder) as work:
            _copy(found, keys, work, path, signer.rings[OPS], tell)
            replayed = _made_ready(opened, path, signer.rings[OPS], found, present, clock)
            tell(_PERCENT, _PERCENT)
            folder.sync_folder(opened.folder)
            folder.save_header(opened.folder, trust.read(trust.written(header)))
    except BaseException as error:
        if not _is_named(opened.folder, path):
            _remove(path)
        if isinstance(error, OSError | DBAPIError | sqlcipher.Error):
            raise translated(error) from error
        raise
    finally:
        wipe(signer.rings[OPS])
    opened.close()
    return replayed


def _require_same(opened: OpenVault, found: Container) -> None:
    mine = (opened.header.vault, opened.header.sealed_pub)
    if (found.header.vault, found.header.sealed_pub) != mine:
        raise RefusedError(
            N_("This is a backup of another office."),
            N_("Restore it as a new office."),
        )


def _copy(  # one copy has these parts
    found: Container, keys: Keys, work: Path, to: Path, key: bytearray, tell: Tell
) -> None:
    proving.prove(found, keys.data, work, lambda done, _all: tell(_PROVED * done // _PERCENT, 100))
    _remove(to)  # of one that was killed
    source = make_engine(work / "restored.db", keys.data)
    try:
        with source.connect() as connection:
            copy_pages(
                connection.connection.driver_connection,
                to,
                key,
                lambda done, total: tell(_PROVED + (_COPIED - _PROVED) * done // total, _PERCENT),
            )
        to.chmod(0o600)
    finally:
        source.dispose()


def _made_ready(  # one generation has these parts
    opened: OpenVault,
    path: Path,
    key: bytearray,
    found: Container,
    present: tuple[Sequence[Staff], Newer],
    clock: Clock,
) -> int:
    """Accounts as they are now, erased what was erased since, and the act on record."""
    staff, newer = present
    engine: Engine = make_engine(path, key)
    try:
        upgrade(engine)
        with Store(engine, context_of(opened)).writing() as work:
            for one in staff:
                work.staff.put(one)
            replayed = work.erasures.replay(newer.erasures, seal=opened.seal, today=clock.today())
            fields = told(found, newer, replayed)
            work.audit.append(RESTORE, TARGET, fields=fields, at=clock.now())
            work.commit()
        checkpoint(engine)
    finally:
        engine.dispose()
    folder.sync_file(path)
    return replayed


def _is_named(office: Path, path: Path) -> bool:
    """Whether the header on the disk names it, or might: such a file must stay."""
    try:
        return folder.load_header(office).db == path.name
    except VaultError:
        return True


def _remove(path: Path) -> None:
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
