"""Copies of the office as it was before an upgrade or a restore: for a while, for administrators.

A copy is an encrypted data file and a note beside it with its key, granted to each administrator.
Without its note a copy is nothing: nobody has its key.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pmdesk.domain.keys import KEPT_DAYS, Before, Kept
from pmdesk.domain.staff import Role
from pmdesk.errors import NotFoundError, RefusedError, VaultDamagedError
from pmdesk.i18n import N_
from pmdesk.store.backup.shapes import (
    Doc,
    ShapeError,
    exactly,
    hexed,
    moment,
    number,
    require,
    spelled,
    word,
)
from pmdesk.store.generations.turning import BESIDE, remove, size
from pmdesk.store.vault.canonical import LONGEST, canon, parse
from pmdesk.store.vault.folder import sync_folder, write_atomic
from pmdesk.store.vault.header import MOST_USERS, Header
from pmdesk.store.vault.keys import GRANT, SIGNATURE, Info, UnfitKeyError, verified
from pmdesk.store.vault.opened import OpenVault

TIME = timedelta(days=KEPT_DAYS)
START = "before-"  # of the names of copies and notes
FORMAT = "pmdesk-before"

_UID = 16
_MOST_GEN = 999_999
_KEYS = {"format", "version", "vault", "gen", "before", "made_at", "schema", "grants", "by", "sig"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What lies beside a copy; nothing here is secret."""

    vault: str
    gen: int
    before: Before
    made_at: datetime
    schema: str
    grants: Mapping[str, str]  # the key of the copy, by account
    by: str
    sig: str = ""

    @property
    def stem(self) -> str:
        """What the names of both files begin with."""
        return f"{START}{self.before}-{self.gen:06d}"


def noted(  # one note has these parts
    opened: OpenVault, before: Before, *, at: datetime, schema: str, key: bytearray | None = None
) -> Note:
    """The note for a copy of the present generation under `key`, or of its data file itself."""
    header = opened.header
    note = Note(
        vault=header.vault,
        gen=header.gen,
        before=before,
        made_at=at,
        schema=schema,
        grants={},
        by=opened.identity.uid,
    )
    grants = {
        user.uid: opened.granted_to(user, _info(note, user.uid), key).hex()
        for user in header.users
        if user.active and user.role is Role.ADMIN
    }
    note = replace(note, grants=grants)
    return replace(note, sig=opened.identity.sign(_body(note)).hex())


def save(folder: Path, note: Note) -> None:
    """The copy counts from now on."""
    write_atomic(folder / f"{note.stem}.json", canon(_document(note)))


def data(folder: Path, note: Note) -> Path:
    """Where the copy lies."""
    return folder / f"{note.stem}.db"


def notes(folder: Path, header: Header) -> Iterator[Note]:
    """Of the copies of this office, as far as they can be read and are signed."""
    for path in sorted(folder.glob(f"{START}*.json")):
        with contextlib.suppress(OSError, ValueError):
            with path.open("rb") as file:
                note = _read(file.read(LONGEST + 1))
            by = header.user(note.by)
            if (
                path.stem == note.stem
                and note.vault == header.vault
                and by is not None
                and verified(by.sig, note.sig, _body(note))
            ):
                yield note


def listed(folder: Path, header: Header) -> tuple[Kept, ...]:
    """The copies that are there, newest first."""
    found = [
        Kept(
            name=data(folder, note).name,
            before=note.before,
            made_at=note.made_at,
            schema=note.schema,
            size=size(data(folder, note)),
        )
        for note in notes(folder, header)
        if data(folder, note).is_file()
    ]
    return tuple(sorted(found, key=lambda one: one.made_at)[::-1])


def opened_copy(opened: OpenVault, name: str) -> tuple[Path, Note, bytearray]:
    """The copy of that name, its note and its key; an administrator of then opens it."""
    folder = opened.folder
    note = next(
        (one for one in notes(folder, opened.header) if data(folder, one).name == name), None
    )
    if note is None or not data(folder, note).is_file():
        raise NotFoundError(
            N_("This copy of the office is not there any more."), N_("Reload the list.")
        )
    mine = opened.identity.uid
    if mine not in note.grants:
        raise RefusedError(
            N_("This copy is for those who were administrators when it was made."),
            N_("Ask one of them, or restore the office from a backup."),
        )
    try:
        key = opened.opened_grant(bytes.fromhex(note.grants[mine]), _info(note, mine))
    except UnfitKeyError as error:
        raise VaultDamagedError(
            N_("Your account does not open this copy: it has had new keys since then."),
            N_("Ask another administrator, or restore the office from a backup."),
        ) from error
    return data(folder, note), note, key


def adopt(folder: Path, note: Note, path: Path) -> None:
    """The data file of a former generation is the copy that the note tells of.

    What a kill keeps from being renamed, the next start renames.
    """
    with contextlib.suppress(OSError):
        for end in BESIDE[1:]:
            path.with_name(path.name + end).unlink(missing_ok=True)
        path.rename(data(folder, note))
        sync_folder(folder)


def forget(folder: Path, note: Note) -> None:
    """There is no such copy, and no note of one."""
    drop(folder, note.stem)


def drop_all(folder: Path) -> None:
    """No copy is left."""
    for path in folder.glob(f"{START}*.json"):
        drop(folder, path.stem)


def drop(folder: Path, stem: str) -> None:
    """The copy is gone, its note last: a copy without a note is cleared away at the next start."""
    remove(folder / f"{stem}.db")
    with contextlib.suppress(OSError):
        (folder / f"{stem}.json").unlink(missing_ok=True)


def _info(note: Note, uid: str) -> Info:
    return [FORMAT, 1, note.vault, note.gen, note.before.value, spelled(note.made_at), uid]


def _document(note: Note) -> Doc:
    return {
        "format": FORMAT,
        "version": 1,
        "vault": note.vault,
        "gen": note.gen,
        "before": note.before.value,
        "made_at": spelled(note.made_at),
        "schema": note.schema,
        "grants": dict(note.grants),
        "by": note.by,
        "sig": note.sig,
    }


def _body(note: Note) -> bytes:
    doc = _document(note)
    del doc["sig"]
    return canon(doc)


def _read(raw: bytes) -> Note:
    doc = exactly(parse(raw), _KEYS)
    require(doc["format"] == FORMAT)
    require(doc["version"] == 1)
    grants = doc["grants"]
    if not isinstance(grants, dict) or len(grants) > MOST_USERS:
        raise ShapeError
    return Note(
        vault=hexed(doc["vault"], _UID),
        gen=number(doc["gen"], 1, _MOST_GEN),
        before=Before(word(doc["before"])),
        made_at=moment(doc["made_at"]),
        schema=word(doc["schema"]),
        grants={hexed(uid, _UID): hexed(blob, GRANT) for uid, blob in grants.items()},
        by=hexed(doc["by"], _UID),
        sig=hexed(doc["sig"], SIGNATURE),
    )
