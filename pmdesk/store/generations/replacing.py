"""A backup takes the place of the present office: a new generation, then one swap of the header."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pmdesk.domain.backups import Newer
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.store.backup import proving
from pmdesk.store.backup.container import Container, Tell
from pmdesk.store.backup.making import copy_pages, working_folder
from pmdesk.store.backup.opening import Keys
from pmdesk.store.backup.restoring import told
from pmdesk.store.generations import bringing
from pmdesk.store.generations.bringing import Present
from pmdesk.store.vault.engine import make_engine
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
    The generation before stays for a while as a copy that its administrators can bring back.
    """
    _require_same(opened, found)
    staff, newer = present
    return bringing.in_place_of(
        opened,
        partial(_copied, opened.folder, found, keys, tell),
        Present(
            staff=staff,
            erasures=newer.erasures,
            fields=lambda again: told(found, newer, again),
            known=newer,
        ),
        clock,
        lambda: tell(_PERCENT, _PERCENT),
    )


def _require_same(opened: OpenVault, found: Container) -> None:
    if found.header.vault != opened.header.vault:
        raise RefusedError(
            N_("This is a backup of another office."),
            N_("Restore it as a new office."),
        )
    if found.header.sealed_pub != opened.header.sealed_pub:
        raise RefusedError(
            N_("This backup was made before the key of sealed fields was changed."),
            N_("Restore it as a new office."),
        )


def _copied(  # one copy has these parts
    office: Path, found: Container, keys: Keys, tell: Tell, to: Path, key: bytearray
) -> None:
    """What is inside the backup, proved, is at `to` under `key`."""
    with working_folder(office) as work:
        proving.prove(
            found, keys.data, work, lambda done, _all: tell(_PROVED * done // _PERCENT, _PERCENT)
        )
        source = make_engine(work / "restored.db", keys.data)
        try:
            with source.connect() as connection:
                copy_pages(
                    connection.connection.driver_connection,
                    to,
                    key,
                    lambda done, all_: tell(_PROVED + (_COPIED - _PROVED) * done // all_, _PERCENT),
                )
        finally:
            source.dispose()
