"""An older state of the office takes the place of the present one, with what must not go back.

The accounts stay as they are now, what was erased meanwhile stays erased, and the act is on record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from pmdesk.domain.acts import Erasure
from pmdesk.domain.backups import Newer, Tell
from pmdesk.domain.keys import Before
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.store import checking
from pmdesk.store.backup.making import copy_pages
from pmdesk.store.backup.restoring import MADE, PIN, RESTORE, TARGET, context_of
from pmdesk.store.generations import kept
from pmdesk.store.generations.turning import is_named, turned_over
from pmdesk.store.migrations import HEAD, upgrade
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault.engine import checkpoint, make_engine
from pmdesk.store.vault.keys import wipe
from pmdesk.store.vault.opened import OpenVault

_COPIED, _PERCENT = 70, 100  # how far the work is after its parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What of the office as it is now holds in the older state too."""

    staff: Sequence[Staff]
    erasures: Sequence[Erasure]
    fields: Callable[[int], tuple[str, ...]]  # of the entry, by how many erasures were news
    known: Newer = field(default_factory=Newer)  # of backups the older log may know nothing


def in_place_of(
    opened: OpenVault,
    copied: Callable[[Path, bytearray], None],
    present: Present,
    clock: Clock,
    last: Callable[[], None],
) -> int:
    """What `copied` put there is the office now, and closed; how many erasures were news.

    `last` is called before nothing can be stopped any more. The generation before stays as a copy.
    """
    note = kept.noted(opened, Before.RESTORE, at=clock.now(), schema=HEAD)
    before = opened.folder / opened.header.db
    kept.save(opened.folder, note)

    def fill(path: Path, key: bytearray) -> int:
        copied(path, key)
        again = _made_ready(opened, path, key, present, clock)
        last()
        return again

    turn = opened.turned()
    try:
        again = turned_over(opened, turn, fill)
    except BaseException:
        if not is_named(opened.folder, opened.folder / turn[0].db):
            kept.forget(opened.folder, note)
        raise
    kept.adopt(opened.folder, note, before)
    return again


def bring_back(
    opened: OpenVault, name: str, present: tuple[Sequence[Staff], Newer], clock: Clock, tell: Tell
) -> int:
    """The office is as in that kept copy, and closed: sign in anew."""
    path, note, key = kept.opened_copy(opened, name)
    staff, newer = present
    with opened.engine.connect() as connection:
        entries, head = checking.log_end(connection)

    def fields(again: int) -> tuple[str, ...]:
        old = f"old-head:{entries}:{head.hex()}"
        return (f"kept:{path.name}", f"schema:{note.schema}", old, f"replayed:{again}")

    try:
        return in_place_of(
            opened,
            partial(_copied, path, key, tell),
            Present(staff=staff, erasures=newer.erasures, fields=fields),
            clock,
            lambda: tell(_PERCENT, _PERCENT),
        )
    finally:
        wipe(key)


def _copied(copy: Path, its_key: bytearray, tell: Tell, to: Path, key: bytearray) -> None:
    source = make_engine(copy, its_key)
    try:
        checking.require_whole(source, lambda: tell(0, _PERCENT))
        with source.connect() as connection:
            copy_pages(
                connection.connection.driver_connection,
                to,
                key,
                lambda done, total: tell(_COPIED * done // max(total, 1), _PERCENT),
            )
    finally:
        source.dispose()


def _made_ready(
    opened: OpenVault, path: Path, key: bytearray, present: Present, clock: Clock
) -> int:
    engine: Engine = make_engine(path, key)
    try:
        upgrade(engine)
        with Store(engine, context_of(opened)).writing() as work:
            for one in present.staff:
                work.staff.put(one)
            again = work.erasures.replay(present.erasures, seal=opened.seal, today=clock.today())
            known, said = present.known, present.fields(again)
            for action, fields in (
                (MADE, tuple(known.made)),
                (RESTORE, said),
                (PIN, tuple(f"sha256:{imprint}" for imprint in known.pinned)),
            ):
                if fields:
                    work.audit.append(action, TARGET, fields=fields, at=clock.now())
            work.commit()
        checkpoint(engine)
    finally:
        engine.dispose()
    return again
