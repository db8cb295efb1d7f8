"""Backup files without an open office: read, proved, restored."""

import contextlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.backups import Facts, Found, Inside, Newer, Restored
from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError
from pmdesk.store.backup import container, journals, proving, restoring
from pmdesk.store.backup.container import SUFFIX, Container, Tell
from pmdesk.store.backup.facts import facts
from pmdesk.store.backup.making import working_folder
from pmdesk.store.backup.opening import Keys, Opener
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
        unlocked(path, secret) as (found, keys, _opener),
        working_folder(beside or _somewhere()) as work,
    ):
        return facts(proving.prove(found, keys.data, work, tell).header)


def inside(path: Path, secret: str, tell: Tell) -> Inside:
    """What the backup holds, proved, with what later ones beside it know of erasures."""
    with (
        _explained(),
        unlocked(path, secret) as (found, keys, opener),
        working_folder(_somewhere()) as work,
    ):
        proving.prove(found, keys.data, work, _half(tell, 0))
        with restoring.migrated(work / "restored.db", keys.data) as connection:
            office, staff = restoring.office_and_staff(connection)
        newer = journals.newest(found, opener, _somewhere(), _half(tell, 1))
        return Inside(facts=facts(found.header), office=office, staff=staff, newer=newer)


def restore(path: Path, secret: str, into: Into, tell: Tell) -> Restored:
    """The office of the backup lies in its new folder, closed.

    Without a newer office, what later backups in the same folder know of erasures counts.
    """
    with _explained(), unlocked(path, secret) as (found, keys, opener):
        if not into.newer.entries:
            newer = journals.newest(found, opener, _somewhere(), _half(tell, 0))
            into = replace(into, newer=newer)
            tell = _half(tell, 1)
        return restoring.restore(found, keys, into, tell)


def newer(path: Path, secret: str) -> Newer:
    """What later backups in the same folder know of erasures."""
    with _explained(), unlocked(path, secret) as (found, _keys, opener):
        return journals.newest(found, opener, _somewhere(), silent)


@contextmanager
def unlocked(path: Path, secret: str) -> Iterator[tuple[Container, Keys, Opener]]:
    """The backup, whole byte by byte, its keys, and what opens others; zeroes afterwards."""
    found = container.opened(path)
    container.require_intact(found, silent)
    opener = Opener(secret)
    try:
        keys = opener.keys(found)
        try:
            yield found, keys, opener
        finally:
            keys.wipe()
    finally:
        opener.wipe()


def _somewhere() -> Path:
    return Path(tempfile.gettempdir())


def _half(tell: Tell, half: int) -> Tell:
    """Reports of one half as shares of the whole."""
    return lambda done, total: tell((half * total + done) // 2, total)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, DBAPIError, sqlcipher.Error) as error:
        raise translated(error) from error
