"""What later backups in the same folder know of erasures, when the office itself is gone."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from pmdesk.domain.backups import Newer, Tell
from pmdesk.errors import PmdeskError, VaultDamagedError, VaultTooNewError, WrongKeyError
from pmdesk.store import journal, schema_acts
from pmdesk.store.anchors import contained
from pmdesk.store.backup import container, proving
from pmdesk.store.backup.container import SUFFIX, Container
from pmdesk.store.backup.making import working_folder
from pmdesk.store.backup.opening import Opener
from pmdesk.store.backup.restoring import migrated

_journal = schema_acts.erasure


def newest(found: Container, opener: Opener, beside: Path, tell: Tell) -> Newer:
    """The journal of the newest later backup of the same history that opens and is whole.

    A journal only grows, so one is enough. Where there is none, nothing is known of erasures since
    the backup itself was made.
    """
    locked = 0
    for later in _later(found):
        try:
            return _read(later, found, opener, beside, tell, locked)
        except WrongKeyError:
            locked += 1
        except (_OtherHistoryError, VaultDamagedError, VaultTooNewError):
            continue  # it tells nothing; an older one may
    return Newer(until=found.header.made_at, locked=locked)


class _OtherHistoryError(Exception):
    """It is of the same office, but its log does not go through the older backup's end."""


def _later(found: Container) -> Sequence[Container]:
    """By how far their logs reach, not by the clock, which may have been wrong."""
    there: list[Container] = []
    with contextlib.suppress(OSError):
        for path in found.path.parent.glob(f"*{SUFFIX}"):
            with contextlib.suppress(PmdeskError):
                there.append(container.opened(path))
    mine = found.header
    later = [
        one
        for one in there
        if one.header.vault == mine.vault and one.header.anchor.count > mine.anchor.count
    ]
    return sorted(later, key=lambda one: one.header.anchor.count, reverse=True)


def _read(  # reading one has these parts
    later: Container, found: Container, opener: Opener, beside: Path, tell: Tell, locked: int
) -> Newer:
    keys = opener.keys(later)
    try:
        with working_folder(beside) as work:
            proving.prove(later, keys.data, work, tell)
            with migrated(work / "restored.db", keys.data) as connection:
                return _journal_of(connection, later, found, locked)
    finally:
        keys.wipe()


def _journal_of(connection: Connection, later: Container, found: Container, locked: int) -> Newer:
    if not contained(connection, found.header.anchor):
        raise _OtherHistoryError
    rows = connection.execute(select(_journal).order_by(_journal.c.id))
    at = later.header.anchor
    return Newer(
        erasures=tuple(journal.read(row) for row in rows),
        entries=at.count,
        head=at.head,
        until=later.header.made_at,
        locked=locked,
    )
