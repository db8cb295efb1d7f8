"""From one generation to the next: a new data file, complete on the disk, then one swap of names.

Until the header is swapped nothing of the office has changed; afterwards all of it has.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pmdesk.errors import OfficeClosedError, StorageError, VaultError
from pmdesk.i18n import N_
from pmdesk.store.vault import folder, trust
from pmdesk.store.vault.accounts import Signer
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.header import OPS, SEALED, Header
from pmdesk.store.vault.keys import wipe
from pmdesk.store.vault.opened import OpenVault

BESIDE = ("", "-wal", "-shm", "-journal")  # a data file and what SQLite lays beside it

_ROOM = 2.2  # times the data: the copy, and the log beside it
_MEGA = 1 << 20

T = TypeVar("T")


def turned_over(
    opened: OpenVault, turn: tuple[Header, Signer], fill: Callable[[Path, bytearray], T]
) -> T:
    """The generation that `fill` made is in force, and the office is closed: sign in anew.

    `fill` is given where the data file goes and its key. An error or a cancel changes nothing. The
    file of the generation before is still there.
    """
    header, signer = turn
    path = opened.folder / header.db
    try:
        require_room(opened)
        remove(path)  # of one that was killed
        with opened.still():  # what is saved meanwhile would be in the old file only
            made = fill(path, signer.rings[OPS])
            path.chmod(0o600)
            folder.sync_file(path)
            folder.sync_folder(opened.folder)
            folder.save_header(opened.folder, trust.read(trust.written(header)))
    except BaseException as error:
        if is_named(opened.folder, path):
            opened.close()  # what is saved from now on would be in the old file only
        else:
            remove(path)
        if isinstance(error, OSError | DBAPIError | sqlcipher.Error | PoolTimeoutError):
            raise translated(error) from error
        raise
    finally:
        wipe(signer.rings[OPS])
        if header.sealed_pub != opened.header.sealed_pub:  # else it is the key of now
            wipe(signer.rings[SEALED])
    opened.close()
    return made


@contextmanager
def told_when_closed(opened: OpenVault) -> Iterator[None]:
    """An error that comes after the swap says that the office is closed, not that all is as it was.

    Everything before the swap is told as it is.
    """
    was_open = opened.is_open
    try:
        yield
    except Exception as error:
        if opened.is_open or not was_open:
            raise
        raise OfficeClosedError(
            N_(
                "It is done, but the disk reported an error right after the last step. pmdesk"
                " closed the office; nothing that was saved is lost."
            ),
            N_("Sign in again and make a backup. If this happens again, have the disk checked."),
        ) from error


def require_room(opened: OpenVault) -> None:
    """StorageError unless a second data file fits beside the first."""
    need = round(_ROOM * size(opened.folder / opened.header.db))
    free = shutil.disk_usage(opened.folder).free
    if free < need:
        raise StorageError(
            N_("This takes {need} MB of free space; the disk with the office has {free} MB."),
            N_("Free some space on this disk, then try again. Nothing was changed."),
            need=-(-need // _MEGA),
            free=free // _MEGA,
        )


def size(path: Path) -> int:
    """Bytes of a data file with all that lies beside it."""
    beside = (path.with_name(path.name + end) for end in BESIDE)
    return sum(one.stat().st_size for one in beside if one.exists())


def remove(path: Path) -> None:
    """The data file and what lies beside it are gone, as far as the disk allows."""
    for end in BESIDE:
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


def is_named(office: Path, path: Path) -> bool:
    """Whether the header on the disk names it, or might: such a file must stay."""
    try:
        return folder.load_header(office).db == path.name
    except VaultError:
        return True
