"""What killed work left in the folder of an office is gone; what somebody may need yet, stays."""

import contextlib
import shutil
from datetime import datetime

from pmdesk.domain.keys import Before
from pmdesk.store.backup import lock
from pmdesk.store.backup.making import WORKING
from pmdesk.store.generations import kept
from pmdesk.store.generations.kept import Note
from pmdesk.store.generations.turning import BESIDE
from pmdesk.store.vault.header import NUMBERED, data_name
from pmdesk.store.vault.opened import OpenVault

_HALF = "*.json.tmp"  # of files that are written whole or not at all


def clear(opened: OpenVault, now: datetime) -> None:
    """Only the data file that the verified header names is there, and copies in their time.

    The office is open, so no other program works on this folder.
    """
    folder, header = opened.folder, opened.header
    lock.settle(folder, header)
    for note in tuple(kept.notes(folder, header)):
        _settle(opened, note, now)
    known = {kept.data(folder, note).name for note in kept.notes(folder, header)} | {header.db}
    for start in ("data-", f"{kept.START}*-"):
        for path in (found for end in BESIDE for found in folder.glob(start + NUMBERED + end)):
            if not any(path.name == name + end for name in known for end in BESIDE):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
    for path in folder.glob(_HALF):
        with contextlib.suppress(OSError):
            path.unlink()
    for path in folder.glob(f"{WORKING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _settle(opened: OpenVault, note: Note, now: datetime) -> None:
    """The copy has its name, unless it is not there or its time is over: then its note goes too."""
    folder = opened.folder
    former = folder / data_name(note.gen)
    is_former = note.before is Before.RESTORE and note.gen < opened.header.gen
    if is_former and former.exists():
        kept.adopt(folder, note, former)  # killed right after the swap
    if now - note.made_at > kept.TIME or not kept.data(folder, note).exists():
        kept.forget(folder, note)
