"""Before an office grows to a newer schema, a copy of how it was is put aside and proved."""

from pathlib import Path

from sqlalchemy import Engine

from pmdesk.domain.keys import Before
from pmdesk.domain.office import Clock
from pmdesk.domain.progress import silent
from pmdesk.store import checking
from pmdesk.store.backup.making import copy_pages
from pmdesk.store.generations import kept
from pmdesk.store.generations.turning import require_room
from pmdesk.store.migrations import HEAD, revision, upgrade
from pmdesk.store.vault import folder
from pmdesk.store.vault.engine import damaged, make_engine
from pmdesk.store.vault.keys import new_key, wipe
from pmdesk.store.vault.opened import OpenVault


def brought_up(opened: OpenVault, clock: Clock) -> bool:
    """The office has the newest schema; whether it was upgraded, and a copy of before is there.

    VaultTooNewError when a newer pmdesk made it; after any other error it is as it was before.
    """
    with opened.engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return False
    if found is not None:
        _put_aside(opened, found, clock)
    upgrade(opened.engine)
    return found is not None


def _put_aside(opened: OpenVault, schema: str, clock: Clock) -> None:
    require_room(opened)
    key = new_key()
    note = kept.noted(opened, Before.UPGRADE, at=clock.now(), schema=schema, key=key)
    path = kept.data(opened.folder, note)
    kept.forget(opened.folder, note)  # of an upgrade that did not come about
    try:
        _copy(opened.engine, path, key)
        kept.save(opened.folder, note)
    except BaseException:
        kept.forget(opened.folder, note)
        raise
    finally:
        wipe(key)


def _copy(source: Engine, path: Path, key: bytearray) -> None:
    with source.connect() as connection:
        end = checking.log_end(connection)  # begins the transaction: all is of one moment
        copy_pages(connection.connection.driver_connection, path, key, silent)
    path.chmod(0o600)
    copied = make_engine(path, key)
    try:
        checking.require_whole(copied, lambda: None)
        with copied.connect() as connection:
            if checking.log_end(connection) != end:
                raise damaged()
    finally:
        copied.dispose()
    folder.sync_file(path)
    folder.sync_folder(path.parent)
