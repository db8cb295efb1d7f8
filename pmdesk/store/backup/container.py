"""The file of a backup: magic, length, header, and the bytes of an encrypted database."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pmdesk.errors import StorageError, VaultDamagedError, VaultError, VaultTooNewError
from pmdesk.i18n import N_
from pmdesk.store.backup.header import LONGEST, BackupHeader, read, written
from pmdesk.store.backup.shapes import NewerShapeError
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.header import NewerError

MAGIC = b"PMDBKUP1"
SUFFIX = ".pmbak"
PART = ".part"  # of a file that is still being written

_LENGTH = 4
_PIECE = 1 << 20
_SYNC = 8 * _PIECE
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would turn line ends

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A backup whose header is sound; `start` is where its data begin."""

    path: Path
    header: BackupHeader
    start: int


def opened(path: Path, *, fresh: bool = False) -> Container:
    """The backup at `path` by its header alone, and whether all its bytes are there.

    `fresh`: what the system remembers of a file that was just written is forgotten first, where it
    lets us ask for that, so that what is read comes from the disk.
    """
    try:
        with path.open("rb") as file:
            if fresh:
                _forgotten(file)
            header, start = _header(file)
            found = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise _absent(path) from error
    except OSError as error:
        raise translated(error) from error
    missing = start + header.size - found
    if missing > 0:
        raise damaged(N_("This backup is cut off: {count} bytes at its end are missing."), missing)
    if missing < 0:
        raise damaged(N_("This backup has {count} bytes too many at its end."), -missing)
    return Container(path=path, header=header, start=start)


def write(path: Path, header: BackupHeader, payload: Path, tell: Tell) -> None:
    """The whole container is at `path` and on the disk."""
    raw = written(header)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with open(descriptor, "wb") as out, payload.open("rb") as data:  # noqa: PTH123  # opened with its mode already
        out.write(MAGIC + len(raw).to_bytes(_LENGTH, "big") + raw)
        for done, piece in _pieces(data, header.size):
            _put(out, piece, done)
            tell(done, header.size)
        _synced(out)


def extract(found: Container, to: Path, tell: Tell) -> None:
    """The encrypted database of the backup is at `to`, each byte as it was made."""
    digest = hashlib.sha256()
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with open(descriptor, "wb") as out, found.path.open("rb") as data:  # noqa: PTH123  # opened with its mode already
        data.seek(found.start)
        for done, piece in _pieces(data, found.header.size):
            digest.update(piece)
            out.write(piece)
            tell(done, found.header.size)
    if digest.hexdigest() != found.header.sha256:
        raise damaged(N_("The data inside this backup are damaged."))


def require_intact(found: Container, tell: Tell) -> None:
    """VaultDamagedError unless each byte of the data is as it was made; no key is needed."""
    digest = hashlib.sha256()
    try:
        with found.path.open("rb") as data:
            data.seek(found.start)
            for done, piece in _pieces(data, found.header.size):
                digest.update(piece)
                tell(done, found.header.size)
    except OSError as error:
        raise translated(error) from error
    if digest.hexdigest() != found.header.sha256:
        raise damaged(N_("The data inside this backup are damaged."))


def sha256_of(path: Path) -> str:
    """The imprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, to: Path, tell: Tell) -> None:
    """The same bytes are at `to`, read back and compared; or nothing is there."""
    part = to.with_name(to.name + PART)
    try:
        written_bytes = _copy_synced(source, part, tell)
        if _sha256_from_disk(part, tell) != written_bytes:
            raise damaged(N_("The copy of the backup cannot be read back as it was written."))
        os.replace(part, to)  # noqa: PTH105  # as in the vault
    except OSError as error:
        raise translated(error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def damaged(sentence: str, count: int = 0) -> VaultError:
    """What is wrong with the backup, and what to do."""
    remedy = N_("Use another backup, or a copy of this one in another place.")
    return VaultDamagedError(sentence, remedy, count=count)


def _absent(path: Path) -> StorageError:
    return StorageError(
        N_("There is no file {path}."),
        N_("Check its name and folder, and that the disk it lies on is plugged in."),
        path=path,
    )


def _copy_synced(source: Path, to: Path, tell: Tell) -> str:
    """The imprint of what was written, which is on the disk."""
    digest, size = hashlib.sha256(), source.stat().st_size
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with open(descriptor, "wb") as out, source.open("rb") as data:  # noqa: PTH123  # opened with its mode already
        for done, piece in _pieces(data, size):
            digest.update(piece)
            _put(out, piece, done)
            tell(done // 2, size)
        _synced(out)
    return digest.hexdigest()


def _sha256_from_disk(path: Path, tell: Tell) -> str:
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as data:
        _forgotten(data)
        for done, piece in _pieces(data, size):
            digest.update(piece)
            tell((size + done) // 2, size)
    return digest.hexdigest()


def _header(file: BinaryIO) -> tuple[BackupHeader, int]:
    start = len(MAGIC) + _LENGTH
    begin = file.read(start)
    length = int.from_bytes(begin[len(MAGIC) :], "big")
    if begin[: len(MAGIC)] != MAGIC or len(begin) != start or length > LONGEST:
        raise damaged(N_("This file is not a backup of pmdesk, or its beginning is damaged."))
    try:
        return read(file.read(length)), start + length
    except (NewerShapeError, NewerError) as error:
        raise VaultTooNewError(
            N_("This backup was made by a newer version of pmdesk."),
            N_("Install the newest pmdesk on this computer, then try again."),
        ) from error
    except ValueError as error:
        raise damaged(N_("The beginning of this backup is damaged or was changed.")) from error


def _put(out: BinaryIO, piece: bytes, done: int) -> None:
    """The piece is written, now and then to the disk: a slow stick must not hold up a cancel."""
    out.write(piece)
    if done % _SYNC == 0:
        _synced(out)


def _synced(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _forgotten(file: BinaryIO) -> None:
    with contextlib.suppress(OSError, AttributeError):  # a kindness of Linux
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _pieces(data: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    """The next `size` bytes, each piece with how many there were with it."""
    done = 0
    while done < size and (piece := data.read(min(_PIECE, size - done))):
        done += len(piece)
        yield done, piece
