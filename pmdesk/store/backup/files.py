"""Backup files without an open office: read, proved, restored."""

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.backups import Facts, Found, Restored
from pmdesk.errors import PmdeskError
from pmdesk.store.backup import container, opening, proving, restoring
from pmdesk.store.backup.container import SUFFIX, Container, Tell
from pmdesk.store.backup.facts import facts
from pmdesk.store.backup.making import working_folder
from pmdesk.store.backup.opening import Keys
from pmdesk.store.backup.restoring import Into
from pmdesk.store.vault.engine import translated


def read(path: Path) -> Found:
    """The file as its beginning tells it; what is wrong is told, not raised."""
    size = 0
    try:
        with contextlib.suppress(OSError):
            size = path.stat().st_size
        return Found(path=path, size=size, facts=facts(container.opened(path).header))
    except PmdeskError as error:
        return Found(
            path=path, size=size, facts=None, fault=error.sentence, fault_places=error.places
        )


def listed(folder: Path) -> tuple[Found, ...]:
    """The backups in a folder, newest first, unreadable ones last."""
    try:
        found = [read(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    except OSError:
        return ()
    return by_age(found)


def by_age(found: list[Found]) -> tuple[Found, ...]:
    """Newest first, unreadable ones last."""
    return tuple(
        sorted(found, key=lambda one: one.facts.made_at.timestamp() if one.facts else 0)[::-1]
    )


def prove(path: Path, secret: str, tell: Tell, beside: Path | None = None) -> Facts:
    """The backup was restored into a private folder and found whole; nothing of it is left."""
    with (
        _explained(),
        unlocked(path, secret) as (found, keys),
        working_folder(beside or Path(tempfile.gettempdir())) as work,
    ):
        return facts(proving.prove(found, keys.data, work, tell).header)


def restore(path: Path, secret: str, into: Into, tell: Tell) -> Restored:
    """The office of the backup lies in its new folder, closed."""
    with _explained(), unlocked(path, secret) as (found, keys):
        return restoring.restore(found, keys, into, tell)


@contextmanager
def unlocked(path: Path, secret: str) -> Iterator[tuple[Container, Keys]]:
    """The backup, whole byte by byte, and its keys, which are zeroes afterwards."""
    found = container.opened(path)
    container.require_intact(found, lambda _done, _total: None)
    keys = opening.by_either(found, secret)
    try:
        yield found, keys
    finally:
        keys.wipe()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, DBAPIError, sqlcipher.Error) as error:
        raise translated(error) from error
